//! Every sentence a person reads in the terminal, by the key the core gives. Short, plain, no blame.

mod command;
mod failure;
mod notice;
mod review;
mod screen;
mod settings;
mod time;

pub use command::*;
pub use failure::{failure, next_step};
pub use notice::notice;
pub use review::{
    confidence, cue, destroyed_by_approve, format_name, left_out, not_mentioned, risk_line, risk_mark, risk_topic,
    role, rule,
};
pub use screen::*;
pub use settings::{detail, intervention_placement, keep, not_understood, pronouns};
pub use time::{clock, day, in_time, length, moment, size, this_week};

use shared::note::capture::{CaptureSource, CaptureState};

/// Where a capture stands.
#[must_use]
pub const fn capture_state(state: CaptureState) -> &'static str {
    match state {
        CaptureState::Recording => "recording",
        CaptureState::Interrupted => "interrupted",
        CaptureState::Recorded => "recorded",
        CaptureState::TranscribeFailed => "not transcribed yet",
        CaptureState::Transcribed => "transcribed",
        CaptureState::InReview => "draft to review",
    }
}

/// How a capture came in.
#[must_use]
pub const fn capture_source(source: CaptureSource) -> &'static str {
    match source {
        CaptureSource::Spoken => "spoken",
        CaptureSource::Typed => "typed",
        CaptureSource::Imported => "from a file",
    }
}

/// What a receipt is about.
#[must_use]
pub fn deleted_what(what: &str) -> String {
    match what {
        "audio" => "the recording".to_owned(),
        "transcript" => "the transcript".to_owned(),
        "capture" => "the unfinished summary".to_owned(),
        "note" => "the note".to_owned(),
        "addendum" => "an addendum".to_owned(),
        "process_note" => "the private note".to_owned(),
        "vault" => "everything".to_owned(),
        other => plain(other),
    }
}

/// Why it was deleted.
#[must_use]
pub fn deleted_why(why: &str) -> String {
    match why {
        "approved" => "the note was signed".to_owned(),
        "transcribed" => "it was transcribed".to_owned(),
        "discarded" => "you threw it away".to_owned(),
        "expired" => "its time was over".to_owned(),
        "deleted" => "you deleted it".to_owned(),
        "erased" => "you erased everything".to_owned(),
        other => plain(other),
    }
}

/// A key nobody wrote a sentence for: its own words.
#[must_use]
pub(crate) fn plain(key: &str) -> String {
    key.replace(['_', '.'], " ")
}
