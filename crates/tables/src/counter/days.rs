//! The day in which a time falls, quickly where times are written alike and come nearly in order.
//! What a time may look like, and which day it is, is said by [`crate::time`] alone.

use crate::time::{DateOrder, Zone, day_of_text};

/// A power of two. Answers of so many days in a row are read without working out a date.
const DAYS_KEPT: usize = 64;

/// Reads times, and remembers the dates that were read last.
#[derive(Clone, Debug)]
pub(super) struct DayReader {
    order: DateOrder,
    zone: Zone,
    dates: Vec<SeenDate>,
}

/// A date as it was written in ten bytes, and its day since 1970-01-01.
#[derive(Clone, Copy, Debug, Default)]
struct SeenDate {
    /// The first eight bytes and the last two; zeros for none.
    text: (u64, u16),
    day: i32,
}

impl DayReader {
    pub(super) fn new(order: DateOrder, zone: Zone) -> Self {
        Self { order, zone, dates: vec![SeenDate::default(); DAYS_KEPT] }
    }

    /// What [`day_of_text`] says of `cell`.
    #[inline]
    pub(super) fn day(&mut self, cell: &[u8]) -> Option<i32> {
        match self.usual(cell) {
            Some(day) => Some(day),
            None => day_of_text(cell, self.order, self.zone),
        }
    }

    /// The day of a time as most are written: a date of ten bytes, `T` or a space, `HH:MM:SS`, and
    /// nothing, `Z` or `±HH:MM` behind it. `None` for all others, whether they are times or not.
    #[inline]
    fn usual(&mut self, cell: &[u8]) -> Option<i32> {
        let (date, rest) = cell.split_first_chunk::<10>()?;
        let (time, zone) = rest.split_first_chunk::<9>()?;
        if !matches!(time[0], b'T' | b' ') {
            return None;
        }
        let minute = minute_of_day(time.last_chunk()?)?;
        let day = self.date(date)?;
        let Zone::Offset { minutes } = self.zone else {
            return offset(zone).map(|_| day);
        };
        let shifted = match offset(zone)? {
            Some(offset) => minute - offset + i32::from(minutes),
            None => minute,
        };
        // Hardly any lies on another day, so that a division is seldom needed.
        Some(if (0..1440).contains(&shifted) { day } else { day + shifted.div_euclid(1440) })
    }

    #[inline]
    fn date(&mut self, date: &[u8; 10]) -> Option<i32> {
        let [begin @ .., y, z] = *date;
        let text = (u64::from_le_bytes(begin), u16::from_le_bytes([y, z]));
        // In any order, the digits that differ from day to day are among the last of the parts.
        let mixed = (text.0 ^ u64::from(text.1) << 24).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let seen = &mut self.dates[(mixed >> 58) as usize % DAYS_KEPT];
        if seen.text != text {
            let day = day_of_text(date, self.order, Zone::AsWritten)?;
            *seen = SeenDate { text, day };
        }
        Some(seen.day)
    }
}

/// Minutes since midnight of `HH:MM:SS`, when it is a time of the day.
#[inline]
fn minute_of_day(text: &[u8; 8]) -> Option<i32> {
    // A digit becomes its value and a colon zero; what is greater reaches the upper four bits when
    // 6 or, where there must be zero, 15 is added.
    const BASE: u64 = u64::from_le_bytes(*b"00:00:00");
    const ADDED: u64 = u64::from_le_bytes([6, 6, 15, 6, 6, 15, 6, 6]);
    const UPPER: u64 = 0xF0F0_F0F0_F0F0_F0F0;
    let values = u64::from_le_bytes(*text) ^ BASE;
    if (values | values.wrapping_add(ADDED)) & UPPER != 0 {
        return None;
    }
    let [h, hour, _, m, minute, _, s, second] = values.to_le_bytes().map(i32::from);
    let (hour, minute, second) = (h * 10 + hour, m * 10 + minute, s * 10 + second);
    (hour < 24 && minute < 60 && second <= 60).then_some(hour * 60 + minute)
}

/// Minutes east of UTC of nothing, `Z` or `±HH:MM`; the inner `None` for nothing.
#[inline]
fn offset(zone: &[u8]) -> Option<Option<i32>> {
    let digit = |byte: u8| Some(i32::from(byte.wrapping_sub(b'0'))).filter(|digit| *digit < 10);
    match *zone {
        [] => Some(None),
        [b'Z'] => Some(Some(0)),
        [sign @ (b'+' | b'-'), a, b, b':', c, d] => {
            let (hours, minutes) = (digit(a)? * 10 + digit(b)?, digit(c)? * 10 + digit(d)?);
            let offset = hours * 60 + minutes;
            let is_offset = hours < 24 && minutes < 60;
            is_offset.then_some(Some(if sign == b'-' { -offset } else { offset }))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ZONES: [Zone; 3] = [Zone::AsWritten, Zone::UTC, Zone::Offset { minutes: -570 }];

    /// Reads a text twice, when its date is new and when it is known.
    #[track_caller]
    fn check(reader: &mut DayReader, text: &str) {
        let expected = day_of_text(text.as_bytes(), reader.order, reader.zone);
        for _ in 0..2 {
            assert_eq!(reader.day(text.as_bytes()), expected, "{text} {reader:?}");
        }
    }

    #[test]
    fn usual_times_are_read_without_help() {
        let mut reader = DayReader::new(DateOrder::YearFirst, Zone::UTC);
        for (text, day) in [
            ("1970-01-02T00:30:00Z", 1),
            ("1970-01-02T00:30:00", 1),
            ("1970-01-02 00:30:00+01:00", 0),
            ("1970-01-01T23:59:60-00:01", 1),
        ] {
            assert_eq!(reader.usual(text.as_bytes()), Some(day), "{text}");
        }
        assert_eq!(reader.usual(b"1970-02-30T00:30:00Z"), None);
    }

    proptest! {
        #[test]
        fn every_text_is_what_it_is_without_memory(
            texts in prop::collection::vec(
                "(19|20)[0-9]{2}[-/.][01][0-9][-/.][0-3][0-9]([T t,x][0-2][0-9:][:0-9][0-6][0-9]:[0-6][0-9](Z|z||[+-][0-2][0-9]:[0-5][0-9]|[+-]1|.5Z))?\
                |[0-3][0-9][./][01][0-9][./]20[0-9]{2} [0-2][0-9]:[0-5][0-9]:[0-5][0-9]|.{0,30}",
                1..40,
            ),
            zone in prop::sample::select(ZONES.to_vec()),
            order in prop::sample::select(DateOrder::ALL.to_vec()),
        ) {
            let mut reader = DayReader::new(order, zone);
            texts.iter().for_each(|text| check(&mut reader, text));
        }

        #[test]
        fn times_in_order_are_what_they_are_without_memory(
            minutes in prop::collection::vec(0..60 * 24 * 90_i64, 1..200),
            offset in prop::sample::select(vec!["", "Z", "+05:30", "-11:00", "+14:00"]),
            zone in prop::sample::select(ZONES.to_vec()),
        ) {
            let mut reader = DayReader::new(DateOrder::YearFirst, zone);
            for minute in minutes {
                let time = jiff::Timestamp::from_second(1_700_000_000 + minute * 60).unwrap();
                let time = time.to_string().replace('Z', offset);
                check(&mut reader, &time);
            }
        }
    }
}
