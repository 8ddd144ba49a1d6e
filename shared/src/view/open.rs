//! The way in: welcome, recovery words, unlock.

use facet::Facet;
use serde::{Deserialize, Serialize};

use crate::{
    model::{
        Model,
        stage::{Unlocking, Welcome, WordsShown},
    },
    note::Words,
};

/// First run.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WelcomeView {
    /// The person said to be younger than 16: no vault is made, help lines are shown, no age is kept.
    pub refused_age: bool,
    /// A vault is being made.
    pub working: bool,
}

/// The recovery words.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryWordsView {
    /// The 24 words, in order.
    pub words: Vec<Words>,
    /// Positions, from 1, of the three words asked back.
    pub asked: Vec<u32>,
    /// The last answer was wrong.
    pub wrong: bool,
}

/// Locked.
#[derive(Facet, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnlockView {
    /// A passcode opens it.
    pub passcode: bool,
    /// The device opens it.
    pub device: bool,
    /// Failed tries in a row.
    pub tries: u32,
    /// Milliseconds until the next try is looked at.
    pub wait_ms: i64,
    /// The last try was refused.
    pub refused: bool,
    /// The words entered are not 24 recovery words.
    pub bad_words: bool,
    /// A try is being looked at.
    pub working: bool,
    /// Recording works without unlocking.
    pub can_record: bool,
    /// A recording waits behind the lock.
    pub recording_waits: bool,
}

/// The welcome screen.
#[must_use]
pub const fn welcome(stage: &Welcome) -> WelcomeView {
    WelcomeView {
        refused_age: stage.refused_age,
        working: stage.working,
    }
}

/// The recovery words screen.
#[must_use]
pub fn recovery_words(stage: &WordsShown) -> RecoveryWordsView {
    RecoveryWordsView {
        words: stage.words.as_str().split(' ').map(Words::from).collect(),
        asked: stage.asked.iter().map(|place| place + 1).collect(),
        wrong: stage.wrong,
    }
}

/// The lock screen.
#[must_use]
pub fn unlock(stage: &Unlocking, model: &Model) -> UnlockView {
    UnlockView {
        passcode: stage.passcode,
        device: stage.device,
        tries: stage.tries,
        wait_ms: stage.wait_until.since(model.now).max(0),
        refused: stage.refused,
        bad_words: stage.bad_words,
        working: stage.working,
        can_record: true,
        recording_waits: model.desk.captures.iter().any(|capture| capture.state.has_audio()),
    }
}
