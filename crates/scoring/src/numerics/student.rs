//! Student's t distribution.

use crate::interval::ConfidenceLevel;
use crate::numerics::beta::{self, Shapes};

/// Probability that a Student variable lies at least as far from 0 as `t`, in `[0, 1]`.
///
/// `degrees` of freedom are positive and need not be whole. `None` when they are not positive.
///
/// # Example
/// ```
/// use scoring::numerics::student::two_sided_p;
/// assert!((two_sided_p(2.262, 9.0).unwrap() - 0.050_012_845_502_454_63).abs() < 1e-12);
/// assert_eq!(two_sided_p(2.0, 0.0), None);
/// ```
#[must_use]
pub fn two_sided_p(t: f64, degrees: f64) -> Option<f64> {
    if degrees.is_nan() || degrees <= 0.0 || t.is_nan() {
        return None;
    }
    let shapes = Shapes { a: 0.5 * degrees, b: 0.5 };
    Some(beta::regularised(degrees / (degrees + t * t), shapes))
}

/// The deviate that leaves half of `1 - level` on either side of a Student distribution.
///
/// `None` when `degrees` of freedom are not positive.
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, numerics::student::critical};
/// assert!((critical(ConfidenceLevel::P95, 9.0).unwrap() - 2.262_157_162_798_205).abs() < 1e-11);
/// ```
#[must_use]
pub fn critical(level: ConfidenceLevel, degrees: f64) -> Option<f64> {
    if degrees.is_nan() || degrees <= 0.0 {
        return None;
    }
    // t * t / (degrees + t * t) has this beta distribution, and stays exact when it is small.
    let share = beta::inverse(level.get(), Shapes { a: 0.5, b: 0.5 * degrees });
    Some((degrees * share / (1.0 - share)).sqrt())
}
