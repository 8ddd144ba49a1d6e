//! The clipboard: through the desktop's own tool where there is one, else through the terminal (OSC 52). Cleared after its time,
//! if it still holds what was put there.

use std::{
    env,
    io::{self, Write as _},
    process::{Command, Stdio},
    sync::{Mutex, PoisonError},
    thread,
    time::Duration,
};

use shared::note::Words;

/// How text is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clipboard {
    /// A tool of the desktop.
    Tools,
    /// A tool of the desktop, else the terminal that shows the app.
    ToolsOrTerminal,
    /// Not at all.
    None,
}

/// What was put there last, until it is cleared.
static HELD: Mutex<Option<Words>> = Mutex::new(None);

impl Clipboard {
    /// Copies, and clears after `clear_after_s` seconds. `false` when there is no way.
    #[must_use]
    pub fn copy(self, text: &Words, clear_after_s: u32) -> bool {
        let put = match self {
            Self::None => false,
            Self::Tools => put_by_tool(text.as_str()),
            Self::ToolsOrTerminal => put_by_tool(text.as_str()) || put_by_terminal(text.as_str()),
        };
        if put {
            *HELD.lock().unwrap_or_else(PoisonError::into_inner) = Some(text.clone());
            let ours = text.clone();
            thread::spawn(move || {
                thread::sleep(Duration::from_secs(u64::from(clear_after_s)));
                clear(&ours);
            });
        }
        put
    }
}

/// Clears the clipboard before its time, when the app ends.
pub fn clear_now() {
    let held = HELD.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(held) = held {
        clear(&held);
    }
}

fn clear(ours: &Words) {
    {
        let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        if held.as_ref() != Some(ours) {
            return;
        }
        *held = None;
    }
    match taken_by_tool() {
        Some(there) if there.trim_end() != ours.as_str().trim_end() => {}
        Some(_) => drop(put_by_tool("")),
        None => drop(put_by_terminal("")),
    }
}

/// Tools that write the clipboard, with the tool that reads it back.
fn tools() -> Vec<(
    &'static str,
    &'static [&'static str],
    &'static str,
    &'static [&'static str],
)> {
    let mut tools: Vec<(&str, &[&str], &str, &[&str])> = Vec::new();
    if cfg!(target_os = "macos") {
        tools.push(("pbcopy", &[], "pbpaste", &[]));
    }
    if env::var_os("WAYLAND_DISPLAY").is_some() {
        tools.push(("wl-copy", &["--sensitive"], "wl-paste", &["--no-newline"]));
        tools.push(("wl-copy", &[], "wl-paste", &["--no-newline"]));
    }
    if env::var_os("DISPLAY").is_some() {
        tools.push((
            "xclip",
            &["-selection", "clipboard"],
            "xclip",
            &["-selection", "clipboard", "-o"],
        ));
    }
    tools
}

fn put_by_tool(text: &str) -> bool {
    tools().into_iter().any(|(tool, args, ..)| {
        let child = Command::new(tool)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut child) = child else { return false };
        let written = child
            .stdin
            .take()
            .is_some_and(|mut pipe| pipe.write_all(text.as_bytes()).is_ok());
        written && child.wait().is_ok_and(|status| status.success())
    })
}

fn taken_by_tool() -> Option<String> {
    tools().into_iter().find_map(|(_, _, tool, args)| {
        let output = Command::new(tool).args(args).stderr(Stdio::null()).output().ok()?;
        output
            .status
            .success()
            .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    })
}

fn put_by_terminal(text: &str) -> bool {
    let mut stdout = io::stdout().lock();
    stdout
        .write_all(osc52(text).as_bytes())
        .and_then(|()| stdout.flush())
        .is_ok()
}

/// The escape that asks a terminal to take text into its clipboard.
fn osc52(text: &str) -> String {
    format!("\x1b]52;c;{}\x07", base64(text.as_bytes()))
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = (word >> (18 - 6 * place)) & 63;
            out.push(if place <= chunk.len() {
                char::from(DIGITS[digit as usize])
            } else {
                '='
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reaches_the_terminal_in_base_64() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("fooba", "Zm9vYmE="),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
        assert_eq!(osc52("ä"), "\x1b]52;c;w6Q=\x07");
    }
}
