//! How a clinician wants notes to read. A preference changes wording and order, never a fact about risk.

use facet::Facet;
use serde::{Deserialize, Serialize};

use super::{Words, draft::Format};

/// How much of what was said is written out. Facts about risk are the same at every level.
#[derive(Facet, Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Detail {
    /// About 120 to 170 words: asides are left out, and listed.
    Concise,
    /// Everything of substance.
    #[default]
    Intermediate,
    /// Everything, administrative facts included.
    Detailed,
}

/// Pronouns written for the client.
#[derive(Facet, Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Pronouns {
    /// As the summary says them.
    #[default]
    AsSaid,
    /// she, her
    She,
    /// he, him
    He,
    /// they, them
    They,
    /// None: the client reference instead.
    None,
}

/// Where interventions go in SOAP.
#[derive(Facet, Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum InterventionPlacement {
    /// Under Objective.
    #[default]
    Objective,
    /// Under a heading of their own, between Objective and Assessment.
    OwnHeading,
    /// Under Assessment.
    Assessment,
    /// Under Plan.
    Plan,
}

/// The whole set. `afterword draft --preferences FILE` reads it as JSON; a missing field takes its default.
// Frozen: sealed as the settings record.
#[derive(Facet, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Format of a new draft.
    pub format: Format,
    /// How the clinician is named: `therapist`, `clinician`, `counselor`, `writer`, …
    pub clinician_term: Words,
    /// How the client is named: `client`, `patient`, `student`, a code, …
    pub client_term: Words,
    /// Pronouns for the client.
    pub pronouns: Pronouns,
    /// How much is written out.
    pub detail: Detail,
    /// Modalities whose standard terms may be used in wording, such as `CBT`, `DBT`, `EMDR`. Never adds an intervention.
    pub modalities: Vec<String>,
    /// Custom instructions, one a line. What cannot be followed is said, not guessed.
    pub instructions: Words,
    /// Where interventions go in SOAP.
    pub interventions: InterventionPlacement,
    /// Order of sections for copying into the EHR; empty means the format's own.
    pub ehr_order: Vec<String>,
    /// The clinician's own words, names and abbreviations, for transcription.
    pub vocabulary: Vec<Words>,
    /// Author line of notes.
    pub author: Words,
    /// Letterhead of exported documents; may be empty.
    pub letterhead: Words,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            format: Format::default(),
            clinician_term: "therapist".into(),
            client_term: "client".into(),
            pronouns: Pronouns::default(),
            detail: Detail::default(),
            modalities: Vec::new(),
            instructions: Words::default(),
            interventions: InterventionPlacement::default(),
            ehr_order: Vec::new(),
            vocabulary: Vec::new(),
            author: Words::default(),
            letterhead: Words::default(),
        }
    }
}
