//! What holds for every summary: nothing lost, nothing added, nothing changed that counts.

use super::*;

#[test]
fn over_the_whole_corpus_nothing_is_lost_and_no_number_negation_or_slur_comes_in() {
    let (summaries, drafter) = labelled();
    let slurs = |text: &str| {
        let text = text.to_lowercase();
        STIGMATISING.map(|stem| text.matches(stem).count())
    };
    for (at, summary) in summaries.iter().enumerate() {
        let format = Format::ALL[at % Format::ALL.len()];
        let DraftAnswer::Drafted { draft, .. } = drafter.draft(summary, &prefs(format)) else {
            continue;
        };
        assert_nothing_lost(&draft);
        for fact in &draft.facts {
            let words: String = summary
                .chars()
                .skip(fact.start as usize)
                .take((fact.end - fact.start) as usize)
                .collect();
            assert_eq!(words, fact.text.as_str());
        }
        for sentence in draft.sections.iter().flat_map(|s| &s.sentences) {
            let source = sources(&draft, sentence);
            assert_eq!(
                check::negations(sentence.text.as_str()),
                check::negations(&source),
                "{source}"
            );
            assert_eq!(
                check::numbers(sentence.text.as_str()),
                check::numbers(&source),
                "{source}"
            );
            let (written, said) = (slurs(sentence.text.as_str()), slurs(&source));
            assert!(
                written.iter().zip(said).all(|(written, said)| *written <= said),
                "{source}"
            );
        }
    }
}

/// Beginnings of words that judge a client, after "Words Matter" (National Institute on Drug Abuse, 2021) and the style rule
/// that nobody "admits" or "claims": a draft may repeat them, never bring them in.
const STIGMATISING: [&str; 24] = [
    "admit",
    "claim",
    "alleg",
    "addict",
    "abuser",
    "junkie",
    "alcoholic",
    "noncomplian",
    "non-complian",
    "manipulat",
    "attention-seek",
    "attention seek",
    "drug-seek",
    "drug seek",
    "refus",
    "insist",
    "complain",
    "fail",
    "dirty",
    "crazy",
    "hyster",
    "committed suicide",
    "commit suicide",
    "psycho ",
];

#[test]
fn another_format_files_the_same_facts_and_back_again_reads_the_same() {
    let (summaries, drafter) = labelled();
    for summary in summaries.iter().step_by(9) {
        let DraftAnswer::Drafted { draft: first, .. } = drafter.draft(summary, &prefs(Format::Soap)) else {
            continue;
        };
        let mut draft = first.clone();
        for format in [
            Format::Dap,
            Format::Girp,
            Format::Narrative,
            Format::Pirp,
            Format::Birp,
            Format::Soap,
        ] {
            draft = drafted(drafter.refile(draft, format, &prefs(format))).0;
            assert_nothing_lost(&draft);
            assert_eq!((draft.format, &draft.risk), (format, &first.risk));
        }
        assert_eq!(draft, first);
    }
}

#[test]
fn the_strip_names_every_topic_of_a_clause() {
    use RiskState::{Denied, NotAssessed, Stated};
    use RiskTopic::{Hi, Other, SelfHarm, Si};
    for (said, wanted) in [
        ("No SI/HI", &[(Si, Denied), (Hi, Denied)][..]),
        (
            "denies si hi or self-harm",
            &[(Si, Denied), (Hi, Denied), (SelfHarm, Denied)],
        ),
        (
            "denies SI but cut herself on Tuesday",
            &[(Si, Denied), (SelfHarm, Stated)],
        ),
        ("did not get to risk", &[(Other, NotAssessed)]),
    ] {
        let (summary, drafter) = by_hand(&format!("report:she is low|risk:{said}"));
        let (draft, _) = drafted(drafter.draft(&summary, &prefs(Format::Soap)));
        let strip: Vec<_> = draft.risk.iter().map(|line| (line.topic, line.state)).collect();
        assert_eq!(strip, wanted, "{said}");
    }
}

#[test]
fn risk_is_the_same_at_every_level_of_detail_and_in_every_format() {
    let (summaries, drafter) = labelled();
    for summary in summaries.iter().step_by(5) {
        let mut seen: Vec<Vec<String>> = Vec::new();
        for detail in [Detail::Concise, Detail::Intermediate, Detail::Detailed] {
            for format in [Format::Soap, Format::Narrative] {
                let wanted = Preferences {
                    detail,
                    instructions: "No abbreviations".into(),
                    ..prefs(format)
                };
                let DraftAnswer::Drafted { draft, .. } = drafter.draft(summary, &wanted) else {
                    continue;
                };
                let mut risky: Vec<String> = draft
                    .sections
                    .iter()
                    .flat_map(|s| &s.sentences)
                    .filter(|s| s.facts.iter().any(|f| draft.facts[*f as usize].risk.is_some()))
                    .map(|s| s.text.as_str().to_owned())
                    .collect();
                risky.sort();
                seen.push(risky);
            }
        }
        assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:?}");
    }
}

#[test]
fn nothing_clinical_appears_that_was_not_said() {
    const NEVER: [&str; 22] = [
        "diagnos",
        "disorder",
        "f32",
        "f33",
        "f41",
        "f43",
        "severe",
        "mild",
        "moderate",
        "prognosis",
        "denied",
        "denies",
        "oriented",
        "euthymic",
        "insight",
        "because of",
        "due to",
        "caused",
        "low risk",
        "high risk",
        "suicid",
        "progress",
    ];
    let (summaries, drafter) = labelled();
    for summary in summaries.iter().step_by(3) {
        let DraftAnswer::Drafted { draft, .. } = drafter.draft(summary, &prefs(Format::Dap)) else {
            continue;
        };
        let (said, written) = (summary.to_lowercase(), whole(&draft).to_lowercase());
        for word in NEVER {
            let heard = said.contains(word)
                || word == "denied"
                    && (said.contains("denies")
                        || said.contains("deny")
                        || said.contains("denise")
                        || said.contains("den eyes"));
            let heard = heard
                || word == "denies" && said.contains("denise")
                || word == "diagnos" && said.contains("dx")
                || word == "suicid" && said.contains("sue ");
            assert!(heard || !written.contains(word), "{word}: {written}");
        }
    }
}

#[test]
fn names_and_pronouns_change_nothing_but_themselves() {
    let template = "NAME says HE has been sleeping badly since the move. NAME denied SI. We practiced paced breathing. HE was tearful at first, then calmer. \
                    See NAME next Tuesday.";
    let write = |name: &str, he: &str, cap: &str| {
        template
            .replace("NAME", name)
            .replace(". HE", &format!(". {cap}"))
            .replace("HE", he)
    };
    let shape = |text: &str, name: &str, he: &str, cap: &str| {
        let (draft, _) = drafted(model().draft(text, &prefs(Format::Soap)));
        let facts: Vec<(Role, Option<Risk>)> = draft.facts.iter().map(|f| (f.role, f.risk)).collect();
        let words = draft
            .sections
            .iter()
            .flat_map(|s| &s.sentences)
            .map(|s| s.text.as_str().replace(name, "NAME"))
            .collect::<Vec<_>>()
            .join(" ");
        (
            facts,
            words
                .replace(&format!(". {cap} "), ". HE ")
                .replace(&format!(" {he} "), " HE "),
        )
    };
    let base = shape(&write("Maria", "she", "She"), "Maria", "she", "She");
    for (name, he, cap) in [
        ("Dwayne", "he", "He"),
        ("Nguyen", "she", "She"),
        ("Fatima", "he", "He"),
        ("Oluwaseun", "she", "She"),
    ] {
        assert_eq!(shape(&write(name, he, cap), name, he, cap), base, "{name}");
    }
}

mod any_text {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn any_text_at_all_is_drafted_or_refused_and_nothing_is_lost(text in "(\\PC|[ \n\t\u{202e}\u{0}'\"“,.;:]|no wait |scratch that |said |i |not |14 |private note |🙂){0,80}") {
            for format in [Format::Soap, Format::Narrative] {
                if let DraftAnswer::Drafted { draft, .. } = model().draft(&text, &prefs(format)) {
                    assert_nothing_lost(&draft);
                }
            }
        }
    }
}
