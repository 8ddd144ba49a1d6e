//! Reads a weights file: a header of sizes, the decoder's scalars, the vocabulary and the matrices, little-endian throughout.
//! Everything is checked here once, so that the passes over it can trust every length.

use super::TaggerError;
use super::decode::Settings;
use super::lstm::{Direction, Layer};
use super::matrix::Matrix;
use super::network::Network;
use super::vocabulary::{Rows, Vocabulary};

/// What a weights file begins with; the last byte is the version.
const MAGIC: &[u8; 8] = b"AFTAG\0\0\x01";
/// Outputs of the heads: boundary, role, state, topic; and of the clause head: role, state, topic.
pub(super) const HEADS: [usize; 4] = [3, 11, 4, 7];
/// Shapes, gaps, and whether the text is dictated.
pub(super) const TRAITS: usize = 11;
/// No size in a header may be above this.
const LARGEST: usize = 65_536;

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], TaggerError> {
        let (head, rest) = self.0.split_at_checked(n).ok_or(TaggerError::Length)?;
        self.0 = rest;
        Ok(head)
    }

    fn size(&mut self) -> Result<usize, TaggerError> {
        let (bytes, _) = self.take(4)?.as_chunks::<4>();
        let size = usize::try_from(u32::from_le_bytes(bytes[0])).map_err(|_| TaggerError::Shape)?;
        if (1..=LARGEST).contains(&size) {
            Ok(size)
        } else {
            Err(TaggerError::Shape)
        }
    }

    fn floats(&mut self, n: usize) -> Result<Vec<f32>, TaggerError> {
        let values: Vec<f32> = self
            .take(4 * n)?
            .as_chunks::<4>()
            .0
            .iter()
            .map(|b| f32::from_le_bytes(*b))
            .collect();
        if values.iter().all(|v| v.is_finite()) {
            Ok(values)
        } else {
            Err(TaggerError::Shape)
        }
    }

    fn bytes(&mut self, n: usize) -> Result<Vec<i8>, TaggerError> {
        Ok(self.take(n)?.iter().map(|b| i8::from_le_bytes([*b])).collect())
    }

    fn rows(&mut self, rows: usize, columns: usize) -> Result<Rows, TaggerError> {
        let scales = self.floats(rows)?;
        Ok(Rows::new(columns, self.bytes(rows * columns)?, scales))
    }

    fn matrix(&mut self, rows: usize, columns: usize) -> Result<Matrix, TaggerError> {
        let (bias, scales) = (self.floats(rows)?, self.floats(rows)?);
        Ok(Matrix::new(columns, &self.bytes(rows * columns)?, scales, bias))
    }

    fn direction(&mut self, columns: usize, hidden: usize) -> Result<Direction, TaggerError> {
        Ok(Direction {
            input: self.matrix(4 * hidden, columns)?,
            state: self.matrix(4 * hidden, hidden)?,
        })
    }

    fn layer(&mut self, columns: usize, hidden: usize) -> Result<Layer, TaggerError> {
        Ok(Layer {
            ahead: self.direction(columns, hidden)?,
            back: self.direction(columns, hidden)?,
        })
    }

    fn words(&mut self, count: usize) -> Result<Vec<Box<str>>, TaggerError> {
        let mut words: Vec<Box<str>> = Vec::with_capacity(count);
        for _ in 0..count {
            let length = usize::from(self.take(1)?[0]);
            let word = std::str::from_utf8(self.take(length)?).map_err(|_| TaggerError::Shape)?;
            if words.last().is_some_and(|last| **last >= *word) {
                return Err(TaggerError::Shape);
            }
            words.push(word.into());
        }
        Ok(words)
    }
}

/// The network and the decoder's settings from the bytes of a weights file.
pub(super) fn read(bytes: &[u8]) -> Result<(Network, Settings), TaggerError> {
    let mut reader = Reader(bytes.strip_prefix(MAGIC.as_slice()).ok_or(TaggerError::Format)?);
    let sizes = [(); 6].map(|()| reader.size());
    let [words, pieces, width, traits, hidden, mix] = sizes;
    let (words, pieces, width, traits, hidden, mix) = (words?, pieces?, width?, traits?, hidden?, mix?);
    let settings = Settings::new(&reader.floats(Settings::SCALARS)?, &reader.floats(12 * 11)?);
    let list = reader.words(words)?;
    let joins = reader.take(words)?.iter().map(|b| *b != 0).collect();
    let vocabulary = Vocabulary {
        words: list,
        joins,
        word_rows: reader.rows(words, width)?,
        piece_rows: reader.rows(pieces, width)?,
    };
    let traits_matrix = reader.matrix(traits, TRAITS)?;
    let layers = [reader.layer(width + traits, hidden)?, reader.layer(2 * hidden, hidden)?];
    let mixer = reader.matrix(mix, 2 * hidden)?;
    let tokens = reader.matrix(HEADS.iter().sum(), mix)?;
    let clauses = reader.matrix(HEADS[1..].iter().sum(), 3 * mix)?;
    if !reader.0.is_empty() {
        return Err(TaggerError::Length);
    }
    Ok((
        Network {
            vocabulary,
            traits: traits_matrix,
            layers,
            mixer,
            tokens,
            clauses,
        },
        settings,
    ))
}
