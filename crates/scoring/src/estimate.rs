//! What every metric that is not the headline score returns: a value with all that is needed to
//! judge it, in one shape.

use crate::counts::Counts;
use crate::interval::{ConfidenceLevel, Interval};
use crate::suppression::{State, Thresholds};
use crate::{nps, proportion};

/// How the ends of an interval were found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Method {
    /// An interval for a share.
    Share(proportion::Method),
    /// An interval for the difference of the top and the bottom group.
    Net(nps::Method),
    /// Student's interval for a mean.
    StudentT,
}

impl Method {
    /// The name used in JSON, such as `wilson`, `adjusted_wald` or `student_t`.
    ///
    /// ```
    /// assert_eq!(scoring::estimate::Method::StudentT.name(), "student_t");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Share(method) => method.name(),
            Self::Net(method) => method.name(),
            Self::StudentT => "student_t",
        }
    }
}

/// How sure an estimate shall be and when it may be shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EstimateOptions {
    /// Probability that the interval holds the true value.
    pub level: ConfidenceLevel,
    /// When numbers are hidden or flagged.
    pub thresholds: Thresholds,
}

impl EstimateOptions {
    /// 95 %, nothing shown below 5 answers, flagged below 30.
    pub const STANDARD: Self =
        Self { level: ConfidenceLevel::P95, thresholds: Thresholds::STANDARD };

    /// 95 %, shown from the first answer on; for computations, not for eyes.
    pub const UNSUPPRESSED: Self =
        Self { level: ConfidenceLevel::P95, thresholds: Thresholds::NONE };
}

/// A value with everything needed to judge it. The function that made it says the unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The value; `None` unless shown.
    pub value: Option<f64>,
    /// Ends of the interval in the unit of `value`; `None` unless shown and defined.
    pub interval: Option<Interval>,
    /// Whether an end of the interval was moved to the end of what is possible.
    pub is_clipped: bool,
    /// How the interval was made.
    pub method: Method,
    /// Probability that the interval holds the true value.
    pub level: ConfidenceLevel,
    /// Valid answers.
    pub n: u64,
    /// Empty answers.
    pub missing: u64,
    /// Unusable answers.
    pub invalid: u64,
    /// Whether the value can be shown.
    pub state: State,
}

/// How many answers there were and how many could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Base {
    pub(crate) n: u64,
    pub(crate) missing: u64,
    pub(crate) invalid: u64,
}

impl Base {
    pub(crate) const fn of_n(n: u64) -> Self {
        Self { n, missing: 0, invalid: 0 }
    }

    pub(crate) fn of_counts(counts: &Counts) -> Self {
        Self { n: counts.n(), missing: counts.missing(), invalid: counts.invalid() }
    }
}

/// What is possible for a value, in its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Estimate {
    /// Puts an estimate together, hiding what the thresholds hide.
    pub(crate) fn assemble(
        base: Base,
        method: Method,
        options: &EstimateOptions,
        value: Option<f64>,
        ends: Option<(Interval, Bounds)>,
    ) -> Self {
        let state = options.thresholds.state(base.n);
        let clipped = ends.map(|(raw, bounds)| (raw, raw.clipped(bounds.low, bounds.high)));
        let shown = clipped.filter(|_| state.is_shown());
        let estimate = Self {
            value: value.filter(|_| state.is_shown()),
            interval: shown.map(|(_, clipped)| clipped),
            is_clipped: shown.is_some_and(|(raw, clipped)| raw != clipped),
            method,
            level: options.level,
            n: base.n,
            missing: base.missing,
            invalid: base.invalid,
            state,
        };
        debug_assert!(estimate.value.is_none_or(f64::is_finite), "{estimate:?} is not finite");
        estimate
    }
}
