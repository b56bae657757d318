//! An order, and who ordered in a period.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::Timestamp;

/// A purchase or a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order<Customer> {
    /// Whose it is.
    pub customer: Customer,
    /// When.
    pub at: Timestamp,
    /// What was paid, in the currency's smallest unit, such as cents. Negative for a refund, which
    /// changes revenue but is not a purchase.
    pub amount_minor: i64,
}

impl<Customer> Order<Customer> {
    /// Whether something was bought; a free order is a purchase, a refund is not.
    ///
    /// ```
    /// use service::commerce::Order;
    /// let order = |amount_minor| Order { customer: 1, at: jiff::Timestamp::UNIX_EPOCH, amount_minor };
    /// assert!(order(0).is_purchase() && !order(-500).is_purchase());
    /// ```
    #[must_use]
    pub const fn is_purchase(&self) -> bool {
        self.amount_minor >= 0
    }
}

/// Everybody who bought something in a period: the base of retention where there is no contract.
///
/// # Example
/// ```
/// use service::commerce::{Order, customers_in};
/// let order = |customer, at: &str| Order { customer, at: at.parse().unwrap(), amount_minor: 100 };
/// let orders = [order("ann", "2024-05-02T00:00Z"), order("bob", "2024-06-01T00:00Z")];
/// let may = "2024-05-01T00:00Z".parse()?.."2024-06-01T00:00Z".parse()?;
/// assert_eq!(customers_in(&orders, &may), ["ann"].into());
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn customers_in<Customer: Ord + Clone>(
    orders: &[Order<Customer>],
    period: &Range<Timestamp>,
) -> BTreeSet<Customer> {
    let is_counted = |order: &&Order<Customer>| order.is_purchase() && period.contains(&order.at);
    orders.iter().filter(is_counted).map(|order| order.customer.clone()).collect()
}
