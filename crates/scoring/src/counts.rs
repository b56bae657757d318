//! How many answers of each kind there were: all that travels between storing and scoring.
//! Counts add up in any order, so counts from many machines or files merge exactly.

use std::fmt;

use crate::scale::{Scale, ScalePoint};

/// Answers per scale point, and the answers that were not usable, kept apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    scale: Scale,
    per_point: Vec<u64>,
    missing: u64,
    invalid: u64,
}

/// Why counts could not be put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CountsError {
    /// The number of counts is not the number of scale points.
    WrongLength {
        /// Counts given.
        given: usize,
        /// Points on the scale.
        n_points: usize,
    },
    /// Two counts on different scales cannot be added.
    OtherScale,
    /// All answers together are more than the largest number.
    TooMany,
}

impl fmt::Display for CountsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongLength { given, n_points } => {
                write!(f, "{given} counts were given for a scale of {n_points} points")
            }
            Self::OtherScale => write!(f, "counts on two different scales cannot be added"),
            Self::TooMany => write!(f, "the counts add up to more than {}", u64::MAX),
        }
    }
}

impl std::error::Error for CountsError {}

impl Counts {
    /// No answers yet on `scale`.
    ///
    /// ```
    /// use scoring::{Counts, Scale};
    /// assert_eq!(Counts::new(Scale::NPS).n(), 0);
    /// ```
    #[must_use]
    pub fn new(scale: Scale) -> Self {
        Self { scale, per_point: vec![0; scale.n_points()], missing: 0, invalid: 0 }
    }

    /// Counts given from the lowest scale point to the highest, nothing missing or invalid.
    ///
    /// # Errors
    /// [`CountsError::WrongLength`] unless there is one count a point, [`CountsError::TooMany`] when
    /// they add up to more than [`u64::MAX`].
    ///
    /// # Example
    /// ```
    /// use scoring::{Counts, Direction, Scale};
    /// let scale = Scale::new(1, 3, Direction::HigherIsBetter).unwrap();
    /// assert_eq!(Counts::from_points(scale, &[2, 3, 5])?.n(), 10);
    /// # Ok::<(), scoring::counts::CountsError>(())
    /// ```
    pub fn from_points(scale: Scale, per_point: &[u64]) -> Result<Self, CountsError> {
        if per_point.len() != scale.n_points() {
            return Err(CountsError::WrongLength {
                given: per_point.len(),
                n_points: scale.n_points(),
            });
        }
        if per_point.iter().try_fold(0_u64, |sum, &n| sum.checked_add(n)).is_none() {
            return Err(CountsError::TooMany);
        }
        Ok(Self { scale, per_point: per_point.to_vec(), missing: 0, invalid: 0 })
    }

    /// Counts a value: on the scale it is an answer, outside it is invalid. Never clamped.
    ///
    /// ```
    /// use scoring::{Counts, Scale};
    /// let mut counts = Counts::new(Scale::NPS);
    /// counts.record(9);
    /// counts.record(11); // a code for "don't know" that nobody declared
    /// assert_eq!((counts.n(), counts.invalid()), (1, 1));
    /// ```
    pub fn record(&mut self, value: i64) {
        match self.scale.point(value) {
            Some(point) => self.add(point, 1),
            None => self.record_invalid(),
        }
    }

    /// Counts an answer as it stands in a file.
    ///
    /// Empty, or one of the declared codes for "no answer", is missing; a whole number on the scale
    /// is an answer, also written `8.0`; anything else, such as `8.5`, is invalid.
    ///
    /// ```
    /// use scoring::{Counts, Scale};
    /// let mut counts = Counts::new(Scale::NPS);
    /// for text in ["10", " 8.0 ", "8.5", "", "11", "12"] {
    ///     counts.record_text(text, &["11"]);
    /// }
    /// assert_eq!((counts.n(), counts.missing(), counts.invalid()), (2, 2, 2));
    /// ```
    pub fn record_text(&mut self, text: &str, missing_codes: &[&str]) {
        let text = text.trim();
        if text.is_empty() || missing_codes.contains(&text) {
            return self.record_missing();
        }
        let whole = match text.split_once('.') {
            Some((whole, zeros)) if zeros.bytes().all(|digit| digit == b'0') => whole,
            _ => text,
        };
        match whole.parse() {
            Ok(value) => self.record(value),
            Err(_) => self.record_invalid(),
        }
    }

    /// Counts one missing answer.
    ///
    /// ```
    /// use scoring::{Counts, Scale};
    /// let mut counts = Counts::new(Scale::NPS);
    /// counts.record_missing();
    /// assert_eq!((counts.n(), counts.missing(), counts.invalid()), (0, 1, 0));
    /// ```
    pub const fn record_missing(&mut self) {
        self.add_unusable(1, 0);
    }

    /// Counts one unusable answer.
    ///
    /// ```
    /// use scoring::{Counts, Scale};
    /// let mut counts = Counts::new(Scale::NPS);
    /// counts.record_invalid();
    /// assert_eq!((counts.n(), counts.missing(), counts.invalid()), (0, 0, 1));
    /// ```
    pub const fn record_invalid(&mut self) {
        self.add_unusable(0, 1);
    }

    /// Adds `n` answers at `point`; a point outside the scale counts as invalid.
    ///
    /// The sum of all answers stops at [`u64::MAX`].
    ///
    /// ```
    /// use scoring::{Counts, Scale, ScalePoint};
    /// let mut counts = Counts::new(Scale::NPS);
    /// counts.add(ScalePoint(9), 1_000_000);
    /// assert_eq!((counts.n(), counts.at(ScalePoint(9))), (1_000_000, 1_000_000));
    /// ```
    pub fn add(&mut self, point: ScalePoint, n: u64) {
        let room = u64::MAX - self.n();
        let idx = i32::from(point.0) - i32::from(self.scale.min());
        match usize::try_from(idx).ok().and_then(|idx| self.per_point.get_mut(idx)) {
            Some(count) => *count += n.min(room),
            None => self.add_unusable(0, n),
        }
    }

    /// Adds counts of missing and invalid answers made elsewhere; either stops at [`u64::MAX`].
    ///
    /// ```
    /// use scoring::{Counts, Scale};
    /// let mut counts = Counts::new(Scale::NPS);
    /// counts.add_unusable(3, 2);
    /// counts.add_unusable(u64::MAX, 1);
    /// assert_eq!((counts.missing(), counts.invalid()), (u64::MAX, 3));
    /// ```
    pub const fn add_unusable(&mut self, missing: u64, invalid: u64) {
        self.missing = self.missing.saturating_add(missing);
        self.invalid = self.invalid.saturating_add(invalid);
    }

    /// Adds the counts of another part of the same answers.
    ///
    /// # Errors
    /// [`CountsError::OtherScale`] when the scales differ, [`CountsError::TooMany`] when the answers
    /// add up to more than [`u64::MAX`]; nothing is added then.
    ///
    /// ```
    /// use scoring::{Counts, Scale};
    /// let mut monday = Counts::new(Scale::NPS);
    /// monday.record(9);
    /// let mut tuesday = Counts::new(Scale::NPS);
    /// tuesday.record(3);
    /// monday.merge(&tuesday)?;
    /// assert_eq!((monday.n(), monday.mean()), (2, Some(6.0)));
    /// # Ok::<(), scoring::counts::CountsError>(())
    /// ```
    pub fn merge(&mut self, other: &Self) -> Result<(), CountsError> {
        if self.scale != other.scale {
            return Err(CountsError::OtherScale);
        }
        if self.n().checked_add(other.n()).is_none() {
            return Err(CountsError::TooMany);
        }
        for (mine, theirs) in self.per_point.iter_mut().zip(&other.per_point) {
            *mine += theirs;
        }
        self.add_unusable(other.missing, other.invalid);
        Ok(())
    }

    /// The scale the answers were given on.
    ///
    /// ```
    /// use scoring::{Counts, Scale};
    /// assert_eq!(Counts::new(Scale::NPS).scale(), Scale::NPS);
    /// ```
    #[must_use]
    pub const fn scale(&self) -> Scale {
        self.scale
    }

    /// Valid answers.
    ///
    /// ```
    /// use scoring::{Counts, Scale};
    /// let mut counts = Counts::new(Scale::NPS);
    /// [0, 10, 11].map(|value| counts.record(value)); // there is no 11
    /// assert_eq!(counts.n(), 2);
    /// ```
    #[must_use]
    pub fn n(&self) -> u64 {
        self.per_point.iter().sum()
    }

    /// Answers that were left empty or carried a declared code for "no answer".
    ///
    /// ```
    /// use scoring::{Counts, Scale};
    /// let mut counts = Counts::new(Scale::NPS);
    /// counts.record_missing();
    /// assert_eq!(counts.missing(), 1);
    /// ```
    #[must_use]
    pub const fn missing(&self) -> u64 {
        self.missing
    }

    /// Answers outside the scale or not a number at all.
    ///
    /// ```
    /// use scoring::{Counts, Scale};
    /// let mut counts = Counts::new(Scale::NPS);
    /// counts.record(11); // never moved to 10
    /// assert_eq!(counts.invalid(), 1);
    /// ```
    #[must_use]
    pub const fn invalid(&self) -> u64 {
        self.invalid
    }

    /// Answers at one point; 0 outside the scale.
    ///
    /// ```
    /// use scoring::{Counts, Scale, ScalePoint};
    /// let mut counts = Counts::new(Scale::NPS);
    /// counts.record(9);
    /// assert_eq!((counts.at(ScalePoint(9)), counts.at(ScalePoint(11))), (1, 0));
    /// ```
    #[must_use]
    pub fn at(&self, point: ScalePoint) -> u64 {
        usize::try_from(i32::from(point.0) - i32::from(self.scale.min()))
            .ok()
            .and_then(|idx| self.per_point.get(idx).copied())
            .unwrap_or(0)
    }

    /// Every point with its number of answers, from the lowest point to the highest.
    ///
    /// ```
    /// use scoring::{Counts, Direction, Scale};
    /// let thumbs = Scale::new(0, 1, Direction::HigherIsBetter).unwrap();
    /// let counts = Counts::from_points(thumbs, &[2, 6]).unwrap();
    /// assert_eq!(counts.iter().map(|(point, n)| (point.0, n)).collect::<Vec<_>>(), [(0, 2), (1, 6)]);
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (ScalePoint, u64)> {
        self.scale.points().zip(self.per_point.iter().copied())
    }

    /// Arithmetic mean of the answers as given, on the scale; `None` when there are none.
    ///
    /// Exact in whole numbers until the one division.
    ///
    /// ```
    /// use scoring::{Counts, Scale};
    /// let mut counts = Counts::new(Scale::NPS);
    /// assert_eq!(counts.mean(), None);
    /// counts.record(9);
    /// counts.record(6);
    /// assert_eq!(counts.mean(), Some(7.5));
    /// ```
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        self.mean_of(|point| point)
    }

    /// Arithmetic mean of the answers turned so that higher is better; `None` when there are none.
    ///
    /// ```
    /// use scoring::{Counts, Direction, Scale};
    /// let effort = Scale::new(1, 5, Direction::LowerIsBetter).unwrap();
    /// let counts = Counts::from_points(effort, &[3, 1, 0, 0, 0]).unwrap();
    /// assert_eq!((counts.mean(), counts.mean_oriented()), (Some(1.25), Some(4.75)));
    /// ```
    #[must_use]
    pub fn mean_oriented(&self) -> Option<f64> {
        self.mean_of(|point| self.scale.oriented(point))
    }

    fn mean_of(&self, turn: impl Fn(ScalePoint) -> ScalePoint) -> Option<f64> {
        let sum: i128 =
            self.iter().map(|(point, n)| i128::from(turn(point).0) * i128::from(n)).sum();
        let n = self.n();
        (n > 0).then(|| sum as f64 / n as f64)
    }
}
