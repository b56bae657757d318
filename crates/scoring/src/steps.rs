//! Scales that step by less than one, such as half stars, laid on a scale of whole points.

use std::fmt;

use crate::scale::{Direction, SCALE_POINTS_MAX, Scale, ScaleError, ScalePoint};

/// The values `min, min + step, .., max`, each standing for one point of a [`Scale`] from 1 up.
///
/// The value as given is what is compared with a threshold: 3.5 stars are not 4.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Steps {
    min: f64,
    step: f64,
    n_points: i16,
}

/// Why numbers are not the steps of a scale.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum StepsError {
    /// A bound or the step is not a finite number, or the step is not positive.
    NotNumbers,
    /// The step does not lead from the lowest value to the highest.
    Uneven {
        /// The lowest value.
        min: f64,
        /// The highest value.
        max: f64,
        /// The step.
        step: f64,
    },
    /// Fewer than two or too many points.
    Length(ScaleError),
}

impl fmt::Display for StepsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotNumbers => write!(f, "the ends of a scale are finite and its step positive"),
            Self::Uneven { min, max, step } => {
                write!(f, "steps of {step} do not lead from {min} to {max}")
            }
            Self::Length(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StepsError {}

impl Steps {
    /// The values from `min` to `max` in steps.
    ///
    /// # Errors
    /// [`StepsError`] unless all are finite, `step > 0`, whole steps lead from `min` to `max`, and
    /// there are at least two and at most [`SCALE_POINTS_MAX`] points.
    ///
    /// # Example
    /// ```
    /// use scoring::{Direction, ScalePoint, steps::Steps};
    /// let stars = Steps::new(0.5, 5.0, 0.5)?;
    /// assert_eq!(stars.scale(Direction::HigherIsBetter).n_points(), 10);
    /// assert_eq!(stars.point(3.5), Some(ScalePoint(7)));
    /// assert_eq!(stars.point(3.25), None);
    /// assert_eq!(stars.value(7.5), 3.75); // a mean of points as stars
    /// # Ok::<(), scoring::steps::StepsError>(())
    /// ```
    pub fn new(min: f64, max: f64, step: f64) -> Result<Self, StepsError> {
        let n_steps = ((max - min) / step).round();
        if !(n_steps.is_finite() && min.is_finite() && step > 0.0) {
            return Err(StepsError::NotNumbers);
        }
        if (min + n_steps * step - max).abs() > 1e-9 * step {
            return Err(StepsError::Uneven { min, max, step });
        }
        #[allow(clippy::cast_possible_truncation, reason = "a whole number, clamped just before")]
        let last = n_steps.clamp(0.0, SCALE_POINTS_MAX as f64) as i16 + 1;
        match Scale::new(1, last, Direction::HigherIsBetter) {
            Ok(_) => Ok(Self { min, step, n_points: last }),
            Err(error) => Err(StepsError::Length(error)),
        }
    }

    /// The whole-point scale the values are laid on.
    ///
    /// ```
    /// use scoring::{Direction, Scale, steps::Steps};
    /// let stars = Steps::new(0.5, 5.0, 0.5)?;
    /// let direction = Direction::HigherIsBetter;
    /// assert_eq!(Ok(stars.scale(direction)), Scale::new(1, 10, direction));
    /// # Ok::<(), scoring::steps::StepsError>(())
    /// ```
    #[must_use]
    pub fn scale(self, direction: Direction) -> Scale {
        Scale::new(1, self.n_points, direction).expect("`new` accepted this length")
    }

    /// The point of a value, or `None` when it is not one of the steps.
    ///
    /// ```
    /// use scoring::{ScalePoint, steps::Steps};
    /// let stars = Steps::new(0.5, 5.0, 0.5)?;
    /// assert_eq!(stars.point(3.5), Some(ScalePoint(7)));
    /// assert_eq!(stars.point(3.7), None);
    /// # Ok::<(), scoring::steps::StepsError>(())
    /// ```
    #[must_use]
    pub fn point(self, value: f64) -> Option<ScalePoint> {
        let idx = (value - self.min) / self.step;
        let is_step = (idx - idx.round()).abs() <= 1e-9;
        let is_inside = (-0.5..f64::from(self.n_points) - 0.5).contains(&idx);
        #[allow(clippy::cast_possible_truncation, reason = "a whole number below n_points")]
        (is_step && is_inside).then(|| ScalePoint(idx.round() as i16 + 1))
    }

    /// What a point, or a mean of points, is in the scale's own unit.
    ///
    /// ```
    /// let stars = scoring::steps::Steps::new(0.5, 5.0, 0.5)?;
    /// assert_eq!(stars.value(7.0), 3.5);
    /// # Ok::<(), scoring::steps::StepsError>(())
    /// ```
    #[must_use]
    pub fn value(self, point: f64) -> f64 {
        self.min + (point - 1.0) * self.step
    }
}
