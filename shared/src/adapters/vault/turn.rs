//! Turning the local key: every remaining key row is wrapped under the new one, in the same transaction as what made it
//! necessary. Works while locked. The core then deletes the old key from the key store, and with it dies every older copy.

use rusqlite::{Connection, params};

use super::{
    keys::{LocalRing, Wrap},
    opened::Opened,
};
use crate::{
    adapters::{random::Random, seal::NONCE_LEN},
    capabilities::vault::{LocalKey, VaultAnswer, VaultError},
    note::Id,
};

/// The ring of the next local key. Its number must be higher than the present one.
pub fn next_ring(opened: &Opened, turn: &LocalKey) -> Result<LocalRing, VaultError> {
    if turn.epoch <= opened.local()?.epoch {
        return Err(VaultError::Failed);
    }
    Ok(LocalRing::new(turn, opened.facts()?.account))
}

/// Wraps all key rows under the next local key, inside the caller's transaction.
///
/// A row whose outer wrap does not open was damaged before; it stays as it is, and `Verify` reports it.
pub fn rewrap_all(db: &Connection, old: &LocalRing, next: &LocalRing, random: Random<'_>) -> Result<(), VaultError> {
    let mut rows: Vec<(i64, Id, Wrap, Vec<u8>)> = Vec::new();
    let mut select = db.prepare_cached("SELECT number, owner, wrap, wrapped FROM record_keys ORDER BY number")?;
    let mut found = select.query([])?;
    while let Some(row) = found.next()? {
        if let Some(wrap) = Wrap::parse(row.get(2)?) {
            rows.push((row.get(0)?, row.get(1)?, wrap, row.get(3)?));
        }
    }
    let mut nonces = vec![0; rows.len() * NONCE_LEN];
    random.fill(&mut nonces)?;
    let mut update = db.prepare_cached("UPDATE record_keys SET wrapped = ?2 WHERE number = ?1")?;
    for ((number, owner, wrap, wrapped), nonce) in rows.iter().zip(nonces.as_chunks().0) {
        if let Ok(inner) = old.unwrap(*owner, *wrap, wrapped) {
            update.execute(params![number, next.wrap(*owner, *wrap, &inner, *nonce)?])?;
        }
    }
    let mut vault = db.prepare_cached("UPDATE vault SET local_key_epoch = ?1, local_key_check = ?2")?;
    vault.execute(params![next.epoch, next.check])?;
    Ok(())
}

/// Turns the key with nothing else to do.
pub fn turn(opened: &mut Opened, random: Random<'_>, local_key: &LocalKey) -> Result<VaultAnswer, VaultError> {
    let next = next_ring(opened, local_key)?;
    let old = opened.local()?;
    opened.store.write(|db| rewrap_all(db, old, &next, random))?;
    opened.local = Some(next);
    opened.store.tidy();
    Ok(VaultAnswer::Done)
}
