//! What scripts use: each command opens the vault, does one thing, waits until it is on disk, and says what became of it.

mod capture;
mod extras;
mod models;
mod notes;
mod review;
mod rules;
mod sample;
mod settings;
mod transcribe;
mod vault;

use std::io::{self, IsTerminal as _};

use shared::{
    model::Event,
    note::Id,
    view::{
        ViewModel,
        home::HomeView,
        keys::{FailureKey, Notice},
    },
};

use crate::{
    Folders, Shell, ShellOptions,
    args::{Args, Command, Common},
    folders::absolute,
    handlers::{microphone::MicrophoneSource, share::Clipboard},
    output::{CommandError, Out},
    passcode, words,
};

/// Does what the command line says.
///
/// # Errors
/// One line for a person, and the exit code.
pub fn run(args: Args) -> Result<(), CommandError> {
    let common = args.common;
    if args.sample {
        return sample::run(&common);
    }
    let Some(command) = args.command else {
        return interact(&common, args.plain, args.file.as_deref());
    };
    match command {
        // It speaks for itself: the binary hands it over before it comes here.
        Command::Draft(_) => Ok(()),
        Command::Transcribe { file, model } => transcribe::run(&common, &file, model.as_deref()),
        Command::Vault { act } => vault::run(&common, act),
        Command::Capture(capture) => capture::run(&common, capture),
        Command::Queue => extras::queue(&common),
        Command::Review { id, act } => review::run(&common, &id, act),
        Command::Approve { id } => review::approve(&common, &id),
        Command::Notes { act } => notes::run(&common, act),
        Command::Rules { act } => rules::run(&common, act),
        Command::Settings { act } => settings::run(&common, act),
        Command::Audit { export } => extras::audit(&common, export.as_deref()),
        Command::Models { act } => models::run(&common, act),
        Command::Import { file } => extras::import(&common, &file),
        Command::Limits => extras::limits(&common),
        Command::Samples => extras::samples(&common),
    }
}

/// The app for people: full-screen, or line by line.
fn interact(common: &Common, plain: bool, file: Option<&std::path::Path>) -> Result<(), CommandError> {
    if file.is_some_and(|file| !file.is_file()) {
        return Err(CommandError::usage(words::NO_SUCH_COMMAND));
    }
    let file = file.map(absolute);
    let terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let mut options = options(common);
    if plain {
        options.share.clipboard = if terminal {
            Clipboard::ToolsOrTerminal
        } else {
            Clipboard::Tools
        };
        return crate::plain::run(options, file);
    }
    if !terminal {
        return Err(CommandError::usage(words::NEEDS_TERMINAL));
    }
    options.share.clipboard = Clipboard::ToolsOrTerminal;
    crate::full::run(options, file)
}

/// Options of a shell, as the command line says.
fn options(common: &Common) -> ShellOptions {
    let mut options = ShellOptions::new(Folders::choose(common.vault.as_deref(), common.models.as_deref()));
    options.fast_keys = common.fast_keys;
    if let Some(path) = &common.microphone {
        options.microphone = MicrophoneSource::File {
            path: absolute(path),
            real_time: !common.microphone_fast,
        };
    }
    options
}

/// A shell with its vault open, for one command.
struct Session {
    shell: Shell,
    out: Out,
}

impl Session {
    /// The shell, and whatever its folder shows.
    fn start(common: &Common) -> Result<(Self, ViewModel), CommandError> {
        Self::start_with(common, options(common))
    }

    fn start_with(common: &Common, options: ShellOptions) -> Result<(Self, ViewModel), CommandError> {
        let shell = Shell::start(options)?;
        let view = failed(shell.open())?;
        Ok((
            Self {
                shell,
                out: Out { json: common.json },
            },
            view,
        ))
    }

    /// The shell with an unlocked vault.
    fn open(common: &Common) -> Result<Self, CommandError> {
        Self::open_with(common, options(common))
    }

    fn open_with(common: &Common, options: ShellOptions) -> Result<Self, CommandError> {
        let (session, view) = Self::start_with(common, options)?;
        session.unlock(common, &view)?;
        Ok(session)
    }

    fn unlock(&self, common: &Common, view: &ViewModel) -> Result<(), CommandError> {
        match view {
            ViewModel::Home(_) => Ok(()),
            ViewModel::Unlock(view) if view.wait_ms > 0 => {
                Err(CommandError::failed(words::wait_before_try(view.wait_ms)))
            }
            ViewModel::Unlock(view) if view.passcode => {
                let passcode = passcode::read(common.passcode_file.as_deref(), "AFTERWORD_PASSCODE", words::PASSCODE)?
                    .ok_or_else(|| CommandError::failed(words::PASSCODE_MISSING))?;
                match self.act(Event::PasscodeEntered { passcode })? {
                    ViewModel::Unlock(view) if view.wait_ms > 0 => Err(CommandError::failed(format!(
                        "{} {}",
                        words::PASSCODE_WRONG,
                        words::wait_before_try(view.wait_ms)
                    ))),
                    ViewModel::Unlock(_) => Err(CommandError::failed(words::PASSCODE_WRONG)),
                    _ => Ok(()),
                }
            }
            ViewModel::Unlock(_) => Err(CommandError::failed(words::failure(FailureKey::LocalKeyLost))),
            _ => Err(CommandError::failed(words::NO_VAULT)),
        }
    }

    /// Does something, waits until it is through, and makes a failure an error.
    fn act(&self, event: Event) -> Result<ViewModel, CommandError> {
        self.shell.send(event);
        if !self.shell.settle(crate::shell::PATIENCE) {
            return Err(CommandError::failed(words::NO_ANSWER));
        }
        failed(self.shell.view())
    }

    /// The home screen.
    fn home(&self) -> Result<HomeView, CommandError> {
        let mut view = self.shell.view();
        if !matches!(view, ViewModel::Home(_)) {
            view = self.act(Event::BackTapped)?;
        }
        match view {
            ViewModel::Home(home) => Ok(home),
            _ => Err(CommandError::failed(words::NO_ANSWER)),
        }
    }

    /// The capture whose id begins like this.
    fn capture_id(&self, start: &str) -> Result<Id, CommandError> {
        let ids: Vec<Id> = self.home()?.queue.iter().map(|row| row.id).collect();
        find(&ids, start, words::NO_SUCH_CAPTURE)
    }
}

/// The one id that begins like this.
fn find(ids: &[Id], start: &str, missing: &str) -> Result<Id, CommandError> {
    let start = start.to_lowercase();
    let mut found = ids
        .iter()
        .filter(|id| !start.is_empty() && id.to_string().starts_with(&start));
    match (found.next(), found.next()) {
        (Some(id), None) => Ok(*id),
        (Some(_), Some(_)) => Err(CommandError::failed(words::ID_AMBIGUOUS)),
        (None, _) => Err(CommandError::failed(missing)),
    }
}

/// A failure on screen, or said on a screen, as an error.
fn failed(view: ViewModel) -> Result<ViewModel, CommandError> {
    let notice = match &view {
        ViewModel::Failed(failed) => return Err(CommandError::failed(words::failure(failed.failure.key))),
        ViewModel::Home(view) => view.notice.as_ref(),
        // Words that could not be filed are kept as they are: that is said, but it is no error.
        ViewModel::Review(view) => view.notice.as_ref().filter(|notice| !is_unfiled(notice)),
        ViewModel::Note(view) => view.notice.as_ref(),
        ViewModel::Notes(view) => view.notice.as_ref(),
        ViewModel::Settings(view) => view.notice.as_ref(),
        _ => None,
    };
    match notice {
        Some(notice @ (Notice::Failed { .. } | Notice::Held | Notice::RetentionDuty | Notice::NothingToApprove)) => {
            Err(CommandError::failed(words::notice(notice)))
        }
        _ => Ok(view),
    }
}

/// Whether a notice says that the words are kept unfiled.
const fn is_unfiled(notice: &Notice) -> bool {
    matches!(
        notice,
        Notice::Failed {
            key: FailureKey::NothingToFile | FailureKey::OtherLanguage
        }
    )
}
