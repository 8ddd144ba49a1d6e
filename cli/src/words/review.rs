//! The words of a review: risks, roles, rules, chips, reasons.

use shared::note::draft::{Format, RiskLine, RiskState, RiskTopic, Role};

use super::plain;

/// The name of a layout.
#[must_use]
pub const fn format_name(format: Format) -> &'static str {
    match format {
        Format::Soap => "SOAP",
        Format::Dap => "DAP",
        Format::Birp => "BIRP",
        Format::Girp => "GIRP",
        Format::Pirp => "PIRP",
        Format::Narrative => "Narrative",
    }
}

/// What a risk is about.
#[must_use]
pub const fn risk_topic(topic: RiskTopic) -> &'static str {
    match topic {
        RiskTopic::Si => "Suicidal thoughts",
        RiskTopic::Hi => "Danger to others",
        RiskTopic::SelfHarm => "Self-harm",
        RiskTopic::Abuse => "Abuse or neglect",
        RiskTopic::Substance => "Substances",
        RiskTopic::Other => "Safety",
    }
}

/// The shape that goes with the state of a risk, so that it reads without colour.
#[must_use]
pub const fn risk_mark(state: RiskState) -> &'static str {
    match state {
        RiskState::Stated => "▲",
        RiskState::Denied => "○",
        RiskState::NotAssessed => "?",
    }
}

/// A line of the risk strip: shape, topic, state.
#[must_use]
pub fn risk_line(line: &RiskLine) -> String {
    let state = match line.state {
        RiskState::Stated => "stated",
        RiskState::Denied => "denied",
        RiskState::NotAssessed => "not assessed",
    };
    format!("{} {}: {state}", risk_mark(line.state), risk_topic(line.topic))
}

/// What a clause is.
#[must_use]
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Report => "what the client reports",
        Role::Observation => "what you saw",
        Role::Assessment => "your judgement",
        Role::Intervention => "what was done",
        Role::Response => "how it was taken",
        Role::Plan => "what happens next",
        Role::Risk => "risk",
        Role::Admin => "about the session itself",
        Role::Private => "private: kept apart, in no section",
        Role::Command => "a spoken command",
        Role::Filler => "no content",
    }
}

/// How sure the tagger is.
#[must_use]
pub fn confidence(confidence: f32) -> &'static str {
    match confidence {
        c if c >= 1.0 => "you said so",
        c if c >= 0.9 => "sure",
        c if c >= 0.6 => "fairly sure",
        _ => "not sure: please look",
    }
}

/// Why a sentence stands where it stands, in the words it has.
#[must_use]
pub fn rule(rule: &str) -> String {
    let (role_key, wording) = rule.split_once('.').unwrap_or(("", rule));
    let placed = Role::ALL
        .into_iter()
        .find(|role| role.key() == role_key)
        .map(|found| format!("Filed as: {}.", role(found)));
    let worded = match wording {
        "" | "typed" | "added" | "edited" => "You wrote it.".to_owned(),
        "as_said" => "In your words, as a sentence.".to_owned(),
        "verbatim" => "Your words, unchanged.".to_owned(),
        "past_tense" => "In your words, put into the past tense.".to_owned(),
        "clinician_named" => "In your words, with \"I\" or \"we\" written out.".to_owned(),
        "done_without_agent" => "In your words, without naming who did it.".to_owned(),
        "quote_attributed" => "A quotation, unchanged, with who said it.".to_owned(),
        "pronouns" => "In your words, with the pronouns you chose.".to_owned(),
        "instruction" | "learned" => "In your words, with a wording you asked for.".to_owned(),
        other => format!("Wording: {}.", plain(other)),
    };
    placed.map_or(worded.clone(), |placed| format!("{placed} {worded}"))
}

/// Why a fact is in no section.
#[must_use]
pub fn left_out(why: &str) -> String {
    match why {
        "filler" => "no content".to_owned(),
        "command" => "a spoken command".to_owned(),
        "corrected" => "you corrected it".to_owned(),
        "private" => "private, kept apart".to_owned(),
        "admin" => "about the session itself".to_owned(),
        "duplicate" => "said twice".to_owned(),
        "detail" => "left out at this level of detail".to_owned(),
        "removed" => "you removed it".to_owned(),
        other => plain(other),
    }
}

/// An element that the summary does not mention.
#[must_use]
pub fn not_mentioned(key: &str) -> String {
    match key {
        "next_session" => "next session".to_owned(),
        "response" => "how it was taken".to_owned(),
        "intervention" => "what you did".to_owned(),
        other => plain(other),
    }
}

/// What one might say next, after a silence.
#[must_use]
pub fn cue(key: &str) -> String {
    match key {
        "brought" => "what they brought".to_owned(),
        "saw" => "what you saw".to_owned(),
        "did" => "what you did".to_owned(),
        "took_it" => "how they took it".to_owned(),
        "risk" => "risk".to_owned(),
        "next" => "what is next".to_owned(),
        other => plain(other),
    }
}

/// What approving destroys.
#[must_use]
pub fn destroyed_by_approve(what: &str) -> String {
    match what {
        "transcript" => "the transcript".to_owned(),
        "draft" => "the draft with its history of changes".to_owned(),
        "audio" => "the recording".to_owned(),
        other => plain(other),
    }
}
