//! What people see: one variant for each screen, keys and values, no sentences for people. Shells put the words to the keys.

pub mod home;
pub mod notes;
pub mod open;
pub mod record;
pub mod review;
pub mod settings;

pub use crate::model::keys;
use facet::Facet;
use serde::{Deserialize, Serialize};

use crate::{
    model::{Model, Stage},
    note::record::{AuditLine, DeletionReceipt},
};

/// Rows of a list at most, in any view.
pub const ROWS_MAX: u32 = 200;

/// The screen.
#[derive(Facet, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[repr(C)]
pub enum ViewModel {
    /// The folder is being opened.
    Starting,
    /// First run: what this is, what it is not, 16 and older.
    Welcome(open::WelcomeView),
    /// The recovery words, shown once.
    RecoveryWords(open::RecoveryWordsView),
    /// A calm cover: no names, no counts of notes.
    Unlock(open::UnlockView),
    /// The queue and the newest notes.
    Home(home::HomeView),
    /// Recording.
    Capture(record::CaptureView),
    /// Typing a summary. The words stay in the shell's field.
    Typing(record::TypingView),
    /// Sound becomes text, text becomes a draft.
    Transcribing(record::TranscribingView),
    /// A draft, to be approved.
    Review(Box<review::ReviewView>),
    /// One note.
    Note(Box<notes::NoteView>),
    /// The list, or what a search found.
    Notes(notes::NotesView),
    /// Exactly what would leave.
    Export(notes::ExportView),
    /// Settings.
    Settings(Box<settings::SettingsView>),
    /// The audit log.
    Audit(settings::AuditView),
    /// What was deleted, when, and which key died.
    Deleted(home::DeletedView),
    /// Known limits, as written in `docs/LIMITS.md`.
    Limits(settings::LimitsView),
    /// Sample notes, clearly fictional.
    Samples(settings::SamplesView),
    /// Something failed; nothing is lost; one next step.
    Failed(home::FailedView),
}

/// The view of a model.
#[must_use]
pub fn view(model: &Model) -> ViewModel {
    let now = model.now;
    match &model.stage {
        Stage::Starting => ViewModel::Starting,
        Stage::Welcome(stage) => ViewModel::Welcome(open::welcome(stage)),
        Stage::Words(stage) => ViewModel::RecoveryWords(open::recovery_words(stage)),
        Stage::Unlock(stage) => ViewModel::Unlock(open::unlock(stage, model)),
        Stage::Home => ViewModel::Home(home::home(model)),
        Stage::Record(stage) => ViewModel::Capture(record::capture(stage, model)),
        Stage::Typing => ViewModel::Typing(record::typing()),
        Stage::Transcribe => ViewModel::Transcribing(record::transcribing(&model.desk)),
        Stage::Review(stage) => ViewModel::Review(Box::new(review::review(stage, &model.desk, now))),
        Stage::Note(stage) => ViewModel::Note(Box::new(notes::note(stage, &model.desk, now))),
        Stage::Notes(stage) => ViewModel::Notes(notes::notes(stage, &model.desk)),
        Stage::Export(stage) => ViewModel::Export(notes::export(stage)),
        Stage::Settings => ViewModel::Settings(Box::new(settings::settings(model))),
        Stage::Audit(lines) => ViewModel::Audit(settings::audit(lines)),
        Stage::Deleted(receipts) => ViewModel::Deleted(home::deleted(receipts)),
        Stage::Limits => ViewModel::Limits(settings::limits()),
        Stage::Samples => ViewModel::Samples(settings::samples()),
        Stage::Failed(failure) => ViewModel::Failed(home::failed(failure)),
    }
}

/// The newest lines of the log, at most [`ROWS_MAX`].
fn newest(lines: &[AuditLine]) -> Vec<AuditLine> {
    lines.iter().rev().take(ROWS_MAX as usize).cloned().collect()
}

/// Receipts, at most [`ROWS_MAX`].
fn first(receipts: &[DeletionReceipt]) -> Vec<DeletionReceipt> {
    receipts.iter().take(ROWS_MAX as usize).cloned().collect()
}
