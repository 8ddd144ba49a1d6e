//! What time it is. Rules never ask: they are handed the answer.

use crux_core::capability::Operation;

use crate::note::time::Millis;

/// Asks for the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NowOperation;

impl Operation for NowOperation {
    type Output = Millis;
}
