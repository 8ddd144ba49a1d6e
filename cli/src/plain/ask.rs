//! Questions, line by line, and a summary typed line by line.

use std::{
    sync::{atomic::Ordering, mpsc::RecvTimeoutError},
    time::Duration,
};

use shared::{model::Event, note::Words, view::ViewModel};

use super::{Plain, say};
use crate::{
    page::{Ask, Step},
    passcode,
};

impl Plain {
    pub(super) fn ask(&mut self, ask: Ask, view: ViewModel) -> ViewModel {
        say(&format!("-- {}", title(&ask)));
        let step = match ask {
            Ask::Text {
                hint,
                initial,
                secret,
                then,
                title,
                ..
            } => {
                if !hint.is_empty() {
                    say(&hint);
                }
                if !initial.is_blank() {
                    say(&format!("Now: {}", initial.as_str()));
                    say("An empty line leaves it as it is; a single - empties it.");
                }
                let typed = if secret && self.terminal {
                    passcode::ask(&format!("{title}:")).ok()
                } else {
                    self.line().map(Words::from)
                };
                match typed {
                    None => Step::Nothing,
                    Some(typed) if typed.is_blank() && !initial.is_blank() => Step::Nothing,
                    Some(typed) if typed.as_str().trim() == "-" && !initial.is_blank() => then(Words::default()),
                    Some(typed) => then(typed),
                }
            }
            Ask::Choose { mut options, .. } => {
                for (number, (label, _)) in options.iter().enumerate() {
                    say(&format!("{}. {label}", number + 1));
                }
                let chosen = self.line().and_then(|line| line.trim().parse::<usize>().ok());
                match chosen {
                    Some(number) if (1..=options.len()).contains(&number) => options.swap_remove(number - 1).1,
                    _ => Step::Nothing,
                }
            }
            Ask::Confirm { lines, yes, step, .. } => {
                for line in &lines {
                    say(line);
                }
                say(&format!("y: {yes}; anything else: no"));
                let said = self.line().unwrap_or_default();
                if matches!(said.trim(), "y" | "Y" | "yes") {
                    step
                } else {
                    Step::Nothing
                }
            }
            Ask::Tell { lines, .. } => {
                for line in &lines {
                    say(line);
                }
                Step::Nothing
            }
        };
        self.printed.clear();
        self.follow(step, view)
    }

    /// A summary, line by line, until a line with a single point.
    pub(super) fn type_summary(&mut self) -> ViewModel {
        say("\n== Your summary, not the session");
        say("Type; a line with a single . ends it, a line with a single ! throws it away.");
        let mut typed = zeroize::Zeroizing::new(String::new());
        while let Some(line) = self.line() {
            match line.trim() {
                "." => break,
                "!" => {
                    typed.clear();
                    break;
                }
                _ => {
                    typed.push_str(&line);
                    typed.push('\n');
                }
            }
        }
        if typed.trim().is_empty() {
            return self.act(Event::BackTapped);
        }
        self.act(Event::SummaryTyped {
            text: typed.trim().into(),
        })
    }

    fn line(&mut self) -> Option<String> {
        loop {
            match self.lines.next(Duration::from_millis(200)) {
                Ok(line) => return Some(line),
                Err(RecvTimeoutError::Timeout) if !self.stop.load(Ordering::Acquire) => {
                    // Somebody is there and thinks; the vault stays open meanwhile as long as its rule says.
                    self.shell.send(Event::Ticked);
                }
                Err(_) => return None,
            }
        }
    }
}

fn title(ask: &Ask) -> &str {
    match ask {
        Ask::Text { title, .. } | Ask::Choose { title, .. } | Ask::Confirm { title, .. } | Ask::Tell { title, .. } => {
            title
        }
    }
}
