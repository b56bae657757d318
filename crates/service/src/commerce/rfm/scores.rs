//! The three scores of each customer.

use std::collections::BTreeMap;
use std::fmt;

use scoring::Direction;

use crate::commerce::rfm::bins::{BinError, BinOptions, BinState, Binning, FewerBins, bins};
use crate::commerce::rfm::values::RfmValues;

/// Whom a customer is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nesting {
    /// With all customers in each of the three: the default.
    #[default]
    Independent,
    /// In frequency with those of the same recency score, in value with those of both scores.
    Nested,
}

/// How values become three scores.
#[derive(Clone, Debug, PartialEq)]
pub struct RfmOptions {
    /// The convention for days since the last purchase.
    pub recency: Binning,
    /// The convention for the number of purchases.
    pub frequency: Binning,
    /// The convention for revenue.
    pub monetary: Binning,
    /// The highest score.
    pub n_bins: u8,
    /// Whom a customer is compared with.
    pub nesting: Nesting,
    /// What to do with fewer scores than asked for.
    pub fewer: FewerBins,
}

impl RfmOptions {
    /// Independent quintiles of each value.
    pub const STANDARD: Self = Self {
        recency: Binning::Quantile,
        frequency: Binning::Quantile,
        monetary: Binning::Quantile,
        n_bins: 5,
        nesting: Nesting::Independent,
        fewer: FewerBins::Keep,
    };

    fn of(&self, binning: &Binning, direction: Direction) -> BinOptions {
        BinOptions { binning: binning.clone(), n_bins: self.n_bins, direction, fewer: self.fewer }
    }
}

/// The scores of a customer, higher is better in each. Its text is a code such as `343`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RfmScore {
    /// How recently, the most recent highest.
    pub recency: u8,
    /// How often.
    pub frequency: u8,
    /// For how much.
    pub monetary: u8,
}

impl fmt::Display for RfmScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.recency, self.frequency, self.monetary)
    }
}

/// The scores of all customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RfmScores {
    /// In the order of the values.
    pub scores: Vec<RfmScore>,
    /// Whether recency tells customers apart.
    pub recency: BinState,
    /// Whether frequency does; of nested scores the worst group's state.
    pub frequency: BinState,
    /// Whether revenue does; of nested scores the worst group's state.
    pub monetary: BinState,
}

/// Recency, frequency and monetary scores of customers.
///
/// # Errors
/// [`BinError`] when the number of scores or a list of thresholds is not usable.
///
/// # Source
/// Blattberg, Kim and Neslin 2008, Database Marketing, chapter 12.
///
/// # Example
/// ```
/// use service::commerce::rfm::{RfmOptions, RfmValues, rfm_scores};
/// let customers: Vec<_> = (1..=5)
///     .map(|n| RfmValues {
///         customer: n, recency_days: 10 * n, n_orders: n.into(), revenue_minor: 100,
///     })
///     .collect();
/// let scores = rfm_scores(&customers, &RfmOptions::STANDARD)?.scores;
/// assert_eq!(scores[0].to_string(), "513"); // the most recent, the rarest, worth the same as all
/// # Ok::<(), service::commerce::rfm::BinError>(())
/// ```
pub fn rfm_scores<Customer>(
    customers: &[RfmValues<Customer>],
    options: &RfmOptions,
) -> Result<RfmScores, BinError> {
    let days: Vec<f64> = customers.iter().map(|own| f64::from(own.recency_days)).collect();
    let orders: Vec<f64> = customers.iter().map(|own| own.n_orders as f64).collect();
    let revenue: Vec<f64> = customers.iter().map(|own| own.revenue_minor as f64).collect();

    let all = vec![(); customers.len()];
    let lower = options.of(&options.recency, Direction::LowerIsBetter);
    let recency = within(&all, &days, &lower)?;
    let frequency_options = options.of(&options.frequency, Direction::HigherIsBetter);
    let monetary_options = options.of(&options.monetary, Direction::HigherIsBetter);
    let (frequency, monetary) = match options.nesting {
        Nesting::Independent => {
            (within(&all, &orders, &frequency_options)?, within(&all, &revenue, &monetary_options)?)
        }
        Nesting::Nested => {
            let frequency = within(&recency.scores, &orders, &frequency_options)?;
            let both: Vec<_> = recency.scores.iter().zip(&frequency.scores).collect();
            let monetary = within(&both, &revenue, &monetary_options)?;
            (frequency, monetary)
        }
    };
    let score = |idx: usize| RfmScore {
        recency: recency.scores[idx],
        frequency: frequency.scores[idx],
        monetary: monetary.scores[idx],
    };
    Ok(RfmScores {
        scores: (0..customers.len()).map(score).collect(),
        recency: recency.state,
        frequency: frequency.state,
        monetary: monetary.state,
    })
}

/// Scores in the order of the values, and the worst state of a group.
struct Scored {
    scores: Vec<u8>,
    state: BinState,
}

/// Scores each value among those of the same group.
fn within<Group: Ord>(
    groups: &[Group],
    values: &[f64],
    options: &BinOptions,
) -> Result<Scored, BinError> {
    let mut members: BTreeMap<&Group, Vec<usize>> = BTreeMap::new();
    for (idx, group) in groups.iter().enumerate() {
        members.entry(group).or_default().push(idx);
    }
    // Options that cannot be used are refused even when there is nobody to score.
    let nobody = bins(&[], options)?;
    let mut scores = vec![0; values.len()];
    let mut worst = None;
    for indices in members.values() {
        let own: Vec<f64> = indices.iter().map(|idx| values[*idx]).collect();
        let found = bins(&own, options)?;
        worst = worst.max(Some(found.state));
        for (idx, score) in indices.iter().zip(found.scores) {
            scores[*idx] = score;
        }
    }
    Ok(Scored { scores, state: worst.unwrap_or(nobody.state) })
}
