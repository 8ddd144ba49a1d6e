//! A recording takes in no more than its cap, and tells a whisper from silence.

use super::*;
use crate::note::time::Millis;

fn recording(cap_ms: u64) -> Recording {
    let capture = Capture {
        id: Id::default(),
        state: CaptureState::Recording,
        source: CaptureSource::Spoken,
        started_at: Millis(0),
        expires_at: Millis(1),
        audio_ms: 0,
    };
    Recording::new(capture, cap_ms)
}

#[test]
fn nothing_beyond_the_cap_is_taken_in() {
    let mut stage = recording(7_000);
    assert_eq!(
        stage
            .take(Pcm(vec![900; 80_000]))
            .map(|(index, pcm)| (index, pcm.duration_ms())),
        Some((0, 5_000))
    );
    assert_eq!(
        stage
            .take(Pcm(vec![900; 80_000]))
            .map(|(index, pcm)| (index, pcm.duration_ms())),
        Some((1, 2_000))
    );
    assert!(stage.is_full());
    assert_eq!(stage.take(Pcm(vec![900; 80_000])), None);
}

#[test]
fn a_silence_offers_a_cue_and_speech_takes_it_back() {
    let mut stage = recording(60_000);
    assert_eq!(stage.cue(), None);
    stage.take(Pcm(vec![1; 80_000]));
    assert_eq!(stage.cue(), Some("brought"));
    stage.take(Pcm(vec![2_000; 16_000]));
    assert_eq!(stage.cue(), None);
    stage.take(Pcm(vec![1; 80_000]));
    assert_eq!(stage.cue(), Some("saw"));
}

#[test]
fn a_whisper_is_not_silence() {
    let mut stage = recording(60_000);
    stage.take(Pcm(vec![330; 80_000]));
    assert_eq!(stage.cue(), None);
    assert!(stage.level > 0);
}
