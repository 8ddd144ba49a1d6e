//! The model: one stage at a time on screen, and a desk behind it with what every stage may look at.

#![allow(missing_docs, reason = "the effect macro writes items of its own")]

pub mod answered;
pub mod event;
pub mod keys;
pub mod stage;
pub mod turns;

use crux_core::{Command, command::CommandContext, macros::effect, render::RenderOperation};

pub use answered::Answered;
pub use event::Event;
pub use stage::Stage;

use crate::{
    capabilities::{
        clock::NowOperation,
        documents::DocumentOperation,
        drafter::DraftOperation,
        keys::KeysOperation,
        microphone::MicrophoneOperation,
        random::RandomOperation,
        share::ShareOperation,
        speech::{ModelInfo, SpeechOperation},
        storage::StorageOperation,
        vault::{VaultOperation, VaultPresence},
    },
    model::{
        keys::{Failure, Notice},
        stage::Transcribing,
        turns::Turns,
    },
    note::{
        capture::Capture,
        record::{NoteRow, Settings},
        time::Millis,
    },
};

/// Everything the core may ask for. Operations that Rust answers have no serde, so they can never cross to a shell.
#[effect]
#[derive(Debug)]
pub enum Effect {
    /// Something on screen changed.
    Render(RenderOperation),
    /// Rows.
    Storage(StorageOperation),
    /// Keys.
    Vault(VaultOperation),
    /// Speech to text.
    Speech(SpeechOperation),
    /// Summary to draft.
    Draft(DraftOperation),
    /// Documents.
    Document(DocumentOperation),
    /// The time.
    Now(NowOperation),
    /// Random bytes.
    Random(RandomOperation),
    /// The key store; a shell answers.
    Keys(KeysOperation),
    /// The microphone; a shell answers.
    Microphone(MicrophoneOperation),
    /// The way out; a shell answers.
    Share(ShareOperation),
}

/// What an update returns.
pub type Cmd = Command<Effect, Event>;
/// What an asynchronous command asks through.
pub type Context = CommandContext<Effect, Event>;

/// What every stage may look at.
#[derive(Debug, Default)]
pub struct Desk {
    /// Unfinished captures, oldest first.
    pub captures: Vec<Capture>,
    /// The newest notes, at most five.
    pub recent: Vec<NoteRow>,
    /// How many notes there are.
    pub total_notes: u32,
    /// What the clinician has set.
    pub settings: Settings,
    /// The transcription that runs, on screen or behind it.
    pub running: Option<Transcribing>,
    /// Speech models.
    pub models: Vec<ModelInfo>,
    /// Percent of a model's download, while one runs.
    pub fetching: Option<u8>,
    /// One thing to say, until the next act.
    pub notice: Option<Notice>,
    /// What the last `Verify` found.
    pub verified: Option<crate::capabilities::vault::VerifyReport>,
}

/// The whole state of the app.
#[derive(Debug, Default)]
pub struct Model {
    /// What is on screen.
    pub stage: Stage,
    /// The latest time seen. Never goes back.
    pub now: Millis,
    /// What the folder holds; `None` before it is open.
    pub presence: Option<VaultPresence>,
    /// Whether the keys are in memory.
    pub unlocked: bool,
    /// When the vault was last touched, for locking by itself.
    pub touched_at: Millis,
    /// Destructions in their order, and the epoch of the local key.
    pub turns: Turns,
    /// What stages look at.
    pub desk: Desk,
}

impl Model {
    /// Goes to a stage and asks for a redraw.
    pub fn show(&mut self, stage: Stage) -> Cmd {
        self.stage = stage;
        crux_core::render::render()
    }

    /// Shows a failure, with what can be done next.
    pub fn fail(&mut self, failure: Failure) -> Cmd {
        self.show(Stage::Failed(failure))
    }

    /// Says one thing on the screen that is there.
    pub fn say(&mut self, notice: Notice) -> Cmd {
        self.desk.notice = Some(notice);
        crux_core::render::render()
    }
}
