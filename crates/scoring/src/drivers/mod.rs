//! Why people answered as they did: reasons they gave, and which of their ratings go along with the
//! score. All of it describes; none of it proves a cause.

mod association;
mod importance;
mod reasons;
mod sums;

pub use association::{
    Association, Mentions, RankOptions, RankedReason, Ratio, association, nps_impact, rank,
};
pub use importance::{
    Driver, Importance, ImportanceError, PREDICTORS_MAX, Place, Quadrant, quadrant,
    relative_weights, shapley,
};
pub use reasons::{ReasonShare, ReasonShares, reason_shares};
pub use sums::{RatingSums, RatingSumsError};
