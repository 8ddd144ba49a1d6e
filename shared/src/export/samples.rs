//! A fictional note, addendum and draft for the tests of documents.

use super::Options;
use crate::note::{
    Id, Words,
    draft::{Draft, Fact, Format, LeftOut, Risk, RiskLine, RiskState, RiskTopic, Role, Section, Sentence},
    record::{Addendum, Note},
    time::Millis,
};

/// 23 November 2026, 09:30 UTC.
pub(super) const SESSION: Millis = Millis(1_795_426_200_000);

pub(super) fn options() -> Options {
    Options {
        letterhead: "Quiet Harbour Practice\n12 Example Street, Exampletown".into(),
        ..Options::default()
    }
}

pub(super) fn sections() -> Vec<Section> {
    let section = |key: &str, title: &str, sentences: &[&str]| Section {
        key: key.to_owned(),
        title: title.to_owned(),
        sentences: sentences
            .iter()
            .map(|text| Sentence {
                text: (*text).into(),
                facts: vec![0],
                rule: "role".to_owned(),
                edited: false,
            })
            .collect(),
    };
    vec![
        section(
            "subjective",
            "Subjective",
            &[
                "Client reported that work stress had eased since the last session.",
                "Client denied suicidal ideation.",
                "Client described the week as \u{201c}a long corridor\u{201d}.",
            ],
        ),
        section("objective", "Objective", &["Client appeared engaged and motivated."]),
        section("assessment", "Assessment", &[]),
        section(
            "plan",
            "Plan",
            &["Journaling homework was assigned.", "Follow up on sleep next session."],
        ),
    ]
}

fn facts() -> Vec<Fact> {
    vec![Fact {
        start: 0,
        end: 20,
        text: "work stress had eased".into(),
        role: Role::Report,
        confidence: 0.875,
        risk: Some(Risk {
            topic: RiskTopic::Si,
            state: RiskState::Denied,
        }),
    }]
}

pub(super) fn note() -> (Note, Vec<Addendum>) {
    let note = Note {
        id: Id::from_bytes([7; 16]),
        client: "AB-12".into(),
        author: "Robin Example, LCSW".into(),
        session_at: SESSION,
        approved_at: SESSION.plus(1_500_000),
        format: Format::Soap,
        sections: sections(),
        facts: facts(),
        risk: vec![RiskLine {
            topic: RiskTopic::Si,
            state: RiskState::Denied,
            facts: vec![0],
        }],
        left_out: vec![LeftOut {
            fact: 0,
            why: "duplicate".to_owned(),
        }],
        content_hash: "9f".repeat(32),
    };
    let addendum = Addendum {
        id: Id::from_bytes([9; 16]),
        note: note.id,
        author: note.author.clone(),
        written_at: SESSION.plus(90_000_000),
        text: Words::from("The sleep diary was brought a day later."),
    };
    (note, vec![addendum])
}

pub(super) fn draft() -> Draft {
    Draft {
        format: Format::Soap,
        sections: sections(),
        facts: facts(),
        ..Draft::default()
    }
}
