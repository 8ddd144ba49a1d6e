//! The database connection: how it is set up, one transaction at a time, and where a test can make the process "die".

use std::{cell::Cell, path::Path};

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior, config::DbConfig};

use crate::{
    adapters::seal::SealError,
    capabilities::{storage::StorageError, vault::VaultError},
};

/// How safe a commit must be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// Every commit is on the disk before the answer.
    #[default]
    Full,
    /// Commits survive the process, not the machine. Only for tests that restart very often.
    ProcessOnly,
}

/// A pretended death of the process, for tests: at commit number `at_write`, counted from 1 over the adapter's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crash {
    /// Nothing of that transaction happened.
    BeforeCommit {
        /// The number.
        at_write: u32,
    },
    /// All of it happened; nobody was told, nothing was tidied up.
    AfterCommit {
        /// The number.
        at_write: u32,
    },
}

/// The one connection to the vault's database.
pub struct Store {
    connection: Connection,
    crash: Option<Crash>,
    writes: Cell<u32>,
    dead: Cell<bool>,
}

impl Store {
    /// Opens or makes the database. Content never leaves memory in the clear: temporary tables stay in memory, freed pages are
    /// zeroed, nothing is mapped.
    pub fn open(path: &Path, durability: Durability, crash: Option<Crash>, writes: u32) -> rusqlite::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, crash.is_some())?;
        connection.set_prepared_statement_cache_capacity(128);
        let synchronous = match durability {
            Durability::Full => "FULL",
            Durability::ProcessOnly => "OFF",
        };
        // The lock is exclusive before the first read, so that SQLite needs no shared-memory file.
        connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE;")?;
        // auto_vacuum must come before the first table. Setting it again would write, and a full disk must stay readable.
        let incremental = 2;
        if connection.query_row("PRAGMA auto_vacuum", [], |row| row.get::<_, u32>(0))? != incremental {
            connection.execute_batch("PRAGMA auto_vacuum = INCREMENTAL;")?;
        }
        connection.execute_batch(&format!(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = {synchronous}; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;
             PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
        ))?;
        Ok(Self {
            connection,
            crash,
            writes: Cell::new(writes),
            dead: Cell::new(false),
        })
    }

    /// For reading.
    pub const fn db(&self) -> &Connection {
        &self.connection
    }

    /// Whether a test made the process "die".
    pub const fn is_dead(&self) -> bool {
        self.dead.get()
    }

    /// How many commits there were.
    pub const fn writes(&self) -> u32 {
        self.writes.get()
    }

    /// One transaction: all of `work` or nothing.
    pub fn write<T, E>(&self, work: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E>
    where
        E: From<rusqlite::Error> + From<VaultError>,
    {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let answer = work(&transaction)?;
        self.writes.set(self.writes.get() + 1);
        let now = self.writes.get();
        if self.crash == Some(Crash::BeforeCommit { at_write: now }) {
            self.dead.set(true);
            return Err(VaultError::Failed.into());
        }
        transaction.commit()?;
        if self.crash == Some(Crash::AfterCommit { at_write: now }) {
            self.dead.set(true);
            return Err(VaultError::Failed.into());
        }
        Ok(answer)
    }

    /// Gives freed pages back and empties the write-ahead log, so that nothing old lingers in the files. What was destroyed is
    /// destroyed without this; a failure is made good by the next opening.
    pub fn tidy(&self) {
        let run = |pragma: &str| -> rusqlite::Result<()> {
            let mut statement = self.connection.prepare(pragma)?;
            let mut rows = statement.query([])?;
            while rows.next()?.is_some() {}
            Ok(())
        };
        for pragma in ["PRAGMA incremental_vacuum", "PRAGMA wal_checkpoint(TRUNCATE)"] {
            drop(run(pragma));
        }
    }
}

impl From<rusqlite::Error> for VaultError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::InUse,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            None if matches!(
                error,
                rusqlite::Error::FromSqlConversionFailure(..)
                    | rusqlite::Error::InvalidColumnType(..)
                    | rusqlite::Error::IntegralValueOutOfRange(..)
            ) =>
            {
                Self::Damaged
            }
            _ => Self::Failed,
        }
    }
}

impl From<SealError> for VaultError {
    fn from(error: SealError) -> Self {
        match error {
            SealError::Random => Self::Failed,
            SealError::Refused | SealError::Malformed => Self::Damaged,
            SealError::Unknown => Self::Newer,
        }
    }
}

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Vault(error.into())
    }
}

impl From<SealError> for StorageError {
    fn from(error: SealError) -> Self {
        Self::Vault(error.into())
    }
}
