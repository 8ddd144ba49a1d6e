//! Turns a summary into a draft, and files the facts of a draft into another format.

use crux_core::capability::Operation;

use crate::note::{
    Words,
    draft::{Draft, Format, Role},
    preferences::Preferences,
};

/// What to draft from.
#[derive(Clone, Debug, PartialEq)]
pub enum DraftOperation {
    /// A whole summary.
    Draft {
        /// The summary, as said or typed.
        summary: Words,
        /// How the note should read; `format` inside it is used.
        preferences: Preferences,
    },
    /// The same facts in another format or with other preferences. Sentences a person typed are kept.
    Refile {
        /// The draft as it stands.
        draft: Draft,
        /// Layout wanted.
        format: Format,
        /// How the note should read.
        preferences: Preferences,
    },
    /// A person says what a fact is; it is filed anew.
    Reassign {
        /// The draft as it stands.
        draft: Draft,
        /// Index of the fact.
        fact: u32,
        /// What it is.
        role: Role,
        /// How the note should read.
        preferences: Preferences,
    },
}

/// The outcome.
#[derive(Clone, Debug, PartialEq)]
pub enum DraftAnswer {
    /// A draft; every sentence in it names its facts.
    Drafted {
        /// The draft.
        draft: Draft,
        /// Words dictated as private, one entry each; they are in no section.
        private: Vec<Words>,
    },
    /// The summary holds nothing to file.
    NothingToFile,
    /// The text is in a language that cannot be filed yet. The words are kept.
    OtherLanguage,
}

impl Operation for DraftOperation {
    type Output = DraftAnswer;
}
