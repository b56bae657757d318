//! The mean of answers and Student's interval for it. Which end of the scale is good is settled
//! before: everything here is on the scale turned so that higher is better.

use crate::counts::Counts;
use crate::estimate::{Base, Bounds, Estimate, EstimateOptions, Method};
use crate::interval::{ConfidenceLevel, Interval};
use crate::numerics::student;

/// Number, mean and spread of a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// How many values; at least 1.
    pub n: u64,
    /// Arithmetic mean, in the unit of the values.
    pub mean: f64,
    /// Standard deviation with divisor `n - 1`; `None` for a single value.
    pub sd: Option<f64>,
}

impl Moments {
    /// Standard error of the mean; `None` for a single value.
    ///
    /// ```
    /// let moments = scoring::mean::of_values(&[1.0, 3.0]).unwrap();
    /// assert!((moments.standard_error().unwrap() - 1.0).abs() < 1e-15); // sqrt(2) / sqrt(2)
    /// ```
    #[must_use]
    pub fn standard_error(self) -> Option<f64> {
        self.sd.map(|sd| sd / (self.n as f64).sqrt())
    }

    /// Student's interval of the mean, unclipped; `None` for a single value.
    ///
    /// # Source
    /// Student 1908, Biometrika 6:1.
    ///
    /// # Example
    /// ```
    /// use scoring::{ConfidenceLevel, mean::of_values};
    /// let answers = [5.0, 4.0, 4.0, 3.0, 5.0, 5.0, 2.0, 4.0, 5.0, 1.0];
    /// let interval = of_values(&answers).unwrap().interval(ConfidenceLevel::P95).unwrap();
    /// assert!((interval.low - 2.80).abs() < 0.005 && (interval.high - 4.80).abs() < 0.005);
    /// ```
    #[must_use]
    pub fn interval(self, level: ConfidenceLevel) -> Option<Interval> {
        let critical = student::critical(level, self.n as f64 - 1.0)?;
        Some(Interval::around(self.mean, critical * self.standard_error()?))
    }
}

/// Mean and spread of the answers, turned so that higher is better; `None` without answers.
///
/// # Example
/// ```
/// use scoring::{Counts, Direction, Scale, mean::of_counts};
/// let scale = Scale::new(1, 5, Direction::HigherIsBetter).unwrap();
/// let moments = of_counts(&Counts::from_points(scale, &[1, 1, 1, 3, 4]).unwrap()).unwrap();
/// assert_eq!((moments.n, moments.mean), (10, 3.8));
/// assert!((moments.sd.unwrap() - 1.398).abs() < 5e-4);
/// ```
#[must_use]
pub fn of_counts(counts: &Counts) -> Option<Moments> {
    let (n, mean) = (counts.n(), counts.mean_oriented()?);
    let squares: f64 = counts
        .iter()
        .map(|(point, n)| {
            let gap = f64::from(counts.scale().oriented(point).0) - mean;
            n as f64 * gap * gap
        })
        .sum();
    Some(Moments { n, mean, sd: (n > 1).then(|| (squares / (n - 1) as f64).sqrt()) })
}

/// Mean and spread of values; `None` without values or when one is not finite.
///
/// # Example
/// ```
/// let moments = scoring::mean::of_values(&[1.0, 3.0]).unwrap();
/// assert_eq!((moments.mean, moments.sd), (2.0, Some(2.0_f64.sqrt())));
/// ```
#[must_use]
pub fn of_values(values: &[f64]) -> Option<Moments> {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    if !mean.is_finite() {
        return None;
    }
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let sd = (values.len() > 1).then(|| (squares / (n - 1.0)).sqrt());
    Some(Moments { n: values.len() as u64, mean, sd })
}

/// Mean answer on the scale turned up, with Student's interval clipped to the scale.
pub(crate) fn estimate(counts: &Counts, options: &EstimateOptions) -> Estimate {
    estimate_turned(counts, options, |x| x)
}

/// [`estimate`] in another unit; `turn` is linear and rises.
pub(crate) fn estimate_turned(
    counts: &Counts,
    options: &EstimateOptions,
    turn: impl Fn(f64) -> f64,
) -> Estimate {
    let scale = counts.scale();
    let moments = of_counts(counts);
    let interval = moments.and_then(|moments| moments.interval(options.level));
    let possible = Bounds { low: turn(f64::from(scale.min())), high: turn(f64::from(scale.max())) };
    Estimate::assemble(
        Base::of_counts(counts),
        Method::StudentT,
        options,
        moments.map(|moments| turn(moments.mean)),
        interval.map(|raw| (Interval { low: turn(raw.low), high: turn(raw.high) }, possible)),
    )
}
