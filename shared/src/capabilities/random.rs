//! Random bytes for names and keys.

use crux_core::capability::Operation;

use crate::note::Secret;

/// Asks for `count` random bytes from the operating system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RandomOperation {
    /// How many, at most 64.
    pub count: usize,
}

impl Operation for RandomOperation {
    type Output = Secret;
}
