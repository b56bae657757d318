//! What an answer may be: a whole number on a declared scale with a declared direction.
//! What counts as a good answer is not here; see [`crate::bands`].

use std::fmt;

/// The largest number of points a scale may have; 0–100 is the longest one in use.
pub const SCALE_POINTS_MAX: usize = 101;

/// Which end of a scale is the good one. It has no default: effort scales are used both ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The highest point is the best answer.
    HigherIsBetter,
    /// The lowest point is the best answer, as on the 2008 effort scale.
    LowerIsBetter,
}

impl Direction {
    /// The name used in JSON and SQL: `higher_is_better` or `lower_is_better`.
    ///
    /// ```
    /// assert_eq!(scoring::Direction::LowerIsBetter.name(), "lower_is_better");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HigherIsBetter => "higher_is_better",
            Self::LowerIsBetter => "lower_is_better",
        }
    }

    /// The direction of that [`name`](Self::name); `None` for any other text.
    ///
    /// ```
    /// use scoring::Direction;
    /// assert_eq!(Direction::from_name("lower_is_better"), Some(Direction::LowerIsBetter));
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::HigherIsBetter, Self::LowerIsBetter].into_iter().find(|d| d.name() == name)
    }
}

/// One point of a scale, as the person saw it. Never an index and never a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScalePoint(pub i16);

impl fmt::Display for ScalePoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The whole numbers `min..=max` with a direction. Always at least two points, at most
/// [`SCALE_POINTS_MAX`].
// Not Ord: its `min` and `max` would hide ours behind a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scale {
    min: i16,
    max: i16,
    direction: Direction,
}

/// Why two numbers are not a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScaleError {
    /// `max` is not above `min`.
    TooShort {
        /// The lowest point asked for.
        min: i16,
        /// The highest point asked for.
        max: i16,
    },
    /// More than [`SCALE_POINTS_MAX`] points.
    TooLong {
        /// The number of points asked for.
        n_points: usize,
    },
}

impl fmt::Display for ScaleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort { min, max } => {
                write!(f, "a scale from {min} to {max} has no two points; max must be above min")
            }
            Self::TooLong { n_points } => {
                write!(f, "a scale of {n_points} points is longer than {SCALE_POINTS_MAX}")
            }
        }
    }
}

impl std::error::Error for ScaleError {}

impl Scale {
    /// The scale `min..=max`.
    ///
    /// # Errors
    /// [`ScaleError`] when there are fewer than two or more than [`SCALE_POINTS_MAX`] points.
    ///
    /// # Example
    /// ```
    /// use scoring::{Direction, Scale};
    /// assert_eq!(Scale::new(0, 10, Direction::HigherIsBetter)?.n_points(), 11);
    /// assert!(Scale::new(5, 5, Direction::HigherIsBetter).is_err());
    /// # Ok::<(), scoring::scale::ScaleError>(())
    /// ```
    pub const fn new(min: i16, max: i16, direction: Direction) -> Result<Self, ScaleError> {
        if max <= min {
            return Err(ScaleError::TooShort { min, max });
        }
        let n_points = (max as i32 - min as i32) as usize + 1;
        if n_points > SCALE_POINTS_MAX {
            return Err(ScaleError::TooLong { n_points });
        }
        Ok(Self { min, max, direction })
    }

    /// The standard scale of likelihood to recommend: 0–10, higher is better.
    pub const NPS: Self = Self { min: 0, max: 10, direction: Direction::HigherIsBetter };

    /// The lowest point.
    ///
    /// ```
    /// assert_eq!(scoring::Scale::NPS.min(), 0);
    /// ```
    #[must_use]
    pub const fn min(self) -> i16 {
        self.min
    }

    /// The highest point.
    ///
    /// ```
    /// assert_eq!(scoring::Scale::NPS.max(), 10);
    /// ```
    #[must_use]
    pub const fn max(self) -> i16 {
        self.max
    }

    /// Which end is the good one.
    ///
    /// ```
    /// use scoring::{Direction, Scale};
    /// assert_eq!(Scale::NPS.direction(), Direction::HigherIsBetter);
    /// ```
    #[must_use]
    pub const fn direction(self) -> Direction {
        self.direction
    }

    /// How many points there are; at least 2.
    ///
    /// ```
    /// assert_eq!(scoring::Scale::NPS.n_points(), 11); // 0 to 10
    /// ```
    #[must_use]
    pub const fn n_points(self) -> usize {
        (self.max as i32 - self.min as i32) as usize + 1
    }

    /// Every point from lowest to highest, as shown.
    ///
    /// ```
    /// use scoring::{Direction, Scale};
    /// let faces = Scale::new(1, 3, Direction::HigherIsBetter).unwrap();
    /// assert_eq!(faces.points().map(|point| point.0).collect::<Vec<_>>(), [1, 2, 3]);
    /// ```
    pub fn points(self) -> impl DoubleEndedIterator<Item = ScalePoint> {
        (self.min..=self.max).map(ScalePoint)
    }

    /// The point of that value, or `None` when it lies outside. Nothing is ever clamped.
    ///
    /// ```
    /// use scoring::{Scale, ScalePoint};
    /// assert_eq!(Scale::NPS.point(10), Some(ScalePoint(10)));
    /// assert_eq!(Scale::NPS.point(11), None);
    /// ```
    #[must_use]
    pub fn point(self, value: i64) -> Option<ScalePoint> {
        i16::try_from(value).ok().filter(|v| (self.min..=self.max).contains(v)).map(ScalePoint)
    }

    /// The point seen so that higher is better: `min + max - x` where lower is better.
    ///
    /// ```
    /// use scoring::{Direction, Scale, ScalePoint};
    /// let effort = Scale::new(1, 5, Direction::LowerIsBetter)?;
    /// assert_eq!(effort.oriented(ScalePoint(1)), ScalePoint(5));
    /// # Ok::<(), scoring::scale::ScaleError>(())
    /// ```
    #[must_use]
    pub const fn oriented(self, point: ScalePoint) -> ScalePoint {
        match self.direction {
            Direction::HigherIsBetter => point,
            // In range: both ends are i16 and the point lies between them.
            Direction::LowerIsBetter => ScalePoint(self.min + (self.max - point.0)),
        }
    }
}
