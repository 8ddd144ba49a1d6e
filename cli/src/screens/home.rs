//! The queue with its countdowns and the one next step of each; the newest notes; and the way to record.

use shared::{
    model::Event,
    note::{capture::CaptureState, record::NoteRow},
    view::home::{CaptureRow, HomeView},
};

use super::{Ui, said};
use crate::{
    page::{Key, Page, Row, Step, Tone},
    words,
};

pub(super) fn page(view: &HomeView, ui: &Ui) -> Page {
    let mut page = Page::new("Afterword");
    page.notice = said(view.notice.as_ref());
    let record = format!("● Record (up to {})", words::length(view.cap_ms));
    page.row(
        Row::new(record, Tone::Accent)
            .and(format!("   {}", words::YOUR_SUMMARY), Tone::Quiet)
            .picks(Step::Send(Event::RecordTapped)),
    );
    let typing = if ui.typed.is_empty() {
        "Type instead"
    } else {
        "Go on typing"
    };
    page.row(Row::new(typing, Tone::Ink).picks(Step::Send(Event::TypeTapped)));
    if !view.can_transcribe {
        page.quiet(words::HOME_NO_MODEL);
    }
    if view.queue.is_empty() && view.recent.is_empty() {
        page.gap();
        page.quiet(words::HOME_EMPTY);
    }
    if !view.queue.is_empty() {
        page.heading("Unfinished");
        for capture in &view.queue {
            page.row(capture_row(capture));
        }
    }
    if !view.recent.is_empty() {
        page.heading(format!("Notes ({})", view.total_notes));
        for note in &view.recent {
            page.row(note_row(note));
        }
    }
    page.act(Key::Char('r'), "record", Step::Send(Event::RecordTapped));
    page.act(Key::Char('t'), "type", Step::Send(Event::TypeTapped));
    page.act(Key::Char('f'), "from a file", choose_file());
    page.act(Key::Char('n'), "notes", Step::Send(Event::NotesTapped { offset: 0 }));
    page.act(Key::Char('/'), "search", search(""));
    page.act(Key::Char('s'), "settings", Step::Send(Event::SettingsTapped));
    // The record row and the typing row come before the queue.
    if let Some(capture) = ui.at.checked_sub(2).and_then(|at| view.queue.get(at)) {
        page.act(Key::Char('x'), "throw away", discard(capture));
    }
    page.act(Key::Char('i'), "import notes", import());
    page.act(Key::Char('v'), "samples", Step::Send(Event::SamplesTapped));
    page.act(Key::Char('k'), "known limits", Step::Send(Event::LimitsTapped));
    page.act(Key::Char('L'), "lock", Step::Send(Event::LockTapped));
    page.act(Key::Char('q'), "quit", Step::Quit);
    page
}

/// An unfinished capture: when, what, how long it lives, what is next.
fn capture_row(capture: &CaptureRow) -> Row {
    let sound = if capture.audio_ms > 0 {
        format!(", {}", words::length(capture.audio_ms))
    } else {
        String::new()
    };
    Row::new(words::this_week(capture.started_at), Tone::Ink)
        .and(format!("  {}{sound}", words::capture_state(capture.state)), Tone::Ink)
        .and(format!("  → {}", words::next_step(capture.next)), Tone::Accent)
        .and(format!("  gone {}", words::in_time(capture.expires_in_ms)), Tone::Quiet)
        .clipped()
        .picks(Step::Send(Event::ResumeTapped { id: capture.id }))
}

/// A line of the list of notes.
pub(super) fn note_row(note: &NoteRow) -> Row {
    let mut row = Row::new(words::moment(note.approved_at), Tone::Ink);
    if !note.client.is_blank() {
        row = row.and(format!("  {}", note.client.as_str()), Tone::Strong);
    }
    row = row.and(format!("  {}", words::format_name(note.format)), Tone::Quiet);
    if note.held {
        row = row.and("  on hold", Tone::Quiet);
    }
    if note.addenda > 0 {
        row = row.and(format!("  +{}", note.addenda), Tone::Quiet);
    }
    row.and(format!("  {}", note.snippet.as_str()), Tone::Ink)
        .clipped()
        .picks(Step::Send(Event::NoteOpened { id: note.id }))
}

fn discard(capture: &CaptureRow) -> Step {
    let goes = match capture.state {
        CaptureState::Transcribed | CaptureState::InReview => "Goes: the transcript and the draft, keys first.",
        _ => "Goes: the recording, its key first.",
    };
    Step::confirm(
        "Throw this away?",
        &[goes, "Stays: every note you signed.", "It cannot be undone."],
        "throw away",
        Step::Send(Event::DiscardTapped { id: capture.id }),
    )
}

fn choose_file() -> Step {
    Step::text(
        "Your own dictated memo",
        "Path of an audio file: wav, m4a, mp3, ogg, webm.",
        "",
        |path| {
            Step::Send(Event::FileChosen {
                path: path_of(path.as_str()),
            })
        },
    )
}

fn import() -> Step {
    Step::text("Take notes in", "Path of a JSON export of Afterword.", "", |path| {
        Step::Send(Event::ImportChosen {
            path: path_of(path.as_str()),
        })
    })
}

pub(super) fn search(query: &str) -> Step {
    Step::text("Search", "Words in your notes; empty shows all.", query, |query| {
        Step::Send(Event::SearchTyped { query })
    })
}

/// A path as a person types it: `~` is home, and quotes of a dropped file go away.
fn path_of(typed: &str) -> String {
    let bare = typed.trim().trim_matches(['"', '\'']);
    let home = std::env::var("HOME").unwrap_or_default();
    let path = bare
        .strip_prefix("~/")
        .map_or_else(|| bare.to_owned(), |rest| format!("{home}/{rest}"));
    crate::folders::absolute(std::path::Path::new(&path))
        .to_string_lossy()
        .into_owned()
}
