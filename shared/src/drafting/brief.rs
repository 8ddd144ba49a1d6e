//! What to know before the next session, from approved notes only. Every line is a sentence of a note, word for word, with its
//! source; nothing is summed up, and no notes mean no lines.

use crate::note::{
    Id, Words,
    draft::{Role, Sentence},
    record::Note,
    time::Millis,
};

/// What a line of a brief is about, in the order shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// What was said about risk.
    Risk,
    /// What was planned, homework included.
    Plan,
    /// What was reported.
    Reported,
    /// Scores and what was seen.
    Seen,
    /// The clinician's judgement.
    Judged,
}

/// One line, with where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct BriefLine {
    /// What it is about.
    pub topic: Topic,
    /// A sentence of the note.
    pub text: Words,
    /// The note.
    pub note: Id,
    /// Facts of the note behind the sentence.
    pub facts: Vec<u32>,
    /// When the session was.
    pub session_at: Millis,
}

/// Notes looked at, newest first: risk in all, everything else in the last only.
const NOTES: usize = 3;
/// Lines of a topic from one note.
const LINES: usize = 4;

/// The brief for one client from their approved notes, in any order.
#[must_use]
pub fn brief(notes: &[Note]) -> Vec<BriefLine> {
    let mut newest: Vec<&Note> = notes.iter().collect();
    newest.sort_by_key(|note| (std::cmp::Reverse(note.session_at), note.id));
    let mut lines: Vec<BriefLine> = Vec::new();
    for (at, note) in newest.into_iter().take(NOTES).enumerate() {
        let mut counts = [0_usize; 5];
        for section in &note.sections {
            for sentence in &section.sentences {
                let topic = topic(note, &section.key, sentence);
                let Some(topic) = topic.filter(|topic| at == 0 || *topic == Topic::Risk) else {
                    continue;
                };
                let count = &mut counts[topic as usize];
                *count += 1;
                if *count > LINES && topic != Topic::Risk && topic != Topic::Plan {
                    continue;
                }
                lines.push(BriefLine {
                    topic,
                    text: sentence.text.clone(),
                    note: note.id,
                    facts: sentence.facts.clone(),
                    session_at: note.session_at,
                });
            }
        }
    }
    lines.sort_by_key(|line| line.topic);
    lines
}

fn topic(note: &Note, section: &str, sentence: &Sentence) -> Option<Topic> {
    let facts = || sentence.facts.iter().filter_map(|fact| note.facts.get(*fact as usize));
    if facts().any(|fact| fact.risk.is_some() || fact.role == Role::Risk) {
        return Some(Topic::Risk);
    }
    match facts().next().map(|fact| fact.role) {
        Some(Role::Plan) => Some(Topic::Plan),
        Some(Role::Report) => Some(Topic::Reported),
        Some(Role::Observation | Role::Response) => Some(Topic::Seen),
        Some(Role::Assessment) => Some(Topic::Judged),
        Some(_) => None,
        // typed by a person: the section says what it is
        None => match section {
            "plan" => Some(Topic::Plan),
            "assessment" => Some(Topic::Judged),
            "objective" | "response" => Some(Topic::Seen),
            "intervention" => None,
            _ => Some(Topic::Reported),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::draft::{Fact, Format, Risk, RiskState, RiskTopic, Section};

    fn note(id: u8, at: i64, sentences: &[(&str, Role, bool)]) -> Note {
        let risk = Some(Risk {
            topic: RiskTopic::Si,
            state: RiskState::Denied,
        });
        let facts = sentences.iter().map(|(text, role, risky)| Fact {
            start: 0,
            end: 0,
            text: (*text).into(),
            role: *role,
            confidence: 1.0,
            risk: risk.filter(|_| *risky),
        });
        let list = (0_u32..).zip(sentences).map(|(at, (text, ..))| Sentence {
            text: (*text).into(),
            facts: vec![at],
            rule: String::new(),
            edited: false,
        });
        Note {
            id: Id::from_bytes([id; 16]),
            client: Words::default(),
            author: Words::default(),
            session_at: Millis(at),
            approved_at: Millis(at),
            format: Format::Narrative,
            sections: vec![Section {
                key: "narrative".into(),
                title: "Narrative".into(),
                sentences: list.collect(),
            }],
            facts: facts.collect(),
            risk: Vec::new(),
            left_out: Vec::new(),
            content_hash: String::new(),
        }
    }

    #[test]
    fn no_notes_make_no_lines() {
        assert!(brief(&[]).is_empty());
    }

    #[test]
    fn risk_comes_first_from_every_note_and_plans_from_the_last() {
        let notes = [
            note(
                1,
                10,
                &[
                    ("Passive SI on Sunday.", Role::Risk, true),
                    ("Try the gym.", Role::Plan, false),
                ],
            ),
            note(
                2,
                20,
                &[
                    ("Slept badly.", Role::Report, false),
                    ("Call the school.", Role::Plan, false),
                    ("Denied SI.", Role::Risk, true),
                ],
            ),
        ];
        let lines = brief(&notes);
        let shown: Vec<(&str, Id)> = lines.iter().map(|line| (line.text.as_str(), line.note)).collect();
        let (old, new) = (Id::from_bytes([1; 16]), Id::from_bytes([2; 16]));
        assert_eq!(
            shown,
            [
                ("Denied SI.", new),
                ("Passive SI on Sunday.", old),
                ("Call the school.", new),
                ("Slept badly.", new)
            ]
        );
        for line in &lines {
            let source = notes.iter().find(|note| note.id == line.note).unwrap();
            assert_eq!(source.facts[line.facts[0] as usize].text, line.text);
        }
    }
}
