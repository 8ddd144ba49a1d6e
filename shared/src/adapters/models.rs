//! The speech models on this device: which there are, which are here, and whether a file is what its name says.
//!
//! A model is used only when its SHA-256 is one of those pinned in the catalogue: the file goes to a parser written in C++.

pub mod catalogue;
mod download;

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, ErrorKind, Read},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, atomic::AtomicBool},
    time::SystemTime,
};

use ring::digest::{Context, SHA256};

use self::catalogue::Model;
use crate::capabilities::speech::{ModelInfo, SpeechError};

/// A folder of speech models, and where they come from.
#[derive(Clone, Debug)]
pub struct Models {
    folder: PathBuf,
    source: String,
    known: &'static [Model],
    /// Files whose hash was computed, and what it was, so that a file is read once and not at every look.
    hashed: Arc<Mutex<HashMap<PathBuf, Hashed>>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Hashed {
    size: u64,
    written: Option<SystemTime>,
    sha256: String,
}

impl Models {
    /// The models of the catalogue in `folder`, which need not exist yet.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            source: catalogue::SOURCE.to_owned(),
            known: &catalogue::MODELS,
            hashed: Arc::default(),
        }
    }

    /// The same with another source, for a mirror that an organisation runs. Hashes stay pinned.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<String>) -> Self {
        self.source = source.into();
        self
    }

    /// The models known, in the order of the catalogue.
    #[must_use]
    pub fn list(&self) -> Vec<ModelInfo> {
        let info = |model: &Model| ModelInfo {
            name: model.name.to_owned(),
            size_bytes: model.size_bytes,
            here: self.check(model).is_ok(),
            partial_bytes: fs::metadata(self.partial(model)).map_or(0, |about| about.len()),
        };
        self.known.iter().map(info).collect()
    }

    /// The file of a model, after its hash was found right.
    ///
    /// # Errors
    /// `NoModel` if it is not known or not here, `BadModel` if it is not what it should be.
    pub fn verified(&self, name: &str) -> Result<PathBuf, SpeechError> {
        let model = self.find(name)?;
        self.check(model)?;
        Ok(self.folder.join(model.file))
    }

    /// Downloads a model, going on where an earlier try ended, and tells how far it is in per cent.
    ///
    /// # Errors
    /// `NoModel`, `Interrupted`, `WrongFile`, `Full`, `Cancelled` or `Unreadable` (the folder cannot be written).
    pub fn fetch(&self, name: &str, cancel: &AtomicBool, progress: &mut dyn FnMut(u8)) -> Result<(), SpeechError> {
        let model = self.find(name)?;
        if self.check(model).is_ok() {
            return Ok(());
        }
        fs::create_dir_all(&self.folder).map_err(|error| disk(&error))?;
        let target = download::Target {
            address: format!("{}/{}", self.source.trim_end_matches('/'), model.file),
            partial: self.partial(model),
            file: self.folder.join(model.file),
            model,
        };
        download::fetch(&target, cancel, progress)
    }

    /// Deletes a model and what came of it. One that is not here is deleted already.
    ///
    /// # Errors
    /// `NoModel` if it is not known, `Unreadable` if it cannot be deleted.
    pub fn delete(&self, name: &str) -> Result<(), SpeechError> {
        let model = self.find(name)?;
        for path in [self.folder.join(model.file), self.partial(model)] {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(disk(&error)),
                _ => {}
            }
        }
        Ok(())
    }

    fn find(&self, name: &str) -> Result<&'static Model, SpeechError> {
        let name = catalogue::or_default(name);
        self.known
            .iter()
            .find(|model| model.name == name)
            .ok_or(SpeechError::NoModel)
    }

    fn partial(&self, model: &Model) -> PathBuf {
        self.folder.join(format!("{}.partial", model.file))
    }

    fn check(&self, model: &Model) -> Result<(), SpeechError> {
        let path = self.folder.join(model.file);
        let about = fs::metadata(&path).map_err(|_| SpeechError::NoModel)?;
        if !about.is_file() || about.len() != model.size_bytes {
            return Err(SpeechError::BadModel);
        }
        let written = about.modified().ok();
        let mut hashed = self.hashed.lock().unwrap_or_else(PoisonError::into_inner);
        let known = hashed
            .get(&path)
            .filter(|hashed| hashed.size == about.len() && hashed.written == written);
        let sha256 = if let Some(known) = known {
            known.sha256.clone()
        } else {
            let sha256 = sha256(&path).map_err(|_| SpeechError::BadModel)?;
            let entry = Hashed {
                size: about.len(),
                written,
                sha256: sha256.clone(),
            };
            hashed.insert(path, entry);
            sha256
        };
        if model.is_pinned(&sha256) {
            Ok(())
        } else {
            Err(SpeechError::BadModel)
        }
    }
}

/// What a failing disk means for a model.
fn disk(error: &io::Error) -> SpeechError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => SpeechError::Full,
        _ => SpeechError::Unreadable,
    }
}

fn sha256(path: &Path) -> io::Result<String> {
    let mut hash = Context::new(&SHA256);
    feed(&mut hash, &mut File::open(path)?)?;
    Ok(hex(hash))
}

/// Adds all that `file` holds from here on.
fn feed(hash: &mut Context, file: &mut File) -> io::Result<()> {
    let mut block = vec![0; 1 << 17];
    loop {
        match file.read(&mut block)? {
            0 => return Ok(()),
            size => hash.update(&block[..size]),
        }
    }
}

fn hex(hash: Context) -> String {
    super::seal::hex(hash.finish().as_ref())
}

#[cfg(test)]
mod tests;
