//! Each variant of the view model as a page. One file a screen, named as the variant.

mod audit;
mod capture;
mod deleted;
mod export;
mod failed;
mod home;
mod limits;
mod note;
mod notes;
mod recovery_words;
mod review;
mod samples;
pub(crate) mod settings;
mod transcribing;
mod typing;
mod unlock;
mod welcome;

use shared::view::{ViewModel, keys::Notice};

use crate::{page::Page, words};

/// What a shell keeps for itself: where the cursor is, and words on their way into the core.
#[derive(Clone, Debug, Default)]
pub struct Ui {
    /// Which of the rows that can be picked the cursor is on.
    pub at: usize,
    /// A summary being typed.
    pub typed: String,
    /// Whether the sound comes from a file, or nowhere: said on the capture screen.
    pub sound_from_file: bool,
}

/// The page of a view.
#[must_use]
pub fn page(view: &ViewModel, ui: &Ui) -> Page {
    match view {
        ViewModel::Starting => Page::new("Afterword"),
        ViewModel::Welcome(view) => welcome::page(view),
        ViewModel::RecoveryWords(view) => recovery_words::page(view),
        ViewModel::Unlock(view) => unlock::page(view),
        ViewModel::Home(view) => home::page(view, ui),
        ViewModel::Capture(view) => capture::page(view, ui),
        ViewModel::Typing(view) => typing::page(view, ui),
        ViewModel::Transcribing(view) => transcribing::page(view),
        ViewModel::Review(view) => review::page(view, ui),
        ViewModel::Note(view) => note::page(view),
        ViewModel::Notes(view) => notes::page(view, ui),
        ViewModel::Export(view) => export::page(view),
        ViewModel::Settings(view) => settings::page(view),
        ViewModel::Audit(view) => audit::page(view),
        ViewModel::Deleted(view) => deleted::page(view),
        ViewModel::Limits(view) => limits::page(view),
        ViewModel::Samples(view) => samples::page(view),
        ViewModel::Failed(view) => failed::page(view),
    }
}

fn said(notice: Option<&Notice>) -> Option<String> {
    notice.map(words::notice)
}
