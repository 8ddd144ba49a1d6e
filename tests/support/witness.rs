//! The reference that lives are held against: what was acknowledged, and what a person asked for.

use std::collections::{BTreeMap, BTreeSet};

use shared::{
    capabilities::storage::{StorageAnswer, StorageOperation},
    model::Event,
    note::{
        Id,
        capture::Capture,
        time::{DAY, HOUR, Millis},
    },
    view::ViewModel,
};

use super::world::World;

/// What a person could know of a capture.
#[derive(Clone, Debug)]
pub struct Known {
    capture: Capture,
    discarded: bool,
    approved: bool,
}

/// The reference: what was acknowledged, and what a person asked for.
#[derive(Default)]
pub struct Witness {
    pub known: BTreeMap<Id, Known>,
    gone: BTreeSet<Id>,
    latest: Millis,
}

impl Witness {
    /// Holds what storage says now against what was known before.
    pub fn check(&mut self, world: &mut World, trail: &str) {
        self.latest = self.latest.max(world.clock);
        let StorageAnswer::Captures(captures) = world.vault().storage(StorageOperation::Captures) else {
            return;
        };
        let notes = match world.vault().storage(StorageOperation::Notes { offset: 0, limit: 200 }) {
            StorageAnswer::Notes { rows, .. } => Some(rows),
            _ => None,
        };
        for row in notes.iter().flatten() {
            let asked = self.known.get(&row.id.sibling(1)).is_some_and(|known| known.approved);
            assert!(asked, "a note nobody approved: {trail}");
        }
        for capture in &captures {
            assert!(!self.gone.contains(&capture.id), "a capture came back: {trail}");
            let Some(known) = self.known.get_mut(&capture.id) else {
                self.known.insert(
                    capture.id,
                    Known {
                        capture: capture.clone(),
                        discarded: false,
                        approved: false,
                    },
                );
                continue;
            };
            let before = &known.capture;
            assert!(
                before.state.has_audio() || !capture.state.has_audio(),
                "text became audio again: {trail}"
            );
            if before.state.has_audio() == capture.state.has_audio() {
                assert!(capture.expires_at <= before.expires_at, "a timer grew: {trail}");
            }
            let longest = if capture.state.has_audio() { 24 * HOUR } else { 7 * DAY };
            assert!(
                capture.expires_at.since(capture.started_at) <= longest,
                "a timer is too long: {trail}"
            );
            assert!(
                !capture.state.has_audio() || capture.audio_ms >= before.audio_ms,
                "sealed sound shrank: {trail}"
            );
            known.capture = capture.clone();
        }
        for (id, known) in &self.known {
            let here = captures.iter().any(|capture| capture.id == *id);
            if here || self.gone.contains(id) {
                continue;
            }
            let over = known.capture.expires_at <= self.latest;
            let silent = known.capture.state.has_audio() && known.capture.audio_ms == 0;
            assert!(
                known.discarded || known.approved || over || silent,
                "a summary was lost in {:?}: {trail}",
                known.capture.state
            );
            if let (true, Some(rows)) = (known.approved && !known.discarded && !over, &notes) {
                assert!(
                    rows.iter().any(|row| row.id == id.sibling(1)),
                    "approved, but neither draft nor note: {trail}"
                );
            }
            self.gone.insert(*id);
        }
        self.check_what_is_destroyed(world, &captures, trail);
    }

    fn check_what_is_destroyed(&self, world: &mut World, captures: &[Capture], trail: &str) {
        for capture in captures.iter().filter(|capture| !capture.state.has_audio()) {
            let audio = world.vault().storage(StorageOperation::LoadAudio { id: capture.id });
            assert!(
                matches!(audio, StorageAnswer::Failed(_)),
                "audio opened after it became text: {trail}"
            );
        }
        for id in &self.gone {
            let text = world.vault().storage(StorageOperation::LoadReview { id: *id });
            assert!(
                matches!(text, StorageAnswer::Failed(_)),
                "a destroyed transcript opened: {trail}"
            );
            let audio = world.vault().storage(StorageOperation::LoadAudio { id: *id });
            assert!(
                matches!(audio, StorageAnswer::Failed(_)),
                "destroyed audio opened: {trail}"
            );
        }
    }

    /// What an event asks for, noted before it happens: after a crash it may have happened or not.
    pub fn hear(&mut self, event: &Event, view: &ViewModel) {
        let mut mark = |id: &Id, discarded: bool| {
            if let Some(known) = self.known.get_mut(id) {
                known.discarded |= discarded;
                known.approved |= !discarded;
            }
        };
        match (event, view) {
            (Event::DiscardTapped { id }, _) => mark(id, true),
            (Event::ApproveTapped, ViewModel::Review(review)) => mark(&review.id, false),
            _ => {}
        }
    }
}
