//! The list of notes, or what a search found.

use shared::{model::Event, view::notes::NotesView};

use super::{Ui, home, note, said};
use crate::{
    page::{Key, Page, Step},
    words,
};

/// Rows a page of the list holds, as the core pages them.
const PAGE: u32 = shared::stages::browse::PAGE;

pub(super) fn page(view: &NotesView, _: &Ui) -> Page {
    let searching = !view.query.is_blank();
    let mut page = Page::new(if searching { "Search" } else { "Notes" });
    page.notice = said(view.notice.as_ref());
    let shown = u32::try_from(view.rows.len()).unwrap_or(u32::MAX);
    match (view.total, searching) {
        (0, true) => page.quiet(format!("Nothing holds \u{201c}{}\u{201d}.", view.query.as_str())),
        (0, false) => page.quiet(words::NOTES_EMPTY),
        (total, true) => page.quiet(format!(
            "\u{201c}{}\u{201d}: {shown} of {total} found",
            view.query.as_str()
        )),
        (total, false) => page.quiet(format!(
            "{}–{} of {total}, newest first",
            view.offset + 1,
            view.offset + shown
        )),
    }
    page.gap();
    for row in &view.rows {
        page.row(home::note_row(row));
    }
    page.act(Key::Char('/'), "search", home::search(view.query.as_str()));
    if searching {
        page.act(
            Key::Char('n'),
            "all notes",
            Step::Send(Event::NotesTapped { offset: 0 }),
        );
    } else {
        if view.offset + shown < view.total {
            page.act(
                Key::Char('>'),
                "older",
                Step::Send(Event::NotesTapped {
                    offset: view.offset + PAGE,
                }),
            );
        }
        if view.offset > 0 {
            page.act(
                Key::Char('<'),
                "newer",
                Step::Send(Event::NotesTapped {
                    offset: view.offset.saturating_sub(PAGE),
                }),
            );
        }
    }
    if view.total > 0 {
        page.act(Key::Char('E'), "export all", note::export(true));
    }
    page.act(Key::Esc, "back", Step::Send(Event::BackTapped));
    page
}
