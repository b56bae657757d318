//! Scores as if every group of customers had answered in proportion to its size.

use std::fmt;

use crate::interval::{ConfidenceLevel, Interval};
use crate::nps::{Groups, pooled};

/// A group of customers: how many there are and how those who answered did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stratum {
    /// Its size in the population, in any unit; positive.
    pub population: f64,
    /// Its answers.
    pub groups: Groups,
}

/// Why strata cannot be put together.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum StratumError {
    /// Nobody of a stratum answered: collapse it into another one.
    NoAnswers {
        /// Which stratum.
        idx: usize,
    },
    /// The size of a stratum is not a positive number.
    OutOfRange {
        /// Which stratum.
        idx: usize,
        /// What was given.
        population: f64,
    },
}

impl fmt::Display for StratumError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAnswers { idx } => {
                write!(f, "nobody answered in the stratum at index {idx}; join it with another")
            }
            Self::OutOfRange { idx, population } => {
                write!(f, "the stratum at index {idx} has a size of {population}")
            }
        }
    }
}

impl std::error::Error for StratumError {}

/// A net promoter score weighted to the population, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PostStratified {
    /// The weighted score.
    pub value: f64,
    /// The score of the answers as they came, to show beside it.
    pub unweighted: f64,
    /// Standard error of the weighted score; `None` for a single answer.
    pub standard_error: Option<f64>,
    /// Normal interval, clipped to -100 to 100; `None` for a single answer.
    pub interval: Option<Interval>,
}

/// Net promoter score with every stratum weighted by its size; `None` without strata.
///
/// # Errors
/// [`StratumError`] for a stratum without answers, which never counts as 0, or of no size.
///
/// # Source
/// Holt and Smith 1979, JRSS A 142:33; the standard error by linearisation as in [`super::weighted_mean`],
/// around the mean of each stratum.
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, nps::Groups, weights::{Stratum, post_stratified}};
/// let chat = Groups { detractors: 15, passives: 15, promoters: 30 }; // +25
/// let phone = Groups { detractors: 10, passives: 6, promoters: 4 }; // -30
/// let strata = [chat, phone].map(|groups| Stratum { population: 1.0, groups });
/// let nps = post_stratified(&strata, ConfidenceLevel::P95)?.unwrap();
/// assert_eq!((nps.unweighted, nps.value), (11.25, -2.5));
/// assert!((nps.standard_error.unwrap() - 10.3).abs() < 0.05);
/// # Ok::<(), scoring::weights::StratumError>(())
/// ```
pub fn post_stratified(
    strata: &[Stratum],
    level: ConfidenceLevel,
) -> Result<Option<PostStratified>, StratumError> {
    let shares = population_shares(strata)?;
    let groups: Vec<Groups> = strata.iter().map(|stratum| stratum.groups).collect();
    let all = pooled(&groups);
    let Some(unweighted) = all.nps() else { return Ok(None) };
    let (mut value, mut variance) = (0.0, 0.0);
    for (idx, (share, groups)) in shares.iter().zip(&groups).enumerate() {
        let empty = StratumError::NoAnswers { idx };
        value += share * groups.nps().ok_or(empty)?;
        variance += (share * groups.standard_error().ok_or(empty)?).powi(2);
    }
    let n = all.n() as f64;
    let standard_error = (all.n() > 1).then(|| (variance * n / (n - 1.0)).sqrt());
    let interval = standard_error
        .map(|error| Interval::around(value, level.z() * error).clipped(-100.0, 100.0));
    Ok(Some(PostStratified { value, unweighted, standard_error, interval }))
}

/// The weight of one answer of each stratum; the mean over all answers is 1.
///
/// # Errors
/// [`StratumError`] for a stratum without answers or of no size.
///
/// # Example
/// ```
/// use scoring::{nps::Groups, weights::{Stratum, post_stratification_weights}};
/// let stratum = |promoters| Stratum {
///     population: 500.0, groups: Groups { promoters, ..Groups::default() },
/// };
/// assert_eq!(post_stratification_weights(&[stratum(60), stratum(20)])?, [80.0 / 120.0, 2.0]);
/// # Ok::<(), scoring::weights::StratumError>(())
/// ```
pub fn post_stratification_weights(strata: &[Stratum]) -> Result<Vec<f64>, StratumError> {
    let shares = population_shares(strata)?;
    let n: f64 = strata.iter().map(|stratum| stratum.groups.n() as f64).sum();
    Ok(strata
        .iter()
        .zip(shares)
        .map(|(stratum, share)| share * n / stratum.groups.n() as f64)
        .collect())
}

/// Each stratum's share of the population, once all are known to have a size and answers.
fn population_shares(strata: &[Stratum]) -> Result<Vec<f64>, StratumError> {
    for (idx, stratum) in strata.iter().enumerate() {
        if !(stratum.population.is_finite() && stratum.population > 0.0) {
            return Err(StratumError::OutOfRange { idx, population: stratum.population });
        }
        if stratum.groups.n() == 0 {
            return Err(StratumError::NoAnswers { idx });
        }
    }
    let largest = strata.iter().map(|stratum| stratum.population).fold(0.0, f64::max);
    let sum: f64 = strata.iter().map(|stratum| stratum.population / largest).sum();
    Ok(strata.iter().map(|stratum| stratum.population / largest / sum).collect())
}
