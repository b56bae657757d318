//! Intervals for one share.

use crate::interval::{ConfidenceLevel, Interval};

/// Wilson's score interval for the share `n_yes / n_answers`, without continuity correction.
///
/// Ends lie in `[0, 1]`, and the share lies between them. `None` when nobody answered or when
/// `n_yes > n_answers`.
///
/// # Source
/// Wilson 1927, JASA 22:209; method 3 of Newcombe 1998, Statistics in Medicine 17:857.
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, proportion::wilson};
/// let interval = wilson(81, 263, ConfidenceLevel::P95).unwrap();
/// assert!((interval.low - 0.2553).abs() < 5e-5 && (interval.high - 0.3662).abs() < 5e-5);
/// assert_eq!(wilson(0, 0, ConfidenceLevel::P95), None);
/// ```
#[must_use]
pub fn wilson(n_yes: u64, n_answers: u64, level: ConfidenceLevel) -> Option<Interval> {
    if n_answers == 0 || n_yes > n_answers {
        return None;
    }
    let n = n_answers as f64;
    let share = n_yes as f64 / n;
    let z = level.z();
    let z2 = z * z;
    let centre = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let spread = share * (1.0 - share) / n + z2 / (4.0 * n * n);
    let half_width = z / (1.0 + z2 / n) * spread.sqrt();
    let mut interval = Interval::around(centre, half_width).clipped(0.0, 1.0);
    // Where the formula gives 0 or 1 exactly, rounding must not leave 1e-17 beside it.
    if n_yes == 0 {
        interval.low = 0.0;
    }
    if n_yes == n_answers {
        interval.high = 1.0;
    }
    Some(interval)
}
