//! Ed25519: the device signs what it seals, so that others can tell which device wrote it.

use ring::signature::{self, KeyPair};

use super::{Key, SealError};

/// Length of a signature.
pub const SIGNATURE_LEN: usize = 64;

/// A device's signing key.
pub struct Signer(signature::Ed25519KeyPair);

impl Signer {
    /// From 32 secret bytes.
    ///
    /// # Panics
    /// Never: the length is right.
    #[must_use]
    pub fn new(seed: &Key) -> Self {
        Self(signature::Ed25519KeyPair::from_seed_unchecked(&**seed).expect("an Ed25519 seed has 32 bytes"))
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        let mut public = [0; 32];
        public.copy_from_slice(self.0.public_key().as_ref());
        public
    }

    /// Signs a message that begins with its own domain string.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; SIGNATURE_LEN] {
        let mut bytes = [0; SIGNATURE_LEN];
        bytes.copy_from_slice(self.0.sign(message).as_ref());
        bytes
    }
}

/// Checks a signature.
///
/// # Errors
/// [`SealError::Refused`] when it is not by the holder of the key, or not over this message.
pub fn check_signature(public: &[u8; 32], message: &[u8], signed: &[u8]) -> Result<(), SealError> {
    signature::UnparsedPublicKey::new(&signature::ED25519, public)
        .verify(message, signed)
        .map_err(|_| SealError::Refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_one_key_and_one_message() {
        let (mine, other) = (Signer::new(&Key::new([1; 32])), Signer::new(&Key::new([2; 32])));
        let signed = mine.sign(b"message");
        assert!(check_signature(&mine.public(), b"message", &signed).is_ok());
        assert!(check_signature(&other.public(), b"message", &signed).is_err());
        assert!(check_signature(&mine.public(), b"massage", &signed).is_err());
    }
}
