//! `afterword vault …`: made, opened, checked, recovered, erased.

use std::{
    fs,
    io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _},
    path::Path,
};

use serde_json::json;
use shared::{
    model::Event,
    note::Words,
    view::{ViewModel, open::RecoveryWordsView, settings::VerifyView},
};
use zeroize::Zeroizing;

use super::Session;
use crate::{
    args::{Common, VaultAct},
    output::CommandError,
    passcode, screens, words,
};

pub(super) fn run(common: &Common, act: VaultAct) -> Result<(), CommandError> {
    match act {
        VaultAct::Create { no_passcode, age_16 } => create(common, no_passcode, age_16),
        VaultAct::Unlock => unlock(common),
        VaultAct::Recover { new_passcode_file } => recover(common, new_passcode_file.as_deref()),
        VaultAct::Verify => verify(common),
        VaultAct::Passcode {
            new_passcode_file,
            remove,
        } => set_passcode(common, new_passcode_file.as_deref(), remove),
        VaultAct::Erase { yes } => erase(common, yes),
    }
}

fn create(common: &Common, no_passcode: bool, age_16: bool) -> Result<(), CommandError> {
    let (session, view) = Session::start(common)?;
    if !matches!(view, ViewModel::Welcome(_)) {
        return Err(CommandError::failed(words::VAULT_THERE));
    }
    if !age_16 && !is_of_age()? {
        drop(session.act(Event::CreateTapped {
            passcode: Words::default(),
            of_age: false,
        })?);
        return Err(CommandError::failed(words::AGE_REFUSED));
    }
    let passcode = if no_passcode {
        Words::default()
    } else {
        passcode::read_new(common.passcode_file.as_deref(), "AFTERWORD_PASSCODE")?
            .ok_or_else(|| CommandError::usage(words::PASSCODE_CHOOSE))?
    };
    let has_passcode = !passcode.as_str().is_empty();
    let ViewModel::RecoveryWords(shown) = session.act(Event::CreateTapped { passcode, of_age: true })? else {
        return Err(CommandError::failed(words::NO_ANSWER));
    };
    let vault = session.shell.folders().data.clone();
    session.out.say(
        || json!({ "vault": vault, "passcode": has_passcode, "recovery_words": shown.words }),
        || {
            format!(
                "{}\n\n{}\n\nThe vault is in {}.",
                words::WORDS_WHY,
                numbered(&shown),
                vault.display()
            )
        },
    );
    session.act(Event::WordsLaterTapped).map(drop)
}

/// Four words a line, each with its number.
fn numbered(shown: &RecoveryWordsView) -> String {
    let cells: Vec<String> = shown
        .words
        .iter()
        .enumerate()
        .map(|(at, word)| format!("{:>2} {:<10}", at + 1, word.as_str()))
        .collect();
    let rows: Vec<String> = cells.chunks(4).map(|row| row.join(" ").trim_end().to_owned()).collect();
    rows.join("\n")
}

fn is_of_age() -> Result<bool, CommandError> {
    if !io::stdin().is_terminal() {
        return Err(CommandError::usage(words::AGE_NEEDED));
    }
    drop(write!(io::stderr(), "{} ", words::AGE_QUESTION));
    let mut answer = String::new();
    io::stdin()
        .lock()
        .read_line(&mut answer)
        .map_err(|_| CommandError::failed(words::STOPPED))?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

fn unlock(common: &Common) -> Result<(), CommandError> {
    let session = Session::open(common)?;
    let ViewModel::Settings(settings) = session.act(Event::SettingsTapped)? else {
        return Err(CommandError::failed(words::NO_ANSWER));
    };
    let home = session.home()?;
    session.out.say(
        || {
            json!({
                "state": "open",
                "passcode": settings.passcode,
                "unfinished": home.queue.len(),
                "notes": home.total_notes,
            })
        },
        || {
            let opener = if settings.passcode {
                "its passcode"
            } else {
                "this device"
            };
            format!(
                "The vault opens with {opener}. {} unfinished, {} notes.",
                home.queue.len(),
                home.total_notes
            )
        },
    );
    Ok(())
}

fn recover(common: &Common, new_file: Option<&Path>) -> Result<(), CommandError> {
    let (session, view) = Session::start(common)?;
    match view {
        ViewModel::Unlock(view) if view.wait_ms > 0 => {
            return Err(CommandError::failed(words::wait_before_try(view.wait_ms)));
        }
        ViewModel::Unlock(_) => {}
        // A vault that opens by itself is locked first, so that the words are really tried.
        ViewModel::Home(_) => drop(session.act(Event::LockTapped)?),
        _ => return Err(CommandError::failed(words::NO_VAULT)),
    }
    if io::stdin().is_terminal() {
        session.out.remark("The 24 words, with spaces between:");
    }
    let mut typed = Zeroizing::new(String::new());
    if io::stdin().is_terminal() {
        io::stdin()
            .lock()
            .read_line(&mut typed)
            .map_err(|_| CommandError::failed(words::WORDS_BAD))?;
    } else {
        io::stdin()
            .read_to_string(&mut typed)
            .map_err(|_| CommandError::failed(words::WORDS_BAD))?;
    }
    let list: Vec<&str> = typed.split_whitespace().collect();
    let entered = Words::from(list.join(" ").to_lowercase());
    match session.act(Event::RecoveryEntered { words: entered })? {
        ViewModel::Home(_) => {}
        ViewModel::Unlock(view) if view.bad_words => return Err(CommandError::failed(words::WORDS_BAD)),
        _ => return Err(CommandError::failed(words::PASSCODE_WRONG)),
    }
    let passcode = new_passcode(new_file)?;
    session.act(Event::PasscodeChanged { passcode })?;
    session.out.say(
        || json!({ "recovered": true, "passcode": true }),
        || "The vault is open, and the new passcode is set.".to_owned(),
    );
    Ok(())
}

fn new_passcode(file: Option<&Path>) -> Result<Words, CommandError> {
    passcode::read_new(file, "AFTERWORD_NEW_PASSCODE")?.ok_or_else(|| CommandError::usage(words::PASSCODE_NEW_MISSING))
}

fn verify(common: &Common) -> Result<(), CommandError> {
    let session = Session::open(common)?;
    session.act(Event::SettingsTapped)?;
    let ViewModel::Settings(view) = session.act(Event::VerifyTapped)? else {
        return Err(CommandError::failed(words::NO_ANSWER));
    };
    let found: VerifyView = view.verified.ok_or_else(|| CommandError::failed(words::NO_ANSWER))?;
    session.out.say(
        || crate::json::verify(&found),
        || screens::settings::verify_lines(&found).join("\n"),
    );
    if screens::settings::is_clean(&found) {
        session.out.line(words::VERIFY_CLEAN);
        Ok(())
    } else {
        Err(CommandError::failed(words::VERIFY_FOUND))
    }
}

fn set_passcode(common: &Common, new_file: Option<&Path>, remove: bool) -> Result<(), CommandError> {
    let session = Session::open(common)?;
    let passcode = if remove {
        Words::default()
    } else {
        new_passcode(new_file)?
    };
    session.act(Event::PasscodeChanged { passcode })?;
    session.out.say(
        || json!({ "passcode": !remove }),
        || {
            if remove {
                "The passcode is removed; this device opens the vault."
            } else {
                "The new passcode is set."
            }
            .to_owned()
        },
    );
    Ok(())
}

fn erase(common: &Common, yes: bool) -> Result<(), CommandError> {
    if !yes {
        return Err(CommandError::usage(words::ERASE_NEEDS_YES));
    }
    let session = Session::open(common)?;
    let ViewModel::Welcome(_) = session.act(Event::EraseTapped { confirmed: true })? else {
        return Err(CommandError::failed(words::NO_ANSWER));
    };
    let folders = session.shell.folders().clone();
    let out = session.out;
    drop(session);
    // Empty folders say that there was a vault once.
    for folder in [&folders.vault, &folders.keystore, &folders.data] {
        drop(fs::remove_dir(folder));
    }
    out.say(|| json!({ "erased": true }), || words::ERASED.to_owned());
    Ok(())
}
