//! Net promoter score: promoters minus detractors among all who answered, in points from -100 to
//! 100. Cutting the scale into the three groups is not here; see [`crate::bands`].
//!
//! Net Promoter, NPS and Net Promoter Score are marks of Bain & Company, NICE and Fred Reichheld.

mod adjusted_wald;
mod bootstrap;
mod change;
mod groups;
mod interval;
mod tango;
mod whole;
mod zero;

pub use adjusted_wald::adjusted_wald;
pub use bootstrap::{Bootstrap, BootstrapError, RESAMPLES_MAX};
pub use change::{Change, ChangeMethod, Welch, change, change_by_bootstrap, welch};
pub use groups::{Groups, NpsOfShares, SharesError, from_shares, mean_of_segments, pooled};
pub(crate) use interval::estimate_on;
pub use interval::{Method, NpsInterval, estimate, interval, mean_score};
pub use whole::{HalfScores, category, is_attainable};
pub use zero::{zero_test, zero_test_exact};
