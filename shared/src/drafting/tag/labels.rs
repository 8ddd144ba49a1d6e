//! The words for what a clause can be: its role in the session, and, for risk, its state and topic. The order of each `ALL` is
//! the order of the model's outputs and may only change together with the weights.

use serde::{Deserialize, Serialize};

/// What a clause does in the summary.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// What the client, the family, a school or the chart says.
    Report,
    /// What the clinician sees, and scores of questionnaires.
    Observation,
    /// The clinician's stated judgement.
    Assessment,
    /// What was done in the session.
    Intervention,
    /// How the client took it.
    Response,
    /// What is to come: homework, appointments, referrals, conditions.
    Plan,
    /// Suicide, homicide, self-harm, abuse, violence, means, safety plans; also denied or not assessed.
    Risk,
    /// Length, modality, attendance, billing, consent, who was present.
    Admin,
    /// The clinician's own reactions, kept off the record.
    Private,
    /// Spoken editing: "scratch that", "new paragraph".
    Command,
    /// No content.
    Filler,
}

impl Role {
    /// Every role in the order of the model's outputs.
    pub const ALL: [Role; 11] = [
        Role::Report,
        Role::Observation,
        Role::Assessment,
        Role::Intervention,
        Role::Response,
        Role::Plan,
        Role::Risk,
        Role::Admin,
        Role::Private,
        Role::Command,
        Role::Filler,
    ];

    /// The role's lower-case name, as in labelled data and drafts.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Role::Report => "report",
            Role::Observation => "observation",
            Role::Assessment => "assessment",
            Role::Intervention => "intervention",
            Role::Response => "response",
            Role::Plan => "plan",
            Role::Risk => "risk",
            Role::Admin => "admin",
            Role::Private => "private",
            Role::Command => "command",
            Role::Filler => "filler",
        }
    }
}

/// What a risk clause says about its topic.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RiskState {
    /// It is, was or may be there.
    Stated,
    /// It is said not to be there.
    Denied,
    /// It was not asked about.
    NotAssessed,
}

impl RiskState {
    /// Every state in the order of the model's outputs.
    pub const ALL: [RiskState; 3] = [RiskState::Stated, RiskState::Denied, RiskState::NotAssessed];

    /// The state's snake-case name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            RiskState::Stated => "stated",
            RiskState::Denied => "denied",
            RiskState::NotAssessed => "not_assessed",
        }
    }
}

/// What a risk clause is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RiskTopic {
    /// Suicide.
    Si,
    /// Harm to others.
    Hi,
    /// Self-harm without the wish to die.
    SelfHarm,
    /// Abuse, neglect, violence at home.
    Abuse,
    /// Danger from substances.
    Substance,
    /// Safety in general, risk levels, anything else.
    Other,
}

impl RiskTopic {
    /// Every topic in the order of the model's outputs.
    pub const ALL: [RiskTopic; 6] = [
        RiskTopic::Si,
        RiskTopic::Hi,
        RiskTopic::SelfHarm,
        RiskTopic::Abuse,
        RiskTopic::Substance,
        RiskTopic::Other,
    ];

    /// The topic's snake-case name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            RiskTopic::Si => "si",
            RiskTopic::Hi => "hi",
            RiskTopic::SelfHarm => "self_harm",
            RiskTopic::Abuse => "abuse",
            RiskTopic::Substance => "substance",
            RiskTopic::Other => "other",
        }
    }
}
