//! The audit log: append-only, each line's hash covers the line before it, never content.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{
    adapters::seal::{hex, sha256},
    capabilities::storage::AuditEntry,
    note::{Id, record::AuditLine, time::Millis},
};

/// The hash of a line: SHA-256 over a domain string, the hash before it (zeros for the first), number and time (8 bytes each,
/// big-endian), act, id and detail, each of these three behind its length (4 bytes, big-endian; an absent id is empty).
// Frozen: `the_chain_is_the_one_of_the_first_day`.
#[must_use]
pub fn line_hash(before: &[u8; 32], number: u64, at: Millis, act: &str, id: Option<Id>, detail: &str) -> [u8; 32] {
    let len = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes();
    let id = id.map(|id| *id.bytes());
    let id = id.as_ref().map_or(&[][..], |id| &id[..]);
    sha256(&[
        b"afterword/1/audit-line\0",
        before,
        &number.to_be_bytes(),
        &at.0.to_be_bytes(),
        &len(act.as_bytes()),
        act.as_bytes(),
        &len(id),
        id,
        &len(detail.as_bytes()),
        detail.as_bytes(),
    ])
}

/// Appends a line, inside the transaction of what it logs.
///
/// # Errors
/// When the database fails.
pub fn append<E: From<rusqlite::Error>>(db: &Connection, entry: &AuditEntry) -> Result<(), E> {
    let mut latest = db.prepare_cached("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")?;
    let latest = latest.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let (number, before): (u64, [u8; 32]) = latest.unwrap_or_default();
    let number = number + 1;
    let hash = line_hash(&before, number, entry.at, entry.act, entry.id, &entry.detail);
    let sql = "INSERT INTO audit (number, at, act, id, detail, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    db.prepare_cached(sql)?
        .execute(params![number, entry.at, entry.act, entry.id, entry.detail, hash])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<AuditLine> {
    Ok(AuditLine {
        number: row.get(0)?,
        at: row.get(1)?,
        act: row.get(2)?,
        id: row.get(3)?,
        detail: row.get(4)?,
        hash: hex(&row.get::<_, [u8; 32]>(5)?),
    })
}

/// The whole log, oldest first.
///
/// # Errors
/// When the database fails.
pub fn all(db: &Connection) -> rusqlite::Result<Vec<AuditLine>> {
    let mut select = db.prepare_cached("SELECT number, at, act, id, detail, hash FROM audit ORDER BY number")?;
    select.query_map([], read)?.collect()
}

/// How many lines from the first on are unbroken.
#[must_use]
pub fn unbroken(lines: &[AuditLine]) -> usize {
    let mut before = [0; 32];
    let sound = |(at, line): &(usize, &AuditLine)| {
        let hash = line_hash(&before, line.number, line.at, &line.act, line.id, &line.detail);
        before = hash;
        line.number == *at as u64 + 1 && line.hash == hex(&hash)
    };
    lines.iter().enumerate().take_while(sound).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_is_the_one_of_the_first_day() {
        let hash = line_hash(
            &[0; 32],
            1,
            Millis(5),
            "approved",
            Some(Id::from_bytes([7; 16])),
            "soap",
        );
        assert_eq!(
            hex(&hash),
            "0e903556ac06dcd61efb9b588c306223d5e3f708750b05e2d84da9094f460bac"
        );
    }

    #[test]
    fn lengths_keep_neighbouring_words_apart() {
        let hash = |act, detail| line_hash(&[0; 32], 1, Millis(0), act, None, detail);
        assert_ne!(hash("ab", "c"), hash("a", "bc"));
    }
}
