//! `afterword notes …`: list, show, search, export, delete, addendum, hold, copy.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use serde_json::json;
use shared::{
    capabilities::{documents::DocumentKind, share::CLIPBOARD_SECONDS},
    model::Event,
    note::{
        Id, Words,
        draft::Format,
        record::{NoteRow, ProcessNote},
    },
    view::{ViewModel, keys::Notice, notes::NoteView},
};

use super::{Session, find};
use crate::{
    args::{Common, Kind, NotesAct},
    folders::absolute,
    handlers::share::{Clipboard, Left, clear_now},
    output::CommandError,
    screens::{self, Ui},
    words,
};

pub(super) fn run(common: &Common, act: Option<NotesAct>) -> Result<(), CommandError> {
    match act.unwrap_or(NotesAct::List) {
        NotesAct::List => list(&Session::open(common)?, None),
        NotesAct::Search { words } => list(&Session::open(common)?, Some(words.join(" "))),
        NotesAct::Show { id, format } => show(&Session::open(common)?, &id, format.as_deref()),
        NotesAct::Export {
            id,
            all,
            kind,
            out,
            force,
        } => {
            if id.is_none() && !all {
                return Err(CommandError::usage(words::EXPORT_WHAT));
            }
            export(common, id.as_deref(), kind, out.as_deref(), force)
        }
        NotesAct::Delete {
            id,
            retention_considered,
        } => delete(&Session::open(common)?, &id, retention_considered),
        NotesAct::Addendum { id, text } => addendum(&Session::open(common)?, &id, text),
        NotesAct::Private { id, delete } => private(&Session::open(common)?, &id, delete),
        NotesAct::Hold { id } => hold(&Session::open(common)?, &id, true),
        NotesAct::Release { id } => hold(&Session::open(common)?, &id, false),
        NotesAct::Copy { id, section } => copy(common, &id, section),
    }
}

/// Every row of the list, page by page; or what a search finds.
fn rows(session: &Session, query: Option<String>) -> Result<(Vec<NoteRow>, u32), CommandError> {
    let mut all = Vec::new();
    let mut event = match query {
        Some(query) => Event::SearchTyped {
            query: Words::from(query),
        },
        None => Event::NotesTapped { offset: 0 },
    };
    loop {
        let ViewModel::Notes(view) = session.act(event)? else {
            return Err(CommandError::failed(words::NO_ANSWER));
        };
        let more = !view.rows.is_empty() && view.query.is_blank();
        all.extend(view.rows);
        let offset = u32::try_from(all.len()).unwrap_or(u32::MAX);
        if !more || offset >= view.total {
            return Ok((all, view.total));
        }
        event = Event::NotesTapped { offset };
    }
}

fn list(session: &Session, query: Option<String>) -> Result<(), CommandError> {
    let (rows, total) = rows(session, query)?;
    session.out.say(
        || json!({ "notes": rows.iter().map(crate::json::note_row).collect::<Vec<_>>(), "total": total }),
        || {
            if rows.is_empty() {
                return words::NOTES_EMPTY.to_owned();
            }
            let line = |row: &NoteRow| {
                let id: String = row.id.to_string().chars().take(8).collect();
                let held = if row.held { "  on hold" } else { "" };
                format!(
                    "{id}  {}  {:<9}  {}{held}  {}",
                    words::moment(row.approved_at),
                    words::format_name(row.format),
                    row.client.as_str(),
                    row.snippet.as_str()
                )
            };
            rows.iter().map(line).collect::<Vec<_>>().join("\n")
        },
    );
    Ok(())
}

fn note_id(session: &Session, start: &str) -> Result<Id, CommandError> {
    if let Some(id) = Id::parse(start) {
        return Ok(id);
    }
    let ids: Vec<Id> = rows(session, None)?.0.iter().map(|row| row.id).collect();
    find(&ids, start, words::NO_SUCH_NOTE)
}

fn open(session: &Session, id: &str) -> Result<Box<NoteView>, CommandError> {
    let id = note_id(session, id)?;
    note(session.act(Event::NoteOpened { id })?)
}

fn note(view: ViewModel) -> Result<Box<NoteView>, CommandError> {
    match view {
        ViewModel::Note(view) => Ok(view),
        _ => Err(CommandError::failed(words::NO_ANSWER)),
    }
}

fn show(session: &Session, id: &str, format: Option<&str>) -> Result<(), CommandError> {
    let mut view = open(session, id)?;
    if let Some(name) = format {
        let format = Format::parse(name).ok_or_else(|| CommandError::usage(words::NO_SUCH_FORMAT))?;
        view = note(session.act(Event::FormatChosen { format })?)?;
    }
    say(session, &view);
    Ok(())
}

fn say(session: &Session, view: &NoteView) {
    session.out.say(
        || {
            let mut value = crate::json::note(&view.note, &view.addenda);
            value["held"] = json!(view.held);
            value["deletes_in_ms"] = json!(view.deletes_in_ms);
            value["shown_as"] = json!(view.shown_as);
            value["sections"] = json!(view.sections);
            value
        },
        || {
            let page = screens::page(&ViewModel::Note(Box::new(view.clone())), &Ui::default());
            format!(
                "{}  {}\n{}",
                words::format_name(view.note.format),
                view.note.id,
                page.text()
            )
        },
    );
}

fn export(common: &Common, id: Option<&str>, kind: Kind, out: Option<&Path>, force: bool) -> Result<(), CommandError> {
    let kind = match kind {
        Kind::Text => DocumentKind::Text,
        Kind::Pdf => DocumentKind::Pdf,
        Kind::Json => DocumentKind::Json,
        Kind::Fhir => DocumentKind::Fhir,
    };
    let mut options = super::options(common);
    options.share.force = force;
    options.share.stdout = out.is_some_and(|path| path.as_os_str() == "-");
    let session = Session::open_with(common, options)?;
    let event = match id {
        Some(id) => {
            open(&session, id)?;
            Event::ExportTapped { kind }
        }
        None => Event::ExportAllTapped { kind },
    };
    let ViewModel::Export(view) = session.act(event)? else {
        return Err(CommandError::failed(words::NO_ANSWER));
    };
    let name = out
        .map(absolute)
        .map(|path| path.to_string_lossy().into_owned())
        .unwrap_or_default();
    session.shell.send(Event::ExportConfirmed { name });
    session.shell.settle(crate::shell::PATIENCE);
    match session.shell.last_left() {
        Some(Left::File(path)) => session.out.say(
            || json!({ "file": path, "kind": kind, "size_bytes": view.size_bytes }),
            || format!("{}  {}", path.display(), words::size(view.size_bytes)),
        ),
        Some(Left::Stdout) => {}
        Some(Left::Exists(path)) => return Err(CommandError::failed(words::exists(&path))),
        Some(Left::NotWritten(path)) => return Err(CommandError::failed(words::not_written(&path))),
        _ => return Err(CommandError::failed(words::NO_ANSWER)),
    }
    Ok(())
}

fn delete(session: &Session, id: &str, duty_considered: bool) -> Result<(), CommandError> {
    if !duty_considered {
        return Err(CommandError::usage(words::RETENTION_NEEDED));
    }
    open(session, id)?;
    let ViewModel::Deleted(view) = session.act(Event::DeleteTapped { duty_considered })? else {
        return Err(CommandError::failed(words::NO_ANSWER));
    };
    session.out.say(
        || json!({ "receipts": view.receipts.iter().map(crate::json::receipt).collect::<Vec<_>>() }),
        || screens::page(&ViewModel::Deleted(view.clone()), &Ui::default()).text(),
    );
    Ok(())
}

fn addendum(session: &Session, id: &str, text: String) -> Result<(), CommandError> {
    if text.trim().is_empty() {
        return Err(CommandError::usage(words::NOTHING_TYPED));
    }
    open(session, id)?;
    let view = note(session.act(Event::AddendumWritten { text: text.into() })?)?;
    say(session, &view);
    Ok(())
}

fn hold(session: &Session, id: &str, held: bool) -> Result<(), CommandError> {
    open(session, id)?;
    let view = note(session.act(Event::HoldTapped { held })?)?;
    session.out.say(
        || json!({ "id": view.note.id.to_string(), "held": view.held, "deletes_in_ms": view.deletes_in_ms }),
        || {
            if view.held {
                "On hold: nothing deletes it by itself."
            } else {
                "Released."
            }
            .to_owned()
        },
    );
    Ok(())
}

/// Shows the private notes of a session, or deletes them.
fn private(session: &Session, id: &str, delete: bool) -> Result<(), CommandError> {
    open(session, id)?;
    let shown = |view| match view {
        ViewModel::Note(view) => Ok(view),
        _ => Err(CommandError::failed(words::NO_ANSWER)),
    };
    let view = shown(session.act(Event::PrivateTapped)?)?;
    let count = view.private.len();
    if delete && count > 0 && !shown(session.act(Event::DeletePrivateTapped)?)?.private.is_empty() {
        return Err(CommandError::failed(words::NO_ANSWER));
    }
    session.out.say(
        || {
            if delete {
                json!({ "deleted": count })
            } else {
                json!({ "private": view.private.iter().map(|note| json!({
                    "id": note.id.to_string(),
                    "written_at": note.written_at.rfc3339(),
                    "text": note.text.as_str(),
                })).collect::<Vec<_>>() })
            }
        },
        || match (count, delete) {
            (0, _) => words::notice(&Notice::NoPrivateNote),
            (_, true) => words::notice(&Notice::PrivateDeleted),
            _ => {
                let line = |note: &ProcessNote| format!("{}\n{}", words::moment(note.written_at), note.text.as_str());
                view.private.iter().map(line).collect::<Vec<_>>().join("\n\n")
            }
        },
    );
    Ok(())
}

/// Copies, and stays until the clipboard is cleared: a command that ends could not clear it.
fn copy(common: &Common, id: &str, section: Option<String>) -> Result<(), CommandError> {
    let mut options = super::options(common);
    options.share.clipboard = Clipboard::Tools;
    let session = Session::open_with(common, options)?;
    let view = open(&session, id)?;
    let section = section.unwrap_or_default();
    if !section.is_empty() && view.sections.iter().all(|known| known.key != section) {
        return Err(CommandError::usage(words::NO_SUCH_SECTION));
    }
    session.shell.send(Event::CopyTapped { section });
    session.shell.settle(crate::shell::PATIENCE);
    if session.shell.last_left() != Some(Left::Clipboard) {
        return Err(CommandError::failed(words::NO_CLIPBOARD));
    }
    session.out.say(
        || json!({ "copied": true, "clear_after_s": CLIPBOARD_SECONDS }),
        || words::COPIED_WAIT.to_owned(),
    );
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        drop(signal_hook::flag::register(signal, Arc::clone(&stop)));
    }
    let end = Instant::now() + Duration::from_secs(u64::from(CLIPBOARD_SECONDS));
    while Instant::now() < end && !stop.load(Ordering::Acquire) {
        thread::sleep(Duration::from_millis(100));
    }
    clear_now();
    Ok(())
}
