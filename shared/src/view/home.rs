//! Home, and the two quiet ends: deleted, failed.

use facet::Facet;
use serde::{Deserialize, Serialize};

use super::keys::{Failure, NextStep, Notice};
use crate::{
    model::Model,
    note::{
        Id,
        capture::{Capture, CaptureSource, CaptureState},
        record::{DeletionReceipt, NoteRow},
        time::Millis,
    },
};

/// An unfinished capture in the queue.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureRow {
    /// The capture.
    pub id: Id,
    /// Where it stands.
    pub state: CaptureState,
    /// How it came in.
    pub source: CaptureSource,
    /// When it was begun.
    pub started_at: Millis,
    /// Length of the sound, in milliseconds; 0 when there is none any more.
    pub audio_ms: u64,
    /// Milliseconds until it destroys itself.
    pub expires_in_ms: i64,
    /// Its one next step.
    pub next: NextStep,
}

/// Home.
#[derive(Facet, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HomeView {
    /// Unfinished captures, oldest first.
    pub queue: Vec<CaptureRow>,
    /// The newest notes, at most five.
    pub recent: Vec<NoteRow>,
    /// How many notes there are.
    pub total_notes: u32,
    /// Whether a speech model is here; without one, typing works.
    pub can_transcribe: bool,
    /// Longest recording, in milliseconds.
    pub cap_ms: u64,
    /// One thing to say.
    pub notice: Option<Notice>,
}

/// What was deleted.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletedView {
    /// The receipts.
    pub receipts: Vec<DeletionReceipt>,
    /// How many there are in all.
    pub total: u32,
}

/// A failure.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedView {
    /// What happened, to what, and the one next step.
    pub failure: Failure,
}

/// The one next step of a capture.
#[must_use]
pub const fn next_step(state: CaptureState) -> NextStep {
    match state {
        CaptureState::Recording | CaptureState::Interrupted => NextStep::Resume,
        CaptureState::Recorded => NextStep::Transcribe,
        CaptureState::TranscribeFailed => NextStep::Retry,
        CaptureState::Transcribed | CaptureState::InReview => NextStep::Review,
    }
}

/// A capture as a row of the queue.
#[must_use]
pub fn row(capture: &Capture, now: Millis) -> CaptureRow {
    CaptureRow {
        id: capture.id,
        state: capture.state,
        source: capture.source,
        started_at: capture.started_at,
        audio_ms: if capture.state.has_audio() { capture.audio_ms } else { 0 },
        expires_in_ms: capture.expires_at.since(now).max(0),
        next: next_step(capture.state),
    }
}

/// The home screen.
#[must_use]
pub fn home(model: &Model) -> HomeView {
    let desk = &model.desk;
    HomeView {
        queue: desk
            .captures
            .iter()
            .take(super::ROWS_MAX as usize)
            .map(|capture| row(capture, model.now))
            .collect(),
        recent: desk.recent.clone(),
        total_notes: desk.total_notes,
        can_transcribe: desk.models.iter().any(|info| info.here),
        cap_ms: u64::from(desk.settings.cap_seconds) * 1000,
        notice: desk.notice.clone(),
    }
}

/// The receipt screen.
#[must_use]
pub fn deleted(receipts: &[DeletionReceipt]) -> DeletedView {
    DeletedView {
        receipts: super::first(receipts),
        total: u32::try_from(receipts.len()).unwrap_or(u32::MAX),
    }
}

/// The failure screen.
#[must_use]
pub const fn failed(failure: &Failure) -> FailedView {
    FailedView { failure: *failure }
}
