//! Customer effort score, always told as ease: higher is better. Which end of the scale the person
//! saw as easy is the scale's direction, which has no default.

use std::collections::BTreeMap;

use crate::bands::BandsError;
use crate::boxes::{self, BoxError};
use crate::counts::Counts;
use crate::estimate::{Estimate, EstimateOptions};
use crate::mean;
use crate::nps;
use crate::proportion::Method;
use crate::scale::{Direction, Scale, ScalePoint};

/// Percent of answers at `easy_from` or easier: what "CES" means here unless said otherwise.
///
/// In percent, 0 to 100. `easy_from` is inclusive and on the scale turned so that higher is easier;
/// on 1–7 it is 5, "at least somewhat agree". The default interval is Wilson's.
///
/// # Errors
/// [`BoxError::OutOfRange`] unless `min < easy_from <= max`.
///
/// # Source
/// Dixon, Toman and DeLisi 2013, The Effortless Experience, for the question and its scale.
///
/// # Example
/// ```
/// use scoring::{Counts, Direction, EstimateOptions, Scale, ScalePoint, ces, proportion::Method};
/// let scale = Scale::new(1, 7, Direction::HigherIsBetter).unwrap();
/// let counts = Counts::from_points(scale, &[1, 1, 1, 1, 1, 3, 2]).unwrap();
/// let options = EstimateOptions::STANDARD;
/// let ces = ces::percent_easy(&counts, ScalePoint(5), Method::Wilson, &options)?;
/// assert_eq!(ces.value, Some(60.0));
/// # Ok::<(), scoring::boxes::BoxError>(())
/// ```
pub fn percent_easy(
    counts: &Counts,
    easy_from: ScalePoint,
    method: Method,
    options: &EstimateOptions,
) -> Result<Estimate, BoxError> {
    let part = boxes::at_or_above(counts, easy_from)?;
    Ok(boxes::percent(counts, part, method, options))
}

/// Percent of answers at `difficult_to` or harder, 0 to 100; inclusive, on the scale turned up.
///
/// # Errors
/// [`BoxError::OutOfRange`] unless `min <= difficult_to < max`.
///
/// # Example
/// ```
/// use scoring::{Counts, Direction, EstimateOptions, Scale, ScalePoint, ces, proportion::Method};
/// let scale = Scale::new(1, 7, Direction::HigherIsBetter).unwrap();
/// let counts = Counts::from_points(scale, &[1, 1, 1, 1, 1, 3, 2]).unwrap();
/// let options = EstimateOptions::STANDARD;
/// let hard = ces::percent_difficult(&counts, ScalePoint(3), Method::Wilson, &options)?;
/// assert_eq!(hard.value, Some(30.0));
/// # Ok::<(), scoring::boxes::BoxError>(())
/// ```
pub fn percent_difficult(
    counts: &Counts,
    difficult_to: ScalePoint,
    method: Method,
    options: &EstimateOptions,
) -> Result<Estimate, BoxError> {
    let part = boxes::at_or_below(counts, difficult_to)?;
    Ok(boxes::percent(counts, part, method, options))
}

/// Mean ease on the scale turned up, with Student's interval clipped to the scale.
///
/// # Example
/// ```
/// use scoring::{Counts, Direction, EstimateOptions, Scale, ces};
/// let effort = Scale::new(1, 5, Direction::LowerIsBetter).unwrap();
/// let counts = Counts::from_points(effort, &[1, 2, 1, 0, 1]).unwrap();
/// assert_eq!(ces::ces_mean(&counts, &EstimateOptions::STANDARD).value, Some(3.4)); // 1 + 5 - 2.6
/// ```
#[must_use]
pub fn ces_mean(counts: &Counts, options: &EstimateOptions) -> Estimate {
    mean::estimate(counts, options)
}

/// Percent at `easy_from` or easier minus percent harder than `neutral_from`.
///
/// In points, -100 to 100; both ends inclusive and on the scale turned up.
///
/// # Errors
/// [`BandsError::OutOfRange`] unless `min < neutral_from <= easy_from <= max`.
///
/// # Example
/// ```
/// use scoring::{Counts, Direction, EstimateOptions, Scale, ScalePoint, ces, nps::Method};
/// let scale = Scale::new(1, 7, Direction::HigherIsBetter).unwrap();
/// let counts = Counts::from_points(scale, &[1, 1, 1, 1, 1, 3, 2]).unwrap();
/// let (neutral_from, easy_from) = (ScalePoint(4), ScalePoint(6));
/// let options = EstimateOptions::STANDARD;
/// let net = ces::net_ease(&counts, neutral_from, easy_from, Method::AdjustedWald, &options)?;
/// assert_eq!(net.value, Some(20.0)); // 50 % at 6-7 minus 30 % at 1-3
/// # Ok::<(), scoring::bands::BandsError>(())
/// ```
pub fn net_ease(
    counts: &Counts,
    neutral_from: ScalePoint,
    easy_from: ScalePoint,
    method: nps::Method,
    options: &EstimateOptions,
) -> Result<Estimate, BandsError> {
    boxes::net(counts, neutral_from, easy_from, method, options)
}

/// Counts of answers given as words or faces, by a declared table of what each one stands for.
///
/// An empty label is missing; one that is not in the table is invalid. Which points are the easy
/// ones is the direction of `scale`.
///
/// # Example
/// ```
/// use std::collections::BTreeMap;
/// use scoring::{Direction, Scale, ScalePoint, ces::counts_from_labels};
/// let points = [("hard", 1), ("neutral", 2), ("easy", 3)];
/// let table = points.map(|(label, point)| (label.to_owned(), ScalePoint(point))).into();
/// let scale = Scale::new(1, 3, Direction::HigherIsBetter).unwrap();
/// let counts = counts_from_labels(scale, &table, ["hard", "easy", "easy", "", "huh"]);
/// assert_eq!((counts.n(), counts.missing(), counts.invalid()), (3, 1, 1));
/// ```
#[must_use]
pub fn counts_from_labels<'a>(
    scale: Scale,
    table: &BTreeMap<String, ScalePoint>,
    labels: impl IntoIterator<Item = &'a str>,
) -> Counts {
    let mut counts = Counts::new(scale);
    for label in labels {
        match table.get(label) {
            Some(&point) => counts.add(point, 1),
            None if label.is_empty() => counts.record_missing(),
            None => counts.record_invalid(),
        }
    }
    counts
}

/// The direction of an effort scale from its stored name.
///
/// `higher_is_easier` and `higher_is_harder`; `None` for anything else, because a missing direction
/// cannot be guessed.
///
/// # Example
/// ```
/// use scoring::{Direction, ces::direction_from_name};
/// assert_eq!(direction_from_name("higher_is_harder"), Some(Direction::LowerIsBetter));
/// assert_eq!(direction_from_name(""), None);
/// ```
#[must_use]
pub fn direction_from_name(name: &str) -> Option<Direction> {
    match name {
        "higher_is_easier" => Some(Direction::HigherIsBetter),
        "higher_is_harder" => Some(Direction::LowerIsBetter),
        _ => None,
    }
}
