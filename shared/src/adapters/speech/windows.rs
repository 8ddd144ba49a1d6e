//! Cuts a recording into the windows that are transcribed one by one: at real pauses, never longer than the model can hear.

use super::activity::{Activity, FRAME};

/// Frames kept before and after speech: 200 ms.
const PAD: usize = 10;

/// The shortest pause that may end a window: 500 ms.
const PAUSE: usize = 25;

/// A silence that is not worth listening to: 2 s.
const SKIPPED: usize = 100;

/// The longest window: 28 s. The model hears 30 s, and loses words near the end of a longer one.
const LONGEST: usize = 1_400;

/// A stretch of the recording, in frames of 20 ms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First frame.
    pub from: usize,
    /// One past the last frame.
    pub to: usize,
}

impl Window {
    /// Start in milliseconds of the recording.
    pub const fn start_ms(self) -> u64 {
        self.from as u64 * 20
    }

    /// Its samples.
    pub fn samples(self, all: &[i16]) -> &[i16] {
        let to = (self.to * FRAME).min(all.len());
        all.get(self.from * FRAME..to).unwrap_or_default()
    }

    const fn frames(self) -> usize {
        self.to - self.from
    }
}

/// The windows of a recording, in order, without overlap.
pub fn cut(activity: &Activity) -> Vec<Window> {
    let frames = activity.speech.len();
    let mut windows: Vec<Window> = Vec::new();
    for (from, to) in utterances(&activity.runs()) {
        let after = windows.last().map_or(0, |window| window.to);
        let padded = Window {
            from: from.saturating_sub(PAD).max(after),
            to: (to + PAD).min(frames),
        };
        for piece in split(padded, activity) {
            match windows.last_mut() {
                Some(last) if piece.from - last.to < SKIPPED && piece.to - last.from <= LONGEST => last.to = piece.to,
                _ => windows.push(piece),
            }
        }
    }
    windows
}

/// Joins runs of speech that are parted by less than a pause.
fn utterances(runs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (from, to) in runs {
        match joined.last_mut() {
            Some(last) if from - last.1 < PAUSE => last.1 = *to,
            _ => joined.push((*from, *to)),
        }
    }
    joined
}

/// Cuts somebody who does not pause, where it hurts least: in the longest quiet, else where it is quietest.
fn split(window: Window, activity: &Activity) -> Vec<Window> {
    let mut pieces = Vec::new();
    let mut rest = window;
    while rest.frames() > LONGEST {
        let cut = quietest(&activity.level[rest.from + LONGEST / 2..rest.from + LONGEST]) + rest.from + LONGEST / 2;
        pieces.push(Window {
            from: rest.from,
            to: cut,
        });
        rest.from = cut;
    }
    pieces.push(rest);
    pieces
}

/// The middle of the 200 ms with the least sound.
fn quietest(level: &[f32]) -> usize {
    let loudness = |part: &[f32]| part.iter().map(|db| 10_f32.powf(db / 10.0)).sum::<f32>();
    let parts = level.windows(PAD).map(loudness).enumerate();
    parts
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map_or(0, |(at, _)| at + PAD / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Speech in the given frames, at -20 dB; quiet at -60 dB.
    fn activity(frames: usize, spoken: &[(usize, usize)]) -> Activity {
        let mut speech = vec![false; frames];
        spoken.iter().for_each(|(from, to)| speech[*from..*to].fill(true));
        let level: Vec<f32> = speech
            .iter()
            .map(|speech| if *speech { -20.0 } else { -60.0 })
            .collect();
        Activity {
            level: level.into(),
            speech,
            gain: 1.0,
        }
    }

    #[test]
    fn silence_gives_no_window() {
        assert_eq!(cut(&activity(500, &[])), []);
    }

    #[test]
    fn speech_is_padded_and_long_silence_is_left_out() {
        let windows = cut(&activity(1_000, &[(5, 100), (130, 200), (700, 800)]));
        assert_eq!(windows, [Window { from: 0, to: 210 }, Window { from: 690, to: 810 }]);
    }

    #[test]
    fn a_long_recording_is_cut_in_its_pauses() {
        let windows = cut(&activity(3_000, &[(0, 900), (930, 1_500), (1_530, 2_990)]));
        assert!(windows.iter().all(|window| window.frames() <= LONGEST), "{windows:?}");
        assert_eq!(windows[0], Window { from: 0, to: 910 });
        assert_eq!(windows[1].from, 920);
    }

    #[test]
    fn somebody_who_never_pauses_is_cut_where_it_is_quietest_and_loses_nothing() {
        let mut spoken = activity(4_000, &[(0, 4_000)]);
        spoken.level[1_000..1_012].fill(-40.0);
        let windows = cut(&spoken);
        assert_eq!(windows[0].to, 1_005 + (windows[0].to - 1_005));
        assert!((1_000..=1_012).contains(&windows[0].to));
        assert!(windows.iter().all(|window| window.frames() <= LONGEST));
        assert!(windows.windows(2).all(|pair| pair[0].to == pair[1].from));
        assert_eq!((windows[0].from, windows[windows.len() - 1].to), (0, 4_000));
    }
}
