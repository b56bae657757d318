//! How many answers are needed before asking. Every result is a number of completed answers; how
//! many people must be invited is [`invitations`].

use std::fmt;

use crate::interval::ConfidenceLevel;
use crate::numerics::normal;
use crate::numerics::student;

/// A number from which no sample size follows.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum PlanError {
    /// A quantity lies outside its range.
    OutOfRange {
        /// Which quantity.
        what: &'static str,
        /// What was given.
        given: f64,
    },
    /// More answers would be needed than can be counted exactly.
    TooMany,
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange { what, given } => write!(f, "{what} of {given} is out of range"),
            Self::TooMany => write!(f, "no possible number of answers is enough"),
        }
    }
}

impl std::error::Error for PlanError {}

/// Probability to notice a difference that is really there, strictly between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Power(f64);

impl Power {
    /// 80 %, the usual choice.
    pub const P80: Self = Self(0.80);
    /// 90 %.
    pub const P90: Self = Self(0.90);

    /// The power `power`, a probability and not percent.
    ///
    /// # Errors
    /// [`PlanError::OutOfRange`] unless `0 < power < 1`.
    ///
    /// ```
    /// use scoring::plan::Power;
    /// assert_eq!(Power::new(0.8), Ok(Power::P80));
    /// assert!(Power::new(80.0).is_err());
    /// ```
    pub fn new(power: f64) -> Result<Self, PlanError> {
        if power > 0.0 && power < 1.0 {
            Ok(Self(power))
        } else {
            Err(PlanError::OutOfRange { what: "a power", given: power })
        }
    }

    fn z(self) -> f64 {
        normal::quantile(self.0).expect("`new` accepted this power")
    }
}

/// Answers needed to know a share to within `margin` either way.
///
/// Both are shares and not percent; `margin` lies in (0, 1). An expected share of 0.5 is the worst
/// case.
///
/// # Errors
/// [`PlanError::OutOfRange`] when the share does not lie in `[0, 1]` or the margin in (0, 1).
///
/// # Source
/// The Wald interval solved for `n`: `z^2 p (1 - p) / margin^2`.
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, plan::n_for_share};
/// assert_eq!(n_for_share(0.5, 0.05, ConfidenceLevel::P95), Ok(385));
/// ```
pub fn n_for_share(share: f64, margin: f64, level: ConfidenceLevel) -> Result<u64, PlanError> {
    within("a share", share, 0.0, 1.0)?;
    positive_up_to("a margin", margin, 1.0)?;
    whole((level.z() / margin).powi(2) * share * (1.0 - share))
}

/// Answers needed in each of two groups to notice that a share differs.
///
/// Both are shares in `[0, 1]` and not equal; a two-sided test at `1 - level`.
///
/// # Errors
/// [`PlanError::OutOfRange`] when a share does not lie in `[0, 1]` or both are equal.
///
/// # Source
/// Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, equation 4.14,
/// without continuity correction.
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, Pair, plan::{Power, n_for_share_difference}};
/// let shares = Pair { before: 0.80, after: 0.85 };
/// assert_eq!(n_for_share_difference(shares, ConfidenceLevel::P95, Power::P80), Ok(906));
/// ```
pub fn n_for_share_difference(
    shares: crate::Pair<f64>,
    level: ConfidenceLevel,
    power: Power,
) -> Result<u64, PlanError> {
    let (p1, p2) = (shares.before, shares.after);
    within("a share", p1, 0.0, 1.0)?;
    within("a share", p2, 0.0, 1.0)?;
    let difference = (p1 - p2).abs();
    positive_up_to("a difference", difference, 1.0)?;
    let middle = (p1 + p2) / 2.0;
    let under_no_difference = (2.0 * middle * (1.0 - middle)).sqrt();
    let under_difference = (p1 * (1.0 - p1) + p2 * (1.0 - p2)).sqrt();
    let reach = level.z() * under_no_difference + power.z() * under_difference;
    whole((reach / difference).powi(2))
}

/// Answers needed to know a net promoter score to within `margin_points` either way.
///
/// `variance` is that of one answer counted as -1, 0 or 1, in `[0, 1]`: of the last period, or 1
/// where nothing is known. At least 1.
///
/// # Errors
/// [`PlanError::OutOfRange`] when the variance does not lie in `[0, 1]` or the margin in (0, 100].
///
/// # Source
/// The adjusted Wald interval solved for `n`: `variance z^2 / margin^2 - 3`.
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, plan::n_for_nps};
/// assert_eq!(n_for_nps(5.0 / 9.0, 10.0, ConfidenceLevel::P90), Ok(148));
/// ```
pub fn n_for_nps(
    variance: f64,
    margin_points: f64,
    level: ConfidenceLevel,
) -> Result<u64, PlanError> {
    within("a variance", variance, 0.0, 1.0)?;
    positive_up_to("a margin", margin_points, 100.0)?;
    whole(variance * (100.0 * level.z() / margin_points).powi(2) - 3.0)
}

/// Answers needed in each of two groups to notice a difference of two net promoter scores.
///
/// `variance` as for [`n_for_nps`], taken to be the same in both groups.
///
/// # Errors
/// [`PlanError::OutOfRange`] when the variance does not lie in `[0, 1]` or the difference in
/// (0, 200].
///
/// # Source
/// As [`n_for_nps`] with twice the variance and the deviates of level and power added up.
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, plan::{Power, n_for_nps_difference}};
/// // 2 * 0.5 * ((1.96 + 0.8416) / 0.1)^2 - 3 = 781.9
/// let n = n_for_nps_difference(0.5, 10.0, ConfidenceLevel::P95, Power::P80);
/// assert_eq!(n, Ok(782));
/// ```
pub fn n_for_nps_difference(
    variance: f64,
    difference_points: f64,
    level: ConfidenceLevel,
    power: Power,
) -> Result<u64, PlanError> {
    within("a variance", variance, 0.0, 1.0)?;
    positive_up_to("a difference", difference_points, 200.0)?;
    let reach = 100.0 * (level.z() + power.z()) / difference_points;
    whole(2.0 * variance * reach.powi(2) - 3.0)
}

/// Answers needed to know a mean to within `margin` either way; both in the unit of the answers.
///
/// At least 2, because one answer has no spread.
///
/// # Errors
/// [`PlanError::OutOfRange`] when the standard deviation is negative or the margin not positive,
/// [`PlanError::TooMany`] when no exactly counted number is enough.
///
/// # Source
/// Student's interval solved for `n`; the deviate itself depends on `n`, so the least one that
/// satisfies it is searched.
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, plan::n_for_mean};
/// assert_eq!(n_for_mean(1.4, 0.25, ConfidenceLevel::P95), Ok(123)); // 121 by the normal deviate
/// ```
pub fn n_for_mean(sd: f64, margin: f64, level: ConfidenceLevel) -> Result<u64, PlanError> {
    within("a standard deviation", sd, 0.0, f64::MAX)?;
    positive_up_to("a margin", margin, f64::MAX)?;
    let mut n = whole((level.z() * sd / margin).powi(2))?.max(2);
    while let Some(critical) = student::critical(level, n as f64 - 1.0) {
        if critical * sd / (n as f64).sqrt() <= margin {
            break;
        }
        n += 1;
    }
    Ok(n)
}

/// Answers needed when only `n_population` people exist to be asked.
///
/// `n` is what an endless population would need. Never more than there are people.
///
/// # Source
/// Cochran 1977, Sampling Techniques, equation 4.2.
///
/// # Example
/// ```
/// use scoring::plan::n_of_finite;
/// assert_eq!(n_of_finite(385, 1000), 279); // 385 / (1 + 384 / 1000)
/// ```
#[must_use]
pub fn n_of_finite(n: u64, n_population: u64) -> u64 {
    if n == 0 || n_population == 0 {
        return 0;
    }
    let (n, people) = (u128::from(n), u128::from(n_population));
    u64::try_from((n * people).div_ceil(people + n - 1)).unwrap_or(n_population).min(n_population)
}

/// People to invite so that `n` answer.
///
/// `response_share` is the share of the invited who answer, in (0, 1].
///
/// # Errors
/// [`PlanError::OutOfRange`] when the share does not lie in (0, 1], [`PlanError::TooMany`] when the
/// result cannot be counted exactly.
///
/// # Example
/// ```
/// assert_eq!(scoring::plan::invitations(385, 0.24), Ok(1605)); // 1604.2
/// ```
pub fn invitations(n: u64, response_share: f64) -> Result<u64, PlanError> {
    positive_up_to("a response share", response_share, 1.0)?;
    if n == 0 { Ok(0) } else { whole(n as f64 / response_share) }
}

fn within(what: &'static str, given: f64, low: f64, high: f64) -> Result<(), PlanError> {
    if (low..=high).contains(&given) { Ok(()) } else { Err(PlanError::OutOfRange { what, given }) }
}

fn positive_up_to(what: &'static str, given: f64, high: f64) -> Result<(), PlanError> {
    if given > 0.0 {
        within(what, given, 0.0, high)
    } else {
        Err(PlanError::OutOfRange { what, given })
    }
}

/// The next whole number of answers, at least 1. A hair above a whole number is rounding.
fn whole(n: f64) -> Result<u64, PlanError> {
    let up = (n - 1e-9 * n.abs()).ceil().max(1.0);
    if up > (1_u64 << 53) as f64 {
        return Err(PlanError::TooMany);
    }
    #[allow(clippy::cast_possible_truncation, reason = "whole and between 1 and 2^53")]
    Ok(up as u64)
}
