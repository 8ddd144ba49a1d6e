//! Destroying: key, body and row in one transaction, with a receipt, and the local key turned. Works while locked.

use rusqlite::{Connection, OptionalExtension, params};

use super::{audit, key_rows};
use crate::{
    adapters::{
        random::Random,
        vault::{
            keys::{LocalRing, Wrap},
            opened::Opened,
            turn::{next_ring, rewrap_all},
        },
    },
    capabilities::{
        storage::{AuditEntry, Doomed, StorageAnswer, StorageError},
        vault::{LocalKey, VaultError},
    },
    note::{Id, record::DeletionReceipt, time::Millis},
};

/// Why and when, for receipts.
pub struct Why<'a> {
    reason: &'a str,
    at: Millis,
    epoch: u32,
}

impl<'a> Why<'a> {
    /// `epoch` is that of the local key that dies.
    pub const fn new(reason: &'a str, at: Millis, epoch: u32) -> Self {
        Self { reason, at, epoch }
    }
}

type Receipts = Result<Vec<DeletionReceipt>, VaultError>;

/// Destroys the keys of one thing and writes a receipt for each.
fn destroy_keys(db: &Connection, local: &LocalRing, id: Id, wrap: Wrap, what: &str, why: &Why<'_>) -> Receipts {
    let sql = "INSERT INTO receipts (what, id, deleted_at, key_fingerprint, local_key_epoch, why)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let mut insert = db.prepare_cached(sql)?;
    let mut receipts = Vec::new();
    for key_fingerprint in key_rows::destroy(db, local, id, wrap)? {
        insert.execute(params![what, id, why.at, key_fingerprint, why.epoch, why.reason])?;
        receipts.push(DeletionReceipt {
            what: what.to_owned(),
            id,
            deleted_at: why.at,
            key_fingerprint,
            local_key_epoch: why.epoch,
            why: why.reason.to_owned(),
        });
    }
    Ok(receipts)
}

/// Destroys the sound of a capture.
pub fn destroy_audio(db: &Connection, local: &LocalRing, id: Id, why: &Why<'_>) -> Receipts {
    db.prepare_cached("DELETE FROM segments WHERE capture = ?1")?
        .execute([id])?;
    destroy_keys(db, local, id, Wrap::Audio, "audio", why)
}

/// Destroys a capture with all it holds.
pub fn destroy_capture(db: &Connection, local: &LocalRing, id: Id, why: &Why<'_>) -> Receipts {
    let mut receipts = destroy_audio(db, local, id, why)?;
    db.prepare_cached("DELETE FROM texts WHERE capture = ?1")?
        .execute([id])?;
    receipts.extend(destroy_keys(db, local, id, Wrap::Text, "transcript", why)?);
    db.prepare_cached("DELETE FROM captures WHERE id = ?1")?.execute([id])?;
    Ok(receipts)
}

/// Destroys a note with its addenda and process notes.
fn destroy_note(db: &Connection, local: &LocalRing, id: Id, why: &Why<'_>) -> Receipts {
    let mut receipts = Vec::new();
    for (table, wrap, what) in [
        ("addenda", Wrap::Record, "addendum"),
        ("process_notes", Wrap::Process, "process_note"),
    ] {
        let mut select = db.prepare_cached(&format!("SELECT id FROM {table} WHERE note = ?1"))?;
        let owned: Vec<Id> = select.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
        db.prepare_cached(&format!("DELETE FROM {table} WHERE note = ?1"))?
            .execute([id])?;
        for part in owned {
            receipts.extend(destroy_keys(db, local, part, wrap, what, why)?);
        }
    }
    db.prepare_cached("DELETE FROM notes WHERE id = ?1")?.execute([id])?;
    receipts.extend(destroy_keys(db, local, id, Wrap::Record, "note", why)?);
    Ok(receipts)
}

/// Destroys a process note alone.
fn destroy_process_note(db: &Connection, local: &LocalRing, id: Id, why: &Why<'_>) -> Receipts {
    db.prepare_cached("DELETE FROM process_notes WHERE id = ?1")?
        .execute([id])?;
    destroy_keys(db, local, id, Wrap::Process, "process_note", why)
}

/// Whether a timer may delete this note: never a held one, whatever the caller believes.
fn held(db: &Connection, id: Id) -> rusqlite::Result<bool> {
    let mut select = db.prepare_cached("SELECT held FROM notes WHERE id = ?1")?;
    Ok(select.query_row([id], |row| row.get(0)).optional()?.unwrap_or(false))
}

/// Destroys things. What is not there any more is passed over, so that a sweep can be repeated after a crash.
pub fn destroy(
    opened: &mut Opened,
    random: Random<'_>,
    doomed: &[Doomed],
    why: &'static str,
    at: Millis,
    turn: &LocalKey,
) -> Result<StorageAnswer, StorageError> {
    let (old, next) = (opened.local()?, next_ring(opened, turn)?);
    let receipts = opened.store.write(|db| -> Result<_, StorageError> {
        let because = Why::new(why, at, old.epoch);
        let mut receipts = Vec::new();
        for thing in doomed {
            receipts.extend(match thing {
                Doomed::Capture(id) => destroy_capture(db, old, *id, &because)?,
                Doomed::Note(id) if why == "expired" && held(db, *id)? => Vec::new(),
                Doomed::Note(id) => destroy_note(db, old, *id, &because)?,
                Doomed::ProcessNote(id) => destroy_process_note(db, old, *id, &because)?,
            });
        }
        for receipt in &receipts {
            let entry = AuditEntry {
                at,
                act: why,
                id: Some(receipt.id),
                detail: receipt.what.clone(),
            };
            audit::append::<StorageError>(db, &entry)?;
        }
        rewrap_all(db, old, &next, random)?;
        Ok(receipts)
    })?;
    for thing in doomed {
        match thing {
            Doomed::Capture(id) => drop(opened.audio.remove(id)),
            Doomed::Note(id) if receipts.iter().any(|receipt| receipt.id == *id) => {
                opened.search.iter_mut().for_each(|index| index.remove(*id));
            }
            Doomed::Note(_) | Doomed::ProcessNote(_) => {}
        }
    }
    opened.local = Some(next);
    opened.store.tidy();
    Ok(StorageAnswer::Destroyed(receipts))
}
