//! The vault's folder: one process at a time, migrations, and a damaged database moved aside, never deleted.

use std::{
    fs::{self, File, TryLockError},
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
};

use crate::{
    adapters::{
        clock,
        storage::store::{Crash, Durability, Store},
    },
    capabilities::{clock::NowOperation, vault::VaultError},
};

/// Name of the database in the folder.
pub const DATABASE: &str = "afterword.db";
const LOCK: &str = "afterword.lock";

/// Every migration, in order; the first makes `user_version` 1.
const MIGRATIONS: [&str; 1] = [include_str!("../../../migrations/001_vault.sql")];

/// The folder and its lock. The lock ends with the process, however it ends.
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    _lock: File,
}

fn folder_error(error: &std::io::Error) -> VaultError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => VaultError::Full,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::NotADirectory => VaultError::ReadOnly,
        _ => VaultError::Failed,
    }
}

impl Folder {
    /// Makes the folder, only for its owner, and takes its lock.
    pub fn take(path: &Path) -> Result<Self, VaultError> {
        make_private(path).map_err(|error| folder_error(&error))?;
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path.join(LOCK))
            .map_err(|error| folder_error(&error))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path: path.to_owned(),
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(VaultError::InUse),
            Err(TryLockError::Error(error)) => Err(folder_error(&error)),
        }
    }

    /// The database's path.
    pub fn database(&self) -> PathBuf {
        self.path.join(DATABASE)
    }

    /// Moves database and log files aside under one new name.
    fn move_aside(&self) -> Result<PathBuf, VaultError> {
        let stamp = clock::now(NowOperation).rfc3339().replace([':', '-'], "");
        let name = |count| match count {
            0 => format!("{DATABASE}.damaged-{stamp}"),
            _ => format!("{DATABASE}.damaged-{stamp}-{count}"),
        };
        let free = (0..1000).map(name).find(|name| !self.path.join(name).exists());
        let aside = self.path.join(free.ok_or(VaultError::Failed)?);
        for suffix in ["-wal", "-shm", ""] {
            let with = |path: &Path| PathBuf::from(format!("{}{suffix}", path.display()));
            match fs::rename(with(&self.database()), with(&aside)) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(folder_error(&error)),
                _ => {}
            }
        }
        Ok(aside)
    }

    /// Destroys every file of the vault, those moved aside included.
    pub fn remove_files(&self) -> Result<(), VaultError> {
        for entry in fs::read_dir(&self.path)
            .map_err(|error| folder_error(&error))?
            .flatten()
        {
            if entry.file_name().to_string_lossy().starts_with(DATABASE) {
                fs::remove_file(entry.path()).map_err(|error| folder_error(&error))?;
            }
        }
        Ok(())
    }
}

#[cfg(unix)]
fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make_private(path: &Path) -> std::io::Result<()> {
    fs::create_dir_all(path)
}

/// The version in the file's own header, so that a newer vault is recognised without touching it.
fn version_on_disk(path: &Path) -> Option<u32> {
    let mut header = [0; 64];
    File::open(path).ok()?.read_exact(&mut header).ok()?;
    let version = u32::from_be_bytes([header[60], header[61], header[62], header[63]]);
    header.starts_with(b"SQLite format 3\0").then_some(version)
}

/// Opens the folder's database, moving a damaged one aside first. The second answer is where it went.
pub fn open_store(
    folder: &Folder,
    durability: Durability,
    crash: Option<Crash>,
    writes: u32,
) -> Result<(Store, Option<PathBuf>), VaultError> {
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    if version_on_disk(&folder.database()).is_some_and(|version| version > known) {
        return Err(VaultError::Newer);
    }
    let open = || -> Result<Store, VaultError> {
        let store = Store::open(&folder.database(), durability, crash, writes)?;
        let sound: String = store.db().query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if sound == "ok" {
            Ok(store)
        } else {
            Err(VaultError::Damaged)
        }
    };
    let (store, aside) = match open() {
        Err(VaultError::Damaged) => {
            let aside = folder.move_aside()?;
            (open()?, Some(aside))
        }
        other => (other?, None),
    };
    migrate(&store)?;
    Ok((store, aside))
}

fn migrate(store: &Store) -> Result<(), VaultError> {
    let version: u32 = store.db().query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let done = usize::try_from(version).unwrap_or(usize::MAX);
    if done > MIGRATIONS.len() {
        return Err(VaultError::Newer);
    }
    for (at, migration) in MIGRATIONS.iter().enumerate().skip(done) {
        store.write(|db| -> Result<(), VaultError> {
            db.execute_batch(migration)?;
            db.pragma_update(None, "user_version", at + 1)?;
            Ok(())
        })?;
    }
    // Also makes good whatever a crash left untidied.
    store.tidy();
    Ok(())
}
