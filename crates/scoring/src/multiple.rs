//! Many tests at once: probabilities adjusted so that a long list does not find something by luck.

use std::fmt;

/// A probability that is none.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum AdjustError {
    /// The value does not lie in `[0, 1]`.
    OutOfRange {
        /// Where in the list.
        idx: usize,
        /// What was given.
        p: f64,
    },
}

impl fmt::Display for AdjustError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange { idx, p } => {
                write!(f, "probability {p} at index {idx} does not lie between 0 and 1")
            }
        }
    }
}

impl std::error::Error for AdjustError {}

/// Probabilities adjusted so that one false alarm among all is as rare as the level says.
///
/// For a few tests on which something is decided. In the order given, each in `[0, 1]` and at least
/// the original.
///
/// # Errors
/// [`AdjustError::OutOfRange`] when a value is not a probability.
///
/// # Source
/// Holm 1979, Scandinavian Journal of Statistics 6:65.
///
/// # Example
/// ```
/// use scoring::multiple::holm;
/// assert_eq!(holm(&[0.5, 0.125, 0.25])?, [0.5, 0.375, 0.5]); // 3 * 0.125, 2 * 0.25, 1 * 0.5
/// assert_eq!(holm(&[])?, []);
/// # Ok::<(), scoring::multiple::AdjustError>(())
/// ```
pub fn holm(p_values: &[f64]) -> Result<Vec<f64>, AdjustError> {
    let order = ascending(p_values)?;
    let mut adjusted = vec![0.0; p_values.len()];
    let mut highest = 0.0_f64;
    for (rank, &idx) in order.iter().enumerate() {
        let remaining = (order.len() - rank) as f64;
        highest = highest.max((remaining * p_values[idx]).min(1.0));
        adjusted[idx] = highest;
    }
    Ok(adjusted)
}

/// Probabilities adjusted so that the share of false alarms among all alarms is as the level says.
///
/// For exploring a long list. In the order given, each in `[0, 1]` and at least the original.
///
/// # Errors
/// [`AdjustError::OutOfRange`] when a value is not a probability.
///
/// # Source
/// Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57:289.
///
/// # Example
/// ```
/// use scoring::multiple::benjamini_hochberg;
/// assert_eq!(benjamini_hochberg(&[0.5, 0.125, 0.25])?, [0.5, 0.375, 0.375]);
/// # Ok::<(), scoring::multiple::AdjustError>(())
/// ```
pub fn benjamini_hochberg(p_values: &[f64]) -> Result<Vec<f64>, AdjustError> {
    let order = ascending(p_values)?;
    let mut adjusted = vec![0.0; p_values.len()];
    let mut lowest = 1.0_f64;
    for (rank, &idx) in order.iter().enumerate().rev() {
        let factor = order.len() as f64 / (rank + 1) as f64;
        lowest = lowest.min(factor * p_values[idx]);
        adjusted[idx] = lowest;
    }
    Ok(adjusted)
}

/// Indices from the smallest probability to the largest.
fn ascending(p_values: &[f64]) -> Result<Vec<usize>, AdjustError> {
    if let Some(idx) = p_values.iter().position(|p| !(0.0..=1.0).contains(p)) {
        return Err(AdjustError::OutOfRange { idx, p: p_values[idx] });
    }
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    Ok(order)
}
