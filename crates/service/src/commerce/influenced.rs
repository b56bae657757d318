//! Revenue that follows a contact with the service. That it follows does not mean that it was caused:
//! compare with customers who are alike and had no contact before claiming a lift.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use scoring::proportion::Part;

use crate::commerce::order::Order;

/// A contact of a customer with the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contact<Customer> {
    /// Whose.
    pub customer: Customer,
    /// When.
    pub at: Timestamp,
}

/// Revenue after contacts, and all of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InfluencedRevenue {
    /// Revenue of the orders that follow a contact, in the currency's smallest unit.
    pub influenced_minor: i128,
    /// Revenue of all orders.
    pub total_minor: i128,
    /// Share of revenue that follows a contact, in `[0, 1]`; `None` without revenue.
    pub share: Option<f64>,
    /// Orders that follow a contact among all orders.
    pub orders: Part,
}

/// Revenue of the orders placed within `window` after a contact of the same customer.
///
/// An order counts once however many contacts it follows. One at the very instant of the contact or
/// at the end of the window counts, one before the contact does not. Refunds are left out.
///
/// # Example
/// ```
/// use jiff::SignedDuration;
/// use service::commerce::{Contact, Order, service_influenced_revenue};
/// let order = |customer, at: &str, amount_minor| Order {
///     customer, at: at.parse().unwrap(), amount_minor,
/// };
/// let orders = [
///     order("ann", "2024-05-02T00:00Z", 5000),
///     order("ann", "2024-05-20T00:00Z", 7000), // too late
///     order("bob", "2024-05-02T00:00Z", 8000), // no contact
/// ];
/// let contacts = [Contact { customer: "ann", at: "2024-05-01T00:00Z".parse()? }];
/// let week = SignedDuration::from_hours(7 * 24);
/// let revenue = service_influenced_revenue(&orders, &contacts, week);
/// assert_eq!((revenue.influenced_minor, revenue.share), (5000, Some(0.25)));
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn service_influenced_revenue<Customer: Ord>(
    orders: &[Order<Customer>],
    contacts: &[Contact<Customer>],
    window: SignedDuration,
) -> InfluencedRevenue {
    let mut by_customer: BTreeMap<&Customer, Vec<Timestamp>> = BTreeMap::new();
    for contact in contacts {
        by_customer.entry(&contact.customer).or_default().push(contact.at);
    }
    for instants in by_customer.values_mut() {
        instants.sort_unstable();
    }
    let follows_contact = |order: &Order<Customer>| {
        let instants = by_customer.get(&order.customer).map_or(&[][..], Vec::as_slice);
        let n_before = instants.partition_point(|at| *at <= order.at);
        let latest = n_before.checked_sub(1).map(|idx| instants[idx]);
        latest.is_some_and(|at| order.at.duration_since(at) <= window)
    };
    let (mut influenced_minor, mut total_minor) = (0, 0);
    let (mut n_influenced, mut n) = (0, 0);
    for order in orders.iter().filter(|order| order.is_purchase()) {
        n += 1;
        total_minor += i128::from(order.amount_minor);
        if follows_contact(order) {
            n_influenced += 1;
            influenced_minor += i128::from(order.amount_minor);
        }
    }
    InfluencedRevenue {
        influenced_minor,
        total_minor,
        share: (total_minor > 0).then(|| influenced_minor as f64 / total_minor as f64),
        orders: Part::new(n_influenced, n).expect("what is counted is among all"),
    }
}
