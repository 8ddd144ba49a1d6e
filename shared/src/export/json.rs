//! Afterword's open format, `afterword-export` version 1: JSON that anyone can read and that comes back exactly.
//!
//! The format is described in `docs/PORTABILITY.md`. It holds notes and addenda, never process notes or drafts. Errors
//! name a place in the file, never what stands there.

use std::{borrow::Cow, collections::BTreeSet};

use serde::{Deserialize, Serialize};

use crate::note::{
    Id, Words,
    draft::{Fact, Format, LeftOut, RiskLine, Section},
    record::{Addendum, Note},
    time::Millis,
};

/// Name of the format, in the field `format`.
pub const FORMAT: &str = "afterword-export";

/// Version written, and newest version read.
pub const VERSION: u64 = 1;

/// Why a file was not imported. Nothing is taken from a file that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Not JSON, or JSON that says it is something else.
    #[error("this is not an Afterword export")]
    NotAnExport,
    /// Written by a newer version.
    #[error("this export has version {version}; this Afterword reads up to version {VERSION}")]
    Newer {
        /// Version the file names.
        version: u64,
    },
    /// An export, but a field is missing, unknown or of the wrong kind.
    #[error("this export is damaged at line {line}, column {column}")]
    Malformed {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// A name of a note or addendum is not 32 hex digits.
    #[error("note number {number} of this export has a name that is not 32 hex digits")]
    BadId {
        /// Place in the file, from 1.
        number: usize,
    },
    /// Two notes have the same name.
    #[error("this export holds note {note} twice")]
    Twice {
        /// The note.
        note: Id,
    },
    /// What a note says does not match its content hash.
    #[error("note {note} was changed after it was signed: its content does not match its hash")]
    Changed {
        /// The note.
        note: Id,
    },
}

#[derive(Deserialize)]
struct Header {
    format: String,
    version: u64,
}

// Frozen: version 1 of the export; `the_format_of_version_1_stands` holds a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    format: Cow<'a, str>,
    version: u64,
    notes: Vec<NoteOut<'a>>,
}

// Frozen: version 1 of the export.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoteOut<'a> {
    id: String,
    client: Cow<'a, Words>,
    author: Cow<'a, Words>,
    session_at_ms: i64,
    approved_at_ms: i64,
    format: Format,
    sections: Cow<'a, [Section]>,
    facts: Cow<'a, [Fact]>,
    risk: Cow<'a, [RiskLine]>,
    left_out: Cow<'a, [LeftOut]>,
    content_hash: Cow<'a, str>,
    addenda: Vec<AddendumOut<'a>>,
}

// Frozen: version 1 of the export.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AddendumOut<'a> {
    id: String,
    author: Cow<'a, Words>,
    written_at_ms: i64,
    text: Cow<'a, Words>,
}

/// Writes notes and their addenda, in the order given.
///
/// # Panics
/// Never: every value written here has a JSON form.
#[must_use]
pub fn json(notes: &[(Note, Vec<Addendum>)]) -> String {
    let notes = notes.iter().map(|(note, addenda)| note_out(note, addenda)).collect();
    let file = File {
        format: Cow::Borrowed(FORMAT),
        version: VERSION,
        notes,
    };
    let mut text = serde_json::to_string_pretty(&file).expect("strings, numbers and lists always serialise");
    text.push('\n');
    text
}

/// Reads an export. `hash` computes the content hash of a note, as at its approval.
///
/// # Errors
/// When the text is not an export, is newer, is damaged, or holds a note that does not match its content hash. All or
/// nothing: the first fault ends the reading.
pub fn read_json(text: &str, hash: impl Fn(&Note) -> String) -> Result<Vec<(Note, Vec<Addendum>)>, ImportError> {
    let text = text.trim_start_matches('\u{feff}');
    let malformed = |fault: serde_json::Error| ImportError::Malformed {
        line: fault.line(),
        column: fault.column(),
    };
    let claims = text.contains(&format!("\"{FORMAT}\""));
    let header: Header = serde_json::from_str(text).map_err(|fault| {
        if claims {
            malformed(fault)
        } else {
            ImportError::NotAnExport
        }
    })?;
    if header.format != FORMAT || header.version == 0 {
        return Err(ImportError::NotAnExport);
    }
    if header.version > VERSION {
        return Err(ImportError::Newer {
            version: header.version,
        });
    }
    let file: File<'_> = serde_json::from_str(text).map_err(malformed)?;
    let mut seen = BTreeSet::new();
    file.notes
        .into_iter()
        .enumerate()
        .map(|(at, note)| {
            let (note, addenda) = note_in(note).ok_or(ImportError::BadId { number: at + 1 })?;
            if !seen.insert(note.id) {
                return Err(ImportError::Twice { note: note.id });
            }
            if !hash(&note).eq_ignore_ascii_case(&note.content_hash) {
                return Err(ImportError::Changed { note: note.id });
            }
            Ok((note, addenda))
        })
        .collect()
}

fn note_out<'a>(note: &'a Note, addenda: &'a [Addendum]) -> NoteOut<'a> {
    NoteOut {
        id: note.id.to_string(),
        client: Cow::Borrowed(&note.client),
        author: Cow::Borrowed(&note.author),
        session_at_ms: note.session_at.0,
        approved_at_ms: note.approved_at.0,
        format: note.format,
        sections: Cow::Borrowed(&note.sections),
        facts: Cow::Borrowed(&note.facts),
        risk: Cow::Borrowed(&note.risk),
        left_out: Cow::Borrowed(&note.left_out),
        content_hash: Cow::Borrowed(&note.content_hash),
        addenda: addenda
            .iter()
            .map(|addendum| AddendumOut {
                id: addendum.id.to_string(),
                author: Cow::Borrowed(&addendum.author),
                written_at_ms: addendum.written_at.0,
                text: Cow::Borrowed(&addendum.text),
            })
            .collect(),
    }
}

fn note_in(note: NoteOut<'_>) -> Option<(Note, Vec<Addendum>)> {
    let id = Id::parse(&note.id)?;
    let addenda = note
        .addenda
        .into_iter()
        .map(|addendum| {
            Some(Addendum {
                id: Id::parse(&addendum.id)?,
                note: id,
                author: addendum.author.into_owned(),
                written_at: Millis(addendum.written_at_ms),
                text: addendum.text.into_owned(),
            })
        })
        .collect::<Option<Vec<_>>>()?;
    let note = Note {
        id,
        client: note.client.into_owned(),
        author: note.author.into_owned(),
        session_at: Millis(note.session_at_ms),
        approved_at: Millis(note.approved_at_ms),
        format: note.format,
        sections: note.sections.into_owned(),
        facts: note.facts.into_owned(),
        risk: note.risk.into_owned(),
        left_out: note.left_out.into_owned(),
        content_hash: note.content_hash.into_owned(),
    };
    Some((note, addenda))
}

#[cfg(test)]
mod tests;
