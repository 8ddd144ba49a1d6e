//! A screen as rows and acts: what to read, what can be picked, which key does what. Both the full-screen app and the plain mode
//! show pages; neither knows what is on them.

mod step;

pub use step::{Ask, Step, Then};

/// How a piece of text is meant. Never the only carrier of meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Text.
    #[default]
    Ink,
    /// What stands out.
    Strong,
    /// A heading.
    Heading,
    /// What is said beside.
    Quiet,
    /// The one colour.
    Accent,
    /// Risk.
    Risk,
    /// What failed.
    Error,
    /// A mark in a box of its own, such as DRAFT.
    Mark,
}

/// A piece of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// What it says.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
}

/// A row, wrapped where it is shown.
#[derive(Debug, Default)]
pub struct Row {
    /// Its pieces.
    pub spans: Vec<Span>,
    /// Columns it is moved in.
    pub indent: u16,
    /// What picking it does; rows without it cannot be picked.
    pub pick: Option<Step>,
    /// One line, cut where the screen ends.
    pub clip: bool,
}

impl Row {
    /// A row of one piece.
    #[must_use]
    pub fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self::default().and(text, tone)
    }

    /// A row with one piece more.
    #[must_use]
    pub fn and(mut self, text: impl Into<String>, tone: Tone) -> Self {
        self.spans.push(Span {
            text: text.into(),
            tone,
        });
        self
    }

    /// Moved in.
    #[must_use]
    pub const fn indented(mut self, columns: u16) -> Self {
        self.indent = columns;
        self
    }

    /// One line, cut where the screen ends.
    #[must_use]
    pub const fn clipped(mut self) -> Self {
        self.clip = true;
        self
    }

    /// Can be picked.
    #[must_use]
    pub fn picks(mut self, step: Step) -> Self {
        self.pick = Some(step);
        self
    }

    /// Its words, without tones.
    #[must_use]
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

/// A key on the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A character, in the case it is typed.
    Char(char),
    /// A character with control.
    Ctrl(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Up with shift.
    ShiftUp,
    /// Down with shift.
    ShiftDown,
}

impl Key {
    /// How it is named on screen.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Char(' ') => "Space".to_owned(),
            Self::Char(c) => c.to_string(),
            Self::Ctrl(c) => format!("Ctrl-{}", c.to_ascii_uppercase()),
            Self::Enter => "Enter".to_owned(),
            Self::Esc => "Esc".to_owned(),
            Self::ShiftUp => "Shift-↑".to_owned(),
            Self::ShiftDown => "Shift-↓".to_owned(),
        }
    }
}

/// What a key does.
#[derive(Debug)]
pub struct Act {
    /// The key.
    pub key: Key,
    /// What it does, in a word or two.
    pub label: String,
    /// The step.
    pub step: Step,
    /// Places the cursor moves along.
    pub moves: isize,
}

/// A screen.
#[derive(Debug, Default)]
pub struct Page {
    /// Name of the screen.
    pub title: String,
    /// A mark beside it: DRAFT.
    pub mark: Option<&'static str>,
    /// A timer in large figures, where there is room.
    pub large: Option<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// What keys do, the most wanted first.
    pub acts: Vec<Act>,
    /// One thing to say.
    pub notice: Option<String>,
    /// The field for a typed summary takes the place of the rows.
    pub editor: bool,
}

impl Page {
    /// A page with a title.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// One row more.
    pub fn row(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// A row of text.
    pub fn ink(&mut self, text: impl Into<String>) {
        self.row(Row::new(text, Tone::Ink));
    }

    /// A row said beside.
    pub fn quiet(&mut self, text: impl Into<String>) {
        self.row(Row::new(text, Tone::Quiet));
    }

    /// A heading, with air above.
    pub fn heading(&mut self, text: impl Into<String>) {
        self.gap();
        self.row(Row::new(text, Tone::Heading));
    }

    /// An empty row, unless the page begins here.
    pub fn gap(&mut self) {
        if self.rows.last().is_some_and(|row| !row.spans.is_empty()) {
            self.row(Row::default());
        }
    }

    /// One act more.
    pub fn act(&mut self, key: Key, label: impl Into<String>, step: Step) {
        self.acts.push(Act {
            key,
            label: label.into(),
            step,
            moves: 0,
        });
    }

    /// Places of the rows that can be picked.
    #[must_use]
    pub fn picks(&self) -> Vec<usize> {
        (0..self.rows.len())
            .filter(|at| self.rows[*at].pick.is_some())
            .collect()
    }

    /// The rows as text, for a command's output.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        for row in &self.rows {
            out.push_str(&" ".repeat(usize::from(row.indent)));
            out.push_str(row.text().trim_end());
            out.push('\n');
        }
        out
    }
}
