//! Whether a net promoter score changed between two periods or differs between two segments.
//! The same persons asked twice are paired and must not be tested this way; see
//! [`crate::proportion::mcnemar_exact`].

use crate::interval::{ConfidenceLevel, Interval};
use crate::nps::adjusted_wald::Spread;
use crate::nps::{Bootstrap, Groups};
use crate::numerics::student;
use crate::pair::Pair;
use crate::proportion::ZTest;

/// How two net promoter scores are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChangeMethod {
    /// Three answers added to either side; the default.
    #[default]
    AdjustedWald,
    /// As answered; undefined when both sides are unanimous.
    Wald,
}

/// How two net promoter scores differ, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// `after - before` as answered, -200 to 200: the figure to show.
    pub difference: f64,
    /// `after - before` as the method sees it: the middle of the interval before clipping.
    pub adjusted_difference: f64,
    /// Standard error of the adjusted difference.
    pub standard_error: f64,
    /// The interval of the difference, within -200 to 200.
    pub interval: Interval,
    /// The test of no difference; `None` when the standard error is 0.
    pub test: Option<ZTest>,
}

/// The change of a net promoter score; `None` when nobody answered on either side.
///
/// Adding answers pulls small samples together: with unequal numbers of unanimous answers the
/// adjusted difference is not 0 though the scores are equal. Scores that share no persons only.
///
/// # Source
/// Sauro and Lewis 2016, Quantifying the User Experience, second edition; the z test of two adjusted
/// net promoter scores.
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, Pair, nps::{ChangeMethod, Groups, change}};
/// let pair = Pair {
///     before: Groups { detractors: 30, passives: 30, promoters: 40 },
///     after: Groups { detractors: 20, passives: 30, promoters: 50 },
/// };
/// let change = change(pair, ChangeMethod::AdjustedWald, ConfidenceLevel::P95).unwrap();
/// assert_eq!(change.difference, 20.0);
/// assert!((change.test.unwrap().p - 0.0832).abs() < 5e-5); // not significant
/// ```
#[must_use]
pub fn change(pair: Pair<Groups>, method: ChangeMethod, level: ConfidenceLevel) -> Option<Change> {
    let spread = match method {
        ChangeMethod::AdjustedWald => Spread::adjusted,
        ChangeMethod::Wald => Spread::wald,
    };
    let (before, after) = (spread(pair.before)?, spread(pair.after)?);
    let difference = Spread {
        centre: after.centre - before.centre,
        standard_error: after.standard_error.hypot(before.standard_error),
    };
    Some(Change {
        difference: pair.after.nps()? - pair.before.nps()?,
        adjusted_difference: difference.centre,
        standard_error: difference.standard_error,
        interval: difference.interval(level).clipped(-200.0, 200.0),
        test: (difference.standard_error > 0.0)
            .then(|| ZTest::of_z(difference.centre / difference.standard_error)),
    })
}

/// Student's comparison of two net promoter scores with their own variances, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Welch {
    /// `after - before`, -200 to 200.
    pub difference: f64,
    /// Standard error of the difference, positive.
    pub standard_error: f64,
    /// Degrees of freedom; not whole in general.
    pub degrees: f64,
    /// The difference over its standard error.
    pub t: f64,
    /// Two-sided probability of it without a difference.
    pub p: f64,
    /// The interval of the difference, within -200 to 200.
    pub interval: Interval,
}

/// Welch's test of the means of answers counted as -1, 0 and 1.
///
/// `None` with fewer than two answers on a side, and when both sides are unanimous.
///
/// # Source
/// Welch 1947, Biometrika 34:28.
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, Pair, nps::{Groups, welch}};
/// let pair = Pair {
///     before: Groups { detractors: 30, passives: 30, promoters: 40 },
///     after: Groups { detractors: 20, passives: 30, promoters: 50 },
/// };
/// let test = welch(pair, ConfidenceLevel::P95).unwrap();
/// assert!((test.t - 1.7453).abs() < 5e-5 && (test.degrees - 197.25).abs() < 5e-3);
/// ```
#[must_use]
pub fn welch(pair: Pair<Groups>, level: ConfidenceLevel) -> Option<Welch> {
    // Squared standard error with divisor n - 1, and its part in the degrees of freedom.
    let side = |groups: Groups| {
        let n = groups.n() as f64;
        let square = groups.variance()? / (n - 1.0);
        (n > 1.0).then_some((square, square * square / (n - 1.0)))
    };
    let ((before, before_part), (after, after_part)) = (side(pair.before)?, side(pair.after)?);
    let square = before + after;
    if square <= 0.0 {
        return None;
    }
    let difference = pair.after.nps()? - pair.before.nps()?;
    let standard_error = 100.0 * square.sqrt();
    let degrees = square * square / (before_part + after_part);
    let t = difference / standard_error;
    let half_width = student::critical(level, degrees)? * standard_error;
    Some(Welch {
        difference,
        standard_error,
        degrees,
        t,
        p: student::two_sided_p(t, degrees)?,
        interval: Interval::around(difference, half_width).clipped(-200.0, 200.0),
    })
}

/// Percentile interval of the difference of two net promoter scores, each side resampled.
///
/// In points, within -200 to 200; the same seed gives the same interval. `None` when a side is
/// empty.
///
/// # Source
/// Efron 1979, Annals of Statistics 7:1.
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, Pair, nps::{Bootstrap, Groups, change_by_bootstrap}};
/// let pair = Pair {
///     before: Groups { detractors: 30, passives: 30, promoters: 40 },
///     after: Groups { detractors: 20, passives: 30, promoters: 50 },
/// };
/// let bootstrap = Bootstrap::new(10_000, 1).unwrap();
/// let interval = change_by_bootstrap(pair, bootstrap, ConfidenceLevel::P95).unwrap();
/// assert!((interval.low - -2.1).abs() < 1.5 && (interval.high - 42.1).abs() < 1.5); // as Wald
/// ```
#[must_use]
pub fn change_by_bootstrap(
    pair: Pair<Groups>,
    bootstrap: Bootstrap,
    level: ConfidenceLevel,
) -> Option<Interval> {
    bootstrap.difference(pair, level)
}
