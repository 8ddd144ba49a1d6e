//! Words kept out of the note because the clinician said so: "private note", "off the record", "for supervision". Rather one
//! sentence too many kept private than one too few: it is shown, and can be put back by hand.

use super::{
    piece::Pieces,
    words::{Word, pattern},
};
use crate::note::draft::Role;

/// What opens private words.
const OPEN: [&str; 32] = [
    "private note*",
    "private for me",
    "private i",
    "priv i",
    "off the record",
    "off record",
    "off chart",
    "not for chart|file",
    "not for the chart|record|file|note",
    "for supervision only",
    "for supervision",
    "for my supervision",
    "for sup",
    "supervision only",
    "just for me",
    "kept for me only",
    "don't file|chart|record this",
    "don't put this in",
    "keep this one|part out",
    "put this .. in my private notes",
    "between you and me",
    "note to self",
    "my own note",
    "process note*",
    "not charting",
    "part's|bit's private|for",
    "withheld from the record",
    "vent to be deleted",
    "this part is|bit is private|for",
    "pers reminds",
    "for my eyes",
    "personal note",
];
/// Openings that count only as the first word, before a colon or a dash.
const HEADS: [&str; 8] = [
    "private",
    "priv",
    "mine",
    "supervision",
    "sup",
    "pers",
    "privately",
    "mine only",
];
/// What ends them.
const CLOSE: [&str; 9] = [
    "back on the record",
    "back on record",
    "end private",
    "end of private",
    "for the file",
    "for the record",
    "okay now the actual note",
    "start the note",
    "end private note",
];

/// Marks private pieces. Where the summary has full stops, the whole sentence behind an opening is private.
pub(super) fn mark(text: &str, pieces: &mut Pieces) {
    cut(text, pieces);
    let punctuated = text.contains(['.', ';']);
    let (mut open, mut bare) = (false, false);
    for at in 0..pieces.list.len() {
        let words = pieces.words(text, at);
        let says = |list: &'static [&'static str], within: usize| {
            list.iter()
                .any(|p| (0..words.len().min(within)).any(|i| pattern(p).match_at(&words, i).is_some()))
        };
        if says(&CLOSE, 3) && !says(&["private note"], 1) {
            open = false;
            continue;
        }
        let new_sentence = at == 0
            || text[pieces.list[at - 1].end..pieces.list[at].start].contains(['.', '!', '?', '\n'])
            || text[..pieces.list[at].start].trim_end().ends_with(['.', '!', '?']);
        let opens = (says(&["between us"], 1) || says(&OPEN, 8) && !negated(&words)) || head(&words);
        let only = opens && words.len() <= 4;
        if opens {
            open = true;
        } else if open && !bare && (!punctuated || new_sentence) {
            open = false;
        }
        bare = only;
        let tail = tail(&words);
        if (open || tail) && pieces.list[at].role != Role::Command {
            pieces.list[at].role = Role::Private;
        }
        if tail
            && words.len() < 8
            && at > 0
            && matches!(words[0].low.as_str(), "that's" | "so" | "keep" | "leave" | "note")
            && pieces.list[at - 1].role != Role::Risk
        {
            pieces.list[at - 1].role = Role::Private;
        }
    }
    for at in 0..pieces.list.len() {
        if pieces.list[at].role == Role::Private {
            pieces.leave_out(at, "private");
        }
    }
    pieces.units.retain(|unit| !unit.is_empty());
}

/// Cuts a clause at an opening in its middle.
fn cut(text: &str, pieces: &mut Pieces) {
    const INSIDE: [&str; 8] = [
        "private note",
        "off the record",
        "off record",
        "for supervision only",
        "for supervision",
        "just for me",
        "between you and me",
        "not for the chart|record|file|note",
    ];
    for at in 0..pieces.list.len() {
        let words = pieces.words(text, at);
        let place = INSIDE.iter().find_map(|p| {
            (3..words.len()).find(|&i| {
                pattern(p)
                    .match_at(&words, i)
                    .is_some_and(|end| words.len() != end + 1 && words.len() != end + 2)
            })
        });
        let Some(place) = place.filter(|&i| !words[i].quoted && !tail(&words) && !need(&words)) else {
            continue;
        };
        pieces.split(at, words[place].start, text);
        pieces.alone(at + 1);
        if pieces.list[at].role == Role::Private {
            let probs = pieces.list[at].tagged.role_probs;
            let best = (0..8).fold(0, |best, i| if probs[i] > probs[best] { i } else { best });
            pieces.list[at].role = Role::ALL[best];
        }
    }
}

/// "… that's for supervision not the note", "… leave it out", "… — supervision".
fn tail(words: &[Word]) -> bool {
    let ends =
        |p: &'static str| (0..words.len()).any(|i| pattern(p).match_at(words, i).is_some_and(|end| end == words.len()));
    ends("that's for supervision .. note|chart|record")
        || ends("that's for supervision")
        || ends("note for|to team|self|supervision|consult|supervisor|myself")
        || ends("leave it|that out")
        || ends("keep that|this|it out")
        || ends("not the|for note|chart|record") && words.iter().any(|w| w.low == "supervision" || w.low == "therapy")
        || words
            .last()
            .is_some_and(|w| matches!(w.low.as_str(), "supervision" | "consult") && w.gap.contains(['—', '–', '(']))
}

fn need(words: &[Word]) -> bool {
    pattern("need|needs|ask|asked|time|referr* .. for supervision")
        .find(words)
        .is_some()
}

fn head(words: &[Word]) -> bool {
    let Some(first) = words.first() else { return false };
    let Some(next) = words.get(1) else { return false };
    let skip = usize::from(matches!(first.low.as_str(), "and" | "um" | "uh"));
    HEADS.contains(&words[skip].low.as_str())
        && words
            .get(skip + 1)
            .is_some_and(|w| w.gap.contains([':', '—', '–', ';']) || w.gap.trim() == "-")
        || (first.low == "private" && matches!(next.low.as_str(), "i" | "i'm" | "i'd"))
}

/// "not for supervision" in another sense: "no need for supervision".
fn negated(words: &[Word]) -> bool {
    pattern("need* .. supervision").find(words).is_some()
        || pattern("bring|bringing|take|taking .. supervision")
            .find(words)
            .is_some_and(|(from, _)| from == 0)
}
