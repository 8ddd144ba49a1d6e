//! Words a clause as a sentence: a closed set of rules, each as small a change as reads well. Whatever the gate in `check`
//! refuses falls back to the words as said, with a capital and a full stop.

mod capital;
mod number;
mod person;
mod shape;
mod spell;

use super::{
    check::{self, Allow},
    words::Line,
};
use crate::note::draft::Role;

pub(super) use capital::first_upper;
pub(super) use person::quotes_somebody;
pub(super) use shape::is_person;

/// What the wording of a sentence depends on besides its words.
#[derive(Clone, Debug)]
pub(super) struct Voice {
    /// How the clinician is named, lower case.
    pub clinician: String,
    /// How the client is named, lower case or as a code.
    pub client: String,
    /// Whether abbreviations are written out.
    pub expand: bool,
    /// Whether elided subjects and passives may be written out.
    pub full: bool,
    /// Whether more than one client was in the room: then nobody is named who is not said.
    pub several: bool,
    /// "she" or "he" where the summary says only one of them.
    pub pronoun: Option<&'static str>,
    /// Rules learned from the clinician's edits: phrase said, phrase written.
    pub learned: Vec<(String, String)>,
    modalities: Vec<String>,
    allow: Allow,
}

impl Voice {
    pub fn new(clinician: &str, client: &str, modalities: &[String]) -> Self {
        let term = |text: &str, default: &str| {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if text.is_empty() { default.to_owned() } else { text }
        };
        let mut voice = Self {
            clinician: term(clinician, "therapist"),
            client: term(client, "client"),
            expand: true,
            full: true,
            several: false,
            pronoun: None,
            learned: Vec::new(),
            modalities: modalities.to_vec(),
            allow: Allow::default(),
        };
        voice.allow = voice.allowance();
        voice
    }

    /// Adds learned phrases.
    pub fn learn(&mut self, rules: Vec<(String, String)>) {
        self.learned = rules;
        self.allow = self.allowance();
    }

    /// Whether the clinician works with this modality.
    pub fn uses(&self, modality: &str) -> bool {
        let written = |chosen: &String| chosen.trim().eq_ignore_ascii_case(modality);
        self.modalities.iter().any(written)
    }

    fn allowance(&self) -> Allow {
        let mut terms = Vec::new();
        for term in [&self.clinician, &self.client] {
            for word in Line::read(term).words {
                terms.push(format!("{}'s", word.low));
                terms.push(format!("{}s", word.low));
                terms.push(word.low);
            }
        }
        let mut pairs = spell::pairs(self);
        for (said, written) in &self.learned {
            for a in Line::read(said).words {
                for b in Line::read(written).words {
                    pairs.push((a.low.clone(), b.low));
                }
            }
        }
        Allow {
            terms,
            pairs,
            quotes: false,
        }
    }
}

/// What is known of the clause besides its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// Its role.
    pub role: Role,
    /// Whether the clause before it was about somebody else: then no subject is written out.
    pub third: bool,
    /// Whether the clause before it tells, without quotation marks, what somebody said: then "I" may be theirs.
    pub quoting: bool,
}

/// The sentence, and the key of the rule that worded it.
pub(super) fn sentence(source: &str, setting: Setting, voice: &Voice) -> (String, &'static str) {
    let mut line = Line::read(source);
    let typed = person::typed(&line);
    let quotes = spell::spoken_quotes(&mut line);
    spell::tidy(&mut line, voice);
    number::measures(&mut line);
    spell::abbreviations(&mut line, voice);
    let plain = finish(&line);
    let rule = if voice.full {
        let person = person::third(&mut line, setting.role, typed, setting.quoting, voice);
        let shape = shape::shape(&mut line, setting, voice);
        shape.or(person)
    } else {
        person::third(&mut line, setting.role, typed, setting.quoting, voice)
    };
    let full = finish(&line);
    let mut allow = voice.allow.clone();
    allow.quotes = quotes;
    if !voice.learned.is_empty() {
        let own = spell::learned(&full, voice);
        if own != full && check::fault(&own, source, &allow).is_none() {
            return (own, "learned");
        }
    }
    if check::fault(&full, source, &allow).is_none() {
        return (full, rule.unwrap_or("as_said"));
    }
    if check::fault(&plain, source, &allow).is_none() {
        return (plain, "as_said");
    }
    (verbatim(source), "verbatim")
}

/// The words exactly as said, with a capital and a full stop.
pub(super) fn verbatim(source: &str) -> String {
    finish(&Line::read(source))
}

fn finish(line: &Line) -> String {
    let text = line.print();
    let mut text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '—' | '/' | '•'));
    // a dash and a space are a bullet, but "- SI" says that there is none; a dash at the end may say so too
    if let Some(rest) = text.strip_prefix("- ").or_else(|| text.strip_prefix("– "))
        && !matches!(
            Line::read(rest).low(0),
            "si" | "hi" | "sh" | "sib" | "avh" | "ah" | "vh" | "nssi"
        )
    {
        text = rest.trim_start();
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(text.len() + 1);
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if first.is_lowercase() => out.extend(first.to_uppercase()),
        Some(first) => out.push(first),
        None => return out,
    }
    out.push_str(chars.as_str());
    for close in ["\"", "”"] {
        if let Some(before) = out.strip_suffix(close).and_then(|text| text.strip_suffix(',')) {
            out = format!("{before}.{close}");
        }
    }
    let last = out.trim_end_matches(['"', '”', '\'', '’', ')']).chars().last();
    if !matches!(last, Some('.' | '!' | '?' | '…')) {
        out.push('.');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, role: Role) -> String {
        sentence(
            text,
            Setting {
                role,
                third: false,
                quoting: false,
            },
            &Voice::new("therapist", "client", &[]),
        )
        .0
    }

    #[test]
    fn a_report_gets_its_subject_and_the_past() {
        assert_eq!(said("reports low energy", Role::Report), "Client reported low energy.");
        assert_eq!(
            said("she says she's been tired", Role::Report),
            "She said she's been tired."
        );
        assert_eq!(
            said("Pt: \"everyone's making a fuss.\"", Role::Report),
            "Client said: \"everyone's making a fuss.\""
        );
    }

    #[test]
    fn what_was_done_is_turned_round_without_an_agent() {
        assert_eq!(
            said("practiced grounding techniques", Role::Intervention),
            "Grounding techniques were practiced."
        );
        assert_eq!(
            said("assigned journaling homework", Role::Plan),
            "Journaling homework was assigned."
        );
        assert_eq!(
            said("Reviewed safety plan w/ mom", Role::Intervention),
            "Safety plan was reviewed with mom."
        );
    }

    #[test]
    fn the_clinician_is_named_instead_of_i() {
        assert_eq!(
            said("i validated the anger", Role::Intervention),
            "Therapist validated the anger."
        );
        assert_eq!(
            said("I wonder if this is grief", Role::Assessment),
            "Therapist wonders if this is grief."
        );
        assert_eq!(
            said("i'll call her monday", Role::Plan),
            "Therapist will call her Monday."
        );
        assert_eq!(
            said("we did a chain analysis", Role::Intervention),
            "Therapist and client did a chain analysis."
        );
    }

    #[test]
    fn the_clients_own_i_is_never_the_clinician() {
        assert_eq!(
            said("he goes i can smell it", Role::Response),
            "He goes I can smell it."
        );
        assert_eq!(said("\"I didn't think so\"", Role::Response), "\"I didn't think so\".");
    }

    #[test]
    fn scores_are_written_as_scores() {
        assert_eq!(
            said("PHQ nine fourteen, was nineteen", Role::Observation),
            "PHQ-9 14, was 19."
        );
        assert_eq!(said("gad seven was thirteen", Role::Observation), "GAD-7 was 13.");
        assert_eq!(
            said("p h q nine is twenty one", Role::Observation),
            "PHQ-9 is twenty-one."
        );
    }

    #[test]
    fn mishearings_are_mended_where_nothing_else_can_be_meant() {
        assert_eq!(said("denise s i", Role::Risk), "Denied SI.");
        assert_eq!(said("effect was flat", Role::Observation), "Affect was flat.");
        assert_eq!(said("denise came along", Role::Report), "Denise came along.");
    }

    #[test]
    fn signs_that_deny_stay() {
        assert_eq!(said("-SI/-HI", Role::Risk), "-SI/-HI.");
        assert_eq!(said("SI –, cutting –", Role::Risk), "SI –, cutting –.");
        assert_eq!(said("Ø SI", Role::Risk), "Ø SI.");
        assert_eq!(said("- Client slept well", Role::Report), "Client slept well.");
    }

    #[test]
    fn nobody_elses_deed_becomes_another_subjects() {
        assert_eq!(
            said("He asked to lie down and I let him", Role::Intervention),
            "He asked to lie down and therapist let him."
        );
        assert_eq!(
            said("I didn't put it there.\"", Role::Response),
            "I didn't put it there.\""
        );
        assert_eq!(said("CPT s7: stuck pt", Role::Intervention), "CPT s7: stuck pt.");
    }

    #[test]
    fn stumbles_go_and_words_stay() {
        assert_eq!(
            said("um she she said it was uh fine", Role::Report),
            "She said it was fine."
        );
        assert_eq!(said("no no no not that", Role::Report), "No no no not that.");
    }
}
