//! The three values of each customer, from orders.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::commerce::order::Order;

/// Which orders are looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct RfmWindow {
    /// The first day; orders before it are left out. From the beginning when `None`.
    pub from: Option<Date>,
    /// The day of the analysis, from which recency is counted back.
    pub analysis_date: Date,
    /// Where days begin and end.
    pub zone: TimeZone,
}

/// Why orders give no values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RfmError {
    /// An order lies after the analysis, so its recency would be negative.
    OrderAfterAnalysis {
        /// The day of the order.
        ordered: Date,
        /// The day of the analysis.
        analysis_date: Date,
    },
}

impl fmt::Display for RfmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OrderAfterAnalysis { ordered, analysis_date } => {
                write!(f, "an order of {ordered} lies after the analysis of {analysis_date}")
            }
        }
    }
}

impl std::error::Error for RfmError {}

/// What a customer bought within the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RfmValues<Customer> {
    /// Who.
    pub customer: Customer,
    /// Whole days from the last purchase to the analysis; fewer are better.
    pub recency_days: u32,
    /// Purchases; at least one.
    pub n_orders: u64,
    /// What they brought less refunds, in the currency's smallest unit; may be 0 or negative.
    pub revenue_minor: i128,
}

/// The values of all customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RfmTable<Customer> {
    /// Customers with at least one purchase in the window, in their own order.
    pub values: Vec<RfmValues<Customer>>,
    /// Customers with nothing but refunds in the window; they have no last purchase.
    pub n_without_purchase: u64,
}

/// Recency, frequency and monetary value of each customer.
///
/// # Errors
/// [`RfmError::OrderAfterAnalysis`] when an order or refund lies after the day of the analysis.
///
/// # Source
/// Blattberg, Kim and Neslin 2008, Database Marketing, chapter 12.
///
/// # Example
/// ```
/// use jiff::{civil::date, tz::TimeZone};
/// use service::commerce::{Order, rfm::{RfmWindow, rfm_values}};
/// let order = |at: &str, amount_minor| Order {
///     customer: "ann", at: at.parse().unwrap(), amount_minor,
/// };
/// let orders = [
///     order("2024-05-01T09:00Z", 3000),
///     order("2024-05-22T09:00Z", 2000),
///     order("2024-05-25T09:00Z", -500), // a refund is no purchase
/// ];
/// let window =
///     RfmWindow { from: None, analysis_date: date(2024, 6, 1), zone: TimeZone::UTC };
/// let ann = &rfm_values(&orders, &window)?.values[0];
/// assert_eq!((ann.recency_days, ann.n_orders, ann.revenue_minor), (10, 2, 4500));
/// # Ok::<(), service::commerce::rfm::RfmError>(())
/// ```
pub fn rfm_values<Customer: Ord + Clone>(
    orders: &[Order<Customer>],
    window: &RfmWindow,
) -> Result<RfmTable<Customer>, RfmError> {
    let analysis_date = window.analysis_date;
    let mut sums: BTreeMap<&Customer, Sums> = BTreeMap::new();
    for order in orders {
        let ordered = window.zone.to_datetime(order.at).date();
        if ordered > analysis_date {
            return Err(RfmError::OrderAfterAnalysis { ordered, analysis_date });
        }
        if window.from.is_some_and(|from| ordered < from) {
            continue;
        }
        let sums = sums.entry(&order.customer).or_default();
        sums.revenue_minor += i128::from(order.amount_minor);
        if order.is_purchase() {
            sums.n_orders += 1;
            sums.last = sums.last.max(Some(ordered));
        }
    }
    let n_customers = sums.len();
    let values: Vec<_> = sums
        .into_iter()
        .filter_map(|(customer, Sums { last, n_orders, revenue_minor })| {
            let days = analysis_date.duration_since(last?).as_hours() / 24;
            let recency_days = u32::try_from(days).expect("no order lies after the analysis");
            Some(RfmValues { customer: customer.clone(), recency_days, n_orders, revenue_minor })
        })
        .collect();
    Ok(RfmTable { n_without_purchase: (n_customers - values.len()) as u64, values })
}

#[derive(Default)]
struct Sums {
    last: Option<Date>,
    n_orders: u64,
    revenue_minor: i128,
}
