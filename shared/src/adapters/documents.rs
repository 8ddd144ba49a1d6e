//! Makes documents of notes and drafts, and reads exports back. Files are read here, nothing is written.

use std::{fs, io::Read as _, path::Path};

use crate::{
    capabilities::documents::{DocumentAnswer, DocumentError, DocumentKind, DocumentOperation},
    export::{
        Document, Options,
        fhir::fhirs,
        json::{ImportError, json, read_json},
        text::texts,
    },
    note::{
        hash::content_hash,
        record::{Addendum, Note},
    },
};

/// Largest export that is read, in bytes: some 100,000 notes.
const EXPORT_BYTES_MAX: u64 = 1 << 29;

/// Does what the operation says.
#[must_use]
pub fn answer(operation: &DocumentOperation) -> DocumentAnswer {
    let made = match operation {
        DocumentOperation::Notes {
            notes,
            kind,
            letterhead,
            ehr_order,
        } => {
            let options = Options {
                letterhead: letterhead.clone(),
                ehr_order: ehr_order.clone(),
                ..Options::default()
            };
            of_notes(notes, *kind, &options)
        }
        DocumentOperation::Draft {
            draft,
            client,
            session_at,
            kind,
            letterhead,
        } => {
            let options = Options {
                letterhead: letterhead.clone(),
                ..Options::default()
            };
            let document = Document::Draft {
                draft,
                client,
                session_at: *session_at,
            };
            of_documents(&[document], *kind, &options)
        }
        DocumentOperation::Read { path } => {
            return read(path).map_or_else(DocumentAnswer::Failed, DocumentAnswer::Notes);
        }
    };
    made.map_or_else(DocumentAnswer::Failed, DocumentAnswer::Made)
}

fn of_notes(notes: &[(Note, Vec<Addendum>)], kind: DocumentKind, options: &Options) -> Result<Vec<u8>, DocumentError> {
    match kind {
        DocumentKind::Json => Ok(json(notes).into_bytes()),
        DocumentKind::Fhir => Ok(fhirs(notes).into_bytes()),
        DocumentKind::Text | DocumentKind::Pdf => {
            let documents: Vec<_> = notes
                .iter()
                .map(|(note, addenda)| Document::Note { note, addenda })
                .collect();
            of_documents(&documents, kind, options)
        }
    }
}

fn of_documents(documents: &[Document<'_>], kind: DocumentKind, options: &Options) -> Result<Vec<u8>, DocumentError> {
    match kind {
        DocumentKind::Text => Ok(texts(documents, options).into_bytes()),
        DocumentKind::Pdf => pdf(documents, options),
        // A draft is not part of the record, so it has no form that a record system would take in.
        DocumentKind::Json | DocumentKind::Fhir => Err(DocumentError::NotPossible),
    }
}

#[cfg(feature = "export")]
fn pdf(documents: &[Document<'_>], options: &Options) -> Result<Vec<u8>, DocumentError> {
    crate::export::pdf::pdf(documents, options).map_err(|_| DocumentError::NotPossible)
}

#[cfg(not(feature = "export"))]
fn pdf(_: &[Document<'_>], _: &Options) -> Result<Vec<u8>, DocumentError> {
    Err(DocumentError::NotPossible)
}

fn read(path: &Path) -> Result<Vec<(Note, Vec<Addendum>)>, DocumentError> {
    let file = fs::File::open(path).map_err(|_| DocumentError::Unreadable)?;
    let mut text = zeroize::Zeroizing::new(String::new());
    let size = file.take(EXPORT_BYTES_MAX + 1).read_to_string(&mut text);
    match size {
        Ok(size) if size as u64 <= EXPORT_BYTES_MAX => {}
        Ok(_) => return Err(DocumentError::NotAnExport),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => return Err(DocumentError::NotAnExport),
        Err(_) => return Err(DocumentError::Unreadable),
    }
    read_json(&text, content_hash).map_err(|error| match error {
        ImportError::Newer { .. } => DocumentError::Newer,
        ImportError::Changed { .. } => DocumentError::Changed,
        _ => DocumentError::NotAnExport,
    })
}
