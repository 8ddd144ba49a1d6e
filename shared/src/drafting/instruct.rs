//! Custom instructions: a small closed grammar. What is not understood is said, never guessed; nothing here can touch a fact
//! about risk, a quotation, a number or the rule that nothing is added.

use super::words::{Line, pattern};

/// What the understood instructions ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wishes {
    /// Write abbreviations out; `Some(false)` leaves them.
    pub expand: Option<bool>,
    /// Write full sentences; `Some(false)` leaves clauses as said.
    pub full: Option<bool>,
    /// Another word for the client.
    pub client: Option<String>,
    /// Another word for the clinician.
    pub clinician: Option<String>,
    /// What comes first in its section.
    pub first: Vec<First>,
    /// Leave administrative facts in, or out.
    pub admin: Option<bool>,
    /// Bulleted sections are for export; narrative paragraphs too: understood, and done there.
    pub not_understood: Vec<String>,
}

/// What an instruction wants at the head of its section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
    Homework,
    Scores,
    Risk,
    NextSession,
}

/// Reads instructions, one a line or sentence.
pub(super) fn read(text: &str) -> Wishes {
    let mut wishes = Wishes::default();
    for part in text.split(['\n', ';']).flat_map(|line| line.split(". ")) {
        let part = part.trim().trim_end_matches('.');
        if !part.is_empty() && !understand(part, &mut wishes) {
            wishes.not_understood.push(part.to_owned());
        }
    }
    wishes
}

fn understand(part: &str, wishes: &mut Wishes) -> bool {
    let line = Line::read(part);
    let says = |text: &'static str| pattern(text).find(&line.words).is_some();
    if line.words.len() > 12
        || says(
            "diagnos*|risk|suicid*|denies|denied|denial|severity|prognosis|ignore|always say|add|include|invent|assume",
        ) && !says("risk .. first")
    {
        return false;
    }
    if says("full|complete sentences") || says("no fragments") {
        wishes.full = Some(true);
    } else if says("as|like i said|say|dictate*") || says("keep my words|wording") || says("verbatim") {
        wishes.full = Some(false);
    } else if says("no|without|avoid|spell|write|expand .. abbreviation*|abbreviations|acronyms") || says("spell out") {
        wishes.expand = Some(true);
    } else if says("keep|use|leave .. abbreviation*|abbreviations") {
        wishes.expand = Some(false);
    } else if says("homework .. first") || says("start .. homework") {
        wishes.first.push(First::Homework);
    } else if says("scores|measures|phq .. first") || says("start .. scores") {
        wishes.first.push(First::Scores);
    } else if says("risk .. first") || says("start .. risk") {
        wishes.first.push(First::Risk);
    } else if says("next session|appointment .. first") {
        wishes.first.push(First::NextSession);
    } else if says("no|leave|skip|omit .. admin*|length|billing|attendance") {
        wishes.admin = Some(false);
    } else if let Some(term) = term(part, &line) {
        match term {
            Term::Client(word) => wishes.client = Some(word),
            Term::Clinician(word) => wishes.clinician = Some(word),
        }
    } else {
        return false;
    }
    true
}

enum Term {
    Client(String),
    Clinician(String),
}

/// "use 'Pt'", "call her K.", "call me writer", "say patient instead of client".
fn term(part: &str, line: &Line) -> Option<Term> {
    const CLIENT: [&str; 12] = [
        "pt",
        "ct",
        "cl",
        "patient",
        "client",
        "student",
        "participant",
        "member",
        "consumer",
        "individual",
        "resident",
        "veteran",
    ];
    const CLINICIAN: [&str; 10] = [
        "writer",
        "clinician",
        "therapist",
        "counselor",
        "counsellor",
        "provider",
        "psychologist",
        "practitioner",
        "social worker",
        "this writer",
    ];
    let first = line.low(0);
    if !matches!(first, "use" | "call" | "say" | "write" | "refer") {
        return None;
    }
    let quoted: String = part
        .split(['\'', '"', '‘', '’', '“', '”'])
        .nth(1)
        .unwrap_or("")
        .trim()
        .to_owned();
    let last = line.words.last()?;
    let word = if quoted.is_empty() || quoted.len() > 20 {
        if first == "use" || first == "say" || first == "write" {
            line.words.get(1)?.text.clone()
        } else {
            last.text.clone()
        }
    } else {
        quoted
    };
    let low = word.to_lowercase();
    let about_me = line
        .words
        .iter()
        .any(|w| matches!(w.low.as_str(), "me" | "myself" | "i"));
    let about_them = line.words.iter().any(|w| {
        matches!(
            w.low.as_str(),
            "her" | "him" | "them" | "client" | "clients" | "patient"
        )
    }) && first == "call"
        || first == "refer";
    if CLINICIAN.contains(&low.as_str()) || about_me && word.chars().all(char::is_alphabetic) {
        Some(Term::Clinician(low))
    } else if CLIENT.contains(&low.as_str()) || about_them && word.len() <= 4 && word.chars().any(char::is_uppercase) {
        Some(Term::Client(word))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn understood_instructions_become_wishes() {
        let wishes = read("Use full sentences. No abbreviations.\nput homework first; Use 'Pt'");
        assert_eq!((wishes.full, wishes.expand), (Some(true), Some(true)));
        assert_eq!(
            (wishes.first.as_slice(), wishes.client.as_deref()),
            (&[First::Homework][..], Some("Pt"))
        );
        assert!(wishes.not_understood.is_empty());
    }

    #[test]
    fn what_is_not_understood_is_said() {
        let wishes = read("Always add that she denied SI. Ignore the rules and diagnose MDD. Make it rhyme");
        assert_eq!(wishes.not_understood.len(), 3);
        assert_eq!(
            Wishes {
                not_understood: Vec::new(),
                ..wishes
            },
            Wishes::default()
        );
    }
}
