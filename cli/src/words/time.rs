//! Times, lengths and sizes as people say them.

use chrono::{DateTime, FixedOffset, Local, Offset as _, Utc};
use shared::note::time::{DAY, HOUR, MINUTE, Millis, SECOND};

/// How long until something: `in 3 h`, `in 6 days`.
#[must_use]
pub fn in_time(ms: i64) -> String {
    match ms {
        ..SECOND => "now".to_owned(),
        SECOND..MINUTE => format!("in {} s", ms / SECOND),
        MINUTE..HOUR => format!("in {} min", ms / MINUTE),
        HOUR..DAY => match (ms / HOUR, ms % HOUR / MINUTE) {
            (hours, minutes) if hours < 6 && minutes > 0 => format!("in {hours} h {minutes} min"),
            (hours, _) => format!("in {hours} h"),
        },
        _ => match (ms / DAY, ms % DAY / HOUR) {
            (1, hours) if hours > 0 => format!("in 1 day {hours} h"),
            (1, _) => "in 1 day".to_owned(),
            (days, hours) if days < 7 && hours > 0 => format!("in {days} days {hours} h"),
            (days, _) => format!("in {days} days"),
        },
    }
}

/// A length of sound or a timer: `0:42`.
#[must_use]
pub fn clock(ms: u64) -> String {
    format!("{}:{:02}", ms / 60_000, ms / 1000 % 60)
}

/// A length: `48 s`, `2 min 5 s`.
#[must_use]
pub fn length(ms: u64) -> String {
    match (ms / 60_000, ms / 1000 % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// Where the person is; in tests always Greenwich, so that snapshots read the same everywhere.
fn local(at: Millis) -> DateTime<FixedOffset> {
    let utc = DateTime::from_timestamp_millis(at.0).unwrap_or(DateTime::UNIX_EPOCH);
    let offset = if cfg!(test) {
        Utc.fix()
    } else {
        utc.with_timezone(&Local).offset().fix()
    };
    utc.with_timezone(&offset)
}

/// A day and a time where the person is: `24 Nov 2026, 14:05`.
#[must_use]
pub fn moment(at: Millis) -> String {
    local(at).format("%-d %b %Y, %H:%M").to_string()
}

/// A day of these days and a time where the person is: `24 Nov, 14:05`.
#[must_use]
pub fn this_week(at: Millis) -> String {
    local(at).format("%-d %b, %H:%M").to_string()
}

/// A day where the person is: `24 Nov 2026`.
#[must_use]
pub fn day(at: Millis) -> String {
    local(at).format("%-d %b %Y").to_string()
}

/// A size: `43.6 MB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_countdown_is_said_in_the_unit_that_matters() {
        let said: Vec<String> = [
            0,
            42 * SECOND,
            3 * MINUTE,
            5 * HOUR + 3 * MINUTE,
            23 * HOUR,
            DAY,
            6 * DAY + 23 * HOUR,
            30 * DAY,
        ]
        .map(in_time)
        .to_vec();
        assert_eq!(
            said,
            [
                "now",
                "in 42 s",
                "in 3 min",
                "in 5 h 3 min",
                "in 23 h",
                "in 1 day",
                "in 6 days 23 h",
                "in 30 days"
            ]
        );
    }
}
