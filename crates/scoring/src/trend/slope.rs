//! How fast a series rises or falls, and whether it does so at all.

use crate::interval::{ConfidenceLevel, Interval};
use crate::numerics::quantile::median;
use crate::numerics::{normal, student};

/// A value at a time, both finite; the unit of time is the caller's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// When.
    pub x: f64,
    /// What.
    pub y: f64,
}

/// A series of evenly spaced periods as points, gaps left out; the first period is at 0.
///
/// # Example
/// ```
/// let points = scoring::trend::points(&[Some(5.0), None, Some(7.0)]);
/// assert_eq!((points.len(), points[1].x), (2, 2.0));
/// ```
#[must_use]
pub fn points(values: &[Option<f64>]) -> Vec<Point> {
    let at = |(idx, value): (usize, &Option<f64>)| value.map(|y| Point { x: idx as f64, y });
    values.iter().enumerate().filter_map(at).filter(|point| point.y.is_finite()).collect()
}

/// A straight line through a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Rise of `y` per unit of `x`.
    pub slope: f64,
    /// Value of the line at `x = 0`.
    pub intercept: f64,
    /// Correlation in `[-1, 1]`; `None` when all `y` are equal.
    pub r: Option<f64>,
    /// Standard error of the slope; `None` for two points.
    pub slope_standard_error: Option<f64>,
    /// Two-sided probability of such a slope without a trend; `None` when it has none.
    pub p: Option<f64>,
    n: usize,
}

impl Line {
    /// Student's interval of the slope; `None` for two points.
    ///
    /// ```
    /// use scoring::{ConfidenceLevel, trend::{linear, points}};
    /// let line = linear(&points(&[Some(1.0), Some(3.0), Some(2.0), Some(4.0)])).unwrap();
    /// let interval = line.slope_interval(ConfidenceLevel::P95).unwrap();
    /// assert!(interval.contains(line.slope) && interval.contains(0.0)); // four points prove nothing
    /// ```
    #[must_use]
    pub fn slope_interval(&self, level: ConfidenceLevel) -> Option<Interval> {
        let critical = student::critical(level, self.n as f64 - 2.0)?;
        Some(Interval::around(self.slope, critical * self.slope_standard_error?))
    }
}

/// The line of least squares; `None` for fewer than two different times or a value not finite.
///
/// Its standard error takes neighbouring periods as independent, which sluggish series are not.
///
/// # Source
/// Legendre 1805; the test of the slope is Student's with `n - 2` degrees of freedom.
///
/// # Example
/// ```
/// use scoring::trend::{linear, points};
/// let line = linear(&points(&[Some(1.0), Some(3.0), Some(5.0)])).unwrap();
/// assert_eq!((line.slope, line.intercept, line.r), (2.0, 1.0, Some(1.0)));
/// ```
#[must_use]
pub fn linear(points: &[Point]) -> Option<Line> {
    let n = points.len() as f64;
    let mean = |part: fn(&Point) -> f64| points.iter().map(part).sum::<f64>() / n;
    let (mean_x, mean_y) = (mean(|point| point.x), mean(|point| point.y));
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for point in points {
        let (dx, dy) = (point.x - mean_x, point.y - mean_y);
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
    }
    if !(xx > 0.0 && (xx + xy + yy).is_finite()) {
        return None;
    }
    let slope = xy / xx;
    let r = (yy > 0.0).then(|| (xy / (xx * yy).sqrt()).clamp(-1.0, 1.0));
    let degrees = n - 2.0;
    let slope_standard_error =
        (degrees > 0.0).then(|| ((yy - slope * xy).max(0.0) / degrees / xx).sqrt());
    let p = slope_standard_error
        .filter(|error| *error > 0.0)
        .and_then(|error| student::two_sided_p(slope / error, degrees));
    let intercept = mean_y - slope * mean_x;
    Some(Line { slope, intercept, r, slope_standard_error, p, n: points.len() })
}

/// A line that a few odd periods cannot bend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TheilSen {
    /// Median rise of all pairs, of `y` per unit of `x`.
    pub slope: f64,
    /// Median `y` minus `slope` times median `x`.
    pub intercept: f64,
}

/// The line of the median slope; `None` for fewer than two different times or a value not finite.
///
/// Looks at every pair, so it is meant for hundreds of periods and not for millions.
///
/// # Source
/// Theil 1950; Sen 1968, JASA 63:1379; the intercept after Conover 1999.
///
/// # Example
/// ```
/// use scoring::trend::{points, theil_sen};
/// let series = points(&[Some(1.0), Some(2.0), Some(3.0), Some(100.0), Some(5.0)]);
/// assert_eq!(theil_sen(&series).unwrap().slope, 1.0);
/// ```
#[must_use]
pub fn theil_sen(points: &[Point]) -> Option<TheilSen> {
    let slopes: Vec<f64> = pairs(points)
        .filter(|(a, b)| (b.x - a.x).abs() > 0.0)
        .map(|(a, b)| (b.y - a.y) / (b.x - a.x))
        .collect();
    let slope = median(&slopes)?;
    let part = |part: fn(&Point) -> f64| median(&points.iter().map(part).collect::<Vec<_>>());
    let intercept = part(|point| point.y)? - slope * part(|point| point.x)?;
    Some(TheilSen { slope, intercept })
}

/// How consistently a series rises (1) or falls (-1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kendall {
    /// Kendall's tau b, in `[-1, 1]`.
    pub tau: f64,
    /// Two-sided probability of it without a trend.
    pub p: f64,
    /// Whether `p` is exact; with ties and for long series it is the normal approximation.
    pub is_exact: bool,
}

/// Up to this many points without ties the probability is exact.
const EXACT_POINTS_MAX: usize = 33;

/// Kendall's rank correlation of value and time: the Mann–Kendall trend test.
///
/// `None` for fewer than two points, when all values or all times are equal, or when a value is
/// not finite.
///
/// # Source
/// Kendall 1938, Biometrika 30:81; Kendall and Gibbons 1990 for ties; exact up to 33 points without
/// ties.
///
/// # Example
/// ```
/// use scoring::trend::{kendall, points};
/// let result = kendall(&points(&[Some(1.0), Some(2.0), Some(3.0), Some(4.0)])).unwrap();
/// assert_eq!(result.tau, 1.0);
/// assert!((result.p - 2.0 / 24.0).abs() < 1e-15); // two of 24 orders are as extreme
/// ```
#[must_use]
pub fn kendall(points: &[Point]) -> Option<Kendall> {
    if points.iter().any(|point| !point.x.is_finite() || !point.y.is_finite()) {
        return None;
    }
    let sign = |x: f64| if x > 0.0 { 1_i64 } else { -i64::from(x < 0.0) };
    let score: i64 = pairs(points).map(|(a, b)| sign(b.x - a.x) * sign(b.y - a.y)).sum();
    let x_ties = ties(points.iter().map(|point| point.x).collect());
    let y_ties = ties(points.iter().map(|point| point.y).collect());
    let n = points.len() as f64;
    let n_pairs = n * (n - 1.0) / 2.0;
    let untied = |ties: &[f64]| n_pairs - ties.iter().map(|t| t * (t - 1.0) / 2.0).sum::<f64>();
    let product = untied(&x_ties) * untied(&y_ties);
    if product.is_nan() || product <= 0.0 {
        return None;
    }
    let tau = (score as f64 / product.sqrt()).clamp(-1.0, 1.0);
    let has_ties = !(x_ties.is_empty() && y_ties.is_empty());
    let is_exact = !has_ties && points.len() <= EXACT_POINTS_MAX;
    let p = if is_exact {
        exact_p(points.len(), score.unsigned_abs())
    } else {
        normal::two_sided_p(score as f64 / variance(n, &x_ties, &y_ties).sqrt())
    };
    Some(Kendall { tau, p, is_exact })
}

/// Every pair of points, the earlier in the slice first.
fn pairs(points: &[Point]) -> impl Iterator<Item = (&Point, &Point)> {
    points.iter().enumerate().flat_map(|(idx, a)| points[idx + 1..].iter().map(move |b| (a, b)))
}

/// Sizes of the groups of equal values, those of one left out.
fn ties(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
        .chunk_by(|a, b| (b - a).abs() <= 0.0)
        .filter(|group| group.len() > 1)
        .map(|group| group.len() as f64)
        .collect()
}

/// Variance of the score of concordant minus discordant pairs under no trend.
fn variance(n: f64, x_ties: &[f64], y_ties: &[f64]) -> f64 {
    let sum = |ties: &[f64], of: fn(f64) -> f64| ties.iter().map(|t| of(*t)).sum::<f64>();
    let v = |t: f64| t * (t - 1.0) * (2.0 * t + 5.0);
    let pair = |t: f64| t * (t - 1.0);
    let triple = |t: f64| t * (t - 1.0) * (t - 2.0);
    let mut variance = (v(n) - sum(x_ties, v) - sum(y_ties, v)) / 18.0;
    variance += sum(x_ties, pair) * sum(y_ties, pair) / (2.0 * pair(n));
    if n > 2.0 {
        variance += sum(x_ties, triple) * sum(y_ties, triple) / (9.0 * triple(n));
    }
    variance
}

/// Probability, over all orders of `n` different values, of a score at least as far from 0.
fn exact_p(n: usize, score: u64) -> f64 {
    let n_pairs = n * (n - 1) / 2;
    // Chance of each number of discordant pairs, built by inserting one value at a time.
    let mut chances = vec![1.0];
    for size in 2..=n {
        let mut next = vec![0.0; chances.len() + size - 1];
        for (discordant, chance) in chances.iter().enumerate() {
            for more in 0..size {
                next[discordant + more] += chance / size as f64;
            }
        }
        chances = next;
    }
    let is_as_far = |discordant: usize| n_pairs.abs_diff(2 * discordant) as u64 >= score;
    let sum: f64 = (0..chances.len()).filter(|&k| is_as_far(k)).map(|k| chances[k]).sum();
    sum.min(1.0)
}
