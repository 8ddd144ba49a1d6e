//! What opens the vault: passcode, device key, recovery words. Each wraps the same master key under its own domain.

use rusqlite::{OptionalExtension, params};

use super::{
    delay::{delay_ms, wait_until, waiting_since},
    keys::Unlocked,
    opened::Opened,
};
use crate::{
    adapters::{
        random::{Random, make_bytes},
        seal::{
            AeadKey, Key, Purpose, SealError, derive_key,
            passcode::{PasscodeCost, SALT_LEN, derive_passcode_key},
            words::{derive_words_key, entropy_of},
        },
        storage::audit,
    },
    capabilities::{
        storage::AuditEntry,
        vault::{UnlockWith, VaultAnswer, VaultError},
    },
    note::{Secret, time::Millis},
};

/// The master key under a passcode.
pub struct ByPasscode {
    /// The wrapped key.
    pub wrapped: Vec<u8>,
    /// Salt of the passcode.
    pub salt: [u8; SALT_LEN],
}

fn passcode_purpose(account: &[u8; 16], cost: PasscodeCost) -> Purpose {
    Purpose::new("afterword/1/master-by-passcode")
        .and(account)
        .and(&cost.bytes())
}

fn device_purpose(account: &[u8; 16]) -> Purpose {
    Purpose::new("afterword/1/master-by-device-key").and(account)
}

fn words_purpose(account: &[u8; 16]) -> Purpose {
    Purpose::new("afterword/1/master-by-words").and(account)
}

fn device_wrap(account: &[u8; 16], key: &Secret) -> AeadKey {
    AeadKey::new(&derive_key(
        key.expose(),
        account,
        &Purpose::new("afterword/1/kek-device-key"),
    ))
}

/// Wraps the master key by a passcode, under a new salt.
pub fn wrap_by_passcode(
    master: &Key,
    account: &[u8; 16],
    passcode: &Secret,
    cost: PasscodeCost,
    random: Random<'_>,
) -> Result<ByPasscode, SealError> {
    let salt = make_bytes(random)?;
    let wrapping = AeadKey::new(&*derive_passcode_key(passcode.expose(), &salt, cost)?);
    let wrapped = wrapping.wrap(make_bytes(random)?, &passcode_purpose(account, cost), &**master)?;
    Ok(ByPasscode { wrapped, salt })
}

/// Wraps the master key by the device key.
pub fn wrap_by_device_key(
    master: &Key,
    account: &[u8; 16],
    key: &Secret,
    random: Random<'_>,
) -> Result<Vec<u8>, SealError> {
    device_wrap(account, key).wrap(make_bytes(random)?, &device_purpose(account), &**master)
}

/// Wraps the master key by the recovery words' entropy.
pub fn wrap_by_words(
    master: &Key,
    account: &[u8; 16],
    entropy: &Key,
    random: Random<'_>,
) -> Result<Vec<u8>, SealError> {
    AeadKey::new(&derive_words_key(entropy)).wrap(make_bytes(random)?, &words_purpose(account), &**master)
}

/// What the vault row says of opening.
struct Door {
    by_words: Vec<u8>,
    by_passcode: Option<Vec<u8>>,
    salt: Option<[u8; SALT_LEN]>,
    by_device_key: Option<Vec<u8>>,
    secrets: Vec<u8>,
    tries: u32,
    failed_at: Millis,
}

fn read_door(opened: &Opened) -> Result<Door, VaultError> {
    let sql = "SELECT by_words, by_passcode, passcode_salt, by_device_key, secrets, failed_tries, failed_at FROM vault";
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Door {
            by_words: row.get(0)?,
            by_passcode: row.get(1)?,
            salt: row.get(2)?,
            by_device_key: row.get(3)?,
            secrets: row.get(4)?,
            tries: row.get(5)?,
            failed_at: row.get(6)?,
        })
    };
    opened
        .store
        .db()
        .query_row(sql, [], read)
        .optional()?
        .ok_or(VaultError::NotOpen)
}

/// Opens the vault. Only passcodes wait: 24 words and a device key cannot be guessed, and whoever forgot the passcode must
/// not be kept waiting with the words in hand.
pub fn unlock(
    opened: &mut Opened,
    cost: PasscodeCost,
    with: &UnlockWith,
    now: Millis,
) -> Result<VaultAnswer, VaultError> {
    let facts = opened.facts()?;
    let account = &facts.account;
    let door = read_door(opened)?;
    let since = waiting_since(door.failed_at, now);
    let found = match with {
        UnlockWith::Passcode(passcode) => {
            if let Some(wait_until) = wait_until(door.tries, since, now) {
                return wait(opened, &door, since, wait_until);
            }
            let (Some(wrapped), Some(salt)) = (&door.by_passcode, &door.salt) else {
                return refuse(opened, door.tries, now);
            };
            let wrapping = AeadKey::new(&*derive_passcode_key(passcode.expose(), salt, cost)?);
            wrapping.unwrap_key(&passcode_purpose(account, cost), wrapped)
        }
        UnlockWith::DeviceKey(key) => {
            let wrapped = door.by_device_key.as_deref().unwrap_or_default();
            device_wrap(account, key).unwrap_key(&device_purpose(account), wrapped)
        }
        UnlockWith::Words(words) => {
            let entropy = entropy_of(words.expose()).map_err(|_| VaultError::BadWords)?;
            AeadKey::new(&derive_words_key(&entropy)).unwrap_key(&words_purpose(account), &door.by_words)
        }
    };
    let Ok(master) = found else {
        let counted = u32::from(matches!(with, UnlockWith::Passcode(_)));
        return refuse(opened, door.tries.saturating_add(counted), now);
    };
    let unlocked = Unlocked::new(master, facts.account, facts.master_epoch, &door.secrets)?;
    let noted = opened.store.write(|db| -> Result<(), VaultError> {
        db.execute("UPDATE vault SET failed_tries = 0, failed_at = 0", [])?;
        audit::append(db, &entry("unlocked", now, with_what(with)))
    });
    match noted {
        // a full disk must not keep anybody from reading, exporting and deleting what is theirs
        Ok(()) | Err(VaultError::Full) => {}
        Err(error) => return Err(error),
    }
    opened.unlocked = Some(unlocked);
    Ok(VaultAnswer::Unlocked)
}

const fn with_what(with: &UnlockWith) -> &'static str {
    match with {
        UnlockWith::Passcode(_) => "passcode",
        UnlockWith::DeviceKey(_) => "device_key",
        UnlockWith::Words(_) => "words",
    }
}

fn entry(act: &'static str, at: Millis, detail: &str) -> AuditEntry {
    AuditEntry {
        at,
        act,
        id: None,
        detail: detail.to_owned(),
    }
}

/// Too early. A clock set back is remembered, so that the wait runs from there.
fn wait(opened: &Opened, door: &Door, since: Millis, wait_until: Millis) -> Result<VaultAnswer, VaultError> {
    if since != door.failed_at {
        opened.store.write(|db| -> Result<(), VaultError> {
            db.execute("UPDATE vault SET failed_at = ?1", [since])?;
            Ok(())
        })?;
    }
    Err(VaultError::Waiting {
        tries: door.tries,
        wait_until,
    })
}

fn refuse(opened: &Opened, tries: u32, now: Millis) -> Result<VaultAnswer, VaultError> {
    opened.store.write(|db| -> Result<(), VaultError> {
        db.execute(
            "UPDATE vault SET failed_tries = ?1, failed_at = ?2",
            params![tries, now],
        )?;
        audit::append(db, &entry("unlock_refused", now, &tries.to_string()))
    })?;
    Err(VaultError::Refused {
        tries,
        wait_until: now.plus(delay_ms(tries)),
    })
}

/// Sets, changes or removes the passcode.
pub fn set_passcode(
    opened: &Opened,
    random: Random<'_>,
    cost: PasscodeCost,
    passcode: Option<&Secret>,
) -> Result<VaultAnswer, VaultError> {
    let (account, master) = (opened.facts()?.account, &opened.unlocked()?.master);
    let by = match passcode {
        Some(passcode) => Some(wrap_by_passcode(master, &account, passcode, cost, random)?),
        None => None,
    };
    opened.store.write(|db| -> Result<(), VaultError> {
        db.execute(
            "UPDATE vault SET by_passcode = ?1, passcode_salt = ?2",
            params![by.as_ref().map(|it| &it.wrapped), by.as_ref().map(|it| it.salt)],
        )?;
        Ok(())
    })?;
    // The old wrap must not stay readable in the log file.
    opened.store.tidy();
    Ok(VaultAnswer::Done)
}

/// Sets or removes the device key.
pub fn set_device_key(
    opened: &Opened,
    random: Random<'_>,
    device_key: Option<&Secret>,
) -> Result<VaultAnswer, VaultError> {
    let (account, master) = (opened.facts()?.account, &opened.unlocked()?.master);
    let by = match device_key {
        Some(key) => Some(wrap_by_device_key(master, &account, key, random)?),
        None => None,
    };
    opened.store.write(|db| -> Result<(), VaultError> {
        db.execute("UPDATE vault SET by_device_key = ?1", params![by])?;
        Ok(())
    })?;
    opened.store.tidy();
    Ok(VaultAnswer::Done)
}
