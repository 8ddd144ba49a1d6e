//! Whole cases: what a draft must hold and must never hold.

use super::*;

#[test]
fn the_seed_example_reads_as_promised_in_every_format() {
    let expected = [
        (Format::Soap, "subjective", "Client discussed work stress."),
        (
            Format::Soap,
            "objective",
            "Grounding techniques were practiced. Client appeared engaged and motivated.",
        ),
        (Format::Soap, "assessment", ""),
        (
            Format::Soap,
            "plan",
            "Journaling homework was assigned. Follow up on sleep next session.",
        ),
        (
            Format::Dap,
            "data",
            "Client discussed work stress. Grounding techniques were practiced. Client appeared engaged and motivated.",
        ),
        (
            Format::Dap,
            "plan",
            "Journaling homework was assigned. Follow up on sleep next session.",
        ),
        (Format::Birp, "intervention", "Grounding techniques were practiced."),
        (
            Format::Girp,
            "plan",
            "Journaling homework was assigned. Follow up on sleep next session.",
        ),
        (
            Format::Pirp,
            "problem",
            "Client discussed work stress. Client appeared engaged and motivated.",
        ),
        (
            Format::Narrative,
            "narrative",
            "Client discussed work stress. Grounding techniques were practiced. Journaling homework was assigned. Client appeared \
             engaged and motivated. Follow up on sleep next session.",
        ),
    ];
    for (format, key, text) in expected {
        let (draft, _) = drafted(model().draft(SEED, &prefs(format)));
        assert_eq!(section(&draft, key), text, "{format:?}");
        assert!(draft.not_mentioned.contains(&"risk".to_owned()));
        assert!(draft.risk.is_empty());
    }
}

#[test]
fn the_twelve_cases_hold_what_they_must_and_nothing_they_must_not() {
    let mut failures = Vec::new();
    for line in CASES.lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let id = case["id"].as_str().unwrap();
        let format = Format::parse(case["format"].as_str().unwrap()).unwrap();
        let mut summary = case["summary"].as_str().unwrap().to_owned();
        if case["expect"].get("mask").is_some() {
            summary = crate::drafting::mask::mask(&summary, &[]).text;
        }
        let answer = model().draft(&summary, &prefs(format));
        if id == "C10" {
            assert_eq!(answer, DraftAnswer::NothingToFile);
            continue;
        }
        let (draft, _) = drafted(answer);
        for forbidden in case["forbid"].as_array().unwrap() {
            let forbidden = forbidden.as_str().unwrap();
            let upper = forbidden.chars().all(char::is_uppercase);
            let text = if upper {
                whole(&draft)
            } else {
                whole(&draft).to_lowercase()
            };
            let found = if upper {
                text.split(|c: char| !c.is_alphanumeric()).any(|w| w == forbidden)
            } else {
                text.contains(&forbidden.to_lowercase())
            };
            if found {
                failures.push(format!("{id} holds {forbidden}: {}", whole(&draft)));
            }
        }
        for (key, wanted) in case["must"].as_object().unwrap() {
            let text = if key == "body" {
                whole(&draft)
            } else {
                section(&draft, &key.to_lowercase())
            }
            .to_lowercase();
            for want in wanted.as_array().unwrap() {
                let want = want.as_str().unwrap().to_lowercase();
                let number = check::number_word(&want).unwrap_or("-");
                if !want.split('|').any(|want| text.contains(want)) && !text.contains(number) {
                    failures.push(format!("{id} {key} lacks {want}: {text}"));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn labelled_sentences_go_where_clinicians_put_them() {
    let mut wrong = Vec::new();
    for line in SENTENCES.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let (id, text, kind) = (cells[0], cells[1].trim_matches('"'), cells[2]);
        let risk = |state| {
            Some(Risk {
                topic: RiskTopic::Si,
                state,
            })
        };
        let (role, risk) = match kind {
            "REPORT" | "QUOTE" | "HW_REVIEW" | "MED_RPT" | "COLLAT" => (Role::Report, None),
            "OBS" | "MEASURE" => (Role::Observation, None),
            "INTERV" => (Role::Intervention, None),
            "RESP" => (Role::Response, None),
            "ASSESS" | "PROGRESS" | "DX_STATED" => (Role::Assessment, None),
            "RISK_ACT" if text.starts_with("Did not") => (Role::Risk, risk(RiskState::NotAssessed)),
            "RISK_RPT" | "RISK_JUDGE" | "RISK_ACT" => (Role::Risk, risk(RiskState::Stated)),
            "PLAN" => (Role::Plan, None),
            _ => continue,
        };
        if cells.last().is_some_and(|tags| tags.contains("COMPOUND")) {
            continue;
        }
        let fact = Fact {
            start: 0,
            end: 0,
            text: text.into(),
            role,
            confidence: 1.0,
            risk,
        };
        for (format, cell) in Format::ALL.into_iter().zip(&cells[3..8]) {
            if cell.contains('+') || cell.starts_with('-') || cell.contains("HDR") {
                continue;
            }
            let key = file::section(&fact, text, format, InterventionPlacement::Objective);
            let letter = if key == "plan" && format != Format::Soap && format != Format::Dap {
                "PLAN"
            } else {
                &key[..1].to_uppercase()
            };
            if !cell.split('|').any(|want| want == letter) {
                wrong.push(format!("{id} {format:?} {key} not {cell}: {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_correction_stands_and_what_was_taken_back_is_listed() {
    let cases = [
        (
            "report:She argued with her mother on Saturday.|command:Scratch that,|report:it was her sister.",
            "She argued with her sister on Saturday.",
            "her mother",
        ),
        (
            "report:he slept in the den two nights no wait three nights",
            "He slept in the den three nights.",
            "two nights no wait",
        ),
        (
            "report:she she said no wait|report:he said he is better",
            "He said he is better.",
            "she she said",
        ),
        (
            "observation:phq nine is fourteen|command:scratch that|observation:twelve",
            "PHQ-9 is 12.",
            "fourteen",
        ),
        (
            "plan:we decided to go monthly|command:correction|plan:every three weeks",
            "Therapist and client decided to go every three weeks.",
            "monthly",
        ),
    ];
    for (cut, sentence, taken) in cases {
        let (summary, drafter) = by_hand(cut);
        let (draft, _) = drafted(drafter.draft(&summary, &prefs(Format::Narrative)));
        assert_eq!(whole(&draft), sentence);
        assert_nothing_lost(&draft);
        let left = draft.left_out.iter().find(|left| left.why == "corrected").unwrap();
        assert_eq!(draft.facts[left.fact as usize].text.as_str(), taken);
    }
}

#[test]
fn private_words_are_in_no_section_and_come_back_by_themselves() {
    let summary = "Client processed grief about her dad, tearful. Private note: I felt protective, take to supervision. Off the record, her \
                   boss is having an affair. Weekly continues.";
    for format in Format::ALL {
        let (draft, private) = drafted(model().draft(summary, &prefs(format)));
        let text = whole(&draft);
        assert!(
            ["protective", "supervision", "affair", "boss"]
                .iter()
                .all(|word| !text.contains(word)),
            "{text}"
        );
        let kept: String = private.iter().map(Words::as_str).collect();
        assert!(
            ["protective", "supervision", "affair"]
                .iter()
                .all(|word| kept.contains(word)),
            "{kept}"
        );
        let bare = super::super::without_private(draft);
        assert!(!serde_json::to_string(&bare).unwrap().contains("affair"));
    }
}

#[test]
fn silence_and_other_languages_make_no_draft() {
    assert_eq!(
        model().draft("Thank you for watching. you you you", &prefs(Format::Soap)),
        DraftAnswer::NothingToFile
    );
    assert_eq!(
        model().draft(" … 🙂 ", &prefs(Format::Soap)),
        DraftAnswer::NothingToFile
    );
    let spanish = "La clienta dijo que está muy cansada y que no duerme por las noches, pero la semana fue mejor.";
    assert_eq!(model().draft(spanish, &prefs(Format::Soap)), DraftAnswer::OtherLanguage);
}
