//! The full-screen app: keyboard alone, any size, with or without colour. It shows pages and sends events; it decides nothing.

mod dialog;
mod draw;
pub mod editor;
mod figures;
mod keys;
mod leave;
mod terminal;
#[cfg(test)]
mod tests;
pub mod theme;
mod walk;
mod wrap;

use std::{
    mem::discriminant,
    path::PathBuf,
    sync::{
        Arc, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use crossterm::event::{self, Event as Input, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use shared::{model::Event, view::ViewModel};

use self::{
    dialog::{Dialog, Outcome},
    draw::{Scene, Scroll},
    editor::Editor,
    leave::Kept,
    terminal::Borrowed,
    theme::Theme,
};
use crate::{
    Shell, ShellOptions,
    handlers::{microphone::MicrophoneSource, share::clear_now},
    output::CommandError,
    page::{Act, Ask, Page, Step},
    screens::{self, Ui},
    words,
};

/// Runs the app until it is left.
///
/// # Errors
/// When the data folder or the terminal cannot be used.
pub fn run(options: ShellOptions, file: Option<PathBuf>) -> Result<(), CommandError> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
        drop(signal_hook::flag::register(signal, Arc::clone(&stop)));
    }
    let sound_from_file = matches!(options.microphone, MicrophoneSource::File { .. });
    let shell = Arc::new(Shell::start(options)?);
    let mut app = App::new(Arc::clone(&shell), Theme::of_terminal());
    leave::watch(Arc::clone(&stop), shell, Arc::clone(&app.kept));
    app.ui.sound_from_file = sound_from_file;
    app.file = file;
    let ended = app.live(&stop);
    if ended.is_err() {
        leave::save(&app.shell, &app.kept);
    }
    app.shell.settle(leave::PATIENCE);
    clear_now();
    ended.map_err(|_| CommandError::failed(words::NEEDS_TERMINAL))
}

/// Everything the app holds beside the core.
struct App {
    shell: Arc<Shell>,
    ui: Ui,
    typing: Editor,
    /// The typed summary, where the watcher finds it when the app has to end.
    kept: Kept,
    dialog: Option<Dialog>,
    scroll: Scroll,
    theme: Theme,
    screen: ViewModel,
    width: usize,
    /// An audio file to begin with, once the vault is open.
    file: Option<PathBuf>,
    touched: Instant,
    quit: bool,
}

impl App {
    fn new(shell: Arc<Shell>, theme: Theme) -> Self {
        Self {
            shell,
            ui: Ui::default(),
            typing: Editor::default(),
            kept: Kept::default(),
            dialog: None,
            scroll: Scroll::default(),
            theme,
            screen: ViewModel::Starting,
            width: 80,
            file: None,
            touched: Instant::now(),
            quit: false,
        }
    }

    fn live(&mut self, stop: &AtomicBool) -> std::io::Result<()> {
        let mut borrowed = Borrowed::take()?;
        self.shell.send(Event::Started {
            folder: self.shell.folders().vault.to_string_lossy().into_owned(),
        });
        let mut ticked = Instant::now();
        let mut drawn = u64::MAX;
        while !self.quit && !stop.load(Ordering::Acquire) {
            let rings = self.shell.rings();
            if rings != drawn {
                self.look();
                borrowed.terminal.draw(|frame| self.draw(frame))?;
                drawn = rings;
            }
            if event::poll(Duration::from_millis(40))? {
                let input = event::read()?;
                self.input(input);
                drawn = u64::MAX;
            }
            if ticked.elapsed() >= Duration::from_secs(1) {
                ticked = Instant::now();
                self.shell.send(Event::Ticked);
            }
        }
        if stop.load(Ordering::Acquire) {
            // The watcher saves what there is and ends the process; until then, nothing is drawn.
            std::thread::sleep(leave::PATIENCE);
        }
        Ok(())
    }

    /// Looks at the core anew; another screen begins at its top.
    fn look(&mut self) {
        let view = self.shell.view();
        if discriminant(&view) != discriminant(&self.screen) {
            self.ui.at = 0;
            self.scroll = Scroll::default();
            self.dialog = None;
        }
        if let (ViewModel::Home(_), Some(file)) = (&view, self.file.take()) {
            self.shell.send(Event::FileChosen {
                path: file.to_string_lossy().into_owned(),
            });
        }
        self.screen = view;
        let picks = self.page().picks().len();
        self.ui.at = self.ui.at.min(picks.saturating_sub(1));
    }

    fn page(&mut self) -> Page {
        self.typing.text().clone_into(&mut self.ui.typed);
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone_from(&self.ui.typed);
        screens::page(&self.screen, &self.ui)
    }

    fn draw(&mut self, frame: &mut ratatui::Frame) {
        self.width = usize::from(frame.area().width);
        let page = self.page();
        let scene = Scene {
            page: &page,
            at: self.ui.at,
            typing: Some(&self.typing),
            dialog: self.dialog.as_ref(),
            theme: self.theme,
        };
        draw::scene(frame, &scene, &mut self.scroll);
    }

    fn input(&mut self, input: Input) {
        match input {
            Input::Key(key) if key.kind != KeyEventKind::Release => {
                self.touch();
                self.key(key);
            }
            Input::Paste(text) => {
                self.touch();
                match &mut self.dialog {
                    Some(dialog) => dialog.paste(&text),
                    None if matches!(self.screen, ViewModel::Typing(_)) => self.typing.insert(&text),
                    None => {}
                }
            }
            _ => {}
        }
    }

    /// The core hears, now and then, that somebody is there; else it would lock in the middle of a long text.
    fn touch(&mut self) {
        if self.touched.elapsed() >= Duration::from_secs(10) {
            self.touched = Instant::now();
            self.shell.send(Event::Touched);
        }
    }

    fn key(&mut self, key: KeyEvent) {
        let field = self.width.saturating_sub(8).min(64);
        if let Some(dialog) = self.dialog.take() {
            match dialog.key(key, field) {
                Outcome::Open(dialog) => self.dialog = Some(dialog),
                Outcome::Closed(step) => self.follow(step),
            }
            return;
        }
        if key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL) {
            return self.control_c();
        }
        let page = self.page();
        let named = keys::named(key);
        if page.editor {
            let act = page.acts.into_iter().find(|act| Some(act.key) == named);
            return match act {
                Some(act) => self.follow(act.step),
                None => keys::edit(&mut self.typing, key, self.width.saturating_sub(4).min(wrap::MEASURE)),
            };
        }
        if key.code == KeyCode::Char('?') {
            return self.follow(help(&page.acts));
        }
        self.page_key(key, named, page);
    }

    fn follow(&mut self, step: Step) {
        match step {
            Step::Nothing => {}
            Step::Send(event) => {
                self.scroll.free = false;
                self.shell.send(event);
            }
            Step::SendAll(events) => events.into_iter().for_each(|event| self.shell.send(event)),
            Step::Ask(ask) => self.dialog = Some(Dialog::new(*ask)),
            Step::HandOverTyped => self.hand_over(),
            Step::ThrowAwayTyped => {
                self.typing = Editor::default();
                self.shell.send(Event::BackTapped);
            }
            Step::Quit => self.ask_to_quit(),
        }
    }

    /// The field is emptied only once the core has moved on with the words.
    fn hand_over(&mut self) {
        let before = discriminant(&self.shell.view());
        self.shell.send(Event::SummaryTyped {
            text: self.typing.text().into(),
        });
        let moved = self
            .shell
            .wait_for(|view| discriminant(view) != before, Duration::from_secs(5));
        if matches!(moved, Some(ViewModel::Transcribing(_) | ViewModel::Review(_))) {
            self.typing = Editor::default();
        }
    }

    fn control_c(&mut self) {
        if matches!(self.screen, ViewModel::Capture(_)) {
            // Stop and keep.
            self.shell.send(Event::BackTapped);
        } else {
            self.ask_to_quit();
        }
    }

    fn ask_to_quit(&mut self) {
        if self.typing.text().trim().is_empty() {
            self.quit = true;
            return;
        }
        let mut options = vec![("Go back to them".to_owned(), Step::Send(Event::TypeTapped))];
        if matches!(self.screen, ViewModel::Typing(_)) {
            options.push(("Make a draft of them".to_owned(), Step::HandOverTyped));
        }
        options.push((
            "Throw them away".to_owned(),
            Step::confirm(
                "Throw the typed words away?",
                &["They are in no note yet."],
                "throw away",
                Step::ThrowAwayTyped,
            ),
        ));
        self.follow(Step::Ask(Box::new(Ask::Choose {
            title: "There are typed words".to_owned(),
            options,
        })));
    }
}

fn help(acts: &[Act]) -> Step {
    let mut lines: Vec<String> = acts
        .iter()
        .map(|act| format!("{:<11} {}", act.key.name(), act.label))
        .collect();
    lines.push(" ".to_owned());
    lines.extend(words::HELP_MOVING.map(str::to_owned));
    Step::tell("Keys", lines)
}
