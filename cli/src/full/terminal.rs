//! The terminal, borrowed: given back whatever happens, panic and signals included.

use std::{
    io::{self, Stdout},
    panic,
    sync::Once,
};

use crossterm::{
    cursor,
    event::{DisableBracketedPaste, EnableBracketedPaste},
    execute,
    terminal::{self, EnterAlternateScreen, LeaveAlternateScreen, SetTitle},
};
use ratatui::{Terminal, backend::CrosstermBackend};

/// A full-screen terminal; dropping it gives the old screen back.
pub(super) struct Borrowed {
    pub terminal: Terminal<CrosstermBackend<Stdout>>,
}

impl Borrowed {
    pub(super) fn take() -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let before = panic::take_hook();
            panic::set_hook(Box::new(move |about| {
                give_back();
                before(about);
            }));
        });
        terminal::enable_raw_mode()?;
        // A neutral title: no name, no count.
        execute!(
            io::stdout(),
            EnterAlternateScreen,
            EnableBracketedPaste,
            SetTitle("Afterword")
        )?;
        let terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
        Ok(Self { terminal })
    }
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        give_back();
    }
}

pub(super) fn give_back() {
    drop(execute!(
        io::stdout(),
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    ));
    drop(terminal::disable_raw_mode());
}
