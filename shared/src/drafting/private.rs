//! Words kept out of the note because the clinician said so: "private note", "off the record", "for supervision". Rather one
//! sentence too many kept private than one too few: it is shown, and can be put back by hand.

use super::{
    piece::Pieces,
    words::{Pattern, Word},
};
use crate::note::draft::Role;

/// What opens private words.
const OPEN: [&str; 33] = [
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
    "between us",
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
    let punctuated = text.contains(['.', ';']);
    let mut open = false;
    for at in 0..pieces.list.len() {
        let words = pieces.words(text, at);
        let says = |list: &[&str], within: usize| {
            list.iter()
                .any(|p| (0..words.len().min(within)).any(|i| Pattern::read(p).match_at(&words, i).is_some()))
        };
        if says(&CLOSE, 3) && !says(&["private note"], 1) {
            open = false;
            continue;
        }
        let new_sentence = at == 0
            || text[pieces.list[at - 1].end..pieces.list[at].start].contains(['.', '!', '?', '\n'])
            || text[..pieces.list[at].start].trim_end().ends_with(['.', '!', '?']);
        let opens = (says(&OPEN, 8) && !negated(&words)) || head(&words);
        if opens {
            open = true;
        } else if open && (!punctuated || new_sentence) {
            open = false;
        }
        if open {
            pieces.list[at].role = Role::Private;
        }
    }
    for at in 0..pieces.list.len() {
        if pieces.list[at].role == Role::Private {
            pieces.leave_out(at, "private");
        }
    }
    pieces.units.retain(|unit| !unit.is_empty());
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
    Pattern::read("need* .. supervision").find(words).is_some()
        || Pattern::read("bring|bringing|take|taking .. supervision")
            .find(words)
            .is_some_and(|(from, _)| from == 0)
}
