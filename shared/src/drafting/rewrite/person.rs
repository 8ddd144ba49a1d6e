//! First person into third: "I" and "we" become the words the clinician chose, but only where nobody else can be meant.

use std::sync::LazyLock;

use super::Voice;
use crate::{
    drafting::words::{Line, word_list},
    note::draft::Role,
};

const LEXICON: &str = include_str!("../lexicons/person.txt");
static SPEECH: LazyLock<Vec<&str>> = LazyLock::new(|| word_list(LEXICON, "speech"));
static MINE: LazyLock<Vec<&str>> = LazyLock::new(|| word_list(LEXICON, "mine"));
/// Verbs whose present takes an s in the third person. "put", "let", "set", "read" are the past as often, so they stay.
static PRESENT: LazyLock<Vec<&str>> = LazyLock::new(|| word_list(LEXICON, "present"));
static AUXILIARY: LazyLock<Vec<&str>> = LazyLock::new(|| word_list(LEXICON, "auxiliary"));
static PAST: LazyLock<Vec<&str>> = LazyLock::new(|| word_list(LEXICON, "past"));
/// What only a clinician does when risk is spoken of.
static ACTS: LazyLock<Vec<&str>> = LazyLock::new(|| word_list(LEXICON, "acts"));

/// Whether dictated words tell what somebody said, so that what follows may be theirs.
pub(in crate::drafting) fn quotes_somebody(text: &str) -> bool {
    let line = Line::read(text);
    !typed(&line)
        && (0..line.words.len())
            .any(|at| SPEECH[..24].contains(&line.low(at)) && !(at > 0 && matches!(line.low(at - 1), "i" | "we")))
}

/// Whether the words were typed: then whatever stands outside quotation marks is the clinician's.
pub(super) fn typed(line: &Line) -> bool {
    line.words
        .iter()
        .any(|w| w.text.chars().any(char::is_uppercase) && w.low != "i" && !w.low.starts_with("i'"))
        && !line.words.iter().skip(1).take(2).any(|w| w.gap.starts_with(':'))
}

/// Writes the clause in the third person. `None` and no change where "I" may be somebody else's.
pub(super) fn third(
    line: &mut Line,
    role: Role,
    said_typed: bool,
    quoting: bool,
    voice: &Voice,
) -> Option<&'static str> {
    let mine = |line: &Line, at: usize| !line.words[at].quoted && MINE.contains(&line.low(at));
    let first = (0..line.words.len()).find(|&at| mine(line, at))?;
    if quoting && !said_typed && !matches!(role, Role::Intervention | Role::Plan) {
        return None;
    }
    if line.words.iter().any(|w| w.quoted && MINE.contains(&w.low.as_str()))
        && line.words[first].gap.contains(['"', '\''])
    {
        return None;
    }
    if (0..line.words.len()).any(|at| line.is(at, "let me think") || line.is(at, "let me see")) {
        return None;
    }
    // half of a quotation: whose words they are cannot be told
    if line.print().chars().filter(|c| matches!(c, '"' | '“' | '”')).count() % 2 == 1 {
        return None;
    }
    if matches!(line.low(first), "mine" | "myself") || !(said_typed || clinicians_own(line, first, role)) {
        return None;
    }
    let of_us = (1..line.words.len()).any(|at| line.low(at) == "us" && line.low(at - 1) == "of");
    if of_us {
        return None;
    }
    // what follows a verb of speech may be somebody's own words
    if !said_typed
        && let Some(speech) = (0..line.words.len())
            .find(|&at| SPEECH.contains(&line.low(at)) && !(at == first + 1 && line.low(at) == "thought"))
        && (speech + 1..line.words.len())
            .any(|at| mine(line, at) && !(at == speech + 1 && matches!(line.low(at), "me" | "us")))
    {
        return None;
    }
    let before = line.clone();
    if replace(line, voice) {
        Some("clinician_named")
    } else {
        *line = before;
        None
    }
}

/// Whether the first "I" is the clinician: by role, or by what only a clinician does in a session.
fn clinicians_own(line: &Line, first: usize, role: Role) -> bool {
    match role {
        Role::Intervention | Role::Plan | Role::Assessment | Role::Admin => true,
        Role::Observation | Role::Risk => {
            matches!(line.low(first), "me" | "us")
                || matches!(line.low(first), "i" | "we" | "i'd" | "i'll" | "i'm")
                    && ACTS
                        .contains(&line.low(skip_adverbs(line, first + 1 + usize::from(line.low(first + 1) == "am"))))
        }
        _ => {
            matches!(line.low(first), "me" | "us")
                || (first < 3
                    && matches!(line.low(first), "i" | "we")
                    && matches!(
                        line.low(first + 1),
                        "asked"
                            | "told"
                            | "checked"
                            | "said"
                            | "gave"
                            | "offered"
                            | "did"
                            | "named"
                            | "reflected"
                            | "suggested"
                    ))
        }
    }
}

/// Changes every first person; false where one of them has no sure third person.
fn replace(line: &mut Line, voice: &Voice) -> bool {
    let (clinician, client) = (voice.clinician.as_str(), voice.client.as_str());
    let both = format!("{clinician} and {client}");
    let opened = matches!(line.low(0), "i" | "we");
    let mut at = 0;
    while at < line.words.len() {
        if line.words[at].quoted || !MINE.contains(&line.low(at)) {
            at += 1;
            continue;
        }
        let low = line.low(at).to_owned();
        let plural = low.starts_with("we") || matches!(low.as_str(), "us" | "our");
        if plural && voice.several && at > 0 && low != "our" {
            return false;
        }
        let joined = opened
            && at > 0
            && matches!(line.low(at - 1), "and" | "but" | "then")
            && at > 2
            && matches!(low.as_str(), "i" | "we");
        let name = if plural { both.as_str() } else { clinician };
        let verb_at = at + 1;
        match low.as_str() {
            "me" | "us" => line.put(at, at + 1, name),
            "my" => line.put(at, at + 1, &format!("{clinician}'s")),
            "our" => line.put(at, at + 1, "the"),
            "i" | "we" => {
                let verb = skip_adverbs(line, verb_at);
                if !agree(line, verb, plural) {
                    return false;
                }
                if joined && !others(line, at) || (plural && voice.several) {
                    line.cut(at, at + 1);
                    continue;
                }
                let aside = aside(line, at, verb);
                if aside
                    && matches!(line.low(verb), "thinks" | "guesses" | "believes" | "suspects")
                    && let Some(next) = line.words.get_mut(verb + 1)
                    && next.gap == " "
                {
                    next.gap = ", ".into();
                }
                line.put(at, at + 1, name);
                if aside {
                    line.words[at].gap = ", ".into();
                }
            }
            "i'm" | "i'll" | "i've" | "i'd" | "we're" | "we'll" | "we've" | "we'd" => {
                let help = match (low.rsplit('\'').next().unwrap_or(""), plural) {
                    ("m", _) => "is",
                    ("re", _) => "are",
                    ("ll", _) => "will",
                    ("ve", true) => "have",
                    ("ve", false) => "has",
                    _ if participle(line.low(skip_adverbs(line, verb_at))) => "had",
                    _ => "would",
                };
                if plural && voice.several && help == "are" && at == 0 {
                    line.cut(at, at + 1);
                    continue;
                }
                if plural && voice.several {
                    line.put(at, at + 1, help);
                } else {
                    line.put(at, at + 1, &format!("{name} {help}"));
                }
            }
            _ => return false,
        }
        at += 1;
    }
    true
}

/// "no thoughts of suicide i asked twice": a clause of its own behind the first.
fn aside(line: &Line, at: usize, verb: usize) -> bool {
    at > 0
        && line.words[at].gap == " "
        && matches!(
            line.low(verb),
            "asked" | "checked" | "thinks" | "guesses" | "believes" | "suspects" | "said"
        )
        && !matches!(
            line.low(at - 1),
            "and"
                | "but"
                | "that"
                | "what"
                | "how"
                | "when"
                | "where"
                | "because"
                | "if"
                | "so"
                | "then"
                | "as"
                | "than"
                | "which"
                | "like"
                | "while"
                | "after"
                | "before"
                | "until"
                | "since"
                | "whether"
                | "the"
                | "all"
                | "cause"
                | "why"
        )
}

/// Whether somebody else is the subject of a clause before this place.
fn others(line: &Line, at: usize) -> bool {
    (1..at).any(|i| matches!(line.low(i), "she" | "he" | "they" | "it" | "who" | "that"))
}

fn skip_adverbs(line: &Line, mut at: usize) -> usize {
    while matches!(
        line.low(at),
        "just"
            | "also"
            | "then"
            | "mostly"
            | "still"
            | "already"
            | "never"
            | "really"
            | "only"
            | "deliberately"
            | "finally"
            | "even"
            | "honestly"
            | "briefly"
            | "both"
    ) {
        at += 1;
    }
    at
}

fn participle(low: &str) -> bool {
    low.ends_with("ed")
        || matches!(
            low,
            "planned"
                | "been"
                | "gone"
                | "done"
                | "seen"
                | "given"
                | "taken"
                | "written"
                | "met"
                | "had"
                | "told"
                | "said"
                | "thought"
                | "hoped"
                | "better"
        )
}

/// Puts the verb in the third person singular. False for a word that is not known as a verb.
fn agree(line: &mut Line, at: usize, plural: bool) -> bool {
    let low = line.low(at).to_owned();
    if PAST.contains(&low.as_str()) || (low.ends_with("ed") && low.len() > 3) {
        return true;
    }
    if plural {
        return PRESENT.contains(&low.as_str())
            || AUXILIARY.contains(&low.as_str())
            || matches!(low.as_str(), "are" | "were" | "aren't" | "weren't" | "said" | "opened");
    }
    let new = match low.as_str() {
        "am" => "is".to_owned(),
        "have" => "has".to_owned(),
        "haven't" => "hasn't".to_owned(),
        "do" => "does".to_owned(),
        "don't" => "doesn't".to_owned(),
        "go" => "goes".to_owned(),
        "try" => "tries".to_owned(),
        "worry" => "worries".to_owned(),
        "teach" => "teaches".to_owned(),
        "guess" => "guesses".to_owned(),
        "wish" => "wishes".to_owned(),
        _ if AUXILIARY.contains(&low.as_str()) => low.clone(),
        "put" | "let" | "set" | "read" | "shut" | "cut" | "hit" => low.clone(),
        _ if PRESENT.contains(&low.as_str()) => format!("{low}s"),
        _ => return false,
    };
    if new != low {
        line.words[at].set(&new);
    }
    true
}
