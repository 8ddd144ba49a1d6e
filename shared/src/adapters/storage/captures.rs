//! The workbench's sound: captures and their segments. Writing works while locked; only an opened vault can listen.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_bytes::{ByteBuf, Bytes};
use zeroize::{Zeroize, Zeroizing};

use super::{key_rows, records};
use crate::{
    adapters::{
        envelope::Class,
        random::Random,
        vault::{
            keys::{Wrap, make_audio_key},
            opened::{AudioKey, Opened},
        },
    },
    capabilities::{
        storage::{StorageAnswer, StorageError},
        vault::VaultError,
    },
    note::{
        Id, Pcm, SAMPLE_RATE_HZ,
        capture::{Capture, CaptureState},
        time::Millis,
    },
};

/// Kind of a segment's envelope: 16-bit little-endian samples at 16 kHz.
pub const SEGMENT: &str = "segment";

type Answer = Result<StorageAnswer, StorageError>;

/// Writes a capture's row.
pub fn insert(db: &Connection, capture: &Capture) -> rusqlite::Result<()> {
    let sql =
        "INSERT INTO captures (id, state, source, started_at, expires_at, audio_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    db.prepare_cached(sql)?.execute(params![
        capture.id,
        capture.state,
        capture.source,
        capture.started_at,
        capture.expires_at,
        capture.audio_ms
    ])?;
    Ok(())
}

/// A capture's row.
pub fn find(db: &Connection, id: Id) -> rusqlite::Result<Option<Capture>> {
    let sql = "SELECT id, state, source, started_at, expires_at, audio_ms FROM captures WHERE id = ?1";
    db.prepare_cached(sql)?.query_row([id], read).optional()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Capture> {
    Ok(Capture {
        id: row.get(0)?,
        state: row.get(1)?,
        source: row.get(2)?,
        started_at: row.get(3)?,
        expires_at: row.get(4)?,
        audio_ms: row.get(5)?,
    })
}

/// Begins a capture: its row, and an audio key that only an opened vault can take out of the letterbox again.
pub fn begin(opened: &mut Opened, random: Random<'_>, capture: &Capture) -> Answer {
    let facts = opened.facts()?;
    let local = opened.local()?;
    let (letter, key) =
        make_audio_key(&facts.letterbox_public, &facts.account, capture.id, random).map_err(VaultError::from)?;
    let row = opened.store.write(|db| -> Result<i64, StorageError> {
        if find(db, capture.id)?.is_some() {
            return Err(StorageError::AlreadyThere);
        }
        insert(db, capture)?;
        Ok(key_rows::insert(db, local, capture.id, Wrap::Audio, &letter, random)?)
    })?;
    opened.audio.insert(capture.id, AudioKey { row, key });
    Ok(StorageAnswer::Done)
}

/// Seals a segment. A capture resumed by another process, or after a lock, goes on under one more audio key: the first is out
/// of reach then, and must be.
pub fn append(opened: &mut Opened, random: Random<'_>, id: Id, index: u32, pcm: &Pcm) -> Answer {
    let facts = opened.facts()?;
    let local = opened.local()?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(pcm.0.len() * 2));
    pcm.0
        .iter()
        .for_each(|sample| bytes.extend_from_slice(&sample.to_le_bytes()));
    let known = opened.audio.get(&id);
    let made = match known {
        Some(_) => None,
        None => Some(make_audio_key(&facts.letterbox_public, &facts.account, id, random).map_err(VaultError::from)?),
    };
    let Some(key) = known.map(|it| &it.key).or(made.as_ref().map(|(_, key)| key)) else {
        return Err(VaultError::Failed.into());
    };
    let sealed = records::seal_here(
        &facts,
        Class::Workbench,
        key,
        id,
        index,
        SEGMENT,
        Bytes::new(&bytes),
        random,
    )?;
    let audio_ms = pcm.duration_ms();
    let new_row = opened.store.write(|db| -> Result<Option<i64>, StorageError> {
        let capture = find(db, id)?
            .filter(|it| it.state.has_audio())
            .ok_or(StorageError::Missing)?;
        let there = "SELECT 1 FROM segments WHERE capture = ?1 AND number = ?2";
        if db.prepare_cached(there)?.exists(params![id, index])? {
            return Ok(None);
        }
        let row = match (known, &made) {
            (Some(known), _) => known.row,
            (None, Some((letter, _))) => key_rows::insert(db, local, id, Wrap::Audio, letter, random)?,
            (None, None) => return Err(VaultError::Failed.into()),
        };
        let sql = "INSERT INTO segments (capture, number, key, audio_ms, envelope) VALUES (?1, ?2, ?3, ?4, ?5)";
        db.prepare_cached(sql)?
            .execute(params![id, index, row, audio_ms, sealed])?;
        let grow = "UPDATE captures SET audio_ms = ?2 WHERE id = ?1";
        db.prepare_cached(grow)?
            .execute(params![id, capture.audio_ms + audio_ms])?;
        Ok(Some(row))
    })?;
    if let (Some(row), Some((_, key))) = (new_row, made) {
        opened.audio.insert(id, AudioKey { row, key });
    }
    Ok(StorageAnswer::Done)
}

/// Moves a capture to another state.
pub fn set_state(opened: &Opened, id: Id, state: CaptureState, expires_at: Millis) -> Answer {
    opened.facts()?;
    opened.store.write(|db| {
        let sql = "UPDATE captures SET state = ?2, expires_at = ?3 WHERE id = ?1";
        match db.prepare_cached(sql)?.execute(params![id, state, expires_at])? {
            0 => Err(StorageError::Missing),
            _ => Ok(StorageAnswer::Done),
        }
    })
}

/// All captures, oldest first.
pub fn all(opened: &Opened) -> Answer {
    opened.facts()?;
    let sql = "SELECT id, state, source, started_at, expires_at, audio_ms FROM captures ORDER BY started_at, id";
    let mut select = opened.store.db().prepare_cached(sql)?;
    let captures = select.query_map([], read)?.collect::<Result<_, _>>()?;
    Ok(StorageAnswer::Captures(captures))
}

/// Opens the sound of a capture. A damaged segment becomes silence of its length, so that the rest is not lost with it.
pub fn load_audio(opened: &Opened, id: Id) -> Answer {
    opened.unlocked()?;
    opened.local()?;
    let db = opened.store.db();
    let audio_key = "SELECT 1 FROM record_keys WHERE owner = ?1 AND wrap = ?2";
    if !db.prepare_cached(audio_key)?.exists(params![id, Wrap::Audio as u8])? {
        return Err(StorageError::Missing);
    }
    let sql =
        "SELECT s.number, s.audio_ms, s.envelope, k.wrapped FROM segments s JOIN record_keys k ON k.number = s.key
               WHERE s.capture = ?1 ORDER BY s.number";
    let mut select = db.prepare_cached(sql)?;
    let mut rows = select.query([id])?;
    let (mut pcm, mut sound, mut damaged) = (Pcm::default(), 0_u32, 0_u32);
    while let Some(row) = rows.next()? {
        let envelope = row.get_ref(2)?.as_blob().unwrap_or_default();
        let wrapped = row.get_ref(3)?.as_blob().unwrap_or_default();
        if let Ok(samples) = open_segment(opened, id, row.get(0)?, envelope, wrapped) {
            append_samples(&mut pcm, &samples);
            sound += 1;
        } else {
            let silent = row.get::<_, u64>(1)? * u64::from(SAMPLE_RATE_HZ) / 1000;
            let len = pcm.0.len() + usize::try_from(silent).unwrap_or(0);
            grow(&mut pcm, len);
            damaged += 1;
        }
    }
    if sound == 0 && damaged > 0 {
        return Err(VaultError::Damaged.into());
    }
    Ok(StorageAnswer::Audio(pcm))
}

/// Opens one segment to its samples as bytes.
pub fn open_segment(
    opened: &Opened,
    id: Id,
    number: u32,
    envelope: &[u8],
    wrapped: &[u8],
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let key = opened.open_key(id, Wrap::Audio, wrapped)?;
    let envelope = records::expect(opened, envelope, Class::Workbench, id)?;
    if envelope.header.rev != number {
        return Err(VaultError::Damaged);
    }
    Ok(Zeroizing::new(envelope.open::<ByteBuf>(&key, SEGMENT)?.into_vec()))
}

/// Grows without leaving sound behind in freed memory.
fn grow(pcm: &mut Pcm, len: usize) {
    if pcm.0.capacity() < len {
        let mut grown = Vec::with_capacity(len * 2);
        grown.extend_from_slice(&pcm.0);
        pcm.0.zeroize();
        pcm.0 = grown;
    }
    pcm.0.resize(len, 0);
}

fn append_samples(pcm: &mut Pcm, bytes: &[u8]) {
    let at = pcm.0.len();
    grow(pcm, at + bytes.len() / 2);
    for (sample, pair) in pcm.0[at..].iter_mut().zip(bytes.as_chunks().0) {
        *sample = i16::from_le_bytes(*pair);
    }
}
