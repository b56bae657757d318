//! Counts in, scores out: CSAT, CES and NPS, and how sure they are.
//!
//! Everything here is a pure function of its arguments. This crate does not know that surveys,
//! files, servers or browsers exist; it has no clock, no randomness without a seed and no
//! dependency.
//!
//! Reading order: [`scale`] says what an answer may be, [`counts`] how many of each there were,
//! [`bands`] which answers count as good, and [`mod@score`] what follows from that. After these come the
//! same metrics under their other names, what a number is worth, and what became of it over time.

// What an answer may be, and how many of each there were.
pub mod bands;
pub mod counts;
pub mod duplicates;
pub mod metric;
pub mod scale;
pub mod steps;

// One score, and the three metrics in all their variants.
pub mod boxes;
pub mod ces;
pub mod csat;
pub mod nps;
pub mod score;

// How sure a number is, and when it may be shown.
pub mod estimate;
pub mod interval;
pub mod mean;
pub mod pair;
pub mod proportion;
pub mod suppression;

// What became of it over time, whom it speaks for, and why people answered so.
pub mod drivers;
pub mod multiple;
pub mod plan;
pub mod trend;
pub mod weights;

// Numbers as text.
pub mod display;

// The special functions behind all of it.
pub mod numerics;

pub use bands::{Bands, Bucket};
pub use counts::Counts;
pub use estimate::{Estimate, EstimateOptions};
pub use interval::{ConfidenceLevel, Interval};
pub use metric::Metric;
pub use pair::Pair;
pub use scale::{Direction, Scale, ScalePoint};
pub use score::{Score, ScoreOptions, State, score};
