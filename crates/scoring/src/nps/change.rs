//! Whether a net promoter score changed between two periods or differs between two segments.
//! The same persons asked twice are paired and must not be tested this way; see
//! [`crate::proportion::mcnemar_exact`].

use crate::interval::{ConfidenceLevel, Interval};
use crate::nps::Groups;
use crate::nps::adjusted_wald::Spread;
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
