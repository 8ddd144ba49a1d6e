//! The system's clock, read only here.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::{capabilities::clock::NowOperation, note::time::Millis};

/// The time now; 1970 when the system's clock stands before it.
#[must_use]
pub fn now(_: NowOperation) -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_stands_after_the_day_this_was_written() {
        assert!(now(NowOperation).rfc3339().as_str() > "2025-01-01");
    }
}
