//! Feedback rates from ratings of one to five stars. Three stars are neither good nor bad, and the
//! base decides the number: the same six bad ratings are 5 % of the ratings and 0.2 % of the orders.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::Timestamp;
use scoring::proportion::{Part, PartError};

/// A rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stars {
    /// The worst.
    One,
    /// Bad.
    Two,
    /// Neither.
    Three,
    /// Good.
    Four,
    /// The best.
    Five,
}

impl Stars {
    /// The rating of that many stars; `None` outside of 1 to 5.
    ///
    /// ```
    /// use service::reputation::Stars;
    /// assert_eq!((Stars::new(3), Stars::new(0)), (Some(Stars::Three), None));
    /// ```
    #[must_use]
    pub const fn new(n_stars: u8) -> Option<Self> {
        match n_stars {
            1 => Some(Self::One),
            2 => Some(Self::Two),
            3 => Some(Self::Three),
            4 => Some(Self::Four),
            5 => Some(Self::Five),
            _ => None,
        }
    }

    /// Whether it counts as good, bad or neither.
    ///
    /// ```
    /// use service::reputation::{Sentiment, Stars};
    /// assert_eq!(Stars::Four.sentiment(), Sentiment::Positive);
    /// ```
    #[must_use]
    pub const fn sentiment(self) -> Sentiment {
        match self {
            Self::One | Self::Two => Sentiment::Negative,
            Self::Three => Sentiment::Neutral,
            Self::Four | Self::Five => Sentiment::Positive,
        }
    }
}

/// What a rating says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sentiment {
    /// One or two stars.
    Negative,
    /// Three stars.
    Neutral,
    /// Four or five stars.
    Positive,
}

/// Ratings by their stars, from one star on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StarCounts(pub [u64; 5]);

/// Ratings by what they say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feedback {
    /// Four and five stars among all ratings.
    pub positive: Part,
    /// Three stars among all ratings.
    pub neutral: Part,
    /// One and two stars among all ratings.
    pub negative: Part,
    /// Mean number of stars, 1 to 5; `None` without ratings.
    pub mean: Option<f64>,
}

/// Shares of good, neutral and bad ratings, and their mean.
///
/// # Errors
/// [`PartError::TooMany`] when the counts together do not fit.
///
/// # Source
/// Amazon's seller feedback: 4 and 5 stars positive, 3 neutral, 1 and 2 negative.
///
/// # Example
/// ```
/// use service::reputation::{StarCounts, feedback};
/// let feedback = feedback(StarCounts([2, 3, 5, 35, 55]))?;
/// assert_eq!(feedback.positive.percent(), Some(90.0));
/// assert_eq!((feedback.negative.percent(), feedback.mean), (Some(5.0), Some(4.38)));
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
pub fn feedback(StarCounts(counts): StarCounts) -> Result<Feedback, PartError> {
    let sum = |counts: &[u64]| {
        let add = |sum: u64, more: &u64| sum.checked_add(*more).ok_or(PartError::TooMany);
        counts.iter().try_fold(0, add)
    };
    let n = sum(&counts)?;
    let stars = counts.iter().zip(1_u128..).map(|(n, stars)| u128::from(*n) * stars).sum::<u128>();
    Ok(Feedback {
        positive: Part::new(sum(&counts[3..])?, n)?,
        neutral: Part::new(counts[2], n)?,
        negative: Part::new(sum(&counts[..2])?, n)?,
        mean: (n > 0).then(|| stars as f64 / n as f64),
    })
}

/// The same thing counted under each base.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeedbackBases {
    /// Ratings.
    pub n_feedback: u64,
    /// Orders.
    pub n_orders: u64,
    /// Customers, each once however often they rated.
    pub n_customers: u64,
}

/// Ratings of one sentiment among each base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedbackRates {
    /// Among all ratings.
    pub per_feedback: Part,
    /// Among all orders, rated or not.
    pub per_order: Part,
    /// Among all customers, whether they rated or not.
    pub per_customer: Part,
}

/// Bad ratings among each base.
///
/// # Errors
/// [`PartError::MoreThanWhole`] when a base holds fewer than are bad.
///
/// # Source
/// Amazon's negative feedback rate divides by the orders of a period, by date of the order.
///
/// # Example
/// ```
/// use service::reputation::{FeedbackBases, negative_feedback_rate};
/// let bad = FeedbackBases { n_feedback: 6, n_orders: 6, n_customers: 6 };
/// let all = FeedbackBases { n_feedback: 120, n_orders: 3000, n_customers: 2400 };
/// let rates = negative_feedback_rate(bad, all)?;
/// assert_eq!(rates.per_order.percent(), Some(0.2));
/// assert_eq!(rates.per_feedback.percent(), Some(5.0)); // 25 times as much
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
pub fn negative_feedback_rate(
    negative: FeedbackBases,
    all: FeedbackBases,
) -> Result<FeedbackRates, PartError> {
    rates(negative, all)
}

/// Good ratings among each base.
///
/// # Errors
/// [`PartError::MoreThanWhole`] when a base holds fewer than are good.
///
/// # Example
/// ```
/// use service::reputation::{FeedbackBases, positive_feedback_rate};
/// let good = FeedbackBases { n_feedback: 90, n_orders: 90, n_customers: 80 };
/// let all = FeedbackBases { n_feedback: 100, n_orders: 900, n_customers: 800 };
/// let rates = positive_feedback_rate(good, all)?;
/// assert_eq!((rates.per_feedback.share(), rates.per_order.share()), (Some(0.9), Some(0.1)));
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
pub fn positive_feedback_rate(
    positive: FeedbackBases,
    all: FeedbackBases,
) -> Result<FeedbackRates, PartError> {
    rates(positive, all)
}

fn rates(counted: FeedbackBases, all: FeedbackBases) -> Result<FeedbackRates, PartError> {
    Ok(FeedbackRates {
        per_feedback: Part::new(counted.n_feedback, all.n_feedback)?,
        per_order: Part::new(counted.n_orders, all.n_orders)?,
        per_customer: Part::new(counted.n_customers, all.n_customers)?,
    })
}

/// An order and what the buyer said about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatedOrder<Customer> {
    /// Who ordered.
    pub customer: Customer,
    /// When it was ordered; the rating may be much later.
    pub ordered: Timestamp,
    /// The rating, if there is one.
    pub stars: Option<Stars>,
}

/// Orders of a period under each base.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeedbackCounts {
    /// All of them.
    pub all: FeedbackBases,
    /// Those with a bad rating.
    pub negative: FeedbackBases,
    /// Those with a good rating.
    pub positive: FeedbackBases,
}

/// What the two feedback rates need, counted from the orders placed in a period.
///
/// A rating belongs to the period of its order and not to the day it was given.
///
/// # Example
/// ```
/// use service::reputation::{RatedOrder, Stars, feedback_counts};
/// let order = |customer, ordered: &str, stars| RatedOrder {
///     customer, ordered: ordered.parse().unwrap(), stars,
/// };
/// let orders = [
///     order("ann", "2024-05-02T00:00Z", Some(Stars::One)),
///     order("ann", "2024-05-03T00:00Z", Some(Stars::Two)),
///     order("bob", "2024-05-04T00:00Z", None),
///     order("bob", "2024-06-04T00:00Z", Some(Stars::Five)),
/// ];
/// let may = "2024-05-01T00:00Z".parse()?.."2024-06-01T00:00Z".parse()?;
/// let counts = feedback_counts(&orders, &may);
/// assert_eq!((counts.all.n_orders, counts.all.n_feedback, counts.all.n_customers), (3, 2, 2));
/// assert_eq!((counts.negative.n_feedback, counts.negative.n_customers), (2, 1));
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn feedback_counts<Customer: Ord>(
    orders: &[RatedOrder<Customer>],
    period: &Range<Timestamp>,
) -> FeedbackCounts {
    let placed = || orders.iter().filter(|order| period.contains(&order.ordered));
    let of = |sentiment| {
        bases(placed().filter(move |order| order.stars.map(Stars::sentiment) == Some(sentiment)))
    };
    FeedbackCounts {
        all: bases(placed()),
        negative: of(Sentiment::Negative),
        positive: of(Sentiment::Positive),
    }
}

fn bases<'a, Customer: Ord + 'a>(
    orders: impl Iterator<Item = &'a RatedOrder<Customer>>,
) -> FeedbackBases {
    let mut bases = FeedbackBases::default();
    let mut customers = BTreeSet::new();
    for order in orders {
        bases.n_orders += 1;
        bases.n_feedback += u64::from(order.stars.is_some());
        customers.insert(&order.customer);
    }
    FeedbackBases { n_customers: customers.len() as u64, ..bases }
}
