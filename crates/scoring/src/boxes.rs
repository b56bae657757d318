//! Boxes: the best or worst few points of a scale, and the net of both. CSAT and CES are boxes
//! under their own names; see [`crate::csat`] and [`crate::ces`].

use std::fmt;

use crate::bands::{Bands, BandsError};
use crate::counts::Counts;
use crate::estimate::{self, Base, Bounds, Estimate, EstimateOptions};
use crate::nps::{self, Groups};
use crate::proportion::{self, Method, Part};
use crate::scale::ScalePoint;

/// A box that does not divide its scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BoxError {
    /// The box holds no point of the scale, or all of them.
    OutOfRange {
        /// The point at which the box ends, on the scale turned up.
        point: i16,
        /// The scale's lowest point.
        min: i16,
        /// The scale's highest point.
        max: i16,
    },
}

impl fmt::Display for BoxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange { point, min, max } => {
                write!(f, "a box that ends at {point} does not divide the scale {min} to {max}")
            }
        }
    }
}

impl std::error::Error for BoxError {}

/// The answers at `from` or better, among all answers.
///
/// `from` is inclusive and on the scale turned so that higher is better.
///
/// # Errors
/// [`BoxError::OutOfRange`] unless `min < from <= max`.
///
/// # Example
/// ```
/// use scoring::{Counts, Direction, Scale, ScalePoint, boxes::at_or_above};
/// let scale = Scale::new(1, 5, Direction::HigherIsBetter).unwrap();
/// let counts = Counts::from_points(scale, &[0, 2, 0, 4, 10]).unwrap();
/// assert_eq!(at_or_above(&counts, ScalePoint(4))?.percent(), Some(87.5));
/// # Ok::<(), scoring::boxes::BoxError>(())
/// ```
pub fn at_or_above(counts: &Counts, from: ScalePoint) -> Result<Part, BoxError> {
    split(counts, from).map(|[below, above]| Part::saturating(above, below))
}

/// The answers at `to` or worse, among all answers.
///
/// `to` is inclusive and on the scale turned so that higher is better.
///
/// # Errors
/// [`BoxError::OutOfRange`] unless `min <= to < max`.
///
/// # Example
/// ```
/// use scoring::{Counts, Direction, Scale, ScalePoint, boxes::at_or_below};
/// let scale = Scale::new(1, 5, Direction::HigherIsBetter).unwrap();
/// let counts = Counts::from_points(scale, &[0, 2, 0, 4, 10]).unwrap();
/// assert_eq!(at_or_below(&counts, ScalePoint(2))?.percent(), Some(12.5));
/// # Ok::<(), scoring::boxes::BoxError>(())
/// ```
pub fn at_or_below(counts: &Counts, to: ScalePoint) -> Result<Part, BoxError> {
    let out_of_range =
        BoxError::OutOfRange { point: to.0, min: counts.scale().min(), max: counts.scale().max() };
    let next = to.0.checked_add(1).ok_or(out_of_range)?;
    match split(counts, ScalePoint(next)) {
        Ok([below, above]) => Ok(Part::saturating(below, above)),
        Err(_) => Err(out_of_range),
    }
}

/// The answers in the two best points, among all answers.
///
/// # Errors
/// [`BoxError::OutOfRange`] when the scale has no more than two points.
///
/// # Example
/// ```
/// use scoring::{Counts, Direction, Scale, boxes::top_2_box};
/// let points = [0, 2, 0, 4, 10]; // how often 1, 2, 3, 4 and 5 were chosen
/// let up = Scale::new(1, 5, Direction::HigherIsBetter).unwrap();
/// assert_eq!(top_2_box(&Counts::from_points(up, &points).unwrap())?.percent(), Some(87.5));
/// let down = Scale::new(1, 5, Direction::LowerIsBetter).unwrap();
/// assert_eq!(top_2_box(&Counts::from_points(down, &points).unwrap())?.percent(), Some(12.5));
/// # Ok::<(), scoring::boxes::BoxError>(())
/// ```
pub fn top_2_box(counts: &Counts) -> Result<Part, BoxError> {
    at_or_above(counts, ScalePoint(counts.scale().max() - 1))
}

/// Answers below `from`, and from there on.
fn split(counts: &Counts, from: ScalePoint) -> Result<[u64; 2], BoxError> {
    let scale = counts.scale();
    if from.0 <= scale.min() || from.0 > scale.max() {
        return Err(BoxError::OutOfRange { point: from.0, min: scale.min(), max: scale.max() });
    }
    let mut sums = [0, 0];
    for (point, n) in counts.iter() {
        sums[usize::from(scale.oriented(point) >= from)] += n;
    }
    Ok(sums)
}

/// A box in percent with its interval and state.
pub(crate) fn percent(
    counts: &Counts,
    part: Part,
    method: Method,
    options: &EstimateOptions,
) -> Estimate {
    let possible = Bounds { low: 0.0, high: 100.0 };
    let ends = proportion::interval(part, method, options.level)
        .map(|interval| (interval.scaled(100.0), possible));
    let method = estimate::Method::Share(method);
    Estimate::assemble(Base::of_counts(counts), method, options, part.percent(), ends)
}

/// Percent at `top_from` or better minus percent below `middle_from`, in points -100 to 100.
pub(crate) fn net(
    counts: &Counts,
    middle_from: ScalePoint,
    top_from: ScalePoint,
    method: nps::Method,
    options: &EstimateOptions,
) -> Result<Estimate, BandsError> {
    let bands = Bands::new(counts.scale(), middle_from, top_from)?;
    let groups = Groups::from_counts(counts, bands);
    Ok(nps::estimate_on(Base::of_counts(counts), groups, method, options))
}
