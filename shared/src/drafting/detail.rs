//! Concise drafts: asides go until about 150 words are left. Never what is about risk, the plan, homework, medication, judgement,
//! numbers or negation; what goes is listed.

use super::{
    lay::weighty,
    words::{Line, pattern},
};
use crate::note::draft::{Fact, Role};

/// Words of a concise draft: the middle of the 120 to 170 that clinicians aim at.
const WORDS: usize = 150;
/// Facts of each role that always stay.
const STAY: usize = 2;

/// Marks units to be left out for detail.
pub(super) fn concise(facts: &[Fact], units: &[Vec<u32>], texts: &[String], reasons: &mut [Option<&'static str>]) {
    let count = |text: &str| Line::read(text).words.len();
    let mut total: usize = (0..units.len())
        .filter(|&at| reasons[at].is_none())
        .map(|at| count(&texts[at]))
        .sum();
    let mut candidates: Vec<(i32, usize)> = Vec::new();
    let mut kept = [0_usize; Role::ALL.len()];
    for (at, unit) in units.iter().enumerate() {
        let of = || unit.iter().map(|i| &facts[*i as usize]);
        let Some(fact) = of().next() else { continue };
        if reasons[at].is_some() {
            continue;
        }
        let place = Role::ALL.iter().position(|role| *role == fact.role).unwrap_or(0);
        kept[place] += 1;
        let aside = aside(&texts[at]);
        let free = matches!(
            fact.role,
            Role::Report | Role::Observation | Role::Response | Role::Admin | Role::Intervention
        ) && of().all(|f| f.risk.is_none() && f.role != Role::Risk);
        if free && !weighty(&texts[at]) && !needed(&texts[at]) && (kept[place] > STAY || aside > 2) {
            let role = match fact.role {
                Role::Admin => 4,
                Role::Report => 1,
                Role::Observation | Role::Response => 0,
                _ => -3,
            };
            candidates.push((aside + role, at));
        }
    }
    candidates.sort_by_key(|(score, at)| (-score, std::cmp::Reverse(*at)));
    for (score, at) in candidates {
        if total <= WORDS && score < 3 {
            break;
        }
        reasons[at] = Some("detail");
        total = total.saturating_sub(count(&texts[at]));
    }
}

fn aside(text: &str) -> i32 {
    let words = Line::read(text).words;
    let says = |text: &'static str| pattern(text).find(&words).is_some();
    i32::from(says("by the way") || says("apparently|incidentally|funny|joked|anyway")) * 3
        + i32::from(text.trim_start().starts_with('(')) * 2
        + i32::from(words.iter().any(|w| w.quoted))
        + i32::from(words.len() > 14)
}

/// Homework and medication stay whatever the length.
fn needed(text: &str) -> bool {
    let words = Line::read(text).words;
    pattern("homework|hw|diary|log|worksheet|assigned|meds|med|medication*|mg|dose|pill*|sertraline|lithium|zoloft|prozac|lexapro|drink*|drank|sober|clean|relapse*|goal*").find(&words).is_some()
}
