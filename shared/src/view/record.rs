//! Speaking, typing, and the wait in between.

use facet::Facet;
use serde::{Deserialize, Serialize};

use crate::{
    model::{Desk, Model, stage::Recording},
    note::Words,
    stages::record::TYPED_CHARACTERS_MAX,
};

/// Recording. Labelled "your summary, not the session".
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureView {
    /// Sound so far, in milliseconds.
    pub elapsed_ms: u64,
    /// Longest recording, in milliseconds.
    pub cap_ms: u64,
    /// Loudness of the last segment, 0 to 100.
    pub level: u8,
    /// Whether it pauses.
    pub paused: bool,
    /// After a silence, what one might say next: `brought`, `saw`, `did`, `took_it`, `risk`, `next`.
    pub cue: Option<String>,
    /// Whether the vault is locked: the recording waits behind the lock.
    pub locked: bool,
}

/// Typing.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypingView {
    /// Longest summary, in characters.
    pub characters_max: u32,
}

/// Transcribing and drafting.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscribingView {
    /// 0 to 100.
    pub percent: u8,
    /// Words so far.
    pub text: Words,
    /// Length of the sound, in milliseconds.
    pub audio_ms: u64,
    /// The audio is destroyed; the draft is being made.
    pub audio_deleted: bool,
}

/// The recording screen.
#[must_use]
pub fn capture(stage: &Recording, model: &Model) -> CaptureView {
    CaptureView {
        elapsed_ms: stage.capture.audio_ms,
        cap_ms: stage.cap_ms,
        level: stage.level,
        paused: stage.paused,
        cue: stage.cue().map(str::to_owned),
        locked: !model.unlocked,
    }
}

/// The typing screen.
#[must_use]
pub const fn typing() -> TypingView {
    TypingView {
        characters_max: TYPED_CHARACTERS_MAX,
    }
}

/// The waiting screen.
#[must_use]
pub fn transcribing(desk: &Desk) -> TranscribingView {
    let Some(stage) = &desk.running else {
        return TranscribingView {
            percent: 100,
            text: Words::default(),
            audio_ms: 0,
            audio_deleted: true,
        };
    };
    TranscribingView {
        percent: stage.percent,
        text: stage.text.clone(),
        audio_ms: stage.capture.audio_ms,
        audio_deleted: stage.audio_deleted,
    }
}
