//! Reading the record: pages of lines, one note, process notes. A page opens its lines only, never a whole note.

use rusqlite::{Row, params};

use super::{
    notes::{ADDENDUM, LINE, Line, NOTE, PROCESS_NOTE},
    records,
};
use crate::{
    adapters::{
        envelope::Class,
        vault::{keys::Wrap, opened::Opened},
    },
    capabilities::{
        storage::{Doomed, DueItem, StorageAnswer, StorageError},
        vault::VaultError,
    },
    note::{
        Id,
        record::{Addendum, Note, NoteRow, ProcessNote},
    },
};

/// Longest page.
pub const MOST_ROWS: u32 = 200;

type Answer = Result<StorageAnswer, StorageError>;

fn row_of(id: Id, line: Line, row: &Row<'_>) -> rusqlite::Result<NoteRow> {
    Ok(NoteRow {
        id,
        client: line.client,
        snippet: line.snippet,
        format: line.format,
        approved_at: row.get(1)?,
        held: row.get(2)?,
        deletes_at: row.get(3)?,
        addenda: row.get(4)?,
    })
}

const COLUMNS: &str = "n.id, n.approved_at, n.held, n.deletes_at, n.addenda, k.wrapped";

/// The list's line of one row. A damaged line shows no words, so that the rest of the page stays readable; `Verify` counts it.
fn open_line(opened: &Opened, row: &Row<'_>) -> Result<NoteRow, StorageError> {
    let id: Id = row.get(0)?;
    let open = || -> Result<Line, VaultError> {
        let wrapped = row.get_ref(5)?.as_blob().map_err(|_| VaultError::Damaged)?;
        let bytes = row.get_ref(6)?.as_blob().map_err(|_| VaultError::Damaged)?;
        let key = opened.open_key(id, Wrap::Record, wrapped)?;
        Ok(records::expect(opened, bytes, Class::Local, id)?.open(&key, LINE)?)
    };
    Ok(row_of(id, open().unwrap_or_default(), row)?)
}

/// A page of notes, newest first.
pub fn page(opened: &Opened, offset: u32, limit: u32) -> Answer {
    opened.unlocked()?;
    opened.local()?;
    let db = opened.store.db();
    let total = db
        .prepare_cached("SELECT count(*) FROM notes")?
        .query_row([], |row| row.get(0))?;
    // The inner query walks the index only; whole rows are read for this page alone.
    let sql = format!(
        "SELECT {COLUMNS}, n.line FROM
           (SELECT rowid AS place FROM notes ORDER BY approved_at DESC, id DESC LIMIT ?1 OFFSET ?2) p
         JOIN notes n ON n.rowid = p.place JOIN record_keys k ON k.number = n.key
         ORDER BY n.approved_at DESC, n.id DESC"
    );
    let mut select = db.prepare_cached(&sql)?;
    let mut found = select.query(params![limit.min(MOST_ROWS), offset])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        rows.push(open_line(opened, row)?);
    }
    Ok(StorageAnswer::Notes { rows, total })
}

/// The line of one note.
pub fn line(opened: &Opened, id: Id) -> Result<Option<NoteRow>, StorageError> {
    let sql = format!("SELECT {COLUMNS}, n.line FROM notes n JOIN record_keys k ON k.number = n.key WHERE n.id = ?1");
    let mut select = opened.store.db().prepare_cached(&sql)?;
    let mut found = select.query([id])?;
    match found.next()? {
        None => Ok(None),
        Some(row) => open_line(opened, row).map(Some),
    }
}

/// Opens a note's body.
pub fn open_note(opened: &Opened, id: Id, wrapped: &[u8], bytes: &[u8]) -> Result<Note, VaultError> {
    let key = opened.open_key(id, Wrap::Record, wrapped)?;
    Ok(records::expect(opened, bytes, Class::Record, id)?.open(&key, NOTE)?)
}

/// One note with its addenda.
pub fn note(opened: &Opened, id: Id) -> Answer {
    opened.unlocked()?;
    opened.local()?;
    let sql =
        format!("SELECT {COLUMNS}, n.envelope FROM notes n JOIN record_keys k ON k.number = n.key WHERE n.id = ?1");
    let mut select = opened.store.db().prepare_cached(&sql)?;
    let mut found = select.query([id])?;
    let row = found.next()?.ok_or(StorageError::Missing)?;
    let blob = |at: usize| {
        row.get_ref(at)
            .map_err(VaultError::from)?
            .as_blob()
            .map_err(|_| VaultError::Damaged)
    };
    let note = Box::new(open_note(opened, id, blob(5)?, blob(6)?)?);
    let row = row_of(id, Line::of(&note), row)?;
    let addenda = match row.addenda {
        0 => Vec::new(),
        _ => addenda(opened, id)?,
    };
    Ok(StorageAnswer::Note { note, addenda, row })
}

/// The addenda of a note, oldest first.
pub fn addenda(opened: &Opened, note: Id) -> Result<Vec<Addendum>, StorageError> {
    let sql = "SELECT a.id, k.wrapped, a.envelope FROM addenda a JOIN record_keys k ON k.number = a.key
               WHERE a.note = ?1 ORDER BY a.written_at, a.id";
    let mut select = opened.store.db().prepare_cached(sql)?;
    let mut found = select.query([note])?;
    let mut addenda = Vec::new();
    while let Some(row) = found.next()? {
        let (id, wrapped, bytes): (Id, Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let key = opened.open_key(id, Wrap::Record, &wrapped)?;
        let envelope = records::expect(opened, &bytes, Class::Record, id)?;
        addenda.push(envelope.open(&key, ADDENDUM).map_err(VaultError::from)?);
    }
    Ok(addenda)
}

/// All process notes, newest first.
pub fn process_notes(opened: &Opened) -> Answer {
    opened.unlocked()?;
    opened.local()?;
    let sql = "SELECT p.id, k.wrapped, p.envelope FROM process_notes p JOIN record_keys k ON k.number = p.key
               ORDER BY p.written_at DESC, p.id DESC";
    let mut select = opened.store.db().prepare_cached(sql)?;
    let mut found = select.query([])?;
    let mut notes: Vec<ProcessNote> = Vec::new();
    while let Some(row) = found.next()? {
        let (id, wrapped, bytes): (Id, Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let key = opened.open_key(id, Wrap::Process, &wrapped)?;
        let envelope = records::expect(opened, &bytes, Class::Record, id)?;
        notes.push(envelope.open(&key, PROCESS_NOTE).map_err(VaultError::from)?);
    }
    Ok(StorageAnswer::ProcessNotes(notes))
}

/// Everything with an end: captures and unheld notes, soonest first.
pub fn due(opened: &Opened) -> Answer {
    opened.facts()?;
    let sql = "SELECT 0, id, expires_at AS at FROM captures
               UNION ALL SELECT 1, id, deletes_at FROM notes WHERE deletes_at IS NOT NULL AND held = 0 ORDER BY at, id";
    let mut select = opened.store.db().prepare_cached(sql)?;
    let read = |row: &Row<'_>| {
        let id = row.get(1)?;
        let doomed = if row.get(0)? {
            Doomed::Note(id)
        } else {
            Doomed::Capture(id)
        };
        Ok(DueItem {
            doomed,
            at: row.get(2)?,
        })
    };
    let items = select.query_map([], read)?.collect::<Result<_, _>>()?;
    Ok(StorageAnswer::Due(items))
}
