//! Cross-sell and upsell: who goes on to buy something else, and who something better.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use scoring::proportion::Part;

/// What a customer bought at first, and what later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History<Product> {
    /// The first purchase.
    pub first: BTreeSet<Product>,
    /// Everything after it.
    pub later: BTreeSet<Product>,
}

/// What one customer bought at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basket<Customer, Product> {
    /// Who.
    pub customer: Customer,
    /// When.
    pub at: Timestamp,
    /// What.
    pub products: Vec<Product>,
}

/// What makes two products variants of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant<Category> {
    /// What kind of thing it is.
    pub category: Category,
    /// Its price in the currency's smallest unit.
    pub price_minor: i64,
}

/// Which products are better versions of which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Upgrades<Product: Ord, Category> {
    /// Exactly these: from a product to what is better.
    Listed(BTreeMap<Product, BTreeSet<Product>>),
    /// Everything dearer in the same category. A product not listed has no upgrade and is none.
    Dearer(BTreeMap<Product, Variant<Category>>),
}

impl<Product: Ord, Category: PartialEq> Upgrades<Product, Category> {
    /// Whether one product is a better version of another; never of itself.
    ///
    /// # Example
    /// ```
    /// use service::commerce::{Upgrades, Variant};
    /// let variant = |price_minor| Variant { category: "soap", price_minor };
    /// let upgrades = Upgrades::Dearer([("small", variant(100)), ("large", variant(180))].into());
    /// assert!(upgrades.is_upgrade(&"small", &"large"));
    /// assert!(!upgrades.is_upgrade(&"large", &"small"));
    /// ```
    #[must_use]
    pub fn is_upgrade(&self, from: &Product, to: &Product) -> bool {
        match self {
            Self::Listed(better) => {
                from != to && better.get(from).is_some_and(|better| better.contains(to))
            }
            Self::Dearer(variants) => match (variants.get(from), variants.get(to)) {
                (Some(from), Some(to)) => {
                    from.category == to.category && from.price_minor < to.price_minor
                }
                _ => false,
            },
        }
    }

    fn has_upgrade(&self, history: &History<Product>) -> bool {
        history.later.iter().any(|product| self.is_upgrade_of_any(history, product))
    }

    fn has_other(&self, history: &History<Product>) -> bool {
        let is_other = |product: &&Product| !history.first.contains(product);
        history.later.iter().filter(is_other).any(|other| !self.is_upgrade_of_any(history, other))
    }

    fn is_upgrade_of_any(&self, history: &History<Product>, to: &Product) -> bool {
        history.first.iter().any(|from| self.is_upgrade(from, to))
    }
}

/// Customers who later bought a product they had not bought at first, among all.
///
/// A better version of what they had is an upsell and not this. Customers who bought nothing at
/// first are not in the base; those who never came back are.
///
/// # Example
/// ```
/// use service::commerce::{History, Upgrades, cross_sell};
/// let upgrades: Upgrades<_, ()> = Upgrades::Listed([("soap", ["soap xl"].into())].into());
/// let history = |later: &[&'static str]| History {
///     first: ["soap"].into(), later: later.iter().copied().collect(),
/// };
/// let customers = [history(&["soap", "towel"]), history(&["soap xl"]), history(&[])];
/// assert_eq!(cross_sell(&customers, &upgrades).share(), Some(1.0 / 3.0));
/// ```
#[must_use]
pub fn cross_sell<Product: Ord, Category: PartialEq>(
    histories: &[History<Product>],
    upgrades: &Upgrades<Product, Category>,
) -> Part {
    share_of(histories, |history| upgrades.has_other(history))
}

/// Customers who later bought a better version of what they had bought at first, among all.
///
/// # Example
/// ```
/// use service::commerce::{History, Upgrades, upsell};
/// let upgrades: Upgrades<_, ()> = Upgrades::Listed([("soap", ["soap xl"].into())].into());
/// let history = |later: &[&'static str]| History {
///     first: ["soap"].into(), later: later.iter().copied().collect(),
/// };
/// let customers = [history(&["soap", "towel"]), history(&["soap xl"])];
/// assert_eq!(upsell(&customers, &upgrades).share(), Some(0.5));
/// ```
#[must_use]
pub fn upsell<Product: Ord, Category: PartialEq>(
    histories: &[History<Product>],
    upgrades: &Upgrades<Product, Category>,
) -> Part {
    share_of(histories, |history| upgrades.has_upgrade(history))
}

/// Customers who later bought something else or something better, among all.
///
/// Less than the sum of both rates where some did both.
///
/// # Example
/// ```
/// use service::commerce::{History, Upgrades, cross_sell_or_upsell};
/// let upgrades: Upgrades<_, ()> = Upgrades::Listed([("soap", ["soap xl"].into())].into());
/// let both = History { first: ["soap"].into(), later: ["towel", "soap xl"].into() };
/// let neither = History { first: ["soap"].into(), later: ["soap"].into() };
/// assert_eq!(cross_sell_or_upsell(&[both, neither], &upgrades).share(), Some(0.5));
/// ```
#[must_use]
pub fn cross_sell_or_upsell<Product: Ord, Category: PartialEq>(
    histories: &[History<Product>],
    upgrades: &Upgrades<Product, Category>,
) -> Part {
    share_of(histories, |history| upgrades.has_other(history) || upgrades.has_upgrade(history))
}

/// The history of each customer: what they bought first, and what after.
///
/// All baskets at the first instant together are the first purchase; empty ones are none.
///
/// # Example
/// ```
/// use service::commerce::{Basket, histories};
/// let basket = |at: &str, product| Basket {
///     customer: "ann", at: at.parse().unwrap(), products: vec![product],
/// };
/// let found = histories(&[basket("2024-05-09T00:00Z", "towel"), basket("2024-05-01T00:00Z", "soap")]);
/// assert_eq!((&found[&"ann"].first, &found[&"ann"].later), (&["soap"].into(), &["towel"].into()));
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn histories<Customer: Ord + Clone, Product: Ord + Clone>(
    baskets: &[Basket<Customer, Product>],
) -> BTreeMap<Customer, History<Product>> {
    let filled = || baskets.iter().filter(|basket| !basket.products.is_empty());
    let mut first_at: BTreeMap<&Customer, Timestamp> = BTreeMap::new();
    for basket in filled() {
        let at = first_at.entry(&basket.customer).or_insert(basket.at);
        *at = basket.at.min(*at);
    }
    let mut histories: BTreeMap<Customer, History<Product>> = BTreeMap::new();
    for basket in filled() {
        let empty = || History { first: BTreeSet::new(), later: BTreeSet::new() };
        let history = histories.entry(basket.customer.clone()).or_insert_with(empty);
        let is_first = basket.at == first_at[&basket.customer];
        let bought = if is_first { &mut history.first } else { &mut history.later };
        bought.extend(basket.products.iter().cloned());
    }
    histories
}

fn share_of<Product: Ord>(
    histories: &[History<Product>],
    is_counted: impl Fn(&History<Product>) -> bool,
) -> Part {
    let base: Vec<_> = histories.iter().filter(|history| !history.first.is_empty()).collect();
    let count = base.iter().filter(|history| is_counted(history)).count();
    Part::new(count as u64, base.len() as u64).expect("what is counted is among all")
}
