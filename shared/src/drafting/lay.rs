//! Lays facts out as a draft: which sentence goes where, in what words, and what is left out and why. Works from facts alone, so
//! another format can be laid out after the summary is gone.

use std::collections::HashSet;

use super::{
    check::{is_negation, numbers},
    detail, file,
    instruct::{self, First, Wishes},
    missing, pronoun,
    rewrite::{self, Setting, Voice, is_person},
    risk,
    words::{Line, lower, pattern},
};
use crate::note::{
    Words,
    draft::{Draft, Fact, Format, LeftOut, Role, Sentence},
    preferences::{Detail, Preferences},
};

/// What the layout starts from.
#[derive(Default)]
pub(super) struct Plan {
    pub facts: Vec<Fact>,
    /// Facts of each sentence, in the order in which they read.
    pub units: Vec<Vec<u32>>,
    /// Facts that stay out whatever the preferences say.
    pub out: Vec<LeftOut>,
    /// Sentences a person typed or changed, with the key of their section.
    pub kept: Vec<(String, Sentence)>,
}

/// Everything a sentence needs besides its facts.
pub(super) struct Manner {
    pub voice: Voice,
    pub wishes: Wishes,
    pub preferences: Preferences,
    pub format: Format,
}

impl Manner {
    pub fn new(format: Format, preferences: &Preferences, learned: &[(String, String)], facts: &[Fact]) -> Self {
        let wishes = instruct::read(preferences.instructions.as_str());
        let clinician = wishes
            .clinician
            .clone()
            .unwrap_or_else(|| preferences.clinician_term.as_str().to_owned());
        let client = wishes
            .client
            .clone()
            .unwrap_or_else(|| preferences.client_term.as_str().to_owned());
        let mut voice = Voice::new(&clinician, &client, &preferences.modalities);
        voice.expand = wishes.expand.unwrap_or(true);
        voice.full = wishes.full.unwrap_or(true);
        voice.several = several(facts);
        voice.pronoun = only_pronoun(facts);
        voice.learn(learned.to_vec());
        Self {
            voice,
            wishes,
            preferences: preferences.clone(),
            format,
        }
    }
}

/// Lays everything out.
pub(super) fn lay(plan: Plan, manner: &Manner) -> Draft {
    let Plan {
        facts,
        units,
        mut out,
        kept,
    } = plan;
    let units = joined(&facts, units);
    let mut sections = file::sections(manner.format, manner.preferences.interventions);
    let texts: Vec<String> = units.iter().map(|unit| compose(&facts, unit)).collect();
    let reasons = reasons(&facts, &units, &texts, manner);
    let thirds = thirds(&texts);
    for (at, unit) in units.iter().enumerate() {
        if let Some(why) = reasons[at] {
            out.extend(unit.iter().map(|fact| LeftOut {
                fact: *fact,
                why: why.into(),
            }));
            continue;
        }
        let quoting = at > 0 && rewrite::quotes_somebody(&texts[at - 1]);
        let (key, sentence) = one(&facts, unit, &texts[at], (thirds[at], quoting), manner);
        if let Some(section) = sections.iter_mut().find(|section| section.key == key) {
            section.sentences.push(sentence);
        }
    }
    for (key, sentence) in kept {
        let place = sections.iter().position(|section| section.key == key).unwrap_or(0);
        let first = sentence.facts.first().copied().unwrap_or(u32::MAX);
        let list = &mut sections[place].sentences;
        let before = list
            .iter()
            .position(|s| s.facts.first().copied().unwrap_or(u32::MAX) > first)
            .unwrap_or(list.len());
        list.insert(before, sentence);
    }
    for section in &mut sections {
        put_first(&mut section.sentences, &facts, &manner.wishes.first);
    }
    out.sort_by_key(|left| left.fact);
    finish(manner.format, sections, facts, out)
}

/// The parts of a draft that follow from its sections and facts.
pub(super) fn finish(
    format: Format,
    sections: Vec<crate::note::draft::Section>,
    facts: Vec<Fact>,
    left_out: Vec<LeftOut>,
) -> Draft {
    let mut gone = vec![false; facts.len()];
    for left in &left_out {
        if let Some(slot) = gone.get_mut(left.fact as usize) {
            *slot = true;
        }
    }
    Draft {
        format,
        risk: risk::strip(&facts, &gone),
        not_mentioned: missing::not_mentioned(&facts, &gone, &sections),
        sections,
        facts,
        left_out,
    }
}

/// One sentence and the key of its section.
pub(super) fn one(
    facts: &[Fact],
    unit: &[u32],
    text: &str,
    (third, quoting): (bool, bool),
    manner: &Manner,
) -> (&'static str, Sentence) {
    let fact = lead(facts, unit);
    let key = file::section(fact, text, manner.format, manner.preferences.interventions);
    let setting = Setting {
        role: fact.role,
        third,
        quoting,
    };
    let (wording, rule) = rewrite::sentence(text, setting, &manner.voice);
    let (wording, rule) = pronoun::prefer(&wording, manner.preferences.pronouns, third, &manner.voice)
        .map_or((wording, rule), |new| (new, "pronouns"));
    let sentence = Sentence {
        text: Words(wording),
        facts: unit.to_vec(),
        rule: format!("{}.{rule}", fact.role.key()),
        edited: false,
    };
    (key, sentence)
}

/// The fact that speaks for a sentence: the first, or the one about risk.
fn lead<'a>(facts: &'a [Fact], unit: &[u32]) -> &'a Fact {
    let of = |index: &u32| &facts[*index as usize];
    unit.iter()
        .map(of)
        .find(|fact| fact.role == Role::Risk)
        .unwrap_or_else(|| of(&unit[0]))
}

/// The words of a sentence's facts, in reading order. A correction loses what led into it: "it was", "make that".
pub(super) fn compose(facts: &[Fact], unit: &[u32]) -> String {
    let mut out = String::new();
    for (place, index) in unit.iter().enumerate() {
        let mut text = facts[*index as usize].text.as_str();
        let mends = place > 0 && unit[place - 1] + 1 != *index || unit.get(place + 1).is_some_and(|next| next < index);
        if mends {
            text = without_lead(text);
        }
        if place > 0 && !mends && leans(text) {
            out.push(',');
        }
        let text = if place + 1 < unit.len() {
            text.trim_end_matches(['.', ',', ';'])
        } else {
            text
        };
        if !out.is_empty() && !text.is_empty() {
            out.push(' ');
        }
        out.push_str(text);
    }
    out
}

/// Clauses that lean on the one before, with the same role, join its sentence: ", because …".
fn joined(facts: &[Fact], units: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
    let mut out: Vec<Vec<u32>> = Vec::new();
    for unit in units {
        let first = unit[0];
        let fits = out
            .last()
            .and_then(|before| before.last().copied())
            .is_some_and(|last| {
                let (before, now) = (&facts[last as usize], &facts[first as usize]);
                last + 1 == first
                    && before.role == now.role
                    && before.risk.is_none()
                    && now.risk.is_none()
                    && leans(now.text.as_str())
                    && !ends(before.text.as_str())
            });
        match out.last_mut() {
            Some(before) if fits && before.len() == 1 => before.extend(unit),
            _ => out.push(unit),
        }
    }
    out
}

fn leans(text: &str) -> bool {
    let line = Line::read(text);
    let lower = text.chars().next().is_some_and(char::is_lowercase);
    lower
        && line.words.len() > 2
        && (matches!(
            line.low(0),
            "because" | "which" | "although" | "though" | "whereas" | "with" | "who" | "whose"
        ) || line.is(0, "and that")
            || line.is(0, "so that")
            || line.is(0, "to which"))
}

fn ends(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?'])
}

fn without_lead(text: &str) -> &str {
    let words = Line::read(text).words;
    [
        "no it was",
        "it was",
        "it's",
        "it is",
        "make it",
        "make that",
        "that was",
        "i mean",
        "i meant",
    ]
    .iter()
    .find_map(|lead| pattern(lead).match_at(&words, 0))
    .and_then(|end| words.get(end))
    .map_or(text, |word| &text[word.start..])
}

/// Why a unit is left out, if it is.
fn reasons(facts: &[Fact], units: &[Vec<u32>], texts: &[String], manner: &Manner) -> Vec<Option<&'static str>> {
    let mut reasons: Vec<Option<&'static str>> = vec![None; units.len()];
    let wanted = manner
        .wishes
        .admin
        .unwrap_or(manner.preferences.detail == Detail::Detailed);
    let mut seen: HashSet<(String, Role)> = HashSet::new();
    for (at, unit) in units.iter().enumerate() {
        let fact = lead(facts, unit);
        let plain: String = Line::read(&texts[at])
            .words
            .iter()
            .flat_map(|w| [w.low.as_str(), " "])
            .collect();
        if fact.role == Role::Admin && fact.risk.is_none() && !wanted && !attendance(&plain) {
            reasons[at] = Some("admin");
        } else if fact.role != Role::Risk
            && fact.risk.is_none()
            && plain.split(' ').count() > 4
            && seen.contains(&(plain.clone(), fact.role))
        {
            reasons[at] = Some("duplicate");
        }
        seen.insert((plain, fact.role));
    }
    if manner.preferences.detail == Detail::Concise {
        detail::concise(facts, units, texts, &mut reasons);
    }
    reasons
}

/// Who came, how late, who stayed away: of substance at every level of detail.
fn attendance(plain: &str) -> bool {
    let words = Line::read(plain).words;
    pattern("late|no-show|present|absent|missed|cancel*|cancelled|joined|accompanied|alone|left|interpreter|show|showed|came|attended|declined|refused|together|both").find(&words).is_some()
}

/// Whether each unit's unsaid subject may be somebody other than the client.
fn thirds(texts: &[String]) -> Vec<bool> {
    let mut third = false;
    texts
        .iter()
        .map(|text| {
            let before = third;
            let line = Line::read(text);
            let head = line.words.iter().take(3).filter(|w| !w.quoted);
            let mut person = false;
            let mut own = false;
            let mut pronoun = false;
            for word in head {
                person |= is_person(&word.low);
                own |= matches!(
                    word.low.as_str(),
                    "ct" | "pt" | "client" | "patient" | "cl" | "i" | "we"
                );
                pronoun |= matches!(word.low.as_str(), "he" | "she" | "they");
            }
            third = if own { false } else { person || (pronoun && before) };
            before
        })
        .collect()
}

/// The one pronoun of a summary that says only "she" or only "he".
fn only_pronoun(facts: &[Fact]) -> Option<&'static str> {
    let says = |text: &'static str| {
        let pattern = pattern(text);
        facts
            .iter()
            .any(|fact| pattern.find(&Line::read(fact.text.as_str()).words).is_some())
    };
    match (
        says("she|her|hers|herself|she's|she'd|she'll"),
        says("he|him|his|himself|he's|he'd|he'll"),
    ) {
        (true, false) => Some("she"),
        (false, true) => Some("he"),
        _ => None,
    }
}

/// Whether more than one client was in the room.
fn several(facts: &[Fact]) -> bool {
    let patterns = [
        "couple|couples|partners|twins|dyad",
        "both of them",
        "they each",
        "each other",
        "both partners|parents|adults|spouses|present",
    ]
    .map(pattern);
    let group = pattern("group|grp|members|veterans|vets|girls|boys|kids|family|men|women|everybody|nobody");
    facts.iter().any(|fact| {
        let words = Line::read(fact.text.as_str()).words;
        patterns.iter().any(|p| p.find(&words).is_some())
            || (matches!(
                fact.role,
                Role::Admin | Role::Intervention | Role::Response | Role::Observation
            ) && group.find(&words).is_some())
    })
}

fn put_first(sentences: &mut [Sentence], facts: &[Fact], first: &[First]) {
    for want in first.iter().rev() {
        sentences.sort_by_key(|sentence| {
            let low = lower(sentence.text.as_str());
            let words = Line::read(&low).words;
            let says = |text: &'static str| pattern(text).find(&words).is_some();
            let of = sentence.facts.iter().filter_map(|i| facts.get(*i as usize));
            let yes = match want {
                First::Homework => says("homework|assigned|worksheet|practice|diary|journal*"),
                First::Scores => says("phq*|gad*|pcl*|epds|suds|score*") && !numbers(&low).is_empty(),
                First::Risk => of.clone().any(|fact| fact.risk.is_some()),
                First::NextSession => says("next session|appointment|week|visit"),
            };
            usize::from(!yes)
        });
    }
}

/// Whether a text says anything that concise drafts must keep: numbers and negations.
pub(super) fn weighty(text: &str) -> bool {
    !numbers(text).is_empty()
        || Line::read(text)
            .words
            .iter()
            .any(|w| is_negation(&w.low) || w.low.bytes().any(|b| b.is_ascii_digit()))
}
