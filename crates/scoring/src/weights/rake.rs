//! Weights that meet several margins at once, when the cells between them are not known.

use std::fmt;

/// Answers with the same characteristics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// For each margin, which of its levels these answers have.
    pub levels: Vec<usize>,
    /// How many answers.
    pub n: u64,
}

/// When raking stops.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RakeOptions {
    /// Largest difference left between a margin's share and its target; positive.
    pub tolerance: f64,
    /// Rounds over all margins at most.
    pub rounds_max: u32,
}

impl RakeOptions {
    /// To ten decimals, in at most 10 000 rounds.
    pub const STANDARD: Self = Self { tolerance: 1e-10, rounds_max: 10_000 };
}

/// Why no weights meet the margins.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum RakeError {
    /// A cell does not say its level of every margin, or names one that is not there.
    WrongLevels {
        /// Which cell.
        cell_idx: usize,
    },
    /// A target is negative or not finite, or all of a margin are 0.
    OutOfRange {
        /// Which margin.
        margin_idx: usize,
    },
    /// People are expected at a level at which nobody answered.
    NoAnswers {
        /// Which margin.
        margin_idx: usize,
        /// Which of its levels.
        level_idx: usize,
    },
    /// The margins contradict each other on these cells.
    NotConverged {
        /// Difference of shares that was left.
        left: f64,
    },
}

impl fmt::Display for RakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongLevels { cell_idx } => {
                write!(f, "the cell at index {cell_idx} does not fit the margins")
            }
            Self::OutOfRange { margin_idx } => {
                write!(f, "the targets of margin {margin_idx} are not counts with a sum")
            }
            Self::NoAnswers { margin_idx, level_idx } => {
                write!(f, "nobody answered at level {level_idx} of margin {margin_idx}")
            }
            Self::NotConverged { left } => {
                write!(f, "the margins contradict each other; a share is still {left} off")
            }
        }
    }
}

impl std::error::Error for RakeError {}

/// Weights that meet the margins.
#[derive(Clone, Debug, PartialEq)]
pub struct Raked {
    /// The weight of one answer of each cell; the mean over all answers is 1.
    pub weights: Vec<f64>,
    /// Rounds it took.
    pub rounds: u32,
}

/// Weights under which every margin has its target shares, as close to equal as that allows.
///
/// `margins` holds, for each characteristic, the size of each level in the population, in any unit.
/// Without cells there are no weights.
///
/// # Errors
/// [`RakeError`] when cells and margins do not fit, when people are expected where nobody answered,
/// or when the margins cannot be met together.
///
/// # Source
/// Deming and Stephan 1940, Annals of Mathematical Statistics 11:427: iterative proportional
/// fitting.
///
/// # Example
/// ```
/// use scoring::weights::{Cell, RakeOptions, rake};
/// let cells = [(0, 30), (1, 10)].map(|(level, n)| Cell { levels: vec![level], n });
/// let raked = rake(&cells, &[vec![50.0, 50.0]], &RakeOptions::STANDARD)?;
/// assert!((raked.weights[0] - 2.0 / 3.0).abs() < 1e-12 && (raked.weights[1] - 2.0).abs() < 1e-12);
/// # Ok::<(), scoring::weights::RakeError>(())
/// ```
pub fn rake(
    cells: &[Cell],
    margins: &[Vec<f64>],
    options: &RakeOptions,
) -> Result<Raked, RakeError> {
    check_levels(cells, margins)?;
    let targets = target_shares(cells, margins)?;
    let n: f64 = cells.iter().map(|cell| cell.n as f64).sum();
    let mut weights = vec![1.0; cells.len()];
    let mut left = widest_gap(cells, &weights, &targets, n);
    let mut rounds = 0;
    while left > options.tolerance {
        if rounds == options.rounds_max {
            return Err(RakeError::NotConverged { left });
        }
        for (margin_idx, target) in targets.iter().enumerate() {
            let shares = shares(cells, &weights, margin_idx, target.len(), n);
            for (weight, cell) in weights.iter_mut().zip(cells) {
                let level = cell.levels[margin_idx];
                if shares[level] > 0.0 {
                    *weight *= target[level] / shares[level];
                }
            }
        }
        rounds += 1;
        left = widest_gap(cells, &weights, &targets, n);
    }
    Ok(Raked { weights, rounds })
}

fn check_levels(cells: &[Cell], margins: &[Vec<f64>]) -> Result<(), RakeError> {
    let fits = |cell: &Cell| {
        cell.levels.len() == margins.len()
            && cell.levels.iter().zip(margins).all(|(level, margin)| *level < margin.len())
    };
    match cells.iter().position(|cell| !fits(cell)) {
        Some(cell_idx) => Err(RakeError::WrongLevels { cell_idx }),
        None => Ok(()),
    }
}

/// The margins as shares, once it is known that somebody answered wherever people are expected.
fn target_shares(cells: &[Cell], margins: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, RakeError> {
    let mut targets = Vec::with_capacity(margins.len());
    for (margin_idx, margin) in margins.iter().enumerate() {
        let sum: f64 = margin.iter().sum();
        let are_sizes = margin.iter().all(|size| size.is_finite() && *size >= 0.0);
        if !(are_sizes && sum.is_finite() && sum > 0.0) {
            return Err(RakeError::OutOfRange { margin_idx });
        }
        for (level_idx, size) in margin.iter().enumerate() {
            let is_answered =
                cells.iter().any(|cell| cell.n > 0 && cell.levels[margin_idx] == level_idx);
            if *size > 0.0 && !is_answered && !cells.is_empty() {
                return Err(RakeError::NoAnswers { margin_idx, level_idx });
            }
        }
        targets.push(margin.iter().map(|size| size / sum).collect());
    }
    Ok(targets)
}

/// The weighted share of each level of a margin.
fn shares(cells: &[Cell], weights: &[f64], margin_idx: usize, n_levels: usize, n: f64) -> Vec<f64> {
    let mut shares = vec![0.0; n_levels];
    for (cell, weight) in cells.iter().zip(weights) {
        shares[cell.levels[margin_idx]] += weight * cell.n as f64 / n;
    }
    shares
}

/// The largest difference between a weighted share and its target.
fn widest_gap(cells: &[Cell], weights: &[f64], targets: &[Vec<f64>], n: f64) -> f64 {
    if cells.is_empty() {
        return 0.0;
    }
    targets
        .iter()
        .enumerate()
        .flat_map(|(margin_idx, target)| {
            let shares = shares(cells, weights, margin_idx, target.len(), n);
            target
                .iter()
                .zip(shares)
                .map(|(target, share)| (target - share).abs())
                .collect::<Vec<_>>()
        })
        .fold(0.0, f64::max)
}
