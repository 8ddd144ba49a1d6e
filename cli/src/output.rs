//! What a command says: lines or JSON on standard output, one line on standard error when it did not work.

use std::io::{self, IsTerminal as _, Write as _};

use serde_json::Value;

/// It did not work: one line for a person, and the exit code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandError {
    /// One clear line.
    pub line: String,
    /// 1: it did not work. 2: it was asked for in a wrong way.
    pub code: u8,
}

impl CommandError {
    /// It did not work.
    #[must_use]
    pub fn failed(line: impl Into<String>) -> Self {
        Self {
            line: line.into(),
            code: 1,
        }
    }

    /// It was asked for in a wrong way.
    #[must_use]
    pub fn usage(line: impl Into<String>) -> Self {
        Self {
            line: line.into(),
            code: 2,
        }
    }
}

/// Where a command speaks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Out {
    /// JSON instead of lines.
    pub json: bool,
}

impl Out {
    /// One line for a person; nothing when JSON is wanted.
    pub fn line(self, line: impl AsRef<str>) {
        if !self.json {
            write(line.as_ref().as_bytes());
            write(b"\n");
        }
    }

    /// JSON when it is wanted, the lines that `lines` makes otherwise.
    pub fn say(self, json: impl FnOnce() -> Value, lines: impl FnOnce() -> String) {
        if self.json {
            write(serde_json::to_string_pretty(&json()).unwrap_or_default().as_bytes());
            write(b"\n");
        } else {
            let lines = lines();
            if !lines.is_empty() {
                write(lines.trim_end_matches('\n').as_bytes());
                write(b"\n");
            }
        }
    }

    /// A passing remark on standard error, only where a person looks on and no JSON is wanted.
    pub fn remark(self, line: &str) {
        if !self.json && io::stderr().is_terminal() {
            drop(writeln!(io::stderr(), "{line}"));
        }
    }
}

/// Bytes to standard output. A closed pipe is the reader's wish, not an error.
pub fn write(bytes: &[u8]) {
    let mut stdout = io::stdout().lock();
    drop(stdout.write_all(bytes));
    drop(stdout.flush());
}

/// The one line on standard error.
pub fn complain(error: &CommandError) {
    drop(writeln!(io::stderr(), "afterword: {}", error.line));
}
