//! Line by line: numbered rows, letters for acts, no cursor addressing. For screen readers, dumb terminals and pipes.

use std::{
    io::{self, BufRead as _, IsTerminal as _},
    mem::discriminant,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use shared::{model::Event, note::Words, view::ViewModel};

use crate::{
    Shell, ShellOptions,
    handlers::{microphone::MicrophoneSource, share::clear_now},
    output::{CommandError, write},
    page::{Ask, Key, Page, Step},
    passcode,
    screens::{self, Ui},
    words,
};

/// Runs until it is left or its input ends.
///
/// # Errors
/// When the data folder cannot be used.
pub fn run(options: ShellOptions, file: Option<PathBuf>) -> Result<(), CommandError> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP, signal_hook::consts::SIGINT] {
        drop(signal_hook::flag::register(signal, Arc::clone(&stop)));
    }
    let sound_from_file = matches!(options.microphone, MicrophoneSource::File { .. });
    let mut plain = Plain {
        shell: Shell::start(options)?,
        ui: Ui { sound_from_file, ..Ui::default() },
        lines: lines(),
        terminal: io::stdin().is_terminal(),
        stop,
        printed: String::new(),
        ended: false,
    };
    let mut view = plain.shell.open();
    if let (ViewModel::Home(_), Some(file)) = (&view, file) {
        view = plain.act(Event::FileChosen { path: file.to_string_lossy().into_owned() });
    }
    plain.live(view);
    clear_now();
    Ok(())
}

/// Lines of standard input, read on a thread of their own, one at a time.
fn lines() -> Receiver<String> {
    let (sender, lines) = sync_channel(0);
    thread::spawn(move || {
        for line in io::stdin().lock().lines() {
            let Ok(line) = line else { return };
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

struct Plain {
    shell: Shell,
    ui: Ui,
    lines: Receiver<String>,
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

    /// The page, numbered; nothing when it says what it said before.
    fn print(&mut self, page: &Page, view: &ViewModel) {
        let mut out = format!("\n== {}", page.title);
        if let Some(mark) = page.mark {
            out.push_str(&format!(" [{mark}]"));
        }
        out.push('\n');
        let mut number = 0;
        for row in &page.rows {
            let text = row.text();
            if row.pick.is_some() {
                number += 1;
                out.push_str(&format!("{number}. {}\n", text.trim()));
            } else if !text.trim().is_empty() && !text.contains(['█', '░']) {
                out.push_str(&format!("{}\n", text.trim_end()));
            }
        }
        if let Some(notice) = &page.notice {
            out.push_str(&format!("Note: {notice}\n"));
        }
        let acts: Vec<String> = page.acts.iter().map(|act| format!("{} {}", name(act.key), act.label)).collect();
        if !acts.is_empty() {
            out.push_str(&format!("[{}; ? help]\n", acts.join("; ")));
        }
        // A timer that runs is no news.
        let live = matches!(view, ViewModel::Capture(_) | ViewModel::Transcribing(_));
        let same_screen = self.printed.lines().nth(1) == out.lines().nth(1);
        if out != self.printed && !(live && same_screen) {
            write(out.as_bytes());
        }
        self.printed = out;
    }

    /// A line; or nothing, when the screen changed by itself or the input ended.
    fn wait_for_line(&mut self, view: &mut ViewModel) -> Option<String> {
        let before = discriminant(view);
        let mut ticked = Instant::now();
        loop {
            match self.lines.recv_timeout(Duration::from_millis(100)) {
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
        match step {
            Some(step) => self.follow(step, view),
            None => {
                if !line.is_empty() {
                    say(words::HELP_PLAIN);
                }
                view
            }
        }
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

    fn ask(&mut self, ask: Ask, view: ViewModel) -> ViewModel {
        say(&format!("-- {}", title(&ask)));
        let step = match ask {
            Ask::Text { hint, initial, secret, then, title, .. } => {
                if !hint.is_empty() {
                    say(&hint);
                }
                if !initial.is_blank() {
                    say(&format!("Now: {}", initial.as_str()));
                    say("An empty line leaves it as it is; a single - empties it.");
                }
                let typed = if secret && self.terminal { passcode::ask(&format!("{title}:")).ok() } else { self.line().map(Words::from) };
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
                lines.iter().for_each(|line| say(line));
                say(&format!("y: {yes}; anything else: no"));
                let said = self.line().unwrap_or_default();
                if matches!(said.trim(), "y" | "Y" | "yes") { step } else { Step::Nothing }
            }
            Ask::Tell { lines, .. } => {
                lines.iter().for_each(|line| say(line));
                Step::Nothing
            }
        };
        self.printed.clear();
        self.follow(step, view)
    }

    /// A summary, line by line, until a line with a single point.
    fn type_summary(&mut self) -> ViewModel {
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
        self.act(Event::SummaryTyped { text: typed.trim().into() })
    }

    fn line(&mut self) -> Option<String> {
        loop {
            match self.lines.recv_timeout(Duration::from_millis(200)) {
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

fn title(ask: &Ask) -> &str {
    match ask {
        Ask::Text { title, .. } | Ask::Choose { title, .. } | Ask::Confirm { title, .. } | Ask::Tell { title, .. } => title,
    }
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
