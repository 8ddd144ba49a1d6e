//! The command line. Nothing secret ever stands on it.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};

mod acts;

pub use acts::{CaptureArgs, Kind, ModelsAct, NotesAct, ReviewAct, RulesAct, SettingsAct, VaultAct, VocabularyAct};

/// A private companion for the time after a session: speak or type a brief summary, review the draft, sign the note.
#[derive(Debug, Parser)]
#[command(
    name = "afterword",
    version,
    after_help = "Without a command, the full-screen app starts. Exit codes: 0 done, 1 it did not work, 2 asked for in a wrong way."
)]
pub struct Args {
    /// What every command understands.
    #[command(flatten)]
    pub common: Common,
    /// Play a spoken sample through the whole path, in a temporary vault, without a question.
    #[arg(long)]
    pub sample: bool,
    /// Line by line instead of full-screen: for screen readers and pipes.
    #[arg(long)]
    pub plain: bool,
    /// Start the app with this audio file, your own dictated memo.
    pub file: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What every command understands.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct Common {
    /// Folder of the vault and its keys [default: the platform's data folder].
    #[arg(long, global = true, value_name = "DIR")]
    pub vault: Option<PathBuf>,
    /// Folder of the speech models [default: `AFTERWORD_MODELS`, else `models` in the platform's data folder].
    #[arg(long, global = true, value_name = "DIR")]
    pub models: Option<PathBuf>,
    /// JSON on standard output.
    #[arg(long, global = true)]
    pub json: bool,
    /// File whose first line is the passcode; `-` is standard input. `AFTERWORD_PASSCODE` works too.
    #[arg(long, global = true, value_name = "FILE")]
    pub passcode_file: Option<PathBuf>,
    /// An audio file instead of the sound device.
    #[arg(long, global = true, value_name = "FILE")]
    pub microphone: Option<PathBuf>,
    /// The file of --microphone as fast as it can be taken, not at the speed of speech.
    #[arg(long, global = true, requires = "microphone")]
    pub microphone_fast: bool,
    /// Weak keys, for tests: unlocking takes no time. Cannot be asked for on the command line.
    #[arg(skip)]
    pub fast_keys: bool,
}

/// Commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Turn an audio file into text; no vault is needed, nothing is kept.
    Transcribe {
        /// The audio file.
        file: PathBuf,
        /// Speech model.
        #[arg(long)]
        model: Option<String>,
    },
    /// Turn a summary on standard input into a draft as JSON; no vault is needed, nothing is kept.
    Draft(crate::draft::DraftArgs),
    /// Make, open, check, recover or erase a vault.
    Vault {
        /// What to do.
        #[command(subcommand)]
        act: VaultAct,
    },
    /// Take a summary in and draft it: a file, typed text, or the microphone.
    Capture(CaptureArgs),
    /// Unfinished summaries, with their countdowns.
    Queue,
    /// Show or change a draft.
    Review {
        /// Id of the summary, or its first digits.
        id: String,
        /// What to do; without it, the draft is shown.
        #[command(subcommand)]
        act: Option<ReviewAct>,
    },
    /// Sign a draft: it becomes a note, and its transcript is destroyed.
    Approve {
        /// Id of the summary, or its first digits.
        id: String,
    },
    /// Signed notes.
    Notes {
        /// What to do; without it, the notes are listed.
        #[command(subcommand)]
        act: Option<NotesAct>,
    },
    /// Auto-delete: what is kept how long.
    Rules {
        /// What to do; without it, the rules are shown.
        #[command(subcommand)]
        act: Option<RulesAct>,
    },
    /// How notes read, and everything else that can be set.
    Settings {
        /// What to do; without it, all settings are shown.
        #[command(subcommand)]
        act: Option<SettingsAct>,
    },
    /// The audit log: what happened, never what was said.
    Audit {
        /// Write it to this file as JSON lines.
        #[arg(long, value_name = "FILE")]
        export: Option<PathBuf>,
    },
    /// Speech models.
    Models {
        /// What to do; without it, the models are listed.
        #[command(subcommand)]
        act: Option<ModelsAct>,
    },
    /// Take notes in from a JSON export.
    Import {
        /// The file.
        file: PathBuf,
    },
    /// Known limits.
    Limits,
    /// Sample summaries with the notes they became.
    Samples,
}
