//! Order defect rate: orders that went wrong in any way, each counted once.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use scoring::proportion::Part;

/// What can be wrong with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Defect {
    /// The buyer rated it with one or two stars.
    NegativeFeedback,
    /// The buyer claimed the money back from the marketplace's guarantee.
    GuaranteeClaim,
    /// The buyer had the payment reversed by the bank.
    Chargeback,
}

/// An order and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefectOrder {
    /// When it was placed.
    pub ordered: Timestamp,
    /// What is wrong; mostly nothing.
    pub defects: BTreeSet<Defect>,
}

/// Defective orders among all of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderDefects {
    /// With any defect.
    pub any: Part,
    /// With a bad rating.
    pub negative_feedback: Part,
    /// With a guarantee claim.
    pub guarantee_claim: Part,
    /// With a chargeback.
    pub chargeback: Part,
}

/// The usual window of the order defect rate.
pub const ORDER_DEFECT_WINDOW_DAYS: i64 = 60;

/// Orders with at least one defect among the orders placed within `window` before `as_of`.
///
/// The start of the window is in it, `as_of` is not. The shares of single defects may add up to more
/// than the share with any.
///
/// # Source
/// Amazon's order defect rate; its window is [`ORDER_DEFECT_WINDOW_DAYS`].
///
/// # Example
/// ```
/// use jiff::SignedDuration;
/// use service::reputation::{Defect, DefectOrder, ORDER_DEFECT_WINDOW_DAYS, order_defect_rate};
/// let order = |ordered: &str, defects: &[Defect]| DefectOrder {
///     ordered: ordered.parse().unwrap(), defects: defects.iter().copied().collect(),
/// };
/// let orders = [
///     order("2024-05-20T00:00Z", &[Defect::NegativeFeedback, Defect::Chargeback]),
///     order("2024-05-21T00:00Z", &[]),
///     order("2024-01-01T00:00Z", &[Defect::GuaranteeClaim]), // too long ago
/// ];
/// let window = SignedDuration::from_hours(24 * ORDER_DEFECT_WINDOW_DAYS);
/// let rate = order_defect_rate(&orders, window, "2024-06-01T00:00Z".parse()?);
/// assert_eq!((rate.any.share(), rate.any.of()), (Some(0.5), 2));
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn order_defect_rate(
    orders: &[DefectOrder],
    window: SignedDuration,
    as_of: Timestamp,
) -> OrderDefects {
    let is_placed = |order: &&DefectOrder| {
        order.ordered < as_of && as_of.duration_since(order.ordered) <= window
    };
    let placed: Vec<&DefectOrder> = orders.iter().filter(is_placed).collect();
    let share = |is_counted: &dyn Fn(&DefectOrder) -> bool| {
        let count = placed.iter().filter(|order| is_counted(order)).count();
        Part::new(count as u64, placed.len() as u64).expect("what is counted is among all")
    };
    let with = |defect| share(&move |order: &DefectOrder| order.defects.contains(&defect));
    OrderDefects {
        any: share(&|order| !order.defects.is_empty()),
        negative_feedback: with(Defect::NegativeFeedback),
        guarantee_claim: with(Defect::GuaranteeClaim),
        chargeback: with(Defect::Chargeback),
    }
}
