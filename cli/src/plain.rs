//! Line by line: numbered rows, letters for acts, no cursor addressing. For screen readers, dumb terminals and pipes.

mod ask;
mod lines;
mod print;

use std::{
    io::{self, IsTerminal as _},
    mem::discriminant,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::RecvTimeoutError,
    },
    time::{Duration, Instant},
};

use shared::{model::Event, note::Words, view::ViewModel};

use self::lines::Lines;
use crate::{
    Shell, ShellOptions,
    handlers::{microphone::MicrophoneSource, share::clear_now},
    output::{CommandError, write},
    page::{Key, Page, Step},
    screens::{self, Ui},
    words,
};

/// Runs until it is left or its input ends.
///
/// # Errors
/// When the data folder cannot be used.
pub fn run(options: ShellOptions, file: Option<PathBuf>) -> Result<(), CommandError> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [
        signal_hook::consts::SIGTERM,
        signal_hook::consts::SIGHUP,
        signal_hook::consts::SIGINT,
    ] {
        drop(signal_hook::flag::register(signal, Arc::clone(&stop)));
    }
    let sound_from_file = matches!(options.microphone, MicrophoneSource::File { .. });
    let mut plain = Plain {
        shell: Shell::start(options)?,
        ui: Ui {
            sound_from_file,
            ..Ui::default()
        },
        lines: Lines::new(),
        terminal: io::stdin().is_terminal(),
        stop,
        printed: String::new(),
        ended: false,
    };
    let mut view = plain.shell.open();
    if let (ViewModel::Home(_), Some(file)) = (&view, file) {
        view = plain.act(Event::FileChosen {
            path: file.to_string_lossy().into_owned(),
        });
    }
    plain.live(view);
    clear_now();
    Ok(())
}

struct Plain {
    shell: Shell,
    ui: Ui,
    lines: Lines,
    terminal: bool,
    stop: Arc<AtomicBool>,
    printed: String,
    ended: bool,
}

fn say(line: &str) {
    write(line.as_bytes());
    write(b"\n");
}

impl Plain {
    fn live(&mut self, mut view: ViewModel) {
        while !self.ended {
            let page = screens::page(&view, &self.ui);
            if page.editor {
                view = self.type_summary();
                continue;
            }
            self.print(&page, &view);
            let before = discriminant(&view);
            let Some(line) = self.wait_for_line(&mut view) else {
                if self.ended {
                    break;
                }
                self.ui.at = 0;
                continue;
            };
            let page = screens::page(&view, &self.ui);
            view = self.answer(&line, page, view);
            if discriminant(&view) != before {
                self.ui.at = 0;
            }
        }
        if let ViewModel::Capture(_) = self.shell.view() {
            // What was said is kept, whatever ended the input.
            self.shell.act(Event::BackTapped);
        }
    }

    /// A line; or nothing, when the screen changed by itself or the input ended.
    fn wait_for_line(&mut self, view: &mut ViewModel) -> Option<String> {
        let before = discriminant(view);
        let mut ticked = Instant::now();
        loop {
            match self.lines.next(Duration::from_millis(100)) {
                Ok(line) => return Some(line),
                Err(RecvTimeoutError::Disconnected) => {
                    self.ended = !matches!(self.shell.view(), ViewModel::Transcribing(_));
                    self.shell.settle(crate::shell::PATIENCE);
                    *view = self.shell.view();
                    return None;
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            if self.stop.load(Ordering::Acquire) {
                self.ended = true;
                return None;
            }
            if ticked.elapsed() >= Duration::from_secs(1) {
                ticked = Instant::now();
                self.shell.send(Event::Ticked);
            }
            let now = self.shell.view();
            if discriminant(&now) != before {
                *view = now;
                return None;
            }
        }
    }

    /// A number picks, a letter acts, a letter and a number act on that line.
    fn answer(&mut self, line: &str, mut page: Page, view: ViewModel) -> ViewModel {
        let line = line.trim();
        let (word, number) = split(line);
        let picks = page.picks();
        if let Some(number) = number {
            if number == 0 || number > picks.len() {
                say(words::HELP_PLAIN);
                return view;
            }
            self.ui.at = number - 1;
            page = screens::page(&view, &self.ui);
        }
        if word == "?" {
            say(words::HELP_PLAIN);
            self.printed.clear();
            return view;
        }
        let step = if word.is_empty() && number.is_some() {
            page.rows[picks[self.ui.at]].pick.take()
        } else {
            let place = page.acts.iter().position(|act| name(act.key) == word);
            place.map(|place| page.acts.swap_remove(place).step)
        };
        if let Some(step) = step {
            return self.follow(step, view);
        }
        if !line.is_empty() {
            say(words::HELP_PLAIN);
        }
        view
    }

    fn follow(&mut self, step: Step, view: ViewModel) -> ViewModel {
        match step {
            Step::Nothing => view,
            Step::Send(event) => self.act(event),
            Step::SendAll(events) => events.into_iter().map(|event| self.act(event)).last().unwrap_or(view),
            Step::Ask(ask) => self.ask(*ask, view),
            Step::HandOverTyped => {
                let text = Words::from(std::mem::take(&mut self.ui.typed));
                self.act(Event::SummaryTyped { text })
            }
            Step::ThrowAwayTyped => {
                self.ui.typed.clear();
                self.act(Event::BackTapped)
            }
            Step::Quit => {
                self.ended = true;
                view
            }
        }
    }

    /// Sends, and waits until it is through; says how far a long thing is.
    fn act(&mut self, event: Event) -> ViewModel {
        self.shell.send(event);
        let mut said = 0;
        loop {
            let settled = self.shell.settle(Duration::from_millis(200));
            let view = self.shell.view();
            if settled || self.stop.load(Ordering::Acquire) {
                return view;
            }
            if let ViewModel::Transcribing(now) = &view {
                if self.terminal && !now.audio_deleted {
                    return view;
                }
                if now.percent >= said + 25 {
                    said = now.percent;
                    say(&format!("{said} %"));
                }
            }
        }
    }
}

/// How a key is typed as a line.
fn name(key: Key) -> String {
    match key {
        Key::Char(' ') => "space".to_owned(),
        Key::Char(c) => c.to_string(),
        Key::Ctrl(c) => format!("ctrl-{c}"),
        Key::Enter => "enter".to_owned(),
        Key::Esc => "back".to_owned(),
        Key::ShiftUp => "up".to_owned(),
        Key::ShiftDown => "down".to_owned(),
    }
}

/// `e 3` and `e3` are the word `e` and the number 3.
fn split(line: &str) -> (String, Option<usize>) {
    let end = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = line[end.len()..].parse().ok();
    (end.trim().to_owned(), number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_number_a_letter_or_both() {
        assert_eq!(split("3"), (String::new(), Some(3)));
        assert_eq!(split("e 12"), ("e".to_owned(), Some(12)));
        assert_eq!(split("A"), ("A".to_owned(), None));
        assert_eq!(split(""), (String::new(), None));
    }
}
