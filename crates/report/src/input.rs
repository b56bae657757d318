//! What a report is made from: counts, and weights where answers do not count alike.

use std::collections::BTreeMap;

use scoring::drivers::RatingSums;
use scoring::weights::WeightTotals;
use scoring::{Counts, Metric};

/// Which segment: the values of the columns it is cut by, such as channel = email.
pub type SegmentKey = BTreeMap<String, String>;

/// The answers of one group, be it all of them, a segment or a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Each answer counted once.
    pub counts: Counts,
    /// Weights from the lowest point of the scale to the highest; `None` where all answers count
    /// alike.
    pub weights: Option<Vec<WeightTotals>>,
}

impl From<Counts> for Group {
    fn from(counts: Counts) -> Self {
        Self { counts, weights: None }
    }
}

/// The answers of one segment.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentInput {
    /// Which segment.
    pub by: SegmentKey,
    /// Its answers.
    pub group: Group,
    /// The same by period; empty where no periods were counted.
    pub periods: BTreeMap<String, Group>,
}

impl SegmentInput {
    /// A segment whose answers all count alike, without periods.
    #[must_use]
    pub const fn of_counts(by: SegmentKey, counts: Counts) -> Self {
        Self { by, group: Group { counts, weights: None }, periods: BTreeMap::new() }
    }
}

/// Ratings of single things beside the score.
#[derive(Clone, Debug, PartialEq)]
pub struct RatingInput {
    /// Name and answers of each rating.
    pub by_rating: Vec<(String, Counts)>,
    /// Sums over the answers that have a score and every rating, in the order of `by_rating`.
    pub sums: RatingSums,
}

/// Everything a report is made from.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportInput {
    /// Which question.
    pub metric: Metric,
    /// All answers.
    pub overall: Group,
    /// Answers that named each reason, by scale point.
    pub reasons: BTreeMap<String, Counts>,
    /// Answers that named at least one reason, by scale point.
    pub reason_givers: Counts,
    /// Ratings of single things beside the score; `None` where none were asked for.
    pub ratings: Option<RatingInput>,
    /// Answers of each segment.
    pub segments: Vec<SegmentInput>,
    /// Answers of each period, by its label such as `2026-W05`; labels sort by time.
    pub periods: BTreeMap<String, Group>,
}

impl ReportInput {
    /// A report input of overall counts alone.
    #[must_use]
    pub fn of_counts(metric: Metric, counts: Counts) -> Self {
        let reason_givers = Counts::new(counts.scale());
        Self {
            metric,
            overall: counts.into(),
            reasons: BTreeMap::new(),
            reason_givers,
            ratings: None,
            segments: Vec::new(),
            periods: BTreeMap::new(),
        }
    }
}
