//! Instants on the wire: milliseconds since 1970 to and from RFC 3339 text. No time zones but
//! offsets, no clock.

const DAY_MS: i64 = 24 * 3600 * 1000;
/// The years 0 to 9999, which four digits can write.
const WRITABLE_MS: std::ops::Range<i64> = -62_167_219_200_000..253_402_300_800_000;

/// The instant in UTC with milliseconds, as in `2026-11-22T09:12:44.120Z`.
///
/// # Source
/// Days to civil date: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
///
/// # Example
/// ```
/// assert_eq!(wire::time::format_utc(0), "1970-01-01T00:00:00.000Z");
/// ```
#[must_use]
pub fn format_utc(epoch_ms: i64) -> String {
    let (year, month, day) = civil_from_days(epoch_ms.div_euclid(DAY_MS));
    let ms = epoch_ms.rem_euclid(DAY_MS);
    let (hour, minute) = (ms / 3_600_000, ms / 60_000 % 60);
    let (second, milli) = (ms / 1000 % 60, ms % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
}

/// The instant an RFC 3339 text names, in milliseconds since 1970; `None` for any other text.
///
/// Fractions finer than a millisecond are cut off. A leap second counts as the second after it.
///
/// ```
/// use wire::time::parse_rfc3339;
/// assert_eq!(parse_rfc3339("1970-01-01T01:00:00.5+01:00"), Some(500));
/// assert_eq!(parse_rfc3339("2026-02-30T00:00:00Z"), None);
/// ```
#[must_use]
pub fn parse_rfc3339(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if !text.is_ascii() || bytes.len() < 20 || bytes.len() > 40 {
        return None;
    }
    let number = |from: usize, to: usize| -> Option<i64> {
        let digits = &bytes[from..to];
        let ok = digits.iter().all(u8::is_ascii_digit);
        ok.then(|| digits.iter().fold(0, |n, b| n * 10 + i64::from(b - b'0')))
    };
    let separators = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')];
    if separators.iter().any(|(at, b)| bytes[*at] != *b) || !matches!(bytes[10], b'T' | b't' | b' ')
    {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let days = days_from_civil(year, month, day);
    if civil_from_days(days) != (year, month, day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let mut rest = 19;
    let mut milli = 0;
    if bytes[rest] == b'.' {
        let n_digits = bytes[rest + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        if n_digits == 0 {
            return None;
        }
        let kept = n_digits.min(3);
        milli = number(rest + 1, rest + 1 + kept)? * [0, 100, 10, 1][kept];
        rest += 1 + n_digits;
    }
    let offset_min = match bytes.get(rest..)? {
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
            let (hours, minutes) = (number(rest + 1, rest + 3)?, number(rest + 4, rest + 6)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            (hours * 60 + minutes) * if *sign == b'+' { 1 } else { -1 }
        }
        _ => return None,
    };
    let seconds = hour * 3600 + minute * 60 + second - offset_min * 60;
    // An offset may lead out of the years that can be written.
    Some(days * DAY_MS + seconds * 1000 + milli).filter(|ms| WRITABLE_MS.contains(ms))
}

/// Year, month and day of a day counted from 1970-01-01.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468; // days since 0000-03-01
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153; // 0 is March
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The day of a civil date, counted from 1970-01-01; a date that does not exist runs over.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted_month = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_instants_are_read_and_written() {
        #[track_caller]
        fn check(text: &str, epoch_ms: i64) {
            assert_eq!(parse_rfc3339(text), Some(epoch_ms));
            assert_eq!(format_utc(epoch_ms), text);
        }
        check("2026-11-22T09:12:44.120Z", 1_795_338_764_120);
        check("2000-02-29T23:59:59.999Z", 951_868_799_999);
        check("1969-12-31T23:59:59.999Z", -1);
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in [
            "",
            "2026-11-22",
            "2026-11-22T09:12:44",
            "2026-13-01T00:00:00Z",
            "2026-11-22T24:00:00Z",
            "2026-11-22T09:12:44.Z",
            "2026-11-22T09:12:44+1:00",
            "2026-11-22T09:12:44Zx",
            "２０２６-11-22T09:12:44Z",
            "yesterday at around noon Z",
            "0000-01-01T00:00:00+00:01",
            "9999-12-31T23:59:60Z",
        ] {
            assert_eq!(parse_rfc3339(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_instant_survives_the_wire(epoch_ms in WRITABLE_MS) {
            proptest::prop_assert_eq!(parse_rfc3339(&format_utc(epoch_ms)), Some(epoch_ms));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,45}") {
            let _ = parse_rfc3339(&text);
        }
    }
}
