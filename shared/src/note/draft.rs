//! What a summary becomes: facts with their source, filed into the sections of a format.

use facet::Facet;
use serde::{Deserialize, Serialize};

use super::Words;

/// What a clause of a summary is. The definitions stand in `shared/corpus/LABELLING.md`.
#[derive(Facet, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Role {
    /// What the client, family, school or chart reports.
    Report,
    /// What the clinician sees, scores included.
    Observation,
    /// The clinician's stated judgement.
    Assessment,
    /// What was done in the session.
    Intervention,
    /// How the client took it.
    Response,
    /// What happens next.
    Plan,
    /// Anything about danger to self or others, denials and "did not assess" included.
    Risk,
    /// Length, modality, attendance, consent.
    Admin,
    /// The clinician's own process note.
    Private,
    /// A spoken editing command.
    Command,
    /// No content.
    Filler,
}

impl Role {
    /// All roles, in the order of the model's outputs.
    pub const ALL: [Self; 11] = [
        Self::Report,
        Self::Observation,
        Self::Assessment,
        Self::Intervention,
        Self::Response,
        Self::Plan,
        Self::Risk,
        Self::Admin,
        Self::Private,
        Self::Command,
        Self::Filler,
    ];

    /// The stable lower-case name, as in the corpus and in `afterword draft`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Observation => "observation",
            Self::Assessment => "assessment",
            Self::Intervention => "intervention",
            Self::Response => "response",
            Self::Plan => "plan",
            Self::Risk => "risk",
            Self::Admin => "admin",
            Self::Private => "private",
            Self::Command => "command",
            Self::Filler => "filler",
        }
    }
}

/// What a statement about risk is about.
#[derive(Facet, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum RiskTopic {
    /// Suicidal ideation, intent, plan, attempt.
    Si,
    /// Homicidal ideation, threats to others.
    Hi,
    /// Self-harm without intent to die.
    SelfHarm,
    /// Abuse, neglect, violence suffered or done.
    Abuse,
    /// Danger from substances.
    Substance,
    /// Any other, or not said which.
    Other,
}

impl RiskTopic {
    /// All topics, in the order of the model's outputs.
    pub const ALL: [Self; 6] = [
        Self::Si,
        Self::Hi,
        Self::SelfHarm,
        Self::Abuse,
        Self::Substance,
        Self::Other,
    ];

    /// The stable name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Si => "si",
            Self::Hi => "hi",
            Self::SelfHarm => "self_harm",
            Self::Abuse => "abuse",
            Self::Substance => "substance",
            Self::Other => "other",
        }
    }
}

/// What was said about a risk. Absence is never one of these: a topic nobody mentioned has no entry.
#[derive(Facet, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum RiskState {
    /// Said to be there, now or at the time named.
    Stated,
    /// Said not to be there.
    Denied,
    /// Said not to have been asked.
    NotAssessed,
}

impl RiskState {
    /// All states, in the order of the model's outputs.
    pub const ALL: [Self; 3] = [Self::Stated, Self::Denied, Self::NotAssessed];

    /// The stable name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Denied => "denied",
            Self::NotAssessed => "not_assessed",
        }
    }
}

/// Topic and state of a statement about risk.
#[derive(Facet, Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Risk {
    /// What it is about.
    pub topic: RiskTopic,
    /// What was said of it.
    pub state: RiskState,
}

/// One clause of the summary: the source of every sentence.
// Frozen: sealed inside reviews and notes.
#[derive(Facet, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// First character of the clause, counted in characters (not bytes) of the summary as given.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The words of the summary from `start` to `end`, unchanged.
    pub text: Words,
    /// What the clause is.
    pub role: Role,
    /// How sure the tagger is of the role, 0 to 1; 1 when a person chose it.
    pub confidence: f32,
    /// What it says about risk, if anything.
    pub risk: Option<Risk>,
}

/// One sentence of a draft or note.
// Frozen: sealed inside reviews and notes.
#[derive(Facet, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// What it says.
    pub text: Words,
    /// Indices of the facts it came from. Empty only when a person typed it.
    pub facts: Vec<u32>,
    /// Key of the rule that placed and worded it, for "why is this here".
    pub rule: String,
    /// Whether a person typed or changed the words.
    pub edited: bool,
}

/// One section of a format, in order.
// Frozen: sealed inside reviews and notes.
#[derive(Facet, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Stable key: `subjective`, `objective`, `assessment`, `plan`, `data`, `behavior`, `intervention`, `response`, `goal`,
    /// `problem`, `narrative`.
    pub key: String,
    /// Heading as printed.
    pub title: String,
    /// Its sentences; empty means "Not mentioned".
    pub sentences: Vec<Sentence>,
}

/// One line of the risk strip: what the summary says of a topic.
// Frozen: sealed inside reviews and notes.
#[derive(Facet, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RiskLine {
    /// The topic.
    pub topic: RiskTopic,
    /// What was said of it.
    pub state: RiskState,
    /// The facts that say so.
    pub facts: Vec<u32>,
}

/// A fact that is in no section, and why.
// Frozen: sealed inside reviews and notes.
#[derive(Facet, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Index of the fact.
    pub fact: u32,
    /// Key of the reason: `filler`, `command`, `corrected`, `private`, `admin`, `duplicate`, `detail`.
    pub why: String,
}

/// The layout of a note.
#[derive(Facet, Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Format {
    /// Subjective, Objective, Assessment, Plan.
    #[default]
    Soap,
    /// Data, Assessment, Plan.
    Dap,
    /// Behavior, Intervention, Response, Plan.
    Birp,
    /// Goal, Intervention, Response, Plan.
    Girp,
    /// Problem, Intervention, Response, Plan.
    Pirp,
    /// Chronological prose.
    Narrative,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 6] = [
        Self::Soap,
        Self::Dap,
        Self::Birp,
        Self::Girp,
        Self::Pirp,
        Self::Narrative,
    ];

    /// The stable lower-case name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Soap => "soap",
            Self::Dap => "dap",
            Self::Birp => "birp",
            Self::Girp => "girp",
            Self::Pirp => "pirp",
            Self::Narrative => "narrative",
        }
    }

    /// Reads a name in any case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.key().eq_ignore_ascii_case(text.trim()))
    }
}

/// A structured draft. Never a note: a note exists only after a person approves it.
// Frozen: sealed inside reviews.
#[derive(Facet, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Its layout.
    pub format: Format,
    /// The sections of the format, all of them, in order.
    pub sections: Vec<Section>,
    /// Every clause of the summary.
    pub facts: Vec<Fact>,
    /// What was said about risk, by topic.
    pub risk: Vec<RiskLine>,
    /// Keys of elements the summary does not mention, shown as chips and never filled.
    pub not_mentioned: Vec<String>,
    /// Facts that are in no section.
    pub left_out: Vec<LeftOut>,
}
