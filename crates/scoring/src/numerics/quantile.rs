//! Sample quantiles under named conventions, because "p90" alone is at least nine numbers.

/// How a quantile is read off a sorted sample, by its number in Hyndman and Fan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Convention {
    /// Type 1: the smallest value with at least that share at or below it; always a sample value.
    NearestRank,
    /// Type 6: linear between ranks `p * (n + 1)`; NIST's handbook.
    Weibull,
    /// Type 7: linear between ranks `p * (n - 1) + 1`; the default of most software and ours.
    #[default]
    Linear,
    /// Type 8: linear between ranks `p * (n + 1/3) + 1/3`; nearly unbiased for the median.
    MedianUnbiased,
}

impl Convention {
    /// The name used in JSON: `r1`, `r6`, `r7` or `r8`.
    ///
    /// ```
    /// assert_eq!(scoring::numerics::quantile::Convention::Linear.name(), "r7");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NearestRank => "r1",
            Self::Weibull => "r6",
            Self::Linear => "r7",
            Self::MedianUnbiased => "r8",
        }
    }
}

/// The value below which a share `p` of the sample lies.
///
/// `p` lies in `[0, 1]`; values may come in any order, in any unit. `None` for an empty sample, for
/// `p` outside its range and when a value is not finite. One value is every quantile of itself.
///
/// # Source
/// Hyndman and Fan 1996, "Sample Quantiles in Statistical Packages", The American Statistician
/// 50:361.
///
/// # Example
/// ```
/// use scoring::numerics::quantile::{Convention, quantile};
/// let values = [3.0, 1.0, 4.0, 2.0];
/// assert_eq!(quantile(&values, 0.5, Convention::Linear), Some(2.5));
/// assert_eq!(quantile(&values, 0.5, Convention::NearestRank), Some(2.0));
/// assert_eq!(quantile(&[], 0.5, Convention::Linear), None);
/// ```
#[must_use]
pub fn quantile(values: &[f64], p: f64, convention: Convention) -> Option<f64> {
    if values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    quantile_of_sorted(&sorted, p, convention)
}

/// [`quantile`] of values that already are finite and in ascending order.
///
/// # Example
/// ```
/// use scoring::numerics::quantile::{Convention, quantile_of_sorted};
/// assert_eq!(quantile_of_sorted(&[1.0, 2.0], 0.25, Convention::Linear), Some(1.25));
/// ```
#[must_use]
pub fn quantile_of_sorted(sorted: &[f64], p: f64, convention: Convention) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let n = sorted.len() as f64;
    // A share such as 0.9 * 10 must not become rank 10 because it was rounded up to 9.000000000000002.
    let slack = 4.0 * f64::EPSILON * n;
    let rank = match convention {
        Convention::NearestRank => (n * p - slack).ceil(),
        Convention::Weibull => (n + 1.0) * p,
        Convention::Linear => (n - 1.0) * p + 1.0,
        Convention::MedianUnbiased => (n + 1.0 / 3.0) * p + 1.0 / 3.0,
    }
    .clamp(1.0, n);
    let below = (rank + slack).floor();
    let fraction = (rank - below).max(0.0);
    #[allow(clippy::cast_possible_truncation, reason = "the rank lies between 1 and the length")]
    let idx = (below as usize - 1).min(last);
    let (low, high) = (sorted[idx], sorted[(idx + 1).min(last)]);
    Some(if fraction > 0.0 { low + fraction * (high - low) } else { low })
}

/// The middle value; the mean of the two middle ones for an even number. `None` when empty or when
/// a value is not finite.
///
/// # Example
/// ```
/// assert_eq!(scoring::numerics::quantile::median(&[3.0, 1.0, 2.0]), Some(2.0));
/// ```
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5, Convention::Linear)
}
