//! Typing a summary. The words stay in the shell's field until they are handed over, whatever the screen does.

use shared::{model::Event, view::record::TypingView};

use super::Ui;
use crate::page::{Key, Page, Step};

pub(super) fn page(view: &TypingView, ui: &Ui) -> Page {
    let mut page = Page::new("Your summary, not the session");
    page.editor = true;
    let typed = ui.typed.chars().count();
    if typed > view.characters_max as usize {
        page.notice = Some(format!(
            "{typed} characters; a summary has at most {}.",
            view.characters_max
        ));
    }
    page.act(Key::Ctrl('s'), "make a draft", Step::HandOverTyped);
    page.act(Key::Esc, "leave it here", Step::Send(Event::BackTapped));
    page.act(
        Key::Ctrl('x'),
        "throw away",
        Step::confirm(
            "Throw the typed words away?",
            &["They are in no note yet. It cannot be undone."],
            "throw away",
            Step::ThrowAwayTyped,
        ),
    );
    page
}
