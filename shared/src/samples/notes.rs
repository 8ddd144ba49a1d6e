//! Samples of drafts and notes.

use super::{NOW, id};
use crate::{
    note::{
        Words,
        draft::{Draft, Fact, Format, LeftOut, Risk, RiskLine, RiskState, RiskTopic, Role, Section, Sentence},
        preferences::Detail,
        record::{Addendum, Note, NoteRow},
        time::{DAY, HOUR},
    },
    view::{
        ViewModel,
        keys::Notice,
        notes::{NoteView, NotesView},
        review::{ReviewView, SourceView},
    },
};

const SUMMARY: [(&str, Role); 7] = [
    ("okay so um", Role::Filler),
    ("client discussed work stress", Role::Report),
    ("denies s i", Role::Risk),
    ("looked tired but engaged", Role::Observation),
    ("practiced grounding techniques", Role::Intervention),
    ("assigned journaling homework", Role::Plan),
    ("follow up on sleep next session", Role::Plan),
];

fn facts() -> Vec<Fact> {
    let mut at = 0;
    SUMMARY
        .iter()
        .map(|(text, role)| {
            let start = at;
            let end = start + u32::try_from(text.len()).unwrap_or(0);
            at = end + 1;
            let risk = (*role == Role::Risk).then_some(Risk {
                topic: RiskTopic::Si,
                state: RiskState::Denied,
            });
            Fact {
                start,
                end,
                text: (*text).into(),
                role: *role,
                confidence: 0.93,
                risk,
            }
        })
        .collect()
}

fn sentence(text: &str, fact: u32, rule: &str) -> Sentence {
    Sentence {
        text: text.into(),
        facts: vec![fact],
        rule: rule.to_owned(),
        edited: false,
    }
}

fn sections() -> Vec<Section> {
    let section = |key: &str, title: &str, sentences| Section {
        key: key.to_owned(),
        title: title.to_owned(),
        sentences,
    };
    vec![
        section(
            "subjective",
            "Subjective",
            vec![
                sentence("Client discussed work stress.", 1, "report"),
                sentence("Client denies SI.", 2, "risk"),
            ],
        ),
        section(
            "objective",
            "Objective",
            vec![
                sentence("Client looked tired but engaged.", 3, "observation"),
                sentence("Grounding techniques were practiced.", 4, "intervention"),
            ],
        ),
        section("assessment", "Assessment", vec![]),
        section(
            "plan",
            "Plan",
            vec![
                sentence("Journaling homework was assigned.", 5, "plan"),
                sentence("Follow up on sleep next session.", 6, "plan"),
            ],
        ),
    ]
}

fn draft() -> Draft {
    Draft {
        format: Format::Soap,
        sections: sections(),
        facts: facts(),
        risk: vec![RiskLine {
            topic: RiskTopic::Si,
            state: RiskState::Denied,
            facts: vec![2],
        }],
        not_mentioned: vec!["assessment".to_owned(), "response".to_owned()],
        left_out: vec![LeftOut {
            fact: 0,
            why: "filler".to_owned(),
        }],
    }
}

fn review() -> ReviewView {
    ReviewView {
        id: id(2),
        draft: draft(),
        client: "M. K.".into(),
        detail: Detail::Intermediate,
        private: 0,
        can_undo: true,
        can_redo: false,
        expires_in_ms: 2 * DAY - HOUR,
        source: None,
        will_destroy: vec!["transcript".to_owned(), "draft".to_owned()],
        approving: false,
        notice: None,
    }
}

/// Reviews.
pub fn reviews() -> Vec<(&'static str, ViewModel)> {
    let source = SourceView {
        section: 0,
        sentence: 1,
        facts: vec![facts()[2].clone()],
        indices: vec![2],
        rule: "risk".to_owned(),
    };
    let bare = ReviewView {
        draft: Draft {
            risk: vec![],
            ..draft()
        },
        can_undo: false,
        private: 1,
        ..review()
    };
    vec![
        ("review", ViewModel::Review(Box::new(review()))),
        (
            "review_source",
            ViewModel::Review(Box::new(ReviewView {
                source: Some(source),
                ..review()
            })),
        ),
        ("review_without_risk", ViewModel::Review(Box::new(bare))),
        (
            "review_approving",
            ViewModel::Review(Box::new(ReviewView {
                approving: true,
                ..review()
            })),
        ),
    ]
}

fn note() -> Note {
    Note {
        id: id(3),
        client: "M. K.".into(),
        author: "R. Okafor, LCSW".into(),
        session_at: NOW.plus(-2 * HOUR),
        approved_at: NOW.plus(-HOUR),
        format: Format::Soap,
        sections: sections(),
        facts: facts(),
        risk: draft().risk,
        left_out: vec![],
        content_hash: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae".to_owned(),
    }
}

/// Lines of the list.
pub fn rows() -> Vec<NoteRow> {
    let row = |number: u8, client: &str, snippet: &str, days: i64, held: bool| NoteRow {
        id: id(number),
        client: client.into(),
        snippet: snippet.into(),
        format: Format::Soap,
        approved_at: NOW.plus(-days * DAY),
        held,
        deletes_at: (!held && days > 0).then(|| NOW.plus((90 - days) * DAY)),
        addenda: u32::from(held),
    };
    vec![
        row(3, "M. K.", "Client discussed work stress.", 0, false),
        row(
            4,
            "0417",
            "Two panic attacks this week, both on the way to work.",
            1,
            false,
        ),
        row(5, "", "Client and partner described the weekend differently.", 9, true),
    ]
}

/// Notes and lists.
pub fn notes() -> Vec<(&'static str, ViewModel)> {
    let addendum = Addendum {
        id: id(6),
        note: id(3),
        author: "R. Okafor, LCSW".into(),
        written_at: NOW,
        text: "Client called to confirm the next appointment.".into(),
    };
    let view = NoteView {
        note: note(),
        addenda: vec![],
        private: vec![],
        held: false,
        deletes_in_ms: None,
        shown_as: Format::Soap,
        sections: sections(),
        notice: Some(Notice::Approved { had_audio: true }),
    };
    let held = NoteView {
        addenda: vec![addendum],
        held: true,
        deletes_in_ms: Some(89 * DAY),
        notice: None,
        ..view.clone()
    };
    let list = NotesView {
        rows: rows(),
        offset: 0,
        total: 128,
        query: Words::default(),
        notice: None,
    };
    vec![
        ("note", ViewModel::Note(Box::new(view))),
        ("note_held_with_addendum", ViewModel::Note(Box::new(held))),
        ("notes", ViewModel::Notes(list.clone())),
        (
            "notes_search",
            ViewModel::Notes(NotesView {
                query: "panic".into(),
                total: 1,
                ..list
            }),
        ),
    ]
}
