//! How a time reads in a document: a plain date, the minute, and the offset it is shown in.

use chrono::{DateTime, Datelike, FixedOffset, Timelike};

use crate::note::time::{MINUTE, Millis};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A time that every format here can hold: years 1 to 9999, in the offset asked for (UTC if that is out of range).
pub(super) fn local(at: Millis, offset_minutes: i16) -> DateTime<FixedOffset> {
    const FIRST: i64 = -62_135_596_800_000 + 86_400_000;
    const LAST: i64 = 253_402_300_799_999 - 86_400_000;
    let utc = FixedOffset::east_opt(0).expect("zero is within a day");
    let offset = FixedOffset::east_opt(i32::from(offset_minutes) * 60).unwrap_or(utc);
    DateTime::from_timestamp_millis(at.0.clamp(FIRST, LAST))
        .unwrap_or(DateTime::UNIX_EPOCH)
        .with_timezone(&offset)
}

/// `23 November 2026, 09:30 UTC`, or `… 10:30 UTC+01:00`.
pub(super) fn minute(at: Millis, offset_minutes: i16) -> String {
    let time = local(at, offset_minutes);
    format!(
        "{}, {:02}:{:02} {}",
        day(at, offset_minutes),
        time.hour(),
        time.minute(),
        zone(&time)
    )
}

/// `23 November 2026`.
pub(super) fn day(at: Millis, offset_minutes: i16) -> String {
    let time = local(at, offset_minutes);
    format!("{} {} {}", time.day(), MONTHS[time.month0() as usize], time.year())
}

/// `2026-11-23T09:30:00Z`, or with the offset.
pub(super) fn instant(at: Millis, offset_minutes: i16) -> String {
    local(at, offset_minutes).to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

fn zone(time: &DateTime<FixedOffset>) -> String {
    let minutes = i64::from(time.offset().local_minus_utc()) * 1000 / MINUTE;
    if minutes == 0 {
        return "UTC".to_owned();
    }
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("UTC{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_reads_in_the_offset_it_is_shown_in() {
        let at = Millis(1_795_426_200_000);
        assert_eq!(minute(at, 0), "23 November 2026, 09:30 UTC");
        assert_eq!(minute(at, -300), "23 November 2026, 04:30 UTC-05:00");
        assert_eq!(minute(at, 345), "23 November 2026, 15:15 UTC+05:45");
        assert_eq!(instant(at, 0), "2026-11-23T09:30:00.000Z");
    }

    #[test]
    fn times_beyond_the_calendar_stay_within_four_digit_years() {
        for at in [Millis(i64::MIN), Millis(i64::MAX)] {
            for offset in [i16::MIN, -900, 0, 900, i16::MAX] {
                assert_eq!(instant(at, offset).split('T').next().map(str::len), Some(10));
                assert!(!minute(at, offset).is_empty());
            }
        }
    }
}
