//! What a correction stands for: a day for a day, a number for a number, a person for a person, or the same words again.

use crate::drafting::{check::number_word, rewrite::is_person, words::Word};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Slot {
    Number,
    Day,
    Month,
    Person,
    Often,
    None,
}

pub(super) fn slot(low: &str) -> Slot {
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

/// Which words of a clause its correction stands for.
pub(super) fn replaced(old: &[Word], new: &[Word]) -> Option<(usize, usize)> {
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
pub(super) fn slot_of(new: &[Word]) -> (Slot, usize) {
    (0..new.len().min(3))
        .map(|i| (slot(&new[i].low), i))
        .find(|(kind, _)| *kind != Slot::None)
        .unwrap_or((Slot::None, 0))
}

/// Where the word before the cue is taken back for want of anything better: the last word, or from the same word on.
pub(super) fn anchor(old: &[Word], new: &[Word]) -> (usize, usize) {
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
