//! Spoken orders about other clauses: "put that under plan", "move the trunk thing to plan", "change brilliant to encouraging".

use super::{
    before,
    slot::{Slot, slot},
    splice,
};
use crate::{
    drafting::{
        check::same_stem,
        piece::Pieces,
        words::{Word, pattern},
    },
    note::draft::Role,
};

/// "put that under plan", "move the trunk thing to plan", "change brilliant to encouraging".
pub(super) fn command(text: &str, pieces: &mut Pieces, at: usize) {
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
                pieces.list[i].out.is_none() && pieces.words(text, i).iter().any(|w| same_stem(&w.low, &noun.low))
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
