//! The closed lists of things said on screen. A shell has one sentence for each key, in each language.

use facet::Facet;
use serde::{Deserialize, Serialize};

use crate::{
    capabilities::{documents::DocumentError, speech::SpeechError, storage::StorageError, vault::VaultError},
    note::Id,
};

/// Why something did not happen. Nothing is ever lost by it.
#[derive(Facet, Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum FailureKey {
    /// Another process has the vault open.
    VaultInUse,
    /// The vault is of a newer version.
    VaultNewer,
    /// The folder cannot be written.
    FolderReadOnly,
    /// The disk is full.
    DiskFull,
    /// Part of the vault is damaged.
    VaultDamaged,
    /// The key of this device is gone.
    LocalKeyLost,
    /// The folder failed.
    FolderFailed,
    /// The key store refused.
    KeysRefused,
    /// No microphone.
    NoMicrophone,
    /// The microphone is not allowed.
    MicrophoneDenied,
    /// No speech model is installed.
    NoSpeechModel,
    /// The speech model is damaged.
    SpeechModelDamaged,
    /// Nothing was recorded.
    NothingRecorded,
    /// No speech was heard.
    NoSpeech,
    /// The file cannot be read.
    FileUnreadable,
    /// The file is not audio.
    FileNotAudio,
    /// The file is damaged.
    FileDamaged,
    /// The recording is longer than the limit.
    RecordingTooLong,
    /// The typed text is longer than a summary can be.
    TextTooLong,
    /// There is nothing to file.
    NothingToFile,
    /// Not English; the words are kept.
    OtherLanguage,
    /// The speech engine failed.
    SpeechFailed,
    /// The download did not finish; what came is kept.
    DownloadInterrupted,
    /// The download was not the right file.
    DownloadWrong,
    /// It is not there any more.
    Gone,
    /// Not an export of this app.
    NotAnExport,
    /// A note in the export was changed.
    ExportChanged,
    /// The export is of a newer version.
    ExportNewer,
    /// This document cannot be made.
    DocumentNotPossible,
    /// It could not be written.
    NotWritten,
    /// The vault is locked.
    VaultLocked,
}

/// The one next step after a failure.
#[derive(Facet, Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum NextStep {
    /// Go back.
    Back,
    /// Go on speaking.
    Resume,
    /// Transcribe.
    Transcribe,
    /// Try again.
    Retry,
    /// Type instead.
    TypeInstead,
    /// Get a speech model.
    GetModel,
    /// Open the draft.
    Review,
    /// Unlock.
    Unlock,
    /// Close the app.
    Close,
}

/// A failure on screen.
#[derive(Facet, Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What happened.
    pub key: FailureKey,
    /// The capture it happened to; it is safe.
    pub capture: Option<Id>,
    /// The one next step.
    pub next: NextStep,
}

impl Failure {
    /// A failure whose next step is to go back.
    #[must_use]
    pub const fn new(key: FailureKey) -> Self {
        Self {
            key,
            capture: None,
            next: NextStep::Back,
        }
    }

    /// The same, about a capture.
    #[must_use]
    pub const fn of(mut self, capture: Id, next: NextStep) -> Self {
        self.capture = Some(capture);
        self.next = next;
        self
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Self {
        let key = match error {
            VaultError::InUse => FailureKey::VaultInUse,
            VaultError::Newer => FailureKey::VaultNewer,
            VaultError::ReadOnly => FailureKey::FolderReadOnly,
            VaultError::Full => FailureKey::DiskFull,
            VaultError::LocalKeyLost => FailureKey::LocalKeyLost,
            VaultError::Damaged => FailureKey::VaultDamaged,
            VaultError::Locked
            | VaultError::Refused { .. }
            | VaultError::Waiting { .. }
            | VaultError::BadWords
            | VaultError::NotOpen => FailureKey::VaultLocked,
            VaultError::Exists | VaultError::Failed => FailureKey::FolderFailed,
        };
        Self::new(key)
    }
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Missing | StorageError::AlreadyThere => Self::new(FailureKey::Gone),
            StorageError::Vault(error) => error.into(),
        }
    }
}

impl From<SpeechError> for Failure {
    fn from(error: SpeechError) -> Self {
        let key = match error {
            SpeechError::Unreadable => FailureKey::FileUnreadable,
            SpeechError::NotAudio => FailureKey::FileNotAudio,
            SpeechError::Damaged => FailureKey::FileDamaged,
            SpeechError::TooLong => FailureKey::RecordingTooLong,
            SpeechError::Empty => FailureKey::NothingRecorded,
            SpeechError::NoSpeech => FailureKey::NoSpeech,
            SpeechError::NoModel => FailureKey::NoSpeechModel,
            SpeechError::BadModel => FailureKey::SpeechModelDamaged,
            SpeechError::Interrupted => FailureKey::DownloadInterrupted,
            SpeechError::WrongFile => FailureKey::DownloadWrong,
            SpeechError::Full => FailureKey::DiskFull,
            SpeechError::Cancelled | SpeechError::Engine => FailureKey::SpeechFailed,
        };
        Self::new(key)
    }
}

impl From<DocumentError> for Failure {
    fn from(error: DocumentError) -> Self {
        Self::new(match error {
            DocumentError::Unreadable => FailureKey::FileUnreadable,
            DocumentError::NotAnExport => FailureKey::NotAnExport,
            DocumentError::Newer => FailureKey::ExportNewer,
            DocumentError::Changed => FailureKey::ExportChanged,
            DocumentError::NotPossible => FailureKey::DocumentNotPossible,
        })
    }
}

/// One thing said on the screen that is there, until the next act.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(C)]
pub enum Notice {
    /// A damaged database was moved aside to this file; a new one was made.
    MovedAside {
        /// File name.
        file: String,
    },
    /// A recording was cut off; this much of it is safe.
    RecordingSafe {
        /// Milliseconds of sound.
        audio_ms: u64,
    },
    /// The microphone was taken away; what was said is safe.
    RecordingInterrupted,
    /// The longest time was reached; recording stopped by itself.
    CapReached,
    /// The disk is full; recording stopped, what was said is safe.
    RecordingDiskFull,
    /// The note is signed; what was destroyed with it.
    Approved {
        /// Whether there was a recording once.
        had_audio: bool,
    },
    /// The capture was thrown away.
    Discarded,
    /// Captures reached their end and destroyed themselves.
    Expired {
        /// How many.
        count: u32,
    },
    /// Something will destroy itself within two days.
    ExpiresSoon {
        /// How many.
        count: u32,
    },
    /// Copied; the clipboard is cleared after this time.
    Copied {
        /// Seconds.
        clear_after_s: u32,
    },
    /// The file was written.
    Exported,
    /// Notes came in.
    Imported {
        /// Taken in.
        taken: u32,
        /// There already.
        there: u32,
    },
    /// Settings are saved.
    SettingsSaved,
    /// The passcode is set, changed or removed.
    PasscodeSet,
    /// Transcription was stopped; the recording is safe.
    TranscriptionStopped,
    /// A speech model is ready.
    ModelReady,
    /// It did not work.
    Failed {
        /// Why.
        key: FailureKey,
    },
    /// Deleting needs a statement about the retention duty first.
    RetentionDuty,
    /// A held note cannot be deleted.
    Held,
    /// An empty draft cannot be approved.
    NothingToApprove,
    /// The session of this note has no private note.
    NoPrivateNote,
    /// The private notes are destroyed.
    PrivateDeleted,
    /// The addendum is kept.
    AddendumKept,
}
