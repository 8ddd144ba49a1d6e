//! The key store of a terminal: a folder only its owner can read, one file an entry, written durably and wiped when deleted.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Write as _},
    path::PathBuf,
};

use shared::capabilities::keys::{KeysAnswer, KeysOperation};

use crate::folders::make_private;

/// A folder of keys.
#[derive(Clone, Debug)]
pub struct KeyStore {
    folder: PathBuf,
}

impl KeyStore {
    /// Keys in `folder`, which is made when the first one is written.
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Does what is asked.
    #[must_use]
    pub fn answer(&self, operation: &KeysOperation) -> KeysAnswer {
        let done = match operation {
            KeysOperation::Get { name } => return self.get(name),
            KeysOperation::Put { name, value } => self.put(name, value),
            KeysOperation::Delete { name } => self.delete(name),
        };
        match done {
            Ok(()) => KeysAnswer::Done,
            Err(error) if matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => KeysAnswer::Full,
            Err(_) => KeysAnswer::Refused,
        }
    }

    fn get(&self, name: &str) -> KeysAnswer {
        match self.path(name).and_then(fs::read) {
            Ok(value) => KeysAnswer::Found { value },
            Err(error) if error.kind() == ErrorKind::NotFound => KeysAnswer::Missing,
            Err(_) => KeysAnswer::Refused,
        }
    }

    /// Beside it first, then over it: after a crash there is the old value or the new one, never half of one.
    fn put(&self, name: &str, value: &[u8]) -> io::Result<()> {
        let path = self.path(name)?;
        make_private(&self.folder)?;
        let beside = self.folder.join(format!(".{name}.new"));
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(&beside).and_then(|mut file| {
            file.write_all(value)?;
            file.sync_all()
        });
        if let Err(error) = written.and_then(|()| fs::rename(&beside, &path)) {
            drop(fs::remove_file(&beside));
            return Err(error);
        }
        self.sync_folder()
    }

    fn delete(&self, name: &str) -> io::Result<()> {
        let path = self.path(name)?;
        let mut file = match OpenOptions::new().write(true).open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let size = usize::try_from(file.metadata()?.len()).unwrap_or(0);
        file.write_all(&vec![0; size])?;
        file.sync_all()?;
        drop(file);
        fs::remove_file(&path)?;
        self.sync_folder()
    }

    fn sync_folder(&self) -> io::Result<()> {
        if cfg!(unix) {
            File::open(&self.folder)?.sync_all()?;
        }
        Ok(())
    }

    /// A name is one of a few plain characters, so that it can never lead out of the folder.
    fn path(&self, name: &str) -> io::Result<PathBuf> {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        if name.is_empty() || name.starts_with('.') || !name.chars().all(plain) {
            return Err(ErrorKind::InvalidInput.into());
        }
        Ok(self.folder.join(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(name: &str) -> KeysOperation {
        KeysOperation::Get { name: name.into() }
    }

    #[test]
    fn an_entry_is_there_until_it_is_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let store = KeyStore::new(folder.path().join("keystore"));
        assert_eq!(store.answer(&get("local-key.1")), KeysAnswer::Missing);
        let put = |value: &[u8]| KeysOperation::Put {
            name: "local-key.1".into(),
            value: value.to_vec(),
        };
        assert_eq!(store.answer(&put(&[7; 32])), KeysAnswer::Done);
        assert_eq!(store.answer(&put(&[8; 32])), KeysAnswer::Done);
        assert_eq!(
            store.answer(&get("local-key.1")),
            KeysAnswer::Found { value: vec![8; 32] }
        );
        let delete = KeysOperation::Delete {
            name: "local-key.1".into(),
        };
        assert_eq!(store.answer(&delete), KeysAnswer::Done);
        assert_eq!(store.answer(&get("local-key.1")), KeysAnswer::Missing);
        assert_eq!(
            store.answer(&delete),
            KeysAnswer::Done,
            "what is gone can be deleted again"
        );
    }

    #[test]
    fn a_name_cannot_lead_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let store = KeyStore::new(folder.path().join("keystore"));
        for name in ["../x", "/x", "a/b", "", ".hidden"] {
            let put = KeysOperation::Put {
                name: name.into(),
                value: vec![1],
            };
            assert_eq!(store.answer(&put), KeysAnswer::Refused, "{name}");
        }
        assert!(fs::read_dir(folder.path()).unwrap().next().is_none());
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let store = KeyStore::new(folder.path().join("keystore"));
        let put = KeysOperation::Put {
            name: "device-key".into(),
            value: vec![1; 32],
        };
        assert_eq!(store.answer(&put), KeysAnswer::Done);
        let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(folder.path().join("keystore")), 0o700);
        assert_eq!(mode(folder.path().join("keystore/device-key")), 0o600);
    }
}
