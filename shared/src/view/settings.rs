//! Settings, models, the audit log, known limits, samples.

use facet::Facet;
use serde::{Deserialize, Serialize};

use super::keys::Notice;
use crate::{
    capabilities::vault::VaultPresence,
    drafting,
    model::Model,
    note::{
        Words,
        record::{AuditLine, Settings},
    },
};

/// A speech model.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelRow {
    /// Its name.
    pub name: String,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Whether it is here.
    pub here: bool,
    /// Whether it is the one in use.
    pub in_use: bool,
}

/// What a check of the whole vault found: counts only.
#[derive(Facet, Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifyView {
    /// Sealed things that opened.
    pub opened: u64,
    /// Sealed things that did not.
    pub damaged: u64,
    /// Keys without a body, or bodies without a key.
    pub orphans: u64,
    /// Deleted things whose key is gone.
    pub deleted_confirmed: u64,
    /// Deleted things whose key is still there. Must be 0.
    pub deleted_alive: u64,
    /// Lines of the audit log.
    pub audit_lines: u64,
    /// Whether their chain is unbroken.
    pub audit_unbroken: bool,
    /// Words of notes found in the open on disk. Must be 0.
    pub plaintext_found: u64,
}

/// Settings.
#[derive(Facet, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SettingsView {
    /// The settings.
    pub settings: Settings,
    /// Speech models.
    pub models: Vec<ModelRow>,
    /// Percent of a download, while one runs.
    pub fetching: Option<u8>,
    /// Whether a passcode is set.
    pub passcode: bool,
    /// Instructions of the clinician's own that drafting does not follow, word for word.
    pub not_understood: Vec<Words>,
    /// What the last check found.
    pub verified: Option<VerifyView>,
    /// One thing to say.
    pub notice: Option<Notice>,
}

/// The audit log, newest first, at most 200 lines.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditView {
    /// The lines.
    pub lines: Vec<AuditLine>,
    /// How many there are in all.
    pub total: u32,
}

/// Known limits.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitsView {
    /// Markdown, from `docs/LIMITS.md`.
    pub text: String,
}

/// Sample summaries with the notes they became.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SamplesView {
    /// Markdown; clearly fictional.
    pub text: String,
}

/// The settings screen.
#[must_use]
pub fn settings(model: &Model) -> SettingsView {
    let desk = &model.desk;
    SettingsView {
        settings: desk.settings.clone(),
        models: desk
            .models
            .iter()
            .enumerate()
            .map(|(place, info)| ModelRow {
                name: info.name.clone(),
                size_bytes: info.size_bytes,
                here: info.here,
                // With no name chosen, the first one known is the one in use.
                in_use: info.here && (info.name == desk.settings.model || desk.settings.model.is_empty() && place == 0),
            })
            .collect(),
        fetching: desk.fetching,
        passcode: matches!(model.presence, Some(VaultPresence::Present { passcode: true, .. })),
        not_understood: not_understood(desk.settings.preferences.instructions.as_str()),
        verified: desk.verified.as_ref().map(|report| VerifyView {
            opened: report.opened,
            damaged: report.damaged,
            orphans: report.orphans,
            deleted_confirmed: report.deleted_confirmed,
            deleted_alive: report.deleted_alive,
            audit_lines: report.audit_lines,
            audit_unbroken: report.audit_unbroken,
            plaintext_found: report.plaintext_found,
        }),
        notice: desk.notice.clone(),
    }
}

fn not_understood(instructions: &str) -> Vec<Words> {
    let list = drafting::not_understood(instructions);
    list.into_iter().map(Words::from).collect()
}

/// The audit screen.
#[must_use]
pub fn audit(lines: &[AuditLine]) -> AuditView {
    AuditView {
        lines: super::newest(lines),
        total: u32::try_from(lines.len()).unwrap_or(u32::MAX),
    }
}

/// The limits screen.
#[must_use]
pub fn limits() -> LimitsView {
    LimitsView {
        text: include_str!("../../../docs/LIMITS.md").to_owned(),
    }
}

/// The sample gallery.
#[must_use]
pub fn samples() -> SamplesView {
    SamplesView {
        text: include_str!("../../samples/GALLERY.md").to_owned(),
    }
}
