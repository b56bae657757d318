//! Customer health score: several measures of one customer in one number. There is no standard for
//! it, so components, weights and bands are all the caller's; check it against later churn before
//! anybody acts on it.

use std::fmt;

use scoring::Direction;

/// One measure of health: its weight, and the values that mean 0 and 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Component {
    weight: f64,
    min: f64,
    max: f64,
    direction: Direction,
}

/// Why a score of health is not defined.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum HealthError {
    /// A weight is negative or not finite.
    Weight {
        /// What was given.
        weight: f64,
    },
    /// A range has no length, or its ends are not finite or in the wrong order.
    Range {
        /// Its lower end.
        min: f64,
        /// Its upper end.
        max: f64,
    },
    /// All weights together are 0, or too large to add.
    TotalWeight {
        /// Their sum.
        total: f64,
    },
    /// A value is not finite; one that is not known is `None`.
    Value {
        /// Of which component.
        component_idx: usize,
    },
    /// The least coverage does not lie in `[0, 1]`.
    CoverageMin {
        /// What was given.
        coverage_min: f64,
    },
    /// Yellow does not begin below green, both within 0 to 100.
    Bands {
        /// Where yellow begins.
        yellow_from: f64,
        /// Where green begins.
        green_from: f64,
    },
}

impl fmt::Display for HealthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weight { weight } => write!(f, "a weight of {weight} is not at least 0"),
            Self::Range { min, max } => write!(f, "{min} to {max} is not a range"),
            Self::TotalWeight { total } => write!(f, "weights with the sum {total} weigh nothing"),
            Self::Value { component_idx } => {
                write!(f, "the value of component {component_idx} is not a finite number")
            }
            Self::CoverageMin { coverage_min } => {
                write!(f, "a coverage of {coverage_min} is outside 0..=1")
            }
            Self::Bands { yellow_from, green_from } => {
                write!(f, "yellow from {yellow_from} and green from {green_from} are not bands")
            }
        }
    }
}

impl std::error::Error for HealthError {}

impl Component {
    /// A component that counts `weight` and runs from `min` to `max`; `direction` says which end
    /// is healthy. Only the proportions of weights matter.
    ///
    /// # Errors
    /// [`HealthError::Weight`] unless the weight is finite and at least 0; [`HealthError::Range`]
    /// unless `min < max` with a finite distance.
    ///
    /// # Example
    /// ```
    /// use scoring::Direction;
    /// use service::health::Component;
    /// assert!(Component::new(0.3, 0.0, 24.0, Direction::LowerIsBetter).is_ok());
    /// assert!(Component::new(0.3, 5.0, 5.0, Direction::LowerIsBetter).is_err());
    /// ```
    pub fn new(weight: f64, min: f64, max: f64, direction: Direction) -> Result<Self, HealthError> {
        if !(weight.is_finite() && weight >= 0.0) {
            return Err(HealthError::Weight { weight });
        }
        if !((max - min).is_finite() && max > min) {
            return Err(HealthError::Range { min, max });
        }
        Ok(Self { weight, min, max, direction })
    }

    /// A value on the way from unhealthy, 0, to healthy, 100; what lies beyond an end is at the end.
    ///
    /// `None` when the value is not finite.
    ///
    /// ```
    /// use scoring::Direction;
    /// use service::health::Component;
    /// let hours = Component::new(1.0, 0.0, 24.0, Direction::LowerIsBetter)?;
    /// assert_eq!((hours.points(6.0), hours.points(48.0)), (Some(75.0), Some(0.0)));
    /// # Ok::<(), service::health::HealthError>(())
    /// ```
    #[must_use]
    pub fn points(&self, value: f64) -> Option<f64> {
        let distance = match self.direction {
            Direction::HigherIsBetter => value - self.min,
            Direction::LowerIsBetter => self.max - value,
        };
        let share = distance / (self.max - self.min);
        value.is_finite().then(|| 100.0 * share.clamp(0.0, 1.0))
    }
}

/// A component and what was measured of it; `None` when nothing was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The component.
    pub component: Component,
    /// The value, in the unit of the component's range.
    pub value: Option<f64>,
}

/// Whether a score of health can be given, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HealthState {
    /// Nothing that weighs anything was measured.
    NoData,
    /// Too little of the weight was measured.
    LowCoverage,
    /// Some of the weight is missing; the rest stands in for it.
    Partial,
    /// Everything was measured.
    Complete,
}

impl HealthState {
    /// The name used in JSON: `no_data`, `low_coverage`, `partial` or `complete`.
    ///
    /// ```
    /// assert_eq!(service::health::HealthState::LowCoverage.name(), "low_coverage");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoData => "no_data",
            Self::LowCoverage => "low_coverage",
            Self::Partial => "partial",
            Self::Complete => "complete",
        }
    }
}

/// A customer's health.
#[derive(Clone, Debug, PartialEq)]
pub struct Health {
    /// 0 to 100, higher is healthier; `None` without data or with too little of it.
    pub score: Option<f64>,
    /// Share of the weight that was measured, in `[0, 1]`.
    pub coverage: f64,
    /// Whether there is a score.
    pub state: HealthState,
    /// The points of each component, 0 to 100, in the order given; `None` where nothing was
    /// measured.
    pub points: Vec<Option<f64>>,
}

/// Below this coverage there is no score unless the caller wants otherwise.
pub const COVERAGE_MIN_DEFAULT: f64 = 0.5;

/// Rounding of sums of weights must not decide whether there is a score.
const COVERAGE_SLACK: f64 = 1e-12;

/// The weighted mean of the measured components, their weights scaled up to make the whole.
///
/// `coverage_min` is the least share of weight that must be measured, in `[0, 1]`, usually
/// [`COVERAGE_MIN_DEFAULT`]; exactly that much is enough.
///
/// # Errors
/// [`HealthError`] when all weights are 0, a value is not finite or `coverage_min` is not a share.
///
/// # Example
/// ```
/// use scoring::Direction::{HigherIsBetter, LowerIsBetter};
/// use service::health::{COVERAGE_MIN_DEFAULT, Component, HealthState, Measured, health};
/// let csat = Component::new(0.6, 0.0, 100.0, HigherIsBetter)?;
/// let hours = Component::new(0.4, 0.0, 24.0, LowerIsBetter)?;
/// let of = |csat_value, hours_value| {
///     let csat = Measured { component: csat, value: csat_value };
///     let hours = Measured { component: hours, value: hours_value };
///     health(&[csat, hours], COVERAGE_MIN_DEFAULT)
/// };
/// assert_eq!(of(Some(80.0), Some(12.0))?.score, Some(68.0)); // 0.6 * 80 + 0.4 * 50
/// assert_eq!(of(Some(80.0), None)?.score, Some(80.0));
/// let little = of(None, Some(12.0))?;
/// assert_eq!((little.score, little.state), (None, HealthState::LowCoverage));
/// # Ok::<(), service::health::HealthError>(())
/// ```
pub fn health(measured: &[Measured], coverage_min: f64) -> Result<Health, HealthError> {
    if !(0.0..=1.0).contains(&coverage_min) {
        return Err(HealthError::CoverageMin { coverage_min });
    }
    let total = measured.iter().map(|own| own.component.weight).sum::<f64>();
    if !(total.is_finite() && total > 0.0) {
        return Err(HealthError::TotalWeight { total });
    }
    let is_wrong = |own: &Measured| own.value.is_some_and(|value| !value.is_finite());
    if let Some(component_idx) = measured.iter().position(is_wrong) {
        return Err(HealthError::Value { component_idx });
    }
    let points: Vec<Option<f64>> =
        measured.iter().map(|own| own.component.points(own.value?)).collect();
    let shares = measured.iter().map(|own| own.component.weight / total);
    let present: Vec<(f64, f64)> =
        shares.zip(&points).filter_map(|(share, points)| Some((share, (*points)?))).collect();
    let coverage = present.iter().map(|(share, _)| share).sum::<f64>().min(1.0);
    let weighed = present.iter().map(|(share, points)| share * points).sum::<f64>();
    let state = if coverage <= 0.0 {
        HealthState::NoData
    } else if coverage + COVERAGE_SLACK < coverage_min {
        HealthState::LowCoverage
    } else if is_complete(measured) {
        HealthState::Complete
    } else {
        HealthState::Partial
    };
    let is_shown = matches!(state, HealthState::Partial | HealthState::Complete);
    let score = is_shown.then(|| (weighed / coverage).clamp(0.0, 100.0));
    Ok(Health { score, coverage, state, points })
}

/// Whether everything that weighs anything was measured.
fn is_complete(measured: &[Measured]) -> bool {
    measured.iter().all(|own| own.value.is_some() || own.component.weight <= 0.0)
}

/// Where the bands of a score begin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HealthBands {
    yellow_from: f64,
    green_from: f64,
}

/// How a customer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Badly.
    Red,
    /// So so.
    Yellow,
    /// Well.
    Green,
}

impl Band {
    /// The name used in JSON: `red`, `yellow` or `green`.
    ///
    /// ```
    /// assert_eq!(service::health::Band::Green.name(), "green");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Yellow => "yellow",
            Self::Green => "green",
        }
    }
}

impl HealthBands {
    /// Yellow from 40, green from 70.
    pub const STANDARD: Self = Self { yellow_from: 40.0, green_from: 70.0 };

    /// Bands that begin at the scores given, those scores included.
    ///
    /// # Errors
    /// [`HealthError::Bands`] unless `0 <= yellow_from < green_from <= 100`.
    ///
    /// # Example
    /// ```
    /// use service::health::HealthBands;
    /// assert_eq!(HealthBands::new(40.0, 70.0), Ok(HealthBands::STANDARD));
    /// assert!(HealthBands::new(70.0, 40.0).is_err());
    /// ```
    pub fn new(yellow_from: f64, green_from: f64) -> Result<Self, HealthError> {
        if 0.0 <= yellow_from && yellow_from < green_from && green_from <= 100.0 {
            Ok(Self { yellow_from, green_from })
        } else {
            Err(HealthError::Bands { yellow_from, green_from })
        }
    }

    /// The band of a score that is not rounded.
    ///
    /// ```
    /// use service::health::{Band, HealthBands};
    /// assert_eq!(HealthBands::STANDARD.band(70.0), Band::Green);
    /// assert_eq!(HealthBands::STANDARD.band(69.99), Band::Yellow);
    /// ```
    #[must_use]
    pub fn band(self, score: f64) -> Band {
        if score >= self.green_from {
            Band::Green
        } else if score >= self.yellow_from {
            Band::Yellow
        } else {
            Band::Red
        }
    }
}
