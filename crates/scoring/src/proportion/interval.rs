//! Intervals for one share.

use crate::estimate::{self, Base, Bounds, Estimate, EstimateOptions};
use crate::interval::{ConfidenceLevel, Interval};
use crate::numerics::beta::{self, Shapes};
use crate::proportion::Part;

/// How the interval of a share is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Method {
    /// Wilson's score interval, the default.
    #[default]
    Wilson,
    /// Agresti and Coull: the centre of Wilson's, slightly wider.
    AgrestiCoull,
    /// Clopper and Pearson: never too narrow, often far too wide.
    ClopperPearson,
    /// Equal tails of the beta distribution after Jeffreys' prior. Does not reach 0 or 1.
    Jeffreys,
    /// The textbook formula; wrong for few answers and near 0 or 1. For teaching only.
    Wald,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 5] =
        [Self::Wilson, Self::AgrestiCoull, Self::ClopperPearson, Self::Jeffreys, Self::Wald];

    /// The method of that [`name`](Self::name); `None` for any other text.
    ///
    /// ```
    /// use scoring::proportion::Method;
    /// assert_eq!(Method::from_name("jeffreys"), Some(Method::Jeffreys));
    /// assert_eq!(Method::from_name("wilson "), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }

    /// The name used in JSON: `wilson`, `agresti_coull`, `clopper_pearson`, `jeffreys` or `wald`.
    ///
    /// ```
    /// assert_eq!(scoring::proportion::Method::Wilson.name(), "wilson");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wilson => "wilson",
            Self::AgrestiCoull => "agresti_coull",
            Self::ClopperPearson => "clopper_pearson",
            Self::Jeffreys => "jeffreys",
            Self::Wald => "wald",
        }
    }
}

/// The interval of a share by the chosen method, ends in `[0, 1]`; `None` of nothing.
///
/// # Source
/// Brown, Cai and DasGupta 2001, "Interval Estimation for a Binomial Proportion", Statistical
/// Science 16:101; ends outside `[0, 1]` are moved to the nearer end.
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, proportion::{Method, Part, interval}};
/// let part = Part::new(7, 50)?;
/// let exact = interval(part, Method::ClopperPearson, ConfidenceLevel::P95).unwrap();
/// assert!((exact.low - 0.058_191_700).abs() < 1e-9 && (exact.high - 0.267_396_002).abs() < 1e-9);
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
#[must_use]
pub fn interval(part: Part, method: Method, level: ConfidenceLevel) -> Option<Interval> {
    part.share()?;
    match method {
        Method::Wilson => wilson(part, level),
        Method::AgrestiCoull => Some(agresti_coull(part, level)),
        Method::ClopperPearson => Some(clopper_pearson(part, level)),
        Method::Jeffreys => Some(jeffreys(part, level)),
        Method::Wald => Some(wald(part, level)),
    }
}

/// The share of a part with its interval, both in `[0, 1]`, and its state.
///
/// # Example
/// ```
/// use scoring::{EstimateOptions, proportion::{Method, Part, estimate}};
/// let estimate = estimate(Part::new(180, 205)?, Method::Wilson, &EstimateOptions::STANDARD);
/// assert!((estimate.value.unwrap() - 0.878_048_78).abs() < 1e-8);
/// assert!((estimate.interval.unwrap().low - 0.826).abs() < 5e-4);
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
#[must_use]
pub fn estimate(part: Part, method: Method, options: &EstimateOptions) -> Estimate {
    let possible = Bounds { low: 0.0, high: 1.0 };
    let ends = interval(part, method, options.level).map(|interval| (interval, possible));
    let method = estimate::Method::Share(method);
    Estimate::assemble(Base::of_n(part.of()), method, options, part.share(), ends)
}

/// Wilson's score interval for a share, without continuity correction.
///
/// Ends lie in `[0, 1]`, and the share lies between them. `None` of nothing.
///
/// # Source
/// Wilson 1927, JASA 22:209; method 3 of Newcombe 1998, Statistics in Medicine 17:857.
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, proportion::{Part, wilson}};
/// let interval = wilson(Part::new(81, 263)?, ConfidenceLevel::P95).unwrap();
/// assert!((interval.low - 0.2553).abs() < 5e-5 && (interval.high - 0.3662).abs() < 5e-5);
/// assert_eq!(wilson(Part::new(0, 0)?, ConfidenceLevel::P95), None);
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
#[must_use]
pub fn wilson(part: Part, level: ConfidenceLevel) -> Option<Interval> {
    let mut interval = wilson_of_share(part.share()?, part.of() as f64, level);
    // Where the formula gives 0 or 1 exactly, rounding must not leave 1e-17 beside it.
    if part.count() == 0 {
        interval.low = 0.0;
    }
    if part.rest() == 0 {
        interval.high = 1.0;
    }
    Some(interval)
}

/// [`wilson`] for a share known from `n` answers, which need not be a whole number when weights
/// have made some answers count for less.
pub(crate) fn wilson_of_share(share: f64, n: f64, level: ConfidenceLevel) -> Interval {
    let z = level.z();
    let z2 = z * z;
    let centre = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let spread = share * (1.0 - share) / n + z2 / (4.0 * n * n);
    let half_width = z / (1.0 + z2 / n) * spread.sqrt();
    Interval::around(centre, half_width).clipped(0.0, 1.0)
}

fn agresti_coull(part: Part, level: ConfidenceLevel) -> Interval {
    let z2 = level.z().powi(2);
    let n = part.of() as f64 + z2;
    let share = (part.count() as f64 + z2 / 2.0) / n;
    around_share(share, n, level)
}

fn wald(part: Part, level: ConfidenceLevel) -> Interval {
    let n = part.of() as f64;
    around_share(part.count() as f64 / n, n, level)
}

fn around_share(share: f64, n: f64, level: ConfidenceLevel) -> Interval {
    let half_width = level.z() * (share * (1.0 - share) / n).sqrt();
    Interval::around(share, half_width).clipped(0.0, 1.0)
}

fn clopper_pearson(part: Part, level: ConfidenceLevel) -> Interval {
    let (yes, no) = (part.count() as f64, part.rest() as f64);
    let tail = level.alpha() / 2.0;
    Interval {
        low: if part.count() == 0 {
            0.0
        } else {
            beta::inverse(tail, Shapes { a: yes, b: no + 1.0 })
        },
        high: if part.rest() == 0 {
            1.0
        } else {
            1.0 - beta::inverse(tail, Shapes { a: no, b: yes + 1.0 })
        },
    }
}

fn jeffreys(part: Part, level: ConfidenceLevel) -> Interval {
    let (yes, no) = (part.count() as f64 + 0.5, part.rest() as f64 + 0.5);
    let tail = level.alpha() / 2.0;
    Interval {
        low: beta::inverse(tail, Shapes { a: yes, b: no }),
        high: 1.0 - beta::inverse(tail, Shapes { a: no, b: yes }),
    }
}
