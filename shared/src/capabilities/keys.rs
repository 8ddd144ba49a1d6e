//! The operating system's key store: Keychain, Keystore, or a folder only the owner can read. Answered by shells.

use crux_core::capability::Operation;
use facet::Facet;
use facet_generate_attrs as typegen;
use serde::{Deserialize, Serialize};

use super::vault::VaultError;

/// Names: `local-key.N` (the local vault key of epoch N) and `device-key` (opens the vault without a passcode).
#[derive(Facet, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[repr(C)]
pub enum KeysOperation {
    /// Reads an entry.
    Get {
        /// Its name.
        name: String,
    },
    /// Writes an entry durably before answering.
    Put {
        /// Its name.
        name: String,
        /// Its value.
        #[serde(with = "serde_bytes")]
        #[facet(typegen::bytes)]
        value: Vec<u8>,
    },
    /// Deletes an entry for good.
    Delete {
        /// Its name.
        name: String,
    },
}

/// The outcome.
#[derive(Facet, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[repr(C)]
pub enum KeysAnswer {
    /// The entry's value.
    Found {
        /// The value.
        #[serde(with = "serde_bytes")]
        #[facet(typegen::bytes)]
        value: Vec<u8>,
    },
    /// There is no such entry.
    Missing,
    /// Written or deleted.
    Done,
    /// The key store refused: locked, cancelled by the person, or broken.
    Refused,
    /// There is no room to write.
    Full,
}

impl KeysAnswer {
    /// What it means for the vault that an entry was not written.
    #[must_use]
    pub const fn not_written(&self) -> VaultError {
        match self {
            Self::Full => VaultError::Full,
            _ => VaultError::Failed,
        }
    }
}

impl Operation for KeysOperation {
    type Output = KeysAnswer;
}

impl std::fmt::Debug for KeysOperation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Get { name } => write!(f, "Get({name})"),
            Self::Put { name, .. } => write!(f, "Put({name}, …)"),
            Self::Delete { name } => write!(f, "Delete({name})"),
        }
    }
}

impl std::fmt::Debug for KeysAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Found { .. } => "Found(…)",
            Self::Missing => "Missing",
            Self::Done => "Done",
            Self::Refused => "Refused",
            Self::Full => "Full",
        })
    }
}
