//! A file as the microphone, for tests and for showing the way through.

use std::{
    path::Path,
    sync::atomic::Ordering,
    thread,
    time::{Duration, Instant},
};

use shared::{
    adapters::intake::intake,
    capabilities::{microphone::MicrophoneAnswer, speech::SpeechError},
    note::SAMPLE_RATE_HZ,
};

use super::Ear;

/// Plays the file from sample `from` on; gives back how far it came. At its end it falls silent, as a room does.
pub(super) fn play(path: &Path, real_time: bool, from: usize, mut ear: Ear) -> usize {
    let pcm = match intake(path, u64::MAX) {
        Ok(pcm) => pcm,
        Err(error) => {
            let answer = if error == SpeechError::Unreadable {
                MicrophoneAnswer::Denied
            } else {
                MicrophoneAnswer::Missing
            };
            ear.ready.send(answer).ok();
            return from;
        }
    };
    ear.ready.send(MicrophoneAnswer::Started).ok();
    let tenth = SAMPLE_RATE_HZ as usize / 10;
    let begun = Instant::now();
    let mut at = from;
    let mut sent: u32 = 0;
    while !ear.stop.load(Ordering::Acquire) {
        let here = at.min(pcm.0.len())..(at + tenth).min(pcm.0.len());
        if here.is_empty() && !real_time {
            // All of it was heard: a fast file keeps still until it is stopped.
            ear.out.finish();
            thread::sleep(Duration::from_millis(5));
            continue;
        }
        let silence = tenth - here.len();
        ear.out
            .take(pcm.0[here].iter().copied().chain(std::iter::repeat_n(0, silence)));
        at += tenth;
        sent += 1;
        if real_time {
            let due = begun + Duration::from_millis(100) * sent;
            thread::sleep(due.saturating_duration_since(Instant::now()));
        }
    }
    ear.out.finish();
    at
}
