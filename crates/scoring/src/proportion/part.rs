//! So many of so many.

use std::fmt;

/// `count` of `of`: how many of a group did something. Never more than the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    count: u64,
    of: u64,
}

/// Why two numbers are not a part of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PartError {
    /// More were counted than there are, which is an error in the data and not a share above 1.
    MoreThanWhole {
        /// How many were counted.
        count: u64,
        /// How many there are.
        of: u64,
    },
    /// Both counts together exceed the largest number.
    TooMany,
}

impl fmt::Display for PartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MoreThanWhole { count, of } => {
                write!(f, "{count} cannot be a part of {of}; check how both were counted")
            }
            Self::TooMany => write!(f, "the counts together exceed {}", u64::MAX),
        }
    }
}

impl std::error::Error for PartError {}

impl Part {
    /// `count` of `of`.
    ///
    /// # Errors
    /// [`PartError::MoreThanWhole`] when `count > of`.
    ///
    /// # Example
    /// ```
    /// use scoring::proportion::Part;
    /// assert_eq!(Part::new(7, 50)?.share(), Some(0.14));
    /// assert!(Part::new(51, 50).is_err());
    /// # Ok::<(), scoring::proportion::PartError>(())
    /// ```
    pub const fn new(count: u64, of: u64) -> Result<Self, PartError> {
        if count > of {
            return Err(PartError::MoreThanWhole { count, of });
        }
        Ok(Self { count, of })
    }

    /// `count` beside `rest` others, such as good beside bad ratings.
    ///
    /// # Errors
    /// [`PartError::TooMany`] when the sum does not fit.
    ///
    /// # Example
    /// ```
    /// use scoring::proportion::Part;
    /// assert_eq!(Part::beside(8, 2)?.share(), Some(0.8));
    /// # Ok::<(), scoring::proportion::PartError>(())
    /// ```
    pub const fn beside(count: u64, rest: u64) -> Result<Self, PartError> {
        match count.checked_add(rest) {
            Some(of) => Ok(Self { count, of }),
            None => Err(PartError::TooMany),
        }
    }

    /// `count` beside `rest` others; the whole stops at [`u64::MAX`].
    pub(crate) const fn saturating(count: u64, rest: u64) -> Self {
        Self { count, of: count.saturating_add(rest) }
    }

    /// How many were counted.
    ///
    /// ```
    /// use scoring::proportion::Part;
    /// assert_eq!(Part::new(81, 263)?.count(), 81);
    /// # Ok::<(), scoring::proportion::PartError>(())
    /// ```
    #[must_use]
    pub const fn count(self) -> u64 {
        self.count
    }

    /// How many there are.
    ///
    /// ```
    /// use scoring::proportion::Part;
    /// assert_eq!(Part::new(81, 263)?.of(), 263);
    /// # Ok::<(), scoring::proportion::PartError>(())
    /// ```
    #[must_use]
    pub const fn of(self) -> u64 {
        self.of
    }

    /// How many there are beside the counted ones.
    ///
    /// ```
    /// use scoring::proportion::Part;
    /// assert_eq!(Part::new(81, 263)?.rest(), 182);
    /// # Ok::<(), scoring::proportion::PartError>(())
    /// ```
    #[must_use]
    pub const fn rest(self) -> u64 {
        self.of - self.count
    }

    /// The counted ones as a share in `[0, 1]`; `None` of nothing.
    ///
    /// ```
    /// use scoring::proportion::Part;
    /// assert_eq!(Part::new(0, 0)?.share(), None);
    /// # Ok::<(), scoring::proportion::PartError>(())
    /// ```
    #[must_use]
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| self.count as f64 / self.of as f64)
    }

    /// The counted ones in percent, 0 to 100; `None` of nothing. Rounded once, not twice.
    ///
    /// ```
    /// use scoring::proportion::Part;
    /// assert_eq!(Part::new(7, 50)?.percent(), Some(14.0));
    /// # Ok::<(), scoring::proportion::PartError>(())
    /// ```
    #[must_use]
    pub fn percent(self) -> Option<f64> {
        (self.of > 0).then(|| (100 * u128::from(self.count)) as f64 / self.of as f64)
    }
}
