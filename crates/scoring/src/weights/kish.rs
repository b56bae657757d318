//! What weighting costs: how many equal answers the weighted ones are worth.

use std::fmt;

/// A weight that is none.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum WeightError {
    /// The weight is negative or not finite.
    OutOfRange {
        /// Where in the list.
        idx: usize,
        /// What was given.
        weight: f64,
    },
    /// A value to be weighted is not finite.
    NotFinite {
        /// Where in the list.
        idx: usize,
    },
}

impl fmt::Display for WeightError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange { idx, weight } => {
                write!(f, "weight {weight} at index {idx} is not a number from 0 up")
            }
            Self::NotFinite { idx } => write!(f, "the value at index {idx} is not finite"),
        }
    }
}

impl std::error::Error for WeightError {}

/// Effective number of answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kish {
    /// Answers whose weight is above 0.
    pub n: u64,
    /// As many equally weighted answers would be as sure; in `(0, n]`.
    pub n_effective: f64,
    /// `n / n_effective`: by how much weighting inflates the variance; at least 1.
    pub design_effect: f64,
}

/// How many equal answers these weighted ones are worth; `None` when no weight is above 0.
///
/// Weights of 0 do not count. Their unit does not matter.
///
/// # Errors
/// [`WeightError::OutOfRange`] for a weight that is negative or not finite.
///
/// # Source
/// Kish 1965, Survey Sampling: `(sum w)^2 / sum w^2`.
///
/// # Example
/// ```
/// use scoring::weights::kish;
/// let kish = kish(&[1.0, 1.0, 2.0, 0.0])?.unwrap();
/// assert_eq!(kish.n, 3);
/// assert!((kish.n_effective - 16.0 / 6.0).abs() < 1e-15);
/// # Ok::<(), scoring::weights::WeightError>(())
/// ```
pub fn kish(weights: &[f64]) -> Result<Option<Kish>, WeightError> {
    check(weights)?;
    let largest = weights.iter().copied().fold(0.0, f64::max);
    if largest <= 0.0 {
        return Ok(None);
    }
    // Relative to the largest, so that squares of tiny or huge weights stay numbers.
    let relative = || weights.iter().map(|weight| weight / largest);
    let (sum, squares) = (relative().sum::<f64>(), relative().map(|w| w * w).sum::<f64>());
    let n = weights.iter().filter(|weight| **weight > 0.0).count();
    let n_effective = (sum * sum / squares).min(n as f64);
    Ok(Some(Kish { n: n as u64, n_effective, design_effect: n as f64 / n_effective }))
}

/// Refuses weights that are negative or not finite.
pub(super) fn check(weights: &[f64]) -> Result<(), WeightError> {
    let is_weight = |weight: &f64| weight.is_finite() && *weight >= 0.0;
    match weights.iter().position(|weight| !is_weight(weight)) {
        Some(idx) => Err(WeightError::OutOfRange { idx, weight: weights[idx] }),
        None => Ok(()),
    }
}
