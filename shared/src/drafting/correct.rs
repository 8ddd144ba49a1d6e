//! Spoken corrections and commands: what was taken back is left out, the correction stands, and "put that under plan" is done.
//! The words taken back stay a fact, listed with the reason, so that nothing said is lost.

mod order;
mod slot;

use self::slot::{Slot, anchor, replaced, slot, slot_of};
use super::{
    piece::Pieces,
    words::{Word, pattern},
};
use crate::note::draft::Role;

const TAKE_BACK: [&str; 22] = [
    "no scratch that last bit|part|one",
    "scratch that last bit|part|one",
    "no wait strike|scratch that",
    "no|actually|um|uh scratch|strike|scrap|delete|undo that",
    "delete|strike|scratch that last bit|part|one|line|sentence",
    "strike that last",
    "take that last bit|part out",
    "take that bit|part|one|last out",
    "take that out",
    "leave that out",
    "no leave that out",
    "scratch|strike|scrap|undo|delete that",
    "no change that to",
    "change that to",
    "actually change that to",
    "no make that",
    "correction make that",
    "make that",
    "correction",
    "no wait",
    "no sorry",
    "scratch that make it|that",
];
const STRONG: [&str; 12] = [
    "no wait",
    "no sorry",
    "uh no wait",
    "no make that",
    "no scratch that",
    "scratch that",
    "sorry no",
    "correction",
    "no i mean",
    "strike that",
    "or rather",
    "wait no",
];
const WEAK: [&str; 5] = ["i mean", "sorry", "uh no", "ay no", "no"];

/// Carries out what was taken back and commanded.
pub(super) fn correct(text: &str, pieces: &mut Pieces) {
    let mut at = 0;
    while at < pieces.list.len() {
        if pieces.list[at].out.is_none() && pieces.list[at].role != Role::Private {
            if at > 0 && take_back(text, pieces, at) {
                at += 1;
                continue;
            }
            trailing(text, pieces, at);
            within(text, pieces, at);
            order::command(text, pieces, at);
        }
        at += 1;
    }
    pieces.units.retain(|unit| !unit.is_empty());
}

/// The kept piece before `at`.
fn before(pieces: &Pieces, at: usize) -> Option<usize> {
    (0..at).rev().find(|&i| {
        pieces.list[i].out.is_none() && !matches!(pieces.list[i].role, Role::Filler | Role::Command | Role::Private)
    })
}

/// "Scratch that, it was her sister", as a clause of its own or at the head of the next.
fn take_back(text: &str, pieces: &mut Pieces, at: usize) -> bool {
    let words = pieces.words(text, at);
    let Some((cue, end)) = TAKE_BACK
        .iter()
        .find_map(|cue| pattern(cue).match_at(&words, 0).map(|end| (*cue, end)))
    else {
        return false;
    };
    let commanded = pieces.list[at].role == Role::Command;
    if !commanded && matches!(cue, "make that" | "no sorry" | "correction") && end == words.len() {
        return false;
    }
    let Some(old) = before(pieces, at) else { return false };
    let fresh = if end < words.len() {
        let role = pieces.list[at].role;
        pieces.split(at, words[end].start, text);
        pieces.list[at + 1].role = if matches!(role, Role::Command | Role::Filler) {
            pieces.list[old].role
        } else {
            role
        };
        Some(at + 1)
    } else {
        (at + 1 < pieces.list.len() && !matches!(pieces.list[at + 1].role, Role::Private | Role::Command))
            .then_some(at + 1)
    };
    pieces.list[at].role = Role::Command;
    pieces.leave_out(at, "command");
    let Some(fresh) = fresh else {
        pieces.leave_out(old, "corrected");
        return true;
    };
    pieces.alone(fresh);
    let new = pieces.words(text, fresh);
    if pattern("no keep it|that").match_at(&new, 0).is_some()
        || pattern("keep it|that")
            .match_at(&new, 0)
            .is_some_and(|e| e == new.len())
    {
        pieces.leave_out(fresh, "command");
        return true;
    }
    let lead = lead(&new);
    let kept = pieces.words(text, old);
    if let Some((from, to)) = replaced(&kept, &new[lead..]) {
        if matches!(pieces.list[fresh].role, Role::Filler | Role::Command) {
            pieces.list[fresh].role = pieces.list[old].role;
        }
        splice(text, pieces, old, kept[from].start, kept[to - 1].end, fresh);
    } else {
        pieces.leave_out(old, "corrected");
    }
    true
}

/// "she said no wait": what takes back at the end of a clause becomes a piece of its own.
fn trailing(text: &str, pieces: &mut Pieces, at: usize) {
    let words = pieces.words(text, at);
    let cue = (1..words.len()).find(|&i| {
        STRONG.iter().any(|cue| {
            pattern(cue)
                .match_at(&words, i)
                .is_some_and(|end| end == words.len() && words[i].gap.trim_matches([' ', ',', '.']).is_empty())
        })
    });
    if let Some(cue) = cue
        && at + 1 < pieces.list.len()
        && !words[cue].quoted
    {
        pieces.split(at, words[cue].start, text);
        pieces.list[at + 1].role = Role::Command;
        pieces.alone(at + 1);
    }
}

/// How many words lead into the correction: "it was", "make that".
fn lead(words: &[Word]) -> usize {
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
    .find_map(|lead| pattern(lead).match_at(words, 0))
    .filter(|&end| end < words.len())
    .unwrap_or(0)
}

/// Puts piece `fresh` in the place of a stretch of piece `old`: the stretch is left out, the sentence goes around it.
fn splice(text: &str, pieces: &mut Pieces, old: usize, from: usize, to: usize, fresh: usize) {
    let (mut at, mut fresh) = (old, fresh);
    let head = from > pieces.list[at].start;
    if head {
        pieces.split(at, from, text);
        at += 1;
        fresh += 1;
    }
    let tail = to < pieces.list[at].end && text[to..pieces.list[at].end].chars().any(char::is_alphanumeric);
    if tail {
        pieces.split(at, to, text);
        fresh += 1;
    }
    for unit in &mut pieces.units {
        unit.retain(|i| *i != fresh);
    }
    for unit in &mut pieces.units {
        if let Some(place) = unit.iter().position(|i| *i == at) {
            unit[place] = fresh;
        }
    }
    pieces.list[at].out = Some("corrected");
    pieces.units.retain(|unit| !unit.is_empty());
}

/// "three nights no wait four nights" inside one clause.
fn within(text: &str, pieces: &mut Pieces, at: usize) {
    let words = pieces.words(text, at);
    let cue = |list: &'static [&'static str]| {
        (1..words.len()).find_map(|i| {
            list.iter()
                .find_map(|cue| pattern(cue).match_at(&words, i).map(|end| (i, end)))
                .filter(|&(_, end)| end < words.len())
        })
    };
    let (cue, strong) = match (cue(&STRONG), cue(&WEAK)) {
        (Some(cue), _) => (cue, true),
        (None, Some(cue)) => (cue, false),
        _ => return,
    };
    if words[cue.0..=cue.1].iter().any(|w| w.quoted) {
        return;
    }
    let (old, new) = (&words[..cue.0], &words[cue.1..]);
    let plain = &words[cue.0].low;
    let kind = slot_of(&new[..new.len().min(2)]).0;
    if !strong
        && (kind == Slot::None
            || (plain == "no"
                && (kind != Slot::Number
                    || slot(&old[old.len() - 1].low) != Slot::Number
                        && !old.iter().rev().take(2).any(|w| slot(&w.low) == Slot::Number))))
    {
        return;
    }
    let Some((from, to)) = replaced(old, new).or_else(|| strong.then(|| anchor(old, new))) else {
        return;
    };
    let (from_byte, cue_byte, new_byte) = (old[from].start, words[cue.0].start, new[0].start);
    let gap = old.len() - to;
    let _ = cue_byte;
    if gap <= 1 {
        // all from the old word to the cue goes
        let mut at = at;
        if from > 0 {
            pieces.split(at, from_byte, text);
            at += 1;
        }
        pieces.split(at, new_byte, text);
        pieces.leave_out(at, "corrected");
        return;
    }
    let old_end = old[to - 1].end;
    pieces.split(at, new_byte, text);
    pieces.split(at, words[cue.0].start, text);
    pieces.leave_out(at + 1, "corrected");
    pieces.alone(at + 2);
    splice(text, pieces, at, from_byte, old_end, at + 2);
}
