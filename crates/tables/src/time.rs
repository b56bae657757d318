//! Times as exports write them, and the periods they fall into.
//!
//! Only calendar arithmetic in the proleptic Gregorian calendar; there is no clock and no list of
//! time zones here. Years lie in 1 to 9999.

pub use crate::period::{Period, PeriodUnit};

/// The order in which a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateOrder {
    /// `2026-01-31`, `2026/1/31`, `2026年1月31日`, `20260131`: ISO 8601 and East Asia.
    YearFirst,
    /// `1/31/2026`: the United States.
    MonthFirst,
    /// `31/1/2026`, `31.1.2026`: most of the rest.
    DayFirst,
}

impl DateOrder {
    /// Every order, the unmistakable one first.
    pub const ALL: [Self; 3] = [Self::YearFirst, Self::MonthFirst, Self::DayFirst];

    /// The name used in options and JSON: `ymd`, `mdy` or `dmy`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::YearFirst => "ymd",
            Self::MonthFirst => "mdy",
            Self::DayFirst => "dmy",
        }
    }

    /// The order of that [`name`](Self::name); `None` for any other text.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }
}

/// In whose day a time falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// The day as it is written, whatever zone stands behind it.
    AsWritten,
    /// The day at a fixed distance from UTC, where a time says its own zone. A time without a
    /// zone is taken to be in this one already.
    Offset {
        /// Minutes east of UTC.
        minutes: i16,
    },
}

impl Zone {
    /// The day in UTC.
    pub const UTC: Self = Self::Offset { minutes: 0 };
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Date {
    pub(crate) year: i32,
    /// 1 to 12.
    pub(crate) month: i32,
    /// 1 to 31.
    pub(crate) day: i32,
}

/// Days since 1970-01-01. Counts from March, so that the leap day is the last of its year.
pub(crate) const fn day_of_date(date: Date) -> i32 {
    let year = if date.month <= 2 { date.year - 1 } else { date.year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((date.month + 9) % 12) + 2) / 5 + date.day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`day_of_date`].
pub(crate) const fn date_of_day(day: i32) -> Date {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let day_of_era = day.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    Date { year, month, day: day_of_year - (153 * month_from_march + 2) / 5 + 1 }
}

const fn days_in_month(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day, since 1970-01-01, in which a time falls; `None` when `cell` is not a time.
///
/// `cell` has no spaces around it. A date may stand alone. Behind it, after `T` or spaces, may
/// stand hours and minutes, seconds, a fraction, AM or PM, and `Z`, `UTC`, `GMT` or an offset.
///
/// ```
/// use tables::time::{DateOrder, Zone, day_of_text};
/// let day = |text: &str, zone| day_of_text(text.as_bytes(), DateOrder::YearFirst, zone);
/// assert_eq!(day("1970-01-02", Zone::UTC), Some(1));
/// assert_eq!(day("1970-01-02T00:30:00+01:00", Zone::UTC), Some(0));
/// assert_eq!(day("1970-01-02T00:30:00+01:00", Zone::AsWritten), Some(1));
/// assert_eq!(day("1970-02-30", Zone::UTC), None);
/// ```
#[must_use]
#[inline]
pub fn day_of_text(cell: &[u8], order: DateOrder, zone: Zone) -> Option<i32> {
    let Written { day, minute, offset, .. } = Written::read(cell, order)?;
    match (zone, offset) {
        (Zone::Offset { minutes }, Some(offset)) => {
            Some(day + (minute - offset + i32::from(minutes)).div_euclid(MINUTES_A_DAY))
        }
        // 24:00 is the beginning of the next day.
        _ => Some(day + minute / MINUTES_A_DAY),
    }
}

/// A time as a clock on a wall said it, and how far that clock was from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WallTime {
    /// Seconds since 1970-01-01T00:00:00 on that clock.
    pub second: i64,
    /// Minutes east of UTC; `None` when the text says nothing about it.
    pub offset_minutes: Option<i32>,
}

impl WallTime {
    /// The time that `cell` says; `None` when it is not a time. A date alone is its midnight, and
    /// parts of a second are dropped. See [`day_of_text`] for what is read.
    ///
    /// ```
    /// use tables::time::{DateOrder, WallTime};
    /// let read = |text: &str| WallTime::of_text(text.as_bytes(), DateOrder::YearFirst);
    /// let time = read("1970-01-01T01:00:07.5+01:00").unwrap();
    /// assert_eq!((time.second, time.offset_minutes, time.utc_second()), (3607, Some(60), 7));
    /// assert_eq!(read("1970-01-02").unwrap().second, 86_400);
    /// assert_eq!(read("yesterday"), None);
    /// ```
    #[must_use]
    pub fn of_text(cell: &[u8], order: DateOrder) -> Option<Self> {
        let Written { day, minute, second, offset } = Written::read(cell, order)?;
        let minutes = i64::from(day) * i64::from(MINUTES_A_DAY) + i64::from(minute);
        Some(Self { second: minutes * 60 + i64::from(second), offset_minutes: offset })
    }

    /// Seconds since the beginning of 1970 in UTC; a time that says no zone is taken as UTC.
    #[must_use]
    pub fn utc_second(self) -> i64 {
        self.second - i64::from(self.offset_minutes.unwrap_or(0)) * 60
    }
}

/// A time as it is written.
struct Written {
    /// Since 1970-01-01.
    day: i32,
    /// Since midnight, 0 to 1440.
    minute: i32,
    /// 0 to 60.
    second: i32,
    /// Minutes east of UTC; `None` when the text says nothing about it.
    offset: Option<i32>,
}

impl Written {
    #[inline]
    fn read(cell: &[u8], order: DateOrder) -> Option<Self> {
        let mut text = Text(cell);
        let (date, is_basic) = date(&mut text, order)?;
        let day = day_of_date(date);
        if text.0.is_empty() {
            return Some(Self { day, minute: 0, second: 0, offset: None });
        }
        let (minute, second) = time_of_day(&mut text, is_basic)?;
        let offset = offset_minutes(&mut text)?;
        text.0.is_empty().then_some(Self { day, minute, second, offset })
    }
}

const MINUTES_A_DAY: i32 = 24 * 60;

/// What is left to read.
struct Text<'a>(&'a [u8]);

impl Text<'_> {
    /// Takes between `n_min` and `n_max` digits.
    #[inline]
    fn digits(&mut self, n_min: usize, n_max: usize) -> Option<i32> {
        let n = self.0.iter().take(n_max).take_while(|byte| byte.is_ascii_digit()).count();
        if n < n_min {
            return None;
        }
        let (digits, rest) = self.0.split_at(n);
        self.0 = rest;
        Some(digits.iter().fold(0, |value, digit| value * 10 + i32::from(digit - b'0')))
    }

    /// Takes one of the bytes `any`.
    #[inline]
    fn one_of(&mut self, any: &[u8]) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        any.contains(&first).then(|| {
            self.0 = rest;
            first
        })
    }

    /// Takes `word`, whether in capitals or not.
    fn word(&mut self, word: &str) -> bool {
        let fits = self
            .0
            .get(..word.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(word.as_bytes()));
        if fits {
            self.0 = &self.0[word.len()..];
        }
        fits
    }

    fn spaces(&mut self) {
        self.0 = self.0.trim_ascii_start();
    }
}

/// A date, and whether it was written without separators.
#[inline]
fn date(text: &mut Text<'_>, order: DateOrder) -> Option<(Date, bool)> {
    const SEPARATORS: &[u8] = b"-/.";
    let mut is_basic = false;
    let (year, month, day) = match order {
        DateOrder::YearFirst => {
            let year = text.digits(4, 4)?;
            if let Some(separator) = text.one_of(SEPARATORS) {
                let month = text.digits(1, 2)?;
                text.one_of(&[separator])?;
                (year, month, text.digits(1, 2)?)
            } else if text.word("年") {
                let month = text.digits(1, 2)?;
                let day = text.word("月").then(|| text.digits(1, 2))??;
                text.word("日").then_some((year, month, day))?
            } else {
                is_basic = true;
                (year, text.digits(2, 2)?, text.digits(2, 2)?)
            }
        }
        DateOrder::MonthFirst | DateOrder::DayFirst => {
            let first = text.digits(1, 2)?;
            let separator = text.one_of(SEPARATORS)?;
            let second = text.digits(1, 2)?;
            text.one_of(&[separator])?;
            let year = text.digits(4, 4)?;
            if order == DateOrder::MonthFirst {
                (year, first, second)
            } else {
                (year, second, first)
            }
        }
    };
    let is_date =
        year >= 1 && (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
    is_date.then_some((Date { year, month, day }, is_basic))
}

/// Minutes since midnight, 0 to 1440, and seconds, 0 to 60. Parts of a second are dropped.
#[inline]
fn time_of_day(text: &mut Text<'_>, is_basic: bool) -> Option<(i32, i32)> {
    text.one_of(b"Tt, ")?;
    text.spaces();
    let hour = text.digits(if is_basic { 2 } else { 1 }, 2)?;
    let has_colons = text.one_of(b":").is_some();
    if !has_colons && !is_basic {
        return None;
    }
    let minute = text.digits(2, 2)?;
    let has_seconds = if has_colons {
        text.one_of(b":").is_some()
    } else {
        text.0.first().is_some_and(u8::is_ascii_digit)
    };
    let second = if has_seconds { text.digits(2, 2)? } else { 0 };
    if has_seconds && text.one_of(b".,").is_some() {
        text.digits(1, 9)?;
    }
    let hour = half_day(text, hour)?;
    let is_time =
        (hour < 24 && minute < 60 && second <= 60) || (hour == 24 && minute == 0 && second == 0);
    is_time.then_some((hour * 60 + minute, second))
}

/// The hour of a clock with 12 hours, when AM or PM follows.
fn half_day(text: &mut Text<'_>, hour: i32) -> Option<i32> {
    text.spaces();
    let afternoon = match text.0.first() {
        Some(b'a' | b'A') => text.word("am").then_some(0)?,
        Some(b'p' | b'P') => text.word("pm").then_some(12)?,
        _ => return Some(hour),
    };
    (1..=12).contains(&hour).then_some(hour % 12 + afternoon)
}

/// Minutes east of UTC; the inner `None` when the text says nothing about it.
#[inline]
fn offset_minutes(text: &mut Text<'_>) -> Option<Option<i32>> {
    text.spaces();
    if text.0.is_empty() {
        return Some(None);
    }
    if text.word("Z") {
        return Some(Some(0));
    }
    if (text.word("UTC") || text.word("GMT")) && text.0.is_empty() {
        return Some(Some(0));
    }
    let sign = if text.one_of(b"+-")? == b'-' { -1 } else { 1 };
    let hours = text.digits(2, 2)?;
    let minutes = match text.one_of(b":") {
        Some(_) => text.digits(2, 2)?,
        None if text.0.is_empty() => 0,
        None => text.digits(2, 2)?,
    };
    (hours < 24 && minutes < 60).then_some(Some(sign * (hours * 60 + minutes)))
}

#[cfg(test)]
mod tests {
    use jiff::civil;
    use proptest::prelude::*;

    use super::*;

    /// The day of the calendar and its number, by another library.
    fn number(date: civil::Date) -> i32 {
        (date - civil::date(1970, 1, 1)).get_days()
    }

    fn date() -> impl Strategy<Value = civil::Date> {
        (0..3_652_059)
            .prop_map(|day| civil::date(1, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap())
    }

    #[track_caller]
    fn check(text: &str, order: DateOrder, expected: Option<(i16, i8, i8)>) {
        let expected = expected.map(|(year, month, day)| number(civil::date(year, month, day)));
        assert_eq!(day_of_text(text.as_bytes(), order, Zone::UTC), expected, "{text}");
    }

    #[test]
    fn times_are_read_as_exports_write_them() {
        for text in [
            "2026-01-31",
            "2026-1-31",
            "2026/1/31",
            "2026.01.31",
            "20260131",
            "20260131T093000Z",
            "2026年1月31日",
            "2026年01月31日 09:30",
            "2026-01-31 9:30",
            "2026-01-31T09:30",
            "2026-01-31T09:30:15.123456789Z",
            "2026-01-31 09:30:15,5 UTC",
            "2026-01-31T09:30:60Z",
            "2026-01-30T24:00:00",
            "2026-01-31T00:30:00+00:30",
            "2026-01-30T23:30:00-0030",
            "2026-02-01T00:30:00 +01",
            "2026/1/31 11:59 PM",
        ] {
            check(text, DateOrder::YearFirst, Some((2026, 1, 31)));
        }
        for text in ["1/31/2026", "01/31/2026 03:15:59 PM", "1/31/2026, 12:05 am"] {
            check(text, DateOrder::MonthFirst, Some((2026, 1, 31)));
        }
        for text in ["31.1.2026", "31/01/2026 15:15", "31-1-2026"] {
            check(text, DateOrder::DayFirst, Some((2026, 1, 31)));
        }
    }

    #[test]
    fn what_is_no_time_is_not_read() {
        for text in [
            "",
            "9",
            "2026",
            "2026-01",
            "2026-13-01",
            "2026-00-01",
            "2026-02-29",
            "2026-1/31",
            "0000-01-01",
            "2026-01-31T",
            "2026-01-31T25:00",
            "2026-01-31 24:30",
            "2026-01-31T09",
            "2026-01-31T09:60",
            "2026-01-31T09:30:61",
            "2026-01-31T09:30:15.",
            "2026-01-31T09:30 nowhere",
            "2026-01-31T09:30+1",
            "2026-01-31T09:30+24:00",
            "2026-01-31x",
            "2026-01-31 13:00 PM",
            "2026-01-31 0:00 AM",
            "yesterday",
            "202601311",
            "2026年1月31",
            "１９９９-01-01",
            "2026-01-31T09:30:00ZZ",
        ] {
            check(text, DateOrder::YearFirst, None);
        }
        check("31/1/2026", DateOrder::MonthFirst, None);
        check("1/31/26", DateOrder::MonthFirst, None);
    }

    #[test]
    fn a_time_without_a_zone_is_already_in_the_zone_asked_for() {
        let china = Zone::Offset { minutes: 480 };
        let day = |text: &str| day_of_text(text.as_bytes(), DateOrder::YearFirst, china);
        assert_eq!(day("1970-01-01T23:00"), Some(0));
        assert_eq!(day("1970-01-01T23:00Z"), Some(1));
        assert_eq!(day("1970-01-01T23:00+08:00"), Some(0));
    }

    #[test]
    fn names_of_units_and_orders_lead_back_to_them() {
        for unit in [PeriodUnit::Day, PeriodUnit::Week, PeriodUnit::Month] {
            assert_eq!(PeriodUnit::from_name(unit.name()), Some(unit));
        }
        for order in DateOrder::ALL {
            assert_eq!(DateOrder::from_name(order.name()), Some(order));
        }
        assert_eq!(PeriodUnit::from_name("year"), None);
    }

    proptest! {
        #[test]
        fn every_day_is_the_day_of_another_library(date in date()) {
            let found = date_of_day(number(date));
            prop_assert_eq!(
                (found.year, found.month, found.day),
                (i32::from(date.year()), i32::from(date.month()), i32::from(date.day()))
            );
            prop_assert_eq!(day_of_date(found), number(date));
        }

        #[test]
        fn weeks_and_months_are_those_of_another_library(date in date()) {
            let week = date.iso_week_date();
            prop_assert_eq!(
                Period::of_day(PeriodUnit::Week, number(date)).to_string(),
                format!("{:04}-W{:02}", week.year(), week.week())
            );
            prop_assert_eq!(
                Period::of_day(PeriodUnit::Month, number(date)).to_string(),
                format!("{:04}-{:02}", date.year(), date.month())
            );
            prop_assert_eq!(
                Period::of_day(PeriodUnit::Day, number(date)).to_string(),
                date.to_string()
            );
        }

        #[test]
        fn an_instant_falls_into_the_day_that_another_library_says(
            second in -60_000_000_000_i64..200_000_000_000,
            written in -1_439_i32..1_440,
            zone in -720_i16..841,
        ) {
            let instant = jiff::Timestamp::from_second(second).unwrap();
            let at = |minutes: i32| {
                jiff::tz::Offset::from_seconds(minutes * 60).unwrap().to_datetime(instant)
            };
            let sign = if written < 0 { '-' } else { '+' };
            let (hours, minutes) = (written.abs() / 60, written.abs() % 60);
            let text = format!("{}{sign}{hours:02}:{minutes:02}", at(written));
            let zone_of = Zone::Offset { minutes: zone };
            prop_assert_eq!(
                day_of_text(text.as_bytes(), DateOrder::YearFirst, zone_of),
                Some(number(at(i32::from(zone)).date()))
            );
        }

        #[test]
        fn no_text_makes_it_panic(text in "[0-9TZ:+ ./年月日apm-]{0,30}|.{0,20}") {
            for order in DateOrder::ALL {
                for zone in [Zone::AsWritten, Zone::Offset { minutes: i16::MIN }] {
                    let day = day_of_text(text.as_bytes(), order, zone);
                    prop_assert!(day.is_none_or(|day| (-719_200..2_932_950).contains(&day)));
                }
            }
        }
    }
}
