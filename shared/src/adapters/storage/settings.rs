//! The settings, one record whose name no server can guess; and the latest time ever seen.

use rusqlite::{OptionalExtension, params};

use super::{
    key_rows,
    records::{self, Place},
};
use crate::{
    adapters::{
        envelope::Class,
        random::Random,
        vault::{keys::Wrap, opened::Opened},
    },
    capabilities::{
        storage::{StorageAnswer, StorageError},
        vault::VaultError,
    },
    note::{record::Settings, time::Millis},
};

/// Kind of the settings' envelope.
pub const SETTINGS: &str = "settings";

type Answer = Result<StorageAnswer, StorageError>;

fn find(db: &rusqlite::Connection) -> rusqlite::Result<Option<(Vec<u8>, Vec<u8>)>> {
    let sql = "SELECT k.wrapped, s.envelope FROM settings s JOIN record_keys k ON k.number = s.key";
    db.prepare_cached(sql)?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// Opens the settings; defaults when none were saved.
pub fn load(opened: &Opened) -> Answer {
    let unlocked = opened.unlocked()?;
    let Some((wrapped, bytes)) = find(opened.store.db())? else {
        return Ok(StorageAnswer::Settings(Box::default()));
    };
    let id = unlocked.settings_id;
    let key = opened.open_key(id, Wrap::Record, &wrapped)?;
    let envelope = records::expect(opened, &bytes, Class::Record, id)?;
    let settings: Settings = envelope.open(&key, SETTINGS).map_err(VaultError::from)?;
    Ok(StorageAnswer::Settings(Box::new(settings)))
}

/// Saves the settings as a new revision. Damaged ones are replaced under a new key.
pub fn save(opened: &Opened, random: Random<'_>, settings: &Settings) -> Answer {
    let (facts, unlocked, local) = (opened.facts()?, opened.unlocked()?, opened.local()?);
    let id = unlocked.settings_id;
    opened.store.write(|db| -> Result<(), StorageError> {
        let there = find(db)?.and_then(|(wrapped, bytes)| {
            let key = opened.open_key(id, Wrap::Record, &wrapped).ok()?;
            let envelope = records::expect(opened, &bytes, Class::Record, id).ok()?;
            Some((key, Place::after(&envelope, 0)))
        });
        if let Some((key, place)) = there {
            let sealed = records::seal_record(db, &facts, unlocked, &key, id, place, SETTINGS, settings, random)?;
            db.prepare_cached("UPDATE settings SET envelope = ?1")?
                .execute([sealed])?;
            return Ok(());
        }
        db.execute("DELETE FROM settings", [])?;
        key_rows::destroy(db, local, id, Wrap::Record)?;
        let (inner, key) = unlocked.make_key(id, Wrap::Record, random)?;
        let row = key_rows::insert(db, local, id, Wrap::Record, &inner, random)?;
        let place = Place::first(0);
        let sealed = records::seal_record(db, &facts, unlocked, &key, id, place, SETTINGS, settings, random)?;
        let sql = "INSERT INTO settings (one, key, envelope) VALUES (1, ?1, ?2)";
        db.execute(sql, params![row, sealed])?;
        Ok(())
    })?;
    Ok(StorageAnswer::Done)
}

/// Raises the latest time ever seen to `now`; the answer is the latest. Not a write when there is nothing to raise.
pub fn see_time(opened: &Opened, now: Millis) -> Answer {
    let db = opened.store.db();
    let latest: Option<Millis> = db
        .prepare_cached("SELECT latest FROM seen_time")?
        .query_row([], |row| row.get(0))
        .optional()?;
    if let Some(latest) = latest.filter(|latest| *latest >= now) {
        return Ok(StorageAnswer::Time(latest));
    }
    opened.store.write(|db| -> Result<(), StorageError> {
        let sql = "INSERT INTO seen_time (one, latest) VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET latest = ?1";
        db.prepare_cached(sql)?.execute([now])?;
        Ok(())
    })?;
    Ok(StorageAnswer::Time(now))
}
