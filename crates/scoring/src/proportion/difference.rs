//! The difference of two shares: its interval and its tests.

use crate::interval::{ConfidenceLevel, Interval};
use crate::numerics::{binomial, normal};
use crate::pair::Pair;
use crate::proportion::{Part, wilson};

/// Interval of the difference `after - before` of two shares, in `[-1, 1]`.
///
/// Made from both Wilson intervals; it also exists where both shares are 0 or 1. `None` when
/// either group is empty.
///
/// # Source
/// Newcombe 1998, Statistics in Medicine 17:873, method 10.
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, Pair, proportion::{Part, newcombe}};
/// let pair = Pair { before: Part::new(48, 80)?, after: Part::new(56, 70)? };
/// let interval = newcombe(pair, ConfidenceLevel::P95).unwrap();
/// assert!((interval.low - 0.0524).abs() < 5e-5 && (interval.high - 0.3339).abs() < 5e-5);
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
#[must_use]
pub fn newcombe(pair: Pair<Part>, level: ConfidenceLevel) -> Option<Interval> {
    let (p1, p2) = (pair.after.share()?, pair.before.share()?);
    let (w1, w2) = (wilson(pair.after, level)?, wilson(pair.before, level)?);
    let difference = p1 - p2;
    let interval = Interval {
        low: difference - (p1 - w1.low).hypot(w2.high - p2),
        high: difference + (w1.high - p1).hypot(p2 - w2.low),
    };
    Some(interval.clipped(-1.0, 1.0))
}

/// Which z test of two shares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ZTestKind {
    /// Variance from both groups together; its square is the chi-squared test of the 2 by 2 table.
    #[default]
    Pooled,
    /// The same times `sqrt((N - 1) / N)`, which is closer for few answers.
    NMinusOne,
}

/// A normal test statistic and its two-sided probability under no difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ZTest {
    /// The statistic, positive where `after` is higher.
    pub z: f64,
    /// Two-sided probability in `[0, 1]`.
    pub p: f64,
}

impl ZTest {
    /// A test from its statistic.
    pub(crate) fn of_z(z: f64) -> Self {
        Self { z, p: normal::two_sided_p(z) }
    }
}

/// Normal test of two shares.
///
/// `None` when a group is empty, and when all or none in both groups counted: the variance is then
/// 0 and the statistic undefined; use [`fisher_exact`].
///
/// # Source
/// Campbell 2007, "Chi-squared and Fisher-Irwin tests of two-by-two tables with small sample
/// recommendations", Statistics in Medicine 26:3661, for the N - 1 version.
///
/// # Example
/// ```
/// use scoring::{Pair, proportion::{Part, ZTestKind, z_test}};
/// let pair = Pair { before: Part::new(3, 10)?, after: Part::new(9, 10)? };
/// let test = z_test(pair, ZTestKind::Pooled).unwrap();
/// assert!((test.z - 2.738_612_8).abs() < 1e-7 && (test.p - 0.006_169_9).abs() < 1e-7);
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
#[must_use]
pub fn z_test(pair: Pair<Part>, kind: ZTestKind) -> Option<ZTest> {
    let difference = pair.after.share()? - pair.before.share()?;
    let (n1, n2) = (pair.after.of() as f64, pair.before.of() as f64);
    let n = n1 + n2;
    let pooled = (pair.after.count() as f64 + pair.before.count() as f64) / n;
    let variance = pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2);
    let factor = match kind {
        ZTestKind::Pooled => 1.0,
        ZTestKind::NMinusOne => ((n - 1.0) / n).sqrt(),
    };
    let all_alike = pair.after.rest() == 0 && pair.before.rest() == 0;
    (variance > 0.0 && !all_alike).then(|| ZTest::of_z(factor * difference / variance.sqrt()))
}

/// Fisher's exact test of two shares: the two-sided probability in `[0, 1]`.
///
/// Adds up all tables with the same margins that are at most as probable as the one seen. `None`
/// when either group is empty.
///
/// # Source
/// Fisher 1922, "On the Interpretation of chi-squared from Contingency Tables", JRSS 85:87;
/// two-sided by probability as in R and SciPy.
///
/// # Example
/// ```
/// use scoring::{Pair, proportion::{Part, fisher_exact}};
/// let pair = Pair { before: Part::new(3, 10)?, after: Part::new(9, 10)? };
/// assert!((fisher_exact(pair).unwrap() - 0.019_766_611).abs() < 1e-9);
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
#[must_use]
pub fn fisher_exact(pair: Pair<Part>) -> Option<f64> {
    pair.after.share()?;
    pair.before.share()?;
    Some(Tables::of(pair).two_sided_p(pair.after.count() as f64))
}

/// All 2 by 2 tables with given margins, told apart by the first group's count.
struct Tables {
    n1: f64,
    n2: f64,
    counted: f64,
}

impl Tables {
    fn of(pair: Pair<Part>) -> Self {
        Self {
            n1: pair.after.of() as f64,
            n2: pair.before.of() as f64,
            counted: pair.after.count() as f64 + pair.before.count() as f64,
        }
    }

    const fn low(&self) -> f64 {
        (self.counted - self.n2).max(0.0)
    }

    const fn high(&self) -> f64 {
        self.counted.min(self.n1)
    }

    const fn mode(&self) -> f64 {
        ((self.n1 + 1.0) * (self.counted + 1.0) / (self.n1 + self.n2 + 2.0)).floor()
    }

    /// Logarithm of the probability of a table, up to a constant common to all.
    fn ln_weight(&self, x: f64) -> f64 {
        let p = self.counted / (self.n1 + self.n2);
        binomial::ln_probability(x, self.n1, p)
            + binomial::ln_probability(self.counted - x, self.n2, p)
    }

    fn two_sided_p(&self, seen: f64) -> f64 {
        if self.high() <= self.low() {
            return 1.0; // only one table is possible
        }
        let n = self.n1 + self.n2;
        let whole = binomial::ln_probability(self.counted, n, self.counted / n);
        // Tables that are exactly as probable must not be lost to rounding.
        let limit = self.ln_weight(seen) + 1e-7;
        let mode = self.mode().clamp(self.low(), self.high());
        if self.ln_weight(mode) <= limit {
            return 1.0;
        }
        let below = self.first_within(mode, self.low(), limit).map(|x| self.tail(x, -1.0));
        let above = self.first_within(mode, self.high(), limit).map(|x| self.tail(x, 1.0));
        let sum = below.unwrap_or(0.0) + above.unwrap_or(0.0);
        (sum * (-whole).exp()).min(1.0)
    }

    /// The table nearest to the mode, on the way to `end`, that is no more probable than `limit`.
    fn first_within(&self, mode: f64, end: f64, limit: f64) -> Option<f64> {
        if self.ln_weight(end) > limit {
            return None;
        }
        let (mut outside, mut within) = (mode, end);
        while (within - outside).abs() > 1.0 {
            let middle = ((outside + within) / 2.0).round();
            if self.ln_weight(middle) <= limit {
                within = middle;
            } else {
                outside = middle;
            }
        }
        Some(within)
    }

    /// The weight of the tables from `start` outwards.
    fn tail(&self, start: f64, step: f64) -> f64 {
        let mut weight = self.ln_weight(start).exp();
        let (mut x, mut sum) = (start, 0.0);
        while weight > sum * 1e-18 && weight > 0.0 {
            sum += weight;
            // The ratio of neighbouring tables; 0 at the end of what is possible.
            weight *= if step > 0.0 {
                (self.n1 - x) * (self.counted - x)
                    / ((x + 1.0) * (self.n2 - self.counted + x + 1.0))
            } else {
                x * (self.n2 - self.counted + x) / ((self.n1 - x + 1.0) * (self.counted - x + 1.0))
            };
            x += step;
        }
        sum
    }
}
