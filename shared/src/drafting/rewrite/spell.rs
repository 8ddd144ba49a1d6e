//! Spelling: fillers, stumbles, mishearings, abbreviations. Never inside quotation marks.

use std::sync::LazyLock;

use super::{Voice, capital, first_upper};
use crate::drafting::{
    check::is_negation,
    words::{Line, Pattern, lexicon},
};

static ABBREVIATIONS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    lexicon(include_str!("../lexicons/abbreviations.txt"))
        .filter_map(|l| l.split_once(" => "))
        .collect()
});

/// Words as they were heard, and as they are written.
struct Term {
    said: Pattern,
    before: Option<Pattern>,
    written: &'static str,
}

impl Term {
    fn read(line: &'static str) -> Option<Self> {
        let (said, written) = line.split_once(" => ")?;
        let (said, before) = match said.split_once('(') {
            Some((said, next)) => (said, Some(Pattern::read(&next.trim_end_matches(')').replace('*', "_")))),
            None => (said, None),
        };
        Some(Self {
            said: Pattern::read(said),
            before,
            written,
        })
    }
}

static MISHEARINGS: LazyLock<Vec<Term>> = LazyLock::new(|| {
    lexicon(include_str!("../lexicons/mishearings.txt"))
        .filter_map(Term::read)
        .collect()
});

/// Modality and term.
static MODALITIES: LazyLock<Vec<(&str, Term)>> = LazyLock::new(|| {
    modalities()
        .filter_map(|(name, line)| Some((name, Term::read(line)?)))
        .collect()
});

fn modalities() -> impl Iterator<Item = (&'static str, &'static str)> {
    lexicon(include_str!("../lexicons/modalities.txt")).filter_map(|line| line.split_once(": "))
}

const FILLERS: [&str; 9] = ["um", "uh", "uhm", "er", "erm", "hmm", "mm", "umm", "uhh"];
const OPENERS: [&str; 11] = [
    "so", "and", "but", "okay", "ok", "well", "anyway", "alright", "oh", "yeah", "also",
];

/// Pairs of said and written words, for the gate.
pub(super) fn pairs(voice: &Voice) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut add = |said: &str, written: &str| {
        for a in said.split(|c: char| c.is_whitespace() || c == '|' || c == '(' || c == ')') {
            for b in Line::read(written).words {
                pairs.push((a.trim_end_matches('*').to_owned(), b.low));
            }
        }
    };
    for (said, written) in ABBREVIATIONS.iter() {
        add(said, &fill(written, voice));
    }
    for line in lexicon(include_str!("../lexicons/mishearings.txt")) {
        if let Some((said, written)) = line.split_once(" => ") {
            add(said, written);
        }
    }
    for (name, line) in modalities() {
        if let Some((said, written)) = line.split_once(" => ")
            && voice.uses(name)
        {
            add(said, written);
        }
    }
    for line in lexicon(include_str!("../lexicons/verbs.txt")) {
        if let Some((present, past)) = line.split_once(' ') {
            add(present, past);
        }
    }
    for (said, written) in [
        ("gonna", "going to"),
        ("wanna", "want to"),
        ("milligrams", "mg"),
        ("i'm", "is"),
        ("i've", "has"),
        ("i'd", "had would"),
        ("i'll", "will"),
        ("we're", "are"),
        ("we've", "have"),
        ("we'll", "will"),
        ("we'd", "had would"),
        ("i", "has is"),
        ("don't", "doesn't"),
        ("haven't", "hasn't"),
        ("have", "has"),
        ("am", "is"),
        ("do", "does"),
        ("denise", "denied"),
        ("which", "this"),
        ("which", "to"),
    ] {
        add(said, written);
    }
    pairs
}

fn fill(written: &str, voice: &Voice) -> String {
    written
        .replace("{client}", &voice.client)
        .replace("{therapist}", &voice.clinician)
}

/// "quote … unquote" as quotation marks. True if there was one.
pub(super) fn spoken_quotes(line: &mut Line) -> bool {
    let Some(open) = (0..line.words.len()).find(|&i| line.is(i, "quote")) else {
        return false;
    };
    let Some((close, after)) = (open + 1..line.words.len()).find_map(|i| {
        if line.is(i, "unquote") {
            Some((i, i + 1))
        } else if line.is(i, "end quote") {
            Some((i, i + 2))
        } else {
            None
        }
    }) else {
        return false;
    };
    if close == open + 1 {
        return false;
    }
    line.cut(close, after);
    line.cut(open, open + 1);
    let last = close - 2;
    for word in &mut line.words[open..=last] {
        word.quoted = true;
    }
    let space = if open == 0 { "" } else { " " };
    line.words[open].gap = format!("{space}\"");
    line.words[last].text.push('"');
    true
}

/// Fillers and stumbles out, mishearings mended, capitals where English wants them.
pub(super) fn tidy(line: &mut Line, voice: &Voice) {
    line.words.retain(|w| w.quoted || !FILLERS.contains(&w.low.as_str()));
    while line.words.len() > 1
        && OPENERS.contains(&line.low(0))
        && !line.words[0].quoted
        && line.low(1) != "far"
        && line.low(1) != "that"
    {
        if line.low(0) == "well" && line.words[1].gap != " " || line.low(0) != "well" {
            line.cut(0, 1);
        } else {
            break;
        }
    }
    if let Some(first) = line.words.first_mut()
        && !first.gap.contains([
            '"', '(', '\'', '“', '‘', '-', '+', '#', '~', '<', '>', '↓', '↑', 'Ø', '∅', '?', '[', '$', '£', '€', '=',
        ])
    {
        first.gap.clear();
    }
    if matches!(line.low(0), "although" | "though" | "whereas") && line.words.len() > 4 && !line.words[0].quoted {
        line.cut(0, 1);
    }
    if (line.is(0, "i mean") || line.is(0, "you know")) && line.words.len() > 4 {
        line.cut(0, 2);
    }
    if line.low(0) == "like" && line.words.len() > 3 && line.words[0].text == "like" && !line.words[0].quoted {
        line.cut(0, 1);
    }
    while line.words.len() > 2
        && line.words.last().is_some_and(|w| {
            !w.quoted && w.gap == " " && matches!(w.low.as_str(), "so" | "and" | "but" | "um" | "uh" | "like")
        })
    {
        line.words.pop();
    }
    if line.words.len() > 2 && line.is(0, "comma") {
        line.cut(0, 1);
    }
    if line.words.len() > 2 && line.words.last().is_some_and(|w| w.low == "comma" && !w.quoted) {
        line.words.pop();
    }
    if line.is(0, "to which") && line.words.len() > 4 {
        line.cut(0, 2);
    }
    // a clause that leaned on one filed elsewhere
    let verb = line.low(1);
    if line.is(0, "which")
        && (verb.len() > 4 && verb.ends_with("ed")
            || matches!(
                verb,
                "is" | "was"
                    | "has"
                    | "had"
                    | "made"
                    | "makes"
                    | "felt"
                    | "feels"
                    | "seems"
                    | "seemed"
                    | "tells"
                    | "told"
                    | "helped"
                    | "helps"
                    | "fits"
            ))
    {
        line.words[0].set("this");
    }
    if line.is(0, "with no") {
        line.cut(0, 1);
    }
    if line.words.len() > 3
        && line
            .words
            .last()
            .is_some_and(|w| w.low == "then" && !w.quoted && w.gap.contains(','))
    {
        line.words.pop();
    }
    stumbles(line);
    MISHEARINGS.iter().for_each(|term| write(term, line));
    let chosen = MODALITIES.iter().filter(|(name, _)| voice.uses(name));
    chosen.for_each(|(_, term)| write(term, line));
    capital::spelled_letters(line);
    capital::capitals(line, voice);
}

fn stumbles(line: &mut Line) {
    const TWICE: [&str; 44] = [
        "she", "he", "they", "i", "we", "it", "the", "a", "an", "to", "of", "in", "on", "at", "for", "with", "and",
        "but", "or", "is", "was", "are", "were", "his", "her", "my", "their", "this", "there", "then", "so", "when",
        "if", "as", "by", "from", "just", "you", "will", "would", "about", "said", "says", "be",
    ];
    let mut at = 1;
    while at < line.words.len() {
        let (before, word) = (&line.words[at - 1], &line.words[at]);
        let twice = before.low == word.low && TWICE.contains(&word.low.as_str()) && !word.quoted && word.gap == " ";
        if twice && !is_negation(&word.low) {
            line.cut(at, at + 1);
            if let Some(next) = line.words.get_mut(at)
                && next.gap.is_empty()
            {
                next.gap = " ".into();
            }
        } else {
            at += 1;
        }
    }
}

/// Writes a term wherever it was heard outside quotation marks.
fn write(term: &Term, line: &mut Line) {
    let mut at = 0;
    while at < line.words.len() {
        let end = term.said.match_at(&line.words, at);
        match end {
            Some(end)
                if line.words[at..end].iter().all(|w| !w.quoted)
                    && term
                        .before
                        .as_ref()
                        .is_none_or(|next| next.match_at(&line.words, end).is_some()) =>
            {
                if line.words[at].low != term.written.to_lowercase()
                    || line.words[at].text.chars().all(char::is_lowercase)
                {
                    line.put(at, end, term.written);
                }
                at += term.written.split(' ').count();
            }
            _ => at += 1,
        }
    }
}

/// Abbreviations written out.
pub(super) fn abbreviations(line: &mut Line, voice: &Voice) {
    const NOT_CLIENT: [&str; 12] = [
        "hrg",
        "scan",
        "date",
        "dates",
        "ordered",
        "order",
        "appearance",
        "eval",
        "referral",
        "hearing",
        "exercises",
        "sessions",
    ];
    let mut at = 0;
    while at < line.words.len() {
        let word = &line.words[at];
        if !word.quoted && matches!(word.low.as_str(), "gonna" | "wanna") {
            let full = if word.low == "gonna" { "going to" } else { "want to" };
            line.put(at, at + 1, full);
            at += 2;
            continue;
        }
        let Some((said, written)) = ABBREVIATIONS.iter().find(|(said, _)| !word.quoted && *said == word.low) else {
            at += 1;
            continue;
        };
        let names_person = written.starts_with('{');
        let shouted =
            word.text.len() > 1 && matches!(*said, "ct" | "pt" | "cl") && word.text.chars().all(char::is_uppercase);
        if shouted
            || (names_person && matches!(*said, "ct" | "pt") && NOT_CLIENT.contains(&line.low(at + 1)))
            || (!names_person && !voice.expand)
            || (*said == "pt" && at > 0 && matches!(line.low(at - 1), "stuck" | "starting" | "focal" | "turning"))
            || (*said == "w/" && word.text.starts_with('W') && line.words.get(at + 1).is_some_and(|w| w.gap.is_empty()))
            || (*said == "writer" && !(at > 0 && line.low(at - 1) == "this"))
            || (*said == "bc" && line.words[at].text != "bc")
        {
            at += 1;
            continue;
        }
        if *said == "writer" {
            line.cut(at - 1, at);
            at -= 1;
        } else if *said == "client" && voice.client == "client" {
            at += 1;
            continue;
        }
        let new = fill(written, voice);
        let count = new.split(' ').count();
        line.put(at, at + 1, &new);
        if *said == "w/" && line.words.get(at + 1).is_some_and(|w| w.gap.is_empty()) {
            line.words[at + 1].gap = " ".into();
        }
        if count == 1
            && let Some(next) = line.words.get(at + 1)
            && next.gap.starts_with('.')
            && next.gap.len() > 1
            && names_person
            && !next.text.starts_with(char::is_uppercase)
        {
            line.words[at + 1].gap = " ".into();
        }
        at += count.max(1);
    }
}

/// Phrases the clinician always changes. Never inside quotation marks.
pub(super) fn learned(sentence: &str, voice: &Voice) -> String {
    let mut line = Line::read(sentence);
    for (said, written) in &voice.learned {
        let count = said.split(' ').count();
        let mut at = 0;
        while at < line.words.len() {
            if line.is(at, said) {
                let upper = line.words[at].text.starts_with(char::is_uppercase);
                line.put(at, at + count, written);
                if upper && let Some(word) = line.words.get_mut(at) {
                    word.text = first_upper(&word.text);
                }
                at += written.split(' ').count();
            } else {
                at += 1;
            }
        }
    }
    line.print()
}
