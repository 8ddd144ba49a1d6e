//! The record: notes come in by an approve or an import, addenda are added, retention is set. Each in one transaction.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::{
    audit,
    destroy::{Why, destroy_capture},
    key_rows,
    records::{self, Place, exp_day},
};
use crate::{
    adapters::{
        envelope::Class,
        random::Random,
        vault::{
            keys::{LocalRing, Wrap},
            opened::Opened,
            turn::{next_ring, rewrap_all},
        },
    },
    capabilities::{
        storage::{AuditEntry, StorageAnswer, StorageError},
        vault::{LocalKey, VaultError},
    },
    note::{
        Id, Words,
        draft::Format,
        record::{Addendum, Note, ProcessNote},
        time::Millis,
    },
};

/// Kind of a note's envelope.
pub const NOTE: &str = "note";
/// Kind of an addendum's envelope.
pub const ADDENDUM: &str = "addendum";
/// Kind of a process note's envelope.
pub const PROCESS_NOTE: &str = "process_note";
/// Kind of a list line's envelope.
pub const LINE: &str = "line";

type Answer = Result<StorageAnswer, StorageError>;

/// What the list shows of a note, sealed apart from it.
// Frozen: sealed beside each note; made again from the note if ever lost.
#[derive(Default, Serialize, Deserialize)]
pub struct Line {
    /// Label of the client.
    pub client: Words,
    /// First words.
    pub snippet: Words,
    /// Layout.
    pub format: Format,
}

impl Line {
    /// The line of a note: at most 80 characters of its first sentences.
    #[must_use]
    pub fn of(note: &Note) -> Self {
        let mut snippet = String::with_capacity(80 * 4);
        let sentences = note.sections.iter().flat_map(|section| &section.sentences);
        for word in sentences.flat_map(|sentence| sentence.text.as_str().split_whitespace()) {
            let left = 80_usize.saturating_sub(snippet.chars().count());
            if left < 2 {
                break;
            }
            if !snippet.is_empty() {
                snippet.push(' ');
            }
            snippet.extend(word.chars().take(left - 1));
        }
        Self {
            client: note.client.clone(),
            snippet: Words(snippet),
            format: note.format,
        }
    }
}

fn exists(db: &Connection, id: Id) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM notes WHERE id = ?1")?.exists([id])
}

fn insert_note(
    db: &Connection,
    opened: &Opened,
    local: &LocalRing,
    random: Random<'_>,
    note: &Note,
    deletes_at: Option<Millis>,
) -> Result<(), StorageError> {
    if exists(db, note.id)? {
        return Err(StorageError::AlreadyThere);
    }
    let (facts, unlocked) = (opened.facts()?, opened.unlocked()?);
    let (inner, key) = unlocked.make_key(note.id, Wrap::Record, random)?;
    let row = key_rows::insert(db, local, note.id, Wrap::Record, &inner, random)?;
    let place = Place::first(exp_day(deletes_at, false));
    let envelope = records::seal_record(db, &facts, unlocked, &key, note.id, place, NOTE, note, random)?;
    let line = records::seal_here(&facts, Class::Local, &key, note.id, 1, LINE, &Line::of(note), random)?;
    let sql = "INSERT INTO notes (id, key, approved_at, deletes_at, line, envelope) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    db.prepare_cached(sql)?
        .execute(params![note.id, row, note.approved_at, deletes_at, line, envelope])?;
    Ok(())
}

fn insert_addendum(
    db: &Connection,
    opened: &Opened,
    local: &LocalRing,
    random: Random<'_>,
    addendum: &Addendum,
) -> Result<(), StorageError> {
    if !exists(db, addendum.note)? {
        return Err(StorageError::Missing);
    }
    if db
        .prepare_cached("SELECT 1 FROM addenda WHERE id = ?1")?
        .exists([addendum.id])?
    {
        return Err(StorageError::AlreadyThere);
    }
    let (facts, unlocked, id) = (opened.facts()?, opened.unlocked()?, addendum.id);
    let (inner, key) = unlocked.make_key(id, Wrap::Record, random)?;
    let row = key_rows::insert(db, local, id, Wrap::Record, &inner, random)?;
    let place = Place::first(0);
    let envelope = records::seal_record(db, &facts, unlocked, &key, id, place, ADDENDUM, addendum, random)?;
    let sql = "INSERT INTO addenda (id, note, key, written_at, envelope) VALUES (?1, ?2, ?3, ?4, ?5)";
    db.prepare_cached(sql)?
        .execute(params![id, addendum.note, row, addendum.written_at, envelope])?;
    let count = "UPDATE notes SET addenda = addenda + 1 WHERE id = ?1";
    db.prepare_cached(count)?.execute([addendum.note])?;
    Ok(())
}

fn insert_process_note(
    db: &Connection,
    opened: &Opened,
    local: &LocalRing,
    random: Random<'_>,
    note: &ProcessNote,
) -> Result<(), StorageError> {
    let (facts, unlocked, id) = (opened.facts()?, opened.unlocked()?, note.id);
    if db
        .prepare_cached("SELECT 1 FROM process_notes WHERE id = ?1")?
        .exists([id])?
    {
        return Err(StorageError::AlreadyThere);
    }
    let (inner, key) = unlocked.make_key(id, Wrap::Process, random)?;
    let row = key_rows::insert(db, local, id, Wrap::Process, &inner, random)?;
    let place = Place::first(0);
    let envelope = records::seal_record(db, &facts, unlocked, &key, id, place, PROCESS_NOTE, note, random)?;
    let sql = "INSERT INTO process_notes (id, note, key, written_at, envelope) VALUES (?1, ?2, ?3, ?4, ?5)";
    db.prepare_cached(sql)?
        .execute(params![id, note.note, row, note.written_at, envelope])?;
    Ok(())
}

/// What an approve brings.
pub struct Approval<'a> {
    /// The capture that becomes a note.
    pub capture: Id,
    /// The note.
    pub note: &'a Note,
    /// Private words of the same session.
    pub process_note: Option<&'a ProcessNote>,
    /// When the note deletes itself.
    pub deletes_at: Option<Millis>,
}

/// Saves the note and destroys the capture: one transaction, so that there is never both nor neither.
pub fn approve(
    opened: &mut Opened,
    random: Random<'_>,
    approval: &Approval<'_>,
    turn: &LocalKey,
    entry: &AuditEntry,
) -> Answer {
    opened.unlocked()?;
    let (old, next) = (opened.local()?, next_ring(opened, turn)?);
    let capture = approval.capture;
    opened.store.write(|db| -> Result<(), StorageError> {
        if !db
            .prepare_cached("SELECT 1 FROM texts WHERE capture = ?1")?
            .exists([capture])?
        {
            return Err(StorageError::Missing);
        }
        destroy_capture(db, old, capture, &Why::new("approved", entry.at, old.epoch))?;
        rewrap_all(db, old, &next, random)?;
        insert_note(db, opened, &next, random, approval.note, approval.deletes_at)?;
        if let Some(process_note) = approval.process_note {
            insert_process_note(db, opened, &next, random, process_note)?;
        }
        audit::append(db, entry)
    })?;
    opened
        .search
        .iter_mut()
        .for_each(|index| index.insert(approval.note, &[]));
    opened.local = Some(next);
    opened.store.tidy();
    Ok(StorageAnswer::Done)
}

/// Saves a note from elsewhere.
pub fn import(
    opened: &mut Opened,
    random: Random<'_>,
    note: &Note,
    addenda: &[Addendum],
    deletes_at: Option<Millis>,
    entry: &AuditEntry,
) -> Answer {
    opened.unlocked()?;
    let local = opened.local()?;
    opened.store.write(|db| -> Result<(), StorageError> {
        insert_note(db, opened, local, random, note, deletes_at)?;
        for addendum in addenda {
            insert_addendum(db, opened, local, random, addendum)?;
        }
        audit::append(db, entry)
    })?;
    opened.search.iter_mut().for_each(|index| index.insert(note, addenda));
    Ok(StorageAnswer::Done)
}

/// Adds an addendum.
pub fn add_addendum(opened: &mut Opened, random: Random<'_>, addendum: &Addendum, entry: &AuditEntry) -> Answer {
    opened.unlocked()?;
    let local = opened.local()?;
    opened.store.write(|db| -> Result<(), StorageError> {
        insert_addendum(db, opened, local, random, addendum)?;
        audit::append(db, entry)
    })?;
    opened.search.iter_mut().for_each(|index| index.append(addendum));
    Ok(StorageAnswer::Done)
}

/// Sets hold and end. The signed header names the last day, so a new day is a new revision of the same note.
pub fn set_retention(
    opened: &Opened,
    random: Random<'_>,
    id: Id,
    held: bool,
    deletes_at: Option<Millis>,
    entry: &AuditEntry,
) -> Answer {
    let (facts, unlocked) = (opened.facts()?, opened.unlocked()?);
    opened.local()?;
    opened.store.write(|db| -> Result<StorageAnswer, StorageError> {
        let sql = "SELECT n.envelope, k.wrapped FROM notes n JOIN record_keys k ON k.number = n.key WHERE n.id = ?1";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let found: Option<(Vec<u8>, Vec<u8>)> = db.prepare_cached(sql)?.query_row([id], read).optional()?;
        let (bytes, wrapped) = found.ok_or(StorageError::Missing)?;
        let sql = "UPDATE notes SET held = ?2, deletes_at = ?3 WHERE id = ?1";
        db.prepare_cached(sql)?.execute(params![id, held, deletes_at])?;
        let envelope = records::expect(opened, &bytes, Class::Record, id)?;
        let day = exp_day(deletes_at, held);
        if day != envelope.header.exp_day {
            let key = opened.open_key(id, Wrap::Record, &wrapped)?;
            let note: Note = envelope.open(&key, NOTE).map_err(VaultError::from)?;
            let place = Place::after(&envelope, day);
            let sealed = records::seal_record(db, &facts, unlocked, &key, id, place, NOTE, &note, random)?;
            db.prepare_cached("UPDATE notes SET envelope = ?2 WHERE id = ?1")?
                .execute(params![id, sealed])?;
        }
        audit::append::<StorageError>(db, entry)?;
        Ok(StorageAnswer::Done)
    })
}
