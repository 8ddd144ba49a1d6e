//! What the world answered. Never crosses to a shell, so keys and words may travel in it.

use crate::{
    capabilities::{
        documents::{DocumentAnswer, DocumentKind},
        drafter::DraftAnswer,
        microphone::MicrophoneAnswer,
        share::ShareAnswer,
        speech::{ModelInfo, SpeechAnswer},
        storage::{DueItem, StorageAnswer},
        vault::{VaultAnswer, VaultPresence},
    },
    model::{
        keys::{Failure, Notice},
        turns::Finished,
    },
    note::{
        Id, Words,
        capture::{Capture, CaptureState, Transcript},
        record::{NoteRow, Settings},
        time::Millis,
    },
};

/// An answer, on its way back into `update`.
#[derive(Clone, Debug, PartialEq)]
pub enum Answered {
    /// The folder was opened.
    FolderOpened(VaultAnswer),
    /// The local key was handed over, or could not be.
    LocalKeyUsed(VaultPresence, VaultAnswer),
    /// A vault was made, or not.
    VaultMade(VaultAnswer),
    /// An unlock was answered.
    UnlockAnswered(VaultAnswer),
    /// Another request to the vault was answered.
    VaultAnswered(VaultAnswer),
    /// The passcode is set (`Some(true)`), removed (`Some(false)`), or as it was (`None`).
    PasscodeSet(Option<bool>),
    /// The vault is locked.
    Locked,
    /// Everything is gone.
    Erased(VaultAnswer),
    /// What time it is, and what is over.
    TimeSeen {
        /// The time, which never goes back.
        now: Millis,
        /// Everything with an end.
        due: Vec<DueItem>,
    },
    /// The desk was read anew.
    DeskRead(DeskRead),
    /// A destruction is through.
    Turned(Finished),
    /// A capture was begun.
    CaptureBegun {
        /// The capture.
        capture: Capture,
        /// What storage said.
        storage: StorageAnswer,
        /// What the microphone said.
        microphone: MicrophoneAnswer,
    },
    /// A segment is on disk, or not.
    SegmentSealed(StorageAnswer),
    /// The microphone stopped, and the capture is in another state.
    RecordingEnded {
        /// Where it stands now.
        state: CaptureState,
        /// What storage said.
        storage: StorageAnswer,
    },
    /// The microphone listens again.
    RecordingResumed {
        /// The capture.
        capture: Capture,
        /// What the microphone said.
        microphone: MicrophoneAnswer,
    },
    /// A file was read and sealed as a capture, or not.
    FileTaken(Result<Capture, Failure>),
    /// How far transcription is.
    Heard(SpeechAnswer),
    /// The transcript is there; the audio still is, too.
    TranscriptReady {
        /// The capture.
        capture: Capture,
        /// What was said.
        transcript: Transcript,
    },
    /// Transcription failed.
    TranscriptFailed {
        /// The capture.
        capture: Capture,
        /// Why; `None` when it was cancelled.
        failure: Option<Failure>,
    },
    /// The transcript is sealed and the audio destroyed, or not.
    TranscriptSaved(StorageAnswer),
    /// A review was read, or made.
    ReviewRead {
        /// The capture.
        id: Id,
        /// What storage said.
        answer: StorageAnswer,
        /// What to say about it.
        notice: Option<Notice>,
    },
    /// The facts were filed anew.
    Refiled {
        /// What was done.
        act: String,
        /// What the drafter said.
        answer: DraftAnswer,
    },
    /// The review is sealed, or not.
    ReviewSaved(StorageAnswer),
    /// The note exists, or not.
    Approved(StorageAnswer),
    /// Things were destroyed, or not.
    Destroyed(StorageAnswer),
    /// Expired things were destroyed, or not.
    Swept(StorageAnswer),
    /// A page of notes.
    NotesRead {
        /// Rows passed over.
        offset: u32,
        /// The search, or empty.
        query: Words,
        /// What storage said.
        answer: StorageAnswer,
    },
    /// One note.
    NoteRead(StorageAnswer),
    /// The private notes were read.
    PrivateRead {
        /// The note they belong to.
        note: Id,
        /// What storage said.
        answer: StorageAnswer,
    },
    /// A document was made.
    DocumentMade {
        /// Its kind.
        kind: DocumentKind,
        /// File name proposed.
        name: String,
        /// Whether it is a draft.
        is_draft: bool,
        /// The same words as text, for kinds that are not text.
        words: Words,
        /// What the document maker said.
        answer: DocumentAnswer,
    },
    /// Something left, or did not.
    Left {
        /// What the shell said.
        answer: ShareAnswer,
        /// By the clipboard.
        copied: bool,
    },
    /// An addendum is kept, or not.
    AddendumKept {
        /// Its note.
        note: Id,
        /// What storage said.
        answer: StorageAnswer,
    },
    /// Notes came in.
    Imported {
        /// Notes taken in.
        taken: u32,
        /// Notes that were there already.
        there: u32,
        /// Why it stopped, if it did.
        failed: Option<Failure>,
    },
    /// The settings are sealed, or not.
    SettingsSaved(StorageAnswer),
    /// The models were listed.
    ModelsListed(Vec<ModelInfo>),
    /// How far a model's download is.
    ModelFetched(SpeechAnswer),
    /// The audit log.
    AuditRead(StorageAnswer),
}

/// What the desk needs, read in one go.
#[derive(Clone, Debug, PartialEq)]
pub struct DeskRead {
    /// Captures.
    pub captures: Vec<Capture>,
    /// Newest notes and their number; `None` while locked.
    pub notes: Option<(Vec<NoteRow>, u32)>,
    /// Settings; `None` while locked.
    pub settings: Option<Settings>,
}
