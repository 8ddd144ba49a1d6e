//! Where in a recording somebody speaks. Plain arithmetic on loudness: no model, no clock.
//!
//! A voice rises and falls several times a second, by far more than steady noise does; that difference is what is measured,
//! so neither a quiet voice nor a whisper needs to be loud. In doubt it is speech: a lost word is worse than a spare second.

use zeroize::Zeroizing;

/// Samples in one frame of 20 ms.
pub const FRAME: usize = 320;

/// Frames in a second.
const FRAMES_PER_SECOND: usize = 50;

/// Below this nothing is heard at all: the loudest frames of a recording at an RMS of 0.0006. Whispering is near 0.01.
const INAUDIBLE_DB: f32 = -64.0;

/// The quietest a room is taken to be, so that digital silence does not make breathing loud.
const QUIETEST_ROOM_DB: f32 = -75.0;

/// Speech stands out from the room by at least this much somewhere. Steady noise spreads over 1 to 4 dB.
const LEAST_RANGE_DB: f32 = 8.0;

/// Loudness of frames within speech scatters by more than this standard deviation; that of noise and tones by less.
const LEAST_SCATTER_DB: f32 = 2.5;

/// A burst shorter than this is a click, a knock or a key.
const LEAST_FRAMES: usize = 5;

/// A stretch in which nothing stands out for this long is a pause within speech, and does not end it.
const BRIDGED_FRAMES: usize = 15;

/// What was found.
pub struct Activity {
    /// Loudness of each frame in decibels of full scale, without rumble.
    pub level: Zeroizing<Vec<f32>>,
    /// Whether each frame holds speech.
    pub speech: Vec<bool>,
    /// Factor that brings the voice to a usual loudness.
    pub gain: f32,
}

impl Activity {
    /// Milliseconds of speech in frames `from..to`.
    pub fn speech_ms(&self, from: usize, to: usize) -> u64 {
        let to = to.min(self.speech.len());
        let frames = self.speech.get(from..to).unwrap_or_default();
        frames.iter().filter(|speech| **speech).count() as u64 * 20
    }

    /// Runs of speech as frame ranges, in order.
    pub fn runs(&self) -> Vec<(usize, usize)> {
        runs(&self.speech)
    }
}

/// Listens to 16 kHz samples.
pub fn listen(samples: &[i16]) -> Activity {
    let level = Zeroizing::new(levels(samples));
    let loudest = percentile(&level, 0.95);
    let mut speech = if level.is_empty() || loudest < INAUDIBLE_DB {
        vec![false; level.len()]
    } else {
        stands_out(&level, loudest)
    };
    bridge(&mut speech, BRIDGED_FRAMES);
    for (from, to) in runs(&speech) {
        if to - from < LEAST_FRAMES || scatter(&level[from..to]) < LEAST_SCATTER_DB {
            speech[from..to].fill(false);
        }
    }
    // a usual voice is at -20 dB; never make quieter, and never more than a hundredfold louder
    let gain = 10_f32.powf((-20.0 - loudest).clamp(0.0, 40.0) / 20.0);
    Activity { level, speech, gain }
}

/// Loudness of each frame, after two gentle filters that take rumble below 150 Hz away.
#[allow(clippy::cast_precision_loss)]
fn levels(samples: &[i16]) -> Vec<f32> {
    const KEEP: f32 = 0.943;
    let (mut before, mut first, mut second) = ([0.0_f32; 2], 0.0_f32, 0.0_f32);
    let frame_level = |frame: &[i16]| {
        let mut energy = 0.0_f32;
        for sample in frame {
            let x = f32::from(*sample) / 32_768.0;
            first = KEEP * (first + x - before[0]);
            second = KEEP * (second + first - before[1]);
            before = [x, first];
            energy += second * second;
        }
        10.0 * (energy / frame.len() as f32 + 1e-12).log10()
    };
    samples.chunks(FRAME).map(frame_level).collect()
}

/// Frames well above the room around them. The room is the quiet tenth of the ten seconds around each second.
fn stands_out(level: &[f32], loudest: f32) -> Vec<bool> {
    let mut speech = vec![false; level.len()];
    for from in (0..level.len()).step_by(FRAMES_PER_SECOND) {
        let to = (from + FRAMES_PER_SECOND).min(level.len());
        let around = from.saturating_sub(5 * FRAMES_PER_SECOND)..(to + 5 * FRAMES_PER_SECOND).min(level.len());
        let here = &level[around];
        let room = percentile(here, 0.10).max(QUIETEST_ROOM_DB);
        let range = percentile(here, 0.95).min(loudest) - room;
        if range < LEAST_RANGE_DB {
            continue;
        }
        let begins = room + (0.30 * range).clamp(5.0, 14.0);
        for (frame, db) in speech[from..to].iter_mut().zip(&level[from..to]) {
            *frame = *db > begins;
        }
    }
    speech
}

/// Fills gaps of up to `most` frames between speech.
fn bridge(speech: &mut [bool], most: usize) {
    let runs = runs(speech);
    for pair in runs.windows(2) {
        let (end, next) = (pair[0].1, pair[1].0);
        if next - end <= most {
            speech[end..next].fill(true);
        }
    }
}

fn runs(flags: &[bool]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut start = None;
    for (at, flag) in flags.iter().chain(std::iter::once(&false)).enumerate() {
        match (flag, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                runs.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    runs
}

#[allow(clippy::cast_precision_loss)]
fn scatter(level: &[f32]) -> f32 {
    let count = level.len().max(1) as f32;
    let mean = level.iter().sum::<f32>() / count;
    (level.iter().map(|db| (db - mean).powi(2)).sum::<f32>() / count).sqrt()
}

/// The value below which the given share of `values` lies; the lowest there is for none.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an index into a short list"
)]
fn percentile(values: &[f32], share: f32) -> f32 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f32::total_cmp);
    let at = (sorted.len().saturating_sub(1) as f32 * share).round() as usize;
    sorted.get(at).copied().unwrap_or(f32::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise from a small generator, so that tests are the same everywhere.
    pub fn noise(seconds: usize, amplitude: f32) -> Vec<i16> {
        let mut state = 1_u32;
        (0..seconds * 16_000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
                let sample = ((state >> 8) as f32 / 8_388_608.0 - 1.0) * amplitude * 32_767.0;
                #[allow(clippy::cast_possible_truncation)]
                let sample = sample as i16;
                sample
            })
            .collect()
    }

    fn any(samples: &[i16]) -> bool {
        listen(samples).speech.iter().any(|speech| *speech)
    }

    #[test]
    fn silence_steady_noise_and_tones_are_no_speech() {
        assert!(!any(&[]));
        assert!(!any(&vec![0; 80_000]));
        for amplitude in [0.001, 0.01, 0.1, 0.9] {
            assert!(!any(&noise(5, amplitude)), "{amplitude}");
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
        let tone: Vec<i16> = (0..80_000)
            .map(|at| ((at as f32 * 0.3).sin() * 8_000.0) as i16)
            .collect();
        assert!(!any(&tone));
    }

    #[test]
    fn noise_that_begins_halfway_and_single_clicks_are_no_speech() {
        let mut samples = vec![0; 80_000];
        samples.extend(noise(5, 0.1));
        assert!(!any(&samples));
        let mut clicks = noise(6, 0.001);
        for at in (8_000..90_000).step_by(16_000) {
            clicks[at..at + 160].fill(12_000);
        }
        assert!(!any(&clicks));
    }

    #[test]
    fn loudness_that_rises_and_falls_like_syllables_is_speech_however_quiet() {
        for amplitude in [0.004, 0.05, 0.5] {
            let mut samples = noise(6, amplitude);
            for (at, sample) in samples.iter_mut().enumerate() {
                #[allow(clippy::cast_precision_loss)]
                let syllable = ((at as f32 / 16_000.0 * std::f32::consts::TAU * 4.0).sin() * 0.5 + 0.5).powi(3);
                let spoken = if (32_000..64_000).contains(&at) { syllable } else { 0.02 };
                #[allow(clippy::cast_possible_truncation)]
                let scaled = (f32::from(*sample) * spoken) as i16;
                *sample = scaled;
            }
            let activity = listen(&samples);
            assert!(activity.speech_ms(100, 200) > 1_500, "{amplitude}");
            assert_eq!(activity.speech_ms(0, 95), 0, "{amplitude}");
            assert_eq!(activity.speech_ms(205, 300), 0, "{amplitude}");
        }
    }
}
