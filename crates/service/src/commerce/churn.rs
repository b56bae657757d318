//! Churn: who is lost. Without a contract nobody says goodbye, so a customer is lost after a silence
//! that the shop has to choose.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use scoring::numerics::quantile::median;
use scoring::proportion::{Part, PartError};

use crate::commerce::order::Order;

/// Customers lost in a period among those at its start.
///
/// The complement of retention only where both come from identities.
///
/// # Errors
/// [`PartError::MoreThanWhole`] when more were lost than were there.
///
/// # Example
/// ```
/// assert_eq!(service::commerce::churn(50, 1000)?.percent(), Some(5.0));
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
pub const fn churn(n_lost: u64, n_start: u64) -> Result<Part, PartError> {
    Part::new(n_lost, n_start)
}

/// Churn over `n_periods` when each loses `share` of who is left, in `[0, 1]`.
///
/// `None` when `share` is outside `[0, 1]`. Not `n_periods` times the share, because nobody can be
/// lost twice.
///
/// # Example
/// ```
/// use service::commerce::compounded;
/// let a_year = compounded(0.05, 12).unwrap();
/// assert!((a_year - 0.459_639_912).abs() < 1e-9); // and not 0.60
/// assert_eq!(compounded(1.2, 12), None);
/// ```
#[must_use]
pub fn compounded(share: f64, n_periods: u32) -> Option<f64> {
    // Through logarithms, so that a tiny share does not vanish beside 1.
    let is_share = (0.0..=1.0).contains(&share);
    is_share.then(|| match n_periods {
        0 => 0.0,
        _ => -(f64::from(n_periods) * (-share).ln_1p()).exp_m1(),
    })
}

/// After how many days of silence a customer counts as lost when the orders do not tell.
pub const LAPSE_DAYS_DEFAULT: f64 = 365.0;

/// After how many days of silence a customer of this shop counts as lost.
///
/// Twice the median gap between orders that follow each other, or [`LAPSE_DAYS_DEFAULT`] when nobody
/// ever came back or all gaps are 0.
///
/// # Example
/// ```
/// use service::commerce::{LAPSE_DAYS_DEFAULT, Order, lapse_days};
/// let order = |customer, at: &str| Order { customer, at: at.parse().unwrap(), amount_minor: 100 };
/// let orders = [
///     order("ann", "2024-05-01T00:00Z"),
///     order("ann", "2024-05-31T00:00Z"), // 30 days later
///     order("bob", "2024-05-15T00:00Z"),
/// ];
/// assert_eq!(lapse_days(&orders), 60.0);
/// assert_eq!(lapse_days(&orders[2..]), LAPSE_DAYS_DEFAULT);
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn lapse_days<Customer: Ord>(orders: &[Order<Customer>]) -> f64 {
    let mut by_customer: BTreeMap<&Customer, Vec<Timestamp>> = BTreeMap::new();
    for order in orders.iter().filter(|order| order.is_purchase()) {
        by_customer.entry(&order.customer).or_default().push(order.at);
    }
    let mut gaps = Vec::new();
    for instants in by_customer.values_mut() {
        instants.sort_unstable();
        let days = |pair: &[Timestamp]| pair[1].duration_since(pair[0]).as_secs_f64() / 86_400.0;
        gaps.extend(instants.windows(2).map(days));
    }
    median(&gaps).map(|gap| 2.0 * gap).filter(|days| *days > 0.0).unwrap_or(LAPSE_DAYS_DEFAULT)
}

/// Customers without a purchase for longer than `silence` among all who ever bought until `as_of`.
///
/// # Example
/// ```
/// use jiff::SignedDuration;
/// use service::commerce::{Order, lapsed};
/// let order = |customer, at: &str| Order { customer, at: at.parse().unwrap(), amount_minor: 100 };
/// let orders = [order("ann", "2024-05-30T00:00Z"), order("bob", "2024-01-01T00:00Z")];
/// let quarter = SignedDuration::from_hours(90 * 24);
/// assert_eq!(lapsed(&orders, quarter, "2024-06-01T00:00Z".parse()?).share(), Some(0.5));
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn lapsed<Customer: Ord>(
    orders: &[Order<Customer>],
    silence: SignedDuration,
    as_of: Timestamp,
) -> Part {
    let mut last: BTreeMap<&Customer, Timestamp> = BTreeMap::new();
    for order in orders.iter().filter(|order| order.is_purchase() && order.at <= as_of) {
        let at = last.entry(&order.customer).or_insert(order.at);
        *at = order.at.max(*at);
    }
    let n_lapsed = last.values().filter(|at| as_of.duration_since(**at) > silence).count();
    Part::new(n_lapsed as u64, last.len() as u64).expect("what is counted is among all")
}
