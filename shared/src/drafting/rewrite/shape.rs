//! Shape of a clause: the past for what was told, a subject where only the client can be meant, the passive for what was done
//! when nobody said by whom, and a verb for "Pt: …".

use std::sync::LazyLock;

use super::{Setting, Voice};
use crate::{
    drafting::{
        check::{is_negation, number_word},
        words::{Line, lexicon},
    },
    note::draft::Role,
};

static VERBS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    lexicon(include_str!("../lexicons/verbs.txt"))
        .filter_map(|l| l.split_once(' '))
        .collect()
});
static TRANSITIVE: LazyLock<Vec<&str>> =
    LazyLock::new(|| lexicon(include_str!("../lexicons/transitive.txt")).collect());
static PEOPLE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    lexicon(include_str!("../lexicons/people.txt"))
        .flat_map(str::split_whitespace)
        .collect()
});

/// Whether a word names a person other than the client.
pub(in crate::drafting) fn is_person(low: &str) -> bool {
    PEOPLE.contains(&low.strip_suffix("'s").unwrap_or(low))
}

fn past(low: &str) -> Option<&'static str> {
    VERBS.iter().find(|(present, _)| *present == low).map(|(_, past)| *past)
}

fn is_past(low: &str) -> bool {
    VERBS.iter().any(|(_, past)| *past == low)
}

/// Shapes the clause; the key of the rule, or `None` where nothing changed.
pub(super) fn shape(line: &mut Line, setting: Setting, voice: &Voice) -> Option<&'static str> {
    if line.words.first().is_none_or(|w| w.quoted) {
        return None;
    }
    match setting.role {
        Role::Plan => turn_round(line),
        Role::Intervention => colon(line, voice).or_else(|| turn_round(line)),
        Role::Assessment | Role::Admin => None,
        _ => colon(line, voice).or_else(|| told(line, setting, voice)),
    }
}

/// `Pt: "…"` as `Client said: "…"`.
fn colon(line: &mut Line, voice: &Voice) -> Option<&'static str> {
    let speaker = line.low(0) == voice.client.to_lowercase() || is_person(line.low(0));
    let next = line.words.get(1)?;
    if !speaker || !next.quoted || !next.gap.starts_with(':') {
        return None;
    }
    line.words.insert(1, crate::drafting::words::Word::new("said"));
    Some("quote_attributed")
}

/// "reports low energy": the past, and the client as subject where it can be nobody else.
fn told(line: &mut Line, setting: Setting, voice: &Voice) -> Option<&'static str> {
    let first = line.low(0).to_owned();
    let verb = past(&first)
        .map(str::to_owned)
        .or_else(|| is_past(&first).then(|| first.clone()));
    if let Some(verb) = verb {
        if matches!(
            first.as_str(),
            "rates" | "notes" | "shares" | "states" | "report" | "deny" | "asked"
        ) && line.words.len() < 3
        {
            return None;
        }
        let alone = setting.third || voice.several || setting.role == Role::Risk || first == "asked" || first == "told";
        if alone {
            line.put(0, 1, &verb);
        } else {
            line.put(0, 1, &format!("{} {verb}", voice.client));
        }
        return Some(if alone { "past_tense" } else { "client_reported" });
    }
    let at = (1..line.words.len().min(4)).find(|&at| past(line.low(at)).is_some() && !line.words[at].quoted)?;
    let subject = line.low(at - 1).to_owned();
    let who = matches!(subject.as_str(), "she" | "he" | "they" | "both" | "who")
        || subject == voice.client.to_lowercase()
        || is_person(&subject);
    let plural_noun = matches!(line.low(at), "report" | "deny")
        && !matches!(subject.as_str(), "they" | "both" | "parents" | "she" | "he");
    if !who
        || plural_noun
        || line.words[at].gap != " "
        || matches!(line.low(at + 1), "about") && line.low(at) == "notes"
    {
        return None;
    }
    let verb = past(line.low(at))?;
    line.words[at].set(verb);
    Some("past_tense")
}

/// "practiced grounding techniques": "Grounding techniques were practiced." Only for a plain object.
fn turn_round(line: &mut Line) -> Option<&'static str> {
    let verb = line.words.first()?.clone();
    if !TRANSITIVE.contains(&verb.low.as_str()) || line.words.len() < 2 || line.words.len() > 11 {
        return None;
    }
    let rest = &line.words[1..];
    if matches!(rest[0].low.as_str(), "check" | "act") {
        return None; // a skill named by its command
    }
    let plain = rest.iter().enumerate().all(|(i, w)| {
        let gap = if i == 0 {
            w.gap == " "
        } else {
            matches!(w.gap.as_str(), " " | "-" | "/")
        };
        gap && !w.quoted && !is_negation(&w.low) && number_word(&w.low).is_none() && !clausal(&w.low)
    });
    if !plain
        || !line.tail.trim_matches(|c: char| ".,; ".contains(c)).is_empty()
        || rest.iter().any(|w| w.low.ends_with("ed") && w.low.len() > 4)
    {
        return None;
    }
    let head_end = rest
        .iter()
        .position(|w| PREPOSITIONS.contains(&w.low.as_str()))
        .unwrap_or(rest.len());
    if head_end == 0 || head_end < rest.len() && rest[head_end].low == "to" {
        return None;
    }
    let head = &rest[head_end - 1].low;
    let and = rest[..head_end].iter().any(|w| w.low == "and");
    let plural = and
        || head.ends_with('s')
            && !head.ends_with("ss")
            && !head.ends_with("us")
            && !head.ends_with("is")
            && !head.ends_with("'s");
    let of = rest[..head_end].iter().position(|w| w.low == "of").filter(|&i| i > 0);
    let plural = of.map_or(plural, |i| {
        rest[i - 1].low.ends_with('s') && !rest[i - 1].low.ends_with("is")
    });
    let be = if plural { "were" } else { "was" };
    let mut words: Vec<_> = rest.to_vec();
    for (i, text) in [be, verb.text.to_lowercase().as_str()].iter().enumerate() {
        words.insert(head_end + i, crate::drafting::words::Word::new(text));
    }
    words[0].gap.clear();
    line.words = words;
    Some("done_without_agent")
}

const PREPOSITIONS: [&str; 16] = [
    "with", "on", "for", "in", "at", "about", "from", "using", "by", "before", "after", "around", "during", "to", "re",
    "between",
];

fn clausal(low: &str) -> bool {
    matches!(
        low,
        "that"
            | "how"
            | "what"
            | "which"
            | "who"
            | "because"
            | "when"
            | "while"
            | "if"
            | "but"
            | "then"
            | "so"
            | "him"
            | "her"
            | "me"
            | "she"
            | "he"
            | "they"
            | "it"
            | "them"
            | "why"
            | "where"
            | "is"
            | "was"
            | "as"
            | "cuz"
            | "whether"
            | "us"
            | "up"
            | "out"
            | "over"
            | "together"
            | "again"
            | "today"
            | "x"
            | "instead"
            | "twice"
            | "only"
            | "into"
            | "through"
            | "this"
            | "vs"
            | "not"
            | "s"
    )
}
