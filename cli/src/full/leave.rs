//! The end that nobody asked for: the terminal is closed, the system shuts down. A thread of its own watches for it, because a
//! terminal that is gone may never let the app look up from reading keys. Nothing that was said or typed is lost.

use std::{
    process,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use shared::{model::Event, view::ViewModel};

use super::terminal::give_back;
use crate::{Shell, handlers::share::clear_now};

/// The typed summary.
pub(super) type Kept = Arc<Mutex<String>>;

/// How long saving may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// Watches for the end.
pub(super) fn watch(stop: Arc<AtomicBool>, shell: Arc<Shell>, kept: Kept) {
    thread::spawn(move || {
        while !stop.load(Ordering::Acquire) {
            thread::sleep(Duration::from_millis(50));
        }
        save(&shell, &kept);
        clear_now();
        give_back();
        process::exit(0);
    });
}

/// A recording is stopped and kept; typed words become a draft of the queue.
pub(super) fn save(shell: &Shell, kept: &Kept) {
    if matches!(shell.view(), ViewModel::Capture(_)) {
        shell.send(Event::BackTapped);
    }
    let typed = kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if !typed.trim().is_empty() {
        shell.send(Event::SummaryTyped { text: typed.into() });
    }
    shell.settle(PATIENCE);
}
