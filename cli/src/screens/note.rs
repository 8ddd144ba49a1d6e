//! One note: sections, author, time, hash, how long it is kept; copy, export, addendum, hold, delete.

use shared::{
    capabilities::documents::DocumentKind,
    model::Event,
    note::draft::{Format, Section},
    view::notes::NoteView,
};

use super::said;
use crate::{
    page::{Key, Page, Row, Step, Tone},
    words,
};

pub(super) fn page(view: &NoteView) -> Page {
    let note = &view.note;
    let mut page = Page::new(format!("{} note", words::format_name(note.format)));
    page.notice = said(view.notice.as_ref());
    head(view, &mut page);
    page.gap();
    for line in &note.risk {
        page.row(Row::new(words::risk_line(line), Tone::Risk));
    }
    if view.shown_as != note.format {
        page.quiet(format!(
            "Shown as {}, from the same facts. The signed note stays {}.",
            words::format_name(view.shown_as),
            words::format_name(note.format)
        ));
    }
    for section in &view.sections {
        section_rows(section, &mut page);
    }
    for addendum in &view.addenda {
        let author = if addendum.author.is_blank() {
            String::new()
        } else {
            format!(" · {}", addendum.author.as_str())
        };
        page.heading(format!("Addendum · {}{author}", words::moment(addendum.written_at)));
        page.row(Row::new(addendum.text.as_str(), Tone::Ink).indented(2));
    }
    for private in &view.private {
        page.heading(format!(
            "Private note · {} · under a key of its own, never exported",
            words::moment(private.written_at)
        ));
        page.row(Row::new(private.text.as_str(), Tone::Ink).indented(2));
    }
    page.gap();
    page.quiet(format!("Content hash {}", note.content_hash));
    acts(view, &mut page);
    page
}

fn head(view: &NoteView, page: &mut Page) {
    let note = &view.note;
    if !note.client.is_blank() {
        page.row(Row::new(note.client.as_str(), Tone::Strong));
    }
    let author = if note.author.is_blank() {
        String::new()
    } else {
        format!(" by {}", note.author.as_str())
    };
    page.quiet(format!(
        "Session {} · signed {}{author}",
        words::day(note.session_at),
        words::moment(note.approved_at)
    ));
    let kept = match (view.held, view.deletes_in_ms) {
        (true, _) => "On hold: nothing deletes it by itself.".to_owned(),
        (false, Some(ms)) => format!("Deletes itself {}.", words::in_time(ms)),
        (false, None) => "Kept until you delete it.".to_owned(),
    };
    page.quiet(kept);
}

fn section_rows(section: &Section, page: &mut Page) {
    page.heading(section.title.as_str());
    if section.sentences.is_empty() {
        page.row(Row::new(words::NOT_MENTIONED, Tone::Quiet).indented(2));
    }
    for sentence in &section.sentences {
        page.row(Row::new(sentence.text.as_str(), Tone::Ink).indented(2));
    }
}

fn acts(view: &NoteView, page: &mut Page) {
    page.act(
        Key::Char('y'),
        "copy",
        Step::Send(Event::CopyTapped { section: String::new() }),
    );
    page.act(Key::Char('Y'), "copy a section", copy_section(view));
    page.act(Key::Char('e'), "export", export(false));
    let addendum = Step::lines(
        "Addendum",
        "It is signed with today's date. The note itself stays as it is.",
        "",
        |text| {
            if text.is_blank() {
                Step::Nothing
            } else {
                Step::Send(Event::AddendumWritten { text })
            }
        },
    );
    page.act(Key::Char('a'), "addendum", addendum);
    if view.private.is_empty() {
        page.act(Key::Char('p'), "private note", Step::Send(Event::PrivateTapped));
    } else {
        page.act(Key::Char('p'), "delete private note", delete_private());
    }
    page.act(Key::Char('f'), "show as", formats(view.shown_as));
    let hold = if view.held { "release" } else { "hold" };
    page.act(Key::Char('h'), hold, Step::Send(Event::HoldTapped { held: !view.held }));
    page.act(Key::Char('X'), "delete", delete());
    page.act(Key::Char('n'), "notes", Step::Send(Event::NotesTapped { offset: 0 }));
    page.act(Key::Esc, "back", Step::Send(Event::BackTapped));
}

fn copy_section(view: &NoteView) -> Step {
    let options = view.sections.iter().map(|section| {
        (
            section.title.clone(),
            Step::Send(Event::CopyTapped {
                section: section.key.clone(),
            }),
        )
    });
    Step::choose("Copy which section?", options.collect())
}

/// The kinds of documents; of the note on screen, or of all notes.
pub(super) fn export(all: bool) -> Step {
    let option = |kind, label: &str| {
        let event = if all {
            Event::ExportAllTapped { kind }
        } else {
            Event::ExportTapped { kind }
        };
        (label.to_owned(), Step::Send(event))
    };
    Step::choose(
        "Export; you see exactly what leaves before it does",
        vec![
            option(DocumentKind::Text, "Text"),
            option(DocumentKind::Pdf, "PDF"),
            option(DocumentKind::Json, "JSON, to take notes elsewhere or back in"),
            option(DocumentKind::Fhir, "FHIR R4"),
        ],
    )
}

fn formats(now: Format) -> Step {
    let options = Format::ALL.into_iter().filter(|format| *format != now).map(|format| {
        (
            words::format_name(format).to_owned(),
            Step::Send(Event::FormatChosen { format }),
        )
    });
    Step::choose("Show as; the signed note stays as it is", options.collect())
}

fn delete_private() -> Step {
    Step::confirm(
        "Delete the private note?",
        &["The signed note stays as it is.", "It cannot be undone."],
        "Delete",
        Step::Send(Event::DeletePrivateTapped),
    )
}

fn delete() -> Step {
    Step::confirm(
        "Delete this note?",
        &[
            words::RETENTION,
            "Goes: the note, its addenda and private remarks, keys first.",
            "Stays: a receipt without content. Exports you made are yours to delete.",
            "It cannot be undone.",
        ],
        "I considered that; delete",
        Step::Send(Event::DeleteTapped { duty_considered: true }),
    )
}
