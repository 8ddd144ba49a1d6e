//! What exists only after an approve: notes, addenda, process notes, and what goes with them. This is the record.

use facet::Facet;
use serde::{Deserialize, Serialize};

use super::{
    Id, Words,
    draft::{Fact, Format, LeftOut, RiskLine, Section},
    preferences::Preferences,
    time::Millis,
};

/// A signed note. Immutable: later changes are addenda.
// Frozen: sealed in the record; its content hash covers it.
#[derive(Facet, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// Its name.
    pub id: Id,
    /// Label of the client; may be a code or empty.
    pub client: Words,
    /// Who approved it.
    pub author: Words,
    /// When the summary was begun.
    pub session_at: Millis,
    /// When it was approved.
    pub approved_at: Millis,
    /// Layout.
    pub format: Format,
    /// Sections, as approved.
    pub sections: Vec<Section>,
    /// The facts behind the sentences, so that another layout can be shown after the transcript is gone.
    pub facts: Vec<Fact>,
    /// What was said about risk.
    pub risk: Vec<RiskLine>,
    /// Facts the approved note leaves out, and why.
    pub left_out: Vec<LeftOut>,
    /// SHA-256 over the content, 64 hex digits; see `docs/PORTABILITY.md`.
    pub content_hash: String,
}

/// A later remark to a signed note.
// Frozen: sealed in the record.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addendum {
    /// Its name.
    pub id: Id,
    /// The note it belongs to.
    pub note: Id,
    /// Who wrote it.
    pub author: Words,
    /// When.
    pub written_at: Millis,
    /// What it says.
    pub text: Words,
}

/// A private process note (45 CFR 164.501): its own key, never drafted, summarised, or exported by default.
// Frozen: sealed in the record under the process-note key.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessNote {
    /// Its name.
    pub id: Id,
    /// The note of the same session, if one was approved.
    pub note: Option<Id>,
    /// When it was written.
    pub written_at: Millis,
    /// What it says.
    pub text: Words,
}

/// How long something is kept.
#[derive(Facet, Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Keep {
    /// Until a person deletes it.
    #[default]
    UntilDeleted,
    /// 30 days after approval.
    Days30,
    /// 90 days after approval.
    Days90,
}

impl Keep {
    /// Days, or `None` for no end.
    #[must_use]
    pub const fn days(self) -> Option<i64> {
        match self {
            Self::UntilDeleted => None,
            Self::Days30 => Some(30),
            Self::Days90 => Some(90),
        }
    }
}

/// Everything a clinician can set.
// Frozen: sealed as the settings record.
#[derive(Facet, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// How notes read.
    pub preferences: Preferences,
    /// How long approved notes are kept.
    pub keep: Keep,
    /// Hours a recording waits for transcription; 1 to 24.
    pub audio_hours: u32,
    /// Days an unsigned transcript lives; 1 to 7. Can be shortened, never lengthened beyond 7.
    pub transcript_days: u32,
    /// Longest recording in seconds; 30 to 300.
    pub cap_seconds: u32,
    /// Name of the speech model in use; empty for the default.
    pub model: String,
    /// Minutes without a key press before the vault locks; 0 for never.
    pub lock_minutes: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            preferences: Preferences::default(),
            keep: Keep::default(),
            audio_hours: 24,
            transcript_days: 7,
            cap_seconds: 180,
            model: String::new(),
            lock_minutes: 10,
        }
    }
}

/// A line of the list of notes: as much as the list shows, never the whole note.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteRow {
    /// The note.
    pub id: Id,
    /// Label of the client.
    pub client: Words,
    /// First words of the note, at most 80 characters.
    pub snippet: Words,
    /// Layout.
    pub format: Format,
    /// When it was approved.
    pub approved_at: Millis,
    /// Whether a hold stops every automatic deletion.
    pub held: bool,
    /// When it deletes itself; `None` for kept.
    pub deletes_at: Option<Millis>,
    /// How many addenda it has.
    pub addenda: u32,
}

/// What is left after a deletion: no content, and proof that the key is gone.
// Frozen: kept in the audit log.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletionReceipt {
    /// What was deleted: `audio`, `transcript`, `note`, `addendum`, `process_note`, `vault`.
    pub what: String,
    /// Its name.
    pub id: Id,
    /// When.
    pub deleted_at: Millis,
    /// First 16 hex digits of the SHA-256 of the wrapped key that was destroyed.
    pub key_fingerprint: String,
    /// Number of the local vault key that died with it.
    pub local_key_epoch: u32,
    /// Why: `approved`, `discarded`, `expired`, `deleted`, `erased`.
    pub why: String,
}

/// One line of the audit log. Content-free; each line's hash covers the line before it.
// Frozen: the hash chain covers these fields in this order.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// Number, from 1, without gaps.
    pub number: u64,
    /// When.
    pub at: Millis,
    /// What happened: `vault_created`, `unlocked`, `unlock_refused`, `recorded`, `transcribed`, `approved`, `exported`, `deleted`, …
    pub act: String,
    /// What it happened to, if one thing.
    pub id: Option<Id>,
    /// A word more, never content: a format, a count, a reason.
    pub detail: String,
    /// SHA-256 over the hash before it and this line, 64 hex digits.
    pub hash: String,
}
