//! What commands say when they are done, and when they were asked for in a wrong way.

/// A thread could not be started.
pub const NO_THREAD: &str = "The system refused to start a thread.";
/// A person stopped it.
pub const STOPPED: &str = "Stopped. Nothing was changed.";
/// The core did not answer.
pub const NO_ANSWER: &str = "This took too long and was given up. Nothing is lost.";
/// Prompt.
pub const PASSCODE: &str = "Passcode:";
/// Prompt.
pub const PASSCODE_NEW: &str = "New passcode:";
/// Prompt.
pub const PASSCODE_AGAIN: &str = "The same again:";
/// The two differ.
pub const PASSCODES_DIFFER: &str = "The two passcodes differ. Nothing was changed.";
/// Nothing was typed.
pub const PASSCODE_EMPTY: &str = "The passcode is empty. Use --no-passcode for a vault without one.";
/// The file of the passcode.
pub const PASSCODE_FILE_UNREADABLE: &str = "The passcode file cannot be read.";
/// There is no way to ask.
pub const PASSCODE_MISSING: &str =
    "This vault has a passcode. Give it with --passcode-file FILE, the variable AFTERWORD_PASSCODE, or on a terminal.";
/// There is no way to ask for a new one.
pub const PASSCODE_NEW_MISSING: &str =
    "A new passcode is needed: --new-passcode-file FILE, the variable AFTERWORD_NEW_PASSCODE, or a terminal.";
/// No passcode was chosen at creation.
pub const PASSCODE_CHOOSE: &str = "Choose: --passcode-file FILE, the variable AFTERWORD_PASSCODE, or --no-passcode.";
/// It is wrong.
pub const PASSCODE_WRONG: &str = "That did not open the vault.";
/// Not 24 words.
pub const WORDS_BAD: &str = "These are not 24 recovery words.";
/// There is no vault.
pub const NO_VAULT: &str = "There is no vault here yet. Make one with: afterword vault create";
/// There is one.
pub const VAULT_THERE: &str = "There is a vault here already.";
/// Younger than 16, or not said.
pub const AGE_NEEDED: &str = "Afterword is for people of 16 and older. State it with --age-16.";
/// Asked on a terminal.
pub const AGE_QUESTION: &str = "Afterword is for people of 16 and older. Are you? [y/N]";
/// Where younger people find help.
pub const AGE_REFUSED: &str = "Afterword is for people of 16 and older, so no vault was made, and nothing about you was kept. If you need someone to talk to: findahelpline.com lists free, confidential lines for young people in your country. In an emergency, call your local emergency number.";
/// Recovery words.
pub const WORDS_WHY: &str = "Write these 24 words down, on paper. They open your notes if you forget the passcode. Nobody else has them, and they are not shown again.";
/// Erase needs a word.
pub const ERASE_NEEDS_YES: &str =
    "This destroys every note, draft and recording, and cannot be undone. Say --yes to do it.";
/// Erased.
pub const ERASED: &str = "Everything in this vault is destroyed: its keys first, then its files.";
/// No such id.
pub const NO_SUCH_CAPTURE: &str = "There is no unfinished summary with that id. See: afterword queue";
/// No such note.
pub const NO_SUCH_NOTE: &str = "There is no note with that id. See: afterword notes list";
/// Several.
pub const ID_AMBIGUOUS: &str = "More than one id begins like that. Give more of it.";
/// Not in review.
pub const NOT_A_DRAFT: &str = "This summary is not a draft yet. Transcribe it first: afterword review ID transcribe";
/// No such place.
pub const NO_SUCH_PLACE: &str = "There is no sentence at that place. See: afterword review ID";
/// No such fact.
pub const NO_SUCH_FACT: &str = "There is no fact with that number in the draft.";
/// Unknown name.
pub const NO_SUCH_ROLE: &str = "A role is one of: report, observation, assessment, intervention, response, plan, risk, admin, private, command, filler.";
/// Unknown name.
pub const NO_SUCH_FORMAT: &str = "A format is one of: soap, dap, birp, girp, pirp, narrative.";
/// Unknown name.
pub const NO_SUCH_DETAIL: &str = "A level of detail is one of: concise, intermediate, detailed.";
/// Unknown name.
pub const NO_SUCH_KIND: &str = "A kind is one of: text, pdf, json, fhir.";
/// Unknown name.
pub const NO_SUCH_SECTION: &str = "The note has no section of that name.";
/// Unknown name.
pub const NO_SUCH_SETTING: &str = "There is no setting of that name. See: afterword settings";
/// Bad value.
pub const BAD_VALUE: &str = "That value does not fit this setting. See: afterword settings --help";
/// Bad value, on screen.
pub const BAD_VALUE_HERE: &str = "That value does not fit. Nothing was changed.";
/// Unknown name.
pub const NO_SUCH_MODEL: &str = "There is no speech model of that name. See: afterword models";
/// Nothing to step back to.
pub const NOTHING_TO_UNDO: &str = "There is no step to take back.";
/// Nothing to step forth to.
pub const NOTHING_TO_REDO: &str = "There is no step to do again.";
/// Standard input is empty.
pub const NOTHING_TYPED: &str = "There is nothing to file: the text is empty.";
/// Needs a statement.
pub const RETENTION_NEEDED: &str =
    "Records often must be kept for years. Say that you considered this with --retention-considered.";
/// Export of one or all.
pub const EXPORT_WHAT: &str = "Say which note: an ID, or --all.";
/// No clipboard.
pub const NO_CLIPBOARD: &str = "There is no clipboard here that a terminal can reach.";
/// Recording.
pub const RECORDING_NOW: &str = "Recording. Your summary, not the session. Press Enter when you are done.";
/// Waiting for the clipboard.
pub const COPIED_WAIT: &str =
    "Copied. This command stays until the clipboard is cleared in 60 s; Ctrl-C clears it now.";
/// What a check found.
pub const VERIFY_FOUND: &str = "The check found something. See the lines above.";
/// A check without findings.
pub const VERIFY_CLEAN: &str = "Nothing was found.";
/// Sweep.
pub const SWEPT: &str = "Everything whose time was over is destroyed.";
/// Nothing there.
pub const QUEUE_EMPTY: &str = "No unfinished summaries.";
/// Nothing there.
pub const NOTES_EMPTY: &str = "No notes.";
/// The file that was to be opened.
pub const FILE_MISSING: &str = "The file cannot be read.";
/// Neither a command nor a file.
pub const NO_SUCH_COMMAND: &str = "There is no command and no file of that name. See: afterword --help";
/// The app needs a terminal.
pub const NEEDS_TERMINAL: &str = "This needs a terminal. Use a command, or --plain.";

/// A wait after failed tries.
#[must_use]
pub fn wait_before_try(wait_ms: i64) -> String {
    let seconds = u64::try_from((wait_ms + 999) / 1000).unwrap_or(0);
    format!(
        "After several failed tries, the next one is looked at in {}.",
        super::length(seconds * 1000)
    )
}

/// A file that was not overwritten.
#[must_use]
pub fn exists(path: &std::path::Path) -> String {
    format!("{} is there already. Use --force to replace it.", path.display())
}

/// A file that could not be written.
#[must_use]
pub fn not_written(path: &std::path::Path) -> String {
    format!("{} could not be written.", path.display())
}
