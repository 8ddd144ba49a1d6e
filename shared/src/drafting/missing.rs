//! What a summary does not mention, from a closed list. Named as chips, never filled in.

use super::words::{Line, pattern};
use crate::note::draft::{Fact, Role, Section};

/// Keys of elements and of empty sections that are not mentioned, in the order shown.
pub(super) fn not_mentioned(facts: &[Fact], out: &[bool], sections: &[Section]) -> Vec<String> {
    let kept = || {
        facts
            .iter()
            .enumerate()
            .filter(|(at, _)| out.get(*at) != Some(&true))
            .map(|(_, fact)| fact)
    };
    let has = |role: Role| kept().any(|fact| fact.role == role);
    let lines: Vec<Line> = kept().map(|fact| Line::read(fact.text.as_str())).collect();
    let says = |patterns: &'static [&'static str]| {
        patterns.iter().any(|text| {
            let pattern = pattern(text);
            lines.iter().any(|line| pattern.find(&line.words).is_some())
        })
    };
    let mut keys: Vec<&str> = Vec::new();
    if !kept().any(|fact| fact.risk.is_some() || fact.role == Role::Risk) {
        keys.push("risk");
    }
    if !says(&[
        "mood|affect|euthymic|tearful|anxious|depressed|flat|bright|brighter|calm|irritable|sad|angry|labile|restricted|blunted|happy|cheerful|guarded|teary|subdued|phq*|gad*|cried|effect",
    ]) {
        keys.push("mood");
    }
    for (role, key) in [
        (Role::Intervention, "intervention"),
        (Role::Response, "response"),
        (Role::Assessment, "assessment"),
        (Role::Plan, "plan"),
    ] {
        if !has(role) {
            keys.push(key);
        }
    }
    if has(Role::Plan)
        && !says(&[
            "next session|week|time|appt|appointment|visit|mon*|tue*|wed*|thu*|fri*|sat*|sun*",
            "rtc|weekly|biweekly|fortnightly|monthly|fortnight",
            "see|seeing .. mon*|tue*|wed*|thu*|fri*",
            "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|tue|wed|weds|thurs|thu|fri|sat|sun",
            "back|return|returns|again in|on|at",
            "in .. week|weeks|wk|wks|days",
            "every .. week|weeks|wk",
            "same time",
            "session .. january|february|march|april|may|june|july|august|september|october|november|december",
        ])
    {
        keys.push("next_session");
    }
    if !says(&[
        "homework|hw|assigned|assignment|worksheet|practice|practise|diary|log|journal*|exercise*|task|card|tracker",
        "she'll|he'll|they'll|will .. write|try|read|keep|do|track|list|text|call|walk|go",
    ]) {
        keys.push("homework");
    }
    for section in sections {
        if section.sentences.is_empty() && !keys.contains(&section.key.as_str()) {
            keys.push(&section.key);
        }
    }
    keys.into_iter().map(str::to_owned).collect()
}
