//! Sealing for the record and for the workbench: the right header for each, and the device's chain for what may be synced.

use rusqlite::Connection;
use serde::Serialize;

use crate::{
    adapters::{
        envelope::{self, Class, Envelope, Header},
        random::Random,
        seal::{AeadKey, SealError},
        vault::{
            keys::Unlocked,
            opened::{Facts, Opened},
        },
    },
    capabilities::vault::VaultError,
    note::{Id, time::Millis},
};

/// Where a revision stands among the revisions of its record.
#[derive(Clone, Copy, Default)]
pub struct Place {
    /// Its number, from 1.
    pub rev: u32,
    /// Hash of the revision before.
    pub parent_hash: [u8; 32],
    /// Last day, or 0.
    pub exp_day: u32,
}

impl Place {
    /// The first revision.
    #[must_use]
    pub const fn first(exp_day: u32) -> Self {
        Self {
            rev: 1,
            parent_hash: [0; 32],
            exp_day,
        }
    }

    /// The revision after this one.
    #[must_use]
    pub fn after(envelope: &Envelope<'_>, exp_day: u32) -> Self {
        Self {
            rev: envelope.header.rev.saturating_add(1),
            parent_hash: envelope.env_hash(),
            exp_day,
        }
    }
}

/// The day a header names: that of the deletion, none for what is kept or held.
#[must_use]
pub fn exp_day(deletes_at: Option<Millis>, held: bool) -> u32 {
    let at = deletes_at.filter(|_| !held);
    at.map_or(0, |at| u32::try_from(at.day()).unwrap_or(0))
}

fn header(facts: &Facts, class: Class, record: Id, place: Place) -> Header {
    Header {
        class,
        account: facts.account,
        record,
        rev: place.rev,
        parent_hash: place.parent_hash,
        device: facts.device,
        key_epoch: facts.master_epoch,
        exp_day: place.exp_day,
        ..Header::default()
    }
}

/// Seals and signs a revision of a record and moves the device's chain on, inside the caller's transaction.
#[expect(
    clippy::too_many_arguments,
    reason = "each is one fact of the revision; all callers are in this folder"
)]
pub fn seal_record<T: Serialize>(
    db: &Connection,
    facts: &Facts,
    unlocked: &Unlocked,
    key: &AeadKey,
    record: Id,
    place: Place,
    kind: &str,
    fields: &T,
    random: Random<'_>,
) -> Result<Vec<u8>, VaultError> {
    let mut chain = db.prepare_cached("SELECT device_seq, device_hash FROM vault")?;
    let (before, prev_dev_hash): (u32, [u8; 32]) = chain.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let header = Header {
        dseq: before.checked_add(1).ok_or(VaultError::Failed)?,
        prev_dev_hash,
        ..header(facts, Class::Record, record, place)
    };
    let dseq = header.dseq;
    let sealed = envelope::seal(header, key, Some(&unlocked.signer), kind, fields, random)?;
    let mut step = db.prepare_cached("UPDATE vault SET device_seq = ?1, device_hash = ?2")?;
    step.execute((dseq, sealed.env_hash))?;
    Ok(sealed.bytes)
}

/// Seals what never leaves the device.
#[expect(
    clippy::too_many_arguments,
    reason = "each is one fact of the envelope; all callers are in this folder"
)]
pub fn seal_here<T: Serialize + ?Sized>(
    facts: &Facts,
    class: Class,
    key: &AeadKey,
    record: Id,
    rev: u32,
    kind: &str,
    fields: &T,
    random: Random<'_>,
) -> Result<Vec<u8>, VaultError> {
    let place = Place {
        rev,
        ..Place::default()
    };
    let sealed = envelope::seal(header(facts, class, record, place), key, None, kind, fields, random)?;
    Ok(sealed.bytes)
}

/// Takes an envelope apart and checks that it is the one that belongs here: a right envelope in another's place is damage.
pub fn expect<'a>(opened: &Opened, bytes: &'a [u8], class: Class, record: Id) -> Result<Envelope<'a>, VaultError> {
    let envelope = Envelope::parse(bytes)?;
    let header = &envelope.header;
    if header.class == class && header.record == record && header.account == opened.facts()?.account {
        Ok(envelope)
    } else {
        Err(SealError::Refused.into())
    }
}
