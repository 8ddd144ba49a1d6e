//! Secrets come from a file, the environment or a prompt that shows nothing; never from the command line.

use std::{
    env, fs,
    io::{self, IsTerminal as _, Read as _, Write as _},
    path::Path,
};

use crossterm::{
    event::{self, Event, KeyCode, KeyEventKind, KeyModifiers},
    terminal,
};
use shared::note::Words;
use zeroize::Zeroizing;

use crate::{output::CommandError, words};

/// A passcode from `file` (`-` is standard input), else from the variable, else asked for; `None` when there is no way to ask.
///
/// # Errors
/// When the file cannot be read or the person stopped.
pub fn read(file: Option<&Path>, variable: &str, prompt: &str) -> Result<Option<Words>, CommandError> {
    if let Some(file) = file {
        return from_file(file).map(Some);
    }
    if let Ok(passcode) = env::var(variable) {
        return Ok(Some(passcode.into()));
    }
    if io::stdin().is_terminal() && io::stderr().is_terminal() {
        return ask(prompt).map(Some);
    }
    Ok(None)
}

/// The same, asked twice when it is asked for.
///
/// # Errors
/// When the file cannot be read, the person stopped, or the two differ.
pub fn read_new(file: Option<&Path>, variable: &str) -> Result<Option<Words>, CommandError> {
    let asked = file.is_none() && env::var_os(variable).is_none();
    let first = read(file, variable, words::PASSCODE_NEW)?;
    if asked && first.is_some() {
        let second = read(None, variable, words::PASSCODE_AGAIN)?;
        if first != second {
            return Err(CommandError::failed(words::PASSCODES_DIFFER));
        }
    }
    if first.as_ref().is_some_and(Words::is_blank) {
        return Err(CommandError::usage(words::PASSCODE_EMPTY));
    }
    Ok(first)
}

fn from_file(file: &Path) -> Result<Words, CommandError> {
    let mut text = Zeroizing::new(String::new());
    if file.as_os_str() == "-" {
        io::stdin().read_to_string(&mut text)
    } else {
        fs::File::open(file).and_then(|mut file| file.read_to_string(&mut text))
    }
    .map_err(|_| CommandError::failed(words::PASSCODE_FILE_UNREADABLE))?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        return Err(CommandError::failed(words::PASSCODE_EMPTY));
    }
    Ok(line.into())
}

/// Asks on the terminal, without showing what is typed.
///
/// # Errors
/// When the person stopped or the terminal cannot be read.
pub fn ask(prompt: &str) -> Result<Words, CommandError> {
    let mut stderr = io::stderr();
    drop(write!(stderr, "{prompt} "));
    drop(stderr.flush());
    let stopped = || CommandError::failed(words::STOPPED);
    terminal::enable_raw_mode().map_err(|_| stopped())?;
    let typed = type_in_the_dark();
    drop(terminal::disable_raw_mode());
    drop(writeln!(stderr));
    typed.ok_or_else(stopped)
}

fn type_in_the_dark() -> Option<Words> {
    let mut typed = Zeroizing::new(String::with_capacity(256));
    loop {
        match event::read().ok()? {
            Event::Key(key) if key.kind != KeyEventKind::Release => match key.code {
                KeyCode::Enter => return Some(typed.as_str().into()),
                KeyCode::Backspace => drop(typed.pop()),
                KeyCode::Esc => return None,
                KeyCode::Char('c' | 'd') if key.modifiers.contains(KeyModifiers::CONTROL) => return None,
                KeyCode::Char('u') if key.modifiers.contains(KeyModifiers::CONTROL) => typed.clear(),
                KeyCode::Char(c) => typed.push(c),
                _ => {}
            },
            Event::Paste(text) => typed.push_str(&text),
            _ => {}
        }
    }
}
