//! Weights cut at a multiple of their median, so that no single answer carries the score.

use crate::numerics::quantile::median;
use crate::weights::kish::{WeightError, check};

/// Weights after cutting, and what was cut.
#[derive(Clone, Debug, PartialEq)]
pub struct Trimmed {
    /// The weights in the order given, none above `cap`.
    pub weights: Vec<f64>,
    /// The largest weight allowed; `None` when no weight is above 0.
    pub cap: Option<f64>,
    /// How many were cut; report it.
    pub n_trimmed: u64,
}

/// Weights no larger than `medians_max` times the median of those above 0.
///
/// What is cut off is not given to others, so rake or stratify again where margins must hold.
/// `medians_max` is at least 1; 5 is usual.
///
/// # Errors
/// [`WeightError::OutOfRange`] for a weight that is negative or not finite, or when `medians_max`
/// is below 1, reported at the index after the last.
///
/// # Example
/// ```
/// use scoring::weights::trim;
/// let trimmed = trim(&[1.0, 1.0, 2.0, 1.0, 20.0], 5.0)?;
/// assert_eq!((trimmed.weights[4], trimmed.n_trimmed), (5.0, 1));
/// # Ok::<(), scoring::weights::WeightError>(())
/// ```
pub fn trim(weights: &[f64], medians_max: f64) -> Result<Trimmed, WeightError> {
    check(weights)?;
    if !(medians_max.is_finite() && medians_max >= 1.0) {
        return Err(WeightError::OutOfRange { idx: weights.len(), weight: medians_max });
    }
    let positive: Vec<f64> = weights.iter().copied().filter(|weight| *weight > 0.0).collect();
    let cap = median(&positive).map(|median| median * medians_max);
    let limit = cap.unwrap_or(0.0);
    Ok(Trimmed {
        weights: weights.iter().map(|weight| weight.min(limit)).collect(),
        cap,
        n_trimmed: weights.iter().filter(|weight| **weight > limit).count() as u64,
    })
}
