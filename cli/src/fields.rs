//! Every setting by name: how it is read, how it is written, what it can be. The settings screen and `afterword settings` share it.

use shared::note::{
    Words,
    draft::Format,
    preferences::{Detail, InterventionPlacement, Pronouns},
    record::{Keep, Settings},
};

use crate::words;

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One of these.
    Choice(&'static [&'static str]),
    /// A number from, to.
    Number(u32, u32),
    /// A line.
    Line,
    /// Several lines.
    Lines,
    /// A list, with commas between.
    List,
}

/// A setting.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name on the command line and in JSON.
    pub key: &'static str,
    /// Its name on screen.
    pub label: &'static str,
    /// What a value looks like.
    pub kind: Kind,
    /// What it is, as it can be written again.
    pub get: fn(&Settings) -> String,
    /// Writes it; `false` when the value does not fit.
    pub set: fn(&mut Settings, &str) -> bool,
}

impl Field {
    /// The field of a name; `-` and `_` are the same.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        let name = name.replace('-', "_");
        FIELDS.iter().find(|field| field.key.eq_ignore_ascii_case(&name))
    }
}

fn number(text: &str, from: u32, to: u32, put: impl FnOnce(u32)) -> bool {
    match text.trim().parse() {
        Ok(number) if (from..=to).contains(&number) => {
            put(number);
            true
        }
        _ => false,
    }
}

fn list(text: &str) -> Vec<String> {
    text.split([',', '\n'])
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(str::to_owned)
        .collect()
}

fn words(text: &str, into: &mut Words) -> bool {
    *into = text.trim().into();
    true
}

fn pick<T: Copy>(text: &str, all: &[(&str, T)], into: &mut T) -> bool {
    let found = all.iter().find(|(name, _)| name.eq_ignore_ascii_case(text.trim()));
    if let Some((_, value)) = found {
        *into = *value;
    }
    found.is_some()
}

const PRONOUNS: [(&str, Pronouns); 5] = [
    ("as_said", Pronouns::AsSaid),
    ("she", Pronouns::She),
    ("he", Pronouns::He),
    ("they", Pronouns::They),
    ("none", Pronouns::None),
];
const DETAILS: [(&str, Detail); 3] = [
    ("concise", Detail::Concise),
    ("intermediate", Detail::Intermediate),
    ("detailed", Detail::Detailed),
];
const PLACES: [(&str, InterventionPlacement); 4] = [
    ("objective", InterventionPlacement::Objective),
    ("own_heading", InterventionPlacement::OwnHeading),
    ("assessment", InterventionPlacement::Assessment),
    ("plan", InterventionPlacement::Plan),
];
/// How long notes are kept, by name.
pub const KEEPS: [(&str, Keep); 3] = [
    ("until-deleted", Keep::UntilDeleted),
    ("30", Keep::Days30),
    ("90", Keep::Days90),
];

fn name_of<T: Copy + PartialEq>(value: T, all: &[(&'static str, T)]) -> String {
    all.iter()
        .find(|(_, other)| *other == value)
        .map_or(String::new(), |(name, _)| (*name).to_owned())
}

/// A level of detail by name.
#[must_use]
pub fn detail_named(text: &str) -> Option<Detail> {
    let mut detail = Detail::default();
    pick(text, &DETAILS, &mut detail).then_some(detail)
}

/// A value as a person reads it.
#[must_use]
pub fn shown(field: &Field, settings: &Settings) -> String {
    let preferences = &settings.preferences;
    match field.key {
        "format" => words::format_name(preferences.format).to_owned(),
        "detail" => words::detail(preferences.detail).to_owned(),
        "pronouns" => words::pronouns(preferences.pronouns).to_owned(),
        "interventions" => words::intervention_placement(preferences.interventions).to_owned(),
        "keep" => words::keep(settings.keep).to_owned(),
        "audio_hours" => format!("{} h", settings.audio_hours),
        "transcript_days" if settings.transcript_days == 1 => "1 day".to_owned(),
        "transcript_days" => format!("{} days", settings.transcript_days),
        "cap_seconds" => words::length(u64::from(settings.cap_seconds) * 1000),
        "lock_minutes" if settings.lock_minutes == 0 => "never".to_owned(),
        "lock_minutes" => format!("after {} min without a key press", settings.lock_minutes),
        "model" if settings.model.is_empty() => "the default".to_owned(),
        _ => {
            let value = (field.get)(settings).replace('\n', " / ");
            if value.is_empty() { "–".to_owned() } else { value }
        }
    }
}

/// All of them, in the order of the screen.
pub const FIELDS: [Field; 18] = [
    Field {
        key: "format",
        label: "Format of a new draft",
        kind: Kind::Choice(&["soap", "dap", "birp", "girp", "pirp", "narrative"]),
        get: |s| s.preferences.format.key().to_owned(),
        set: |s, v| Format::parse(v).map(|format| s.preferences.format = format).is_some(),
    },
    Field {
        key: "detail",
        label: "Level of detail",
        kind: Kind::Choice(&["concise", "intermediate", "detailed"]),
        get: |s| name_of(s.preferences.detail, &DETAILS),
        set: |s, v| pick(v, &DETAILS, &mut s.preferences.detail),
    },
    Field {
        key: "clinician_term",
        label: "You are called",
        kind: Kind::Line,
        get: |s| s.preferences.clinician_term.as_str().to_owned(),
        set: |s, v| !v.trim().is_empty() && words(v, &mut s.preferences.clinician_term),
    },
    Field {
        key: "client_term",
        label: "The client is called",
        kind: Kind::Line,
        get: |s| s.preferences.client_term.as_str().to_owned(),
        set: |s, v| !v.trim().is_empty() && words(v, &mut s.preferences.client_term),
    },
    Field {
        key: "pronouns",
        label: "Pronouns of the client",
        kind: Kind::Choice(&["as_said", "she", "he", "they", "none"]),
        get: |s| name_of(s.preferences.pronouns, &PRONOUNS),
        set: |s, v| pick(v, &PRONOUNS, &mut s.preferences.pronouns),
    },
    Field {
        key: "modalities",
        label: "Modalities",
        kind: Kind::List,
        get: |s| s.preferences.modalities.join(", "),
        set: |s, v| {
            s.preferences.modalities = list(v);
            true
        },
    },
    Field {
        key: "instructions",
        label: "Instructions of your own",
        kind: Kind::Lines,
        get: |s| s.preferences.instructions.as_str().to_owned(),
        set: |s, v| words(v, &mut s.preferences.instructions),
    },
    Field {
        key: "interventions",
        label: "Interventions in SOAP go",
        kind: Kind::Choice(&["objective", "own_heading", "assessment", "plan"]),
        get: |s| name_of(s.preferences.interventions, &PLACES),
        set: |s, v| pick(v, &PLACES, &mut s.preferences.interventions),
    },
    Field {
        key: "ehr_order",
        label: "Order for copying",
        kind: Kind::List,
        get: |s| s.preferences.ehr_order.join(", "),
        set: |s, v| {
            s.preferences.ehr_order = list(v).iter().map(|key| key.to_lowercase()).collect();
            true
        },
    },
    Field {
        key: "author",
        label: "Author line",
        kind: Kind::Line,
        get: |s| s.preferences.author.as_str().to_owned(),
        set: |s, v| words(v, &mut s.preferences.author),
    },
    Field {
        key: "letterhead",
        label: "Letterhead of documents",
        kind: Kind::Lines,
        get: |s| s.preferences.letterhead.as_str().to_owned(),
        set: |s, v| words(v, &mut s.preferences.letterhead),
    },
    Field {
        key: "vocabulary",
        label: "Vocabulary for transcription",
        kind: Kind::List,
        get: |s| {
            s.preferences
                .vocabulary
                .iter()
                .map(Words::as_str)
                .collect::<Vec<_>>()
                .join(", ")
        },
        set: |s, v| {
            s.preferences.vocabulary = list(v).into_iter().map(Words::from).collect();
            true
        },
    },
    Field {
        key: "keep",
        label: "Signed notes are kept",
        kind: Kind::Choice(&["until-deleted", "30", "90"]),
        get: |s| name_of(s.keep, &KEEPS),
        set: |s, v| pick(v, &KEEPS, &mut s.keep),
    },
    Field {
        key: "transcript_days",
        label: "An unsigned draft lives",
        kind: Kind::Number(1, 7),
        get: |s| s.transcript_days.to_string(),
        set: |s, v| number(v, 1, 7, |days| s.transcript_days = days),
    },
    Field {
        key: "audio_hours",
        label: "A recording waits at most",
        kind: Kind::Number(1, 24),
        get: |s| s.audio_hours.to_string(),
        set: |s, v| number(v, 1, 24, |hours| s.audio_hours = hours),
    },
    Field {
        key: "cap_seconds",
        label: "Longest recording",
        kind: Kind::Number(30, 300),
        get: |s| s.cap_seconds.to_string(),
        set: |s, v| number(v, 30, 300, |seconds| s.cap_seconds = seconds),
    },
    Field {
        key: "model",
        label: "Speech model",
        kind: Kind::Line,
        get: |s| s.model.clone(),
        set: |s, v| {
            v.trim().clone_into(&mut s.model);
            true
        },
    },
    Field {
        key: "lock_minutes",
        label: "Locks by itself",
        kind: Kind::Number(0, 240),
        get: |s| s.lock_minutes.to_string(),
        set: |s, v| number(v, 0, 240, |minutes| s.lock_minutes = minutes),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_field_shows_can_be_written_back() {
        let mut settings = Settings::default();
        settings.preferences.vocabulary = vec!["EMDR".into(), "Brainspotting".into()];
        for field in &FIELDS {
            let before = settings.clone();
            let value = (field.get)(&settings);
            assert!((field.set)(&mut settings, &value), "{}", field.key);
            assert_eq!(settings, before, "{}", field.key);
            if let Kind::Choice(choices) = field.kind {
                for choice in choices {
                    assert!((field.set)(&mut settings, choice), "{}: {choice}", field.key);
                    assert_eq!((field.get)(&settings), *choice);
                }
            }
        }
    }

    #[test]
    fn a_value_that_does_not_fit_changes_nothing() {
        let mut settings = Settings::default();
        for (key, value) in [
            ("keep", "31"),
            ("transcript_days", "8"),
            ("cap_seconds", "301"),
            ("format", "x"),
            ("client_term", " "),
        ] {
            let field = Field::named(key).unwrap();
            assert!(!(field.set)(&mut settings, value), "{key}");
        }
        assert_eq!(settings, Settings::default());
    }
}
