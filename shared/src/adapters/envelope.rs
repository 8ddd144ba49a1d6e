//! Envelope v1: everything sealed is in one of these, so that sync later moves the same bytes. Layout in `docs/PROTOCOL.md`.
//!
//! `header (160, the associated data) | wrapped data key (60) | body | signature (64, records only)`. The data key seals
//! once. The key commitment is checked before anything is decrypted. What is unknown is refused and the bytes are kept.

pub mod body;
pub mod header;
#[cfg(test)]
mod vectors;

use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

pub use header::{Class, HEADER_LEN, Header};

use super::{
    random::{Random, make_bytes},
    seal::{
        AeadKey, Key, NONCE_LEN, Purpose, SealError, TAG_LEN, WRAPPED_LEN, sha256,
        sign::{SIGNATURE_LEN, Signer, check_signature},
    },
};

/// What a data key seals is sealed once, so its nonce may be fixed.
const SINGLE_USE_NONCE: [u8; NONCE_LEN] = [0; NONCE_LEN];

/// A sealed envelope and its hash.
pub struct Sealed {
    /// The whole envelope.
    pub bytes: Vec<u8>,
    /// SHA-256 that names this revision.
    pub env_hash: [u8; 32],
}

/// An envelope taken apart; nothing in it is believed yet except its form.
pub struct Envelope<'a> {
    /// Its header.
    pub header: Header,
    header_bytes: &'a [u8; HEADER_LEN],
    wrapped_key: &'a [u8],
    body: &'a [u8],
    signature: &'a [u8],
}

/// Binds header and data key: nobody can make one envelope that opens to two texts under two keys. The data key is uniformly
/// random, so its hash tells nothing about it.
fn commit(key: &Key, record: &[u8; 16], rev: u32) -> [u8; 32] {
    sha256(&[b"afterword/1/key-commit\0", &**key, record, &rev.to_be_bytes()])
}

fn data_key_purpose(header: &Header) -> Purpose {
    Purpose::new("afterword/1/data-key")
        .and(&[header.class as u8])
        .and(&header.account)
        .and(header.record.bytes())
        .and(&header.rev.to_be_bytes())
}

fn hash(header: &[u8], body: &[u8], wrapped_key: &[u8]) -> [u8; 32] {
    sha256(&[b"afterword/1/env-hash\0", header, &sha256(&[body]), wrapped_key])
}

fn signed_message(env_hash: &[u8; 32]) -> Vec<u8> {
    [b"afterword/1/env-signature\0".as_slice(), env_hash].concat()
}

/// Seals `fields` under a new data key, wrapped by the record key. `header.body_len` and `header.key_commit` are filled in
/// here. Records are signed; the workbench and local rows never leave the device and may be made while it is locked.
///
/// # Errors
/// [`SealError::Random`] without random bytes, [`SealError::Malformed`] when a record comes without a signer or the fields
/// cannot be written as CBOR.
pub fn seal<T: Serialize + ?Sized>(
    mut header: Header,
    record_key: &AeadKey,
    signer: Option<&Signer>,
    kind: &str,
    fields: &T,
    random: Random<'_>,
) -> Result<Sealed, SealError> {
    let mut body = body::encode(kind, fields)?;
    let data_key = Key::new(make_bytes(random)?);
    header.body_len = u32::try_from(body.len() + TAG_LEN).map_err(|_| SealError::Malformed)?;
    header.key_commit = commit(&data_key, header.record.bytes(), header.rev);
    let header_bytes = header.to_bytes();
    let wrapped_key = record_key.wrap(make_bytes(random)?, &data_key_purpose(&header), &*data_key)?;
    // Encrypted in place in a buffer that is already large enough: no plaintext is left behind by a move.
    AeadKey::new(&data_key).seal(SINGLE_USE_NONCE, &header_bytes, &mut body)?;
    let env_hash = hash(&header_bytes, &body, &wrapped_key);
    let mut bytes = Vec::with_capacity(HEADER_LEN + WRAPPED_LEN + body.len() + SIGNATURE_LEN);
    bytes.extend_from_slice(&header_bytes);
    bytes.extend_from_slice(&wrapped_key);
    bytes.extend_from_slice(&body);
    if header.class == Class::Record {
        let signer = signer.ok_or(SealError::Malformed)?;
        bytes.extend_from_slice(&signer.sign(&signed_message(&env_hash)));
    }
    Ok(Sealed { bytes, env_hash })
}

impl<'a> Envelope<'a> {
    /// Takes an envelope apart.
    ///
    /// # Errors
    /// [`SealError::Unknown`] for a version, suite, class or flag of the future, [`SealError::Malformed`] when lengths do not fit.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, SealError> {
        let (header_bytes, rest) = bytes.split_first_chunk::<HEADER_LEN>().ok_or(SealError::Malformed)?;
        let header = Header::parse(header_bytes)?;
        let signature_len = if header.class == Class::Record {
            SIGNATURE_LEN
        } else {
            0
        };
        let body_len = usize::try_from(header.body_len).map_err(|_| SealError::Malformed)?;
        let wanted = body_len.checked_add(WRAPPED_LEN + signature_len);
        if wanted != Some(rest.len()) || body_len < TAG_LEN {
            return Err(SealError::Malformed);
        }
        let (wrapped_key, rest) = rest.split_at(WRAPPED_LEN);
        let (body, signature) = rest.split_at(body_len);
        Ok(Self {
            header,
            header_bytes,
            wrapped_key,
            body,
            signature,
        })
    }

    /// The hash that names this revision.
    #[must_use]
    pub fn env_hash(&self) -> [u8; 32] {
        hash(self.header_bytes, self.body, self.wrapped_key)
    }

    /// Checks the device's signature of a record. Done by `Verify` and for whatever comes from elsewhere; a local read relies
    /// on the AEAD alone, whose keys never leave this device.
    ///
    /// # Errors
    /// [`SealError::Refused`] when it is not the device's.
    pub fn check_signature(&self, device_public: &[u8; 32]) -> Result<(), SealError> {
        check_signature(device_public, &signed_message(&self.env_hash()), self.signature)
    }

    /// Decrypts the body: commitment first, then the cipher.
    fn decrypt(&self, record_key: &AeadKey) -> Result<(Zeroizing<Vec<u8>>, usize), SealError> {
        let data_key = record_key.unwrap_key(&data_key_purpose(&self.header), self.wrapped_key)?;
        let commitment = commit(&data_key, self.header.record.bytes(), self.header.rev);
        if !bool::from(subtle::ConstantTimeEq::ct_eq(
            &commitment[..],
            &self.header.key_commit[..],
        )) {
            return Err(SealError::Refused);
        }
        let mut body = Zeroizing::new(self.body.to_vec());
        let len = AeadKey::new(&data_key)
            .open(SINGLE_USE_NONCE, self.header_bytes, &mut body)?
            .len();
        Ok((body, len))
    }

    /// Opens the body and reads fields of the kind expected here.
    ///
    /// # Errors
    /// [`SealError::Refused`] when anything was changed, [`SealError::Unknown`] for a newer schema, [`SealError::Malformed`]
    /// when it is of another kind.
    pub fn open<T: DeserializeOwned>(&self, record_key: &AeadKey, kind: &str) -> Result<T, SealError> {
        let (body, len) = self.decrypt(record_key)?;
        body::decode(&body[..len], kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{adapters::random::SeededSource, note::Id};

    fn sealed(class: Class) -> Vec<u8> {
        let header = Header {
            class,
            record: Id::from_bytes([3; 16]),
            rev: 1,
            ..Header::default()
        };
        let signer = Signer::new(&Key::new([4; 32]));
        let key = AeadKey::new(&[5; 32]);
        seal(
            header,
            &key,
            Some(&signer),
            "test",
            "marigold",
            &mut SeededSource::new(1),
        )
        .unwrap()
        .bytes
    }

    fn open(bytes: &[u8]) -> Result<String, SealError> {
        let envelope = Envelope::parse(bytes)?;
        if envelope.header.class == Class::Record {
            envelope.check_signature(&Signer::new(&Key::new([4; 32])).public())?;
        }
        envelope.open(&AeadKey::new(&[5; 32]), "test")
    }

    #[test]
    fn any_flipped_bit_and_any_cut_is_refused() {
        for class in [Class::Record, Class::Workbench, Class::Local] {
            let bytes = sealed(class);
            assert_eq!(open(&bytes).unwrap(), "marigold");
            for bit in 0..bytes.len() * 8 {
                let mut flipped = bytes.clone();
                flipped[bit / 8] ^= 1 << (bit % 8);
                assert!(open(&flipped).is_err(), "bit {bit}");
            }
            (0..bytes.len()).for_each(|len| assert!(open(&bytes[..len]).is_err()));
        }
    }

    #[test]
    fn the_signature_need_not_be_read_for_the_cipher_to_refuse_a_flipped_bit() {
        let bytes = sealed(Class::Record);
        for bit in 0..(bytes.len() - SIGNATURE_LEN) * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let opened = Envelope::parse(&flipped).and_then(|it| it.open::<String>(&AeadKey::new(&[5; 32]), "test"));
            assert!(opened.is_err(), "bit {bit}");
        }
    }

    #[test]
    fn another_key_another_kind_and_a_record_without_a_signer_are_refused() {
        let bytes = sealed(Class::Local);
        let envelope = Envelope::parse(&bytes).unwrap();
        let another = envelope.open::<String>(&AeadKey::new(&[6; 32]), "test");
        assert_eq!(another.unwrap_err(), SealError::Refused);
        let kind = envelope.open::<String>(&AeadKey::new(&[5; 32]), "note");
        assert_eq!(kind.unwrap_err(), SealError::Malformed);
        let unsigned = seal(
            Header::default(),
            &AeadKey::new(&[5; 32]),
            None,
            "test",
            "",
            &mut SeededSource::new(1),
        );
        assert_eq!(unsigned.err(), Some(SealError::Malformed));
    }

    #[test]
    fn a_future_version_suite_class_or_flag_is_unknown_not_damaged() {
        for at in 0..4 {
            let mut bytes = sealed(Class::Record);
            bytes[at] = 77;
            assert_eq!(Envelope::parse(&bytes).err(), Some(SealError::Unknown));
        }
    }
}
