//! Counts what the core still waits for, so that a shell can wait until everything that follows from an event is through.

use std::{
    sync::{Arc, Condvar, Mutex, PoisonError},
    time::Duration,
};

/// Requests on their way.
#[derive(Debug, Default)]
pub(super) struct Pending {
    count: Mutex<usize>,
    still: Condvar,
}

/// One request on its way; it ends when this is dropped, after its answer was taken in.
#[derive(Debug)]
pub(super) struct Ticket(Arc<Pending>);

impl Pending {
    /// One more.
    pub(super) fn ticket(self: &Arc<Self>) -> Ticket {
        self.enter();
        Ticket(Arc::clone(self))
    }

    /// One more, without a ticket: `leave` must follow.
    pub(super) fn enter(&self) {
        *self.count.lock().unwrap_or_else(PoisonError::into_inner) += 1;
    }

    /// One less.
    pub(super) fn leave(&self) {
        let mut count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        *count = count.saturating_sub(1);
        if *count == 0 {
            self.still.notify_all();
        }
    }

    /// Waits until there is none; `false` when the time is over before.
    pub(super) fn wait(&self, timeout: Duration) -> bool {
        let count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.still.wait_timeout_while(count, timeout, |count| *count > 0);
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.0.leave();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_ends_when_the_last_ticket_is_dropped() {
        let pending = Arc::new(Pending::default());
        assert!(pending.wait(Duration::ZERO));
        let ticket = pending.ticket();
        assert!(!pending.wait(Duration::from_millis(1)));
        let waiting = Arc::clone(&pending);
        let waiter = std::thread::spawn(move || waiting.wait(Duration::from_mins(1)));
        drop(ticket);
        assert!(waiter.join().unwrap());
    }
}
