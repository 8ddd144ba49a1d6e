//! Where random bytes come from: the operating system, or a seed in tests. Keys, nonces and names all pass through here.

use ring::rand::SecureRandom;

use super::seal::SealError;
use crate::{
    capabilities::random::RandomOperation,
    note::{Id, Secret},
};

/// A source of random bytes.
pub trait RandomSource: Send {
    /// Fills the buffer.
    ///
    /// # Errors
    /// [`SealError::Random`] when the system gives none; nothing may be sealed then.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), SealError>;
}

/// A borrowed source.
pub type Random<'a> = &'a mut dyn RandomSource;

/// An array of random bytes.
///
/// # Errors
/// See [`RandomSource::fill`].
pub fn make_bytes<const N: usize>(random: Random<'_>) -> Result<[u8; N], SealError> {
    let mut bytes = [0; N];
    random.fill(&mut bytes)?;
    Ok(bytes)
}

/// A random name.
///
/// # Errors
/// See [`RandomSource::fill`].
pub fn make_id(random: Random<'_>) -> Result<Id, SealError> {
    make_bytes(random).map(Id::from_bytes)
}

/// The operating system's source.
pub struct SystemSource(ring::rand::SystemRandom);

impl Default for SystemSource {
    fn default() -> Self {
        Self(ring::rand::SystemRandom::new())
    }
}

impl RandomSource for SystemSource {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), SealError> {
        self.0.fill(bytes).map_err(|_| SealError::Random)
    }
}

/// Repeatable bytes for tests and vectors: SHA-256 over a seed and a counter. Never a source of real keys.
pub struct SeededSource {
    seed: u64,
    block: u64,
}

impl SeededSource {
    /// A source that gives the same bytes for the same seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { seed, block: 0 }
    }
}

impl RandomSource for SeededSource {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), SealError> {
        for chunk in bytes.chunks_mut(32) {
            let block = super::seal::sha256(&[&self.seed.to_be_bytes(), &self.block.to_be_bytes()]);
            chunk.copy_from_slice(&block[..chunk.len()]);
            self.block += 1;
        }
        Ok(())
    }
}

/// Answers the capability; at most 64 bytes, as it promises.
///
/// # Errors
/// See [`RandomSource::fill`].
pub fn answer(operation: RandomOperation, random: Random<'_>) -> Result<Secret, SealError> {
    let mut bytes = vec![0; operation.count.min(64)];
    random.fill(&mut bytes)?;
    Ok(Secret::new(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_and_the_system_does_not() {
        let seeded = |seed| make_bytes::<48>(&mut SeededSource::new(seed)).unwrap();
        assert_eq!(seeded(1), seeded(1));
        assert_ne!(seeded(1), seeded(2));
        let mut system = SystemSource::default();
        assert_ne!(make_id(&mut system).unwrap(), make_id(&mut system).unwrap());
    }

    #[test]
    fn no_more_than_64_bytes_are_given() {
        let mut source = SeededSource::new(1);
        let given = answer(RandomOperation { count: 4096 }, &mut source).unwrap();
        assert_eq!(given.expose().len(), 64);
    }
}
