//! Percentile bootstrap of a net score, with the seed as an argument so that it can be repeated.

use std::fmt;

use crate::interval::{ConfidenceLevel, Interval};
use crate::nps::Groups;
use crate::numerics::quantile::{Convention, quantile};
use crate::numerics::random::Random;
use crate::pair::Pair;

/// The largest number of resamples.
pub const RESAMPLES_MAX: u32 = 1_000_000;

/// How often to resample, and from which seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bootstrap {
    resamples: u32,
    seed: u64,
}

/// A number of resamples outside `1..=`[`RESAMPLES_MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BootstrapError {
    /// How many were asked for.
    pub resamples: u32,
}

impl fmt::Display for BootstrapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} resamples lie outside 1..={RESAMPLES_MAX}", self.resamples)
    }
}

impl std::error::Error for BootstrapError {}

impl Bootstrap {
    /// A bootstrap of that many resamples; store the seed beside the result.
    ///
    /// # Errors
    /// [`BootstrapError`] unless `1 <= resamples <= `[`RESAMPLES_MAX`].
    ///
    /// # Example
    /// ```
    /// use scoring::nps::Bootstrap;
    /// assert!(Bootstrap::new(20_000, 1).is_ok());
    /// assert!(Bootstrap::new(0, 1).is_err());
    /// ```
    pub const fn new(resamples: u32, seed: u64) -> Result<Self, BootstrapError> {
        if resamples == 0 || resamples > RESAMPLES_MAX {
            return Err(BootstrapError { resamples });
        }
        Ok(Self { resamples, seed })
    }

    /// The percentile interval in points; `None` when nobody answered.
    pub(super) fn interval(self, groups: Groups, level: ConfidenceLevel) -> Option<Interval> {
        let resample = Resample::of(groups)?;
        self.percentiles(level, |random| resample.draw(random))
    }

    /// The percentile interval of `after - before` in points; `None` when a side is empty.
    pub(super) fn difference(self, pair: Pair<Groups>, level: ConfidenceLevel) -> Option<Interval> {
        let (before, after) = (Resample::of(pair.before)?, Resample::of(pair.after)?);
        self.percentiles(level, |random| after.draw(random) - before.draw(random))
    }

    fn percentiles(
        self,
        level: ConfidenceLevel,
        draw: impl Fn(&mut Random) -> f64,
    ) -> Option<Interval> {
        let mut random = Random::from_seed(self.seed);
        let scores: Vec<f64> = (0..self.resamples).map(|_| draw(&mut random)).collect();
        let tail = level.alpha() / 2.0;
        Some(Interval {
            low: quantile(&scores, tail, Convention::Linear)?,
            high: quantile(&scores, 1.0 - tail, Convention::Linear)?,
        })
    }
}

/// What a sample drawn from the answers looks like: detractors first, then promoters among the rest.
struct Resample {
    n: f64,
    detractors: f64,
    promoters_of_rest: f64,
}

impl Resample {
    fn of(groups: Groups) -> Option<Self> {
        let shares = groups.shares()?;
        let rest = 1.0 - shares.bottom;
        Some(Self {
            n: groups.n() as f64,
            detractors: shares.bottom,
            promoters_of_rest: if rest > 0.0 { (shares.top / rest).min(1.0) } else { 0.0 },
        })
    }

    /// The score of one sample, in points.
    fn draw(&self, random: &mut Random) -> f64 {
        let detractors = random.binomial(self.n, self.detractors);
        let promoters = random.binomial(self.n - detractors, self.promoters_of_rest);
        100.0 * (promoters - detractors) / self.n
    }
}
