//! Control charts: the limits within which a steady process stays.

use std::fmt;

use crate::interval::Interval;
use crate::mean;
use crate::proportion::Part;

/// Width of the usual limits, in standard deviations.
const SIGMAS: f64 = 3.0;
/// Mean range of two neighbours, in standard deviations, to the three decimals of the tables.
const D2: f64 = 1.128;

/// On which side of its limits a point lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Below the lower limit.
    Below,
    /// Above the upper limit.
    Above,
}

impl Side {
    /// Where `value` lies outside of `limits`; on a limit is inside.
    fn of(value: f64, limits: Interval) -> Option<Self> {
        if value < limits.low {
            Some(Self::Below)
        } else if value > limits.high {
            Some(Self::Above)
        } else {
            None
        }
    }
}

/// One point of a chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChartPoint {
    /// What was measured, or made of it; `None` for an empty period.
    pub value: Option<f64>,
    /// The limits at this point; `None` for an empty period.
    pub limits: Option<Interval>,
    /// Where the point lies outside of its limits.
    pub signal: Option<Side>,
}

impl ChartPoint {
    fn new(value: f64, limits: Interval) -> Self {
        Self { value: Some(value), limits: Some(limits), signal: Side::of(value, limits) }
    }
}

/// A series with its centre and limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The level of the steady process.
    pub centre: f64,
    /// One point a period, in order.
    pub points: Vec<ChartPoint>,
}

impl Chart {
    /// Indices of the points outside of their limits.
    ///
    /// ```
    /// let chart = scoring::trend::xmr(&[1.0, 2.0, 1.0, 2.0, 9.0, 2.0, 1.0, 2.0, 1.0, 2.0]).unwrap().chart;
    /// assert_eq!(chart.signals(), [4]); // 9 lies above 2.3 + 3 * 2.33 / 1.128
    /// ```
    #[must_use]
    pub fn signals(&self) -> Vec<usize> {
        (0..self.points.len()).filter(|&idx| self.points[idx].signal.is_some()).collect()
    }
}

/// Chart of shares: detractors, satisfied, targets met, with any number of answers a period.
///
/// All values are shares in `[0, 1]`. The centre is the pooled share; limits are three standard
/// deviations, narrower for periods with more answers. With a lower limit of 0 only bad periods can
/// signal. `None` when all periods are empty.
///
/// # Source
/// Shewhart 1931; NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.2.
///
/// # Example
/// ```
/// use scoring::{proportion::Part, trend::p_chart};
/// let parts = [(12, 50), (15, 50), (33, 50), (10, 50)].map(|(k, n)| Part::new(k, n).unwrap());
/// let chart = p_chart(&parts).unwrap();
/// assert_eq!((chart.centre, chart.signals()), (0.35, vec![2])); // 70 of 200
/// ```
#[must_use]
pub fn p_chart(periods: &[Part]) -> Option<Chart> {
    let (counted, of) = periods.iter().fold((0_u128, 0_u128), |(counted, of), part| {
        (counted + u128::from(part.count()), of + u128::from(part.of()))
    });
    (of > 0).then(|| p_chart_around(counted as f64 / of as f64, periods))
}

/// [`p_chart`] around a centre that is known, such as that of a steady earlier time.
///
/// `centre` is a share in `[0, 1]`; what lies outside is moved to the nearer end.
///
/// # Example
/// ```
/// use scoring::{proportion::Part, trend::p_chart_around};
/// let chart = p_chart_around(0.2150, &[Part::new(22, 50)?]);
/// let limits = chart.points[0].limits.unwrap();
/// assert!((limits.low - 0.0407).abs() < 5e-5 && (limits.high - 0.3893).abs() < 5e-5);
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
#[must_use]
pub fn p_chart_around(centre: f64, periods: &[Part]) -> Chart {
    let centre = centre.clamp(0.0, 1.0);
    let point = |part: &Part| match part.share() {
        Some(share) => {
            let sd = (centre * (1.0 - centre) / part.of() as f64).sqrt();
            ChartPoint::new(share, Interval::around(centre, SIGMAS * sd).clipped(0.0, 1.0))
        }
        None => ChartPoint { value: None, limits: None, signal: None },
    };
    Chart { centre, points: periods.iter().map(point).collect() }
}

/// A chart of single values with the range it was made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Xmr {
    /// The values with their common limits.
    pub chart: Chart,
    /// Mean difference of neighbours, sign dropped, in the unit of the values.
    pub mean_moving_range: f64,
    /// The common limits.
    pub limits: Interval,
}

/// Chart of single values, such as a mean score or NPS a period, in their own unit.
///
/// Limits are three standard deviations, estimated from neighbours. Needs ten points or more to mean
/// much; where periods differ in answers, [`p_chart`] is better. `None` for fewer than two values
/// or when one is not finite.
///
/// # Source
/// NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2, with its constant 1.128.
///
/// # Example
/// ```
/// let chart = scoring::trend::xmr(&[10.0, 12.0, 11.0, 13.0]).unwrap();
/// assert_eq!(chart.chart.centre, 11.5);
/// assert!((chart.mean_moving_range - 5.0 / 3.0).abs() < 1e-15);
/// ```
#[must_use]
pub fn xmr(values: &[f64]) -> Option<Xmr> {
    if values.len() < 2 {
        return None;
    }
    let centre = mean::of_values(values)?.mean;
    let ranges: Vec<f64> = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    let mean_moving_range = mean::of_values(&ranges)?.mean;
    let limits = Interval::around(centre, SIGMAS * mean_moving_range / D2);
    let chart = Chart {
        centre,
        points: values.iter().map(|&value| ChartPoint::new(value, limits)).collect(),
    };
    Some(Xmr { chart, mean_moving_range, limits })
}

/// Why a chart cannot be drawn with these settings.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum TrendError {
    /// A setting lies outside its range.
    OutOfRange {
        /// Which setting.
        what: &'static str,
        /// What was given.
        given: f64,
    },
    /// A value is not finite.
    NotFinite {
        /// Where in the series.
        idx: usize,
    },
}

impl fmt::Display for TrendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange { what, given } => write!(f, "{what} of {given} is out of range"),
            Self::NotFinite { idx } => write!(f, "the value at index {idx} is not finite"),
        }
    }
}

impl std::error::Error for TrendError {}

/// Which limits an EWMA chart has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EwmaLimits {
    /// Narrow at first, because few values have been averaged; the default.
    #[default]
    TimeVarying,
    /// The width they grow towards.
    Asymptotic,
}

/// Settings of an EWMA chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EwmaOptions {
    /// Weight of the newest value, in (0, 1]; 0.2 or 0.3 is usual.
    pub lambda: f64,
    /// Width of the limits in standard deviations; positive.
    pub sigmas: f64,
    /// The level of the steady process, which is also where the average starts.
    pub target: f64,
    /// Standard deviation of one value; positive.
    pub sigma: f64,
    /// Which limits.
    pub limits: EwmaLimits,
}

/// An EWMA chart: `value` of each point is the moving average.
pub type Ewma = Chart;

/// Exponentially weighted moving average with its limits: notices small lasting shifts.
///
/// In the unit of the values. An empty series gives an empty chart.
///
/// # Errors
/// [`TrendError`] when a setting lies outside its range or a value is not finite.
///
/// # Source
/// Roberts 1959; NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.4.
///
/// # Example
/// ```
/// use scoring::trend::{EwmaLimits, EwmaOptions, ewma};
/// let options = EwmaOptions {
///     lambda: 0.5, sigmas: 3.0, target: 50.0, sigma: 2.0, limits: EwmaLimits::Asymptotic,
/// };
/// let chart = ewma(&[52.0, 47.0], &options)?;
/// assert_eq!(chart.points[1].value, Some(49.0)); // 0.5 * 47 + 0.5 * 51
/// # Ok::<(), scoring::trend::TrendError>(())
/// ```
pub fn ewma(values: &[f64], options: &EwmaOptions) -> Result<Ewma, TrendError> {
    let &EwmaOptions { lambda, sigmas, target, sigma, limits } = options;
    check("a lambda", lambda, |x| x > 0.0 && x <= 1.0)?;
    check("a width", sigmas, |x| x > 0.0 && x.is_finite())?;
    check("a sigma", sigma, |x| x > 0.0 && x.is_finite())?;
    check("a target", target, f64::is_finite)?;
    check_finite(values)?;
    let mut average = target;
    let mut faded = 1.0;
    let points = values
        .iter()
        .map(|value| {
            average = lambda * value + (1.0 - lambda) * average;
            faded *= (1.0 - lambda).powi(2);
            let grown = match limits {
                EwmaLimits::TimeVarying => 1.0 - faded,
                EwmaLimits::Asymptotic => 1.0,
            };
            let half_width = sigmas * sigma * (lambda / (2.0 - lambda) * grown).sqrt();
            ChartPoint::new(average, Interval::around(target, half_width))
        })
        .collect();
    Ok(Chart { centre: target, points })
}

/// Settings of a CUSUM chart, in the unit of the values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CusumOptions {
    /// The level of the steady process.
    pub target: f64,
    /// Slack: drift below this is ignored; half a standard deviation is usual. Not negative.
    pub k: f64,
    /// Sum above which to signal; four or five standard deviations are usual. Positive.
    pub h: f64,
}

/// Sums of what went beyond the slack, in the unit of the values.
#[derive(Clone, Debug, PartialEq)]
pub struct Cusum {
    /// Sum of drift upwards, never negative, one a value.
    pub high: Vec<f64>,
    /// Sum of drift downwards, never negative, one a value.
    pub low: Vec<f64>,
    /// The first index at which a sum exceeds `h`.
    pub first_signal: Option<usize>,
}

/// Cumulative sums on either side of a target: notice when a small drift began.
///
/// # Errors
/// [`TrendError`] when a setting lies outside its range or a value is not finite.
///
/// # Source
/// Page 1954; NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.3.
///
/// # Example
/// ```
/// use scoring::trend::{CusumOptions, cusum};
/// let sums = cusum(&[11.0, 12.0, 13.0], &CusumOptions { target: 10.0, k: 0.5, h: 4.0 })?;
/// assert_eq!((sums.high, sums.first_signal), (vec![0.5, 2.0, 4.5], Some(2)));
/// # Ok::<(), scoring::trend::TrendError>(())
/// ```
pub fn cusum(values: &[f64], options: &CusumOptions) -> Result<Cusum, TrendError> {
    let &CusumOptions { target, k, h } = options;
    check("a target", target, f64::is_finite)?;
    check("a slack", k, |x| x >= 0.0 && x.is_finite())?;
    check("a decision interval", h, |x| x > 0.0 && x.is_finite())?;
    check_finite(values)?;
    let sums = |drift: &dyn Fn(f64) -> f64| -> Vec<f64> {
        let mut sum = 0.0_f64;
        values
            .iter()
            .map(|&value| {
                sum = (sum + drift(value)).max(0.0);
                sum
            })
            .collect()
    };
    let high = sums(&|value| value - target - k);
    let low = sums(&|value| target - k - value);
    let first_signal = (0..values.len()).find(|&idx| high[idx] > h || low[idx] > h);
    Ok(Cusum { high, low, first_signal })
}

/// Mean plus and minus `n_sds` standard deviations of the values themselves.
///
/// Finds odd rows in a table of groups. Not a control chart: it says nothing about a shift over
/// time. `None` for fewer than two values, or when one or `n_sds` is not finite.
///
/// # Example
/// ```
/// let limits = scoring::trend::spread_limits(&[1.0, 2.0, 3.0], 2.0).unwrap();
/// assert_eq!((limits.low, limits.high), (0.0, 4.0));
/// ```
#[must_use]
pub fn spread_limits(values: &[f64], n_sds: f64) -> Option<Interval> {
    let moments = mean::of_values(values)?;
    let half_width = n_sds.abs() * moments.sd?;
    half_width.is_finite().then(|| Interval::around(moments.mean, half_width))
}

fn check(what: &'static str, given: f64, is_ok: impl Fn(f64) -> bool) -> Result<(), TrendError> {
    if is_ok(given) { Ok(()) } else { Err(TrendError::OutOfRange { what, given }) }
}

fn check_finite(values: &[f64]) -> Result<(), TrendError> {
    match values.iter().position(|value| !value.is_finite()) {
        Some(idx) => Err(TrendError::NotFinite { idx }),
        None => Ok(()),
    }
}
