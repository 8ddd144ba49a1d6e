//! What a draft must and must never be, shown on the labelled corpus and on whole cases.

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
            clauses.push(clause(start, at, role, serde_json::from_value(label["risk"].clone()).unwrap()));
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
        other => panic!("no draft but {}", if other == DraftAnswer::NothingToFile { "nothing" } else { "a language" }),
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
    section.sentences.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn whole(draft: &Draft) -> String {
    draft.sections.iter().flat_map(|s| &s.sentences).map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ")
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
    sentence.facts.iter().map(|f| draft.facts[*f as usize].text.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_seed_example_reads_as_promised_in_every_format() {
    let expected = [
        (Format::Soap, "subjective", "Client discussed work stress."),
        (Format::Soap, "objective", "Grounding techniques were practiced. Client appeared engaged and motivated."),
        (Format::Soap, "assessment", ""),
        (Format::Soap, "plan", "Journaling homework was assigned. Follow up on sleep next session."),
        (Format::Dap, "data", "Client discussed work stress. Grounding techniques were practiced. Client appeared engaged and motivated."),
        (Format::Dap, "plan", "Journaling homework was assigned. Follow up on sleep next session."),
        (Format::Birp, "intervention", "Grounding techniques were practiced."),
        (Format::Girp, "plan", "Journaling homework was assigned. Follow up on sleep next session."),
        (Format::Pirp, "problem", "Client discussed work stress. Client appeared engaged and motivated."),
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
        if id == "C09" {
            continue; // identifiers: see `mask`
        }
        let answer = model().draft(case["summary"].as_str().unwrap(), &prefs(format));
        if id == "C10" {
            assert_eq!(answer, DraftAnswer::NothingToFile);
            continue;
        }
        let (draft, _) = drafted(answer);
        for forbidden in case["forbid"].as_array().unwrap() {
            let forbidden = forbidden.as_str().unwrap();
            let upper = forbidden.chars().all(char::is_uppercase);
            let text = if upper { whole(&draft) } else { whole(&draft).to_lowercase() };
            let found = if upper { text.split(|c: char| !c.is_alphanumeric()).any(|w| w == forbidden) } else { text.contains(&forbidden.to_lowercase()) };
            if found {
                failures.push(format!("{id} holds {forbidden}: {}", whole(&draft)));
            }
        }
        for (key, wanted) in case["must"].as_object().unwrap() {
            let text = if key == "body" { whole(&draft) } else { section(&draft, &key.to_lowercase()) }.to_lowercase();
            for want in wanted.as_array().unwrap() {
                let want = want.as_str().unwrap().to_lowercase();
                let number = check::number_word(&want).unwrap_or("-");
                if !text.contains(&want) && !text.contains(number) {
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
        let risk = |state| Some(Risk { topic: RiskTopic::Si, state });
        let (role, risk) = match kind {
            "REPORT" | "QUOTE" | "HW_REVIEW" | "MED_RPT" | "COLLAT" => (Role::Report, None),
            "OBS" | "MEASURE" => (Role::Observation, None),
            "INTERV" => (Role::Intervention, None),
            "RESP" => (Role::Response, None),
            "ASSESS" | "PROGRESS" | "DX_STATED" => (Role::Assessment, None),
            "RISK_RPT" | "RISK_JUDGE" => (Role::Risk, risk(RiskState::Stated)),
            "RISK_ACT" if text.starts_with("Did not") => (Role::Risk, risk(RiskState::NotAssessed)),
            "RISK_ACT" => (Role::Risk, risk(RiskState::Stated)),
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
            let letter = if key == "plan" && format != Format::Soap && format != Format::Dap { "PLAN" } else { &key[..1].to_uppercase() };
            if !cell.split('|').any(|want| want == letter) {
                wrong.push(format!("{id} {format:?} {key} not {cell}: {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn over_the_whole_corpus_nothing_is_lost_and_no_number_or_negation_changes() {
    let (summaries, drafter) = labelled();
    for (at, summary) in summaries.iter().enumerate() {
        let format = Format::ALL[at % Format::ALL.len()];
        let DraftAnswer::Drafted { draft, .. } = drafter.draft(summary, &prefs(format)) else { continue };
        assert_nothing_lost(&draft);
        for fact in &draft.facts {
            let words: String = summary.chars().skip(fact.start as usize).take((fact.end - fact.start) as usize).collect();
            assert_eq!(words, fact.text.as_str());
        }
        for sentence in draft.sections.iter().flat_map(|s| &s.sentences) {
            let source = sources(&draft, sentence);
            assert_eq!(check::negations(sentence.text.as_str()), check::negations(&source), "{source}");
            assert_eq!(check::numbers(sentence.text.as_str()), check::numbers(&source), "{source}");
        }
    }
}

#[test]
fn another_format_files_the_same_facts_and_back_again_reads_the_same() {
    let (summaries, drafter) = labelled();
    for summary in summaries.iter().step_by(9) {
        let DraftAnswer::Drafted { draft: first, .. } = drafter.draft(summary, &prefs(Format::Soap)) else { continue };
        let mut draft = first.clone();
        for format in [Format::Dap, Format::Girp, Format::Narrative, Format::Pirp, Format::Birp, Format::Soap] {
            draft = drafted(drafter.refile(draft, format, &prefs(format))).0;
            assert_nothing_lost(&draft);
            assert_eq!((draft.format, &draft.risk), (format, &first.risk));
        }
        assert_eq!(draft, first);
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
                let DraftAnswer::Drafted { draft, .. } = drafter.draft(summary, &wanted) else { continue };
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
        "diagnos", "disorder", "f32", "f33", "f41", "f43", "severe", "mild", "moderate", "prognosis", "denied", "denies", "oriented", "euthymic", "insight",
        "because of", "due to", "caused", "low risk", "high risk", "suicid", "progress",
    ];
    let (summaries, drafter) = labelled();
    for summary in summaries.iter().step_by(3) {
        let DraftAnswer::Drafted { draft, .. } = drafter.draft(summary, &prefs(Format::Dap)) else { continue };
        let (said, written) = (summary.to_lowercase(), whole(&draft).to_lowercase());
        for word in NEVER {
            let heard = said.contains(word) || word == "denied" && (said.contains("denies") || said.contains("deny") || said.contains("denise") || said.contains("den eyes"));
            let heard = heard || word == "denies" && said.contains("denise") || word == "diagnos" && said.contains("dx") || word == "suicid" && said.contains("sue ");
            assert!(heard || !written.contains(word), "{word}: {written}");
        }
    }
}

#[test]
fn a_correction_stands_and_what_was_taken_back_is_listed() {
    let cases = [
        ("report:She argued with her mother on Saturday.|command:Scratch that,|report:it was her sister.", "She argued with her sister on Saturday.", "her mother"),
        ("report:he slept in the den two nights no wait three nights", "He slept in the den three nights.", "two nights no wait"),
        ("observation:phq nine is fourteen|command:scratch that|observation:twelve", "PHQ-9 is 12.", "fourteen"),
        ("plan:we decided to go monthly|command:correction|plan:every three weeks", "Therapist and client decided to go every three weeks.", "monthly"),
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
        assert!(["protective", "supervision", "affair", "boss"].iter().all(|word| !text.contains(word)), "{text}");
        let kept: String = private.iter().map(Words::as_str).collect();
        assert!(["protective", "supervision", "affair"].iter().all(|word| kept.contains(word)), "{kept}");
        let bare = super::without_private(draft);
        assert!(!serde_json::to_string(&bare).unwrap().contains("affair"));
    }
}

#[test]
fn names_and_pronouns_change_nothing_but_themselves() {
    let template = "NAME says HE has been sleeping badly since the move. NAME denied SI. We practiced paced breathing. HE was tearful at first, then calmer. \
                    See NAME next Tuesday.";
    let write = |name: &str, he: &str, cap: &str| template.replace("NAME", name).replace(". HE", &format!(". {cap}")).replace("HE", he);
    let shape = |text: &str, name: &str, he: &str, cap: &str| {
        let (draft, _) = drafted(model().draft(text, &prefs(Format::Soap)));
        let facts: Vec<(Role, Option<Risk>)> = draft.facts.iter().map(|f| (f.role, f.risk)).collect();
        let words = draft.sections.iter().flat_map(|s| &s.sentences).map(|s| s.text.as_str().replace(name, "NAME")).collect::<Vec<_>>().join(" ");
        (facts, words.replace(&format!(". {cap} "), ". HE ").replace(&format!(" {he} "), " HE "))
    };
    let base = shape(&write("Maria", "she", "She"), "Maria", "she", "She");
    for (name, he, cap) in [("Dwayne", "he", "He"), ("Nguyen", "she", "She"), ("Fatima", "he", "He"), ("Oluwaseun", "she", "She")] {
        assert_eq!(shape(&write(name, he, cap), name, he, cap), base, "{name}");
    }
}

#[test]
fn preferences_change_wording_and_never_a_quotation() {
    let (summary, drafter) = by_hand("report:ct reports low energy|report:she said \"I am the client here\"|intervention:I validated this w/ her|report:she is tired");
    let wanted = Preferences {
        client_term: "patient".into(),
        clinician_term: "clinician".into(),
        pronouns: Pronouns::They,
        ..prefs(Format::Narrative)
    };
    let (draft, _) = drafted(drafter.draft(&summary, &wanted));
    assert_eq!(
        whole(&draft),
        "Patient reported low energy. They said \"I am the client here\". Clinician validated this with her. They are tired."
    );
    let wanted = Preferences {
        pronouns: Pronouns::None,
        instructions: "use 'Pt'\nkeep abbreviations".into(),
        ..prefs(Format::Narrative)
    };
    let (draft, _) = drafted(drafter.draft(&summary, &wanted));
    assert_eq!(whole(&draft), "Pt reported low energy. Pt said \"I am the client here\". Therapist validated this w/ her. Pt is tired.");
}

#[test]
fn concise_leaves_asides_out_and_lists_them() {
    let aside = "|report:the neighbour apparently painted the fence and everybody on the street came to look at it";
    let cut = format!(
        "report:she is low|report:sleeping 4 hours|report:no panic attacks|risk:denies SI{}|plan:see her Tuesday",
        aside.repeat(1) + &"|report:she told a long story about the garden and the shed and the cat and the rain and the road to the sea".repeat(9)
    );
    let (summary, drafter) = by_hand(&cut);
    let wanted = Preferences {
        detail: Detail::Concise,
        ..prefs(Format::Soap)
    };
    let (draft, _) = drafted(drafter.draft(&summary, &wanted));
    let text = whole(&draft);
    assert!(["4 hours", "No panic attacks", "Denied SI", "See her Tuesday"].iter().all(|kept| text.contains(kept)), "{text}");
    assert!(!text.contains("fence"));
    assert!(draft.left_out.iter().any(|left| left.why == "detail"));
    assert_nothing_lost(&draft);
}

#[test]
fn a_person_can_say_what_a_fact_is_and_keeps_their_own_words() {
    let (summary, drafter) = by_hand("report:she is low|observation:flat affect|plan:see her Tuesday");
    let (mut draft, _) = drafted(drafter.draft(&summary, &prefs(Format::Soap)));
    draft.sections[3].sentences[0].text = "Weekly, Tuesdays.".into();
    draft.sections[3].sentences[0].edited = true;
    let (draft, _) = drafted(drafter.reassign(draft, 0, Role::Assessment, &prefs(Format::Soap)));
    assert_eq!((section(&draft, "subjective"), section(&draft, "assessment")), (String::new(), "She is low.".into()));
    assert_eq!((draft.facts[0].confidence, draft.facts[0].role), (1.0, Role::Assessment));
    let (draft, _) = drafted(drafter.refile(draft, Format::Birp, &prefs(Format::Birp)));
    assert_eq!(section(&draft, "plan"), "Weekly, Tuesdays.");
    let (draft, private) = drafted(drafter.reassign(draft, 1, Role::Private, &prefs(Format::Birp)));
    assert!(!whole(&draft).contains("affect"));
    assert_eq!(private, vec![Words::from("flat affect")]);
}

#[test]
fn interventions_stand_where_the_clinician_wants_them() {
    let (summary, drafter) = by_hand("report:she is low|intervention:reviewed the safety steps");
    for (placement, key) in [
        (InterventionPlacement::Objective, "objective"),
        (InterventionPlacement::OwnHeading, "intervention"),
        (InterventionPlacement::Assessment, "assessment"),
        (InterventionPlacement::Plan, "plan"),
    ] {
        let wanted = Preferences {
            interventions: placement,
            ..prefs(Format::Soap)
        };
        let (draft, _) = drafted(drafter.draft(&summary, &wanted));
        assert_eq!(section(&draft, key), "The safety steps were reviewed.");
    }
}

#[test]
fn silence_and_other_languages_make_no_draft() {
    assert_eq!(model().draft("Thank you for watching. you you you", &prefs(Format::Soap)), DraftAnswer::NothingToFile);
    assert_eq!(model().draft(" … 🙂 ", &prefs(Format::Soap)), DraftAnswer::NothingToFile);
    let spanish = "La clienta dijo que está muy cansada y que no duerme por las noches, pero la semana fue mejor.";
    assert_eq!(model().draft(spanish, &prefs(Format::Soap)), DraftAnswer::OtherLanguage);
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
