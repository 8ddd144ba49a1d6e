//! The tree of keys: the master key and what is derived from it, and the local key that wraps every key row once more.

use std::fmt;

use zeroize::Zeroizing;

use crate::{
    adapters::{
        random::{Random, make_bytes},
        seal::{
            AeadKey, Key, Purpose, SealError, derive_key,
            letterbox::{derive_letterbox, drop_in, take_out},
            sign::Signer,
        },
    },
    capabilities::vault::LocalKey,
    note::Id,
};

/// What wraps a key row on the inside. The number is what the database holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Wrap {
    /// Notes, addenda, settings.
    Record = 1,
    /// Process notes: a key of their own (45 CFR 164.501).
    Process = 2,
    /// Transcript and review of a capture.
    Text = 3,
    /// Sound of a capture, dropped into the letterbox.
    Audio = 4,
}

impl Wrap {
    /// Reads the database's number.
    #[must_use]
    pub fn parse(number: u8) -> Option<Self> {
        [Self::Record, Self::Process, Self::Text, Self::Audio]
            .into_iter()
            .find(|wrap| *wrap as u8 == number)
    }

    const fn domain(self) -> &'static str {
        match self {
            Self::Record => "afterword/1/record-wrap",
            Self::Process => "afterword/1/process-wrap",
            Self::Text => "afterword/1/text-wrap",
            Self::Audio => "afterword/1/audio-letter",
        }
    }
}

/// The local key of an epoch. Present locked or not; it comes from the device's key store.
pub struct LocalRing {
    /// Its number.
    pub epoch: u32,
    account: [u8; 16],
    key: AeadKey,
    /// What the database holds to tell it from a wrong one; derived apart from the wrapping key.
    pub check: [u8; 32],
}

impl LocalRing {
    /// From what the key store holds. Any length is taken; the shells store 32 bytes.
    #[must_use]
    pub fn new(local: &LocalKey, account: [u8; 16]) -> Self {
        let derive = |domain| {
            let purpose = Purpose::new(domain).and(&account).and(&local.epoch.to_be_bytes());
            derive_key(local.key.expose(), &[], &purpose)
        };
        Self {
            epoch: local.epoch,
            account,
            key: AeadKey::new(&derive("afterword/1/local-wrap")),
            check: *derive("afterword/1/local-check"),
        }
    }

    fn purpose(&self, owner: Id, wrap: Wrap) -> Purpose {
        Purpose::new("afterword/1/key-by-local")
            .and(&self.account)
            .and(owner.bytes())
            .and(&[wrap as u8])
            .and(&self.epoch.to_be_bytes())
    }

    /// Wraps a key row on the outside.
    pub fn wrap(&self, owner: Id, wrap: Wrap, inner: &[u8], nonce: [u8; 12]) -> Result<Vec<u8>, SealError> {
        self.key.wrap(nonce, &self.purpose(owner, wrap), inner)
    }

    /// Takes the outer wrap off.
    pub fn unwrap(&self, owner: Id, wrap: Wrap, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        self.key.unwrap(&self.purpose(owner, wrap), wrapped)
    }
}

/// What an opened vault holds in memory.
pub struct Unlocked {
    /// The master key; wraps nothing itself, is only derived from.
    pub master: Key,
    account: [u8; 16],
    master_epoch: u32,
    record: AeadKey,
    process: AeadKey,
    text: AeadKey,
    letterbox: Key,
    /// The device's signing key.
    pub signer: Signer,
    /// Name of the settings record: the same on every device, unknown to a server.
    pub settings_id: Id,
}

/// Two secrets of 32 bytes that are made with the vault and kept wrapped in it: letterbox and signing.
pub type Secrets = Zeroizing<[u8; 64]>;

fn secrets_purpose(account: &[u8; 16]) -> Purpose {
    Purpose::new("afterword/1/vault-secrets").and(account)
}

fn secrets_wrap(master: &Key, account: &[u8; 16]) -> AeadKey {
    AeadKey::new(&derive_key(
        &**master,
        account,
        &Purpose::new("afterword/1/vault-secrets-wrap"),
    ))
}

/// Wraps the vault's own secrets.
pub fn wrap_secrets(
    master: &Key,
    account: &[u8; 16],
    secrets: &Secrets,
    random: Random<'_>,
) -> Result<Vec<u8>, SealError> {
    secrets_wrap(master, account).wrap(make_bytes(random)?, &secrets_purpose(account), &**secrets)
}

/// The letterbox pair and the signer of the secrets.
pub fn split_secrets(secrets: &[u8]) -> Result<(Key, [u8; 32], Signer), SealError> {
    let (letterbox, signing) = secrets.split_at_checked(32).ok_or(SealError::Malformed)?;
    let key =
        |bytes: &[u8]| -> Result<Key, SealError> { Ok(Key::new(bytes.try_into().map_err(|_| SealError::Malformed)?)) };
    let (private, public) = derive_letterbox(&key(letterbox)?);
    Ok((private, public, Signer::new(&key(signing)?)))
}

impl Unlocked {
    /// Derives everything from the master key and opens the vault's secrets.
    pub fn new(master: Key, account: [u8; 16], master_epoch: u32, secrets: &[u8]) -> Result<Self, SealError> {
        let secrets = secrets_wrap(&master, &account).unwrap(&secrets_purpose(&account), secrets)?;
        let (letterbox, _, signer) = split_secrets(&secrets)?;
        let wrap = |wrap: Wrap| AeadKey::new(&derive_key(&*master, &account, &Purpose::new(wrap.domain())));
        let settings = derive_key(&*master, &account, &Purpose::new("afterword/1/settings-id"));
        let mut settings_id = [0; 16];
        settings_id.copy_from_slice(&settings[..16]);
        Ok(Self {
            record: wrap(Wrap::Record),
            process: wrap(Wrap::Process),
            text: wrap(Wrap::Text),
            account,
            master_epoch,
            letterbox,
            signer,
            settings_id: Id::from_bytes(settings_id),
            master,
        })
    }

    fn parent(&self, wrap: Wrap) -> Result<&AeadKey, SealError> {
        match wrap {
            Wrap::Record => Ok(&self.record),
            Wrap::Process => Ok(&self.process),
            Wrap::Text => Ok(&self.text),
            Wrap::Audio => Err(SealError::Malformed),
        }
    }

    fn purpose(&self, owner: Id, wrap: Wrap) -> Purpose {
        Purpose::new("afterword/1/key-by-master")
            .and(&self.account)
            .and(owner.bytes())
            .and(&[wrap as u8])
            .and(&self.master_epoch.to_be_bytes())
    }

    /// A new key row's inside and the key itself.
    pub fn make_key(&self, owner: Id, wrap: Wrap, random: Random<'_>) -> Result<(Vec<u8>, AeadKey), SealError> {
        let key = Key::new(make_bytes(random)?);
        let inner = self
            .parent(wrap)?
            .wrap(make_bytes(random)?, &self.purpose(owner, wrap), &*key)?;
        Ok((inner, AeadKey::new(&key)))
    }

    /// Opens the inside of a key row.
    pub fn open_key(&self, owner: Id, wrap: Wrap, inner: &[u8]) -> Result<AeadKey, SealError> {
        let key = match wrap {
            Wrap::Audio => take_out(&self.letterbox, &letter_purpose(&self.account, owner), inner)?,
            _ => self.parent(wrap)?.unwrap_key(&self.purpose(owner, wrap), inner)?,
        };
        Ok(AeadKey::new(&key))
    }
}

fn letter_purpose(account: &[u8; 16], owner: Id) -> Purpose {
    Purpose::new(Wrap::Audio.domain()).and(account).and(owner.bytes())
}

/// A new audio key while locked: the letter for the key row, and the key itself.
pub fn make_audio_key(
    public: &[u8; 32],
    account: &[u8; 16],
    owner: Id,
    random: Random<'_>,
) -> Result<(Vec<u8>, AeadKey), SealError> {
    let key = Key::new(make_bytes(random)?);
    let letter = drop_in(public, &letter_purpose(account, owner), &key, random)?;
    Ok((letter, AeadKey::new(&key)))
}

impl fmt::Debug for LocalRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LocalRing({})", self.epoch)
    }
}

impl fmt::Debug for Unlocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unlocked(…)")
    }
}
