//! Any rate and any number of channels to 16 kHz mono, as the sound comes in: a windowed sinc, evaluated where it is needed.

use shared::note::SAMPLE_RATE_HZ;

/// Zero crossings of the sinc on each side.
const CROSSINGS: f64 = 12.0;

/// Keeps what it needs between calls.
#[derive(Debug)]
pub(super) struct Resampler {
    channels: usize,
    /// Input samples for one output sample.
    step: f64,
    /// Cutoff as a part of the input rate.
    cutoff: f64,
    /// Half the width of the window, in input samples.
    reach: f64,
    /// Mono input not yet passed by the window.
    input: Vec<f32>,
    /// Where the next output sample lies in `input`.
    at: f64,
}

impl Resampler {
    pub(super) fn new(rate_hz: u32, channels: usize) -> Self {
        let step = f64::from(rate_hz.max(1)) / f64::from(SAMPLE_RATE_HZ);
        let cutoff = if step > 1.0 { 0.94 / step } else { 0.94 };
        let reach = CROSSINGS / cutoff;
        // Silence before the first sample, so that the window finds something there.
        let input = vec![0.0; ceil(reach)];
        let at = reach.ceil();
        Self {
            channels: channels.max(1),
            step,
            cutoff,
            reach,
            input,
            at,
        }
    }

    /// Takes interleaved samples in, gives back what is ready.
    pub(super) fn take(&mut self, interleaved: &[f32]) -> Vec<i16> {
        let parts = 1.0 / f32::from(u16::try_from(self.channels).unwrap_or(1));
        self.input.extend(
            interleaved
                .chunks(self.channels)
                .map(|frame| frame.iter().sum::<f32>() * parts),
        );
        let mut out = Vec::new();
        while ceil(self.at + self.reach) < self.input.len() {
            out.push(self.sample());
            self.at += self.step;
        }
        let past = floor(self.at - self.reach).saturating_sub(1);
        self.input.drain(..past);
        self.at -= to_f64(past);
        out
    }

    fn sample(&self) -> i16 {
        let (from, to) = (ceil(self.at - self.reach), floor(self.at + self.reach));
        let sum: f64 = (from..=to)
            .map(|place| {
                let distance = self.at - to_f64(place);
                let window = 0.5 + 0.5 * (std::f64::consts::PI * distance / self.reach).cos();
                f64::from(self.input[place]) * sinc(self.cutoff * distance) * self.cutoff * window
            })
            .sum();
        to_i16(sum)
    }
}

fn sinc(x: f64) -> f64 {
    let x = x * std::f64::consts::PI;
    if x.abs() < 1e-9 { 1.0 } else { x.sin() / x }
}

#[allow(clippy::cast_possible_truncation, reason = "clamped to the range of an i16")]
fn to_i16(value: f64) -> i16 {
    (value * 32_767.0).round().clamp(-32_768.0, 32_767.0) as i16
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small and not negative"
)]
fn ceil(value: f64) -> usize {
    value.max(0.0).ceil() as usize
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small and not negative"
)]
fn floor(value: f64) -> usize {
    value.max(0.0).floor() as usize
}

#[allow(clippy::cast_precision_loss, reason = "a buffer is far shorter than 2^52")]
const fn to_f64(value: usize) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tone through the resampler, and its loudness as a root mean square.
    fn through(rate_hz: u32, channels: usize, tone_hz: f64) -> (usize, f64) {
        let mut resampler = Resampler::new(rate_hz, channels);
        let mut out = Vec::new();
        for frame in 0..rate_hz {
            let phase = f64::from(frame) / f64::from(rate_hz) * tone_hz * std::f64::consts::TAU;
            #[allow(clippy::cast_possible_truncation, reason = "a sample")]
            out.extend(resampler.take(&vec![(phase.sin() * 0.5) as f32; channels]));
        }
        let sum: f64 = out.iter().map(|s| (f64::from(*s) / 32_767.0).powi(2)).sum();
        (out.len(), (sum / to_f64(out.len())).sqrt())
    }

    #[test]
    fn speech_comes_through_at_its_length_and_loudness() {
        for (rate, channels) in [(48_000, 2), (44_100, 1), (16_000, 1), (8_000, 1)] {
            let (samples, loudness) = through(rate, channels, 440.0);
            assert!((15_900..=16_000).contains(&samples), "{rate} Hz gave {samples} samples");
            assert!((loudness - 0.3536).abs() < 0.01, "{rate} Hz gave {loudness}");
        }
    }

    #[test]
    fn what_16_khz_cannot_hold_does_not_come_back_as_another_tone() {
        let (_, loudness) = through(48_000, 1, 12_000.0);
        assert!(loudness < 0.01, "{loudness}");
    }
}
