//! The tagger against vectors that the training code wrote with the same weights, and against texts that nobody should send.

use std::time::Instant;

use super::{EMBEDDED, Role, TaggedClause, Tagger, TaggerError};

const VECTORS: &str = include_str!("../model/vectors.jsonl");
const TOLERANCE: f64 = 1e-3;

fn near(have: &[f32], want: &serde_json::Value) -> bool {
    let Some(want) = want.as_array() else { return true };
    have.len() == want.len()
        && have
            .iter()
            .zip(want)
            .all(|(h, w)| (f64::from(*h) - w.as_f64().unwrap()).abs() < TOLERANCE)
}

#[test]
fn the_tagger_says_what_the_training_code_says() {
    let tagger = Tagger::embedded();
    for line in VECTORS.lines() {
        let vector: serde_json::Value = serde_json::from_str(line).unwrap();
        let times = usize::try_from(vector["times"].as_u64().unwrap()).unwrap();
        let text = vector["text"].as_str().unwrap().repeat(times);
        let (have, want) = (tagger.tag(&text), vector["clauses"].as_array().unwrap());
        assert_eq!(have.len(), want.len(), "{text:.200}");
        for (h, w) in have.iter().zip(want) {
            let place = (Some(h.start as u64), Some(h.end as u64), Some(h.role.key()));
            assert_eq!(
                place,
                (w["start"].as_u64(), w["end"].as_u64(), w["role"].as_str()),
                "{text:.200}"
            );
            assert!(
                (f64::from(h.p_risk) - w["p_risk"].as_f64().unwrap()).abs() < TOLERANCE,
                "{h:?} {w}"
            );
            assert!(near(&h.role_probs, &w["roles"]), "{h:?} {w}");
            assert!(near(&h.risk_state_probs, &w["states"]), "{h:?} {w}");
            assert!(near(&h.topic_probs, &w["topics"]), "{h:?} {w}");
        }
    }
}

#[test]
fn clauses_lie_in_order_on_character_boundaries() {
    let tagger = Tagger::embedded();
    let odd = "\u{301}x\u{0}\u{1f469}\u{200d}\u{1f467}. ''' ,, 1:2:3.. \u{feff}\r\n\u{2028}é’s don’’t \u{10ffff}";
    for text in [
        odd,
        &odd.repeat(300),
        "\u{0}\u{1}\u{2}",
        "''''",
        "a.b:c",
        "....",
        "9.9.9.",
        &"a".repeat(100_000),
    ] {
        assert_well_formed(text, &tagger.tag(text));
    }
}

#[test]
fn a_text_of_five_million_bytes_is_cut_without_being_read_to_the_end() {
    let text = "he said it was fine 😀 ".repeat(208_000);
    let clauses = Tagger::embedded().tag(&text);
    assert_well_formed(&text, &clauses);
    assert!(clauses.last().unwrap().confidence.abs() < f32::EPSILON);
}

fn assert_well_formed(text: &str, clauses: &[TaggedClause]) {
    let mut at = 0;
    for clause in clauses {
        assert!(at <= clause.start && clause.start < clause.end);
        assert!(text.get(clause.start..clause.end).is_some());
        assert!(clause.p_risk.is_finite() && clause.role_probs.iter().all(|p| p.is_finite()));
        at = clause.end;
    }
}

#[test]
fn damaged_weights_are_refused() {
    assert_eq!(Tagger::from_bytes(b"").unwrap_err(), TaggerError::Format);
    assert_eq!(Tagger::from_bytes(&EMBEDDED[1..]).unwrap_err(), TaggerError::Format);
    assert_eq!(
        Tagger::from_bytes(&EMBEDDED[..EMBEDDED.len() - 1]).unwrap_err(),
        TaggerError::Length
    );
    let mut longer = EMBEDDED.to_vec();
    longer.push(0);
    assert_eq!(Tagger::from_bytes(&longer).unwrap_err(), TaggerError::Length);
    for size in 0..6 {
        let mut other = EMBEDDED.to_vec();
        other[8 + 4 * size..12 + 4 * size].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(Tagger::from_bytes(&other).unwrap_err(), TaggerError::Shape);
    }
}

#[test]
fn keys_of_roles_are_their_serialised_names() {
    for role in Role::ALL {
        assert_eq!(serde_json::to_string(&role).unwrap(), format!("\"{}\"", role.key()));
    }
}

/// Printed, not asserted: a shared machine's clock proves nothing. Run with `--release -- --ignored --nocapture`.
#[test]
#[ignore = "measures"]
fn milliseconds_for_250_words() {
    let tagger = Tagger::embedded();
    let text = "she slept badly again, and we went over the diary. ".repeat(25);
    let mut times: Vec<f64> = (0..50)
        .map(|_| {
            let began = Instant::now();
            assert!(!tagger.tag(&text).is_empty());
            began.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    eprintln!("min {:.1} median {:.1} ms", times[0], times[25]);
}
