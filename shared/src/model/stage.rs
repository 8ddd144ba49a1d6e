//! What a stage holds while it is on screen. The stages themselves decide what becomes of it.

use crate::{
    capabilities::documents::DocumentKind,
    model::keys::Failure,
    note::{
        Id, Words,
        capture::{Capture, Review},
        draft::Draft,
        record::{Addendum, AuditLine, DeletionReceipt, Note, NoteRow, ProcessNote},
        time::Millis,
    },
};

/// What is on screen.
#[derive(Debug, Default)]
pub enum Stage {
    /// Nothing yet: the folder is being opened.
    #[default]
    Starting,
    /// There is no vault here yet.
    Welcome(Welcome),
    /// The recovery words, once.
    Words(WordsShown),
    /// Locked.
    Unlock(Unlocking),
    /// The queue.
    Home,
    /// Recording.
    Record(Recording),
    /// A summary is being typed. The words stay in the shell's field until they are handed over.
    Typing,
    /// Sound becomes text, text becomes a draft.
    Transcribe,
    /// A draft waits for the clinician.
    Review(Box<Reviewing>),
    /// One note.
    Note(Box<NoteStage>),
    /// The list.
    Notes(NotesStage),
    /// What exactly would leave.
    Export(Box<Exporting>),
    /// Settings.
    Settings,
    /// The audit log.
    Audit(Vec<AuditLine>),
    /// What was deleted.
    Deleted(Vec<DeletionReceipt>),
    /// Known limits.
    Limits,
    /// Sample notes.
    Samples,
    /// Something failed; nothing is lost.
    Failed(Failure),
}

/// First run.
#[derive(Debug, Default)]
pub struct Welcome {
    /// The person said to be younger than 16.
    pub refused_age: bool,
    /// A vault is being made.
    pub working: bool,
    /// The vault being made has a passcode.
    pub with_passcode: bool,
}

/// The recovery words, on screen once.
#[derive(Debug, Default)]
pub struct WordsShown {
    /// 24 words, separated by spaces.
    pub words: Words,
    /// Places, from 0, of the three words asked back.
    pub asked: Vec<u32>,
    /// The last answer was wrong.
    pub wrong: bool,
}

/// Locked.
#[derive(Debug, Default)]
pub struct Unlocking {
    /// A passcode opens it.
    pub passcode: bool,
    /// The device opens it.
    pub device: bool,
    /// Failed tries in a row.
    pub tries: u32,
    /// No try is looked at before.
    pub wait_until: Millis,
    /// The last try was refused.
    pub refused: bool,
    /// The words entered were not 24 recovery words.
    pub bad_words: bool,
    /// A try is being looked at.
    pub working: bool,
}

/// A recording on screen.
#[derive(Debug)]
pub struct Recording {
    /// The capture; `audio_ms` is what has been sealed or is on its way to be.
    pub capture: Capture,
    /// Longest time, in milliseconds.
    pub cap_ms: u64,
    /// Number of the next segment.
    pub next_index: u32,
    /// Loudness of the last segment, 0 to 100.
    pub level: u8,
    /// Whether it pauses.
    pub paused: bool,
    /// Whether it is being stopped.
    pub stopping: bool,
    /// How long it has been silent, in milliseconds.
    pub silent_ms: u64,
    /// Cues shown so far.
    pub cues: usize,
}

/// A transcription that runs.
#[derive(Debug)]
pub struct Transcribing {
    /// The capture.
    pub capture: Capture,
    /// 0 to 100.
    pub percent: u8,
    /// Words so far.
    pub text: Words,
    /// The audio is destroyed.
    pub audio_deleted: bool,
}

/// A draft under review.
#[derive(Debug)]
pub struct Reviewing {
    /// The capture.
    pub id: Id,
    /// Draft, undo and redo.
    pub review: Review,
    /// When transcript and draft destroy themselves.
    pub expires_at: Millis,
    /// The sentence whose source is shown: section, place.
    pub tapped: Option<(u32, u32)>,
    /// The note is being signed.
    pub approving: bool,
}

impl Reviewing {
    /// A review, opened.
    #[must_use]
    pub const fn new(id: Id, review: Review, expires_at: Millis) -> Self {
        Self {
            id,
            review,
            expires_at,
            tapped: None,
            approving: false,
        }
    }
}

/// A note on screen.
#[derive(Debug)]
pub struct NoteStage {
    /// The note as signed.
    pub note: Note,
    /// Its addenda.
    pub addenda: Vec<Addendum>,
    /// Its line in the list.
    pub row: NoteRow,
    /// Another layout of the same facts, while one is shown. The note itself never changes.
    pub shown: Option<Draft>,
    /// Private notes of the same session, once asked for.
    pub private: Vec<ProcessNote>,
}

/// The list on screen.
#[derive(Debug, Default)]
pub struct NotesStage {
    /// The rows.
    pub rows: Vec<NoteRow>,
    /// Rows passed over.
    pub offset: u32,
    /// Notes in all, or found.
    pub total: u32,
    /// The search, or empty.
    pub query: Words,
}

/// What would leave, shown before it does.
#[derive(Debug)]
pub struct Exporting {
    /// Kind of document.
    pub kind: DocumentKind,
    /// File name proposed.
    pub name: String,
    /// Exactly the bytes.
    pub content: Vec<u8>,
    /// The same words as text, for kinds that are not text.
    pub words: Words,
    /// Whether it is a draft.
    pub is_draft: bool,
    /// Where it came from, to go back to.
    pub from: Box<Stage>,
}
