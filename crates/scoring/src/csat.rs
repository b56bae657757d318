//! Customer satisfaction under each of the names it goes by. One sample gives several numbers:
//! ten 5s, four 4s and two 2s are 87.5 % top-2-box, a normalised mean of 84.4 and a mean of 4.375.

use crate::bands::BandsError;
use crate::boxes::{self, BoxError};
use crate::counts::Counts;
use crate::estimate::{Estimate, EstimateOptions};
use crate::interval::ConfidenceLevel;
use crate::mean;
use crate::nps;
use crate::pair::Pair;
use crate::proportion::{self, Method, Part};
use crate::scale::ScalePoint;

/// Percent of answers at `positive_from` or better: what "CSAT" means here unless said otherwise.
///
/// In percent, 0 to 100, of all who answered; the neutral count against. `positive_from` is
/// inclusive and on the scale turned so that higher is better. The default interval is Wilson's.
///
/// # Errors
/// [`BoxError::OutOfRange`] unless `min < positive_from <= max`.
///
/// # Example
/// ```
/// use scoring::{Counts, Direction, EstimateOptions, Scale, ScalePoint, csat, proportion::Method};
/// let scale = Scale::new(1, 5, Direction::HigherIsBetter).unwrap();
/// let counts = Counts::from_points(scale, &[0, 2, 0, 4, 10]).unwrap();
/// let options = EstimateOptions::STANDARD;
/// let csat = csat::top_box(&counts, ScalePoint(4), Method::Wilson, &options)?;
/// assert_eq!((csat.value, csat.n), (Some(87.5), 16));
/// # Ok::<(), scoring::boxes::BoxError>(())
/// ```
pub fn top_box(
    counts: &Counts,
    positive_from: ScalePoint,
    method: Method,
    options: &EstimateOptions,
) -> Result<Estimate, BoxError> {
    let part = boxes::at_or_above(counts, positive_from)?;
    Ok(boxes::percent(counts, part, method, options))
}

/// Percent of answers at `negative_to` or worse: the number to raise an alarm on.
///
/// In percent, 0 to 100; `negative_to` is inclusive and on the scale turned up.
///
/// # Errors
/// [`BoxError::OutOfRange`] unless `min <= negative_to < max`.
///
/// # Example
/// ```
/// use scoring::{Counts, Direction, EstimateOptions, Scale, ScalePoint, csat, proportion::Method};
/// let scale = Scale::new(1, 5, Direction::HigherIsBetter).unwrap();
/// let counts = Counts::from_points(scale, &[0, 2, 0, 4, 10]).unwrap();
/// let options = EstimateOptions::STANDARD;
/// let bottom = csat::bottom_box(&counts, ScalePoint(2), Method::Wilson, &options)?;
/// assert_eq!(bottom.value, Some(12.5));
/// # Ok::<(), scoring::boxes::BoxError>(())
/// ```
pub fn bottom_box(
    counts: &Counts,
    negative_to: ScalePoint,
    method: Method,
    options: &EstimateOptions,
) -> Result<Estimate, BoxError> {
    let part = boxes::at_or_below(counts, negative_to)?;
    Ok(boxes::percent(counts, part, method, options))
}

/// Percent at `positive_from` or better minus percent below `neutral_from`.
///
/// In points, -100 to 100; both ends inclusive and on the scale turned up.
///
/// # Errors
/// [`BandsError::OutOfRange`] unless `min < neutral_from <= positive_from <= max`.
///
/// # Example
/// ```
/// use scoring::{Counts, Direction, EstimateOptions, Scale, ScalePoint, csat, nps::Method};
/// let scale = Scale::new(1, 5, Direction::HigherIsBetter).unwrap();
/// let counts = Counts::from_points(scale, &[0, 2, 0, 4, 10]).unwrap();
/// let (neutral_from, positive_from) = (ScalePoint(3), ScalePoint(4));
/// let options = EstimateOptions::STANDARD;
/// let net = csat::net(&counts, neutral_from, positive_from, Method::AdjustedWald, &options)?;
/// assert_eq!(net.value, Some(75.0)); // 87.5 - 12.5
/// # Ok::<(), scoring::bands::BandsError>(())
/// ```
pub fn net(
    counts: &Counts,
    neutral_from: ScalePoint,
    positive_from: ScalePoint,
    method: nps::Method,
    options: &EstimateOptions,
) -> Result<Estimate, BandsError> {
    boxes::net(counts, neutral_from, positive_from, method, options)
}

/// Mean answer on the scale turned up, with Student's interval clipped to the scale.
///
/// # Example
/// ```
/// use scoring::{Counts, Direction, EstimateOptions, Scale, csat};
/// let scale = Scale::new(1, 5, Direction::HigherIsBetter).unwrap();
/// let counts = Counts::from_points(scale, &[0, 2, 0, 4, 10]).unwrap();
/// assert_eq!(csat::csat_mean(&counts, &EstimateOptions::STANDARD).value, Some(4.375));
/// ```
#[must_use]
pub fn csat_mean(counts: &Counts, options: &EstimateOptions) -> Estimate {
    mean::estimate(counts, options)
}

/// Mean of `(x - min) / (max - min)` in percent, 0 to 100, on the scale turned up.
///
/// Not a share of anybody, although it looks like one.
///
/// # Example
/// ```
/// use scoring::{Counts, Direction, EstimateOptions, Scale, csat};
/// let scale = Scale::new(1, 5, Direction::HigherIsBetter).unwrap();
/// let counts = Counts::from_points(scale, &[0, 2, 0, 4, 10]).unwrap();
/// let options = EstimateOptions::STANDARD;
/// assert_eq!(csat::normalised_mean(&counts, &options).value, Some(84.375));
/// ```
#[must_use]
pub fn normalised_mean(counts: &Counts, options: &EstimateOptions) -> Estimate {
    let (min, max) = (f64::from(counts.scale().min()), f64::from(counts.scale().max()));
    mean::estimate_turned(counts, options, |x| 100.0 * (x - min) / (max - min))
}

/// Percent of good among good and bad ratings; requests that nobody rated do not count.
///
/// # Errors
/// [`proportion::PartError::TooMany`] when the sum does not fit.
///
/// # Example
/// ```
/// assert_eq!(scoring::csat::good_of_rated(8, 2)?.percent(), Some(80.0));
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
pub const fn good_of_rated(good: u64, bad: u64) -> Result<Part, proportion::PartError> {
    Part::beside(good, bad)
}

/// The change of the share satisfied; `None` when either side is empty.
///
/// In shares: times 100 it is in percentage points. See [`proportion::change`].
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, Pair, csat, proportion::Part};
/// let pair = Pair { before: Part::new(2643, 3334)?, after: Part::new(2206, 2688)? };
/// let change = csat::change(pair, ConfidenceLevel::P95).unwrap();
/// assert!((100.0 * change.difference - 2.794).abs() < 5e-4);
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
#[must_use]
pub fn change(pair: Pair<Part>, level: ConfidenceLevel) -> Option<proportion::Change> {
    proportion::change(pair, level)
}
