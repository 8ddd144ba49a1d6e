//! What the model knows of a word before reading it in context: a row of its own for common words, and the mean of its pieces for
//! every word, so that a misspelt or unknown one still has a meaning.

use super::tokens::{Shape, Token, key, pieces};

/// A table of eight-bit rows with one scale each.
#[derive(Debug)]
pub(super) struct Rows {
    columns: usize,
    values: Vec<i8>,
    scales: Vec<f32>,
}

/// Words, in byte order, and their vectors.
#[derive(Debug)]
pub(super) struct Vocabulary {
    pub words: Vec<Box<str>>,
    /// Words that may stand between two clauses without belonging to either, as "and" or "um" do.
    pub joins: Vec<bool>,
    pub word_rows: Rows,
    pub piece_rows: Rows,
}

impl Rows {
    pub const fn new(columns: usize, values: Vec<i8>, scales: Vec<f32>) -> Rows {
        Rows {
            columns,
            values,
            scales,
        }
    }

    fn add(&self, row: usize, share: f32, out: &mut [f32]) {
        let by = self.scales[row] * share;
        let values = &self.values[row * self.columns..(row + 1) * self.columns];
        out.iter_mut().zip(values).for_each(|(o, v)| *o += f32::from(*v) * by);
    }
}

impl Vocabulary {
    /// Numbers in a word's vector.
    pub const fn width(&self) -> usize {
        self.word_rows.columns
    }

    /// Adds the vector of a word, given as its key, to `out`.
    #[expect(clippy::cast_precision_loss, reason = "a word has at most some fifty pieces")]
    pub fn add_vector(&self, key: &str, out: &mut [f32]) {
        if let Ok(row) = self.find(key) {
            self.word_rows.add(row, 1.0, out);
        }
        let pieces = pieces(key);
        for piece in &pieces {
            self.piece_rows.add(
                *piece as usize % self.piece_rows.scales.len(),
                1.0 / pieces.len() as f32,
                out,
            );
        }
    }

    /// Whether a token may be left between clauses: joining words and signs.
    pub fn may_join(&self, token: &Token, word: &str) -> bool {
        token.shape == Shape::Symbol || self.find(&key(word)).is_ok_and(|row| self.joins[row])
    }

    fn find(&self, key: &str) -> Result<usize, usize> {
        self.words.binary_search_by(|word| (**word).cmp(key))
    }
}
