//! Learning from a clinician's edits: a list of phrases in plain words, each of which can be seen, switched off, deleted and
//! exported. The model never changes; without rules every draft is as it left the factory.

use serde::{Deserialize, Serialize};

use super::{
    check::{is_negation, numbers},
    risk,
    words::{Line, Word},
};
use crate::note::Words;

/// A phrase that the clinician changes, and how often.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// What the draft says, lower case.
    pub said: Words,
    /// What the clinician writes instead.
    pub written: Words,
    /// Times changed so, older ones counting less.
    pub votes: f32,
    /// Times left as it was, older ones counting less.
    pub kept: f32,
    /// Whether the clinician lets it work.
    pub on: bool,
}

/// What a vote is worth after each further note.
const DECAY: f32 = 0.97;
/// Votes that put a rule in force, and the share of all chances that they must be.
const ENOUGH: f32 = 2.8; // three, after the decay of the notes between them
const SHARE: f32 = 0.7;
/// Words a phrase may have on either side.
const LONGEST: usize = 4;
/// Rules kept; the weakest go.
const MOST: usize = 200;

impl Rule {
    /// Whether drafts follow it.
    #[must_use]
    pub fn in_force(&self) -> bool {
        self.on && self.votes >= ENOUGH && self.votes >= SHARE * (self.votes + self.kept)
    }
}

/// Phrases of the rules in force, longest first.
pub(super) fn in_force(rules: &[Rule]) -> Vec<(String, String)> {
    let mut phrases: Vec<(String, String)> = rules
        .iter()
        .filter(|rule| rule.in_force())
        .map(|rule| (rule.said.as_str().to_owned(), rule.written.as_str().to_owned()))
        .collect();
    phrases.sort_by_key(|(said, _)| (std::cmp::Reverse(said.split(' ').count()), said.clone()));
    phrases
}

/// The rules after an approved note: `edits` are pairs of the sentence as drafted and as approved.
#[must_use]
pub fn learn(mut rules: Vec<Rule>, edits: &[(Words, Words)]) -> Vec<Rule> {
    for rule in &mut rules {
        rule.votes *= DECAY;
        rule.kept *= DECAY;
    }
    for (drafted, approved) in edits {
        let (old, new) = (Line::read(drafted.as_str()).words, Line::read(approved.as_str()).words);
        for rule in &mut rules {
            if holds(&old, rule.said.as_str()) && holds(&new, rule.said.as_str()) {
                rule.kept += 1.0;
            }
        }
        for (said, written) in changes(&old, &new) {
            match rules
                .iter_mut()
                .find(|rule| rule.said.as_str() == said && rule.written.as_str() == written)
            {
                Some(rule) => rule.votes += 1.0,
                None => rules.push(Rule {
                    said: said.into(),
                    written: written.into(),
                    votes: 1.0,
                    kept: 0.0,
                    on: true,
                }),
            }
        }
    }
    rules.sort_by(|a, b| b.votes.total_cmp(&a.votes).then_with(|| a.said.cmp(&b.said)));
    rules.truncate(MOST);
    rules
}

fn holds(words: &[Word], phrase: &str) -> bool {
    let line = Line {
        words: words.to_vec(),
        tail: String::new(),
    };
    (0..words.len()).any(|at| line.is(at, phrase))
}

/// Phrases that were replaced, where both sides are safe to learn.
fn changes(old: &[Word], new: &[Word]) -> Vec<(String, String)> {
    let same = common(old, new);
    let mut found = Vec::new();
    let (mut a, mut b) = (0, 0);
    for (x, y) in same.into_iter().chain([(old.len(), new.len())]) {
        let (said, written) = (&old[a..x], &new[b..y]);
        if !said.is_empty()
            && !written.is_empty()
            && said.len() <= LONGEST
            && written.len() <= LONGEST
            && safe(said, a == 0)
            && safe(written, b == 0)
        {
            let print = |words: &[Word], low: bool| {
                words
                    .iter()
                    .map(|w| if low { w.low.as_str() } else { w.text.as_str() })
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            let text = print(written, b == 0);
            found.push((print(said, true), text));
        }
        (a, b) = (x + 1, y + 1);
    }
    found
}

/// Never numbers, negations, names, quotations, or words of risk: those are facts, not style.
fn safe(words: &[Word], first: bool) -> bool {
    let text: String = words.iter().flat_map(|w| [w.text.as_str(), " "]).collect();
    let named = words
        .iter()
        .enumerate()
        .any(|(i, w)| w.text.starts_with(char::is_uppercase) && !(first && i == 0));
    let clinical = words.iter().any(|w| {
        w.low.starts_with("diagnos")
            || w.low.starts_with("disorder")
            || matches!(
                w.low.as_str(),
                "might"
                    | "may"
                    | "maybe"
                    | "if"
                    | "possibly"
                    | "probably"
                    | "seems"
                    | "appears"
                    | "appeared"
                    | "mg"
                    | "severe"
                    | "mild"
                    | "moderate"
            )
            || ["ine", "pam", "lam", "zole", "pine", "done", "tine"]
                .iter()
                .any(|end| w.low.len() > 7 && w.low.ends_with(end))
    });
    numbers(&text).is_empty()
        && !words
            .iter()
            .any(|w| w.quoted || is_negation(&w.low) || w.low.bytes().any(|b| b.is_ascii_digit()))
        && !named
        && !clinical
        && !risk::speaks(&text)
}

/// Places of the longest common run of words, in order.
fn common(old: &[Word], new: &[Word]) -> Vec<(usize, usize)> {
    let (rows, columns) = (old.len().min(200), new.len().min(200));
    let mut best = vec![vec![0_u16; columns + 1]; rows + 1];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            best[i][j] = if old[i].low == new[j].low {
                best[i + 1][j + 1] + 1
            } else {
                best[i + 1][j].max(best[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < rows && j < columns {
        if old[i].low == new[j].low {
            out.push((i, j));
            i += 1;
            j += 1;
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taught(drafted: &str, approved: &str, times: usize) -> Vec<Rule> {
        (0..times).fold(Vec::new(), |rules, _| {
            learn(rules, &[(drafted.into(), approved.into())])
        })
    }

    #[test]
    fn three_equal_edits_make_a_rule_and_two_do_not() {
        let (drafted, approved) = ("Homework was assigned.", "Practice was assigned.");
        assert!(in_force(&taught(drafted, approved, 2)).is_empty());
        assert_eq!(
            in_force(&taught(drafted, approved, 3)),
            [("homework".to_owned(), "practice".to_owned())]
        );
    }

    #[test]
    fn numbers_negations_names_and_risk_are_never_learned() {
        for (drafted, approved) in [
            ("Slept four hours.", "Slept five hours."),
            ("She did not sleep.", "She did sleep well."),
            ("Saw Maria today.", "Saw Anna today."),
            ("Reported passive suicidal thoughts.", "Reported passive dark thoughts."),
            ("Takes sertraline daily.", "Takes fluoxetine daily."),
        ] {
            assert!(in_force(&taught(drafted, approved, 5)).is_empty(), "{drafted}");
        }
    }

    #[test]
    fn a_rule_that_is_no_longer_followed_or_is_switched_off_stops() {
        let mut rules = taught("Homework was assigned.", "Practice was assigned.", 3);
        rules[0].on = false;
        assert!(in_force(&rules).is_empty());
        rules[0].on = true;
        for _ in 0..3 {
            rules = learn(rules, &[("Homework was done.".into(), "Homework was done.".into())]);
        }
        assert!(in_force(&rules).is_empty());
    }
}
