//! What comes out of counting a file. Scores are made of it elsewhere.

use std::collections::BTreeMap;

use scoring::drivers::RatingSums;
use scoring::{Counts, ScalePoint};

use crate::fault::Faults;
use crate::time::Period;

/// Everything that was counted in one file, or in several that were merged.
#[derive(Clone, Debug, PartialEq)]
pub struct Tallied {
    /// Records with answers, usable or not: header rows and empty lines are left out.
    pub n_rows: u64,
    /// Of these, answers of persons of whom another answer counts; they are counted nowhere else.
    pub n_duplicates: u64,
    /// All answers.
    pub overall: Group,
    /// One entry for each entry of [`crate::Plan::segments`], in that order.
    pub segments: Vec<SegmentTally>,
    /// By period; `None` when the plan has no time.
    pub periods: Option<PeriodTally>,
    /// By reason; `None` when the plan has no reasons.
    pub reasons: Option<ReasonTally>,
    /// By rating; `None` when the plan has no ratings.
    pub ratings: Option<RatingTally>,
    /// The last comments, the oldest of them first; empty when the plan keeps none.
    pub comments: Vec<Comment>,
    /// What could not be used.
    pub faults: Faults,
}

/// The answers of one group.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// How many answers there were at each point, each counted once whatever its weight.
    pub counts: Counts,
    /// Weights at each point, from the lowest to the highest; `None` when the plan has no weight.
    pub weights: Option<Vec<WeightSum>>,
}

/// The weights of some answers. Answers without a weight, or with weight 0, are not among them.
#[derive(Clone, Copy, Debug, Default)]
pub struct WeightSum {
    n: u64,
    sum: Exact,
    sum_of_squares: Exact,
}

impl WeightSum {
    /// How many answers have a weight above 0.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Sum of the weights, Σw.
    #[must_use]
    pub fn sum(&self) -> f64 {
        self.sum.value()
    }

    /// Sum of the squares of the weights, Σw².
    #[must_use]
    pub fn sum_of_squares(&self) -> f64 {
        self.sum_of_squares.value()
    }

    pub(crate) fn add(&mut self, weight: f64) {
        if weight > 0.0 {
            self.n += 1;
            self.sum.add(weight);
            self.sum_of_squares.add(weight * weight);
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.sum.merge(other.sum);
        self.sum_of_squares.merge(other.sum_of_squares);
    }
}

/// Two are equal when they say the same.
impl PartialEq for WeightSum {
    fn eq(&self, other: &Self) -> bool {
        (self.n, self.sum().to_bits(), self.sum_of_squares().to_bits())
            == (other.n, other.sum().to_bits(), other.sum_of_squares().to_bits())
    }
}

/// A sum whose rounding errors are summed as well, so that the order of millions of terms makes
/// no difference that could be seen.
///
/// # Source
/// Neumaier 1974, ZAMM 54(1):39, the improved sum of Kahan and Babuška.
#[derive(Clone, Copy, Debug, Default)]
struct Exact {
    sum: f64,
    error: f64,
}

impl Exact {
    fn add(&mut self, term: f64) {
        let sum = self.sum + term;
        self.error += if self.sum.abs() >= term.abs() {
            (self.sum - sum) + term
        } else {
            (term - sum) + self.sum
        };
        self.sum = sum;
    }

    fn merge(&mut self, other: Self) {
        self.add(other.sum);
        self.error += other.error;
    }

    fn value(self) -> f64 {
        self.sum + self.error
    }
}

/// The answers by the values of one column, or of several together.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentTally {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// In order of the values. `None` when there are more than
    /// [`SEGMENT_VALUES_MAX`](crate::tally::SEGMENT_VALUES_MAX) different ones, so that the
    /// column divides into nothing that could be scored.
    pub values: Option<Vec<SegmentValue>>,
}

/// The answers of one value of a segment.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentValue {
    /// The value of each column, by its name. An empty cell is a value as well.
    pub by: BTreeMap<String, String>,
    /// The answers.
    pub group: Group,
    /// The same by period, in order of time, answers without a time left out. Empty when the plan
    /// has no time; `None` when segments and periods together are more than
    /// [`SEGMENT_PERIODS_MAX`](crate::tally::SEGMENT_PERIODS_MAX).
    pub periods: Option<Vec<(Period, Group)>>,
}

/// The answers by period.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodTally {
    /// In order of time. `None` when there are more than
    /// [`PERIODS_MAX`](crate::tally::PERIODS_MAX) different ones.
    pub periods: Option<Vec<(Period, Group)>>,
    /// Answers whose time is empty or cannot be read.
    pub undated: Group,
}

/// The answers by reason.
#[derive(Clone, Debug, PartialEq)]
pub struct ReasonTally {
    /// Answers that gave a reason, under that reason; an answer with two reasons is under both,
    /// and once under each. `None` when there are more than
    /// [`REASONS_MAX`](crate::tally::REASONS_MAX) different ones: then it is free text.
    pub by_reason: Option<BTreeMap<String, Counts>>,
    /// Answers that gave at least one reason.
    pub givers: Counts,
}

/// The ratings beside the score.
#[derive(Clone, Debug, PartialEq)]
pub struct RatingTally {
    /// How many answers there were at each point of each rating, in the order of the plan.
    pub by_rating: Vec<(String, Counts)>,
    /// Sums over the answers that have a score and every rating, higher is better in all of them.
    pub sums: RatingSums,
}

/// A comment with the score beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Which file, counted from 0, when several were merged.
    pub file_idx: usize,
    /// Which row, counted like [`crate::BadCell::row`].
    pub row: u64,
    /// The score; `None` when it was missing or invalid.
    pub score: Option<ScalePoint>,
    /// The comment, cut after [`COMMENT_CHARS_MAX`](crate::plan::COMMENT_CHARS_MAX) characters.
    pub text: String,
}
