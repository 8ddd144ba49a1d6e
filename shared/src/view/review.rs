//! The draft under review: risk first, then the sections, then what is missing, left out, and what will be destroyed.

use facet::Facet;
use serde::{Deserialize, Serialize};

use super::keys::Notice;
use crate::{
    model::{Desk, stage::Reviewing},
    note::{
        Id, Words,
        draft::{Draft, Fact},
        preferences::Detail,
        time::Millis,
    },
};

/// A sentence with its source.
#[derive(Facet, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceView {
    /// Section of the sentence.
    pub section: u32,
    /// Its place in the section.
    pub sentence: u32,
    /// The clauses it came from; empty for a sentence that a person typed.
    pub facts: Vec<Fact>,
    /// Indices of those facts.
    pub indices: Vec<u32>,
    /// Key of the rule that placed and worded it.
    pub rule: String,
}

/// The review screen. Always marked DRAFT.
#[derive(Facet, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewView {
    /// The capture.
    pub id: Id,
    /// The draft: sections, facts, risk strip, chips, left-out list.
    pub draft: Draft,
    /// Label of the client.
    pub client: Words,
    /// Level of detail.
    pub detail: Detail,
    /// How many private remarks are kept apart.
    pub private: u32,
    /// Whether a step can be taken back.
    pub can_undo: bool,
    /// Whether a step can be done again.
    pub can_redo: bool,
    /// Milliseconds until transcript and draft destroy themselves.
    pub expires_in_ms: i64,
    /// The sentence whose source is shown.
    pub source: Option<SourceView>,
    /// What approving destroys: `transcript`, `draft`; the audio is gone already.
    pub will_destroy: Vec<String>,
    /// The note is being signed.
    pub approving: bool,
    /// One thing to say.
    pub notice: Option<Notice>,
}

/// The review screen of a stage.
#[must_use]
pub fn review(stage: &Reviewing, desk: &Desk, now: Millis) -> ReviewView {
    let review = &stage.review;
    let source = stage.tapped.and_then(|(section, place)| {
        let sentence = review
            .draft
            .sections
            .get(section as usize)?
            .sentences
            .get(place as usize)?;
        Some(SourceView {
            section,
            sentence: place,
            facts: sentence
                .facts
                .iter()
                .filter_map(|fact| review.draft.facts.get(*fact as usize).cloned())
                .collect(),
            indices: sentence.facts.clone(),
            rule: sentence.rule.clone(),
        })
    });
    ReviewView {
        id: stage.id,
        draft: review.draft.clone(),
        client: review.client.clone(),
        detail: desk.settings.preferences.detail,
        private: u32::try_from(review.private.len()).unwrap_or(u32::MAX),
        can_undo: !review.undo.is_empty(),
        can_redo: !review.redo.is_empty(),
        expires_in_ms: stage.expires_at.since(now).max(0),
        source,
        will_destroy: vec!["transcript".to_owned(), "draft".to_owned()],
        approving: stage.approving,
        notice: desk.notice.clone(),
    }
}
