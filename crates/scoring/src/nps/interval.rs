//! Intervals of one net score by the method of choice.

use crate::counts::Counts;
use crate::estimate::{self, Base, Bounds, Estimate, EstimateOptions};
use crate::interval::{ConfidenceLevel, Interval};
use crate::mean;
use crate::nps::adjusted_wald::Spread;
use crate::nps::{Bootstrap, Groups, tango};

/// How the interval of a net score is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// Three answers added, then Wald; the default.
    #[default]
    AdjustedWald,
    /// The textbook formula; of no width when all answered alike.
    Wald,
    /// All values that Tango's score test of paired shares does not reject.
    TangoScore,
    /// Percentiles of scores resampled from the answers.
    Bootstrap(Bootstrap),
}

impl Method {
    /// The name used in JSON: `adjusted_wald`, `wald`, `tango_score` or `bootstrap_percentile`.
    ///
    /// ```
    /// assert_eq!(scoring::nps::Method::AdjustedWald.name(), "adjusted_wald");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AdjustedWald => "adjusted_wald",
            Self::Wald => "wald",
            Self::TangoScore => "tango_score",
            Self::Bootstrap(_) => "bootstrap_percentile",
        }
    }
}

/// An interval of a net score with what is needed to judge it, all in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NpsInterval {
    /// Ends within -100 to 100.
    pub interval: Interval,
    /// Ends as the formula gives them.
    pub unclipped: Interval,
    /// Standard error behind the ends, where the method has one.
    pub standard_error: Option<f64>,
    /// Whether all answered alike, so that a method without added answers has no width to show.
    pub is_degenerate: bool,
}

/// The interval of a net score by the chosen method; `None` when nobody answered.
///
/// # Source
/// Rocks 2016, The American Statistician 70:365 (Wald, adjusted Wald); Tango 1998, Statistics in
/// Medicine 17:891, applied to the net score by May and Johnson 1997; Efron 1979 (bootstrap).
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, nps::{Groups, Method, interval}};
/// let groups = Groups { detractors: 8, passives: 13, promoters: 15 };
/// let tango = interval(groups, Method::TangoScore, ConfidenceLevel::P95).unwrap().interval;
/// assert!((tango.low - -6.77).abs() < 0.005 && (tango.high - 42.87).abs() < 0.005);
/// let all_alike = Groups { promoters: 5, ..Groups::default() };
/// let wald = interval(all_alike, Method::Wald, ConfidenceLevel::P95).unwrap();
/// assert!(wald.is_degenerate && wald.interval.width() == 0.0);
/// ```
#[must_use]
pub fn interval(groups: Groups, method: Method, level: ConfidenceLevel) -> Option<NpsInterval> {
    let spread = match method {
        Method::AdjustedWald => Some(Spread::adjusted(groups)?),
        Method::Wald => Some(Spread::wald(groups)?),
        Method::TangoScore | Method::Bootstrap(_) => None,
    };
    let unclipped = match (method, spread) {
        (Method::TangoScore, _) => tango::interval(groups, level)?,
        (Method::Bootstrap(bootstrap), _) => bootstrap.interval(groups, level)?,
        (_, spread) => spread?.interval(level),
    };
    let all_alike = [groups.detractors, groups.passives, groups.promoters].contains(&groups.n());
    Some(NpsInterval {
        interval: unclipped.clipped(-100.0, 100.0),
        unclipped,
        standard_error: spread.map(|spread| spread.standard_error),
        is_degenerate: all_alike && matches!(method, Method::Wald | Method::Bootstrap(_)),
    })
}

/// The net score of three groups in points, with its interval and state.
///
/// Promoters minus detractors; with other cuts of the scale it is the net of any two ends, such as
/// net satisfaction.
///
/// # Example
/// ```
/// use scoring::{EstimateOptions, nps::{Groups, Method, estimate}};
/// let groups = Groups { detractors: 30, passives: 30, promoters: 40 };
/// let nps = estimate(groups, Method::AdjustedWald, &EstimateOptions::STANDARD);
/// assert_eq!((nps.value, nps.n, nps.method.name()), (Some(10.0), 100, "adjusted_wald"));
/// ```
#[must_use]
pub fn estimate(groups: Groups, method: Method, options: &EstimateOptions) -> Estimate {
    estimate_on(Base::of_n(groups.n()), groups, method, options)
}

/// [`estimate`] that also carries how many answers were missing and invalid.
pub(crate) fn estimate_on(
    base: Base,
    groups: Groups,
    method: Method,
    options: &EstimateOptions,
) -> Estimate {
    let possible = Bounds { low: -100.0, high: 100.0 };
    let ends = interval(groups, method, options.level).map(|found| (found.unclipped, possible));
    Estimate::assemble(base, estimate::Method::Net(method), options, groups.nps(), ends)
}

/// Mean answer to the recommendation question, on its scale, with Student's interval.
///
/// Shown next to the net promoter score: two samples with a score of 0 can be all in the middle or
/// all at the ends.
///
/// # Example
/// ```
/// use scoring::{Counts, EstimateOptions, Scale, nps::mean_score};
/// let counts = Counts::from_points(Scale::NPS, &[0, 0, 0, 0, 0, 5, 0, 0, 0, 5, 0]).unwrap();
/// assert_eq!(mean_score(&counts, &EstimateOptions::STANDARD).value, Some(7.0));
/// ```
#[must_use]
pub fn mean_score(counts: &Counts, options: &EstimateOptions) -> Estimate {
    mean::estimate(counts, options)
}
