//! A capture: one summary on its way from a voice or a keyboard to a note. It lives in the workbench, sealed and expiring.

use facet::Facet;
use serde::{Deserialize, Serialize};

use super::{
    Id, Words,
    draft::{Draft, Format},
    time::Millis,
};

/// Where a capture stands. The number is what the database holds.
#[derive(Facet, Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum CaptureState {
    /// The microphone is on, segments are being sealed.
    Recording = 1,
    /// Stopped by a call, a crash or a pause; more can be said.
    Interrupted = 2,
    /// Complete; waits to be transcribed.
    Recorded = 3,
    /// Transcription failed; the audio is still there.
    TranscribeFailed = 4,
    /// There is text and no audio any more; waits to be drafted.
    Transcribed = 5,
    /// A draft waits for the clinician.
    InReview = 6,
}

impl CaptureState {
    /// All states.
    pub const ALL: [Self; 6] = [
        Self::Recording,
        Self::Interrupted,
        Self::Recorded,
        Self::TranscribeFailed,
        Self::Transcribed,
        Self::InReview,
    ];

    /// Whether sealed audio exists in this state.
    #[must_use]
    pub const fn has_audio(self) -> bool {
        matches!(
            self,
            Self::Recording | Self::Interrupted | Self::Recorded | Self::TranscribeFailed
        )
    }
}

/// How a summary came in.
#[derive(Facet, Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum CaptureSource {
    /// Spoken into the microphone.
    Spoken = 1,
    /// Typed.
    Typed = 2,
    /// One's own dictated memo, imported as a file.
    Imported = 3,
}

/// What the queue shows of a capture. Holds no words, so it can be read while the vault is locked.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// Its name.
    pub id: Id,
    /// Where it stands.
    pub state: CaptureState,
    /// How it came in.
    pub source: CaptureSource,
    /// When it was begun.
    pub started_at: Millis,
    /// When it destroys itself.
    pub expires_at: Millis,
    /// Length of the sealed audio so far, in milliseconds.
    pub audio_ms: u64,
}

/// A stretch of a transcript.
// Frozen: sealed inside transcripts.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptSegment {
    /// Start, in milliseconds of the recording.
    pub start_ms: u64,
    /// End, in milliseconds of the recording.
    pub end_ms: u64,
    /// The words.
    pub text: Words,
}

/// What was said or typed. Destroyed when the note is approved, or after at most seven days.
// Frozen: sealed in the workbench.
#[derive(Facet, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transcript {
    /// The whole text.
    pub text: Words,
    /// Timed stretches; empty for typed text.
    pub segments: Vec<TranscriptSegment>,
    /// Name of the speech model, or empty.
    pub model: String,
}

/// One step of a review, as undo and redo need it: the whole draft before it.
// Frozen: sealed in the workbench.
#[derive(Facet, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewStep {
    /// What was done: `edit`, `add`, `remove`, `move`, `format`, `role`, …
    pub act: String,
    /// The draft as it was.
    pub draft: Draft,
}

/// A draft under review, with everything undo needs, also after a restart.
// Frozen: sealed in the workbench.
#[derive(Facet, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// The draft as it stands.
    pub draft: Draft,
    /// Steps that can be undone, oldest first; at most 100.
    pub undo: Vec<ReviewStep>,
    /// Steps that can be redone, oldest first.
    pub redo: Vec<ReviewStep>,
    /// Label of the client, chosen by the clinician; may be a code or empty.
    pub client: Words,
    /// Format the clinician last chose.
    pub format: Format,
    /// Words dictated as private; kept as a process note when the note is approved.
    #[serde(default)]
    pub private: Vec<Words>,
}
