//! Any sample rate to 16 kHz, as a stream.

use rubato::{Fft, FixedSync, Indexing, Resampler as _, audioadapter_buffers::direct::InterleavedSlice};
use zeroize::{Zeroize, Zeroizing};

use crate::{capabilities::speech::SpeechError, note::SAMPLE_RATE_HZ};

/// Most samples handed to [`Resampler::push`] at once.
pub const MOST_IN: usize = 1 << 14;

/// More than one call can add: the longest piece at the lowest rate, and the blocks that were waiting.
pub const MOST_OUT: usize = 1 << 18;

/// Frames a block has at least; a longer block cuts sharper below 8 kHz.
const BLOCK: usize = 1024;

/// Turns mono samples of one rate into 16 kHz. Wipes what it holds.
pub struct Resampler {
    rate: u32,
    fft: Option<Fft<f32>>,
    waiting: Zeroizing<Vec<f32>>,
    block: Zeroizing<Vec<f32>>,
    /// Samples that the filter's delay puts before the first real one.
    delay: usize,
    taken: u64,
    given: u64,
}

impl Resampler {
    /// A resampler from `rate` in hertz.
    pub fn new(rate: u32) -> Result<Self, SpeechError> {
        let fft = if rate == SAMPLE_RATE_HZ {
            None
        } else {
            let fft = Fft::new(rate as usize, SAMPLE_RATE_HZ as usize, BLOCK, 1, FixedSync::Both);
            Some(fft.map_err(|_| SpeechError::Damaged)?)
        };
        let delay = fft.as_ref().map_or(0, Fft::output_delay);
        let (least, most) = fft
            .as_ref()
            .map_or((0, 0), |fft| (fft.input_frames_max(), fft.output_frames_max()));
        Ok(Self {
            rate,
            fft,
            waiting: Zeroizing::new(Vec::with_capacity(least + MOST_IN)),
            block: Zeroizing::new(vec![0.0; most]),
            delay,
            taken: 0,
            given: 0,
        })
    }

    /// The rate it takes.
    pub const fn rate(&self) -> u32 {
        self.rate
    }

    /// Takes samples, and gives what is ready to `out`.
    pub fn push(&mut self, samples: &[f32], out: &mut Vec<i16>) -> Result<(), SpeechError> {
        if self.fft.is_none() {
            out.extend(samples.iter().map(|sample| to_i16(*sample)));
            return Ok(());
        }
        self.taken += samples.len() as u64;
        self.waiting.extend_from_slice(samples);
        self.run(u64::MAX, out)
    }

    /// Gives the rest, so that as much time comes out as went in.
    pub fn finish(&mut self, out: &mut Vec<i16>) -> Result<(), SpeechError> {
        let Some(fft) = &self.fft else { return Ok(()) };
        let wanted = (self.taken * u64::from(SAMPLE_RATE_HZ)).div_ceil(u64::from(self.rate));
        let size = fft.input_frames_next();
        while self.given < wanted {
            let short = size - self.waiting.len().min(size);
            self.waiting.extend(std::iter::repeat_n(0.0, short));
            self.run(wanted, out)?;
        }
        Ok(())
    }

    /// Runs whole blocks; gives no more than `most` samples in all.
    fn run(&mut self, most: u64, out: &mut Vec<i16>) -> Result<(), SpeechError> {
        let Some(fft) = &mut self.fft else { return Ok(()) };
        let mut at = 0;
        while self.waiting.len() - at >= fft.input_frames_next() {
            let frames = fft.input_frames_next();
            let produced = {
                let input = InterleavedSlice::new(&self.waiting[at..at + frames], 1, frames);
                let room = self.block.len();
                let output = InterleavedSlice::new_mut(&mut self.block, 1, room);
                let (Ok(input), Ok(mut output)) = (input, output) else {
                    return Err(SpeechError::Damaged);
                };
                let done = fft.process_into_buffer(&input, &mut output, Some(&Indexing::new()));
                done.map_err(|_| SpeechError::Damaged)?.1
            };
            at += frames;
            let skipped = self.delay.min(produced);
            self.delay -= skipped;
            for sample in &self.block[skipped..produced] {
                if self.given < most {
                    out.push(to_i16(*sample));
                    self.given += 1;
                }
            }
        }
        let left = self.waiting.len() - at;
        self.waiting.copy_within(at.., 0);
        self.waiting[left..].zeroize();
        self.waiting.truncate(left);
        Ok(())
    }
}

#[allow(clippy::cast_possible_truncation, reason = "clamped to what fits")]
fn to_i16(sample: f32) -> i16 {
    (sample * 32_768.0).round().clamp(-32_768.0, 32_767.0) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tone of 440 Hz at half scale.
    #[allow(clippy::cast_precision_loss)]
    fn tone(rate: u32, seconds: u32) -> Vec<f32> {
        let step = 440.0 * std::f32::consts::TAU / rate as f32;
        (0..rate * seconds).map(|at| (at as f32 * step).sin() * 0.5).collect()
    }

    #[test]
    fn every_rate_keeps_the_length_the_place_and_the_loudness() {
        let wanted = tone(SAMPLE_RATE_HZ, 2);
        for rate in [8_000, 11_025, 16_000, 22_050, 44_100, 44_101, 48_000, 96_000] {
            let mut resampler = Resampler::new(rate).unwrap();
            let mut out = Vec::new();
            for piece in tone(rate, 2).chunks(999) {
                resampler.push(piece, &mut out).unwrap();
            }
            resampler.finish(&mut out).unwrap();
            assert_eq!(out.len(), 32_000, "{rate}");
            let worst = (8_000..24_000).map(|at| (f32::from(out[at]) / 32_768.0 - wanted[at]).abs());
            let worst = worst.fold(0.0, f32::max);
            // the filter's middle may lie between two samples of the lower rate: half of one is how far the place may be off
            #[allow(clippy::cast_precision_loss)]
            let half_a_sample = 0.5 * (440.0 * std::f32::consts::PI / rate.min(SAMPLE_RATE_HZ) as f32);
            assert!(worst < half_a_sample + 0.01, "{rate}: off by {worst}");
        }
    }
}
