//! A vault is born: keys, recovery words, device, first local key. One transaction.

use rusqlite::params;
use zeroize::Zeroizing;

use super::{
    keys::{LocalRing, Secrets, Unlocked, split_secrets, wrap_secrets},
    opened::Opened,
    unlock::{wrap_by_device_key, wrap_by_passcode, wrap_by_words},
};
use crate::{
    adapters::{
        random::{Random, make_bytes},
        seal::{Key, passcode::PasscodeCost, words::words_of},
    },
    capabilities::vault::{LocalKey, VaultAnswer, VaultError},
    note::Secret,
};

/// Makes the vault and leaves it unlocked. The answer holds the recovery words, shown once.
pub fn create(
    opened: &mut Opened,
    random: Random<'_>,
    cost: PasscodeCost,
    passcode: Option<&Secret>,
    device_key: Option<&Secret>,
    local_key: &LocalKey,
) -> Result<VaultAnswer, VaultError> {
    if opened.facts.is_some() {
        return Err(VaultError::Exists);
    }
    let account = make_bytes::<16>(random)?;
    let device = make_bytes::<8>(random)?;
    let master = Key::new(make_bytes(random)?);
    let entropy = Key::new(make_bytes(random)?);
    let secrets: Secrets = Zeroizing::new(make_bytes(random)?);
    let (_, letterbox_public, signer) = split_secrets(&*secrets)?;
    let sealed_secrets = wrap_secrets(&master, &account, &secrets, random)?;
    let by_words = wrap_by_words(&master, &account, &entropy, random)?;
    let by_passcode = match passcode {
        Some(passcode) => Some(wrap_by_passcode(&master, &account, passcode, cost, random)?),
        None => None,
    };
    let by_device_key = match device_key {
        Some(key) => Some(wrap_by_device_key(&master, &account, key, random)?),
        None => None,
    };
    let local = LocalRing::new(local_key, account);
    let master_epoch = 1;
    opened.store.write(|db| -> Result<(), VaultError> {
        db.execute(
            "INSERT INTO vault (one, account, master_epoch, local_key_epoch, local_key_check, by_words, by_passcode,
               passcode_salt, by_device_key, secrets, letterbox_public, device, device_public, device_seq, device_hash,
               failed_tries, failed_at)
             VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0, ?13, 0, 0)",
            params![
                account,
                master_epoch,
                local.epoch,
                local.check,
                by_words,
                by_passcode.as_ref().map(|it| &it.wrapped),
                by_passcode.as_ref().map(|it| it.salt),
                by_device_key,
                sealed_secrets,
                letterbox_public,
                device,
                signer.public(),
                [0_u8; 32],
            ],
        )?;
        Ok(())
    })?;
    opened.store.tidy();
    opened.read_facts()?;
    opened.unlocked = Some(Unlocked::new(master, account, master_epoch, &sealed_secrets)?);
    opened.local = Some(local);
    Ok(VaultAnswer::Created {
        words: words_of(&entropy),
    })
}
