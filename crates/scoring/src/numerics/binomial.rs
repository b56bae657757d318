//! The binomial distribution, for exact tests of counts.

use crate::numerics::beta::{self, Shapes};
use crate::numerics::gamma::{deviance, stirling_error};

/// Natural logarithm of the probability of `k` successes in `n` trials; `0 < p < 1`, `k <= n`.
///
/// # Source
/// Loader 2000, "Fast and Accurate Computation of Binomial Probabilities".
pub(crate) fn ln_probability(k: f64, n: f64, p: f64) -> f64 {
    if k <= 0.0 {
        return n * (-p).ln_1p();
    }
    if k >= n {
        return n * p.ln();
    }
    let rest = n - k;
    let correction = stirling_error(n) - stirling_error(k) - stirling_error(rest);
    let exponent = correction - deviance(k, n * p) - deviance(rest, n * (1.0 - p));
    exponent + 0.5 * (n / (std::f64::consts::TAU * k * rest)).ln()
}

/// Two-sided probability of a split at least as uneven as `one` to `other` under equal chances.
///
/// Twice the smaller tail, at most 1; 1 for an empty split. This is the exact sign test.
///
/// # Example
/// ```
/// use scoring::numerics::binomial::{Split, even_split_p};
/// let p = even_split_p(Split { one: 0, other: 5 });
/// assert!((p - 0.0625).abs() < 1e-15); // 2 / 2^5
/// assert_eq!(even_split_p(Split { one: 0, other: 0 }), 1.0);
/// ```
#[must_use]
pub fn even_split_p(split: Split) -> f64 {
    let few = split.one.min(split.other) as f64;
    let many = split.one.max(split.other) as f64;
    if split.one == split.other {
        return 1.0;
    }
    (2.0 * beta::regularised(0.5, Shapes { a: many, b: few + 1.0 })).min(1.0)
}

/// How often each of two things happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// The one thing.
    pub one: u64,
    /// The other thing.
    pub other: u64,
}
