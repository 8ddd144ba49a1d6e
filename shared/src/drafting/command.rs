//! Finds spoken editing in a summary and gives it pieces of its own, whatever clause the model put it in. Also mends pieces that
//! were cut in the middle of a name or behind "she said".

use std::sync::LazyLock;

use super::{
    piece::Pieces,
    words::{Pattern, lexicon},
};
use crate::note::draft::Role;

static COMMANDS: LazyLock<Vec<(bool, Pattern)>> = LazyLock::new(|| {
    lexicon(include_str!("lexicons/commands.txt"))
        .map(|line| {
            line.strip_prefix("^ ")
                .map_or((false, Pattern::read(line)), |head| (true, Pattern::read(head)))
        })
        .collect()
});

/// Cuts commands out of clauses. What takes something back ("scratch that") is cut by `correct`.
pub(super) fn split(text: &str, pieces: &mut Pieces) {
    let mut at = 0;
    while at < pieces.list.len() {
        let words = pieces.words(text, at);
        let found = COMMANDS.iter().find_map(|(head, pattern)| {
            let places = if *head { 0..words.len().min(1) } else { 0..words.len() };
            places.into_iter().find_map(|i| {
                pattern
                    .match_at(&words, i)
                    .map(|end| (i, end))
                    .filter(|_| !words[i].quoted)
            })
        });
        let Some((from, to)) = found else {
            at += 1;
            continue;
        };
        let role = pieces.list[at].role;
        if from > 0 {
            pieces.split(at, words[from].start, text);
            at += 1;
            pieces.alone(at);
        }
        // a command at the head of a clause takes the clause, but for the few that end where they end
        let whole = words.len() - to <= 4 && from == 0 && role == Role::Command;
        let short = matches!(
            words[from].low.as_str(),
            "new" | "end" | "full" | "start" | "back" | "sign" | "read" | "okay"
        ) || words[to - 1].low == "bold";
        let titled = matches!(
            words[from].low.as_str(),
            "delete"
                | "take"
                | "uh"
                | "strike"
                | "spell"
                | "this"
                | "don't"
                | "insert"
                | "um"
                | "make"
                | "time"
                | "move"
        );
        if to < words.len() && !whole && (short || !titled) {
            pieces.split(at, words[to].start, text);
            if matches!(pieces.list[at + 1].role, Role::Command) {
                pieces.list[at + 1].role = likeliest_content(&pieces.list[at + 1].tagged.role_probs);
            }
            pieces.alone(at + 1);
        }
        pieces.list[at].role = Role::Command;
        at += 1;
    }
}

/// A clause that the model took for a command without a word of editing in it is content.
pub(super) fn doubt(text: &str, pieces: &mut Pieces) {
    const EDITING: [&str; 40] = [
        "scratch",
        "strike",
        "delete",
        "change",
        "move",
        "put",
        "take",
        "new",
        "end",
        "note",
        "start",
        "begin",
        "paragraph",
        "line",
        "record",
        "soap",
        "dap",
        "birp",
        "sign",
        "read",
        "spell",
        "insert",
        "make",
        "undo",
        "correction",
        "wait",
        "sorry",
        "keep",
        "leave",
        "stop",
        "dictation",
        "dictate",
        "bold",
        "quote",
        "quotes",
        "scrap",
        "add",
        "file",
        "open",
        "stamp",
    ];
    for at in 0..pieces.list.len() {
        if pieces.list[at].role == Role::Command {
            let words = pieces.words(text, at);
            let edits = words.iter().any(|w| EDITING.contains(&w.low.as_str()));
            let means = super::words::pattern("no change").find(&words).is_some()
                || words.first().is_some_and(|w| w.low == "change")
                    && !words.iter().any(|w| w.low == "to" || w.low == "that" || w.quoted);
            if !edits || means {
                pieces.list[at].role = likeliest_content(&pieces.list[at].tagged.role_probs);
            }
        }
    }
}

/// The likeliest role that is content.
fn likeliest_content(probs: &[f32; 11]) -> Role {
    let best = (0..8).fold(0, |best, i| if probs[i] > probs[best] { i } else { best });
    Role::ALL[best]
}

/// Joins a piece that cannot stand alone with its neighbour: "… with Dr" and "Pell", "says" and what was said.
pub(super) fn mend(text: &str, pieces: &mut Pieces) {
    const SPEECH: [&str; 14] = [
        "says", "said", "say", "goes", "told", "asked", "she", "he", "they", "that", "who", "and", "because", "her",
    ];
    let mut at = 0;
    while at + 1 < pieces.list.len() {
        let words = pieces.words(text, at);
        let gap = &text[pieces.list[at].end..pieces.list[at + 1].start];
        let apart = gap.contains(['.', '!', '?', ';', '\n']);
        let last = words.last().map_or("", |w| w.low.as_str());
        let title = matches!(last, "dr" | "mr" | "mrs" | "ms" | "prof" | "st") && gap.len() <= 2;
        let opens = !apart && words.len() <= 3 && SPEECH.contains(&last) && gap.trim().is_empty();
        if !apart && gap.trim().is_empty() && dangles(text, pieces, at, &words) {
            continue;
        }
        if let Some(close) = closing(text, pieces, at) {
            for _ in at..close {
                join(pieces, at, false);
            }
            continue;
        }
        let lower = text[pieces.list[at + 1].start..].starts_with(char::is_lowercase);
        let said = text[pieces.list[at].start..pieces.list[at].end].ends_with([',', '"', '”'])
            && text[..pieces.list[at].end].trim_end_matches(['"', '”']).ends_with(',');
        let named = !apart
            && words.len() <= 2
            && lower
            && gap.trim().is_empty()
            && text[pieces.list[at].start..].starts_with(char::is_uppercase);
        if lower && (said || named) && !matches!(pieces.list[at].role, Role::Command | Role::Filler | Role::Private) {
            join(pieces, at, named && pieces.list[at].role != Role::Risk);
            continue;
        }
        if title || opens {
            join(pieces, at, !title);
            continue;
        }
        let next = pieces.words(text, at + 1);
        let alone = next.len() == 1
            && !apart
            && gap.trim().is_empty()
            && (pieces.list[at + 1].tagged.confidence < 0.9
                || next[0].low.ends_with("'s")
                || matches!(
                    next[0].low.as_str(),
                    "together" | "again" | "today" | "directly" | "too" | "out" | "strips"
                ));
        if alone
            && !matches!(pieces.list[at + 1].role, Role::Command | Role::Risk)
            && !matches!(pieces.list[at].role, Role::Command | Role::Filler | Role::Private)
        {
            join(pieces, at, false);
            continue;
        }
        at += 1;
    }
}

/// A clause does not end in "the" or "because": such words go to the next clause, or the next clause joins this one.
fn dangles(text: &str, pieces: &mut Pieces, at: usize, words: &[super::words::Word]) -> bool {
    const ON: [&str; 12] = [
        "and", "but", "because", "when", "while", "if", "then", "so", "or", "cause", "who", "which",
    ];
    const JOIN: [&str; 30] = [
        "a",
        "an",
        "the",
        "of",
        "for",
        "his",
        "my",
        "their",
        "was",
        "is",
        "were",
        "are",
        "be",
        "been",
        "as",
        "than",
        "into",
        "every",
        "very",
        "am",
        "she",
        "he",
        "they",
        "we",
        "its",
        "how",
        "from",
        "your",
        "our",
        "individual",
    ];
    let kept = |role: Role| matches!(role, Role::Command | Role::Filler | Role::Private);
    let (Some(last), true) = (words.last(), words.len() > 1) else {
        return false;
    };
    if last.quoted || kept(pieces.list[at].role) || kept(pieces.list[at + 1].role) {
        return false;
    }
    if ON.contains(&last.low.as_str()) {
        pieces.list[at + 1].start = last.start;
        pieces.list[at].end = pieces.list[at].start + text[pieces.list[at].start..last.start].trim_end().len();
        return true;
    }
    let long = words.len() + pieces.words(text, at + 1).len() > 40;
    if JOIN.contains(&last.low.as_str()) && !long {
        let (one, two) = (&pieces.list[at], &pieces.list[at + 1]);
        let second = two.role == Role::Risk || one.role != Role::Risk && two.tagged.confidence > one.tagged.confidence;
        join(pieces, at, second);
        return true;
    }
    false
}

/// The piece in which a quotation that is open at the end of this one closes.
fn closing(text: &str, pieces: &Pieces, at: usize) -> Option<usize> {
    let marks = |i: usize| {
        text[pieces.list[i].start..pieces.list[i].end]
            .chars()
            .filter(|c| matches!(c, '"' | '“' | '”'))
            .count()
    };
    if marks(at) % 2 == 0 {
        return None;
    }
    (at + 1..pieces.list.len().min(at + 5))
        .find(|&i| marks(i) % 2 == 1)
        .filter(|&i| pieces.list[i].end - pieces.list[at].start < 600)
}

/// Two pieces become one; the second's reading stands if `second`.
fn join(pieces: &mut Pieces, at: usize, second: bool) {
    let next = pieces.list.remove(at + 1);
    let piece = &mut pieces.list[at];
    piece.end = next.end;
    if second {
        piece.role = next.role;
        piece.tagged = next.tagged;
    }
    for unit in &mut pieces.units {
        unit.retain(|i| *i != at + 1);
        for i in unit.iter_mut() {
            if *i > at + 1 {
                *i -= 1;
            }
        }
    }
    pieces.units.retain(|unit| !unit.is_empty());
}

/// Cuts a clause where what is stated turns into what is denied or the other way round: "SI peak 3 Thursday, no plan".
pub(super) fn turns(text: &str, pieces: &mut Pieces) {
    const NO: [&str; 7] = ["no", "none", "without", "denies", "denied", "never", "hadn't"];
    let mut at = 0;
    while at < pieces.list.len() {
        let told = matches!(pieces.list[at].role, Role::Private | Role::Command | Role::Filler);
        if told || pieces.list[at].role != Role::Risk && pieces.list[at].tagged.p_risk < 0.4 {
            at += 1;
            continue;
        }
        let words = pieces.words(text, at);
        let negated = |range: &[super::words::Word]| {
            range
                .iter()
                .any(|w| !w.quoted && (super::check::is_negation(&w.low) || NO.contains(&w.low.as_str())))
        };
        let cut = (2..words.len()).find(|&i| {
            let mark = words[i].gap.contains([',', ';', '.', '—', '–']) && !words[i].quoted;
            let lead = usize::from(matches!(
                words[i].low.as_str(),
                "but" | "and" | "though" | "with" | "or"
            ));
            let no = (i + lead..(i + lead + 3).min(words.len()))
                .any(|k| NO.contains(&words[k].low.as_str()) || words[k].low.ends_with("n't"));
            let unasked = mark && super::risk::not_asked(&words[i..]) && !super::risk::not_asked(&words[..i]);
            let before = negated(&words[..i]);
            let enough = words.len() - i >= 2;
            enough
                && (unasked
                    || (mark && no && !before)
                    || (words[i].low == "but" && before != negated(&words[i..]) && words.len() - i > 3))
        });
        if let Some(cut) = cut {
            pieces.split(at, words[cut].start, text);
            for part in [at, at + 1] {
                // which half the model meant is unknown: the words decide
                pieces.list[part].tagged.risk_state_probs = [0.0; 4];
            }
            let tail = pieces.list[at].end;
            let trimmed = text[pieces.list[at].start..tail]
                .trim_end_matches([',', ';', '—', '–', ' '])
                .len();
            pieces.list[at].end = pieces.list[at].start + trimmed;
            pieces.alone(at + 1);
        }
        at += 1;
    }
}
