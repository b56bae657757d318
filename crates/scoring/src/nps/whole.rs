//! What follows from answers being whole: scores that cannot be, and answers between two points.

use crate::bands::{Bands, Bucket};
use crate::scale::{Direction, Scale, ScalePoint};

/// Whether `n` whole answers can give a net promoter score that is shown as `claimed`.
///
/// `claimed` is in points, rounded half away from zero. False for `n = 0`, which gives no score.
///
/// # Example
/// ```
/// use scoring::nps::is_attainable;
/// assert!(!is_attainable(72, 9)); // nine answers give multiples of 100/9: 67, 78
/// assert!(is_attainable(78, 9));
/// ```
#[must_use]
pub fn is_attainable(claimed: i16, n: u64) -> bool {
    if n == 0 || !(-100..=100).contains(&claimed) {
        return false;
    }
    // A net of k answers shows as |claimed| when 2*|claimed| - 1 <= 200*k/n < 2*|claimed| + 1.
    let (n, doubled) = (u128::from(n), 2 * u128::from(claimed.unsigned_abs()));
    let lowest_net = (doubled.saturating_sub(1) * n).div_ceil(200);
    200 * lowest_net < (doubled + 1) * n && lowest_net <= n
}

/// What to make of an answer between two points, such as 8.5.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HalfScores {
    /// Not an answer: the scale has whole points only.
    #[default]
    Invalid,
    /// Belongs to the point above it, so 6.5 is passive and 8.5 a promoter.
    RightClosedBins,
}

/// The group of an answer that may lie between two points of a scale; `None` when it is no answer.
///
/// Given as the person saw it. Outside the scale, and not a number, it is no answer either.
///
/// # Example
/// ```
/// use scoring::nps::{HalfScores, category};
/// use scoring::{Bands, Bucket, Metric, Scale};
/// let bands = Bands::standard(Metric::Nps, Scale::NPS).unwrap();
/// assert_eq!(category(8.5, Scale::NPS, bands, HalfScores::Invalid), None);
/// let half = category(8.5, Scale::NPS, bands, HalfScores::RightClosedBins);
/// assert_eq!(half, Some(Bucket::Top));
/// ```
#[must_use]
pub fn category(value: f64, scale: Scale, bands: Bands, halves: HalfScores) -> Option<Bucket> {
    if !(f64::from(scale.min())..=f64::from(scale.max())).contains(&value) {
        return None;
    }
    let is_whole = value.fract().abs() <= 0.0;
    if halves == HalfScores::Invalid && !is_whole {
        return None;
    }
    // The point that is the better neighbour once the scale is turned up.
    let rounded = match scale.direction() {
        Direction::HigherIsBetter => value.ceil(),
        Direction::LowerIsBetter => value.floor(),
    };
    #[allow(clippy::cast_possible_truncation, reason = "whole and between the scale's i16 ends")]
    let point = ScalePoint(rounded as i16);
    Some(bands.bucket(scale, point))
}
