//! The pass from tokens to scores: vectors, two recurrent layers, and for every token the probabilities of a boundary, a role, a
//! risk state and a topic. Long texts are read in overlapping windows, so that memory stays bounded.

use super::lstm::{Layer, tanh};
use super::matrix::{Matrix, Rounded};
use super::tokens::{Token, is_dictated, key};
use super::vocabulary::Vocabulary;
use super::weights::{HEADS, TRAITS};

/// Tokens whose answers are kept from one window.
const WINDOW: usize = 400;
/// Tokens read on each side of a window for context.
const MARGIN: usize = 60;

/// All weights.
#[derive(Debug)]
pub(super) struct Network {
    pub vocabulary: Vocabulary,
    pub traits: Matrix,
    pub layers: [Layer; 2],
    pub mixer: Matrix,
    pub tokens: Matrix,
    pub clauses: Matrix,
}

/// What the network says of every token.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// Begins a clause, goes on with it, or stands outside.
    pub edges: Vec<[f32; 3]>,
    pub roles: Vec<[f32; 11]>,
    pub states: Vec<[f32; 4]>,
    pub topics: Vec<[f32; 7]>,
    /// The last hidden layer, a row for each token.
    pub hidden: Vec<f32>,
}

impl Network {
    /// Reads a whole text.
    pub fn read(&self, text: &str, tokens: &[Token]) -> Reading {
        let dictated = is_dictated(text, tokens);
        let mut reading = Reading::default();
        let mut from = 0;
        while from < tokens.len() {
            let last = tokens.len() <= from + WINDOW + MARGIN;
            let to = if last { tokens.len() } else { from + WINDOW };
            let (low, high) = (from.saturating_sub(MARGIN), tokens.len().min(to + MARGIN));
            let hidden = self.hidden(text, &tokens[low..high], dictated);
            let mix = self.mixer.rows();
            self.score(&hidden[(from - low) * mix..(to - low) * mix], &mut reading);
            from = to;
        }
        reading
    }

    /// The last hidden layer for one window.
    fn hidden(&self, text: &str, tokens: &[Token], dictated: bool) -> Vec<f32> {
        let width = self.vocabulary.width();
        let (mut vector, mut traits) = (vec![0.0; width + self.traits.rows()], Rounded::default());
        let mut inputs = Vec::with_capacity(tokens.len());
        for token in tokens {
            let mut seen = [0.0; TRAITS];
            seen[token.shape as usize] = 1.0;
            seen[TRAITS - 4 + token.gap as usize] = 1.0;
            seen[TRAITS - 1] = f32::from(u8::from(dictated));
            vector.fill(0.0);
            self.vocabulary
                .add_vector(&key(&text[token.start..token.end]), &mut vector[..width]);
            traits.set(&seen);
            self.traits.apply(&traits, &mut vector[width..]);
            inputs.push(rounded(&vector));
        }
        for layer in &self.layers {
            let out = layer.read(&inputs);
            inputs = out.chunks_exact(out.len() / tokens.len()).map(rounded).collect();
        }
        let mut out = vec![0.0; tokens.len() * self.mixer.rows()];
        for (x, row) in inputs.iter().zip(out.chunks_exact_mut(self.mixer.rows())) {
            self.mixer.apply(x, row);
            for v in row {
                *v = tanh(*v);
            }
        }
        out
    }

    fn score(&self, hidden: &[f32], reading: &mut Reading) {
        let mut scores = [0.0; HEADS[0] + HEADS[1] + HEADS[2] + HEADS[3]];
        for row in hidden.chunks_exact(self.mixer.rows()) {
            self.tokens.apply(&rounded(row), &mut scores);
            reading.edges.push(softmax(&scores[..3]));
            reading.roles.push(softmax(&scores[3..14]));
            reading.states.push(softmax(&scores[14..18]));
            reading.topics.push(softmax(&scores[18..]));
        }
        reading.hidden.extend_from_slice(hidden);
    }

    /// Role, state and topic of a clause as a whole, from the mean, the first and the last of its tokens' hidden layers.
    #[expect(clippy::cast_precision_loss, reason = "a clause has at most some sixty tokens")]
    pub fn clause(&self, hidden: &[f32]) -> ([f32; 11], [f32; 4], [f32; 7]) {
        let mix = self.mixer.rows();
        let mut pooled = vec![0.0; 3 * mix];
        let count = (hidden.len() / mix) as f32;
        for row in hidden.chunks_exact(mix) {
            pooled[..mix].iter_mut().zip(row).for_each(|(sum, v)| *sum += v / count);
        }
        pooled[mix..2 * mix].copy_from_slice(&hidden[..mix]);
        pooled[2 * mix..].copy_from_slice(&hidden[hidden.len() - mix..]);
        let mut scores = [0.0; HEADS[1] + HEADS[2] + HEADS[3]];
        self.clauses.apply(&rounded(&pooled), &mut scores);
        (softmax(&scores[..11]), softmax(&scores[11..15]), softmax(&scores[15..]))
    }
}

fn rounded(from: &[f32]) -> Rounded {
    let mut out = Rounded::default();
    out.set(from);
    out
}

/// Probabilities from scores.
pub(super) fn softmax<const N: usize>(scores: &[f32]) -> [f32; N] {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers: [f32; N] = std::array::from_fn(|i| (scores[i] - top).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|p| p / sum)
}
