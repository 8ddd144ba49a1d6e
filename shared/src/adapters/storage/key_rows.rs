//! Rows of keys: made, found and destroyed apart from what they open.

use rusqlite::{Connection, params};

use crate::{
    adapters::{
        random::{Random, make_bytes},
        seal::{hex, sha256},
        vault::keys::{LocalRing, Wrap},
    },
    capabilities::vault::VaultError,
    note::Id,
};

/// Writes a key row; the answer is its number.
pub fn insert(
    db: &Connection,
    local: &LocalRing,
    owner: Id,
    wrap: Wrap,
    inner: &[u8],
    random: Random<'_>,
) -> Result<i64, VaultError> {
    let wrapped = local.wrap(owner, wrap, inner, make_bytes(random)?)?;
    let mut insert = db.prepare_cached("INSERT INTO record_keys (owner, wrap, wrapped) VALUES (?1, ?2, ?3)")?;
    Ok(insert.insert(params![owner, wrap as u8, wrapped])?)
}

/// The fingerprint that a receipt names: of the inside of the row, which stays the same however often the local key turns.
/// A row whose outer wrap is damaged gets the fingerprint of its bytes, so that it can be deleted all the same.
pub fn fingerprint(local: &LocalRing, owner: Id, wrap: Wrap, wrapped: &[u8]) -> String {
    let hash = match local.unwrap(owner, wrap, wrapped) {
        Ok(inner) => sha256(&[&inner]),
        Err(_) => sha256(&[wrapped]),
    };
    hex(&hash[..8])
}

/// Destroys all rows of an owner under a wrap; the answer is their fingerprints.
pub fn destroy(db: &Connection, local: &LocalRing, owner: Id, wrap: Wrap) -> Result<Vec<String>, VaultError> {
    let mut select =
        db.prepare_cached("SELECT wrapped FROM record_keys WHERE owner = ?1 AND wrap = ?2 ORDER BY number")?;
    let mut rows = select.query(params![owner, wrap as u8])?;
    let mut fingerprints = Vec::new();
    while let Some(row) = rows.next()? {
        fingerprints.push(fingerprint(
            local,
            owner,
            wrap,
            row.get_ref(0)?.as_blob().unwrap_or_default(),
        ));
    }
    let mut delete = db.prepare_cached("DELETE FROM record_keys WHERE owner = ?1 AND wrap = ?2")?;
    delete.execute(params![owner, wrap as u8])?;
    Ok(fingerprints)
}
