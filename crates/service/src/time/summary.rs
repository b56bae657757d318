//! Many durations in a few numbers. One forgotten weekend moves the mean and leaves the median, so
//! the headline is the median with the ninetieth percentile.

use scoring::numerics::quantile::{Convention, quantile_of_sorted};
use scoring::proportion::Part;

/// Durations in a few numbers, all in the unit of the durations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// How many durations.
    pub n: u64,
    /// Arithmetic mean.
    pub mean: Option<f64>,
    /// Half are at most this long.
    pub median: Option<f64>,
    /// Nine of ten are at most this long.
    pub p90: Option<f64>,
    /// The longest.
    pub max: Option<f64>,
    /// Geometric mean; also `None` when a duration is not positive.
    pub geometric_mean: Option<f64>,
    /// How the percentiles are read off.
    pub convention: Convention,
}

/// Mean, median and ninetieth percentile of durations in any unit; `None` in each without any.
///
/// All are `None` when a duration is not finite.
///
/// # Example
/// ```
/// use scoring::numerics::quantile::Convention;
/// use service::time::summary;
/// let minutes = [4.0, 7.0, 9.0, 12.0, 15.0, 22.0, 31.0, 48.0, 75.0, 2880.0];
/// let summary = summary(&minutes, Convention::Linear);
/// assert_eq!((summary.median, summary.n), (Some(18.5), 10));
/// assert!((summary.mean.unwrap() - 310.3).abs() < 1e-9);
/// ```
#[must_use]
pub fn summary(durations: &[f64], convention: Convention) -> Summary {
    let mut sorted = durations.to_vec();
    sorted.sort_by(f64::total_cmp);
    if sorted.iter().any(|duration| !duration.is_finite()) {
        sorted.clear();
    }
    let n = sorted.len() as f64;
    let quantile = |p| quantile_of_sorted(&sorted, p, convention);
    let is_positive = sorted.first().is_some_and(|shortest| *shortest > 0.0);
    let logs = || sorted.iter().map(|duration| duration.ln()).sum::<f64>();
    Summary {
        n: durations.len() as u64,
        mean: Some(sorted.iter().sum::<f64>() / n).filter(|mean| mean.is_finite()),
        median: quantile(0.5),
        p90: quantile(0.9),
        max: sorted.last().copied(),
        geometric_mean: is_positive.then(|| (logs() / n).exp()),
        convention,
    }
}

/// How many durations are at most `limit`; both in the same unit.
///
/// # Example
/// ```
/// assert_eq!(service::time::share_within(&[30.0, 60.0, 61.0], 60.0).count(), 2);
/// ```
#[must_use]
pub fn share_within(durations: &[f64], limit: f64) -> Part {
    let (within, beyond): (Vec<f64>, Vec<f64>) =
        durations.iter().partition(|duration| **duration <= limit);
    Part::beside(within.len() as u64, beyond.len() as u64)
        .expect("a list in memory is shorter than the largest number")
}
