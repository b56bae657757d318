//! The step from one period to the next.

use crate::interval::Interval;

/// Whether a metric can lie below zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It can, as a net promoter score: a percent change has no meaning.
    Signed,
    /// It cannot, as a share or a duration.
    Unsigned,
}

/// A change from one period to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Delta {
    /// `current - previous`, in the metric's own unit; `None` when either is missing.
    pub points: Option<f64>,
    /// The same in percent of `previous`. `None` also for signed metrics and when `previous` is 0.
    pub percent_change: Option<f64>,
}

/// The change from `previous` to `current`, sign kept.
///
/// # Example
/// ```
/// use scoring::{Pair, trend::{Sign, delta}};
/// let change = delta(Pair { before: Some(-10.0), after: Some(20.0) }, Sign::Signed);
/// assert_eq!((change.points, change.percent_change), (Some(30.0), None));
/// let change = delta(Pair { before: Some(80.0), after: Some(60.0) }, Sign::Unsigned);
/// assert_eq!(change.percent_change, Some(-25.0));
/// ```
#[must_use]
pub fn delta(values: crate::Pair<Option<f64>>, sign: Sign) -> Delta {
    let finite = |value: Option<f64>| value.filter(|value| value.is_finite());
    let (Some(previous), Some(current)) = (finite(values.before), finite(values.after)) else {
        return Delta { points: None, percent_change: None };
    };
    let points = current - previous;
    let is_ratio = sign == Sign::Unsigned && previous > 0.0;
    Delta {
        points: Some(points),
        percent_change: is_ratio.then(|| 100.0 * points / previous).filter(|x| x.is_finite()),
    }
}

/// Which way a dashboard's arrow points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrow {
    /// Surely up.
    Up,
    /// Surely down.
    Down,
    /// The interval of the change holds 0: nobody can tell.
    Unclear,
}

/// The arrow of a change, from the interval of the difference.
///
/// # Example
/// ```
/// use scoring::{Interval, trend::{Arrow, arrow}};
/// assert_eq!(arrow(Interval { low: 0.8, high: 4.8 }), Arrow::Up);
/// assert_eq!(arrow(Interval { low: -2.6, high: 41.4 }), Arrow::Unclear);
/// ```
#[must_use]
pub fn arrow(difference: Interval) -> Arrow {
    if difference.low > 0.0 {
        Arrow::Up
    } else if difference.high < 0.0 {
        Arrow::Down
    } else {
        Arrow::Unclear
    }
}
