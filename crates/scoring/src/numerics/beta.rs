//! The regularised incomplete beta function and its inverse, from which the binomial, Student's
//! and exact intervals follow.

use crate::numerics::gamma::{deviance, stirling_error};

const LN_TWO_PI: f64 = 1.837_877_066_409_345_3;

/// Steps of the continued fraction at most; it needs about the square root of the larger shape.
const FRACTION_STEPS_MAX: u32 = 2_000_000;

/// Both shapes of a beta distribution, each positive and finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shapes {
    /// Weight of the end at 1.
    pub a: f64,
    /// Weight of the end at 0.
    pub b: f64,
}

impl Shapes {
    const fn swapped(self) -> Self {
        Self { a: self.b, b: self.a }
    }
}

/// Probability that a beta variable of these shapes is at most `x`, in `[0, 1]`.
///
/// `x` below 0 or above 1 counts as 0 or 1. Relative error about 1e-13 for shapes up to 1e6.
///
/// # Source
/// Abramowitz and Stegun 1964, equation 26.5.8, evaluated by the modified Lentz method; the factor
/// in front of it as in Loader 2000.
///
/// # Example
/// ```
/// use scoring::numerics::beta::{Shapes, regularised};
/// assert!((regularised(0.5, Shapes { a: 2.0, b: 3.0 }) - 0.6875).abs() < 1e-14);
/// ```
#[must_use]
pub fn regularised(x: f64, shapes: Shapes) -> f64 {
    let Shapes { a, b } = shapes;
    debug_assert!(a > 0.0 && b > 0.0, "beta shapes {a} and {b} are not both positive");
    if x <= 0.0 {
        0.0
    } else if x >= 1.0 {
        1.0
    } else if x < (a + 1.0) / (a + b + 2.0) {
        lower_tail(x, 1.0 - x, shapes)
    } else {
        1.0 - lower_tail(1.0 - x, x, shapes.swapped())
    }
}

/// The value at which [`regularised`] is `p`, in `[0, 1]`.
///
/// `p` at or below 0 gives 0, at or above 1 gives 1. Relative error about 1e-13.
///
/// # Example
/// ```
/// use scoring::numerics::beta::{Shapes, inverse};
/// assert!((inverse(0.6875, Shapes { a: 2.0, b: 3.0 }) - 0.5).abs() < 1e-13);
/// ```
#[must_use]
pub fn inverse(p: f64, shapes: Shapes) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    let Shapes { a, b } = shapes;
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    let mut x = a / (a + b);
    for _ in 0..300 {
        let excess = regularised(x, shapes) - p;
        if excess > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let slope = density_times_both(x, 1.0 - x, shapes) / (x * (1.0 - x));
        let newton = x - excess / slope;
        let next = if newton > low && newton < high { newton } else { middle(low, high) };
        if (next - x).abs() <= 1e-15 * next {
            return next;
        }
        x = next;
    }
    x
}

/// Geometric where both ends are known and far apart, so that tiny results are reached soon.
fn middle(low: f64, high: f64) -> f64 {
    if low > 0.0 && high > 16.0 * low { (low * high).sqrt() } else { 0.5 * (low + high) }
}

/// `x^a * y^b / B(a, b)` with `y = 1 - x` given apart, so that neither loses digits near its end.
fn density_times_both(x: f64, y: f64, Shapes { a, b }: Shapes) -> f64 {
    let sum = a + b;
    let correction = stirling_error(sum) - stirling_error(a) - stirling_error(b);
    let exponent = correction - deviance(a, sum * x) - deviance(b, sum * y);
    (exponent + 0.5 * (a.ln() + (b / sum).ln() - LN_TWO_PI)).exp()
}

/// [`regularised`] where the continued fraction converges fast.
fn lower_tail(x: f64, y: f64, shapes: Shapes) -> f64 {
    let Shapes { a, b } = shapes;
    let front = density_times_both(x, y, shapes) / a;
    if front <= 0.0 {
        return 0.0;
    }
    let guarded = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / guarded(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for step in 1..=FRACTION_STEPS_MAX {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / guarded(1.0 + even * d);
        c = guarded(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / guarded(1.0 + odd * d);
        c = guarded(1.0 + odd / c);
        let change = d * c;
        fraction *= change;
        if (change - 1.0).abs() <= 2.0 * f64::EPSILON {
            break;
        }
    }
    (front * fraction).clamp(0.0, 1.0)
}
