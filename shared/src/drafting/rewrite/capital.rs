//! Capitals where English wants them, abbreviations spelled letter by letter, and spoken commas. Never inside quotation marks.

use std::sync::LazyLock;

use super::Voice;
use crate::drafting::{
    check::is_negation,
    words::{Line, Word, lexicon},
};

static ACRONYMS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    lexicon(include_str!("../lexicons/acronyms.txt"))
        .flat_map(str::split_whitespace)
        .collect()
});

const MONTHS: [&str; 10] = [
    "january",
    "february",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Acronyms that are also everyday words: written in capitals only when spelled letter by letter.
const EVERYDAY: [&str; 33] = [
    "HR", "HI", "ACT", "TIP", "ED", "ER", "PE", "BA", "RA", "PIP", "DES", "SH", "MI", "PO", "VA", "NA", "IV", "NP",
    "AUDIT", "DM", "OD", "PA", "POA", "BP", "TV", "EAP", "LCS", "RTC", "SMS", "OQ", "COWS", "MD", "ASAP",
];

/// "p h q" as PHQ: known abbreviations, or three letters and more.
pub(super) fn spelled_letters(line: &mut Line) {
    let single = |w: &Word| w.low.len() == 1 && w.low.as_bytes()[0].is_ascii_lowercase() && !w.quoted;
    let mut at = 0;
    while at < line.words.len() {
        let run = line.words[at..].iter().take_while(|w| single(w)).count();
        let spaced = (1..run).all(|i| line.words[at + i].gap == " ");
        if run < 2 || !spaced {
            at += 1;
            continue;
        }
        let all: String = line.words[at..at + run].iter().map(|w| w.low.to_uppercase()).collect();
        let known = (2..=run).rev().find(|&n| ACRONYMS.contains(&&all[..n]));
        let free = run >= 3 && !all.starts_with(['A', 'I']);
        let count = if all == "AM" || all == "PM" {
            2
        } else {
            known.unwrap_or(if free { run } else { 0 })
        };
        if count == 0 {
            at += 1;
        } else {
            let joined = if all == "AM" || all == "PM" {
                all.to_lowercase()
            } else {
                all[..count].to_owned()
            };
            line.put(at, at + count, &joined);
            at += 1;
        }
    }
}

pub(super) fn capitals(line: &mut Line, voice: &Voice) {
    for at in 0..line.words.len() {
        let before = if at == 0 { "" } else { line.low(at - 1) }.to_owned();
        let word = &line.words[at];
        if word.quoted || word.text.chars().any(char::is_uppercase) {
            continue;
        }
        let low = word.low.as_str();
        let bare = low.strip_suffix("'s").unwrap_or(low).to_owned();
        let plural = bare.strip_suffix('s').unwrap_or(&bare);
        let upper = bare.to_uppercase();
        let risk_hi = bare == "hi" && matches!(before.as_str(), "si" | "no" | "denies" | "denied" | "or" | "and");
        let new = if matches!(low, "i" | "i'm" | "i'll" | "i've" | "i'd")
            || DAYS.contains(&plural)
            || MONTHS.contains(&bare.as_str())
            || matches!(bare.as_str(), "may" | "march")
                && matches!(
                    before.as_str(),
                    "in" | "since" | "until" | "till" | "by" | "of" | "last"
                ) {
            first_upper(low)
        } else if risk_hi || (ACRONYMS.contains(&upper.as_str()) && !EVERYDAY.contains(&upper.as_str())) {
            low.replacen(&bare, &upper, 1)
        } else if matches!(low, "mr" | "mrs" | "ms" | "dr" | "mister" | "missus")
            || matches!(before.as_str(), "mr" | "mrs" | "ms" | "dr" | "mister" | "missus")
        {
            first_upper(low)
        } else if word.text == voice.client.to_lowercase() && voice.client.chars().any(char::is_uppercase) {
            voice.client.clone()
        } else {
            continue;
        };
        line.words[at].text = new;
    }
    punctuation(line);
}

fn punctuation(line: &mut Line) {
    // spoken commas, only where nothing else is punctuated
    while let Some(at) = (1..line.words.len().saturating_sub(1)).find(|&i| line.is(i, "comma")) {
        line.cut(at, at + 1);
        line.words[at].gap = ", ".into();
    }
    if line.words.first().is_some_and(|w| w.low == "no" && !w.quoted) {
        for at in 2..line.words.len() {
            if line.low(at) == "no"
                && line.words[at].gap == " "
                && !is_negation(line.low(at - 1))
                && line.low(at - 1) != "and"
                && line.low(at - 1) != "or"
            {
                line.words[at].gap = ", ".into();
            }
        }
    }
}

pub(in crate::drafting) fn first_upper(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
