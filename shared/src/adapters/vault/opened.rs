//! An open folder: its connection, what may be known of its vault, and the keys that are in memory now.

use std::collections::HashMap;

use rusqlite::OptionalExtension;

use super::{
    folder::Folder,
    keys::{LocalRing, Unlocked, Wrap},
};
use crate::{
    adapters::{
        seal::AeadKey,
        storage::{search::SearchIndex, store::Store},
    },
    capabilities::vault::{VaultError, VaultPresence},
    note::Id,
};

/// What of the vault never changes while it is open, and is no secret.
#[derive(Clone, Copy)]
pub struct Facts {
    /// Its random name.
    pub account: [u8; 16],
    /// Epoch of the master key.
    pub master_epoch: u32,
    /// The letterbox's public key.
    pub letterbox_public: [u8; 32],
    /// This device's random name.
    pub device: [u8; 8],
    /// The device's public signing key.
    pub device_public: [u8; 32],
}

/// A key made while recording; kept in memory so that a locked vault can go on writing with it.
pub struct AudioKey {
    /// Its key row.
    pub row: i64,
    /// The key.
    pub key: AeadKey,
}

/// An open folder.
pub struct Opened {
    /// The database.
    pub store: Store,
    /// The folder and its lock; dropped after the database.
    pub folder: Folder,
    /// Facts of the vault, once there is one.
    pub facts: Option<Facts>,
    /// The local key, once handed over.
    pub local: Option<LocalRing>,
    /// The keys of an unlocked vault.
    pub unlocked: Option<Unlocked>,
    /// Keys of captures being recorded.
    pub audio: HashMap<Id, AudioKey>,
    /// Folded text of all notes; made by the first search after unlocking.
    pub search: Option<SearchIndex>,
}

impl Opened {
    /// An open folder with no keys in memory.
    pub fn new(folder: Folder, store: Store) -> Result<Self, VaultError> {
        let mut opened = Self {
            store,
            folder,
            facts: None,
            local: None,
            unlocked: None,
            audio: HashMap::new(),
            search: None,
        };
        opened.read_facts()?;
        Ok(opened)
    }

    /// Reads the facts again, as after `Create`.
    pub fn read_facts(&mut self) -> Result<(), VaultError> {
        let sql = "SELECT account, master_epoch, letterbox_public, device, device_public FROM vault";
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Facts {
                account: row.get(0)?,
                master_epoch: row.get(1)?,
                letterbox_public: row.get(2)?,
                device: row.get(3)?,
                device_public: row.get(4)?,
            })
        };
        self.facts = self.store.db().query_row(sql, [], read).optional()?;
        Ok(())
    }

    /// What the core is told of the folder.
    pub fn presence(&self) -> Result<VaultPresence, VaultError> {
        let sql = "SELECT by_passcode IS NOT NULL, by_device_key IS NOT NULL, local_key_epoch FROM vault";
        let read = |row: &rusqlite::Row<'_>| {
            Ok(VaultPresence::Present {
                passcode: row.get(0)?,
                device_key: row.get(1)?,
                local_key_epoch: row.get(2)?,
            })
        };
        let found = self.store.db().query_row(sql, [], read).optional()?;
        Ok(found.unwrap_or(VaultPresence::New))
    }

    /// The facts, or `NotOpen` when the folder holds no vault.
    pub fn facts(&self) -> Result<Facts, VaultError> {
        self.facts.ok_or(VaultError::NotOpen)
    }

    /// The local key, or `LocalKeyLost` when none was handed over.
    pub fn local(&self) -> Result<&LocalRing, VaultError> {
        self.facts()?;
        self.local.as_ref().ok_or(VaultError::LocalKeyLost)
    }

    /// The keys, or `Locked`.
    pub fn unlocked(&self) -> Result<&Unlocked, VaultError> {
        self.facts()?;
        self.unlocked.as_ref().ok_or(VaultError::Locked)
    }

    /// Opens a key row.
    pub fn open_key(&self, owner: Id, wrap: Wrap, wrapped: &[u8]) -> Result<AeadKey, VaultError> {
        let unlocked = self.unlocked()?;
        let inner = self.local()?.unwrap(owner, wrap, wrapped)?;
        Ok(unlocked.open_key(owner, wrap, &inner)?)
    }

    /// Forgets what only an unlocked vault may know. The local key stays: sweeping and recording go on.
    pub fn lock(&mut self) {
        self.unlocked = None;
        self.search = None;
        self.audio.clear();
    }
}
