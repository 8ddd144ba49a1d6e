//! The choices of settings, named.

use shared::note::{
    preferences::{Detail, InterventionPlacement, Pronouns},
    record::Keep,
};

/// A level of detail.
#[must_use]
pub const fn detail(detail: Detail) -> &'static str {
    match detail {
        Detail::Concise => "concise",
        Detail::Intermediate => "intermediate",
        Detail::Detailed => "detailed",
    }
}

/// Pronouns for the client.
#[must_use]
pub const fn pronouns(pronouns: Pronouns) -> &'static str {
    match pronouns {
        Pronouns::AsSaid => "as said",
        Pronouns::She => "she",
        Pronouns::He => "he",
        Pronouns::They => "they",
        Pronouns::None => "none",
    }
}

/// Where interventions go in SOAP.
#[must_use]
pub const fn intervention_placement(place: InterventionPlacement) -> &'static str {
    match place {
        InterventionPlacement::Objective => "under Objective",
        InterventionPlacement::OwnHeading => "under their own heading",
        InterventionPlacement::Assessment => "under Assessment",
        InterventionPlacement::Plan => "under Plan",
    }
}

/// How long notes are kept.
#[must_use]
pub const fn keep(keep: Keep) -> &'static str {
    match keep {
        Keep::UntilDeleted => "until you delete them",
        Keep::Days30 => "30 days",
        Keep::Days90 => "90 days",
    }
}

/// An instruction that drafting does not follow.
#[must_use]
pub fn not_understood(wish: &str) -> String {
    format!("Not understood, so not followed: {wish}")
}
