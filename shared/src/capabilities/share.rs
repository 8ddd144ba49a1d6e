//! The way out: a file, the share sheet, the clipboard. Answered by shells, only after a person saw exactly what leaves.

use crux_core::capability::Operation;
use facet::Facet;
use facet_generate_attrs as typegen;
use serde::{Deserialize, Serialize};

use crate::note::Words;

/// Seconds after which a shell clears the clipboard, if its content is still ours.
pub const CLIPBOARD_SECONDS: u32 = 60;

/// What should leave.
#[derive(Facet, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[repr(C)]
pub enum ShareOperation {
    /// Writes or shares a file.
    File {
        /// File name proposed, without a folder; or a path the person chose.
        name: String,
        /// The whole content.
        #[serde(with = "serde_bytes")]
        #[facet(typegen::bytes)]
        content: Vec<u8>,
    },
    /// Puts text on the clipboard, marked sensitive, and clears it after `clear_after_s` seconds.
    Clipboard {
        /// The text.
        text: Words,
        /// Seconds until it is cleared.
        clear_after_s: u32,
    },
}

impl std::fmt::Debug for ShareOperation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File { content, .. } => write!(f, "File({} bytes)", content.len()),
            Self::Clipboard { text, .. } => write!(f, "Clipboard({text:?})"),
        }
    }
}

/// The outcome.
#[derive(Facet, Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[repr(C)]
pub enum ShareAnswer {
    /// It left.
    Done,
    /// The person stopped it.
    Cancelled,
    /// It could not be written; nothing was lost.
    Failed,
}

impl Operation for ShareOperation {
    type Output = ShareAnswer;
}
