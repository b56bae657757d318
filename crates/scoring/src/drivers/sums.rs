//! Sums over persons of their score and their ratings: all that importance needs of them, so that
//! no answer has to be kept. What is made of the sums is in `importance`.

use std::fmt;

/// Sums of scores and ratings, and of their products, of the persons who gave all of them.
///
/// Points of scales are whole numbers, so the sums are exact: in whatever order and parts persons
/// are counted, the result is the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingSums {
    n: u64,
    /// Of the score, then of each rating.
    sums: Vec<i128>,
    /// Of the products of each two of them, row by row up to the diagonal.
    products: Vec<i128>,
}

/// Two sums of different numbers of ratings cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatingSumsError {
    /// How many ratings the first has.
    pub n_ratings: usize,
    /// How many the other has.
    pub given: usize,
}

impl fmt::Display for RatingSumsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { n_ratings, given } = self;
        write!(f, "sums of {given} ratings cannot be added to sums of {n_ratings}")
    }
}

impl std::error::Error for RatingSumsError {}

impl RatingSums {
    /// Where the score is among the columns; the ratings follow it.
    pub(crate) const SCORE: usize = 0;

    /// Sums of nobody, who could give so many ratings.
    ///
    /// ```
    /// use scoring::drivers::RatingSums;
    /// let sums = RatingSums::new(3);
    /// assert_eq!((sums.n(), sums.n_ratings()), (0, 3));
    /// ```
    #[must_use]
    pub fn new(n_ratings: usize) -> Self {
        let n_columns = n_ratings + 1;
        Self { n: 0, sums: vec![0; n_columns], products: vec![0; n_columns * (n_columns + 1) / 2] }
    }

    /// Adds a person. Ratings beyond those the sums were made for are left out, and those that
    /// lack count as 0.
    ///
    /// ```
    /// let mut sums = scoring::drivers::RatingSums::new(2);
    /// sums.record(9, &[4, 5]);
    /// assert_eq!(sums.n(), 1);
    /// ```
    pub fn record(&mut self, score: i16, ratings: &[i16]) {
        self.n += 1;
        let n_columns = self.sums.len();
        let value = |idx: usize| match idx.checked_sub(1) {
            None => i64::from(score),
            Some(idx) => ratings.get(idx).map_or(0, |&rating| i64::from(rating)),
        };
        let mut products = self.products.iter_mut();
        for row in 0..n_columns {
            self.sums[row] += i128::from(value(row));
            for (column, product) in (0..=row).zip(&mut products) {
                *product += i128::from(value(row) * value(column));
            }
        }
    }

    /// Adds the persons of other sums.
    ///
    /// # Errors
    /// [`RatingSumsError`] when they are of another number of ratings.
    ///
    /// ```
    /// use scoring::drivers::RatingSums;
    /// let (mut all, mut here) = (RatingSums::new(2), RatingSums::new(2));
    /// all.record(9, &[5, 4]);
    /// here.record(3, &[2, 4]);
    /// all.merge(&here)?;
    /// assert_eq!(all.n(), 2);
    /// assert!(all.merge(&RatingSums::new(1)).is_err());
    /// # Ok::<(), scoring::drivers::RatingSumsError>(())
    /// ```
    pub fn merge(&mut self, other: &Self) -> Result<(), RatingSumsError> {
        if self.sums.len() != other.sums.len() {
            return Err(RatingSumsError { n_ratings: self.n_ratings(), given: other.n_ratings() });
        }
        self.n += other.n;
        let mine = self.sums.iter_mut().chain(&mut self.products);
        for (mine, theirs) in mine.zip(other.sums.iter().chain(&other.products)) {
            *mine += theirs;
        }
        Ok(())
    }

    /// How many persons gave a score and all ratings.
    ///
    /// ```
    /// use scoring::drivers::RatingSums;
    /// let mut sums = RatingSums::new(2);
    /// sums.record(9, &[5, 4]);
    /// assert_eq!(sums.n(), 1);
    /// ```
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// How many ratings a person gave.
    ///
    /// ```
    /// use scoring::drivers::RatingSums;
    /// assert_eq!(RatingSums::new(2).n_ratings(), 2);
    /// ```
    #[must_use]
    pub fn n_ratings(&self) -> usize {
        self.sums.len() - 1
    }

    /// `n` times the sum of products of the deviations of two columns from their means.
    #[allow(clippy::cast_precision_loss, reason = "the difference is exact, and rounded once")]
    pub(crate) fn co_moment(&self, a: usize, b: usize) -> f64 {
        let (row, column) = (a.max(b), a.min(b));
        let product = self.products[row * (row + 1) / 2 + column];
        (i128::from(self.n) * product - self.sums[a] * self.sums[b]) as f64
    }
}
