//! Edits move words with their sources, and every one of them can be taken back.

use super::*;
use crate::note::draft::Section;

fn sentence(text: &str, fact: u32) -> Sentence {
    Sentence {
        text: text.into(),
        facts: vec![fact],
        rule: String::new(),
        edited: false,
    }
}

fn draft() -> Draft {
    let section = |key: &str, sentences| Section {
        key: key.into(),
        title: key.into(),
        sentences,
    };
    Draft {
        sections: vec![
            section("subjective", vec![sentence("a", 0), sentence("b", 1)]),
            section("plan", vec![sentence("c", 2)]),
        ],
        ..Draft::default()
    }
}

fn texts(draft: &Draft) -> Vec<Vec<&str>> {
    draft
        .sections
        .iter()
        .map(|s| s.sentences.iter().map(|x| x.text.as_str()).collect())
        .collect()
}

#[test]
fn a_sentence_moves_with_its_source() {
    let moved = edited(
        &draft(),
        &Edit::Move {
            section: 0,
            sentence: 0,
            to_section: 1,
            to_sentence: 9,
        },
    )
    .unwrap();
    assert_eq!(texts(&moved), [vec!["b"], vec!["c", "a"]]);
    assert_eq!(moved.sections[1].sentences[1].facts, [0]);
    assert_eq!(
        edited(
            &draft(),
            &Edit::Move {
                section: 0,
                sentence: 0,
                to_section: 7,
                to_sentence: 0
            }
        ),
        None
    );
    assert_eq!(
        edited(
            &draft(),
            &Edit::Move {
                section: 0,
                sentence: 9,
                to_section: 1,
                to_sentence: 0
            }
        ),
        None
    );
}

#[test]
fn what_is_removed_is_listed_as_left_out() {
    let after = edited(
        &draft(),
        &Edit::Sentence {
            section: 0,
            sentence: 1,
            text: "  ".into(),
        },
    )
    .unwrap();
    assert_eq!(texts(&after), [vec!["a"], vec!["c"]]);
    assert_eq!((after.left_out[0].fact, after.left_out[0].why.as_str()), (1, "removed"));
}

#[test]
fn undo_and_redo_give_back_exactly_what_was() {
    let mut review = Review {
        draft: draft(),
        ..Review::default()
    };
    let edits = [
        Edit::Sentence {
            section: 0,
            sentence: 0,
            text: "ä 🌿".into(),
        },
        Edit::Add {
            section: 1,
            text: "d".into(),
        },
        Edit::Remove {
            section: 0,
            sentence: 1,
        },
    ];
    let mut states = vec![review.draft.clone()];
    for edit in &edits {
        let next = edited(&review.draft, edit).unwrap();
        take(&mut review, edit.act(), next);
        states.push(review.draft.clone());
    }
    for state in states.iter().rev().skip(1) {
        assert!(step_back(&mut review, false));
        assert_eq!(&review.draft, state);
    }
    assert!(!step_back(&mut review, false));
    for state in states.iter().skip(1) {
        assert!(step_back(&mut review, true));
        assert_eq!(&review.draft, state);
    }
    assert!(!step_back(&mut review, true));
}

#[test]
fn a_new_edit_ends_what_could_be_redone() {
    let mut review = Review {
        draft: draft(),
        ..Review::default()
    };
    take(&mut review, "edit", Draft::default());
    step_back(&mut review, false);
    take(&mut review, "edit", Draft::default());
    assert!(!step_back(&mut review, true));
}
