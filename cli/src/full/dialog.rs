//! A question over the page: words, a choice, a yes, or something to read.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use shared::note::Words;

use super::{editor::Editor, keys};
use crate::page::{Ask, Step, Then};

/// An open question.
pub(super) struct Dialog {
    pub title: String,
    pub kind: Kind,
    /// The page behind is not shown.
    pub cover: bool,
}

pub(super) enum Kind {
    Text(Field),
    Choose {
        options: Vec<(String, Step)>,
        at: usize,
    },
    Confirm {
        lines: Vec<String>,
        yes: String,
        step: Step,
    },
    Tell {
        lines: Vec<String>,
        scroll: usize,
    },
}

/// A field being filled.
pub(super) struct Field {
    pub hint: String,
    pub editor: Editor,
    pub secret: bool,
    pub lines: bool,
    /// Escape was pressed once over changed words.
    pub leaving: bool,
    initial: Words,
    then: Then,
}

/// What a key did to a question.
pub(super) enum Outcome {
    /// It stays open.
    Open(Dialog),
    /// It is closed, and this follows.
    Closed(Step),
}

impl Dialog {
    pub(super) fn new(ask: Ask) -> Self {
        match ask {
            Ask::Text {
                title,
                hint,
                initial,
                lines,
                secret,
                cover,
                then,
            } => {
                let editor = Editor::new(initial.as_str());
                let field = Field {
                    hint,
                    editor,
                    secret,
                    lines,
                    leaving: false,
                    initial,
                    then,
                };
                Self {
                    title,
                    kind: Kind::Text(field),
                    cover,
                }
            }
            Ask::Choose { title, options } => Self {
                title,
                kind: Kind::Choose { options, at: 0 },
                cover: false,
            },
            Ask::Confirm {
                title,
                lines,
                yes,
                step,
            } => Self {
                title,
                kind: Kind::Confirm { lines, yes, step },
                cover: false,
            },
            Ask::Tell { title, lines } => Self {
                title,
                kind: Kind::Tell { lines, scroll: 0 },
                cover: false,
            },
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        if let Kind::Text(field) = &mut self.kind {
            let text = if field.lines {
                text.to_owned()
            } else {
                text.replace(['\r', '\n'], " ")
            };
            field.editor.insert(text.trim_end_matches(['\r', '\n']));
            field.leaving = false;
        }
    }

    pub(super) fn key(mut self, key: KeyEvent, width: usize) -> Outcome {
        let stop = key.code == KeyCode::Esc
            || (key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL));
        match &mut self.kind {
            Kind::Text(field) => {
                if stop {
                    if field.changed() && !field.leaving {
                        field.leaving = true;
                        return Outcome::Open(self);
                    }
                    return Outcome::Closed(Step::Nothing);
                }
                field.leaving = false;
                let line_end = key.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::SHIFT)
                    || key.code == KeyCode::Char('j') && key.modifiers.contains(KeyModifiers::CONTROL);
                if field.lines && line_end && matches!(key.code, KeyCode::Enter | KeyCode::Char('j')) {
                    field.editor.insert("\n");
                } else if key.code == KeyCode::Enter {
                    let Kind::Text(field) = self.kind else {
                        return Outcome::Closed(Step::Nothing);
                    };
                    return Outcome::Closed((field.then)(field.editor.text().into()));
                } else {
                    keys::edit(&mut field.editor, key, width);
                }
            }
            Kind::Choose { options, at } => match key.code {
                _ if stop => return Outcome::Closed(Step::Nothing),
                KeyCode::Up | KeyCode::Char('k') => *at = at.saturating_sub(1),
                KeyCode::Down | KeyCode::Char('j') => *at = (*at + 1).min(options.len().saturating_sub(1)),
                KeyCode::Home => *at = 0,
                KeyCode::End => *at = options.len().saturating_sub(1),
                KeyCode::Enter | KeyCode::Char(' ') if *at < options.len() => {
                    return Outcome::Closed(options.swap_remove(*at).1);
                }
                KeyCode::Char(digit @ '1'..='9') => {
                    let place = digit as usize - '1' as usize;
                    if place < options.len() {
                        return Outcome::Closed(options.swap_remove(place).1);
                    }
                }
                _ => {}
            },
            Kind::Confirm { step, .. } => match key.code {
                _ if stop => return Outcome::Closed(Step::Nothing),
                KeyCode::Char('n' | 'N') => return Outcome::Closed(Step::Nothing),
                KeyCode::Char('y' | 'Y') => return Outcome::Closed(std::mem::take(step)),
                _ => {}
            },
            Kind::Tell { lines, scroll } => match key.code {
                KeyCode::Down | KeyCode::PageDown => *scroll = (*scroll + 1).min(lines.len().saturating_sub(1)),
                KeyCode::Up | KeyCode::PageUp => *scroll = scroll.saturating_sub(1),
                _ => return Outcome::Closed(Step::Nothing),
            },
        }
        Outcome::Open(self)
    }
}

impl Field {
    fn changed(&self) -> bool {
        !self.secret && self.editor.text() != self.initial.as_str()
    }
}
