//! The letterbox: a locked vault can drop a key in, only an opened vault can take it out. HPKE base mode (RFC 9180),
//! DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. `hpke` does it because ring keeps no X25519 private key.

use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable,
    aead::AesGcm256,
    kdf::HkdfSha256,
    kem::X25519HkdfSha256,
    rand_core::{CryptoRng, RngCore},
    single_shot_open, single_shot_seal,
};
use zeroize::Zeroizing;

use super::{Key, Purpose, SealError};
use crate::adapters::random::Random;

/// Length of a 32-byte key in the letterbox: encapsulated key, key, tag.
pub const LETTER_LEN: usize = 32 + 32 + 16;

const INFO: &[u8] = b"afterword/1/letterbox";

type Suite = X25519HkdfSha256;

/// Hands our random source to `hpke`, which knows no failing source: a failure is kept and asked for afterwards.
struct HpkeRandom<'a> {
    source: Random<'a>,
    failed: bool,
}

impl RngCore for HpkeRandom<'_> {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        self.fill_bytes(&mut bytes);
        u32::from_be_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.fill_bytes(&mut bytes);
        u64::from_be_bytes(bytes)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.failed |= self.source.fill(bytes).is_err();
    }
}

impl CryptoRng for HpkeRandom<'_> {}

/// The key pair for 32 secret bytes: private, public.
#[must_use]
pub fn derive_letterbox(secret: &Key) -> (Key, [u8; 32]) {
    let (private, public) = Suite::derive_keypair(&**secret);
    let mut key = Key::default();
    key.copy_from_slice(&Zeroizing::new(<[u8; 32]>::from(private.to_bytes()))[..]);
    (key, public.to_bytes().into())
}

/// Drops a key in.
///
/// # Errors
/// [`SealError::Random`] without random bytes, [`SealError::Malformed`] when the public key is none.
pub fn drop_in(public: &[u8; 32], purpose: &Purpose, key: &Key, random: Random<'_>) -> Result<Vec<u8>, SealError> {
    let public = <Suite as Kem>::PublicKey::from_bytes(public).map_err(|_| SealError::Malformed)?;
    let mut random = HpkeRandom {
        source: random,
        failed: false,
    };
    let (encapsulated, sealed) = single_shot_seal::<AesGcm256, HkdfSha256, Suite, _>(
        &OpModeS::Base,
        &public,
        INFO,
        &**key,
        purpose.bytes(),
        &mut random,
    )
    .map_err(|_| SealError::Malformed)?;
    if random.failed {
        return Err(SealError::Random);
    }
    let mut letter = encapsulated.to_bytes().to_vec();
    letter.extend_from_slice(&sealed);
    Ok(letter)
}

/// Takes a key out.
///
/// # Errors
/// [`SealError::Refused`] when anything is wrong.
pub fn take_out(private: &Key, purpose: &Purpose, letter: &[u8]) -> Result<Key, SealError> {
    if letter.len() != LETTER_LEN {
        return Err(SealError::Refused);
    }
    let (encapsulated, sealed) = letter.split_at(32);
    let private = <Suite as Kem>::PrivateKey::from_bytes(&**private).map_err(|_| SealError::Refused)?;
    let encapsulated = <Suite as Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| SealError::Refused)?;
    let opened = single_shot_open::<AesGcm256, HkdfSha256, Suite>(
        &OpModeR::Base,
        &private,
        &encapsulated,
        INFO,
        sealed,
        purpose.bytes(),
    )
    .map_err(|_| SealError::Refused)?;
    let opened = Zeroizing::new(opened);
    let mut key = Key::default();
    key.copy_from_slice(&opened);
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::random::{RandomSource, SeededSource};

    struct NoRandom;

    impl RandomSource for NoRandom {
        fn fill(&mut self, _: &mut [u8]) -> Result<(), SealError> {
            Err(SealError::Random)
        }
    }

    #[test]
    fn only_the_private_half_takes_a_key_out_and_any_flipped_bit_is_refused() {
        let (private, public) = derive_letterbox(&Key::new([1; 32]));
        let (other, _) = derive_letterbox(&Key::new([2; 32]));
        let here = || Purpose::new("test/letter");
        let key = Key::new([9; 32]);
        let letter = drop_in(&public, &here(), &key, &mut SeededSource::new(1)).unwrap();
        assert_eq!(letter.len(), LETTER_LEN);
        assert_eq!(*take_out(&private, &here(), &letter).unwrap(), *key);
        assert!(take_out(&other, &here(), &letter).is_err());
        assert!(take_out(&private, &Purpose::new("test/other"), &letter).is_err());
        for bit in 0..letter.len() * 8 {
            let mut flipped = letter.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(take_out(&private, &here(), &flipped).is_err());
        }
    }

    #[test]
    fn without_random_bytes_nothing_is_dropped_in() {
        let (_, public) = derive_letterbox(&Key::new([1; 32]));
        let failed = drop_in(&public, &Purpose::new("test"), &Key::default(), &mut NoRandom);
        assert_eq!(failed.unwrap_err(), SealError::Random);
    }
}
