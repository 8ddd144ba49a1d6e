//! The pieces a summary is cut into on its way to facts. Every letter of the summary lies in one piece.

use super::{
    tag::TaggedClause,
    words::{Line, Word},
};
use crate::note::draft::Role;

/// A stretch of the summary.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Byte offsets in the summary.
    pub start: usize,
    pub end: usize,
    /// What the tagger said of the clause it lies in.
    pub tagged: TaggedClause,
    /// Its role, after spoken commands.
    pub role: Role,
    /// Whether a person said the role, by a spoken command.
    pub told: bool,
    /// Why it is in no section, if it is in none.
    pub out: Option<&'static str>,
}

/// Pieces and the order in which they make sentences: a unit is one sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Pieces {
    pub list: Vec<Piece>,
    pub units: Vec<Vec<usize>>,
}

/// A clause without a tagger's opinion: text that no clause covers.
pub(super) fn unknown(start: usize, end: usize, role: Role) -> TaggedClause {
    TaggedClause {
        start,
        end,
        role,
        confidence: 0.0,
        p_risk: 0.0,
        role_probs: [0.0; 11],
        risk_state_probs: [0.0; 4],
        topic_probs: [0.0; 7],
    }
}

/// A text cut into sentences, with a trace of a chance that any speaks of risk, so that the words decide.
pub(super) fn sentences(text: &str) -> Vec<TaggedClause> {
    let mut list = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let long = at - from > 300 && c == ' ';
        if matches!(c, '.' | '!' | '?' | '\n') || long {
            list.push((from, at));
            from = at + c.len_utf8();
        }
    }
    list.push((from, text.len()));
    list.into_iter()
        .filter(|(from, to)| text[*from..*to].chars().any(char::is_alphanumeric))
        .map(|(from, to)| {
            let lead = text[from..to].len() - text[from..to].trim_start().len();
            let mut clause = unknown(from + lead, from + text[from..to].trim_end().len(), Role::Report);
            clause.p_risk = 0.02;
            clause
        })
        .collect()
}

impl Pieces {
    /// Clauses as pieces; words between two clauses join a neighbour, so that none is lost.
    pub fn cover(text: &str, clauses: Vec<TaggedClause>) -> Self {
        let mut list: Vec<Piece> = Vec::new();
        let mut at = 0;
        for mut clause in clauses {
            let (start, end) = (clause.start.max(at), clause.end.min(text.len()));
            if start >= end || !text.is_char_boundary(start) || !text.is_char_boundary(end) {
                continue;
            }
            if let Some(from) = content(&text[at..start]).map(|i| at + i) {
                clause.start = from;
            } else {
                clause.start = start;
            }
            clause.end = end;
            at = end;
            list.push(Piece {
                start: clause.start,
                end,
                role: clause.role,
                told: false,
                out: None,
                tagged: clause,
            });
        }
        if let Some(from) = content(&text[at..]) {
            let all = text.trim_end().len();
            match list.last_mut() {
                Some(piece) if text[at..].chars().count() < 40 => piece.end = all,
                _ => list.push(Piece {
                    start: at + from,
                    end: all,
                    role: Role::Report,
                    told: false,
                    out: None,
                    tagged: unknown(at + from, all, Role::Report),
                }),
            }
        }
        let units = (0..list.len()).map(|i| vec![i]).collect();
        Self { list, units }
    }

    /// Words of a piece, with offsets into the summary.
    pub fn words(&self, text: &str, at: usize) -> Vec<Word> {
        let piece = &self.list[at];
        let mut words = Line::read(&text[piece.start..piece.end]).words;
        for word in &mut words {
            word.start += piece.start;
            word.end += piece.start;
        }
        words
    }

    /// Cuts a piece in two at a byte offset inside it; both stay in the unit, one behind the other.
    pub fn split(&mut self, at: usize, offset: usize, text: &str) {
        let piece = &self.list[at];
        let (head, tail) = (
            text[piece.start..offset].trim_end().len(),
            text[offset..piece.end].trim_start().len(),
        );
        let mut second = piece.clone();
        second.start = piece.end - tail;
        self.list[at].end = piece.start + head;
        self.list.insert(at + 1, second);
        for unit in &mut self.units {
            for i in unit.iter_mut() {
                if *i > at {
                    *i += 1;
                }
            }
            if let Some(place) = unit.iter().position(|i| *i == at) {
                unit.insert(place + 1, at + 1);
            }
        }
    }

    /// Takes a piece out of its sentence.
    pub fn leave_out(&mut self, at: usize, why: &'static str) {
        self.list[at].out = Some(why);
        for unit in &mut self.units {
            unit.retain(|i| *i != at);
        }
    }

    /// Gives a piece a sentence of its own, in its place in the order of the summary.
    pub fn alone(&mut self, at: usize) {
        for unit in &mut self.units {
            unit.retain(|i| *i != at);
        }
        self.units.retain(|unit| !unit.is_empty());
        let place = self
            .units
            .iter()
            .position(|unit| unit[0] > at)
            .unwrap_or(self.units.len());
        self.units.insert(place, vec![at]);
    }
}

/// Where content begins in a stretch between clauses: a word that is neither a connective nor a filler.
fn content(gap: &str) -> Option<usize> {
    const NONE: [&str; 22] = [
        "and", "but", "so", "then", "um", "uh", "er", "erm", "also", "okay", "ok", "well", "the", "a", "like", "or",
        "plus", "anyway", "oh", "yeah", "while", "though",
    ];
    Line::read(gap)
        .words
        .iter()
        .find(|w| !NONE.contains(&w.low.as_str()))
        .map(|w| w.start)
}
