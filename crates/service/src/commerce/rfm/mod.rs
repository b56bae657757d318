//! Recency, frequency and monetary value: when a customer bought last, how often, and for how much,
//! each as a score from 1 to 5, and segments by rules on the three scores.
//!
//! "An RFM score" is at least five different numbers, so the convention is an argument: see
//! [`Binning`]. Reading order: [`rfm_values`], [`rfm_scores`], [`segment`].

mod bins;
mod scores;
mod segments;
mod values;

pub use bins::{BinError, BinOptions, BinState, Binning, Bins, FewerBins, N_BINS_MAX, bins};
pub use scores::{Nesting, RfmOptions, RfmScore, RfmScores, rfm_scores};
pub use segments::{STANDARD_RULES, Segment, SegmentRule, SegmentShare, segment, segment_mix};
pub use values::{RfmError, RfmTable, RfmValues, RfmWindow, rfm_values};
