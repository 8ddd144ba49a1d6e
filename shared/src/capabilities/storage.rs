//! What is kept: the workbench (captures, sealed and expiring) and the record (approved things). Each operation is one
//! transaction: after a crash it has happened wholly or not at all, and what is destroyed is destroyed in it.

use crux_core::capability::Operation;

use super::vault::{LocalKey, VaultError};
use crate::note::{
    Id, Pcm, Words,
    capture::{Capture, CaptureState, Review, Transcript},
    record::{Addendum, AuditLine, DeletionReceipt, Note, NoteRow, ProcessNote, Settings},
    time::Millis,
};

/// A line for the audit log, to be written in the same transaction. Never content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// When.
    pub at: Millis,
    /// What happened, such as `approved`.
    pub act: &'static str,
    /// To what.
    pub id: Option<Id>,
    /// A word more, never content.
    pub detail: String,
}

/// What is to be destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doomed {
    /// A capture with all it holds.
    Capture(Id),
    /// A note with its addenda and its process note.
    Note(Id),
    /// A process note alone.
    ProcessNote(Id),
}

/// What to do.
#[derive(Clone, Debug, PartialEq)]
pub enum StorageOperation {
    /// Begins a capture. Works while locked: makes the audio key and seals it to the letterbox key.
    Begin {
        /// The capture.
        capture: Capture,
    },
    /// Seals a segment of sound and syncs it to disk. Works while locked. `audio_ms` of the capture grows by its length.
    AppendSegment {
        /// The capture.
        id: Id,
        /// Number of the segment, from 0; a number already there is left as it is.
        index: u32,
        /// At most five seconds of sound.
        pcm: Pcm,
    },
    /// Moves a capture to another state. Works while locked.
    SetState {
        /// The capture.
        id: Id,
        /// Where it stands now.
        state: CaptureState,
        /// When it destroys itself now.
        expires_at: Millis,
    },
    /// All captures, oldest first. Works while locked.
    Captures,
    /// Opens the sound of a capture, all segments in order.
    LoadAudio {
        /// The capture.
        id: Id,
    },
    /// Seals the transcript and destroys the audio key and every segment, in one transaction. A typed summary comes in here too.
    SaveTranscript {
        /// The capture; begun here when it does not exist (typed).
        capture: Capture,
        /// What was said.
        transcript: Transcript,
        /// The next local vault key.
        turn: LocalKey,
        /// For the log.
        audit: AuditEntry,
    },
    /// Seals a review and sets the state to `InReview`.
    SaveReview {
        /// The capture.
        id: Id,
        /// The review.
        review: Review,
    },
    /// Opens transcript and review of a capture.
    LoadReview {
        /// The capture.
        id: Id,
    },
    /// Saves the note and destroys transcript, review and capture, in one transaction.
    Approve {
        /// The capture.
        capture: Id,
        /// The note.
        note: Box<Note>,
        /// Private words of the same session, if any.
        process_note: Option<ProcessNote>,
        /// When the note deletes itself; `None` for kept.
        deletes_at: Option<Millis>,
        /// The next local vault key.
        turn: LocalKey,
        /// For the log.
        audit: AuditEntry,
    },
    /// Saves a note that comes from an import.
    ImportNote {
        /// The note. When one of the same id exists, it is left as it is and `AlreadyThere` is the answer.
        note: Box<Note>,
        /// Its addenda.
        addenda: Vec<Addendum>,
        /// When the note deletes itself; `None` for kept.
        deletes_at: Option<Millis>,
        /// For the log.
        audit: AuditEntry,
    },
    /// Adds an addendum to a note.
    AddAddendum {
        /// The addendum.
        addendum: Addendum,
        /// For the log.
        audit: AuditEntry,
    },
    /// Sets or removes the hold that stops automatic deletion, and when the note deletes itself.
    SetRetention {
        /// The note.
        id: Id,
        /// Whether it is held.
        held: bool,
        /// When it deletes itself; `None` for kept.
        deletes_at: Option<Millis>,
        /// For the log.
        audit: AuditEntry,
    },
    /// A page of notes, newest first.
    Notes {
        /// Rows to pass over.
        offset: u32,
        /// Rows wanted, at most 200.
        limit: u32,
    },
    /// Notes that hold all words of a query, newest first, at most 200. No index of words is on disk.
    Search {
        /// Words, in any case; accents are folded.
        query: Words,
        /// Rows wanted, at most 200.
        limit: u32,
    },
    /// One note with its addenda.
    Note {
        /// The note.
        id: Id,
    },
    /// All process notes, newest first.
    ProcessNotes,
    /// Times at which things destroy themselves: captures and unheld notes. Works while locked.
    Due,
    /// Destroys things: their keys, bodies and rows, in one transaction; turns the local key; truncates the log files.
    /// Works while locked.
    Destroy {
        /// What.
        doomed: Vec<Doomed>,
        /// Why: `discarded`, `expired`, `deleted`.
        why: &'static str,
        /// When.
        at: Millis,
        /// The next local vault key.
        turn: LocalKey,
    },
    /// The settings; defaults when none were saved.
    Settings,
    /// Saves the settings.
    SaveSettings {
        /// The settings.
        settings: Box<Settings>,
    },
    /// The latest time ever seen, so that setting the clock back lengthens nothing; raises it to `now`. Works while locked.
    SeeTime {
        /// The clock's time.
        now: Millis,
    },
    /// Writes a line to the audit log. Works while locked.
    Audit(AuditEntry),
    /// The audit log, oldest first.
    AuditLog,
}

/// Something with an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueItem {
    /// What it is.
    pub doomed: Doomed,
    /// When it ends.
    pub at: Millis,
}

/// Why storage did not do it. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// There is no such thing (any more).
    #[error("there is no such item")]
    Missing,
    /// A note of this id exists already.
    #[error("it is there already")]
    AlreadyThere,
    /// The vault refused.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

/// The outcome.
#[derive(Clone, Debug, PartialEq)]
pub enum StorageAnswer {
    /// Captures.
    Captures(Vec<Capture>),
    /// The sound of a capture.
    Audio(Pcm),
    /// Transcript and, when one was saved, review.
    Review {
        /// What was said.
        transcript: Transcript,
        /// The review.
        review: Option<Box<Review>>,
    },
    /// A page of notes.
    Notes {
        /// The rows.
        rows: Vec<NoteRow>,
        /// How many there are in all (of a search: found).
        total: u32,
    },
    /// One note.
    Note {
        /// The note.
        note: Box<Note>,
        /// Its addenda, oldest first.
        addenda: Vec<Addendum>,
        /// Its line in the list.
        row: NoteRow,
    },
    /// Process notes.
    ProcessNotes(Vec<ProcessNote>),
    /// Things with an end.
    Due(Vec<DueItem>),
    /// What was destroyed.
    Destroyed(Vec<DeletionReceipt>),
    /// The settings.
    Settings(Box<Settings>),
    /// The latest time ever seen.
    Time(Millis),
    /// The audit log.
    AuditLog(Vec<AuditLine>),
    /// Done.
    Done,
    /// It failed.
    Failed(StorageError),
}

impl Operation for StorageOperation {
    type Output = StorageAnswer;
}
