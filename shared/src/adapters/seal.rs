//! The few cryptographic acts everything else is made of: AES-256-GCM, HKDF-SHA256, SHA-256. All of it is ring's.
//!
//! Keys that wrap never seal data. Every use of a key names its purpose in the additional data ([`Purpose`]).

pub mod letterbox;
pub mod passcode;
pub mod sign;
pub mod words;

use ring::{aead, digest, hkdf};
use zeroize::{Zeroize, Zeroizing};

/// 32 bytes of key, wiped when dropped.
pub type Key = Zeroizing<[u8; 32]>;

/// Length of a nonce.
pub const NONCE_LEN: usize = 12;
/// Length of an authentication tag.
pub const TAG_LEN: usize = 16;
/// Length of a wrapped 32-byte key: nonce, key, tag.
pub const WRAPPED_LEN: usize = NONCE_LEN + 32 + TAG_LEN;

/// Why something was not sealed or opened. Says nothing about content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The system gave no random bytes.
    #[error("no random bytes")]
    Random,
    /// The key, the place or a single bit is wrong.
    #[error("it does not open")]
    Refused,
    /// Written by a newer version; the bytes are kept.
    #[error("written by a newer version")]
    Unknown,
    /// Not what was expected here.
    #[error("not in the expected form")]
    Malformed,
}

/// Domain string and place of one use of a key; becomes the additional data.
pub struct Purpose {
    bytes: [u8; 128],
    len: usize,
}

impl Purpose {
    /// Starts with the domain string, ended by a zero byte so that no domain is another's prefix.
    #[must_use]
    pub fn new(domain: &str) -> Self {
        let purpose = Self {
            bytes: [0; 128],
            len: 0,
        };
        purpose.and(domain.as_bytes()).and(&[0])
    }

    /// Adds a part of fixed length. All parts of all purposes together stay below 128 bytes; more is cut off.
    #[must_use]
    pub fn and(mut self, part: &[u8]) -> Self {
        debug_assert!(self.len + part.len() <= self.bytes.len(), "purpose too long");
        for (to, from) in self.bytes[self.len..].iter_mut().zip(part) {
            *to = *from;
        }
        self.len = (self.len + part.len()).min(self.bytes.len());
        self
    }

    /// The additional data.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// An AES-256-GCM key, expanded. ring does not wipe its expanded form when dropped (see `docs/THREAT_MODEL.md`).
pub struct AeadKey(aead::LessSafeKey);

impl AeadKey {
    /// Expands the key.
    ///
    /// # Panics
    /// Never: the length is right.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        let key = aead::UnboundKey::new(&aead::AES_256_GCM, key).expect("an AES-256 key has 32 bytes");
        Self(aead::LessSafeKey::new(key))
    }

    /// Encrypts in place and appends the tag.
    ///
    /// # Errors
    /// [`SealError::Malformed`] when the text is longer than the cipher allows (64 GiB).
    pub fn seal(&self, nonce: [u8; NONCE_LEN], associated: &[u8], text: &mut Vec<u8>) -> Result<(), SealError> {
        let nonce = aead::Nonce::assume_unique_for_key(nonce);
        self.0
            .seal_in_place_append_tag(nonce, aead::Aad::from(associated), text)
            .map_err(|_| SealError::Malformed)
    }

    /// Decrypts in place; the answer is the text without its tag.
    ///
    /// # Errors
    /// [`SealError::Refused`] when key, nonce, associated data or a single bit is wrong.
    pub fn open<'a>(
        &self,
        nonce: [u8; NONCE_LEN],
        associated: &[u8],
        sealed: &'a mut [u8],
    ) -> Result<&'a mut [u8], SealError> {
        let nonce = aead::Nonce::assume_unique_for_key(nonce);
        self.0
            .open_in_place(nonce, aead::Aad::from(associated), sealed)
            .map_err(|_| SealError::Refused)
    }

    /// Wraps a secret: nonce, encrypted secret, tag.
    ///
    /// # Errors
    /// See [`AeadKey::seal`].
    pub fn wrap(&self, nonce: [u8; NONCE_LEN], purpose: &Purpose, secret: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut wrapped = Vec::with_capacity(NONCE_LEN + secret.len() + TAG_LEN);
        wrapped.extend_from_slice(&nonce);
        wrapped.extend_from_slice(secret);
        let tag = self
            .0
            .seal_in_place_separate_tag(
                aead::Nonce::assume_unique_for_key(nonce),
                aead::Aad::from(purpose.bytes()),
                &mut wrapped[NONCE_LEN..],
            )
            .map_err(|_| SealError::Malformed)?;
        wrapped.extend_from_slice(tag.as_ref());
        Ok(wrapped)
    }

    /// Opens what [`AeadKey::wrap`] made.
    ///
    /// # Errors
    /// [`SealError::Refused`] when anything is wrong.
    pub fn unwrap(&self, purpose: &Purpose, wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (nonce, sealed) = wrapped.split_first_chunk().ok_or(SealError::Refused)?;
        let mut secret = Zeroizing::new(sealed.to_vec());
        let len = self.open(*nonce, purpose.bytes(), &mut secret)?.len();
        secret.truncate(len);
        Ok(secret)
    }

    /// Opens a wrapped 32-byte key without touching the heap.
    ///
    /// # Errors
    /// [`SealError::Refused`] when anything is wrong.
    pub fn unwrap_key(&self, purpose: &Purpose, wrapped: &[u8]) -> Result<Key, SealError> {
        let wrapped: &[u8; WRAPPED_LEN] = wrapped.try_into().map_err(|_| SealError::Refused)?;
        let (nonce, sealed) = wrapped.split_first_chunk().ok_or(SealError::Refused)?;
        let mut secret = Zeroizing::new([0; 32 + TAG_LEN]);
        secret.copy_from_slice(sealed);
        let opened = self.open(*nonce, purpose.bytes(), &mut *secret)?;
        let mut key = Key::default();
        key.copy_from_slice(opened);
        Ok(key)
    }
}

/// SHA-256 over the parts, one after the other. Parts must be of fixed length or carry their length.
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(part);
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    hash
}

/// HKDF-SHA256: a key for one purpose from a secret.
///
/// # Panics
/// Never: the length is one HKDF gives.
#[must_use]
pub fn derive_key(secret: &[u8], salt: &[u8], purpose: &Purpose) -> Key {
    let mut key = Key::default();
    hkdf::Salt::new(hkdf::HKDF_SHA256, salt)
        .extract(secret)
        .expand(&[purpose.bytes()], hkdf::HKDF_SHA256)
        .and_then(|okm| okm.fill(&mut *key))
        .expect("32 bytes are less than HKDF's 255 blocks");
    key
}

/// Lower-case hex digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

/// A growing buffer that wipes what it leaves behind when it moves.
#[derive(Default)]
pub struct WipingBuffer(Zeroizing<Vec<u8>>);

impl WipingBuffer {
    /// An empty buffer with room.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self(Zeroizing::new(Vec::with_capacity(capacity)))
    }

    /// Appends bytes.
    pub fn extend(&mut self, bytes: &[u8]) {
        if self.0.capacity() - self.0.len() < bytes.len() {
            let mut grown = Vec::with_capacity((self.0.len() + bytes.len()) * 2);
            grown.extend_from_slice(&self.0);
            self.0.zeroize();
            self.0 = Zeroizing::new(grown);
        }
        self.0.extend_from_slice(bytes);
    }

    /// The bytes.
    #[must_use]
    pub fn into_inner(self) -> Zeroizing<Vec<u8>> {
        self.0
    }

    /// How many bytes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::io::Write for WipingBuffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_key_opens_only_for_its_purpose_and_unflipped() {
        let wrapping = AeadKey::new(&[1; 32]);
        let here = || Purpose::new("test/a").and(&[7]);
        let wrapped = wrapping.wrap([2; 12], &here(), &[9; 32]).unwrap();
        assert_eq!(*wrapping.unwrap_key(&here(), &wrapped).unwrap(), [9; 32]);
        assert_eq!(*wrapping.unwrap(&here(), &wrapped).unwrap(), vec![9; 32]);
        let elsewhere = Purpose::new("test/a").and(&[8]);
        assert_eq!(
            wrapping.unwrap_key(&elsewhere, &wrapped).unwrap_err(),
            SealError::Refused
        );
        for bit in 0..wrapped.len() * 8 {
            let mut flipped = wrapped.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(wrapping.unwrap_key(&here(), &flipped).is_err());
        }
        assert!(wrapping.unwrap(&here(), &wrapped[..20]).is_err());
    }

    #[test]
    fn hkdf_agrees_with_rfc_5869() {
        // Test case 3 of the RFC: no salt, no info. Our purpose is never empty, so the raw call is checked.
        let mut okm = [0; 32];
        hkdf::Salt::new(hkdf::HKDF_SHA256, &[])
            .extract(&[0x0b; 22])
            .expand(&[], hkdf::HKDF_SHA256)
            .unwrap()
            .fill(&mut okm)
            .unwrap();
        assert_eq!(
            hex(&okm),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
        );
        assert_ne!(
            *derive_key(&[1; 32], &[], &Purpose::new("a")),
            *derive_key(&[1; 32], &[], &Purpose::new("b"))
        );
    }

    #[test]
    fn a_wiping_buffer_keeps_what_it_was_given() {
        let mut buffer = WipingBuffer::with_capacity(1);
        (0..100u8).for_each(|byte| buffer.extend(&[byte]));
        assert_eq!(*buffer.into_inner(), (0..100).collect::<Vec<u8>>());
    }
}
