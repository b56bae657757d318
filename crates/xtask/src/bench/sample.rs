//! The file that the benchmarks read, and the counts that whoever reads it must find. Made from a
//! fixed seed, so that it is the same on every machine. Nothing is measured here.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};

const CHANNELS: [&str; 6] = ["app", "chat", "email", "phone", "store", "web"];
const COUNTRIES: [(&str, &str); 5] =
    [("CN", "+08:00"), ("DE", "+01:00"), ("GB", "+00:00"), ("JP", "+09:00"), ("US", "-05:00")];
const REASONS: [&str; 12] = [
    "agent",
    "billing",
    "choice",
    "delivery",
    "language",
    "packaging",
    "payment",
    "price",
    "quality",
    "returns",
    "speed",
    "support",
];
const INVALID: [&str; 6] = ["11", "99", "-1", "n/a", "8.5", "?"];
const WORDS: [&str; 16] = [
    "arrived on time, as promised",
    "the box was torn",
    "很好，谢谢",
    "said \"\"tomorrow\"\" twice",
    "two days late,\nthen nobody answered",
    "easy",
    "good price",
    "never again",
    "客服很有耐心",
    "fine",
    "the size did not fit, again",
    "thank you",
    "no reply",
    "great colours, soft cloth",
    "returned it",
    "ok",
];
const DAYS: u64 = 730;
/// 2024-01-01 in days since 1970-01-01.
const FIRST_DAY: u64 = 19_723;

/// Numbers that look random and are the same on every run (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % n
    }

    fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        let idx = self.below(list.len() as u64);
        list[usize::try_from(idx).unwrap_or(0)]
    }
}

/// Promoters, passives and detractors.
type Groups = [u64; 3];

/// The counts so far.
#[derive(Default)]
struct Expected {
    missing: u64,
    invalid: u64,
    distribution: [u64; 11],
    by_month: BTreeMap<&'static str, BTreeMap<String, Groups>>,
    reasons: BTreeMap<&'static str, u64>,
}

/// Writes a file of `n_rows` answers, and returns what is in it.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn write(path: &Path, n_rows: u64) -> Result<Value> {
    let mut numbers = Numbers(42);
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut expected = Expected::default();
    writeln!(out, "response_id,time,channel,country,score,reasons,comment")?;
    for row in 0..n_rows {
        write_row(&mut out, row, n_rows, &mut numbers, &mut expected)?;
    }
    out.flush()?;
    let Expected { missing, invalid, distribution, by_month, reasons } = expected;
    Ok(json!({
        "missing": missing, "invalid": invalid, "distribution": distribution,
        "by_month": by_month, "reasons": reasons,
    }))
}

fn write_row(
    out: &mut impl Write,
    row: u64,
    n_rows: u64,
    numbers: &mut Numbers,
    expected: &mut Expected,
) -> Result<()> {
    let channel = numbers.one_of(&CHANNELS);
    let (country, offset) = numbers.one_of(&COUNTRIES);
    let day = (row * DAYS / n_rows + numbers.below(3)).min(DAYS - 1);
    let second = numbers.below(86_400);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    // Times with an offset stay within one UTC day, so that the month is that of the text.
    let (hour, zone) = if numbers.below(2) == 0 { (hour, "Z") } else { (9 + hour % 6, offset) };
    let (year, month, day) = date(FIRST_DAY + day);
    let chosen = numbers.below(1000);
    let score = match chosen {
        0..30 => String::new(),
        30..32 => numbers.one_of(&INVALID).to_owned(),
        _ => (10 - (numbers.below(11) * numbers.below(11) / 10)).to_string(),
    };
    let n_reasons = numbers.below(4);
    let mut reasons: Vec<&str> = Vec::new();
    for _ in 0..n_reasons {
        let reason = numbers.one_of(&REASONS);
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    let n_words = numbers.below(5);
    let comment: Vec<&str> = (0..n_words).map(|_| numbers.one_of(&WORDS)).collect();
    writeln!(
        out,
        "r{row:08},{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone},{channel},\
         {country},{score},{},\"{}\"",
        reasons.join(";"),
        comment.join(". ")
    )?;
    match (chosen, score.parse::<usize>()) {
        (0..30, _) => expected.missing += 1,
        (32.., Ok(point)) => {
            expected.distribution[point] += 1;
            let group = if point >= 9 {
                0
            } else if point >= 7 {
                1
            } else {
                2
            };
            let months = expected.by_month.entry(channel).or_default();
            months.entry(format!("{year:04}-{month:02}")).or_default()[group] += 1;
            if group == 2 {
                reasons.iter().for_each(|reason| *expected.reasons.entry(reason).or_default() += 1);
            }
        }
        _ => expected.invalid += 1,
    }
    Ok(())
}

/// Year, month and day of a day since 1970-01-01, from 2024 on.
fn date(day: u64) -> (u64, u64, u64) {
    let (mut year, mut left) = (2024, day - FIRST_DAY);
    loop {
        let is_leap = year % 4 == 0;
        let n_days = if is_leap { 366 } else { 365 };
        if left < n_days {
            let lengths =
                [31, if is_leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
            for (month, length) in (1..).zip(lengths) {
                if left < length {
                    return (year, month, left + 1);
                }
                left -= length;
            }
        }
        left -= n_days;
        year += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        assert_eq!(date(FIRST_DAY), (2024, 1, 1));
        assert_eq!(date(FIRST_DAY + 59), (2024, 2, 29));
        assert_eq!(date(FIRST_DAY + 366), (2025, 1, 1));
        assert_eq!(date(FIRST_DAY + 729), (2025, 12, 30));
    }

    #[test]
    fn the_same_file_comes_out_every_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let (one, other) = (folder.path().join("a"), folder.path().join("b"));
        let expected = write(&one, 500).expect("written");
        assert_eq!(write(&other, 500).expect("written"), expected);
        let read = |path| std::fs::read(path).expect("readable");
        assert_eq!(read(&one), read(&other));
        let n: u64 = expected["distribution"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(Value::as_u64)
            .sum();
        let unusable =
            [&expected["missing"], &expected["invalid"]].map(|n| n.as_u64().expect("a number"));
        assert_eq!(n + unusable[0] + unusable[1], 500);
    }
}
