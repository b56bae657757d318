//! Whether a score differs between two periods or two segments, and how sure that is.

use scoring::bands::BandsError;
use scoring::nps::{self, ChangeMethod, Groups};
use scoring::proportion::{self, ChangeTest};
use scoring::trend::{Arrow, arrow};
use scoring::{Bands, ConfidenceLevel, Interval, Metric, Pair, Score, ScoreOptions};

use crate::input::Group;
use crate::scored::scored;

/// Two scores and their difference, `after` minus `before`, in points of the score.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Names of the two, such as `2026-W05`.
    pub names: Pair<String>,
    /// The two scores.
    pub scores: Pair<Score>,
    /// The difference; `None` unless both scores are shown.
    pub difference: Option<f64>,
    /// The interval of the difference.
    pub interval: Option<Interval>,
    /// Two-sided probability of such a difference where there is none, in [0, 1].
    pub p: Option<f64>,
    /// Which test: `adjusted_wald`, `pooled_z`, `fisher_exact` or `weighted_z`.
    pub test: &'static str,
    /// Up or down only where the interval leaves 0 out.
    pub arrow: Option<Arrow>,
}

/// Compares two groups that share no persons.
///
/// NPS by the adjusted Wald interval and test; CSAT and CES by Newcombe's interval and the pooled
/// normal test, or Fisher's where counts are small. Weighted groups by the standard errors of their
/// weighted scores.
///
/// # Errors
/// [`BandsError`] when the scale has no standard cut for the metric and `options` has none.
///
/// # Example
/// ```
/// use report::{Counts, Metric, Pair, Scale, ScoreOptions, compare};
/// let counts = |detractors, promoters| {
///     let mut counts = Counts::new(Scale::NPS);
///     (0..detractors).for_each(|_| counts.record(3));
///     (0..promoters).for_each(|_| counts.record(10));
///     counts.into()
/// };
/// let groups = Pair { before: &counts(50, 50), after: &counts(20, 80) };
/// let names = Pair { before: "May".to_owned(), after: "June".to_owned() };
/// let found = compare(Metric::Nps, names, groups, &ScoreOptions::STANDARD)?;
/// assert_eq!(found.difference, Some(60.0));
/// assert!(found.p.unwrap() < 0.001);
/// # Ok::<(), scoring::bands::BandsError>(())
/// ```
pub fn compare(
    metric: Metric,
    names: Pair<String>,
    groups: Pair<&Group>,
    options: &ScoreOptions,
) -> Result<Comparison, BandsError> {
    let bands = |group: &Group| match options.bands {
        Some(bands) => Ok(bands),
        None => Bands::standard(metric, group.counts.scale()),
    };
    let grouped = Pair {
        before: Groups::from_counts(&groups.before.counts, bands(groups.before)?),
        after: Groups::from_counts(&groups.after.counts, bands(groups.after)?),
    };
    let scores = Pair {
        before: scored(metric, groups.before, options)?.0,
        after: scored(metric, groups.after, options)?.0,
    };
    let level = ConfidenceLevel::new(options.confidence_level).ok();
    let is_shown = scores.before.value.is_some() && scores.after.value.is_some();
    let is_weighted = groups.before.weights.is_some() || groups.after.weights.is_some();
    let found = level.filter(|_| is_shown).and_then(|level| {
        if is_weighted {
            of_intervals(scores, level)
        } else if metric == Metric::Nps {
            of_groups(grouped, level)
        } else {
            of_shares(grouped, level)
        }
    });
    let test = match (&found, is_weighted, metric) {
        (Some(found), ..) => found.test,
        (None, true, _) => "weighted_z",
        (None, false, Metric::Nps) => "adjusted_wald",
        (None, false, Metric::Csat | Metric::Ces) => ChangeTest::Pooled.name(),
    };
    Ok(Comparison {
        names,
        scores,
        difference: found.as_ref().map(|found| found.difference),
        interval: found.as_ref().map(|found| found.interval),
        p: found.as_ref().and_then(|found| found.p),
        test,
        arrow: found.as_ref().map(|found| arrow(found.interval)),
    })
}

struct Found {
    difference: f64,
    interval: Interval,
    p: Option<f64>,
    test: &'static str,
}

fn of_groups(groups: Pair<Groups>, level: ConfidenceLevel) -> Option<Found> {
    let change = nps::change(groups, ChangeMethod::AdjustedWald, level)?;
    Some(Found {
        difference: change.difference,
        interval: change.interval,
        p: change.test.map(|test| test.p),
        test: "adjusted_wald",
    })
}

fn of_shares(groups: Pair<Groups>, level: ConfidenceLevel) -> Option<Found> {
    let parts = Pair { before: groups.before.top(), after: groups.after.top() };
    let change = proportion::change(parts, level)?;
    let Interval { low, high } = change.interval;
    Some(Found {
        difference: change.difference * 100.0,
        interval: Interval { low: low * 100.0, high: high * 100.0 },
        p: Some(change.p),
        test: change.test.name(),
    })
}

/// From the widths of the two intervals, which for weighted scores are symmetric or nearly so.
fn of_intervals(scores: Pair<Score>, level: ConfidenceLevel) -> Option<Found> {
    let error = |score: Score| Some(score.interval?.width() / (2.0 * level.z()));
    let standard_error = error(scores.before)?.hypot(error(scores.after)?);
    let difference = scores.after.value? - scores.before.value?;
    let half = level.z() * standard_error;
    Some(Found {
        difference,
        interval: Interval { low: difference - half, high: difference + half },
        p: (standard_error > 0.0)
            .then(|| scoring::numerics::normal::two_sided_p(difference / standard_error)),
        test: "weighted_z",
    })
}
