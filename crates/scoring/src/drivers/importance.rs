//! How much of the score goes along with each rating, when the ratings go along with each other.

use std::fmt;

use super::sums::RatingSums;
use crate::numerics::linear::{Matrix, eigen, solve};

/// The most ratings that [`shapley`] takes: it fits two to this power regressions.
pub const PREDICTORS_MAX: usize = 12;

/// Why no importance can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImportanceError {
    /// No rating, or more than [`PREDICTORS_MAX`] for Shapley.
    PredictorCount {
        /// How many were given.
        given: usize,
    },
    /// Not more persons than ratings and two.
    TooFew {
        /// How many persons.
        n: u64,
    },
    /// The score is the same for all.
    ConstantOutcome,
    /// A rating is the same for all, or follows from the others.
    Collinear,
}

impl fmt::Display for ImportanceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PredictorCount { given } => {
                write!(f, "{given} ratings were given; 1 to {PREDICTORS_MAX} can be shared out")
            }
            Self::TooFew { n } => write!(f, "{n} persons are too few for that many ratings"),
            Self::ConstantOutcome => write!(f, "everyone gave the same score"),
            Self::Collinear => write!(f, "a rating is constant or follows from the others"),
        }
    }
}

impl std::error::Error for ImportanceError {}

/// What one rating goes along with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Driver {
    /// Its part of the explained variance, as a share of it; all parts add up to 1.
    pub share: f64,
    /// Its part of R squared; all parts add up to it.
    pub contribution: f64,
    /// Standardised coefficient in the regression on all ratings; its sign is the direction.
    pub coefficient: f64,
}

/// How the explained variance is shared among the ratings, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Importance {
    /// Share of the score's variance that all ratings explain together, in `[0, 1]`.
    pub r_squared: f64,
    /// One a rating.
    pub drivers: Vec<Driver>,
}

/// Importance as each rating's mean gain in R squared over all orders of adding them.
///
/// Importance is not effect and not cause.
///
/// # Errors
/// [`ImportanceError`] for no or more than [`PREDICTORS_MAX`] ratings, too few persons, and ratings
/// that follow from each other.
///
/// # Source
/// Lindeman, Merenda and Gold 1980 (LMG); Shapley 1953; Lipovetsky and Conklin 2001.
///
/// # Example
/// ```
/// use scoring::drivers::{RatingSums, shapley};
/// // Two ratings that have nothing to do with each other; the score is twice the first plus the second.
/// let mut sums = RatingSums::new(2);
/// for (food, signs) in [(1, 1), (1, 3), (3, 1), (3, 3), (2, 2)] {
///     sums.record(2 * food + signs, &[food, signs]);
/// }
/// let found = shapley(&sums)?;
/// assert!((found.r_squared - 1.0).abs() < 1e-12);
/// assert!((found.drivers[0].share - 0.8).abs() < 1e-12); // 4 : 1
/// # Ok::<(), scoring::drivers::ImportanceError>(())
/// ```
pub fn shapley(sums: &RatingSums) -> Result<Importance, ImportanceError> {
    let n_predictors = sums.n_ratings();
    if n_predictors > PREDICTORS_MAX {
        return Err(ImportanceError::PredictorCount { given: n_predictors });
    }
    let correlations = Correlations::of(sums)?;
    let explained = correlations.explained_by_every_subset()?;
    let n_orders_with = subset_weights(n_predictors);
    let contributions = (0..n_predictors)
        .map(|idx| {
            let bit = 1_usize << idx;
            (0..explained.len())
                .filter(|subset| subset & bit == 0)
                .map(|subset| {
                    let gain = explained[subset | bit] - explained[subset];
                    n_orders_with[subset.count_ones() as usize] * gain
                })
                .sum()
        })
        .collect();
    correlations.importance(contributions)
}

/// Importance by turning the ratings into unrelated ones that lie as close to them as possible.
///
/// Needs one decomposition instead of two to the power of ratings, so it serves for many of them.
/// Close to [`shapley`], and not the same.
///
/// # Errors
/// [`ImportanceError`] as for [`shapley`], without its limit on the number of ratings.
///
/// # Source
/// Johnson 2000, Multivariate Behavioral Research 35:1.
///
/// # Example
/// ```
/// use scoring::drivers::{RatingSums, relative_weights};
/// let mut sums = RatingSums::new(2);
/// for (food, signs) in [(1, 1), (1, 3), (3, 1), (3, 3), (2, 2)] {
///     sums.record(2 * food + signs, &[food, signs]);
/// }
/// let found = relative_weights(&sums)?;
/// assert!((found.drivers[0].share - 0.8).abs() < 1e-12);
/// # Ok::<(), scoring::drivers::ImportanceError>(())
/// ```
pub fn relative_weights(sums: &RatingSums) -> Result<Importance, ImportanceError> {
    let correlations = Correlations::of(sums)?;
    let (values, vectors) = eigen(&correlations.among);
    let k = values.len();
    if values.iter().any(|value| *value <= 1e-10) {
        return Err(ImportanceError::Collinear);
    }
    // The square root of the correlation matrix links ratings to their unrelated stand-ins.
    let root: Matrix = (0..k)
        .map(|i| {
            (0..k)
                .map(|j| (0..k).map(|m| values[m].sqrt() * vectors[i][m] * vectors[j][m]).sum())
                .collect()
        })
        .collect();
    let coefficients =
        solve(&root, &correlations.with_outcome).ok_or(ImportanceError::Collinear)?;
    let contributions = root
        .iter()
        .map(|row| row.iter().zip(&coefficients).map(|(link, beta)| (link * beta).powi(2)).sum())
        .collect();
    correlations.importance(contributions)
}

/// Correlations of the ratings among each other and with the score.
struct Correlations {
    among: Matrix,
    with_outcome: Vec<f64>,
}

impl Correlations {
    fn of(sums: &RatingSums) -> Result<Self, ImportanceError> {
        let k = sums.n_ratings();
        if k == 0 {
            return Err(ImportanceError::PredictorCount { given: 0 });
        }
        if sums.n() < k as u64 + 2 {
            return Err(ImportanceError::TooFew { n: sums.n() });
        }
        let spread: Vec<f64> = (0..=k).map(|idx| sums.co_moment(idx, idx).sqrt()).collect();
        if spread[RatingSums::SCORE] == 0.0 {
            return Err(ImportanceError::ConstantOutcome);
        }
        if spread.contains(&0.0) {
            return Err(ImportanceError::Collinear);
        }
        let correlation = |a: usize, b: usize| sums.co_moment(a, b) / (spread[a] * spread[b]);
        let ratings = 1..=k;
        Ok(Self {
            among: ratings
                .clone()
                .map(|row| ratings.clone().map(|column| correlation(row, column)).collect())
                .collect(),
            with_outcome: ratings.map(|idx| correlation(idx, RatingSums::SCORE)).collect(),
        })
    }

    /// R squared of every subset of the ratings; bit `i` of the index stands for rating `i`.
    fn explained_by_every_subset(&self) -> Result<Vec<f64>, ImportanceError> {
        let k = self.with_outcome.len();
        (0..1_usize << k)
            .map(|subset| {
                let chosen: Vec<usize> = (0..k).filter(|idx| subset >> idx & 1 == 1).collect();
                self.explained_by(&chosen)
            })
            .collect()
    }

    fn explained_by(&self, chosen: &[usize]) -> Result<f64, ImportanceError> {
        let coefficients = self.coefficients(chosen)?;
        let products = chosen.iter().zip(coefficients);
        Ok(products.map(|(&idx, beta)| beta * self.with_outcome[idx]).sum())
    }

    /// Standardised coefficients of the regression on the chosen ratings.
    fn coefficients(&self, chosen: &[usize]) -> Result<Vec<f64>, ImportanceError> {
        let among: Matrix =
            chosen.iter().map(|&i| chosen.iter().map(|&j| self.among[i][j]).collect()).collect();
        let right: Vec<f64> = chosen.iter().map(|&i| self.with_outcome[i]).collect();
        solve(&among, &right).ok_or(ImportanceError::Collinear)
    }

    fn importance(&self, contributions: Vec<f64>) -> Result<Importance, ImportanceError> {
        let all: Vec<usize> = (0..self.with_outcome.len()).collect();
        let coefficients = self.coefficients(&all)?;
        let r_squared: f64 = contributions.iter().sum();
        let k = contributions.len() as f64;
        let share = |part: f64| if r_squared > 0.0 { part / r_squared } else { 1.0 / k };
        let drivers = contributions
            .into_iter()
            .zip(coefficients)
            .map(|(contribution, coefficient)| Driver {
                share: share(contribution),
                contribution,
                coefficient,
            })
            .collect();
        Ok(Importance { r_squared: r_squared.clamp(0.0, 1.0), drivers })
    }
}

/// For a subset of each size, the share of orders in which exactly it comes before a given rating.
fn subset_weights(n_predictors: usize) -> Vec<f64> {
    let mut weights = vec![1.0 / n_predictors as f64];
    for size in 1..n_predictors {
        let ratio = size as f64 / (n_predictors - size) as f64;
        weights.push(weights[size - 1] * ratio);
    }
    weights
}

/// What to do about a rating, by how important it is and how well it is rated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quadrant {
    /// Important and rated badly: here first.
    Improve,
    /// Important and rated well.
    Keep,
    /// Neither.
    Watch,
    /// Rated well and not important.
    Maintain,
}

impl Quadrant {
    /// The name used in JSON: `improve`, `keep`, `watch` or `maintain`.
    ///
    /// ```
    /// assert_eq!(scoring::drivers::Quadrant::Improve.name(), "improve");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Improve => "improve",
            Self::Keep => "keep",
            Self::Watch => "watch",
            Self::Maintain => "maintain",
        }
    }
}

/// Where a rating lies in the grid of importance and performance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// How important it is, such as [`Driver::share`].
    pub importance: f64,
    /// How well it is rated, such as a top-2-box.
    pub performance: f64,
}

/// The quadrant of a rating around `centre`, which is usually the mean of all ratings.
///
/// Both in the same units; on a line counts as above it.
///
/// # Example
/// ```
/// use scoring::drivers::{Place, Quadrant, quadrant};
/// let centre = Place { importance: 0.25, performance: 0.60 };
/// let food = Place { importance: 0.30, performance: 0.45 };
/// assert_eq!(quadrant(food, centre), Quadrant::Improve);
/// ```
#[must_use]
pub fn quadrant(rating: Place, centre: Place) -> Quadrant {
    let is_important = rating.importance >= centre.importance;
    let is_rated_well = rating.performance >= centre.performance;
    match (is_important, is_rated_well) {
        (true, false) => Quadrant::Improve,
        (true, true) => Quadrant::Keep,
        (false, false) => Quadrant::Watch,
        (false, true) => Quadrant::Maintain,
    }
}
