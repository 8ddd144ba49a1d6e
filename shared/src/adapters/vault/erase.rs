//! Erasing a vault: every table in one transaction, keys among them, before any file is removed. A crash between the two
//! leaves an empty database, which is a new folder's.

use crate::{adapters::storage::store::Store, capabilities::vault::VaultError};

/// Drops every table and forgets the version, so that the next opening begins from nothing.
pub fn destroy_tables(store: &Store) -> Result<(), VaultError> {
    // Tables go in any order; cannot be switched off inside a transaction.
    store.db().pragma_update(None, "foreign_keys", false)?;
    let dropped = store.write(|db| -> Result<(), VaultError> {
        let mut select =
            db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")?;
        let tables: Vec<String> = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        drop(select);
        for table in tables {
            db.execute_batch(&format!("DROP TABLE \"{table}\""))?;
        }
        db.pragma_update(None, "user_version", 0)?;
        Ok(())
    });
    store.db().pragma_update(None, "foreign_keys", true)?;
    dropped?;
    store.tidy();
    Ok(())
}
