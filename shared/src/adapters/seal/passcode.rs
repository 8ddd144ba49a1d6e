//! From a passcode to a key: Argon2id. The cost is compiled in, so that nobody can ask for less.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use zeroize::Zeroize;

use super::{Key, Purpose, SealError, derive_key};

/// Length of the salt stored beside a wrapped key.
pub const SALT_LEN: usize = 16;

/// What a try at a passcode costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasscodeCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl PasscodeCost {
    /// 64 MiB, three passes, one lane (RFC 9106, second recommended option, with one lane for phones).
    pub const PRODUCTION: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
    };

    /// As little as Argon2 allows; for tests that do not test the cost.
    pub const TESTS: Self = Self {
        memory_kib: 8,
        passes: 1,
    };

    /// The cost as part of a purpose: a vault made at one cost does not open at another.
    #[must_use]
    pub fn bytes(&self) -> [u8; 8] {
        (u64::from(self.memory_kib) << 32 | u64::from(self.passes)).to_be_bytes()
    }
}

/// The key-encryption key of a passcode.
///
/// # Errors
/// [`SealError::Malformed`] for a passcode longer than Argon2 takes (4 GiB).
pub fn derive_passcode_key(passcode: &[u8], salt: &[u8; SALT_LEN], cost: PasscodeCost) -> Result<Key, SealError> {
    let params = Params::new(cost.memory_kib, cost.passes, 1, Some(32)).map_err(|_| SealError::Malformed)?;
    let mut memory = vec![Block::default(); params.block_count()];
    let mut stretched = Key::default();
    let done = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
        passcode,
        salt,
        &mut *stretched,
        &mut memory,
    );
    memory.iter_mut().for_each(Zeroize::zeroize);
    done.map_err(|_| SealError::Malformed)?;
    Ok(derive_key(&*stretched, salt, &Purpose::new("afterword/1/kek-passcode")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn salt_cost_and_passcode_all_matter() {
        let key = |passcode: &[u8], salt, cost| derive_passcode_key(passcode, &[salt; 16], cost).unwrap();
        let other = PasscodeCost {
            passes: 2,
            ..PasscodeCost::TESTS
        };
        let first = key(b"1234", 1, PasscodeCost::TESTS);
        assert_eq!(*first, *key(b"1234", 1, PasscodeCost::TESTS));
        assert_ne!(*first, *key(b"1235", 1, PasscodeCost::TESTS));
        assert_ne!(*first, *key(b"1234", 2, PasscodeCost::TESTS));
        assert_ne!(*first, *key(b"1234", 1, other));
    }

    #[test]
    fn production_costs_64_mebibytes_and_three_passes() {
        let cost = PasscodeCost::PRODUCTION;
        assert_eq!((cost.memory_kib, cost.passes), (65_536, 3));
    }
}
