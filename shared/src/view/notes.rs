//! The record on screen: one note, the list, and what would leave.

use facet::Facet;
use serde::{Deserialize, Serialize};

use super::keys::Notice;
use crate::{
    capabilities::documents::DocumentKind,
    model::{
        Desk,
        stage::{Exporting, NoteStage, NotesStage},
    },
    note::{
        Words,
        draft::Format,
        record::{Addendum, Note, NoteRow, ProcessNote},
        time::Millis,
    },
};

/// One note.
#[derive(Facet, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoteView {
    /// The note as signed.
    pub note: Note,
    /// Its addenda, oldest first.
    pub addenda: Vec<Addendum>,
    /// Private notes of the same session, only while they are shown.
    pub private: Vec<ProcessNote>,
    /// Whether a hold stops automatic deletion.
    pub held: bool,
    /// Milliseconds until it deletes itself; `None` for kept.
    pub deletes_in_ms: Option<i64>,
    /// The layout shown: the signed one, or another made from the same facts.
    pub shown_as: Format,
    /// The sections in the layout shown.
    pub sections: Vec<crate::note::draft::Section>,
    /// One thing to say.
    pub notice: Option<Notice>,
}

/// The list.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotesView {
    /// The rows, newest first, at most 200.
    pub rows: Vec<NoteRow>,
    /// Rows passed over.
    pub offset: u32,
    /// Notes in all, or found.
    pub total: u32,
    /// The search, or empty.
    pub query: Words,
    /// One thing to say.
    pub notice: Option<Notice>,
}

/// What would leave.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportView {
    /// Its kind.
    pub kind: DocumentKind,
    /// File name proposed.
    pub name: String,
    /// Size in bytes.
    pub size_bytes: u64,
    /// The document as text: exactly the bytes for text kinds, the same words for PDF. At most 20,000 characters of it.
    pub preview: Words,
    /// Whether `preview` was cut.
    pub cut: bool,
    /// Whether this is a draft.
    pub is_draft: bool,
}

/// The note screen.
#[must_use]
pub fn note(stage: &NoteStage, desk: &Desk, now: Millis) -> NoteView {
    NoteView {
        note: stage.note.clone(),
        addenda: stage.addenda.clone(),
        private: stage.private.clone(),
        held: stage.row.held,
        deletes_in_ms: stage.row.deletes_at.map(|at| at.since(now).max(0)),
        shown_as: stage.shown.as_ref().map_or(stage.note.format, |draft| draft.format),
        sections: stage
            .shown
            .as_ref()
            .map_or_else(|| stage.note.sections.clone(), |draft| draft.sections.clone()),
        notice: desk.notice.clone(),
    }
}

/// The list screen.
#[must_use]
pub fn notes(stage: &NotesStage, desk: &Desk) -> NotesView {
    NotesView {
        rows: stage.rows.clone(),
        offset: stage.offset,
        total: stage.total,
        query: stage.query.clone(),
        notice: desk.notice.clone(),
    }
}

/// The export screen.
#[must_use]
pub fn export(stage: &Exporting) -> ExportView {
    let (preview, cut) = stage.preview();
    ExportView {
        kind: stage.kind,
        name: stage.name.clone(),
        size_bytes: stage.content.len() as u64,
        preview,
        cut,
        is_draft: stage.is_draft,
    }
}
