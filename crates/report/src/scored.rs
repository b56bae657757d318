//! The score of one group, weighted where its answers do not count alike.

use scoring::bands::BandsError;
use scoring::score::Shares;
use scoring::suppression::Thresholds;
use scoring::weights::{WeightTotals, weighted_score};
use scoring::{Bands, Bucket, ConfidenceLevel, Metric, Scale, Score, ScoreOptions, score};

use crate::input::Group;

/// What weighting did to a score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighting {
    /// The score with every answer counted once, in the unit of the score.
    pub unweighted: Option<f64>,
    /// As many equally weighted answers would be as sure.
    pub n_effective: f64,
    /// By how much weighting inflates the variance; at least 1.
    pub design_effect: f64,
}

/// The score of a group, and what weighting did to it.
///
/// Of a weighted group, `n` is the number of answers with a weight above 0.
///
/// # Errors
/// [`BandsError`] when the scale has no standard cut for the metric and `options` has none.
pub(crate) fn scored(
    metric: Metric,
    group: &Group,
    options: &ScoreOptions,
) -> Result<(Score, Option<Weighting>), BandsError> {
    let plain = score(metric, &group.counts, options)?;
    let Some(totals) = &group.weights else { return Ok((plain, None)) };
    let scale = group.counts.scale();
    let bands = match options.bands {
        Some(bands) => bands,
        None => Bands::standard(metric, scale)?,
    };
    Ok(weighted(plain, scale, bands, totals, options))
}

/// The score with its numbers replaced by weighted ones.
fn weighted(
    plain: Score,
    scale: Scale,
    bands: Bands,
    totals: &[WeightTotals],
    options: &ScoreOptions,
) -> (Score, Option<Weighting>) {
    let method = if plain.metric == Metric::Nps { "linearised" } else { "wilson_effective_n" };
    let n = totals.iter().map(|point| point.n).sum();
    let thresholds =
        Thresholds { suppress_below: options.suppress_below, flag_below: options.flag_below };
    let state = thresholds.state(n);
    let level = ConfidenceLevel::new(options.confidence_level);
    let found = state
        .is_shown()
        .then(|| {
            let level = level.unwrap_or(ConfidenceLevel::P95);
            weighted_score(plain.metric, scale, bands, totals, level)
        })
        .flatten();
    let mut score = Score { method, n, state, value: None, interval: None, ..plain };
    (score.mean, score.shares) = (None, None);
    let Some(found) = found else { return (score, None) };
    score.value = Some(found.value);
    score.interval = found.interval.filter(|_| level.is_ok());
    let sum: f64 = totals.iter().map(|point| point.sum).sum();
    let weighted_points = || scale.points().zip(totals);
    let oriented = weighted_points().map(|(point, at)| f64::from(scale.oriented(point).0) * at.sum);
    score.mean = Some(oriented.sum::<f64>() / sum);
    let share = |bucket: Bucket| {
        let held = weighted_points().filter(|(point, _)| bands.bucket(scale, *point) == bucket);
        held.map(|(_, at)| at.sum).sum::<f64>() / sum
    };
    score.shares = Some(Shares {
        bottom: share(Bucket::Bottom),
        middle: share(Bucket::Middle),
        top: share(Bucket::Top),
    });
    let weighting = Weighting {
        unweighted: plain.value,
        n_effective: found.kish.n_effective,
        design_effect: found.kish.design_effect,
    };
    (score, Some(weighting))
}
