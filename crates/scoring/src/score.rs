//! One score from counts, with the interval that says how sure it is.

use crate::bands::{Bands, BandsError};
use crate::counts::Counts;
use crate::interval::ConfidenceLevel;
use crate::metric::Metric;
use crate::nps::{self, Groups};
use crate::proportion;
use crate::suppression::Thresholds;

pub use crate::interval::Interval;
pub use crate::suppression::State;

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

    const fn thresholds(&self) -> Thresholds {
        Thresholds { suppress_below: self.suppress_below, flag_below: self.flag_below }
    }
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
/// NPS is promoters minus detractors in points with its adjusted Wald interval; CSAT is the percent
/// satisfied and CES the percent who found it easy, both with Wilson's interval. Below the
/// thresholds of `options`, and when nobody answered, the numbers are `None` and [`State`] says why.
/// The interval is also `None` when the confidence level does not lie between 0 and 1.
///
/// # Errors
/// [`BandsError`] when the scale has no standard cut for this metric and none was given.
///
/// # Example
/// ```
/// use scoring::{Counts, Metric, Scale, ScoreOptions, State, score};
/// let per_point = [1, 0, 0, 0, 0, 2, 1, 5, 6, 10, 15]; // 4 detractors, 11 passives, 25 promoters
/// let counts = Counts::from_points(Scale::NPS, &per_point).unwrap();
/// let score = score(Metric::Nps, &counts, &ScoreOptions::STANDARD)?;
/// assert_eq!((score.value, score.n, score.state), (Some(52.5), 40, State::Ok));
/// # Ok::<(), scoring::bands::BandsError>(())
/// ```
pub fn score(metric: Metric, counts: &Counts, options: &ScoreOptions) -> Result<Score, BandsError> {
    let scale = counts.scale();
    let bands = match options.bands {
        Some(bands) => bands,
        None => Bands::standard(metric, scale)?,
    };
    let groups = Groups::from_counts(counts, bands);
    let state = options.thresholds().state(groups.n());
    let shown = state.is_shown().then_some(groups);
    let level = ConfidenceLevel::new(options.confidence_level).ok();
    Ok(Score {
        metric,
        method: if metric == Metric::Nps { "adjusted_wald" } else { "wilson" },
        confidence_level: options.confidence_level,
        n: groups.n(),
        missing: counts.missing(),
        invalid: counts.invalid(),
        state,
        value: shown.and_then(|groups| value(metric, groups)),
        interval: shown.zip(level).and_then(|(groups, level)| interval(metric, groups, level)),
        mean: shown.and_then(|_| counts.mean_oriented()),
        shares: shown.and_then(Groups::shares),
    })
}

fn value(metric: Metric, groups: Groups) -> Option<f64> {
    match metric {
        Metric::Nps => groups.nps(),
        Metric::Csat | Metric::Ces => groups.top().percent(),
    }
}

fn interval(metric: Metric, groups: Groups, level: ConfidenceLevel) -> Option<Interval> {
    match metric {
        Metric::Nps => nps::adjusted_wald(groups, level),
        Metric::Csat | Metric::Ces => {
            proportion::wilson(groups.top(), level).map(|share| share.scaled(100.0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scale::{Direction, Scale};

    fn options(suppress_below: u64, flag_below: u64) -> ScoreOptions {
        ScoreOptions { suppress_below, flag_below, ..ScoreOptions::STANDARD }
    }

    #[track_caller]
    fn check_state(n_answers: u64, expected: State) {
        let mut counts = Counts::new(Scale::NPS);
        counts.add(crate::ScalePoint(9), n_answers);
        let score = score(Metric::Nps, &counts, &options(5, 30)).unwrap();
        assert_eq!(score.state, expected);
        let is_shown = matches!(expected, State::LowN | State::Ok);
        assert_eq!(score.value.is_some(), is_shown);
        assert_eq!(score.interval.is_some(), is_shown);
        assert_eq!(score.mean.is_some(), is_shown);
        assert_eq!(score.shares.is_some(), is_shown);
    }

    #[test]
    fn the_state_follows_the_thresholds() {
        check_state(0, State::NoData);
        check_state(1, State::Suppressed);
        check_state(4, State::Suppressed);
        check_state(5, State::LowN);
        check_state(29, State::LowN);
        check_state(30, State::Ok);
    }

    #[test]
    fn an_effort_scale_gives_percent_easy_and_a_mean_turned_up() {
        let effort = Scale::new(1, 5, Direction::LowerIsBetter).unwrap();
        let counts = Counts::from_points(effort, &[1, 2, 1, 0, 1]).unwrap();
        let score = score(Metric::Ces, &counts, &options(1, 1)).unwrap();
        assert_eq!(score.value, Some(60.0));
        assert_eq!(score.mean, Some(3.4));
    }

    #[test]
    fn satisfaction_is_the_share_of_fours_and_fives_with_its_wilson_interval() {
        let scale = Scale::new(1, 5, Direction::HigherIsBetter).unwrap();
        let counts = Counts::from_points(scale, &[0, 2, 0, 4, 10]).unwrap();
        let score = score(Metric::Csat, &counts, &ScoreOptions::STANDARD).unwrap();
        assert_eq!(score.value, Some(87.5));
        let interval = score.interval.unwrap();
        assert!((interval.low - 63.977_172_734_241_3).abs() < 1e-9, "{interval:?}");
        assert!((interval.high - 96.502_251_225_675_9).abs() < 1e-9, "{interval:?}");
    }

    #[test]
    fn a_confidence_level_of_one_gives_no_interval() {
        let counts = Counts::from_points(Scale::NPS, &[9; 11]).unwrap();
        let options = ScoreOptions { confidence_level: 1.0, ..ScoreOptions::STANDARD };
        let score = score(Metric::Nps, &counts, &options).unwrap();
        assert_eq!((score.interval, score.value.is_some()), (None, true));
    }
}
