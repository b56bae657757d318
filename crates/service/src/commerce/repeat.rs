//! Repeat purchases: how many customers come back, and what they bring. Coming back is not staying;
//! see [`retention_by_id`](crate::commerce::retention_by_id).

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use scoring::proportion::Part;

use crate::commerce::order::Order;

/// What makes a second purchase.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Repeat {
    /// Any second order, even a minute later: the default.
    #[default]
    Order,
    /// An order on another day, in this time zone.
    Day(TimeZone),
}

impl Repeat {
    fn is_apart(&self, first: Timestamp, later: Timestamp) -> bool {
        match self {
            Self::Order => true,
            Self::Day(zone) => zone.to_datetime(first).date() != zone.to_datetime(later).date(),
        }
    }
}

/// Customers who bought at least twice among all who bought.
///
/// The window is the orders given. Customers who came late had less time to come back; see
/// [`repeat_purchase_rate_at_age`] for customers of one age.
///
/// # Example
/// ```
/// use jiff::tz::TimeZone;
/// use service::commerce::{Order, Repeat, repeat_purchase_rate};
/// let order = |customer, at: &str| Order { customer, at: at.parse().unwrap(), amount_minor: 100 };
/// let orders = [
///     order("ann", "2024-05-01T09:00Z"),
///     order("ann", "2024-05-01T21:00Z"),
///     order("bob", "2024-05-02T09:00Z"),
/// ];
/// assert_eq!(repeat_purchase_rate(&orders, &Repeat::Order).share(), Some(0.5));
/// assert_eq!(repeat_purchase_rate(&orders, &Repeat::Day(TimeZone::UTC)).share(), Some(0.0));
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn repeat_purchase_rate<Customer: Ord>(orders: &[Order<Customer>], repeat: &Repeat) -> Part {
    let by_customer = purchases(orders);
    let n_repeat = by_customer.values().filter(|own| has_repeat(own, repeat)).count();
    Part::new(n_repeat as u64, by_customer.len() as u64).expect("what is counted is among all")
}

/// Customers who bought again within `age` of their first order, among those observed that long.
///
/// Customers whose first order is younger than `age` at `as_of` are left out, so all had the same
/// time to come back. A repeat exactly at `age` counts.
///
/// # Example
/// ```
/// use jiff::SignedDuration;
/// use service::commerce::{Order, Repeat, repeat_purchase_rate_at_age};
/// let order = |customer, at: &str| Order { customer, at: at.parse().unwrap(), amount_minor: 100 };
/// let orders = [
///     order("ann", "2024-05-01T00:00Z"),
///     order("ann", "2024-05-11T00:00Z"),
///     order("bob", "2024-05-01T00:00Z"),
///     order("cid", "2024-05-28T00:00Z"), // too young
/// ];
/// let as_of = "2024-06-01T00:00Z".parse()?;
/// let age = SignedDuration::from_hours(14 * 24);
/// let rate = repeat_purchase_rate_at_age(&orders, &Repeat::Order, age, as_of);
/// assert_eq!((rate.count(), rate.of()), (1, 2));
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn repeat_purchase_rate_at_age<Customer: Ord>(
    orders: &[Order<Customer>],
    repeat: &Repeat,
    age: SignedDuration,
    as_of: Timestamp,
) -> Part {
    let (mut n_repeat, mut n) = (0, 0);
    for own in purchases(orders).values() {
        let first = own[0].at;
        if first > as_of || as_of.duration_since(first) < age {
            continue;
        }
        let n_in_time = own.partition_point(|order| order.at.duration_since(first) <= age);
        n += 1;
        n_repeat += u64::from(has_repeat(&own[..n_in_time], repeat));
    }
    Part::new(n_repeat, n).expect("what is counted is among all")
}

/// Sales to customers who had bought before, as number, value and share: three metrics.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RepeatSales {
    /// Orders that are not their customer's first, among all orders.
    pub orders: Part,
    /// What they brought, in the currency's smallest unit; refunds are not deducted.
    pub value_minor: i128,
    /// What all orders brought.
    pub total_minor: i128,
    /// Their share of it, in `[0, 1]`; `None` when nothing was sold or all was free.
    pub share: Option<f64>,
}

/// Number, value and share of the sales after each customer's first order.
///
/// Of several orders at one instant the first in the list is the first. Refunds are left out.
///
/// # Example
/// ```
/// use service::commerce::{Order, repeat_sales};
/// let order = |customer, at: &str, amount_minor| Order {
///     customer, at: at.parse().unwrap(), amount_minor,
/// };
/// let orders = [
///     order("ann", "2024-05-01T00:00Z", 3000),
///     order("ann", "2024-05-09T00:00Z", 2500),
///     order("bob", "2024-05-02T00:00Z", 4500),
/// ];
/// let sales = repeat_sales(&orders);
/// assert_eq!((sales.orders.count(), sales.value_minor, sales.share), (1, 2500, Some(0.25)));
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn repeat_sales<Customer: Ord>(orders: &[Order<Customer>]) -> RepeatSales {
    let by_customer = purchases(orders);
    let later = || by_customer.values().flat_map(|own| &own[1..]);
    let worth = |order: &&Order<Customer>| i128::from(order.amount_minor);
    let value_minor = later().map(worth).sum::<i128>();
    let total_minor = by_customer.values().flatten().map(worth).sum::<i128>();
    let n = by_customer.values().map(Vec::len).sum::<usize>();
    RepeatSales {
        orders: Part::new(later().count() as u64, n as u64).expect("later orders are among all"),
        value_minor,
        total_minor,
        share: (total_minor > 0).then(|| value_minor as f64 / total_minor as f64),
    }
}

/// Purchases of each customer, the earliest first; no customer without any.
fn purchases<Customer: Ord>(
    orders: &[Order<Customer>],
) -> BTreeMap<&Customer, Vec<&Order<Customer>>> {
    let mut by_customer: BTreeMap<&Customer, Vec<&Order<Customer>>> = BTreeMap::new();
    for order in orders.iter().filter(|order| order.is_purchase()) {
        by_customer.entry(&order.customer).or_default().push(order);
    }
    for own in by_customer.values_mut() {
        own.sort_by_key(|order| order.at);
    }
    by_customer
}

fn has_repeat<Customer>(own: &[&Order<Customer>], repeat: &Repeat) -> bool {
    own.iter().skip(1).any(|later| repeat.is_apart(own[0].at, later.at))
}
