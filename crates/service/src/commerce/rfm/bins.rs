//! Scores from values, under each convention in use. They agree on tidy data and differ wherever
//! customers are equal, which in order counts is everywhere.

use std::fmt;

use scoring::Direction;
use scoring::numerics::quantile::{Convention, quantile_of_sorted};

/// How values become scores.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Binning {
    /// Quantiles of type 7 as right-closed cut points; equal ones collapse. Equal customers get
    /// equal scores: the default.
    #[default]
    Quantile,
    /// Each quantile plus 1 begins the next score. Made for whole numbers; cents are misplaced.
    QuantilePlusOne,
    /// As many customers in each score as possible, equal ones told apart by their place in the
    /// list: SQL's `NTILE`.
    Tiles,
    /// Quantiles of ranks, equal customers told apart by their place in the list.
    RankFirst,
    /// Fixed cut points of the shop, ascending; a value exactly at one belongs below it. Stable over
    /// time, where quantiles move with the customers.
    Thresholds(Vec<f64>),
}

/// What to do when fewer scores come out than were asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FewerBins {
    /// Number them from 1, so the best is below the highest score: the default.
    #[default]
    Keep,
    /// Spread them evenly from 1 to the highest score.
    Rescale,
}

/// How values of one kind become scores.
#[derive(Clone, Debug, PartialEq)]
pub struct BinOptions {
    /// The convention.
    pub binning: Binning,
    /// The highest score, 1 to [`N_BINS_MAX`].
    pub n_bins: u8,
    /// Whether more is better; recency is better when lower.
    pub direction: Direction,
    /// What to do with fewer scores than asked for.
    pub fewer: FewerBins,
}

/// The highest number of scores, so that each is one digit of a customer's code.
pub const N_BINS_MAX: u8 = 9;

/// Why values cannot be scored.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum BinError {
    /// The number of scores is out of range.
    CountOutOfRange {
        /// What was asked for.
        n_bins: u8,
    },
    /// A value is not a finite number.
    NotFinite {
        /// Which one.
        value_idx: usize,
    },
    /// Thresholds are not as many as there are gaps between scores.
    ThresholdCount {
        /// How many there are.
        n_thresholds: usize,
        /// How many scores they shall separate.
        n_bins: u8,
    },
    /// A threshold is not finite or not above the one before it.
    ThresholdOrder {
        /// Which one.
        threshold_idx: usize,
    },
}

impl fmt::Display for BinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CountOutOfRange { n_bins } => {
                write!(f, "{n_bins} scores are outside 1..={N_BINS_MAX}")
            }
            Self::NotFinite { value_idx } => write!(f, "value {value_idx} is not a finite number"),
            Self::ThresholdCount { n_thresholds, n_bins } => {
                write!(f, "{n_thresholds} thresholds do not separate {n_bins} scores")
            }
            Self::ThresholdOrder { threshold_idx } => {
                write!(f, "threshold {threshold_idx} is not above the one before it")
            }
        }
    }
}

impl std::error::Error for BinError {}

/// Whether the scores tell customers apart as well as asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BinState {
    /// As many scores as asked for.
    Full,
    /// Too many customers are equal: there are fewer scores.
    Fewer,
    /// All are equal: everybody has the middle score, which says nothing.
    AllEqual,
    /// There are no values.
    NoData,
}

impl BinState {
    /// The name used in JSON: `full`, `fewer`, `all_equal` or `no_data`.
    ///
    /// ```
    /// assert_eq!(service::commerce::rfm::BinState::AllEqual.name(), "all_equal");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Fewer => "fewer",
            Self::AllEqual => "all_equal",
            Self::NoData => "no_data",
        }
    }
}

/// The scores of values, in the order of the values.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    /// From 1, the worst, to at most the number asked for.
    pub scores: Vec<u8>,
    /// Where one score ends and the next begins, ascending, in the unit of the values; of ranks for
    /// [`Binning::RankFirst`], and empty for [`Binning::Tiles`].
    pub cut_points: Vec<f64>,
    /// Whether they are as many as asked for.
    pub state: BinState,
}

/// Scores of values under a convention.
///
/// # Errors
/// [`BinError`] when a value is not finite, the number of scores is outside 1 to [`N_BINS_MAX`], or
/// thresholds do not fit it.
///
/// # Source
/// [`Binning::Quantile`] is pandas' `qcut` with `duplicates="drop"` and [`Binning::RankFirst`] the
/// same of `rank(method="first")`; [`Binning::QuantilePlusOne`] is the R package rfm. Where all are
/// equal `qcut` has no bins, and the middle score is ours.
///
/// # Example
/// ```
/// use scoring::Direction;
/// use service::commerce::rfm::{BinOptions, BinState, Binning, FewerBins, bins};
/// let options = |binning| BinOptions {
///     binning, n_bins: 5, direction: Direction::HigherIsBetter, fewer: FewerBins::Keep,
/// };
/// let n_orders = [10.0, 20.0, 20.0, 20.0, 30.0, 40.0, 50.0];
/// assert_eq!(bins(&n_orders, &options(Binning::Quantile))?.scores, [1, 1, 1, 1, 3, 4, 4]);
/// assert_eq!(bins(&n_orders, &options(Binning::Tiles))?.scores, [1, 1, 2, 2, 3, 4, 5]);
/// let equal = bins(&[7.0; 4], &options(Binning::Quantile))?;
/// assert_eq!((equal.scores, equal.state), (vec![3; 4], BinState::AllEqual));
/// # Ok::<(), service::commerce::rfm::BinError>(())
/// ```
pub fn bins(values: &[f64], options: &BinOptions) -> Result<Bins, BinError> {
    check(values, options)?;
    if values.is_empty() {
        return Ok(Bins { scores: Vec::new(), cut_points: Vec::new(), state: BinState::NoData });
    }
    let n_bins = options.n_bins;
    let ascending = match &options.binning {
        Binning::Quantile => by_quantile(values, n_bins),
        Binning::QuantilePlusOne => {
            let cut_points = interior(&quantiles(values, n_bins)).map(|cut| cut + 1.0).collect();
            by_cut_points(values, cut_points, Side::Above)
        }
        Binning::Tiles => by_tiles(values, n_bins),
        Binning::RankFirst => by_quantile(&ranks(values), n_bins),
        Binning::Thresholds(cut_points) => by_cut_points(values, cut_points.clone(), Side::Below),
    };
    Ok(finished(ascending, options))
}

fn check(values: &[f64], options: &BinOptions) -> Result<(), BinError> {
    let n_bins = options.n_bins;
    if !(1..=N_BINS_MAX).contains(&n_bins) {
        return Err(BinError::CountOutOfRange { n_bins });
    }
    if let Some(value_idx) = values.iter().position(|value| !value.is_finite()) {
        return Err(BinError::NotFinite { value_idx });
    }
    if let Binning::Thresholds(thresholds) = &options.binning {
        let n_thresholds = thresholds.len();
        if n_thresholds + 1 != usize::from(n_bins) {
            return Err(BinError::ThresholdCount { n_thresholds, n_bins });
        }
        let is_above = |idx: usize| {
            thresholds[idx].is_finite() && (idx == 0 || thresholds[idx - 1] < thresholds[idx])
        };
        if let Some(threshold_idx) = (0..n_thresholds).find(|idx| !is_above(*idx)) {
            return Err(BinError::ThresholdOrder { threshold_idx });
        }
    }
    Ok(())
}

/// Scores before they are turned or spread: 1 for the lowest values, up to `n_used`.
struct Ascending {
    scores: Vec<u8>,
    cut_points: Vec<f64>,
    n_used: u8,
    state: BinState,
}

/// To which side a value exactly at a cut point belongs.
#[derive(Clone, Copy)]
enum Side {
    Below,
    Above,
}

fn by_cut_points(values: &[f64], cut_points: Vec<f64>, side: Side) -> Ascending {
    let score = |value: &f64| {
        let n_below = match side {
            Side::Below => cut_points.partition_point(|cut| cut < value),
            Side::Above => cut_points.partition_point(|cut| cut <= value),
        };
        score_of(n_below)
    };
    let is_collapsed = cut_points.windows(2).any(|pair| pair[0] >= pair[1]);
    Ascending {
        scores: values.iter().map(score).collect(),
        n_used: score_of(cut_points.len()),
        state: if is_collapsed { BinState::Fewer } else { BinState::Full },
        cut_points,
    }
}

fn by_quantile(values: &[f64], n_bins: u8) -> Ascending {
    let mut edges = quantiles(values, n_bins);
    edges.dedup_by(|later, earlier| *later <= *earlier);
    if edges.len() < 2 {
        let scores = vec![n_bins.div_ceil(2); values.len()];
        let state = if n_bins == 1 { BinState::Full } else { BinState::AllEqual };
        return Ascending { scores, cut_points: Vec::new(), n_used: n_bins, state };
    }
    let cut_points: Vec<f64> = interior(&edges).collect();
    let is_full = cut_points.len() + 1 == usize::from(n_bins);
    let state = if is_full { BinState::Full } else { BinState::Fewer };
    Ascending { state, ..by_cut_points(values, cut_points, Side::Below) }
}

fn by_tiles(values: &[f64], n_bins: u8) -> Ascending {
    let (n, n_tiles) = (values.len(), usize::from(n_bins));
    // The first `n % n_tiles` tiles hold one more than the others.
    let (size, n_larger) = (n / n_tiles, n % n_tiles);
    let larger_end = n_larger * (size + 1);
    let mut scores = vec![0; n];
    for (place, idx) in ascending(values).into_iter().enumerate() {
        let tile = if place < larger_end {
            place / (size + 1)
        } else {
            n_larger + (place - larger_end) / size.max(1)
        };
        scores[idx] = score_of(tile);
    }
    let n_used = n.min(n_tiles);
    let state = if n_used == n_tiles { BinState::Full } else { BinState::Fewer };
    Ascending { scores, cut_points: Vec::new(), n_used: score_of(n_used - 1), state }
}

/// Turned so that better is higher, and spread where that was asked for.
fn finished(ascending: Ascending, options: &BinOptions) -> Bins {
    let Ascending { mut scores, cut_points, n_used, state } = ascending;
    for score in &mut scores {
        if options.direction == Direction::LowerIsBetter {
            *score = n_used + 1 - *score;
        }
        if options.fewer == FewerBins::Rescale && (2..options.n_bins).contains(&n_used) {
            let (steps, gaps) = (options.n_bins - 1, n_used - 1);
            *score = 1 + ((*score - 1) * steps + gaps / 2) / gaps;
        }
    }
    Bins { scores, cut_points, state }
}

/// The quantiles that cut values into `n_bins` parts, both ends included.
fn quantiles(values: &[f64], n_bins: u8) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |part: u8| {
        quantile_of_sorted(&sorted, f64::from(part) / f64::from(n_bins), Convention::Linear)
    };
    (0..=n_bins).filter_map(at).collect()
}

fn interior(edges: &[f64]) -> impl Iterator<Item = f64> {
    edges.iter().copied().skip(1).take(edges.len().saturating_sub(2))
}

/// Indices of values in ascending order, equal ones as they come.
fn ascending(values: &[f64]) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..values.len()).collect();
    indices.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    indices
}

/// The rank of each value from 1 on, equal ones as they come.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut ranks = vec![0.0; values.len()];
    for (place, idx) in ascending(values).into_iter().enumerate() {
        ranks[idx] = (place + 1) as f64;
    }
    ranks
}

/// The score of a value that lies above so many cut points.
fn score_of(n_below: usize) -> u8 {
    u8::try_from(n_below + 1).expect("there are at most as many cut points as scores")
}
