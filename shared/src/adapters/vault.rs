//! The vault and its storage as one synchronous adapter. One thread owns it (see [`super::worker`]); it never reads a clock
//! for a rule and never decides. Keys live here and nowhere else.

mod create;
pub mod delay;
mod erase;
pub(crate) mod folder;
pub(crate) mod keys;
pub(crate) mod opened;
mod scan;
pub(crate) mod turn;
mod unlock;
mod verify;

use self::{
    folder::{Folder, open_store},
    keys::LocalRing,
    opened::Opened,
};
pub use super::storage::store::{Crash, Durability};
use super::{
    random::{RandomSource, SeededSource, SystemSource},
    seal::passcode::PasscodeCost,
};
use crate::capabilities::vault::{LocalKey, VaultAnswer, VaultError, VaultOperation};

/// What differs between the app and its tests.
pub struct VaultOptions {
    /// What a try at the passcode costs.
    pub passcode_cost: PasscodeCost,
    /// Where random bytes come from.
    pub random: Box<dyn RandomSource>,
    /// How safe a commit must be.
    pub durability: Durability,
    /// A pretended death of the process.
    pub crash: Option<Crash>,
    /// Largest size of the database in pages of 4 KiB, to pretend a full disk.
    pub max_pages: Option<u32>,
}

impl Default for VaultOptions {
    /// As in the app.
    fn default() -> Self {
        Self {
            passcode_cost: PasscodeCost::PRODUCTION,
            random: Box::new(SystemSource::default()),
            durability: Durability::Full,
            crash: None,
            max_pages: None,
        }
    }
}

impl VaultOptions {
    /// Fast and repeatable; for tests only.
    #[must_use]
    pub fn for_tests(seed: u64) -> Self {
        Self {
            passcode_cost: PasscodeCost::TESTS,
            random: Box::new(SeededSource::new(seed)),
            durability: Durability::ProcessOnly,
            ..Self::default()
        }
    }
}

/// The vault. Every call answers when it is done; what it wrote is on the disk then.
pub struct VaultAdapter {
    pub(crate) options: VaultOptions,
    pub(crate) opened: Option<Opened>,
    dead: bool,
    writes: u32,
}

impl VaultAdapter {
    /// An adapter with no folder open.
    #[must_use]
    pub const fn new(options: VaultOptions) -> Self {
        Self {
            options,
            opened: None,
            dead: false,
            writes: 0,
        }
    }

    /// How many transactions this adapter has committed or, in a test, died at. A test runs once to count, then once for each.
    #[must_use]
    pub fn writes(&self) -> u32 {
        self.opened.as_ref().map_or(self.writes, |opened| opened.store.writes())
    }

    /// Whether a pretended death has happened. Everything answers `Failed` from then on.
    #[must_use]
    pub const fn is_dead(&self) -> bool {
        self.dead
    }

    /// Does an operation on the vault.
    pub fn vault(&mut self, operation: VaultOperation) -> VaultAnswer {
        if self.dead {
            return VaultAnswer::Failed(VaultError::Failed);
        }
        let answer = self.try_vault(operation).unwrap_or_else(VaultAnswer::Failed);
        self.bury();
        answer
    }

    /// After a pretended death, forgets everything at once, as a killed process does.
    pub(crate) fn bury(&mut self) {
        if self.opened.as_ref().is_some_and(|opened| opened.store.is_dead()) {
            self.writes = self.writes();
            self.dead = true;
            self.opened = None;
        }
    }

    /// Whether a pretended death has already happened; for the storage half of this adapter.
    pub(crate) fn opened(&mut self) -> Result<(&mut Opened, &mut dyn RandomSource), VaultError> {
        if self.dead {
            return Err(VaultError::Failed);
        }
        let opened = self.opened.as_mut().ok_or(VaultError::NotOpen)?;
        Ok((opened, &mut *self.options.random))
    }

    fn try_vault(&mut self, operation: VaultOperation) -> Result<VaultAnswer, VaultError> {
        if let VaultOperation::Open { folder } = &operation {
            return self.open(folder);
        }
        let cost = self.options.passcode_cost;
        let (opened, random) = self.opened()?;
        match operation {
            VaultOperation::Create {
                passcode,
                device_key,
                local_key,
            } => create::create(opened, random, cost, passcode.as_ref(), device_key.as_ref(), &local_key),
            VaultOperation::UseLocalKey { local_key } => use_local_key(opened, &local_key),
            VaultOperation::Unlock { with, now } => unlock::unlock(opened, cost, &with, now),
            VaultOperation::SetPasscode { passcode } => unlock::set_passcode(opened, random, cost, passcode.as_ref()),
            VaultOperation::SetDeviceKey { device_key } => unlock::set_device_key(opened, random, device_key.as_ref()),
            VaultOperation::Lock => {
                opened.lock();
                Ok(VaultAnswer::Done)
            }
            VaultOperation::TurnLocalKey { local_key } => turn::turn(opened, random, &local_key),
            VaultOperation::Erase => self.erase(),
            VaultOperation::Verify => verify::verify(opened),
            VaultOperation::Open { .. } => Err(VaultError::Failed),
        }
    }

    /// Destroys the vault; the folder is closed afterwards, and the next `Open` finds it new.
    fn erase(&mut self) -> Result<VaultAnswer, VaultError> {
        let opened = self.opened.as_mut().ok_or(VaultError::NotOpen)?;
        erase::destroy_tables(&opened.store)?;
        self.writes = self.writes();
        if let Some(Opened { store, folder, .. }) = self.opened.take() {
            drop(store);
            folder.remove_files()?;
        }
        Ok(VaultAnswer::Done)
    }

    fn open(&mut self, path: &std::path::Path) -> Result<VaultAnswer, VaultError> {
        self.writes = self.writes();
        self.opened = None;
        let folder = Folder::take(path)?;
        let (durability, crash) = (self.options.durability, self.options.crash);
        let (store, moved_aside) = open_store(&folder, durability, crash, self.writes)?;
        if let Some(pages) = self.options.max_pages {
            let _: u32 = store
                .db()
                .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| row.get(0))?;
        }
        let opened = Opened::new(folder, store)?;
        let presence = opened.presence()?;
        self.opened = Some(opened);
        Ok(VaultAnswer::Opened { presence, moved_aside })
    }
}

fn use_local_key(opened: &mut Opened, local_key: &LocalKey) -> Result<VaultAnswer, VaultError> {
    let local = LocalRing::new(local_key, opened.facts()?.account);
    let (epoch, check): (u32, [u8; 32]) =
        opened
            .store
            .db()
            .query_row("SELECT local_key_epoch, local_key_check FROM vault", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
    let right: bool = subtle::ConstantTimeEq::ct_eq(&check[..], &local.check[..]).into();
    if epoch != local.epoch || !right {
        return Err(VaultError::LocalKeyLost);
    }
    opened.local = Some(local);
    Ok(VaultAnswer::Done)
}

#[cfg(test)]
mod tests;
