//! Weighted scores from sums alone, for files whose answers are too many to be held: what
//! [`super::weighted`] does with every answer.

use crate::bands::{Bands, Bucket};
use crate::interval::{ConfidenceLevel, Interval};
use crate::metric::Metric;
use crate::proportion::wilson_of_share;
use crate::scale::{Scale, ScalePoint};
use crate::weights::kish::Kish;
use crate::weights::weighted::WeightedEstimate;

/// The weights of all answers at one point of the scale.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WeightTotals {
    /// Answers whose weight is above 0.
    pub n: u64,
    /// Sum of their weights, not negative.
    pub sum: f64,
    /// Sum of the squares of their weights, not negative.
    pub sum_of_squares: f64,
}

/// The weighted score of `metric`: NPS in points with a linearised normal interval, CSAT and CES in
/// percent with Wilson's at the effective number of answers. `totals` goes from the lowest point of
/// `scale` to the highest. `None` without any weight.
///
/// # Source
/// As [`weighted_nps`](super::weighted_nps) and [`weighted_share`](super::weighted_share), whose
/// sums over answers are sums over points.
///
/// # Example
/// ```
/// use scoring::weights::{WeightTotals, weighted_score};
/// use scoring::{Bands, ConfidenceLevel, Metric, Scale};
/// let bands = Bands::standard(Metric::Nps, Scale::NPS)?;
/// let mut totals = [WeightTotals::default(); 11];
/// totals[10] = WeightTotals { n: 2, sum: 3.0, sum_of_squares: 5.0 }; // weights 1 and 2
/// totals[0] = WeightTotals { n: 1, sum: 1.0, sum_of_squares: 1.0 };
/// let found =
///     weighted_score(Metric::Nps, Scale::NPS, bands, &totals, ConfidenceLevel::P95).unwrap();
/// assert_eq!((found.value, found.kish.n), (50.0, 3)); // (3 - 1) / 4
/// assert!((found.kish.n_effective - 16.0 / 6.0).abs() < 1e-15);
/// # Ok::<(), scoring::bands::BandsError>(())
/// ```
#[must_use]
pub fn weighted_score(
    metric: Metric,
    scale: Scale,
    bands: Bands,
    totals: &[WeightTotals],
    level: ConfidenceLevel,
) -> Option<WeightedEstimate> {
    let worth = |point: ScalePoint| match (metric, bands.bucket(scale, point)) {
        (_, Bucket::Top) => 100.0,
        (Metric::Nps, Bucket::Bottom) => -100.0,
        _ => 0.0,
    };
    let valued: Vec<(f64, WeightTotals)> =
        scale.points().map(worth).zip(totals.iter().copied()).collect();
    let mut estimate = mean_of_totals(&valued, level)?;
    estimate.interval = if metric == Metric::Nps {
        estimate.interval.map(|interval| interval.clipped(-100.0, 100.0))
    } else {
        let share = estimate.value / 100.0;
        Some(wilson_of_share(share, estimate.kish.n_effective, level).scaled(100.0))
    };
    Some(estimate)
}

/// Weighted mean of `(value, weights of all answers with that value)`.
fn mean_of_totals(
    valued: &[(f64, WeightTotals)],
    level: ConfidenceLevel,
) -> Option<WeightedEstimate> {
    let n: u64 = valued.iter().map(|(_, totals)| totals.n).sum();
    let sum: f64 = valued.iter().map(|(_, totals)| totals.sum).sum();
    let squares: f64 = valued.iter().map(|(_, totals)| totals.sum_of_squares).sum();
    if n == 0 || !(sum > 0.0 && squares > 0.0) {
        return None;
    }
    let value = valued.iter().map(|(value, totals)| totals.sum * value).sum::<f64>() / sum;
    let (mut variance, mut linearised) = (0.0, 0.0);
    for (at, totals) in valued {
        let gap = at - value;
        variance += totals.sum * gap * gap / sum;
        linearised += totals.sum_of_squares * gap * gap / (sum * sum);
    }
    let count = n as f64;
    let n_effective = (sum * sum / squares).min(count);
    let standard_error = (n > 1).then(|| (linearised * count / (count - 1.0)).sqrt());
    Some(WeightedEstimate {
        value,
        variance,
        standard_error,
        interval: standard_error.map(|error| Interval::around(value, level.z() * error)),
        kish: Kish { n, n_effective, design_effect: count / n_effective },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::{Weighted, weighted_nps, weighted_share};

    /// Sums and single answers must give the same score.
    #[test]
    fn sums_say_the_same_as_single_answers() {
        let answers: Vec<(i16, f64)> =
            (0..200).map(|idx| ((idx * 7 % 11), 0.25 + f64::from(idx % 9))).collect();
        let bands = Bands::standard(Metric::Nps, Scale::NPS).unwrap();
        let bucket = |point: i16| bands.bucket(Scale::NPS, ScalePoint(point));
        let mut totals = [WeightTotals::default(); 11];
        for &(point, weight) in &answers {
            let at = &mut totals[usize::try_from(point).unwrap()];
            at.n += 1;
            at.sum += weight;
            at.sum_of_squares += weight * weight;
        }
        let single: Vec<_> = answers
            .iter()
            .map(|&(point, weight)| Weighted { value: bucket(point), weight })
            .collect();
        let level = ConfidenceLevel::P95;
        let expected = weighted_nps(&single, level).unwrap().unwrap();
        let found = weighted_score(Metric::Nps, Scale::NPS, bands, &totals, level).unwrap();
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} {b}");
        close(found.value, expected.value);
        close(found.variance, expected.variance);
        close(found.standard_error.unwrap(), expected.standard_error.unwrap());
        close(found.interval.unwrap().low, expected.interval.unwrap().low);
        close(found.kish.n_effective, expected.kish.n_effective);

        let top: Vec<_> = single
            .iter()
            .map(|answer| Weighted { value: answer.value == Bucket::Top, weight: answer.weight })
            .collect();
        let expected = weighted_share(&top, level).unwrap().unwrap();
        let found = weighted_score(Metric::Csat, Scale::NPS, bands, &totals, level).unwrap();
        close(found.value, 100.0 * expected.value);
        close(found.interval.unwrap().high, 100.0 * expected.interval.unwrap().high);
    }

    #[test]
    fn without_a_weight_there_is_no_score() {
        let bands = Bands::standard(Metric::Nps, Scale::NPS).unwrap();
        let totals = [WeightTotals::default(); 11];
        let found = weighted_score(Metric::Nps, Scale::NPS, bands, &totals, ConfidenceLevel::P95);
        assert_eq!(found, None);
    }
}
