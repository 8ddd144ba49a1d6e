//! The pronouns a clinician prefers for the client, only where "he" or "she" can be nobody else: one client was in the room, nobody
//! else is in the clause, and the clause opens with it or the whole summary knows no other pronoun. Quotations keep theirs.

use super::{
    rewrite::{Voice, first_upper, is_person},
    words::Line,
};
use crate::note::preferences::Pronouns;

/// The sentence with preferred pronouns; `None` where nothing changes.
pub(super) fn prefer(sentence: &str, wanted: Pronouns, third: bool, voice: &Voice) -> Option<String> {
    if wanted == Pronouns::AsSaid || voice.several || third {
        return None;
    }
    let mut line = Line::read(sentence);
    let opens = line.words.first().filter(|w| !w.quoted)?.low.clone();
    let first = voice.pronoun.map_or(opens, str::to_owned);
    let she = matches!(first.as_str(), "she" | "she's" | "she'd" | "she'll" | "her");
    let he = matches!(first.as_str(), "he" | "he's" | "he'd" | "he'll" | "his");
    let other = |low: &str| {
        if she {
            matches!(low, "he" | "him" | "his" | "he's")
        } else {
            matches!(low, "she" | "her" | "hers" | "she's")
        }
    };
    if !(she || he) || line.words.iter().any(|w| is_person(&w.low) || other(&w.low)) {
        return None;
    }
    for at in 0..line.words.len() {
        if line.words[at].quoted {
            continue;
        }
        let low = line.low(at).to_owned();
        let next_is_noun = line.words.get(at + 1).is_some_and(|w| w.gap == " " && !stop(&w.low));
        let (base, tail) = low
            .split_once('\'')
            .map_or((low.as_str(), ""), |(base, tail)| (base, tail));
        let kind = match base {
            "she" | "he" => 0,
            "him" => 1,
            "her" if !next_is_noun => 1,
            "her" | "his" => 2,
            "herself" | "himself" => 3,
            _ => continue,
        };
        let forms: [&str; 4] = match wanted {
            Pronouns::She => ["she", "her", "her", "herself"],
            Pronouns::He => ["he", "him", "his", "himself"],
            Pronouns::They => ["they", "them", "their", "themself"],
            _ => ["", "", "", ""],
        };
        let mut new = if wanted == Pronouns::None {
            match kind {
                2 => format!("{}'s", voice.client),
                3 => return None,
                _ => voice.client.clone(),
            }
        } else {
            forms[kind].to_owned()
        };
        if !tail.is_empty() {
            let full = match tail {
                "ll" => "will",
                "s" if participle(line.low(at + 1)) => "has",
                "s" => "is",
                _ => return None,
            };
            if wanted == Pronouns::They {
                new = match full {
                    "will" => "they'll".into(),
                    "has" => "they've".into(),
                    _ => "they're".into(),
                };
            } else if wanted == Pronouns::None {
                new = format!("{new} {full}");
            } else {
                new = format!("{new}'{tail}");
            }
        } else if wanted == Pronouns::They && kind == 0 {
            agree(&mut line, at + 1);
        }
        let word = &mut line.words[at];
        let head = at == 0 || word.text.starts_with(char::is_uppercase);
        word.text = if head { first_upper(&new) } else { new };
    }
    let out = line.print();
    (out != sentence).then_some(out)
}

fn participle(low: &str) -> bool {
    low.ends_with("ed")
        || matches!(
            low,
            "been" | "had" | "got" | "gone" | "done" | "taken" | "lost" | "kept" | "made" | "felt" | "slept" | "never"
        )
}

fn stop(low: &str) -> bool {
    matches!(
        low,
        "and"
            | "but"
            | "to"
            | "at"
            | "in"
            | "on"
            | "for"
            | "with"
            | "about"
            | "that"
            | "when"
            | "if"
            | "was"
            | "is"
            | "again"
            | "today"
            | "or"
            | "as"
            | "by"
            | "down"
            | "up"
            | "out"
            | "what"
            | "how"
            | "a"
            | "the"
    )
}

/// The plural of the verb behind "they".
fn agree(line: &mut Line, mut at: usize) {
    while matches!(
        line.low(at),
        "also" | "still" | "just" | "now" | "never" | "only" | "really"
    ) {
        at += 1;
    }
    let low = line.low(at).to_owned();
    let new = match low.as_str() {
        "is" => "are".to_owned(),
        "was" => "were".to_owned(),
        "has" => "have".to_owned(),
        "does" => "do".to_owned(),
        "isn't" => "aren't".to_owned(),
        "wasn't" => "weren't".to_owned(),
        "hasn't" => "haven't".to_owned(),
        "doesn't" => "don't".to_owned(),
        "goes" => "go".to_owned(),
        _ if low.ends_with("ies") && low.len() > 4 => format!("{}y", &low[..low.len() - 3]),
        _ if low.ends_with("shes") || low.ends_with("ches") || low.ends_with("sses") => low[..low.len() - 2].to_owned(),
        _ if low.ends_with('s') && !low.ends_with("ss") && low.len() > 3 => low[..low.len() - 1].to_owned(),
        _ => return,
    };
    line.words[at].set(&new);
}
