//! Hears one window: samples in, timed pieces of text out, with what the model itself thinks of them.

use whisper_rs::{FullParams, SamplingStrategy, WhisperContext, WhisperState};
use zeroize::Zeroizing;

use super::ghost::Doubt;
use crate::{capabilities::speech::SpeechError, note::Words};

/// Samples that one step of the encoder covers: 20 ms.
const STEP: usize = 320;

/// The encoder hears 1,500 steps, which is 30 s. It is asked for no more than the window needs, in whole such blocks.
const BLOCK: usize = 64;

/// Steps beyond the end of the window: without them the model stumbles. On thirteen recordings by seven voices this gives as
/// many wrong words as all 1,500 steps do (8.7 %) for half the work; more steps change nothing.
const BEYOND: usize = 64;

/// The fewest steps; below them the model falls into loops.
const FEWEST: usize = 512;

/// The most there are.
const MOST: usize = 1_500;

/// Readings weighed against one another. On thirteen recordings by seven voices five give 8.7 % wrong words, one gives 10.3 %
/// and two 12.3 %; five cost 1.6 times the work of one.
const BEAMS: i32 = 5;

/// A stretch of text in the time of its window.
pub struct Piece {
    /// Milliseconds from the start of the window.
    pub start_ms: u64,
    /// Milliseconds from the start of the window.
    pub end_ms: u64,
    /// The words.
    pub text: Words,
    /// Reasons to distrust them.
    pub doubt: Doubt,
}

/// A run of windows with one model and one prompt. Dropping it frees all that the model remembers.
pub struct Hearing<'a> {
    state: WhisperState,
    parameters: FullParams<'a, 'a>,
    special: i32,
    first_time: i32,
    samples: Zeroizing<Vec<f32>>,
}

impl<'a> Hearing<'a> {
    /// Begins a run. The language is English, which is what the parameters say by default.
    pub fn new(context: &WhisperContext, prompt: &'a [i32], threads: usize) -> Result<Self, SpeechError> {
        let mut parameters = FullParams::new(SamplingStrategy::BeamSearch {
            beam_size: BEAMS,
            patience: -1.0,
        });
        parameters.set_n_threads(i32::try_from(threads).unwrap_or(1));
        parameters.set_no_context(true);
        // one pass a window: whisper.cpp would else listen again to the silence behind the last word, and hear ghosts
        parameters.set_single_segment(true);
        parameters.set_temperature_inc(0.4);
        parameters.set_print_special(false);
        parameters.set_print_progress(false);
        parameters.set_print_realtime(false);
        parameters.set_print_timestamps(false);
        if !prompt.is_empty() {
            parameters.set_tokens(prompt);
        }
        Ok(Self {
            state: context.create_state().map_err(|_| SpeechError::Engine)?,
            parameters,
            special: context.token_eot(),
            first_time: context.token_beg(),
            samples: Zeroizing::default(),
        })
    }

    /// Hears samples in which somebody speaks for `spoken_ms`.
    pub fn hear(&mut self, samples: &[i16], gain: f32, spoken_ms: u64) -> Result<Vec<Piece>, SpeechError> {
        // reserved once for the longest window, so that growing leaves no copies behind
        if self.samples.capacity() == 0 {
            self.samples.reserve_exact(MOST * STEP);
        }
        self.samples.clear();
        let scale = gain / 32_768.0;
        self.samples.extend(
            samples
                .iter()
                .map(|sample| (f32::from(*sample) * scale).clamp(-1.0, 1.0)),
        );
        let steps = (samples.len().div_ceil(STEP) + BEYOND)
            .next_multiple_of(BLOCK)
            .clamp(FEWEST, MOST);
        let pieces = self.pass(steps, spoken_ms)?;
        // a model that heard too little of its frame may fall into a loop: then it gets all of it
        if steps < MOST && pieces.iter().any(|piece| piece.doubt.stumbles(piece.text.as_str())) {
            return self.pass(MOST, spoken_ms);
        }
        Ok(pieces)
    }

    fn pass(&mut self, steps: usize, spoken_ms: u64) -> Result<Vec<Piece>, SpeechError> {
        let mut parameters = self.parameters.clone();
        parameters.set_audio_ctx(i32::try_from(steps).unwrap_or(0));
        self.state
            .full(parameters, &self.samples)
            .map_err(|_| SpeechError::Engine)?;
        Ok(self.pieces(spoken_ms))
    }

    /// Reads the tokens: a time, words, a time, and so on.
    fn pieces(&self, spoken_ms: u64) -> Vec<Piece> {
        let window_ms = self.samples.len() as u64 / 16;
        let mut reader = Reader::new(window_ms);
        for segment in self.state.as_iter() {
            for at in 0..segment.n_tokens() {
                let Some(token) = segment.get_token(at) else { continue };
                let id = token.token_id();
                if id >= self.first_time {
                    reader.time(
                        u64::try_from(id - self.first_time).unwrap_or(0) * 20,
                        segment.no_speech_probability(),
                    );
                } else if id < self.special {
                    reader.word(token.to_bytes().unwrap_or_default(), token.token_data().plog);
                }
            }
            reader.time(window_ms, segment.no_speech_probability());
        }
        let mut pieces = reader.pieces;
        pieces.iter_mut().for_each(|piece| piece.doubt.spoken_ms = spoken_ms);
        pieces
    }
}

/// Gathers tokens into pieces.
struct Reader {
    pieces: Vec<Piece>,
    window_ms: u64,
    start_ms: u64,
    bytes: Zeroizing<Vec<u8>>,
    log_probability: f32,
    tokens: u16,
}

impl Reader {
    fn new(window_ms: u64) -> Self {
        Self {
            pieces: Vec::new(),
            window_ms,
            start_ms: 0,
            bytes: Zeroizing::new(Vec::with_capacity(2_048)),
            log_probability: 0.0,
            tokens: 0,
        }
    }

    fn word(&mut self, bytes: &[u8], log_probability: f32) {
        self.bytes.extend_from_slice(bytes);
        self.log_probability += log_probability;
        self.tokens = self.tokens.saturating_add(1);
    }

    fn time(&mut self, ms: u64, no_speech: f32) {
        let ms = ms.min(self.window_ms);
        if self.tokens > 0 {
            self.pieces.push(Piece {
                start_ms: self.start_ms.min(ms),
                end_ms: ms,
                text: String::from_utf8_lossy(&self.bytes).trim().to_owned().into(),
                doubt: Doubt {
                    no_speech,
                    log_probability: self.log_probability / f32::from(self.tokens),
                    piece_ms: ms.saturating_sub(self.start_ms),
                    spoken_ms: 0,
                },
            });
            self.bytes.clear();
            (self.log_probability, self.tokens) = (0.0, 0);
        }
        self.start_ms = ms;
    }
}
