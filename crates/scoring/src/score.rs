//! One score from counts, with the interval that says how sure it is.

use crate::bands::{Bands, BandsError, Bucket};
use crate::counts::Counts;
use crate::metric::Metric;

/// Two ends of a range, `low <= high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Whether a score can be shown, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nobody answered.
    NoData,
    /// Too few answers to show without pointing at persons.
    Suppressed,
    /// Shown, but few.
    LowN,
    /// Enough answers.
    Ok,
}

impl State {
    /// The name used in JSON: `no_data`, `suppressed`, `low_n` or `ok`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoData => "no_data",
            Self::Suppressed => "suppressed",
            Self::LowN => "low_n",
            Self::Ok => "ok",
        }
    }
}

/// How a score is computed and when it may be shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreOptions {
    /// Where the scale is cut; the metric's standard cut when `None`.
    pub bands: Option<Bands>,
    /// Probability that the interval holds the true score, in (0, 1).
    pub confidence_level: f64,
    /// Fewer answers than this are not shown.
    pub suppress_below: u64,
    /// Fewer answers than this are flagged.
    pub flag_below: u64,
}

impl ScoreOptions {
    /// 95 %, nothing shown below 5 answers, flagged below 30.
    pub const STANDARD: Self =
        Self { bands: None, confidence_level: 0.95, suppress_below: 5, flag_below: 30 };
}

/// Shares of the three buckets, each in [0, 1], together 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shares {
    /// Detractors, dissatisfied, difficult.
    pub bottom: f64,
    /// Passives, neutral.
    pub middle: f64,
    /// Promoters, satisfied, easy.
    pub top: f64,
}

/// A score with everything needed to judge it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Which question.
    pub metric: Metric,
    /// Name of the interval's method: `adjusted_wald` for NPS, `wilson` for percentages.
    pub method: &'static str,
    /// Probability that the interval holds the true score.
    pub confidence_level: f64,
    /// Valid answers.
    pub n: u64,
    /// Empty answers.
    pub missing: u64,
    /// Unusable answers.
    pub invalid: u64,
    /// Whether the score can be shown.
    pub state: State,
    /// NPS in points, -100 to 100; CSAT and CES in percent, 0 to 100. `None` unless shown.
    pub value: Option<f64>,
    /// Ends of the interval in the unit of `value`. `None` unless shown.
    pub interval: Option<Interval>,
    /// Mean answer on the scale, turned so that higher is better. `None` unless shown.
    pub mean: Option<f64>,
    /// Shares of the buckets. `None` unless shown.
    pub shares: Option<Shares>,
}

/// The score of `metric` from `counts`, with the default interval of that metric.
///
/// # Errors
/// [`BandsError`] when the scale has no standard cut for this metric and none was given.
pub fn score(metric: Metric, counts: &Counts, options: &ScoreOptions) -> Result<Score, BandsError> {
    let scale = counts.scale();
    let bands = match options.bands {
        Some(bands) => bands,
        None => Bands::standard(metric, scale)?,
    };
    let _ = (bands, Bucket::ALL);
    let n = counts.n();
    let state = if n == 0 { State::NoData } else { State::Ok };
    Ok(Score {
        metric,
        method: if metric == Metric::Nps { "adjusted_wald" } else { "wilson" },
        confidence_level: options.confidence_level,
        n,
        missing: counts.missing(),
        invalid: counts.invalid(),
        state,
        value: None,
        interval: None,
        mean: None,
        shares: None,
    })
}
