//! Lines of standard input, read on a thread of their own, and only when one is wanted: a prompt for a secret reads the terminal
//! itself, and nobody else may listen then.

use std::{
    io::{self, BufRead as _},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread,
    time::Duration,
};

pub(super) struct Lines {
    want: Sender<()>,
    heard: Receiver<String>,
    asked: bool,
}

impl Lines {
    pub(super) fn new() -> Self {
        let (want, wanted) = channel();
        let (sender, heard) = channel();
        thread::spawn(move || {
            let mut input = io::stdin().lock().lines();
            while wanted.recv().is_ok() {
                let Some(Ok(line)) = input.next() else { return };
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self {
            want,
            heard,
            asked: false,
        }
    }

    /// The next line, if one comes in time. `Disconnected` is the end of the input.
    pub(super) fn next(&mut self, timeout: Duration) -> Result<String, RecvTimeoutError> {
        if !self.asked {
            self.asked = self.want.send(()).is_ok();
        }
        let line = self.heard.recv_timeout(timeout);
        self.asked &= line.is_err();
        line
    }
}
