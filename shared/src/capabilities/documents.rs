//! Documents: what leaves the app, and what comes back in. Answered in Rust.

use std::path::PathBuf;

use crux_core::capability::Operation;

use crate::note::{
    Words,
    draft::Draft,
    record::{Addendum, Note},
    time::Millis,
};

/// A kind of document.
#[derive(facet::Facet, Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum DocumentKind {
    /// UTF-8 text.
    Text = 0,
    /// PDF/A.
    Pdf = 1,
    /// Afterword's own open format.
    Json = 2,
    /// FHIR R4.
    Fhir = 3,
}

impl DocumentKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Text, Self::Pdf, Self::Json, Self::Fhir];

    /// Stable name, also the name on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Pdf => "pdf",
            Self::Json => "json",
            Self::Fhir => "fhir",
        }
    }

    /// File name extension, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Pdf => "pdf",
            Self::Json => "json",
            Self::Fhir => "fhir.json",
        }
    }

    /// Reads a name in any case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.key().eq_ignore_ascii_case(text.trim()))
    }
}

/// What to do.
#[derive(Clone, Debug, PartialEq)]
pub enum DocumentOperation {
    /// Renders approved notes.
    Notes {
        /// The notes, each with its addenda.
        notes: Vec<(Note, Vec<Addendum>)>,
        /// The kind wanted.
        kind: DocumentKind,
        /// Letterhead; may be empty.
        letterhead: Words,
        /// Order of sections by key; empty means the format's own.
        ehr_order: Vec<String>,
    },
    /// Renders a draft, marked as one.
    Draft {
        /// The draft.
        draft: Box<Draft>,
        /// Label of the client.
        client: Words,
        /// When the summary was begun.
        session_at: Millis,
        /// The kind wanted: text or PDF.
        kind: DocumentKind,
        /// Letterhead; may be empty.
        letterhead: Words,
    },
    /// Reads a file written by a JSON export.
    Read {
        /// The file.
        path: PathBuf,
    },
}

/// Why a document could not be made or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// The file cannot be read.
    #[error("the file cannot be read")]
    Unreadable,
    /// It is not an Afterword export.
    #[error("this is not an Afterword export")]
    NotAnExport,
    /// It was written by a newer version.
    #[error("this export was written by a newer version of Afterword")]
    Newer,
    /// A note in it does not match its content hash.
    #[error("a note in this export was changed after it was signed")]
    Changed,
    /// This kind cannot hold that document.
    #[error("this kind of document cannot hold that")]
    NotPossible,
}

/// The outcome.
#[derive(Clone, PartialEq)]
pub enum DocumentAnswer {
    /// The document, exactly as it will leave.
    Made(Vec<u8>),
    /// Notes of an export.
    Notes(Vec<(Note, Vec<Addendum>)>),
    /// It failed.
    Failed(DocumentError),
}

impl std::fmt::Debug for DocumentAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Made(bytes) => write!(f, "Made({} bytes)", bytes.len()),
            Self::Notes(notes) => write!(f, "Notes({})", notes.len()),
            Self::Failed(error) => write!(f, "Failed({error:?})"),
        }
    }
}

impl Operation for DocumentOperation {
    type Output = DocumentAnswer;
}
