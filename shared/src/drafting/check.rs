//! The gate behind every sentence: nothing in it that its source does not hold, nothing of weight lost. A sentence that fails is
//! replaced by the words as they were said.

use std::{collections::BTreeMap, sync::LazyLock};

use super::words::{Line, Word, lower, word_list};

const LEXICON: &str = include_str!("lexicons/gate.txt");
static ADDED: LazyLock<Vec<&str>> = LazyLock::new(|| word_list(LEXICON, "added"));
static DROPPED: LazyLock<Vec<&str>> = LazyLock::new(|| word_list(LEXICON, "dropped"));
/// Words that weaken or condition what is said; each must survive.
static HEDGES: LazyLock<Vec<&str>> = LazyLock::new(|| word_list(LEXICON, "hedges"));

const NEGATIONS: [&str; 30] = [
    "no", "not", "never", "none", "denies", "denied", "denise", "deny", "denying", "without", "neither", "nor",
    "cannot", "didnt", "dont", "doesnt", "wasnt", "isnt", "hasnt", "wont", "cant", "nil", "nobody", "nothing",
    "nowhere", "neg", "negative", "unable", "ø", "∅",
];

/// Small numbers as words, as they may be written in digits: one word, one number.
pub(super) fn number_word(low: &str) -> Option<&'static str> {
    const WORDS: [(&str, &str); 28] = [
        ("zero", "0"),
        ("one", "1"),
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("ten", "10"),
        ("eleven", "11"),
        ("twelve", "12"),
        ("thirteen", "13"),
        ("fourteen", "14"),
        ("fifteen", "15"),
        ("sixteen", "16"),
        ("seventeen", "17"),
        ("eighteen", "18"),
        ("nineteen", "19"),
        ("twenty", "20"),
        ("thirty", "30"),
        ("forty", "40"),
        ("fifty", "50"),
        ("sixty", "60"),
        ("seventy", "70"),
        ("eighty", "80"),
        ("ninety", "90"),
    ];
    WORDS.iter().find(|(word, _)| *word == low).map(|(_, digits)| *digits)
}

/// Every number of a text, written in digits or as a word, with how often it is said.
pub(super) fn numbers(text: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let mut add = |number: &str| *found.entry(number.to_owned()).or_insert(0) += 1;
    let mut digits = String::new();
    let mut letters = String::new();
    for c in lower(text).chars().chain([' ']) {
        if c.is_ascii_digit() {
            digits.push(c);
        } else if !digits.is_empty() {
            add(&digits);
            digits.clear();
        }
        if c.is_ascii_lowercase() {
            letters.push(c);
        } else if !letters.is_empty() {
            if let Some(number) = number_word(&letters) {
                add(number);
            }
            if matches!(
                letters.as_str(),
                "hundred" | "thousand" | "half" | "once" | "twice" | "first" | "second" | "third"
            ) {
                add(&letters);
            }
            letters.clear();
        }
    }
    found
}

/// How many words of a text negate, by kind: plain negations, and verbs cut with n't.
pub(super) fn negations(text: &str) -> usize {
    let low = lower(text);
    let mut count = 0;
    let mut word = String::new();
    let mut before = String::new();
    let mut gap = String::new();
    for c in low.chars().chain([' ']) {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            let cut = word == "t" && gap == "'" && before.len() > 1 && before.ends_with('n');
            let slashed = word == "o" && gap == "/" && before == "w";
            count += usize::from(cut || slashed || NEGATIONS[..22].contains(&word.as_str()));
            before = std::mem::take(&mut word);
            gap.clear();
        }
        gap.push(c);
    }
    count
}

fn weak_negations(words: &[Word]) -> usize {
    words
        .iter()
        .filter(|w| NEGATIONS[22..].contains(&w.low.as_str()))
        .count()
}

/// Whether a word negates.
pub(super) fn is_negation(low: &str) -> bool {
    NEGATIONS.contains(&low) || low.ends_with("n't")
}

fn hedges(words: &[Word]) -> BTreeMap<&str, usize> {
    let mut found = BTreeMap::new();
    for word in words {
        if let Some(hedge) = HEDGES.iter().find(|hedge| **hedge == word.low) {
            *found.entry(&hedge[..hedge.len().min(5)]).or_insert(0) += 1;
        } else if word.low.ends_with("'d") {
            *found.entry("would").or_insert(0) += 0;
        }
    }
    found
}

/// Letters and digits of a text, lower case, nothing between them.
fn letters(text: &str) -> String {
    lower(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Signs that deny, compare or count.
fn signs(text: &str) -> BTreeMap<char, usize> {
    let mut found = BTreeMap::new();
    for c in text.chars().filter(|c| "Ø∅↑↓+±≥≤<>=~→←−×√".contains(*c)) {
        *found.entry(c).or_insert(0) += 1;
    }
    found
}

/// The quotations of a text, word for word.
fn quotations(words: &[Word]) -> String {
    words
        .iter()
        .filter(|w| w.quoted)
        .flat_map(|w| [w.low.as_str(), " "])
        .collect()
}

/// Same word but for its ending: what tense and number change.
pub(super) fn same_stem(a: &str, b: &str) -> bool {
    fn stem(word: &str) -> &str {
        for end in ["'s", "'d", "ings", "ing", "ied", "ies", "ed", "es", "s", "d", "y", "e"] {
            if let Some(stem) = word.strip_suffix(end)
                && stem.chars().count() >= 3
            {
                return stem;
            }
        }
        word
    }
    a == b || stem(a) == stem(b)
}

/// What stands in a sentence against its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Numbers,
    Negation,
    Hedge,
    Quotation,
    Added,
    Lost,
}

/// Compares a sentence with the words of its facts. `added` may appear without a source, `dropped` may be gone, `changed` pairs
/// (said, written) stand for each other.
pub(super) fn fault(sentence: &str, source: &str, allow: &Allow) -> Option<Fault> {
    let (new, old) = (Line::read(sentence).words, Line::read(source).words);
    if numbers(sentence) != numbers(source) {
        return Some(Fault::Numbers);
    }
    if negations(sentence) != negations(source) || weak_negations(&new) != weak_negations(&old) {
        return Some(Fault::Negation);
    }
    let (mut has, mut had) = (hedges(&new), hedges(&old));
    let contracted = old
        .iter()
        .filter(|w| w.low.ends_with("'d") || w.low.ends_with("'d've"))
        .count();
    let would = has.get("would").copied().unwrap_or(0);
    let would_before = had.get("would").copied().unwrap_or(0);
    if would < would_before || would > would_before + contracted {
        return Some(Fault::Hedge);
    }
    has.remove("would");
    had.remove("would");
    if has != had {
        return Some(Fault::Hedge);
    }
    if signs(sentence) != signs(source) {
        return Some(Fault::Negation);
    }
    if quotations(&new) != quotations(&old) && !allow.quotes {
        return Some(Fault::Quotation);
    }
    let (all_new, all_old) = (letters(sentence), letters(source));
    for word in &new {
        if !holds(&word.low, &old, &all_old) && !allow.added(&word.low) && !allow.written_for(&word.low, &old) {
            return Some(Fault::Added);
        }
    }
    for word in &old {
        if !holds(&word.low, &new, &all_new) && !Allow::dropped(&word.low) && !allow.said_for(&word.low, &new) {
            return Some(Fault::Lost);
        }
    }
    None
}

fn holds(low: &str, words: &[Word], all: &str) -> bool {
    if words.iter().any(|w| same_stem(&w.low, low)) {
        return true;
    }
    if let Some(digits) = number_word(low)
        && words
            .iter()
            .any(|w| w.low.split(|c: char| !c.is_ascii_digit()).any(|part| part == digits))
    {
        return true;
    }
    if low.bytes().any(|b| b.is_ascii_digit()) {
        return true; // numbers are compared apart
    }
    let plain = letters(low);
    plain.chars().count() >= 2 && plain.len() <= 6 && spelled(&plain, words)
        || (plain.chars().count() >= 5 && all.contains(&plain))
}

/// Whether a word is spelled letter by letter, or a letter is part of a joined abbreviation.
fn spelled(plain: &str, words: &[Word]) -> bool {
    let singles: String = words
        .iter()
        .map(|w| {
            if w.low.chars().count() == 1 {
                w.low.as_str()
            } else {
                " "
            }
        })
        .collect();
    singles.contains(plain)
}

/// What the rules may add, drop and change.
#[derive(Clone, Debug, Default)]
pub(super) struct Allow {
    /// Words of the preferences: the terms for client and clinician.
    pub terms: Vec<String>,
    /// Pairs of what was said and what is written for it, from the lexicons.
    pub pairs: Vec<(String, String)>,
    /// Whether quotation marks were spoken.
    pub quotes: bool,
}

impl Allow {
    fn added(&self, low: &str) -> bool {
        ADDED.contains(&low) || self.terms.iter().any(|term| term == low)
    }

    fn dropped(low: &str) -> bool {
        DROPPED.contains(&low) || low.chars().count() == 1
    }

    fn written_for(&self, low: &str, old: &[Word]) -> bool {
        self.pairs
            .iter()
            .any(|(said, written)| written == low && old.iter().any(|w| w.low == *said))
    }

    fn said_for(&self, low: &str, new: &[Word]) -> bool {
        self.pairs
            .iter()
            .any(|(said, written)| said == low && new.iter().any(|w| w.low == *written))
    }
}
