//! The stable shapes of `--json`. Ids are 32 hex digits, times are RFC 3339, lengths carry their unit in the name.

use serde_json::{Value, json};
use shared::{
    note::{
        draft::Draft,
        record::{Addendum, AuditLine, DeletionReceipt, Note, NoteRow, Settings},
        time::Millis,
    },
    view::{
        home::CaptureRow,
        review::{ReviewView, SourceView},
        settings::{ModelRow, VerifyView},
    },
};

use crate::fields::{FIELDS, Kind};

/// A capture of the queue.
#[must_use]
pub fn capture(row: &CaptureRow) -> Value {
    json!({
        "id": row.id.to_string(),
        "state": row.state,
        "source": row.source,
        "started_at": row.started_at.rfc3339(),
        "audio_ms": row.audio_ms,
        "expires_in_ms": row.expires_in_ms,
        "next": row.next,
    })
}

/// A draft, in the shape that `afterword draft` writes too.
#[must_use]
pub fn draft(draft: &Draft) -> Value {
    serde_json::to_value(draft).unwrap_or_default()
}

/// A draft under review.
#[must_use]
pub fn review(view: &ReviewView) -> Value {
    json!({
        "id": view.id.to_string(),
        "client": view.client,
        "detail": view.detail,
        "draft": draft(&view.draft),
        "private": view.private,
        "can_undo": view.can_undo,
        "can_redo": view.can_redo,
        "expires_in_ms": view.expires_in_ms,
        "will_destroy": view.will_destroy,
        "notice": view.notice.as_ref().map(crate::words::notice),
    })
}

/// Where a sentence comes from.
#[must_use]
pub fn source(view: &SourceView) -> Value {
    let facts: Vec<Value> = view
        .indices
        .iter()
        .zip(&view.facts)
        .map(|(index, fact)| {
            let mut value = serde_json::to_value(fact).unwrap_or_default();
            value["index"] = json!(index);
            value
        })
        .collect();
    json!({ "section": view.section + 1, "sentence": view.sentence + 1, "rule": view.rule, "facts": facts })
}

/// A line of the list of notes.
#[must_use]
pub fn note_row(row: &NoteRow) -> Value {
    json!({
        "id": row.id.to_string(),
        "client": row.client,
        "snippet": row.snippet,
        "format": row.format,
        "approved_at": row.approved_at.rfc3339(),
        "held": row.held,
        "deletes_at": row.deletes_at.map(Millis::rfc3339),
        "addenda": row.addenda,
    })
}

/// A note.
#[must_use]
pub fn note(note: &Note, addenda: &[Addendum]) -> Value {
    json!({
        "id": note.id.to_string(),
        "client": note.client,
        "author": note.author,
        "session_at": note.session_at.rfc3339(),
        "approved_at": note.approved_at.rfc3339(),
        "format": note.format,
        "sections": note.sections,
        "facts": note.facts,
        "risk": note.risk,
        "left_out": note.left_out,
        "content_hash": note.content_hash,
        "addenda": addenda.iter().map(addendum).collect::<Vec<_>>(),
    })
}

/// An addendum.
fn addendum(addendum: &Addendum) -> Value {
    json!({
        "id": addendum.id.to_string(),
        "author": addendum.author,
        "written_at": addendum.written_at.rfc3339(),
        "text": addendum.text,
    })
}

/// A receipt.
#[must_use]
pub fn receipt(receipt: &DeletionReceipt) -> Value {
    json!({
        "what": receipt.what,
        "id": receipt.id.to_string(),
        "deleted_at": receipt.deleted_at.rfc3339(),
        "key_fingerprint": receipt.key_fingerprint,
        "local_key_epoch": receipt.local_key_epoch,
        "why": receipt.why,
    })
}

/// A line of the audit log.
#[must_use]
pub fn audit_line(line: &AuditLine) -> Value {
    json!({
        "number": line.number,
        "at": line.at.rfc3339(),
        "act": line.act,
        "id": line.id.map(|id| id.to_string()),
        "detail": line.detail,
        "hash": line.hash,
    })
}

/// A speech model.
#[must_use]
pub fn model(row: &ModelRow) -> Value {
    json!({ "name": row.name, "size_bytes": row.size_bytes, "here": row.here, "in_use": row.in_use })
}

/// What a check found.
#[must_use]
pub fn verify(view: &VerifyView) -> Value {
    let mut value = serde_json::to_value(view).unwrap_or_default();
    value["clean"] = json!(crate::screens::settings::is_clean(view));
    value
}

/// All settings by name.
#[must_use]
pub fn settings(settings: &Settings) -> Value {
    FIELDS
        .iter()
        .map(|field| (field.key.to_owned(), setting(field.kind, &(field.get)(settings))))
        .collect()
}

/// One setting: numbers as numbers, lists as lists.
#[must_use]
pub fn setting(kind: Kind, value: &str) -> Value {
    match kind {
        Kind::Number(..) => value.parse::<u32>().map_or(Value::Null, Value::from),
        Kind::List => value.split(", ").filter(|item| !item.is_empty()).collect(),
        Kind::Choice(_) | Kind::Line | Kind::Lines => Value::from(value),
    }
}
