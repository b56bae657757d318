//! Whether a score differs between two periods or two segments, and how sure that is.

use std::fmt;

use scoring::nps::{self, ChangeMethod, Groups};
use scoring::proportion::{self, ChangeTest};
use scoring::trend::{Arrow, arrow};
use scoring::{ConfidenceLevel, Interval, Metric, Pair, Score, ScoreOptions};

use crate::input::{Group, ReportInput, SegmentKey};
use crate::report::Report;

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

/// Why two groups cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CompareError {
    /// No period and no segment is called so.
    Unknown {
        /// The name that was given.
        name: String,
        /// The names there are, periods first.
        known: Vec<String>,
    },
}

impl fmt::Display for CompareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { known, .. } if known.is_empty() => {
                f.write_str("there are no periods and no segments to compare")
            }
            Self::Unknown { name, known } => {
                let named = known.iter().take(NAMES_TOLD_MAX).map(String::as_str);
                let named: Vec<&str> = named.collect();
                write!(f, "there is no {name:?}; there are {}", named.join(", "))?;
                match known.len().saturating_sub(NAMES_TOLD_MAX) {
                    0 => Ok(()),
                    n_more => write!(f, " and {n_more} more"),
                }
            }
        }
    }
}

impl std::error::Error for CompareError {}

/// How many names an error tells.
const NAMES_TOLD_MAX: usize = 24;

/// Compares two periods or two segments of a report, which share no persons.
///
/// A period is named by its label, a segment by its values, with spaces between several. NPS by the
/// adjusted Wald interval and test; CSAT and CES by Newcombe's interval and the pooled normal test,
/// or Fisher's where counts are small. Weighted groups by the standard errors of their weighted
/// scores. The scores are those of the report, so what it hides stays hidden.
///
/// # Errors
/// [`CompareError`] when `input` has neither a period nor a segment of one of the names.
///
/// # Example
/// ```
/// use report::{Counts, Metric, Pair, ReportInput, Scale, ScoreOptions, compare, report};
/// let counts = |detractors, promoters| {
///     let mut counts = Counts::new(Scale::NPS);
///     (0..detractors).for_each(|_| counts.record(3));
///     (0..promoters).for_each(|_| counts.record(10));
///     counts
/// };
/// let mut input = ReportInput::of_counts(Metric::Nps, counts(70, 130));
/// input.periods.insert("May".to_owned(), counts(50, 50).into());
/// input.periods.insert("June".to_owned(), counts(20, 80).into());
/// let options = ScoreOptions::STANDARD;
/// let report = report(&input, &options)?;
/// let found = compare(&input, &report, Pair { before: "May", after: "June" }, &options)?;
/// assert_eq!(found.difference, Some(60.0));
/// assert!(found.p.unwrap() < 0.001);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare(
    input: &ReportInput,
    report: &Report,
    names: Pair<&str>,
    options: &ScoreOptions,
) -> Result<Comparison, CompareError> {
    let before = side(input, report, names.before)?;
    let after = side(input, report, names.after)?;
    let grouped = |side: &Side<'_>| Groups::from_counts(&side.group.counts, report.bands);
    let groups = Pair { before: grouped(&before), after: grouped(&after) };
    let scores = Pair { before: before.score, after: after.score };
    let level = ConfidenceLevel::new(options.confidence_level).ok();
    let is_shown = scores.before.value.is_some() && scores.after.value.is_some();
    let is_weighted = before.group.weights.is_some() || after.group.weights.is_some();
    let found = level.filter(|_| is_shown).and_then(|level| {
        if is_weighted {
            of_intervals(scores, level)
        } else if input.metric == Metric::Nps {
            of_groups(groups, level)
        } else {
            of_shares(groups, level)
        }
    });
    let test = match (&found, is_weighted, input.metric) {
        (Some(found), ..) => found.test,
        (None, true, _) => "weighted_z",
        (None, false, Metric::Nps) => "adjusted_wald",
        (None, false, Metric::Csat | Metric::Ces) => ChangeTest::Pooled.name(),
    };
    Ok(Comparison {
        names: Pair { before: names.before.to_owned(), after: names.after.to_owned() },
        scores,
        difference: found.as_ref().map(|found| found.difference),
        interval: found.as_ref().map(|found| found.interval),
        p: found.as_ref().and_then(|found| found.p),
        test,
        arrow: found.as_ref().map(|found| arrow(found.interval)),
    })
}

/// The answers of a period or a segment, and what the report shows of them.
struct Side<'a> {
    group: &'a Group,
    score: Score,
}

fn side<'a>(input: &'a ReportInput, report: &Report, name: &str) -> Result<Side<'a>, CompareError> {
    let value = |by: &SegmentKey| by.values().map(String::as_str).collect::<Vec<_>>().join(" ");
    let period = || {
        let row = report.trend.iter().find(|row| row.period == name)?;
        Some(Side { group: input.periods.get(name)?, score: row.score })
    };
    let segment = || {
        let segment = input.segments.iter().find(|segment| value(&segment.by) == name)?;
        let row = report.segments.iter().find(|row| row.by == segment.by)?;
        Some(Side { group: &segment.group, score: row.score })
    };
    period().or_else(segment).ok_or_else(|| {
        let segments = input.segments.iter().map(|segment| value(&segment.by));
        let known = input.periods.keys().cloned().chain(segments).collect();
        CompareError::Unknown { name: name.to_owned(), known }
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
