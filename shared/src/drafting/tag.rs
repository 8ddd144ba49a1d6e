//! Reads a therapist's summary clause by clause: where each fact begins and ends, which role it plays, and whether it speaks of
//! risk. A small recurrent network trained on `shared/corpus` decides; this file only says what the answer looks like. Nothing
//! is inferred here: a [`TaggedClause`] is a span of the given text with probabilities, never a sentence.

mod decode;
mod lstm;
mod matrix;
mod naming;
mod network;
#[cfg(test)]
mod tests;
mod tokens;
mod vocabulary;
mod weights;

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

/// The trained model, ready to read summaries. About 4 MB in memory; share it by reference.
#[derive(Debug)]
pub struct Tagger {
    network: network::Network,
    settings: decode::Settings,
}

/// The weights that are built into the program.
static EMBEDDED: &[u8] = include_bytes!("model/tagger.bin");
/// Tokens that the network reads at most, some forty times the longest summary; what lies behind them is only cut up.
const MOST_TOKENS: usize = 20_000;

impl Tagger {
    /// The model that is built into the program.
    ///
    /// # Panics
    /// Never: a test reads the weights that are built in.
    #[must_use]
    pub fn embedded() -> Tagger {
        Tagger::from_bytes(EMBEDDED).expect("the weights built in are read by a test of this file")
    }

    /// A model from the bytes of a weights file, as `shared/corpus/train/export.py` writes it.
    ///
    /// # Errors
    /// [`TaggerError`] when the bytes are not a whole, consistent weights file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Tagger, TaggerError> {
        let (network, settings) = weights::read(bytes)?;
        Ok(Tagger { network, settings })
    }

    /// The clauses of `text`, in order, not overlapping. Never fails; a text without a letter, a digit or a sign has none. Of a
    /// text beyond 20,000 tokens the rest comes in pieces of which nothing is known: equal probabilities, confidence 0.
    #[must_use]
    pub fn tag(&self, text: &str) -> Vec<TaggedClause> {
        let all = tokens::tokens(text);
        let (read, unread) = all.split_at(all.len().min(MOST_TOKENS));
        let mut clauses = self.read(text, read);
        clauses.extend(unread.chunks(decode::LONGEST).map(unknown));
        clauses
    }

    fn read(&self, text: &str, tokens: &[tokens::Token]) -> Vec<TaggedClause> {
        if tokens.is_empty() {
            return Vec::new();
        }
        let reading = self.network.read(text, tokens);
        let word = |t: &tokens::Token| &text[t.start..t.end];
        let joins: Vec<bool> = tokens
            .iter()
            .map(|t| self.network.vocabulary.may_join(t, word(t)))
            .collect();
        let dictated = tokens::is_dictated(text, tokens);
        let mut spans = decode::segment(&reading, &joins, dictated, &self.settings);
        for span in &mut spans {
            span.trim(|i| tokens::is_stop(word(&tokens[i])));
        }
        spans.retain(|span| span.from < span.to);
        naming::name(&self.network, &self.settings, &reading, tokens, &spans)
    }
}

/// A stretch of text that was not read.
fn unknown(tokens: &[tokens::Token]) -> TaggedClause {
    TaggedClause {
        start: tokens.first().map_or(0, |t| t.start),
        end: tokens.last().map_or(0, |t| t.end),
        role: Role::Report,
        confidence: 0.0,
        p_risk: 0.5,
        role_probs: [1.0 / 11.0; 11],
        risk_state_probs: [0.25; 4],
        topic_probs: [1.0 / 7.0; 7],
    }
}

fn likeliest(probs: &[f32]) -> usize {
    (1..probs.len()).fold(0, |best, i| if probs[i] > probs[best] { i } else { best })
}
