//! Answers that do not count alike: making weights, checking them, and scores that use them. Where
//! the population figures come from is not here.

mod kish;
mod post_stratify;
mod rake;
mod totals;
mod trim;
mod weighted;

pub use kish::{Kish, WeightError, kish};
pub use post_stratify::{
    PostStratified, Stratum, StratumError, post_stratification_weights, post_stratified,
};
pub use rake::{Cell, RakeError, RakeOptions, Raked, rake};
pub use totals::{WeightTotals, weighted_score};
pub use trim::{Trimmed, trim};
pub use weighted::{Weighted, WeightedEstimate, weighted_mean, weighted_nps, weighted_share};
