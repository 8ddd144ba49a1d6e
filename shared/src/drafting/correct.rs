//! Spoken corrections and commands: what was taken back is left out, the correction stands, and "put that under plan" is done.
//! The words taken back stay a fact, listed with the reason, so that nothing said is lost.

use super::{
    check::number_word,
    piece::Pieces,
    rewrite::is_person,
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

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Slot {
    Number,
    Day,
    Month,
    Person,
    Often,
    None,
}

fn slot(low: &str) -> Slot {
    const DAYS: [&str; 16] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tues",
        "wed",
        "thurs",
        "fri",
        "sat",
        "sun",
        "yesterday",
        "today",
    ];
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    const ORDINALS: [&str; 16] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "fifteenth",
        "sixteenth",
        "nineteenth",
        "twentieth",
    ];
    const OFTEN: [&str; 6] = ["weekly", "monthly", "fortnightly", "daily", "biweekly", "every"];
    let bare = low.strip_suffix("'s").unwrap_or(low);
    if number_word(bare).is_some()
        || bare.starts_with(|c: char| c.is_ascii_digit())
        || ORDINALS.contains(&bare)
        || bare == "hundred"
    {
        Slot::Number
    } else if DAYS.contains(&bare.strip_suffix('s').unwrap_or(bare)) || DAYS.contains(&bare) {
        Slot::Day
    } else if MONTHS.contains(&bare) {
        Slot::Month
    } else if is_person(bare) {
        Slot::Person
    } else if OFTEN.contains(&bare) {
        Slot::Often
    } else {
        Slot::None
    }
}

/// Carries out what was taken back and commanded.
pub(super) fn correct(text: &str, pieces: &mut Pieces) {
    let mut at = 0;
    while at < pieces.list.len() {
        if matches!(pieces.list[at].out, None) && pieces.list[at].role != Role::Private {
            if at > 0 && take_back(text, pieces, at) {
                at += 1;
                continue;
            }
            within(text, pieces, at);
            command(text, pieces, at);
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

/// Which words of a clause its correction stands for.
fn replaced(old: &[Word], new: &[Word]) -> Option<(usize, usize)> {
    if old.is_empty() || new.is_empty() {
        return None;
    }
    let clause = new.len() > 3
        && matches!(
            new[0].low.as_str(),
            "she" | "he" | "they" | "i" | "we" | "she's" | "he's" | "it" | "i'd" | "i'm" | "there"
        );
    // the same opening said again
    if let Some(from) = (0..old.len()).rev().find(|&i| {
        old[i].low == new[0].low
            && (new.len() == 1 || clause || i > 0)
            && (!clause || i == 0 || old.get(i + 1).is_some_and(|w| w.low == new[1].low))
    }) && !(matches!(new[0].low.as_str(), "the" | "a" | "her" | "his" | "on" | "to" | "my")
        && slot_of(new).0 != Slot::None)
        && !(matches!(new[0].low.as_str(), "the" | "a" | "her" | "his" | "my") && old.len() - from > 4)
    {
        return (!(from == 0 && old.len() > new.len() + 4)).then_some((from, old.len()));
    }
    if clause {
        return None;
    }
    let (kind, place) = slot_of(new);
    if kind == Slot::None {
        return None;
    }
    let number_end = |words: &[Word], mut i: usize| {
        while words.get(i).is_some_and(|w| slot(&w.low) == Slot::Number) {
            i += 1;
        }
        i
    };
    let unit = (kind == Slot::Number)
        .then(|| new.get(number_end(new, place)).map(|w| w.low.as_str()))
        .flatten();
    let found = (0..old.len())
        .rev()
        .filter(|&i| slot(&old[i].low) == kind && !(i > 0 && old[i - 1].low == "of"));
    let mut found: Vec<usize> = found.collect();
    if let Some(unit) = unit
        && let Some(same) = found
            .iter()
            .copied()
            .find(|&i| old.get(number_end(old, i)).is_some_and(|w| w.low == unit))
    {
        found = vec![same];
    }
    let hit = *found.first()?;
    let mut from = hit;
    while kind == Slot::Number
        && from > 0
        && slot(&old[from - 1].low) == Slot::Number
        && !matches!(
            old.get(from.wrapping_sub(2)).map(|w| w.low.as_str()),
            Some("phq" | "gad" | "q" | "pcl")
        )
        && !old[from].gap.contains(',')
    {
        from -= 1;
    }
    if place > 0 && from > 0 && determiner(&new[place - 1].low) && (determiner(&old[from - 1].low)) {
        from -= 1;
    }
    if place > 0 && from > 0 && new[0].low == old[from - 1].low {
        from -= 1;
    }
    let mut to = if kind == Slot::Number {
        number_end(old, hit)
    } else {
        hit + 1
    };
    if let Some(unit) = unit
        && old.get(to).is_some_and(|w| w.low == unit)
    {
        to += 1;
    }
    Some((from, to))
}

fn determiner(low: &str) -> bool {
    matches!(
        low,
        "the" | "a" | "her" | "his" | "my" | "their" | "on" | "in" | "at" | "every"
    )
}

/// The kind of thing a correction names, and where: only in its first words.
fn slot_of(new: &[Word]) -> (Slot, usize) {
    (0..new.len().min(3))
        .map(|i| (slot(&new[i].low), i))
        .find(|(kind, _)| *kind != Slot::None)
        .unwrap_or((Slot::None, 0))
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

/// Where the word before the cue is taken back for want of anything better: the last word, or from the same word on.
fn anchor(old: &[Word], new: &[Word]) -> (usize, usize) {
    let near = old.len().saturating_sub(5);
    let unit = new.get(1).map(|w| w.low.as_str());
    let from = (near..old.len())
        .rev()
        .find(|&i| old[i].low == new[0].low)
        .or_else(|| {
            (near.max(1)..old.len())
                .rev()
                .find(|&i| Some(old[i].low.as_str()) == unit)
                .map(|i| i - 1)
        })
        .unwrap_or(old.len() - 1);
    (from, old.len())
}

/// "put that under plan", "move the trunk thing to plan", "change brilliant to encouraging".
fn command(text: &str, pieces: &mut Pieces, at: usize) {
    let words = pieces.words(text, at);
    let said = |text: &'static str| pattern(text).find(&words);
    let ignore = said("ignore|disregard .. previous|prior|above instructions|rules|prompt").is_some();
    let lead = said("put|move|file|dictate").filter(|(from, _)| *from < 5);
    let target = said(
        "under|to|in|into .. plan|assessment|subjective|objective|interventions|intervention|response|report|data|behavior|observations|observation|progress|family|testing",
    );
    if ignore {
        pieces.list[at].role = Role::Command;
    } else if let (Some((lead, after)), Some((under, end)), true) =
        (lead, target, pieces.list[at].role == Role::Command)
    {
        let role = match words[end - 1].low.as_str() {
            "plan" => Some(Role::Plan),
            "assessment" | "progress" => Some(Role::Assessment),
            "subjective" | "report" | "data" | "family" => Some(Role::Report),
            "objective" | "observations" | "observation" | "behavior" | "testing" => Some(Role::Observation),
            "interventions" | "intervention" => Some(Role::Intervention),
            "response" => Some(Role::Response),
            _ => None,
        };
        let next = words[lead..under].iter().any(|w| w.low == "next");
        let noun = words[after..under].iter().find(|w| {
            !matches!(
                w.low.as_str(),
                "that" | "this" | "it" | "the" | "thing" | "part" | "bit" | "next" | "last" | "one"
            )
        });
        let aim = if next {
            (at + 1 < pieces.list.len()).then_some(at + 1)
        } else if let Some(noun) = noun {
            (0..at).rev().find(|&i| {
                pieces.list[i].out.is_none()
                    && pieces
                        .words(text, i)
                        .iter()
                        .any(|w| super::check::same_stem(&w.low, &noun.low))
            })
        } else {
            before(pieces, at)
        };
        if let (Some(role), Some(aim)) = (role, aim)
            && !matches!(pieces.list[aim].role, Role::Private | Role::Risk)
        {
            pieces.list[aim].role = role;
            pieces.list[aim].told = true;
        }
    } else if pieces.list[at].role == Role::Command {
        change(text, pieces, at, &words);
    }
    match pieces.list[at].role {
        Role::Command => pieces.leave_out(at, "command"),
        Role::Filler => pieces.leave_out(at, "filler"),
        _ => {}
    }
}

/// "change A to B", "scratch A make that B", "make A B": B stands for A in the nearest clause that says A.
fn change(text: &str, pieces: &mut Pieces, at: usize, words: &[Word]) {
    let pairs = ["change", "scratch", "strike the word", "strike", "make"];
    let Some(start) = pairs
        .iter()
        .find_map(|p| (0..words.len()).find_map(|i| pattern(p).match_at(words, i)))
    else {
        return;
    };
    let middle = ["to", "make that", "make it", "use", "it's"]
        .iter()
        .find_map(|m| (start + 1..words.len()).find_map(|i| pattern(m).match_at(words, i).map(|end| (i, end))));
    let (a, b) = match middle {
        Some((from, end)) if end < words.len() => ((start, from), end),
        None if words.len() == start + 2
            && slot(&words[start].low) == slot(&words[start + 1].low)
            && slot(&words[start].low) != Slot::None =>
        {
            ((start, start + 1), start + 1)
        }
        _ => return,
    };
    let phrase: Vec<&str> = words[a.0..a.1].iter().map(|w| w.low.as_str()).collect();
    let aim = (0..at).rev().filter(|&i| pieces.list[i].out.is_none()).find_map(|i| {
        let list = pieces.words(text, i);
        (0..list.len())
            .find(|&k| {
                phrase
                    .iter()
                    .enumerate()
                    .all(|(n, want)| list.get(k + n).is_some_and(|w| w.low == *want))
            })
            .map(|k| (i, list[k].start, list[k + phrase.len() - 1].end))
    });
    let Some((old, from, to)) = aim else { return };
    let role = pieces.list[old].role;
    pieces.split(at, words[b].start, text);
    pieces.list[at + 1].role = role;
    pieces.list[at + 1].tagged.role = role;
    pieces.alone(at + 1);
    splice(text, pieces, old, from, to, at + 1);
}
