//! Retention: who is still there. The form with identities is exact; the form with counts cannot
//! tell a customer who stayed from one who left and came back.

use std::collections::BTreeSet;
use std::fmt;

use scoring::proportion::Part;

/// Customers at both ends of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomerCounts {
    /// At the start.
    pub n_start: u64,
    /// At the end.
    pub n_end: u64,
    /// At the end, and never customers before.
    pub n_new: u64,
}

/// Why counts of customers contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetentionError {
    /// More are new than there are at the end.
    MoreNewThanEnd {
        /// How many are new.
        n_new: u64,
        /// How many there are at the end.
        n_end: u64,
    },
}

impl fmt::Display for RetentionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MoreNewThanEnd { n_new, n_end } => {
                write!(f, "{n_new} new customers cannot be among {n_end} at the end")
            }
        }
    }
}

impl std::error::Error for RetentionError {}

/// What counts say about retention.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RetentionByCount {
    /// Nobody was there at the start, so nobody could stay.
    NoCustomers,
    /// Those not new at the end among those at the start. Too high when some of them came back
    /// after they had left, which counts cannot show.
    Share(Part),
    /// More are not new than were there at the start, so some of them came back.
    HidesReturned {
        /// The ratio, above 1.
        ratio: f64,
        /// How many came back at the least.
        n_returned_min: u64,
    },
}

impl RetentionByCount {
    /// The number as it is usually printed; `None` without customers, above 1 where it hides some.
    ///
    /// ```
    /// assert_eq!(service::commerce::RetentionByCount::NoCustomers.ratio(), None);
    /// ```
    #[must_use]
    pub fn ratio(self) -> Option<f64> {
        match self {
            Self::NoCustomers => None,
            Self::Share(part) => part.share(),
            Self::HidesReturned { ratio, .. } => Some(ratio),
        }
    }
}

/// Retention from counts: those at the end who are not new, over those at the start.
///
/// # Errors
/// [`RetentionError::MoreNewThanEnd`] when more are new than there are at the end.
///
/// # Example
/// ```
/// use service::commerce::{CustomerCounts, RetentionByCount, retention_by_count};
/// let counts = CustomerCounts { n_start: 100, n_end: 110, n_new: 20 };
/// assert_eq!(retention_by_count(counts)?.ratio(), Some(0.9));
/// let counts = CustomerCounts { n_start: 100, n_end: 125, n_new: 20 };
/// assert_eq!(
///     retention_by_count(counts)?,
///     RetentionByCount::HidesReturned { ratio: 1.05, n_returned_min: 5 }
/// );
/// # Ok::<(), service::commerce::RetentionError>(())
/// ```
pub fn retention_by_count(counts: CustomerCounts) -> Result<RetentionByCount, RetentionError> {
    let CustomerCounts { n_start, n_end, n_new } = counts;
    let n_old = n_end.checked_sub(n_new).ok_or(RetentionError::MoreNewThanEnd { n_new, n_end })?;
    Ok(match (n_start, Part::new(n_old, n_start)) {
        (0, _) => RetentionByCount::NoCustomers,
        (_, Ok(part)) => RetentionByCount::Share(part),
        (_, Err(_)) => RetentionByCount::HidesReturned {
            ratio: n_old as f64 / n_start as f64,
            n_returned_min: n_old - n_start,
        },
    })
}

/// What identities say about retention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetentionById {
    /// Those there at both ends among those at the start.
    pub retained: Part,
    /// Those gone at the end among those at the start; the complement.
    pub churned: Part,
    /// There at the end but not at the start: new, or come back.
    pub n_gained: u64,
}

/// Retention and churn from identities: the preferred form.
///
/// # Example
/// ```
/// use service::commerce::retention_by_id;
/// let start = ["ann", "bob", "cid", "dan"].into();
/// let found = retention_by_id(&start, &["ann", "bob", "cid", "eve"].into());
/// assert_eq!((found.retained.share(), found.churned.share()), (Some(0.75), Some(0.25)));
/// assert_eq!(found.n_gained, 1);
/// ```
#[must_use]
pub fn retention_by_id<Id: Ord>(start: &BTreeSet<Id>, end: &BTreeSet<Id>) -> RetentionById {
    let n_stayed = start.intersection(end).count() as u64;
    let n_start = start.len() as u64;
    let part = |count| Part::new(count, n_start).expect("what is counted is among all");
    RetentionById {
        retained: part(n_stayed),
        churned: part(n_start - n_stayed),
        n_gained: end.len() as u64 - n_stayed,
    }
}
