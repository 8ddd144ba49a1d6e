//! How long a wrong passcode makes everybody wait. Pure.

use crate::note::time::{HOUR, MINUTE, Millis, SECOND};

/// The wait after this many failed tries in a row: nothing for the first three, then 30 s, 1, 5, 15 and 60 minutes.
#[must_use]
pub const fn delay_ms(tries: u32) -> i64 {
    match tries {
        0..=3 => 0,
        4 => 30 * SECOND,
        5 => MINUTE,
        6 => 5 * MINUTE,
        7 => 15 * MINUTE,
        _ => HOUR,
    }
}

/// When the wait began, seen from now. A clock that was set back begins the wait again, so that setting it back never helps;
/// and a clock that once was far ahead locks nobody out for longer than the wait itself.
#[must_use]
pub fn waiting_since(failed_at: Millis, now: Millis) -> Millis {
    failed_at.min(now)
}

/// The end of the wait, or `None` when it is over.
#[must_use]
pub fn wait_until(tries: u32, failed_at: Millis, now: Millis) -> Option<Millis> {
    let until = failed_at.plus(delay_ms(tries));
    (now < until).then_some(until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_and_stops_growing_at_an_hour() {
        let seconds: Vec<i64> = (0..12).map(|tries| delay_ms(tries) / 1000).collect();
        assert_eq!(seconds, [0, 0, 0, 0, 30, 60, 300, 900, 3600, 3600, 3600, 3600]);
    }

    #[test]
    fn the_wait_ends_exactly_on_time() {
        let failed = Millis(1_000_000);
        assert_eq!(wait_until(4, failed, failed.plus(29_999)), Some(failed.plus(30_000)));
        assert_eq!(wait_until(4, failed, failed.plus(30_000)), None);
        assert_eq!(wait_until(3, failed, failed), None);
    }

    #[test]
    fn setting_the_clock_back_begins_the_wait_again_and_never_shortens_it() {
        let failed = Millis(HOUR);
        let back = Millis(0);
        let since = waiting_since(failed, back);
        assert_eq!(wait_until(8, since, back), Some(Millis(HOUR)));
        assert_eq!(waiting_since(failed, Millis(2 * HOUR)), failed);
    }
}
