//! Roles that words settle whatever the model believes: lists of what was done ("discussed …, practiced …, assigned …"),
//! homework given, homework not done. Closed, narrow rules; everything else is the model's.

use super::{
    piece::Pieces,
    words::{Word, pattern},
};
use crate::note::draft::Role;

/// Verbs that open a member of a list, with the role of what they say.
const MEMBERS: [(&str, Role); 26] = [
    ("practiced", Role::Intervention),
    ("practised", Role::Intervention),
    ("taught", Role::Intervention),
    ("introduced", Role::Intervention),
    ("reviewed", Role::Intervention),
    ("explored", Role::Intervention),
    ("processed", Role::Intervention),
    ("modeled", Role::Intervention),
    ("modelled", Role::Intervention),
    ("rehearsed", Role::Intervention),
    ("validated", Role::Intervention),
    ("normalized", Role::Intervention),
    ("normalised", Role::Intervention),
    ("used", Role::Intervention),
    ("assigned", Role::Plan),
    ("scheduled", Role::Plan),
    ("referred", Role::Plan),
    ("discussed", Role::Report),
    ("reported", Role::Report),
    ("reports", Role::Report),
    ("denied", Role::Report),
    ("denies", Role::Report),
    ("described", Role::Report),
    ("appeared", Role::Observation),
    ("presented", Role::Observation),
    ("agreed", Role::Plan),
];

fn member(low: &str) -> Option<Role> {
    MEMBERS.iter().find(|(verb, _)| *verb == low).map(|(_, role)| *role)
}

/// Cuts lists into their members and settles what words settle.
pub(super) fn settle(text: &str, pieces: &mut Pieces) {
    let mut at = 0;
    while at < pieces.list.len() {
        if free(pieces, at) {
            list(text, pieces, at);
        }
        at += 1;
    }
    for at in 0..pieces.list.len() {
        if free(pieces, at) {
            let words = pieces.words(text, at);
            let before = at.checked_sub(1).map(|before| pieces.words(text, before));
            if let Some(role) = sure(&words, pieces.list[at].role, before.as_deref()) {
                pieces.list[at].role = role;
            }
        }
    }
}

fn free(pieces: &Pieces, at: usize) -> bool {
    pieces.list[at].out.is_none()
        && !matches!(
            pieces.list[at].role,
            Role::Private | Role::Command | Role::Filler | Role::Risk
        )
}

/// "Client discussed work stress, practiced grounding techniques, assigned journaling homework" is three facts.
fn list(text: &str, pieces: &mut Pieces, at: usize) {
    let words = pieces.words(text, at);
    let starts: Vec<usize> = (2..words.len())
        .filter(|&i| {
            let and = words[i - 1].low == "and" && words[i - 1].gap.contains(',');
            !words[i].quoted && (words[i].gap.contains(',') || and) && member(&words[i].low).is_some()
        })
        .collect();
    let opens = words.iter().take(3).any(|w| member(&w.low).is_some());
    if starts.is_empty() || !opens {
        return;
    }
    for &start in starts.iter().rev() {
        let cut = if words[start - 1].low == "and" {
            start - 1
        } else {
            start
        };
        pieces.split(at, words[start].start, text);
        let tail = words[cut - 1].end;
        pieces.list[at].end = tail.max(pieces.list[at].start + 1);
        if let Some(role) = member(&words[start].low) {
            pieces.list[at + 1].role = role;
        }
        pieces.alone(at + 1);
    }
    if let Some(role) = words.iter().take(3).find_map(|w| member(&w.low)) {
        pieces.list[at].role = role;
    }
}

fn sure(words: &[Word], role: Role, before: Option<&[Word]>) -> Option<Role> {
    let starts = |text: &'static str| pattern(text).match_at(words, 0).is_some();
    let says = |text: &'static str| pattern(text).find(words).is_some();
    // what was talked about, when nothing says how: the client's matter
    if words.len() <= 6
        && (starts("client|ct|pt|patient|she|he|they|we discussed") || starts("the client|patient discussed"))
        && !says("how|ways|using|plan|options")
    {
        return Some(Role::Report);
    }
    if matches!(role, Role::Response | Role::Report | Role::Assessment)
        && starts("client|ct|pt|patient|she|he|they appeared|appears|presented|presents")
    {
        return Some(Role::Observation);
    }
    let work = matches!(role, Role::Intervention | Role::Response | Role::Report);
    let given = starts("gave|given|assigned") || starts("i gave|assigned|asked") || starts("he|she|client|they agreed");
    if work && given && says("worksheet|homework|handout") {
        return Some(Role::Plan);
    }
    let after = before.is_some_and(|b| {
        pattern("gave|given|assigned .. worksheet|homework|handout")
            .find(b)
            .is_some()
    });
    if work && after && starts("asked him|her|them|client to") {
        return Some(Role::Plan);
    }
    // homework not done, told behind homework done
    let told = before.is_some_and(|b| {
        pattern("completed|did|finished|tried|practiced .. record|homework|worksheet|diary|log|exercise|hw")
            .find(b)
            .is_some()
    });
    if role == Role::Intervention
        && told
        && starts("did|didn't not|do .. exposure|homework|worksheet|record|practice|diary")
    {
        return Some(Role::Report);
    }
    None
}
