//! Counts in, scores out: CSAT, CES and NPS, and how sure they are.
//!
//! Everything here is a pure function of its arguments. This crate does not know that surveys,
//! files, servers or browsers exist; it has no clock, no randomness and no dependency.
//!
//! Reading order: [`scale`] says what an answer may be, [`counts`] how many of each there were,
//! [`bands`] which answers count as good, and [`score`] what follows from that.

pub mod bands;
pub mod counts;
pub mod interval;
pub mod metric;
pub mod nps;
pub mod numerics;
pub mod proportion;
pub mod scale;
pub mod score;

pub use bands::{Bands, Bucket};
pub use counts::Counts;
pub use interval::{ConfidenceLevel, Interval};
pub use metric::Metric;
pub use scale::{Direction, Scale, ScalePoint};
pub use score::{Score, ScoreOptions, State, score};
