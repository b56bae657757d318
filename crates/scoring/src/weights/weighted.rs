//! Means, shares and net promoter scores of weighted answers.

use crate::bands::Bucket;
use crate::interval::{ConfidenceLevel, Interval};
use crate::proportion::wilson_of_share;
use crate::weights::kish::{Kish, WeightError, kish};

/// A value and how much it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighted<T> {
    /// The value.
    pub value: T,
    /// Its weight, from 0 up; the unit does not matter.
    pub weight: f64,
}

/// A weighted value with what is needed to judge it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightedEstimate {
    /// The weighted value, in the unit its function names.
    pub value: f64,
    /// Weighted variance of single answers around it, divisor the sum of weights.
    pub variance: f64,
    /// Standard error by linearisation; `None` for a single answer.
    pub standard_error: Option<f64>,
    /// The interval in the unit of `value`; `None` where there is no standard error.
    pub interval: Option<Interval>,
    /// Number of answers and what weighting cost.
    pub kish: Kish,
}

/// Weighted mean in the unit of the values, with a normal interval; `None` without any weight.
///
/// # Errors
/// [`WeightError`] for a weight that is negative or not finite, or a value that is not finite.
///
/// # Source
/// Linearised as a ratio of sums: `sqrt(sum w^2 e^2) / sum w`, times `sqrt(n / (n - 1))`; Lumley
/// 2010, Complex Surveys.
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, weights::{Weighted, weighted_mean}};
/// let answers = [(5.0, 1.0), (4.0, 2.0), (1.0, 3.0)].map(|(value, weight)| Weighted { value, weight });
/// let mean = weighted_mean(&answers, ConfidenceLevel::P95)?.unwrap();
/// assert!((mean.value - 16.0 / 6.0).abs() < 1e-15 && (mean.variance - 26.0 / 9.0).abs() < 1e-14);
/// # Ok::<(), scoring::weights::WeightError>(())
/// ```
pub fn weighted_mean(
    answers: &[Weighted<f64>],
    level: ConfidenceLevel,
) -> Result<Option<WeightedEstimate>, WeightError> {
    let weights: Vec<f64> = answers.iter().map(|answer| answer.weight).collect();
    let Some(kish) = kish(&weights)? else { return Ok(None) };
    if let Some(idx) = answers.iter().position(|answer| !answer.value.is_finite()) {
        return Err(WeightError::NotFinite { idx });
    }
    let largest = weights.iter().copied().fold(0.0, f64::max);
    let relative = |answer: &Weighted<f64>| answer.weight / largest;
    let sum: f64 = answers.iter().map(relative).sum();
    let value = answers.iter().map(|answer| relative(answer) * answer.value).sum::<f64>() / sum;
    let (mut variance, mut linearised) = (0.0, 0.0);
    for answer in answers {
        let (weight, gap) = (relative(answer), answer.value - value);
        variance += weight * gap * gap / sum;
        linearised += (weight * gap / sum).powi(2);
    }
    let n = kish.n as f64;
    let standard_error = (kish.n > 1).then(|| (linearised * n / (n - 1.0)).sqrt());
    let interval = standard_error.map(|error| Interval::around(value, level.z() * error));
    Ok(Some(WeightedEstimate { value, variance, standard_error, interval, kish }))
}

/// Weighted net promoter score in points; `None` without any weight.
///
/// The interval is normal, clipped to -100 to 100.
///
/// # Errors
/// [`WeightError::OutOfRange`] for a weight that is negative or not finite.
///
/// # Example
/// ```
/// use scoring::{Bucket, ConfidenceLevel, weights::{Weighted, weighted_nps}};
/// let answers = [(Bucket::Top, 1.5), (Bucket::Middle, 1.0), (Bucket::Bottom, 0.5)]
///     .map(|(value, weight)| Weighted { value, weight });
/// let nps = weighted_nps(&answers, ConfidenceLevel::P95)?.unwrap();
/// assert!((nps.value - 100.0 / 3.0).abs() < 1e-12); // (1.5 - 0.5) / 3
/// # Ok::<(), scoring::weights::WeightError>(())
/// ```
pub fn weighted_nps(
    answers: &[Weighted<Bucket>],
    level: ConfidenceLevel,
) -> Result<Option<WeightedEstimate>, WeightError> {
    let points = |bucket| match bucket {
        Bucket::Bottom => -100.0,
        Bucket::Middle => 0.0,
        Bucket::Top => 100.0,
    };
    let scored: Vec<_> = answers
        .iter()
        .map(|answer| Weighted { value: points(answer.value), weight: answer.weight })
        .collect();
    let estimate = weighted_mean(&scored, level)?;
    Ok(estimate.map(|estimate| WeightedEstimate {
        interval: estimate.interval.map(|interval| interval.clipped(-100.0, 100.0)),
        ..estimate
    }))
}

/// Weighted share in `[0, 1]` of the answers that are `true`; `None` without any weight.
///
/// The interval is Wilson's with the effective number of answers.
///
/// # Errors
/// [`WeightError::OutOfRange`] for a weight that is negative or not finite.
///
/// # Source
/// Korn and Graubard 1998, Survey Methodology 24:193, for the effective number; applied to Wilson.
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, weights::{Weighted, weighted_share}};
/// let answers = [(true, 3.0), (false, 1.0)].map(|(value, weight)| Weighted { value, weight });
/// assert_eq!(weighted_share(&answers, ConfidenceLevel::P95)?.unwrap().value, 0.75);
/// # Ok::<(), scoring::weights::WeightError>(())
/// ```
pub fn weighted_share(
    answers: &[Weighted<bool>],
    level: ConfidenceLevel,
) -> Result<Option<WeightedEstimate>, WeightError> {
    let scored: Vec<_> = answers
        .iter()
        .map(|answer| Weighted { value: f64::from(u8::from(answer.value)), weight: answer.weight })
        .collect();
    let estimate = weighted_mean(&scored, level)?;
    Ok(estimate.map(|estimate| WeightedEstimate {
        interval: Some(wilson_of_share(estimate.value, estimate.kish.n_effective, level)),
        ..estimate
    }))
}
