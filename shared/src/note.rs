//! The nouns: what is recorded, drafted, reviewed, saved and deleted.
//!
//! Everything here is plain data. No noun that carries a person's words prints them: `Debug` shows lengths and kinds only.

pub mod capture;
pub mod draft;
pub mod hash;
pub mod preferences;
pub mod record;
pub mod time;

use std::fmt;

use facet::Facet;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A random 128-bit name of a capture or a record. Shown as 32 lower-case hex digits.
#[derive(Facet, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Id {
    bytes: [u8; 16],
}

impl Id {
    /// An id from sixteen random bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self { bytes }
    }

    /// The sixteen bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 16] {
        &self.bytes
    }

    /// Another id that belongs to this one: the note that a capture becomes (1), its process note (2). Applying it twice leads back.
    #[must_use]
    pub const fn sibling(&self, number: u8) -> Self {
        let mut bytes = self.bytes;
        bytes[15] ^= number;
        Self { bytes }
    }

    /// Reads 32 hex digits; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 32 || !text.is_ascii() {
            return None;
        }
        let mut bytes = [0; 16];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).ok()?;
        }
        Some(Self { bytes })
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Bytes that must never be printed and are wiped when dropped: a passcode, a key, recovery words.
#[derive(Clone, PartialEq, Eq, Default, Zeroize, ZeroizeOnDrop)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// Takes the bytes over.
    #[must_use]
    pub const fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes, for the one call that needs them.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.as_bytes().to_vec())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A person's words. `Debug` shows only how many characters there are.
#[derive(Facet, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
#[facet(transparent)]
pub struct Words(pub String);

impl Words {
    /// The words themselves.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({} characters)", self.0.chars().count())
    }
}

impl Drop for Words {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Mono 16 kHz samples of a summary being spoken. Wiped when dropped; `Debug` shows the length only.
#[derive(Clone, PartialEq, Eq, Default, Zeroize, ZeroizeOnDrop)]
pub struct Pcm(pub Vec<i16>);

/// Samples a second in every [`Pcm`].
pub const SAMPLE_RATE_HZ: u32 = 16_000;

impl Pcm {
    /// Length in milliseconds.
    #[must_use]
    pub fn duration_ms(&self) -> u64 {
        self.0.len() as u64 * 1000 / u64::from(SAMPLE_RATE_HZ)
    }
}

impl fmt::Debug for Pcm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pcm({} ms)", self.duration_ms())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_from_its_digits() {
        let id = Id::from_bytes([7; 16]);
        assert_eq!(Id::parse(&id.to_string()), Some(id));
        assert_eq!(Id::parse("07"), None);
        assert_eq!(Id::parse(&"é".repeat(16)), None);
    }

    #[test]
    fn words_and_secrets_never_print_themselves() {
        let shown = format!(
            "{:?} {:?} {:?}",
            Words::from("marigold"),
            Secret::from("marigold"),
            Pcm(vec![1; 16])
        );
        assert!(!shown.contains("marigold"));
    }
}
