//! The microphone. Answered by shells; sound comes back as events, one for each segment of at most five seconds.

use crux_core::capability::Operation;
use facet::Facet;
use serde::{Deserialize, Serialize};

/// Longest segment in milliseconds.
pub const SEGMENT_MS: u32 = 5_000;

/// What the microphone should do.
#[derive(Facet, Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[repr(C)]
pub enum MicrophoneOperation {
    /// Begin to listen: 16 kHz, mono, segments of at most [`SEGMENT_MS`].
    Start,
    /// Stop; the last segment arrives before the answer.
    Stop,
}

/// The outcome.
#[derive(Facet, Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[repr(C)]
pub enum MicrophoneAnswer {
    /// It listens.
    Started,
    /// It has stopped.
    Stopped,
    /// There is no microphone.
    Missing,
    /// The person has not allowed it.
    Denied,
}

impl Operation for MicrophoneOperation {
    type Output = MicrophoneAnswer;
}
