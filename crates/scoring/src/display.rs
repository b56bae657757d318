//! Numbers as text: rounded once, at the very end, and never "-0". Where to show them is not here.

use std::fmt::Write as _;

use crate::metric::Metric;

/// The largest number of decimals that is rounded to.
pub const DECIMALS_MAX: u8 = 15;

/// Where a half goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// 12.5 becomes 13 and -12.5 becomes -13: what people expect, and the default.
    #[default]
    HalfAwayFromZero,
    /// 12.5 becomes 12 and 13.5 becomes 14.
    HalfEven,
}

/// Decimals with which a metric's headline score is shown: none for NPS, one for percentages.
///
/// ```
/// use scoring::{Metric, display::decimals};
/// assert_eq!((decimals(Metric::Nps), decimals(Metric::Csat)), (0, 1));
/// ```
#[must_use]
pub const fn decimals(metric: Metric) -> u8 {
    match metric {
        Metric::Nps => 0,
        Metric::Csat | Metric::Ces => 1,
    }
}

/// Decimals with which a mean answer is shown.
pub const MEAN_DECIMALS: u8 = 2;

/// A number with that many decimals; `None` when it is not finite.
///
/// A half is judged on the shortest decimal form of the number, the one a person would read, so
/// 2.675 becomes 2.68 although the nearest binary number lies below. At most [`DECIMALS_MAX`]
/// decimals.
///
/// # Example
/// ```
/// use scoring::display::{Rounding, round};
/// assert_eq!(round(12.5, 0, Rounding::HalfAwayFromZero).as_deref(), Some("13"));
/// assert_eq!(round(-0.04, 1, Rounding::HalfAwayFromZero).as_deref(), Some("0.0"));
/// assert_eq!(round(2.5, 0, Rounding::HalfEven).as_deref(), Some("2"));
/// assert_eq!(round(f64::NAN, 0, Rounding::HalfEven), None);
/// ```
#[must_use]
pub fn round(value: f64, decimals: u8, rounding: Rounding) -> Option<String> {
    if !value.is_finite() {
        return None;
    }
    let decimals = usize::from(decimals.min(DECIMALS_MAX));
    // Without an exponent this is the shortest text that reads back as the same number.
    let text = format!("{}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).map(|b| b - b'0').collect();
    let kept = whole.len() + decimals;
    let dropped = digits.split_off(kept.min(digits.len()));
    digits.resize(kept, 0);
    let is_odd = digits.last().is_some_and(|digit| digit % 2 == 1);
    if goes_up(&dropped, is_odd, rounding) {
        carry(&mut digits);
    }
    Some(assemble(&digits, decimals, value < 0.0))
}

/// Whether the kept digits are raised, given the ones cut off.
fn goes_up(dropped: &[u8], is_odd: bool, rounding: Rounding) -> bool {
    let Some((&first, rest)) = dropped.split_first() else { return false };
    let is_half = first == 5 && rest.iter().all(|&digit| digit == 0);
    match rounding {
        Rounding::HalfEven if is_half => is_odd,
        Rounding::HalfAwayFromZero | Rounding::HalfEven => first >= 5,
    }
}

/// Adds one to the last digit.
fn carry(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return;
        }
        *digit = 0;
    }
    digits.insert(0, 1);
}

fn assemble(digits: &[u8], decimals: usize, is_negative: bool) -> String {
    let is_zero = digits.iter().all(|&digit| digit == 0);
    let mut text = String::with_capacity(digits.len() + 2);
    if is_negative && !is_zero {
        text.push('-');
    }
    for (idx, digit) in digits.iter().enumerate() {
        if idx + decimals == digits.len() {
            text.push('.');
        }
        text.push(char::from(b'0' + digit));
    }
    if decimals == 0 {
        text.truncate(text.trim_end_matches('.').len());
    }
    text
}

/// The ratio of two whole numbers with that many decimals, from the exact ratio.
///
/// `None` when `denominator` is 0 or the ratio is too large to be a number of answers.
///
/// # Example
/// ```
/// use scoring::display::{Rounding, round_ratio};
/// let nps = round_ratio(100 * (9 - 7), 16, 0, Rounding::HalfAwayFromZero); // 12.5
/// assert_eq!(nps.as_deref(), Some("13"));
/// assert_eq!(round_ratio(1, 0, 0, Rounding::HalfAwayFromZero), None);
/// ```
#[must_use]
pub fn round_ratio(
    numerator: i128,
    denominator: u64,
    decimals: u8,
    rounding: Rounding,
) -> Option<String> {
    let decimals = decimals.min(DECIMALS_MAX);
    let scaled = numerator.unsigned_abs().checked_mul(10_u128.pow(u32::from(decimals)))?;
    let denominator = u128::from(denominator);
    let quotient = scaled.checked_div(denominator)?;
    let rest = scaled % denominator;
    let goes_up = match rounding {
        Rounding::HalfAwayFromZero => 2 * rest >= denominator,
        Rounding::HalfEven => {
            2 * rest > denominator || (2 * rest == denominator && quotient % 2 == 1)
        }
    };
    let rounded = quotient + u128::from(goes_up);
    let mut text = String::new();
    if numerator < 0 && rounded > 0 {
        text.push('-');
    }
    let unit = 10_u128.pow(u32::from(decimals));
    write!(text, "{}", rounded / unit).expect("writing to a string cannot fail");
    if decimals > 0 {
        let (width, fraction) = (usize::from(decimals), rounded % unit);
        write!(text, ".{fraction:0width$}").expect("writing to a string cannot fail");
    }
    Some(text)
}

/// Shares of counts in whole units of `total`, made to add up to `total` exactly.
///
/// Each gets its share rounded down; what is left goes to the largest remainders, on a tie to the
/// earlier count. `None` when all counts are 0. For charts whose parts must add up to 100.
///
/// # Source
/// Hamilton's method of apportionment, 1792.
///
/// # Example
/// ```
/// use scoring::display::largest_remainder;
/// assert_eq!(largest_remainder(&[1001, 15, 4], 100), Some(vec![98, 2, 0])); // one by one: 98, 1, 0
/// assert_eq!(largest_remainder(&[1, 1, 1], 100), Some(vec![34, 33, 33]));
/// assert_eq!(largest_remainder(&[0, 0], 100), None);
/// ```
#[must_use]
pub fn largest_remainder(counts: &[u64], total: u32) -> Option<Vec<u32>> {
    let sum: u128 = counts.iter().map(|&n| u128::from(n)).sum();
    let scaled = |n: u64| u128::from(n) * u128::from(total);
    let mut shares: Vec<u32> = counts
        .iter()
        .map(|&n| scaled(n).checked_div(sum).and_then(|share| u32::try_from(share).ok()))
        .collect::<Option<_>>()?;
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|&idx| std::cmp::Reverse(scaled(counts[idx]).checked_rem(sum)));
    let left = shares.iter().fold(total, |left, share| left - share);
    for &idx in order.iter().take(left as usize) {
        shares[idx] += 1;
    }
    (sum > 0).then_some(shares)
}

/// Percent of each count, rounded one by one; they need not add up to 100. `None` when all are 0.
///
/// # Example
/// ```
/// use scoring::display::{Rounding, round_each};
/// let texts = round_each(&[1001, 15, 4], 0, Rounding::HalfAwayFromZero).unwrap();
/// assert_eq!(texts, ["98", "1", "0"]);
/// ```
#[must_use]
pub fn round_each(counts: &[u64], decimals: u8, rounding: Rounding) -> Option<Vec<String>> {
    let sum = counts.iter().try_fold(0_u64, |sum, &n| sum.checked_add(n))?;
    counts.iter().map(|&n| round_ratio(100 * i128::from(n), sum, decimals, rounding)).collect()
}
