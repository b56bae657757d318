//! Two ends of a range, and how sure it shall be. Which method makes the ends is not here; see
//! [`crate::proportion`], [`crate::nps`] and [`crate::mean`].

use std::fmt;

use crate::numerics::normal;

/// Two ends of a range, `low <= high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// `centre - half_width` to `centre + half_width`.
    pub(crate) const fn around(centre: f64, half_width: f64) -> Self {
        Self { low: centre - half_width, high: centre + half_width }
    }

    /// The same range in another unit; `factor` is positive.
    pub(crate) const fn scaled(self, factor: f64) -> Self {
        Self { low: self.low * factor, high: self.high * factor }
    }

    /// The part of the range that lies within `low..=high`; an end outside moves to the nearer end.
    ///
    /// # Example
    /// ```
    /// use scoring::Interval;
    /// let interval = Interval { low: 17.5, high: 107.5 };
    /// assert_eq!(interval.clipped(-100.0, 100.0), Interval { low: 17.5, high: 100.0 });
    /// ```
    #[must_use]
    pub const fn clipped(self, low: f64, high: f64) -> Self {
        Self { low: self.low.max(low).min(high), high: self.high.min(high).max(low) }
    }

    /// `high - low`; never negative.
    ///
    /// ```
    /// assert_eq!(scoring::Interval { low: -5.0, high: 45.0 }.width(), 50.0);
    /// ```
    #[must_use]
    pub const fn width(self) -> f64 {
        self.high - self.low
    }

    /// Whether `value` lies in the range, ends included.
    ///
    /// ```
    /// assert!(scoring::Interval { low: 0.0, high: 0.5 }.contains(0.5));
    /// ```
    #[must_use]
    pub fn contains(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// Probability that an interval holds the true value, strictly between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct ConfidenceLevel(f64);

/// A confidence level that is not strictly between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConfidenceLevelError {
    /// What was given.
    pub given: f64,
}

impl fmt::Display for ConfidenceLevelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a confidence level of {} does not lie between 0 and 1", self.given)
    }
}

impl std::error::Error for ConfidenceLevelError {}

impl ConfidenceLevel {
    /// 90 %.
    pub const P90: Self = Self(0.90);
    /// 95 %, the default of everything here.
    pub const P95: Self = Self(0.95);
    /// 99 %.
    pub const P99: Self = Self(0.99);

    /// The level `level`, a probability and not percent.
    ///
    /// # Errors
    /// [`ConfidenceLevelError`] unless `0 < level < 1`; NaN is refused.
    ///
    /// # Example
    /// ```
    /// use scoring::ConfidenceLevel;
    /// assert_eq!(ConfidenceLevel::new(0.95), Ok(ConfidenceLevel::P95));
    /// assert!(ConfidenceLevel::new(95.0).is_err());
    /// ```
    pub fn new(level: f64) -> Result<Self, ConfidenceLevelError> {
        if level > 0.0 && level < 1.0 {
            Ok(Self(level))
        } else {
            Err(ConfidenceLevelError { given: level })
        }
    }

    /// The level as a probability.
    ///
    /// ```
    /// use scoring::ConfidenceLevel;
    /// assert_eq!(ConfidenceLevel::new(0.9)?.get(), 0.9);
    /// # Ok::<(), scoring::interval::ConfidenceLevelError>(())
    /// ```
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The probability left on both sides together, `1 - level`.
    ///
    /// ```
    /// assert!((scoring::ConfidenceLevel::P95.alpha() - 0.05).abs() < 1e-15);
    /// ```
    #[must_use]
    pub const fn alpha(self) -> f64 {
        1.0 - self.0
    }

    /// The standard normal deviate that leaves half of [`alpha`](Self::alpha) on either side.
    ///
    /// # Example
    /// ```
    /// assert!((scoring::ConfidenceLevel::P95.z() - 1.959_963_984_540_054).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn z(self) -> f64 {
        -normal::lower_quantile(self.alpha() / 2.0)
    }
}
