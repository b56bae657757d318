//! Counts by survey, segment and period in; numbers, words, rows and chart geometry out.
//!
//! A [`Report`] holds everything that a table, a page or a program shows of a survey's answers.
//! This crate draws nothing, writes no JSON, and knows no clock, file, network or browser.

pub mod badge;
pub mod display;
mod report;

pub use report::{ReasonRow, Report, ReportInput, SegmentKey, SegmentRow, TrendRow, report};
pub use scoring::{
    Bands, Bucket, Counts, Direction, Metric, Scale, ScalePoint, Score, ScoreOptions, State,
};
