//! What follows from a key or a pick: something for the core, a question first, or the end.

use shared::{model::Event, note::Words};

/// What follows from a key or a pick.
#[allow(clippy::large_enum_variant, reason = "few exist at a time, and none for long")]
#[derive(Debug, Default)]
pub enum Step {
    /// Nothing.
    #[default]
    Nothing,
    /// The core hears of it.
    Send(Event),
    /// The core hears of several things, one after the other.
    SendAll(Vec<Event>),
    /// Something is asked first.
    Ask(Box<Ask>),
    /// The typed summary is handed over, and the field emptied once the core has it.
    HandOverTyped,
    /// The typed summary is thrown away.
    ThrowAwayTyped,
    /// The app ends.
    Quit,
}

/// What happens with an answer.
pub type Then = Box<dyn FnOnce(Words) -> Step>;

/// A question over the page.
#[allow(clippy::large_enum_variant, reason = "few exist at a time, and none for long")]
pub enum Ask {
    /// Words.
    Text {
        /// What for.
        title: String,
        /// A line beneath it.
        hint: String,
        /// What is in the field at first.
        initial: Words,
        /// More than one line.
        lines: bool,
        /// What is typed is not shown.
        secret: bool,
        /// The page behind is not shown.
        cover: bool,
        /// What happens with them.
        then: Then,
    },
    /// One of several.
    Choose {
        /// What for.
        title: String,
        /// The choices.
        options: Vec<(String, Step)>,
    },
    /// Yes or no.
    Confirm {
        /// What for.
        title: String,
        /// What goes, what stays, whether it can be undone.
        lines: Vec<String>,
        /// The act, as a label.
        yes: String,
        /// What a yes does.
        step: Step,
    },
    /// Something to read.
    Tell {
        /// What about.
        title: String,
        /// The rows.
        lines: Vec<String>,
    },
}

impl std::fmt::Debug for Ask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text { .. } => "Text",
            Self::Choose { .. } => "Choose",
            Self::Confirm { .. } => "Confirm",
            Self::Tell { .. } => "Tell",
        })
    }
}

impl Step {
    /// Asks for a line of words.
    #[must_use]
    pub fn text(title: &str, hint: &str, initial: &str, then: impl FnOnce(Words) -> Self + 'static) -> Self {
        Self::Ask(Box::new(Ask::Text {
            title: title.to_owned(),
            hint: hint.to_owned(),
            initial: initial.into(),
            lines: false,
            secret: false,
            cover: false,
            then: Box::new(then),
        }))
    }

    /// Asks for several lines of words.
    #[must_use]
    pub fn lines(title: &str, hint: &str, initial: &str, then: impl FnOnce(Words) -> Self + 'static) -> Self {
        Self::Ask(Box::new(Ask::Text {
            title: title.to_owned(),
            hint: hint.to_owned(),
            initial: initial.into(),
            lines: true,
            secret: false,
            cover: false,
            then: Box::new(then),
        }))
    }

    /// Asks for a secret.
    #[must_use]
    pub fn secret(title: &str, hint: &str, then: impl FnOnce(Words) -> Self + 'static) -> Self {
        Self::Ask(Box::new(Ask::Text {
            title: title.to_owned(),
            hint: hint.to_owned(),
            initial: Words::default(),
            lines: false,
            secret: true,
            cover: false,
            then: Box::new(then),
        }))
    }

    /// Asks to choose.
    #[must_use]
    pub fn choose(title: &str, options: Vec<(String, Self)>) -> Self {
        Self::Ask(Box::new(Ask::Choose {
            title: title.to_owned(),
            options,
        }))
    }

    /// Asks for a yes.
    #[must_use]
    pub fn confirm(title: &str, lines: &[&str], yes: &str, step: Self) -> Self {
        Self::Ask(Box::new(Ask::Confirm {
            title: title.to_owned(),
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
            yes: yes.to_owned(),
            step,
        }))
    }

    /// Shows something to read.
    #[must_use]
    pub fn tell(title: &str, lines: Vec<String>) -> Self {
        Self::Ask(Box::new(Ask::Tell {
            title: title.to_owned(),
            lines,
        }))
    }
}
