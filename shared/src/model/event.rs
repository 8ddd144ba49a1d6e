//! What happened, in the words of a shell. The last variant is the core talking to itself and never crosses.

use facet::Facet;
use facet_generate_attrs as typegen;
use serde::{Deserialize, Serialize};

use super::answered::Answered;
use crate::{
    capabilities::documents::DocumentKind,
    note::{
        Id, Words,
        draft::{Format, Role},
        preferences::Detail,
        record::Settings,
    },
};

/// Everything that can happen.
#[derive(Facet, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[repr(C)]
pub enum Event {
    /// The shell is up; the vault lies in this folder.
    Started {
        /// Path of the vault's folder.
        folder: String,
    },
    /// Time has passed; sent about once a second.
    Ticked,
    /// The app went to the background.
    Backgrounded,
    /// Somebody is there: a key, a touch. Keeps the vault from locking while a long text is typed.
    Touched,
    /// Back to where one came from.
    BackTapped,

    /// A new vault is wanted.
    CreateTapped {
        /// The passcode; empty for none.
        passcode: Words,
        /// The person states to be 16 or older.
        of_age: bool,
    },
    /// Three of the recovery words, asked back in the order of the positions shown.
    WordsAnswered {
        /// The words.
        answers: Vec<Words>,
    },
    /// The words will be written down later.
    WordsLaterTapped,
    /// A passcode was entered.
    PasscodeEntered {
        /// The passcode.
        passcode: Words,
    },
    /// The device should open the vault.
    DeviceUnlockTapped,
    /// Recovery words were entered.
    RecoveryEntered {
        /// 24 words, separated by spaces.
        words: Words,
    },
    /// Lock now.
    LockTapped,

    /// Begin to record.
    RecordTapped,
    /// A stretch of sound arrived from the microphone.
    SegmentHeard {
        /// 16-bit little-endian samples, 16 kHz, mono, at most five seconds.
        #[serde(with = "serde_bytes")]
        #[facet(typegen::bytes)]
        pcm: Vec<u8>,
    },
    /// The microphone was taken away: a call, an alarm.
    MicrophoneLost,
    /// Pause, or go on.
    PauseTapped,
    /// Done speaking.
    StopTapped,
    /// Type instead.
    TypeTapped,
    /// The typed summary, whole.
    SummaryTyped {
        /// The words.
        text: Words,
    },
    /// One's own dictated memo.
    FileChosen {
        /// Path of the audio file.
        path: String,
    },
    /// Go on with an unfinished capture: its one next step.
    ResumeTapped {
        /// The capture.
        id: Id,
    },
    /// Throw a capture away.
    DiscardTapped {
        /// The capture.
        id: Id,
    },
    /// Stop transcribing; the audio stays.
    CancelTapped,

    /// Words of a sentence were changed.
    SentenceEdited {
        /// Section.
        section: u32,
        /// Sentence within it.
        sentence: u32,
        /// The new words; empty removes the sentence.
        text: Words,
    },
    /// A sentence was added at the end of a section.
    SentenceAdded {
        /// Section.
        section: u32,
        /// The words.
        text: Words,
    },
    /// A sentence was removed.
    SentenceRemoved {
        /// Section.
        section: u32,
        /// Sentence within it.
        sentence: u32,
    },
    /// A sentence was moved, within its section or to another.
    SentenceMoved {
        /// Section it is in.
        section: u32,
        /// Sentence within it.
        sentence: u32,
        /// Section it goes to.
        to_section: u32,
        /// Place it takes there, counted after it was taken out.
        to_sentence: u32,
    },
    /// A sentence was tapped: show source and rule. The same again hides them.
    SentenceTapped {
        /// Section.
        section: u32,
        /// Sentence within it.
        sentence: u32,
    },
    /// A fact is something else than the draft says.
    RoleCorrected {
        /// The fact.
        fact: u32,
        /// What it is.
        role: Role,
    },
    /// Another layout.
    FormatChosen {
        /// The layout.
        format: Format,
    },
    /// Another level of detail.
    DetailChosen {
        /// The level.
        detail: Detail,
    },
    /// Whose session this was.
    ClientLabelled {
        /// A name or a code; may be empty.
        label: Words,
    },
    /// Take the last step back.
    UndoTapped,
    /// Do it again.
    RedoTapped,
    /// The clinician approves.
    ApproveTapped,

    /// The list of notes.
    NotesTapped {
        /// Rows to pass over.
        offset: u32,
    },
    /// A search.
    SearchTyped {
        /// Words; empty shows all.
        query: Words,
    },
    /// One note.
    NoteOpened {
        /// The note.
        id: Id,
    },
    /// A later remark.
    AddendumWritten {
        /// The words.
        text: Words,
    },
    /// Show the private notes of the session whose note is on screen.
    PrivateTapped,
    /// Delete the private notes that are shown.
    DeletePrivateTapped,
    /// Stop or allow the automatic deletion of the note on screen.
    HoldTapped {
        /// Whether it is held.
        held: bool,
    },
    /// Delete the note on screen.
    DeleteTapped {
        /// The person confirmed that no retention duty stands against it.
        duty_considered: bool,
    },
    /// Show what would leave: the note on screen, or the draft under review.
    ExportTapped {
        /// Kind of document.
        kind: DocumentKind,
    },
    /// Show what would leave: all notes.
    ExportAllTapped {
        /// Kind of document.
        kind: DocumentKind,
    },
    /// Let the document shown leave as a file.
    ExportConfirmed {
        /// File name or path; empty for the name proposed.
        name: String,
    },
    /// Copy the note on screen, or one section of it.
    CopyTapped {
        /// Key of a section; empty for the whole.
        section: String,
    },
    /// Take notes in from an export.
    ImportChosen {
        /// Path of the file.
        path: String,
    },

    /// Settings.
    SettingsTapped,
    /// All settings, as they should be.
    SettingsChanged {
        /// The settings.
        settings: Settings,
    },
    /// A new passcode.
    PasscodeChanged {
        /// The passcode; empty removes it.
        passcode: Words,
    },
    /// Get a speech model.
    ModelWanted {
        /// Its name.
        name: String,
    },
    /// Delete a speech model.
    ModelDeleted {
        /// Its name.
        name: String,
    },
    /// Check the whole vault.
    VerifyTapped,
    /// The audit log.
    AuditTapped,
    /// Known limits.
    LimitsTapped,
    /// Sample notes.
    SamplesTapped,
    /// Destroy everything.
    EraseTapped {
        /// The person confirmed.
        confirmed: bool,
    },

    /// The core talking to itself. Stands last: a skipped variant must not shift the numbers of those that cross.
    #[serde(skip)]
    #[facet(skip)]
    Answered(#[facet(opaque)] Box<Answered>),
}

impl From<Answered> for Event {
    fn from(answered: Answered) -> Self {
        Self::Answered(Box::new(answered))
    }
}
