//! Percentile bootstrap of a net score, with the seed as an argument so that it can be repeated.

use std::fmt;

use crate::interval::{ConfidenceLevel, Interval};
use crate::nps::Groups;
use crate::numerics::quantile::{Convention, quantile};
use crate::numerics::random::Random;

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
        let shares = groups.shares()?;
        let n = groups.n() as f64;
        let mut random = Random::from_seed(self.seed);
        // Detractors first, then promoters among the rest: together a draw of all three.
        let among_rest =
            if shares.bottom < 1.0 { (shares.top / (1.0 - shares.bottom)).min(1.0) } else { 0.0 };
        let scores: Vec<f64> = (0..self.resamples)
            .map(|_| {
                let detractors = random.binomial(n, shares.bottom);
                let promoters = random.binomial(n - detractors, among_rest);
                100.0 * (promoters - detractors) / n
            })
            .collect();
        let tail = level.alpha() / 2.0;
        Some(Interval {
            low: quantile(&scores, tail, Convention::Linear)?,
            high: quantile(&scores, 1.0 - tail, Convention::Linear)?,
        })
    }
}
