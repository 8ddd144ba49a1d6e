//! What can be done with each thing, as words on the command line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};

/// What can be done with a vault.
#[derive(Debug, Subcommand)]
pub enum VaultAct {
    /// Make a vault; prints its 24 recovery words, once.
    Create {
        /// No passcode: the key store of this device opens it.
        #[arg(long, conflicts_with = "passcode_file")]
        no_passcode: bool,
        /// State that you are 16 or older.
        #[arg(long)]
        age_16: bool,
    },
    /// See whether the vault opens.
    Unlock,
    /// Open the vault with the 24 recovery words on standard input, and set a new passcode.
    Recover {
        /// File whose first line is the new passcode. `AFTERWORD_NEW_PASSCODE` works too.
        #[arg(long, value_name = "FILE")]
        new_passcode_file: Option<PathBuf>,
    },
    /// Check everything: seals, keys, what was deleted, the audit log. Fails on any finding.
    Verify,
    /// Set, change or remove the passcode.
    Passcode {
        /// File whose first line is the new passcode. `AFTERWORD_NEW_PASSCODE` works too.
        #[arg(long, value_name = "FILE")]
        new_passcode_file: Option<PathBuf>,
        /// Remove it: the key store of this device opens the vault.
        #[arg(long, conflicts_with = "new_passcode_file")]
        remove: bool,
    },
    /// Destroy everything.
    Erase {
        /// Yes, destroy everything.
        #[arg(long)]
        yes: bool,
    },
}

/// How a summary comes in.
#[derive(Debug, ClapArgs)]
pub struct CaptureArgs {
    /// An audio file: your own dictated memo. Without it, and without text, the microphone records until Enter.
    #[arg(conflicts_with_all = ["text", "stdin"])]
    pub file: Option<PathBuf>,
    /// The typed summary.
    #[arg(long, conflicts_with = "stdin")]
    pub text: Option<String>,
    /// The typed summary comes on standard input.
    #[arg(long)]
    pub stdin: bool,
    /// Whose session it was: a name or a code.
    #[arg(long)]
    pub client: Option<String>,
    /// soap, dap, birp, girp, pirp or narrative.
    #[arg(long)]
    pub format: Option<String>,
}

/// What can be done with a draft. Sections and sentences count from 1, facts from 0.
#[derive(Debug, Subcommand)]
pub enum ReviewAct {
    /// Show the draft.
    Show,
    /// Other words for a sentence.
    Edit {
        /// Section, from 1.
        section: u32,
        /// Sentence, from 1.
        sentence: u32,
        /// The words.
        text: String,
    },
    /// A sentence more, at the end of a section.
    Add {
        /// Section, from 1.
        section: u32,
        /// The words.
        text: String,
    },
    /// Out with a sentence.
    Remove {
        /// Section, from 1.
        section: u32,
        /// Sentence, from 1.
        sentence: u32,
    },
    /// A sentence to another place.
    Move {
        /// Section it is in, from 1.
        section: u32,
        /// Sentence, from 1.
        sentence: u32,
        /// Section it goes to, from 1.
        to_section: u32,
        /// Place it takes there, from 1.
        to_sentence: u32,
    },
    /// Say what a fact is.
    Role {
        /// Number of the fact, from 0, as `source` shows it.
        fact: u32,
        /// report, observation, assessment, intervention, response, plan, risk, admin, private, command or filler.
        role: String,
    },
    /// Another format, from the same facts.
    Format {
        /// soap, dap, birp, girp, pirp or narrative.
        format: String,
    },
    /// Another level of detail.
    Detail {
        /// concise, intermediate or detailed.
        detail: String,
    },
    /// Whose session it was.
    Client {
        /// A name or a code; may be empty.
        label: String,
    },
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
    /// Where a sentence comes from, and why it is there.
    Source {
        /// Section, from 1.
        section: u32,
        /// Sentence, from 1.
        sentence: u32,
    },
    /// Throw it away, keys first.
    Discard,
    /// Transcribe a recording that waits.
    Transcribe,
}

/// What can be done with notes.
#[derive(Debug, Subcommand)]
pub enum NotesAct {
    /// All notes, newest first.
    List,
    /// One note.
    Show {
        /// Id, or its first digits.
        id: String,
        /// Shown in another format; the signed note stays as it is.
        #[arg(long)]
        format: Option<String>,
    },
    /// Notes that hold these words.
    Search {
        /// The words.
        words: Vec<String>,
    },
    /// Write notes to a file.
    Export {
        /// Id, or its first digits.
        #[arg(conflicts_with = "all")]
        id: Option<String>,
        /// All notes.
        #[arg(long)]
        all: bool,
        /// Kind of document.
        #[arg(long, value_enum, default_value_t = Kind::Text)]
        kind: Kind,
        /// File to write; `-` is standard output [default: a name in the current folder].
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Replace the file of --out if it is there.
        #[arg(long, requires = "out")]
        force: bool,
    },
    /// Delete a note, keys first.
    Delete {
        /// Id, or its first digits.
        id: String,
        /// You considered that records often must be kept for years.
        #[arg(long)]
        retention_considered: bool,
    },
    /// Add a remark to a signed note.
    Addendum {
        /// Id, or its first digits.
        id: String,
        /// The words.
        text: String,
    },
    /// Show the private note of the same session; it is never exported.
    Private {
        /// Id of the note, or its first digits.
        id: String,
        /// Delete the private note instead; the signed note stays.
        #[arg(long)]
        delete: bool,
    },
    /// Stop every automatic deletion of a note.
    Hold {
        /// Id, or its first digits.
        id: String,
    },
    /// Allow automatic deletion again.
    Release {
        /// Id, or its first digits.
        id: String,
    },
    /// Put a note, or one section, on the clipboard for 60 s.
    Copy {
        /// Id, or its first digits.
        id: String,
        /// Key of a section, such as `plan`.
        section: Option<String>,
    },
}

/// Kinds of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// UTF-8 text.
    Text,
    /// PDF/A.
    Pdf,
    /// Afterword's own open format.
    Json,
    /// FHIR R4.
    Fhir,
}

/// What can be done with the rules of auto-delete.
#[derive(Debug, Subcommand)]
pub enum RulesAct {
    /// Show the rules.
    Show,
    /// Change a rule: `rules set keep 90`.
    Set {
        /// `keep` (until-deleted, 30, 90), `transcript_days` (1 to 7) or `audio_hours` (1 to 24).
        key: String,
        /// The value.
        value: String,
    },
    /// Destroy what is over, now.
    Sweep,
}

/// What can be done with settings.
#[derive(Debug, Subcommand)]
pub enum SettingsAct {
    /// One setting, or all.
    Get {
        /// Its name.
        key: Option<String>,
    },
    /// Change a setting. Lists take commas: `settings set vocabulary "EMDR, Brainspotting"`.
    Set {
        /// Its name.
        key: String,
        /// The value; empty clears it.
        value: String,
    },
    /// Words, names and abbreviations for transcription.
    Vocabulary {
        /// What to do.
        #[command(subcommand)]
        act: VocabularyAct,
    },
}

/// What can be done with the vocabulary.
#[derive(Debug, Subcommand)]
pub enum VocabularyAct {
    /// Add every line of a file.
    Import {
        /// A text file, one entry a line.
        file: PathBuf,
    },
}

/// What can be done with speech models.
#[derive(Debug, Subcommand)]
pub enum ModelsAct {
    /// The models known, and which are here.
    List,
    /// Download a model; resumes a partial download.
    Fetch {
        /// Its name.
        name: String,
    },
    /// Delete a model's file.
    Delete {
        /// Its name.
        name: String,
    },
    /// Use this model from now on.
    Use {
        /// Its name.
        name: String,
    },
}
