//! The same facts in another format, or with one fact called something else. The summary is not needed; sentences a person typed
//! or changed stay as they are.

use super::{
    file,
    lay::{self, Manner, Plan},
    risk,
};
use crate::note::draft::{Draft, Fact, LeftOut, Role, Sentence};

/// Reasons that a layout decides anew.
const DECIDED: [&str; 3] = ["admin", "duplicate", "detail"];

/// Lays a draft out anew.
pub(super) fn refile(draft: Draft, manner: &Manner) -> Draft {
    let mut units: Vec<Vec<u32>> = Vec::new();
    let mut kept: Vec<(String, Sentence)> = Vec::new();
    let mut seen = vec![false; draft.facts.len()];
    for section in &draft.sections {
        for sentence in &section.sentences {
            for fact in &sentence.facts {
                if let Some(slot) = seen.get_mut(*fact as usize) {
                    *slot = true;
                }
            }
            if sentence.edited || sentence.facts.is_empty() {
                kept.push((nearest(&draft.facts, sentence, &section.key, manner), sentence.clone()));
            } else {
                units.push(sentence.facts.clone());
            }
        }
    }
    let mut out = Vec::new();
    for left in draft.left_out {
        let Some(slot) = seen.get_mut(left.fact as usize) else {
            continue;
        };
        if *slot {
            continue;
        }
        *slot = true;
        if DECIDED.contains(&left.why.as_str()) {
            units.push(vec![left.fact]);
        } else {
            out.push(left);
        }
    }
    for (at, seen) in seen.iter().enumerate() {
        if !seen {
            out.push(LeftOut {
                fact: index(at),
                why: "removed".into(),
            });
        }
    }
    units.sort_by_key(|unit| unit.iter().copied().min());
    lay::lay(
        Plan {
            facts: draft.facts,
            units,
            out,
            kept,
        },
        manner,
    )
}

/// The section of the wanted format that a person's own sentence goes to.
fn nearest(facts: &[Fact], sentence: &Sentence, key: &str, manner: &Manner) -> String {
    let sections = file::sections(manner.format, manner.preferences.interventions);
    if sections.iter().any(|section| section.key == key) {
        return key.to_owned();
    }
    if let Some(fact) = sentence.facts.first().and_then(|i| facts.get(*i as usize)) {
        return file::section(
            fact,
            fact.text.as_str(),
            manner.format,
            manner.preferences.interventions,
        )
        .to_owned();
    }
    let role = match key {
        "objective" => Role::Observation,
        "assessment" => Role::Assessment,
        "plan" => Role::Plan,
        "intervention" => Role::Intervention,
        "response" => Role::Response,
        _ => Role::Report,
    };
    let fact = Fact {
        start: 0,
        end: 0,
        text: crate::note::Words::default(),
        role,
        confidence: 1.0,
        risk: None,
    };
    file::section(&fact, "", manner.format, manner.preferences.interventions).to_owned()
}

/// One fact called something else: only its own sentence moves.
pub(super) fn reassign(mut draft: Draft, fact: u32, role: Role, manner: &Manner) -> Draft {
    if draft.facts.get(fact as usize).is_none() {
        return draft;
    }
    let mut unit = vec![fact];
    let mut edited = None;
    for section in &mut draft.sections {
        if let Some(place) = section.sentences.iter().position(|s| s.facts.contains(&fact)) {
            let sentence = section.sentences.remove(place);
            unit.clone_from(&sentence.facts);
            edited = sentence.edited.then_some(sentence);
        }
    }
    draft.left_out.retain(|left| !unit.contains(&left.fact));
    for index in &unit {
        let fact = &mut draft.facts[*index as usize];
        fact.role = role;
        fact.confidence = 1.0;
        if role == Role::Risk {
            fact.risk = fact.risk.or_else(|| Some(risk::of_words(fact.text.as_str())));
        }
    }
    let why = match role {
        Role::Private => Some("private"),
        Role::Command => Some("command"),
        Role::Filler => Some("filler"),
        _ => None,
    };
    if let Some(why) = why {
        draft.left_out.extend(unit.iter().map(|fact| LeftOut {
            fact: *fact,
            why: why.into(),
        }));
        draft.left_out.sort_by_key(|left| left.fact);
    } else {
        let text = lay::compose(&draft.facts, &unit);
        let (key, mut sentence) = lay::one(&draft.facts, &unit, &text, (true, true), manner);
        if let Some(own) = edited {
            sentence.text = own.text;
            sentence.edited = true;
        }
        if let Some(section) = draft.sections.iter_mut().find(|section| section.key == key) {
            let first = unit[0];
            let place = section
                .sentences
                .iter()
                .position(|s| s.facts.first().copied().unwrap_or(u32::MAX) > first)
                .unwrap_or(section.sentences.len());
            section.sentences.insert(place, sentence);
        }
    }
    lay::finish(draft.format, draft.sections, draft.facts, draft.left_out)
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
