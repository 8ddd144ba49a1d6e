//! The vault: born, opened, locked, recovered, erased. Everything about keys that the stages may know.

use std::path::PathBuf;

use crux_core::capability::Operation;

use crate::note::{Secret, Words, time::Millis};

/// What opens a vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnlockWith {
    /// The app passcode.
    Passcode(Secret),
    /// The key from the operating system's key store.
    DeviceKey(Secret),
    /// The 24 recovery words, separated by spaces.
    Words(Secret),
}

/// A local vault key: wraps every key row once more and dies with each deletion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalKey {
    /// Its number; each turn adds one.
    pub epoch: u32,
    /// 32 random bytes.
    pub key: Secret,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VaultOperation {
    /// Looks at the folder, takes the lock, runs migrations. Reads no secret.
    Open {
        /// The vault's folder; made when missing.
        folder: PathBuf,
    },
    /// Makes a new vault in the open folder, and leaves it unlocked.
    Create {
        /// The app passcode, if the person wants one.
        passcode: Option<Secret>,
        /// The key that the operating system's key store keeps; lets the device open the vault.
        device_key: Option<Secret>,
        /// The first local vault key.
        local_key: LocalKey,
    },
    /// Hands over the local vault key after `Open`. Sweeping and recording work from here on, locked or not.
    UseLocalKey {
        /// The key of the epoch that `Opened` named.
        local_key: LocalKey,
    },
    /// Opens the vault.
    Unlock {
        /// With what.
        with: UnlockWith,
        /// The time, for the growing delay.
        now: Millis,
    },
    /// Sets, changes or removes the passcode of an unlocked vault.
    SetPasscode {
        /// The new one; `None` removes it.
        passcode: Option<Secret>,
    },
    /// Sets or removes the device key of an unlocked vault.
    SetDeviceKey {
        /// The new one; `None` removes it.
        device_key: Option<Secret>,
    },
    /// Forgets every key in memory.
    Lock,
    /// Wraps all key rows under a new local key, in one transaction.
    TurnLocalKey {
        /// The new key.
        local_key: LocalKey,
    },
    /// Destroys every key and every file of the vault.
    Erase,
    /// Scans the vault: hash chains, seals, orphans, what was deleted.
    Verify,
}

/// Whether there is a vault, and what opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VaultPresence {
    /// The folder is empty.
    New,
    /// There is one.
    Present {
        /// A passcode opens it.
        passcode: bool,
        /// The device's key store opens it.
        device_key: bool,
        /// Number of the local vault key in use.
        local_key_epoch: u32,
    },
}

/// Why the vault did not do it. Nothing was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// Another process has this vault open.
    #[error("another Afterword has this vault open")]
    InUse,
    /// The vault was written by a newer version.
    #[error("this vault was written by a newer version of Afterword")]
    Newer,
    /// The folder cannot be written.
    #[error("the folder cannot be written")]
    ReadOnly,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// Wrong passcode or words; wait before the next try.
    #[error("that did not open the vault")]
    Refused {
        /// Failed tries in a row.
        tries: u32,
        /// No try is looked at before this time.
        wait_until: Millis,
    },
    /// Too early: the delay of the last failed try still runs. The try was not looked at.
    #[error("too early for another try")]
    Waiting {
        /// Failed tries in a row.
        tries: u32,
        /// No try is looked at before this time.
        wait_until: Millis,
    },
    /// The words are not 24 words of the list with a right check sum.
    #[error("these are not 24 recovery words")]
    BadWords,
    /// The local vault key is missing or wrong: the device's key store was reset. Recovery words are of no help without it;
    /// a copy of the vault made by export is.
    #[error("the key of this device is gone")]
    LocalKeyLost,
    /// There is a vault already.
    #[error("there is a vault in this folder already")]
    Exists,
    /// There is no vault, or it is not open.
    #[error("there is no open vault")]
    NotOpen,
    /// It is locked.
    #[error("the vault is locked")]
    Locked,
    /// Something sealed does not open: the file was damaged or changed.
    #[error("part of the vault is damaged")]
    Damaged,
    /// The folder or database failed in another way.
    #[error("the vault's folder failed")]
    Failed,
}

/// A report of `Verify`: counts and findings, no content.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct VerifyReport {
    /// Sealed things that opened.
    pub opened: u64,
    /// Sealed things that did not open.
    pub damaged: u64,
    /// Keys without a body, or bodies without a key.
    pub orphans: u64,
    /// Things deleted for which a receipt exists, and whose key is in no key row.
    pub deleted_confirmed: u64,
    /// Things deleted whose key is still found. Must be 0.
    pub deleted_alive: u64,
    /// Lines of the audit log whose hash is right.
    pub audit_lines: u64,
    /// Whether the audit chain is unbroken.
    pub audit_unbroken: bool,
    /// Number of the local vault key in use.
    pub local_key_epoch: u32,
    /// Plaintext markers found on disk; `Verify` looks for words of the opened notes in the raw files. Must be 0.
    pub plaintext_found: u64,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VaultAnswer {
    /// The folder is open and locked.
    Opened {
        /// What is there.
        presence: VaultPresence,
        /// Where a damaged database was moved, if it was.
        moved_aside: Option<PathBuf>,
    },
    /// A new vault; these words are shown once.
    Created {
        /// 24 words, separated by spaces.
        words: Words,
    },
    /// Unlocked.
    Unlocked,
    /// What `Verify` found.
    Verified(VerifyReport),
    /// Done.
    Done,
    /// It failed.
    Failed(VaultError),
}

impl Operation for VaultOperation {
    type Output = VaultAnswer;
}
