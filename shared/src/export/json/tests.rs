//! The open format: exact round trip over arbitrary notes, and a clear answer to everything that is not one.

use proptest::prelude::*;

use super::*;
use crate::{
    export::samples,
    note::draft::{Risk, RiskState, RiskTopic, Role, Sentence},
};

/// Stands in for the content hash: what a note was given when it was made.
fn as_stated(note: &Note) -> String {
    note.content_hash.clone()
}

fn words() -> impl Strategy<Value = Words> {
    any::<String>().prop_map(Words)
}

fn risk() -> impl Strategy<Value = Risk> {
    (
        prop::sample::select(&RiskTopic::ALL[..]),
        prop::sample::select(&RiskState::ALL[..]),
    )
        .prop_map(|(topic, state)| Risk { topic, state })
}

fn sentence() -> impl Strategy<Value = Sentence> {
    (
        words(),
        prop::collection::vec(any::<u32>(), 0..3),
        "[a-z_.]{0,12}",
        any::<bool>(),
    )
        .prop_map(|(text, facts, rule, edited)| Sentence {
            text,
            facts,
            rule,
            edited,
        })
}

fn section() -> impl Strategy<Value = Section> {
    ("[a-z]{1,9}", any::<String>(), prop::collection::vec(sentence(), 0..4))
        .prop_map(|(key, title, sentences)| Section { key, title, sentences })
}

fn fact() -> impl Strategy<Value = Fact> {
    (
        any::<u32>(),
        any::<u32>(),
        words(),
        prop::sample::select(&Role::ALL[..]),
        0f32..=1.0,
        prop::option::of(risk()),
    )
        .prop_map(|(start, end, text, role, confidence, risk)| Fact {
            start,
            end,
            text,
            role,
            confidence,
            risk,
        })
}

fn notes() -> impl Strategy<Value = Vec<(Note, Vec<Addendum>)>> {
    let body = (
        prop::collection::vec(section(), 0..4),
        prop::collection::vec(fact(), 0..5),
        prop::collection::vec((risk(), prop::collection::vec(any::<u32>(), 0..3)), 0..3),
        prop::collection::vec((any::<u32>(), "[a-z]{1,9}"), 0..3),
    );
    let head = (
        words(),
        words(),
        any::<i64>(),
        any::<i64>(),
        prop::sample::select(&Format::ALL[..]),
        "[0-9a-f]{64}",
    );
    let addenda = prop::collection::vec((any::<[u8; 16]>(), words(), any::<i64>(), words()), 0..3);
    prop::collection::btree_map(any::<[u8; 16]>(), (head, body, addenda), 0..4).prop_map(|notes| {
        notes
            .into_iter()
            .map(|(id, (head, body, addenda))| {
                let note = Note {
                    id: Id::from_bytes(id),
                    client: head.0,
                    author: head.1,
                    session_at: Millis(head.2),
                    approved_at: Millis(head.3),
                    format: head.4,
                    sections: body.0,
                    facts: body.1,
                    risk: body
                        .2
                        .into_iter()
                        .map(|(risk, facts)| RiskLine {
                            topic: risk.topic,
                            state: risk.state,
                            facts,
                        })
                        .collect(),
                    left_out: body.3.into_iter().map(|(fact, why)| LeftOut { fact, why }).collect(),
                    content_hash: head.5,
                };
                let addenda = addenda
                    .into_iter()
                    .map(|(id, author, at, text)| Addendum {
                        id: Id::from_bytes(id),
                        note: note.id,
                        author,
                        written_at: Millis(at),
                        text,
                    })
                    .collect();
                (note, addenda)
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_was_exported_comes_back_exactly(notes in notes()) {
        prop_assert_eq!(read_json(&json(&notes), as_stated), Ok(notes));
    }

    #[test]
    fn arbitrary_text_is_refused_and_never_panics(text in any::<String>()) {
        prop_assert!(read_json(&text, as_stated).is_err());
    }

    #[test]
    fn a_file_cut_short_is_refused(cut in 0usize..2000) {
        let whole = json(&[samples::note()]);
        let cut = cut % (whole.trim_end().len());
        if whole.is_char_boundary(cut) {
            let refused = read_json(&whole[..cut], as_stated);
            if cut < 20 {
                prop_assert_eq!(refused, Err(ImportError::NotAnExport));
            } else if cut > 40 {
                let is_malformed = matches!(refused, Err(ImportError::Malformed { .. }));
                prop_assert!(is_malformed);
            }
        }
    }
}

#[test]
fn the_format_of_version_1_stands() {
    insta::assert_snapshot!(json(&[samples::note()]));
}

/// The same file is read by `script/read-export`, which knows nothing of this code.
#[test]
fn a_signed_export_of_version_1_is_read_for_ever() {
    let (mut note, addenda) = samples::note();
    note.content_hash = crate::note::hash::content_hash(&note);
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/export_v1.json");
    let made = json(&[(note.clone(), addenda.clone())]);
    if std::env::var_os("AFTERWORD_WRITE_VECTORS").is_some() {
        std::fs::write(&path, &made).expect("the folder is there");
    }
    let stored = std::fs::read_to_string(path).expect("the vector is there");
    assert_eq!(
        read_json(&stored, crate::note::hash::content_hash),
        Ok(vec![(note, addenda)])
    );
    assert_eq!(stored, made);
}

#[test]
fn a_newer_export_is_refused_by_its_version() {
    let newer = json(&[samples::note()]).replace("\"version\": 1", "\"version\": 2");
    assert_eq!(read_json(&newer, as_stated), Err(ImportError::Newer { version: 2 }));
    assert_eq!(
        read_json(r#"{"format":"afterword-export","version":7,"unheard":{}}"#, as_stated),
        Err(ImportError::Newer { version: 7 })
    );
}

#[test]
fn other_files_are_refused() {
    for text in [
        "",
        "{}",
        "[]",
        "null",
        r#"{"format":"other","version":1}"#,
        r#"{"format":"afterword-export","version":0}"#,
    ] {
        assert_eq!(read_json(text, as_stated), Err(ImportError::NotAnExport));
    }
}

#[test]
fn a_note_that_does_not_match_its_hash_is_named() {
    let (note, addenda) = samples::note();
    let id = note.id;
    let text = json(&[(note, addenda)]);
    assert_eq!(
        read_json(&text, |_| "00".repeat(32)),
        Err(ImportError::Changed { note: id })
    );
}

#[test]
fn an_unknown_field_is_refused_rather_than_dropped_and_the_error_holds_no_words() {
    let text = json(&[samples::note()]).replace("\"client\"", "\"marigold\"");
    let refused = read_json(&text, as_stated).expect_err("an unknown field");
    assert!(matches!(refused, ImportError::Malformed { line: 7, .. }), "{refused}");
    assert!(!format!("{refused} {refused:?}").contains("marigold"));
}

#[test]
fn a_note_that_stands_twice_and_a_bad_name_are_refused() {
    let twice = json(&[samples::note(), samples::note()]);
    assert_eq!(
        read_json(&twice, as_stated),
        Err(ImportError::Twice {
            note: samples::note().0.id
        })
    );
    let bad = json(&[samples::note()]).replace(&"07".repeat(16), "seven");
    assert_eq!(read_json(&bad, as_stated), Err(ImportError::BadId { number: 1 }));
}
