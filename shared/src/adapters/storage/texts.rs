//! The workbench's words: transcript and review of a capture, under one text key that dies with the approve.

use rusqlite::{OptionalExtension, params};

use super::{
    audit, captures,
    destroy::{Why, destroy_audio},
    key_rows, records,
};
use crate::{
    adapters::{
        envelope::Class,
        random::Random,
        vault::{
            keys::Wrap,
            opened::Opened,
            turn::{next_ring, rewrap_all},
        },
    },
    capabilities::{
        storage::{AuditEntry, StorageAnswer, StorageError},
        vault::{LocalKey, VaultError},
    },
    note::{
        Id,
        capture::{Capture, CaptureState, Review, Transcript},
    },
};

/// Kind of a transcript's envelope.
pub const TRANSCRIPT: &str = "transcript";
/// Kind of a review's envelope.
pub const REVIEW: &str = "review";

type Answer = Result<StorageAnswer, StorageError>;

/// The sealed texts of a capture as they stand in the database.
struct Row {
    key: i64,
    wrapped: Vec<u8>,
    transcript: Vec<u8>,
    review: Option<Vec<u8>>,
}

fn find(db: &rusqlite::Connection, id: Id) -> rusqlite::Result<Option<Row>> {
    let sql = "SELECT t.key, k.wrapped, t.transcript, t.review FROM texts t JOIN record_keys k ON k.number = t.key
               WHERE t.capture = ?1";
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Row {
            key: row.get(0)?,
            wrapped: row.get(1)?,
            transcript: row.get(2)?,
            review: row.get(3)?,
        })
    };
    db.prepare_cached(sql)?.query_row([id], read).optional()
}

/// The number of the next revision of a sealed text.
fn next_rev(opened: &Opened, bytes: Option<&[u8]>, id: Id) -> Result<u32, VaultError> {
    match bytes {
        None => Ok(1),
        Some(bytes) => Ok(records::expect(opened, bytes, Class::Workbench, id)?
            .header
            .rev
            .saturating_add(1)),
    }
}

/// Seals the transcript and destroys the sound, in one transaction. Saved again, it replaces the transcript and keeps the
/// review.
pub fn save_transcript(
    opened: &mut Opened,
    random: Random<'_>,
    capture: &Capture,
    transcript: &Transcript,
    turn: &LocalKey,
    entry: &AuditEntry,
) -> Answer {
    let (facts, unlocked) = (opened.facts()?, opened.unlocked()?);
    let (old, next) = (opened.local()?, next_ring(opened, turn)?);
    let id = capture.id;
    let seal = |key: &_, rev, random: Random<'_>| {
        records::seal_here(&facts, Class::Workbench, key, id, rev, TRANSCRIPT, transcript, random)
    };
    opened.store.write(|db| -> Result<(), StorageError> {
        if captures::find(db, id)?.is_none() {
            captures::insert(db, capture)?;
        }
        let sql = "UPDATE captures SET state = ?2, expires_at = ?3 WHERE id = ?1";
        db.prepare_cached(sql)?
            .execute(params![id, capture.state, capture.expires_at])?;
        let why = Why::new(entry.act, entry.at, old.epoch);
        destroy_audio(db, old, id, &why)?;
        let there = find(db, id)?;
        if let Some(row) = &there {
            let key = opened.open_key(id, Wrap::Text, &row.wrapped)?;
            let sealed = seal(&key, next_rev(opened, Some(&row.transcript), id)?, random)?;
            let sql = "UPDATE texts SET transcript = ?2 WHERE capture = ?1";
            db.prepare_cached(sql)?.execute(params![id, sealed])?;
        }
        rewrap_all(db, old, &next, random)?;
        if there.is_none() {
            let (inner, key) = unlocked.make_key(id, Wrap::Text, random)?;
            let row = key_rows::insert(db, &next, id, Wrap::Text, &inner, random)?;
            let sealed = seal(&key, 1, random)?;
            let sql = "INSERT INTO texts (capture, key, transcript) VALUES (?1, ?2, ?3)";
            db.prepare_cached(sql)?.execute(params![id, row, sealed])?;
        }
        audit::append(db, entry)
    })?;
    opened.audio.remove(&id);
    opened.local = Some(next);
    opened.store.tidy();
    Ok(StorageAnswer::Done)
}

/// Seals a review; the capture is in review from here on.
pub fn save_review(opened: &Opened, random: Random<'_>, id: Id, review: &Review) -> Answer {
    let facts = opened.facts()?;
    opened.unlocked()?;
    let row = find(opened.store.db(), id)?.ok_or(StorageError::Missing)?;
    let key = opened.open_key(id, Wrap::Text, &row.wrapped)?;
    let rev = next_rev(opened, row.review.as_deref(), id)?;
    let sealed = records::seal_here(&facts, Class::Workbench, &key, id, rev, REVIEW, review, random)?;
    opened.store.write(|db| {
        db.prepare_cached("UPDATE texts SET review = ?2 WHERE key = ?1")?
            .execute(params![row.key, sealed])?;
        db.prepare_cached("UPDATE captures SET state = ?2 WHERE id = ?1")?
            .execute(params![id, CaptureState::InReview])?;
        Ok(StorageAnswer::Done)
    })
}

/// Opens transcript and review.
pub fn load_review(opened: &Opened, id: Id) -> Answer {
    opened.unlocked()?;
    let row = find(opened.store.db(), id)?.ok_or(StorageError::Missing)?;
    let key = opened.open_key(id, Wrap::Text, &row.wrapped)?;
    let open = |bytes| records::expect(opened, bytes, Class::Workbench, id);
    let transcript = open(&row.transcript)?
        .open(&key, TRANSCRIPT)
        .map_err(VaultError::from)?;
    let review = match &row.review {
        None => None,
        // A damaged review must not hide the transcript: the draft can be made again from it.
        Some(bytes) => open(bytes).and_then(|it| Ok(it.open(&key, REVIEW)?)).map(Box::new).ok(),
    };
    Ok(StorageAnswer::Review { transcript, review })
}
