//! The three groups of answerers and what follows from them without any uncertainty.

use std::fmt;

use crate::bands::{Bands, Bucket};
use crate::counts::Counts;
use crate::proportion::Part;
use crate::score::Shares;

/// How many promoters, passives and detractors answered.
///
/// The same three numbers also stand for the satisfied, neutral and dissatisfied of other metrics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Groups {
    /// Would rather not recommend.
    pub detractors: u64,
    /// In between. They count in the number of answers.
    pub passives: u64,
    /// Would recommend.
    pub promoters: u64,
}

impl Groups {
    /// The answers of each bucket.
    ///
    /// # Example
    /// ```
    /// use scoring::{Bands, Counts, Metric, Scale, nps::Groups};
    /// let mut counts = Counts::new(Scale::NPS);
    /// for answer in [10, 9, 8, 3] {
    ///     counts.record(answer);
    /// }
    /// let bands = Bands::standard(Metric::Nps, Scale::NPS).unwrap();
    /// let groups = Groups::from_counts(&counts, bands);
    /// assert_eq!(groups, Groups { detractors: 1, passives: 1, promoters: 2 });
    /// ```
    #[must_use]
    pub fn from_counts(counts: &Counts, bands: Bands) -> Self {
        let mut groups = Self::default();
        for (point, n) in counts.iter() {
            let group = match bands.bucket(counts.scale(), point) {
                Bucket::Bottom => &mut groups.detractors,
                Bucket::Middle => &mut groups.passives,
                Bucket::Top => &mut groups.promoters,
            };
            *group += n;
        }
        groups
    }

    /// All who answered; saturates at [`u64::MAX`].
    ///
    /// ```
    /// let groups = scoring::nps::Groups { detractors: 1, passives: 2, promoters: 3 };
    /// assert_eq!(groups.n(), 6);
    /// ```
    #[must_use]
    pub const fn n(self) -> u64 {
        self.detractors.saturating_add(self.passives).saturating_add(self.promoters)
    }

    /// Net promoter score in points, -100 to 100; `None` when nobody answered.
    ///
    /// # Source
    /// Reichheld 2003, "The One Number You Need to Grow", Harvard Business Review 81(12).
    ///
    /// # Example
    /// ```
    /// use scoring::nps::Groups;
    /// let groups = Groups { detractors: 30, passives: 30, promoters: 40 };
    /// assert_eq!(groups.nps(), Some(10.0));
    /// assert_eq!(Groups::default().nps(), None);
    /// ```
    #[must_use]
    pub fn nps(self) -> Option<f64> {
        let n = self.n();
        let net = i128::from(self.promoters) - i128::from(self.detractors);
        (n > 0).then(|| (100 * net) as f64 / n as f64)
    }
    /// The promoters among all who answered; the satisfied or those who found it easy.
    ///
    /// ```
    /// let groups = scoring::nps::Groups { detractors: 1, passives: 1, promoters: 2 };
    /// assert_eq!(groups.top().share(), Some(0.5));
    /// ```
    #[must_use]
    pub const fn top(self) -> Part {
        Part::saturating(self.promoters, self.detractors.saturating_add(self.passives))
    }

    /// The detractors among all who answered; the dissatisfied or those who found it hard.
    ///
    /// ```
    /// let groups = scoring::nps::Groups { detractors: 1, passives: 1, promoters: 2 };
    /// assert_eq!(groups.bottom().share(), Some(0.25));
    /// ```
    #[must_use]
    pub const fn bottom(self) -> Part {
        Part::saturating(self.detractors, self.promoters.saturating_add(self.passives))
    }

    /// Shares of the three groups, each in `[0, 1]`; `None` when nobody answered.
    ///
    /// # Example
    /// ```
    /// let groups = scoring::nps::Groups { detractors: 1, passives: 1, promoters: 2 };
    /// assert_eq!(groups.shares().map(|shares| shares.top), Some(0.5));
    /// ```
    #[must_use]
    pub fn shares(self) -> Option<Shares> {
        let n = self.n();
        let share = |part: u64| part as f64 / n as f64;
        (n > 0).then(|| Shares {
            bottom: share(self.detractors),
            middle: share(self.passives),
            top: share(self.promoters),
        })
    }

    /// Variance of one answer counted as -1, 0 or 1, in `[0, 1]`; `None` when nobody answered.
    ///
    /// The divisor is `n`. Times 10 000 it is the variance in points squared.
    ///
    /// # Source
    /// The variance of a variable with three values: `p + d - (p - d)^2` for the shares of promoters
    /// and detractors.
    ///
    /// # Example
    /// ```
    /// let groups = scoring::nps::Groups { detractors: 1, passives: 2, promoters: 3 };
    /// assert!((groups.variance().unwrap() - 5.0 / 9.0).abs() < 1e-15);
    /// ```
    #[must_use]
    pub fn variance(self) -> Option<f64> {
        self.shares().map(variance_of_shares)
    }

    /// Standard error of the net promoter score in points; `None` when nobody answered.
    ///
    /// 0 when all answered alike, which says nothing about how sure the score is.
    ///
    /// # Example
    /// ```
    /// let groups = scoring::nps::Groups { detractors: 1, passives: 2, promoters: 3 };
    /// assert!((groups.standard_error().unwrap() - 30.43).abs() < 0.005); // 100 * sqrt(5/9/6)
    /// ```
    #[must_use]
    pub fn standard_error(self) -> Option<f64> {
        self.variance().map(|variance| 100.0 * (variance / self.n() as f64).sqrt())
    }

    /// Both groups of answerers together; each count stops at [`u64::MAX`].
    ///
    /// ```
    /// let half = scoring::nps::Groups { detractors: 1, passives: 2, promoters: 3 };
    /// assert_eq!(half.merged(half).promoters, 6);
    /// ```
    #[must_use]
    pub const fn merged(self, other: Self) -> Self {
        Self {
            detractors: self.detractors.saturating_add(other.detractors),
            passives: self.passives.saturating_add(other.passives),
            promoters: self.promoters.saturating_add(other.promoters),
        }
    }

    /// These without `others`, who must be among them; `None` when they are not.
    ///
    /// ```
    /// use scoring::nps::Groups;
    /// let all = Groups { detractors: 5, passives: 5, promoters: 5 };
    /// let some = Groups { detractors: 4, ..Groups::default() };
    /// assert_eq!(all.without(some).map(|rest| rest.detractors), Some(1));
    /// assert_eq!(some.without(all), None);
    /// ```
    #[must_use]
    pub fn without(self, others: Self) -> Option<Self> {
        Some(Self {
            detractors: self.detractors.checked_sub(others.detractors)?,
            passives: self.passives.checked_sub(others.passives)?,
            promoters: self.promoters.checked_sub(others.promoters)?,
        })
    }
}

/// All segments as one: the roll-up of a net promoter score pools counts.
///
/// # Example
/// ```
/// use scoring::nps::{Groups, mean_of_segments, pooled};
/// let a = Groups { detractors: 10, passives: 5, promoters: 85 };
/// let b = Groups { detractors: 500, passives: 300, promoters: 200 };
/// assert!((pooled(&[a, b]).nps().unwrap() - -20.4545).abs() < 1e-4);
/// assert_eq!(mean_of_segments(&[a, b]), Some(22.5)); // another quantity
/// ```
#[must_use]
pub fn pooled(segments: &[Groups]) -> Groups {
    segments.iter().fold(Groups::default(), |sum, &groups| sum.merged(groups))
}

/// Unweighted mean of the segments' scores in points: how the typical segment does.
///
/// Not the score of all answerers; that is the score of [`pooled`]. Segments without answers are
/// left out; `None` when all are empty.
///
/// # Example
/// ```
/// use scoring::nps::{Groups, mean_of_segments};
/// let all_promoters = Groups { promoters: 1, ..Groups::default() };
/// let all_detractors = Groups { detractors: 99, ..Groups::default() };
/// assert_eq!(mean_of_segments(&[all_promoters, all_detractors]), Some(0.0)); // pooled: -98
/// ```
#[must_use]
pub fn mean_of_segments(segments: &[Groups]) -> Option<f64> {
    let scores: Vec<f64> = segments.iter().filter_map(|groups| groups.nps()).collect();
    (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
}

/// Net promoter score and variance known from shares alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NpsOfShares {
    /// The score in points, -100 to 100.
    pub value: f64,
    /// Variance of one answer counted as -1, 0 or 1, in `[0, 1]`.
    pub variance: f64,
}

/// Why three numbers are not shares of one whole.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum SharesError {
    /// A share does not lie in `[0, 1]`.
    OutOfRange {
        /// The share given.
        share: f64,
    },
    /// The shares do not add up to 1 within a millionth.
    WrongSum {
        /// What they add up to.
        sum: f64,
    },
}

impl fmt::Display for SharesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange { share } => write!(f, "share {share} does not lie between 0 and 1"),
            Self::WrongSum { sum } => write!(f, "the shares add up to {sum} and not to 1"),
        }
    }
}

impl std::error::Error for SharesError {}

/// The net promoter score of published shares, without an interval since `n` is unknown.
///
/// # Errors
/// [`SharesError`] when a share lies outside `[0, 1]` or the three do not add up to 1.
///
/// # Example
/// ```
/// use scoring::{nps::from_shares, score::Shares};
/// let nps = from_shares(Shares { bottom: 0.25, middle: 0.25, top: 0.5 })?;
/// assert_eq!((nps.value, nps.variance), (25.0, 0.6875));
/// # Ok::<(), scoring::nps::SharesError>(())
/// ```
pub fn from_shares(shares: Shares) -> Result<NpsOfShares, SharesError> {
    for share in [shares.bottom, shares.middle, shares.top] {
        if !(0.0..=1.0).contains(&share) {
            return Err(SharesError::OutOfRange { share });
        }
    }
    let sum = shares.bottom + shares.middle + shares.top;
    if (sum - 1.0).abs() > 1e-6 {
        return Err(SharesError::WrongSum { sum });
    }
    let value = 100.0 * (shares.top - shares.bottom);
    Ok(NpsOfShares { value, variance: variance_of_shares(shares) })
}

fn variance_of_shares(shares: Shares) -> f64 {
    let net = shares.top - shares.bottom;
    (shares.top + shares.bottom - net * net).max(0.0)
}
