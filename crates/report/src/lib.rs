//! Counts by survey, segment and period in; numbers, words, rows and chart geometry out.
//!
//! A [`Report`] holds everything that a table, a page or a program shows of a survey's answers.
//! This crate draws nothing, writes no JSON, and knows no clock, file, network or browser.

pub mod badge;
mod compare;
pub mod display;
mod hiding;
mod importance;
mod input;
mod report;
mod scored;

pub use compare::{CompareError, Comparison, compare};
pub use importance::{Importance, ImportanceRow};
pub use input::{Group, RatingInput, ReportInput, SegmentInput, SegmentKey};
pub use report::{ReasonRow, Report, SegmentRow, TrendRow, report};
pub use scored::Weighting;
pub use scoring::drivers::{Driver, ImportanceError, Quadrant, RankedReason, RatingSums};
pub use scoring::trend::Arrow;
pub use scoring::weights::WeightTotals;
pub use scoring::{
    Bands, Bucket, Counts, Direction, Interval, Metric, Pair, Scale, ScalePoint, Score,
    ScoreOptions, State,
};
