//! What a draft must and must never be, shown on the labelled corpus and on whole cases.

mod cases;
mod gallery;
mod invariants;
mod manners;

use std::collections::HashMap;

use super::{Clauses, Drafter, check, file, piece, tag::TaggedClause, tag::Tagger};
use crate::{
    capabilities::drafter::DraftAnswer,
    note::{
        Words,
        draft::{Draft, Fact, Format, Risk, RiskState, RiskTopic, Role, Sentence},
        preferences::{Detail, InterventionPlacement, Preferences, Pronouns},
    },
};

const CORPUS: &str = include_str!("../../corpus/summaries.jsonl");
const CASES: &str = include_str!("../../corpus/cases.jsonl");
const SENTENCES: &str = include_str!("../../corpus/sentences.tsv");
const SEED: &str = "Client discussed work stress, practiced grounding techniques, assigned journaling homework. Client appeared \
                    engaged and motivated. Follow up on sleep next session.";

/// Labels by hand in place of the model, so that what follows the model is tested by itself.
#[derive(Default)]
struct Labels(HashMap<String, Vec<TaggedClause>>);

impl Clauses for Labels {
    fn clauses(&self, text: &str) -> Vec<TaggedClause> {
        self.0.get(text).cloned().unwrap_or_default()
    }
}

fn clause(start: usize, end: usize, role: Role, risk: Option<Risk>) -> TaggedClause {
    let mut clause = piece::unknown(start, end, role);
    clause.confidence = 0.9;
    clause.role_probs[Role::ALL.iter().position(|r| *r == role).unwrap()] = 1.0;
    if let Some(risk) = risk {
        clause.p_risk = 1.0;
        clause.risk_state_probs[1 + RiskState::ALL.iter().position(|s| *s == risk.state).unwrap()] = 1.0;
        clause.topic_probs[1 + RiskTopic::ALL.iter().position(|t| *t == risk.topic).unwrap()] = 1.0;
    }
    clause
}

/// Summaries of the corpus with their labels.
fn labelled() -> (Vec<String>, Drafter) {
    let (mut summaries, mut labels) = (Vec::new(), Labels::default());
    for line in CORPUS.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let summary = row["summary"].as_str().unwrap();
        let mut at = 0;
        let mut clauses = Vec::new();
        for label in row["clauses"].as_array().unwrap() {
            let text = label["text"].as_str().unwrap();
            let start = at + summary[at..].find(text).unwrap();
            at = start + text.len();
            let role = serde_json::from_value(label["role"].clone()).unwrap();
            clauses.push(clause(
                start,
                at,
                role,
                serde_json::from_value(label["risk"].clone()).unwrap(),
            ));
        }
        summaries.push(summary.to_owned());
        labels.0.insert(summary.to_owned(), clauses);
    }
    (summaries, Drafter::new(labels))
}

/// A drafter for hand-cut clauses, parted by "|": `role:words|role:words`.
fn by_hand(cut: &str) -> (String, Drafter) {
    let (mut summary, mut clauses) = (String::new(), Vec::new());
    for part in cut.split('|') {
        let (role, words) = part.split_once(':').unwrap();
        let role: Role = serde_json::from_value(role.into()).unwrap();
        let start = summary.len();
        summary.push_str(words);
        clauses.push(clause(start, summary.len(), role, None));
        summary.push(' ');
    }
    let summary = summary.trim_end().to_owned();
    let labels = Labels(HashMap::from([(summary.clone(), clauses)]));
    (summary, Drafter::new(labels))
}

fn model() -> &'static Drafter {
    static MODEL: std::sync::LazyLock<Drafter> = std::sync::LazyLock::new(|| Drafter::new(Tagger::embedded()));
    &MODEL
}

fn drafted(answer: DraftAnswer) -> (Draft, Vec<Words>) {
    match answer {
        DraftAnswer::Drafted { draft, private } => (draft, private),
        other => panic!(
            "no draft but {}",
            if other == DraftAnswer::NothingToFile {
                "nothing"
            } else {
                "a language"
            }
        ),
    }
}

fn prefs(format: Format) -> Preferences {
    Preferences {
        format,
        ..Preferences::default()
    }
}

fn section(draft: &Draft, key: &str) -> String {
    let section = draft.sections.iter().find(|s| s.key.starts_with(key)).unwrap();
    section
        .sentences
        .iter()
        .map(|s| s.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

fn whole(draft: &Draft) -> String {
    draft
        .sections
        .iter()
        .flat_map(|s| &s.sentences)
        .map(|s| s.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Every fact is in exactly one sentence or left out with a reason, and every sentence has facts.
fn assert_nothing_lost(draft: &Draft) {
    let mut places = vec![0; draft.facts.len()];
    for sentence in draft.sections.iter().flat_map(|s| &s.sentences) {
        assert!(!sentence.facts.is_empty());
        sentence.facts.iter().for_each(|fact| places[*fact as usize] += 1);
    }
    draft.left_out.iter().for_each(|left| places[left.fact as usize] += 1);
    assert!(places.iter().all(|n| *n == 1), "{places:?}");
}

fn sources(draft: &Draft, sentence: &Sentence) -> String {
    sentence
        .facts
        .iter()
        .map(|f| draft.facts[*f as usize].text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}
