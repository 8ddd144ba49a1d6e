//! The way out of a terminal: a file only its owner can read, or the clipboard. Never overwrites what it was not told to.

mod clipboard;

use std::{
    fs::{self, OpenOptions},
    io::{self, ErrorKind, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

pub use clipboard::{Clipboard, clear_now};
use shared::capabilities::share::{ShareAnswer, ShareOperation};

/// How things leave.
#[derive(Clone, Debug)]
pub struct ShareOptions {
    /// Where a file goes that has a name but no folder.
    pub folder: PathBuf,
    /// A path that was chosen may be overwritten.
    pub force: bool,
    /// Files go to standard output instead.
    pub stdout: bool,
    /// How text is copied.
    pub clipboard: Clipboard,
}

impl Default for ShareOptions {
    fn default() -> Self {
        Self {
            folder: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
            force: false,
            stdout: false,
            clipboard: Clipboard::Tools,
        }
    }
}

/// What became of something that was to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// Written to this file.
    File(PathBuf),
    /// Written to standard output.
    Stdout,
    /// On the clipboard.
    Clipboard,
    /// This file is there already and was not overwritten.
    Exists(PathBuf),
    /// This file could not be written.
    NotWritten(PathBuf),
    /// There is no clipboard that this terminal can reach.
    NoClipboard,
}

/// The way out.
#[derive(Debug)]
pub struct Share {
    options: ShareOptions,
    left: Arc<Mutex<Option<Left>>>,
}

impl Share {
    /// A way out that tells `left` what became of each thing.
    #[must_use]
    pub const fn new(options: ShareOptions, left: Arc<Mutex<Option<Left>>>) -> Self {
        Self { options, left }
    }

    /// Does what is asked.
    #[must_use]
    pub fn answer(&self, operation: &ShareOperation) -> ShareAnswer {
        let left = match operation {
            ShareOperation::File { name, content } => self.file(name, content),
            ShareOperation::Clipboard { text, clear_after_s } => {
                if self.options.clipboard.copy(text, *clear_after_s) {
                    Left::Clipboard
                } else {
                    Left::NoClipboard
                }
            }
        };
        let answer = match left {
            Left::File(_) | Left::Stdout | Left::Clipboard => ShareAnswer::Done,
            Left::Exists(_) | Left::NotWritten(_) | Left::NoClipboard => ShareAnswer::Failed,
        };
        *self.left.lock().unwrap_or_else(PoisonError::into_inner) = Some(left);
        answer
    }

    /// An absolute path was chosen by a person and is honoured; a bare name is a proposal and gives way to what is there.
    fn file(&self, name: &str, content: &[u8]) -> Left {
        if self.options.stdout {
            crate::output::write(content);
            return Left::Stdout;
        }
        let chosen = Path::new(name);
        if chosen.is_absolute() {
            return match write(chosen, content, self.options.force) {
                Ok(()) => Left::File(chosen.to_owned()),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => Left::Exists(chosen.to_owned()),
                Err(_) => Left::NotWritten(chosen.to_owned()),
            };
        }
        let bare = chosen
            .file_name()
            .map_or_else(|| "afterword".to_owned(), |n| n.to_string_lossy().into_owned());
        for number in 0..1000 {
            let path = self.options.folder.join(numbered(&bare, number));
            match write(&path, content, false) {
                Ok(()) => return Left::File(path),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(_) => return Left::NotWritten(path),
            }
        }
        Left::NotWritten(self.options.folder.join(bare))
    }
}

/// `note.fhir.json`, then `note (2).fhir.json`, …
fn numbered(name: &str, number: u32) -> String {
    if number == 0 {
        return name.to_owned();
    }
    let (stem, ending) = name
        .split_once('.')
        .map_or((name, ""), |(stem, _)| (stem, &name[stem.len()..]));
    format!("{stem} ({}){ending}", number + 1)
}

/// Whole or not at all: beside it first, then in its place.
fn write(path: &Path, content: &[u8], over: bool) -> io::Result<()> {
    if !over && path.exists() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?.to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.part"));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    let written = file.write_all(content).and_then(|()| file.sync_all());
    drop(file);
    let placed = written.and_then(|()| {
        if over {
            fs::rename(&beside, path)
        } else {
            // A hard link refuses to replace a file that appeared meanwhile; a rename would not.
            fs::hard_link(&beside, path)
                .and_then(|()| fs::remove_file(&beside))
                .or_else(|error| {
                    if error.kind() == ErrorKind::AlreadyExists {
                        Err(error)
                    } else {
                        fs::rename(&beside, path)
                    }
                })
        }
    });
    if placed.is_err() {
        drop(fs::remove_file(&beside));
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(folder: &Path, force: bool) -> Share {
        let options = ShareOptions {
            folder: folder.to_owned(),
            force,
            clipboard: Clipboard::None,
            ..ShareOptions::default()
        };
        Share::new(options, Arc::default())
    }

    fn file(name: &str, content: &[u8]) -> ShareOperation {
        ShareOperation::File {
            name: name.into(),
            content: content.to_vec(),
        }
    }

    #[test]
    fn a_proposed_name_gives_way_to_a_file_that_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let share = share(folder.path(), false);
        assert_eq!(share.answer(&file("n.fhir.json", b"1")), ShareAnswer::Done);
        assert_eq!(share.answer(&file("n.fhir.json", b"2")), ShareAnswer::Done);
        assert_eq!(fs::read(folder.path().join("n.fhir.json")).unwrap(), b"1");
        assert_eq!(fs::read(folder.path().join("n (2).fhir.json")).unwrap(), b"2");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            2,
            "nothing half-written stays"
        );
    }

    #[test]
    fn a_chosen_path_is_overwritten_only_when_told_to() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("n.txt");
        let name = path.to_string_lossy().into_owned();
        assert_eq!(
            share(folder.path(), false).answer(&file(&name, b"1")),
            ShareAnswer::Done
        );
        assert_eq!(
            share(folder.path(), false).answer(&file(&name, b"2")),
            ShareAnswer::Failed
        );
        assert_eq!(fs::read(&path).unwrap(), b"1");
        assert_eq!(share(folder.path(), true).answer(&file(&name, b"2")), ShareAnswer::Done);
        assert_eq!(fs::read(&path).unwrap(), b"2");
    }

    #[cfg(unix)]
    #[test]
    fn what_leaves_is_readable_by_its_owner_only() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(
            share(folder.path(), false).answer(&file("n.txt", b"1")),
            ShareAnswer::Done
        );
        let mode = fs::metadata(folder.path().join("n.txt")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_answer_not_a_crash() {
        let share = share(Path::new("/nonexistent-folder"), false);
        assert_eq!(share.answer(&file("n.txt", b"1")), ShareAnswer::Failed);
    }
}
