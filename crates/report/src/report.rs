//! The report of one survey or file: the score overall, by segment and by period, the
//! distribution, and the reasons.

use std::collections::BTreeMap;

use scoring::bands::BandsError;
use scoring::drivers::{Mentions, RankOptions, RankedReason, rank};
use scoring::{Bands, Bucket, ConfidenceLevel, Counts, Score, ScoreOptions, State};

use crate::hiding::hide_companions;
use crate::importance::{Importance, importance};
use crate::input::{Group, ReportInput, SegmentKey};
use crate::scored::{Weighting, scored};

/// How often one reason was named in one bucket.
#[derive(Clone, Debug, PartialEq)]
pub struct ReasonRow {
    /// Name of the reason.
    pub reason: String,
    /// The bucket counted in.
    pub bucket: Bucket,
    /// Answers of the bucket that named it.
    pub n: u64,
    /// Share of all answers of the bucket, in [0, 1].
    pub share_of_bucket: Option<f64>,
    /// Share of the bucket's answers that named any reason, in [0, 1]. Several reasons may be
    /// named in one answer, so these shares add up to more than 1.
    pub share_of_givers: Option<f64>,
}

/// The score of one segment.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentRow {
    /// Which segment.
    pub by: SegmentKey,
    /// Its score.
    pub score: Score,
    /// Its scores by period, oldest first; empty where no periods were counted.
    pub trend: Vec<TrendRow>,
}

/// The score of one period.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendRow {
    /// Label of the period.
    pub period: String,
    /// Its score.
    pub score: Score,
}

/// Everything that is shown of a survey's or file's answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The score of all answers.
    pub score: Score,
    /// Answers per scale point; empty counts while the score is suppressed.
    pub counts: Counts,
    /// Where the scale is cut.
    pub bands: Bands,
    /// What weighting did to the score of all answers; `None` where all count alike.
    pub weighting: Option<Weighting>,
    /// Reasons by bucket, worst bucket first, most named first.
    pub reasons: Vec<ReasonRow>,
    /// How each reason goes along with a rating in the worst bucket, what explains most first.
    pub drivers: Vec<RankedReason<String>>,
    /// How much of the score goes along with each rating; `None` where no ratings were counted.
    pub importance: Option<Importance>,
    /// Scores by segment.
    pub segments: Vec<SegmentRow>,
    /// Scores by period, oldest first.
    pub trend: Vec<TrendRow>,
}

/// The report of the counts given.
///
/// Where the overall score is suppressed the counts per point and the reasons are left out too:
/// they would tell what the score hides. Where one segment or one period alone is suppressed, the
/// smallest other is hidden with it: the rest subtracted from the whole would tell it.
///
/// # Errors
/// [`BandsError`] when the scale has no standard cut for the metric and `options` has none.
///
/// # Example
/// ```
/// use report::{Counts, Metric, ReportInput, Scale, ScoreOptions, report};
/// let mut counts = Counts::new(Scale::NPS);
/// (0..40).for_each(|_| counts.record(9));
/// let report = report(&ReportInput::of_counts(Metric::Nps, counts), &ScoreOptions::STANDARD)?;
/// assert_eq!(report.score.value, Some(100.0));
/// # Ok::<(), scoring::bands::BandsError>(())
/// ```
pub fn report(input: &ReportInput, options: &ScoreOptions) -> Result<Report, BandsError> {
    let scale = input.overall.counts.scale();
    let bands = match options.bands {
        Some(bands) => bands,
        None => Bands::standard(input.metric, scale)?,
    };
    let (overall, weighting) = scored(input.metric, &input.overall, options)?;
    let is_hidden = overall.state == State::Suppressed;
    let trend = |periods: &BTreeMap<String, Group>| {
        periods
            .iter()
            .map(|(period, group)| {
                let score = scored(input.metric, group, options)?.0;
                Ok(TrendRow { period: period.clone(), score })
            })
            .collect::<Result<Vec<_>, BandsError>>()
    };
    let segments = input
        .segments
        .iter()
        .map(|segment| {
            Ok(SegmentRow {
                by: segment.by.clone(),
                score: scored(input.metric, &segment.group, options)?.0,
                trend: trend(&segment.periods)?,
            })
        })
        .collect::<Result<_, BandsError>>()?;
    let mut report = Report {
        score: overall,
        counts: if is_hidden { Counts::new(scale) } else { input.overall.counts.clone() },
        bands,
        weighting,
        reasons: if is_hidden { Vec::new() } else { reason_rows(input, bands) },
        drivers: if is_hidden { Vec::new() } else { drivers(input, bands, options) },
        importance: input
            .ratings
            .as_ref()
            .map(|ratings| importance(ratings, options.suppress_below)),
        segments,
        trend: trend(&input.periods)?,
    };
    hide_companions(&mut report);
    Ok(report)
}

/// How each reason goes along with a rating in the worst bucket.
fn drivers(input: &ReportInput, bands: Bands, options: &ScoreOptions) -> Vec<RankedReason<String>> {
    let Ok(level) = ConfidenceLevel::new(options.confidence_level) else { return Vec::new() };
    let n_worst = n_in_bucket(&input.overall.counts, bands, Bucket::Bottom);
    let n_others = input.overall.counts.n() - n_worst;
    let mentions: Vec<(String, Mentions)> = input
        .reasons
        .iter()
        .map(|(reason, counts)| {
            let worst_with = n_in_bucket(counts, bands, Bucket::Bottom);
            let others_with = counts.n() - worst_with;
            let mentions = Mentions {
                detractors_with: worst_with,
                detractors_without: n_worst.saturating_sub(worst_with),
                others_with,
                others_without: n_others.saturating_sub(others_with),
            };
            (reason.clone(), mentions)
        })
        .collect();
    rank(&mentions, &RankOptions { level, n_mentions_min: options.suppress_below })
}

/// Answers in one bucket.
fn n_in_bucket(counts: &Counts, bands: Bands, bucket: Bucket) -> u64 {
    let scale = counts.scale();
    let in_bucket = counts.iter().filter(|(point, _)| bands.bucket(scale, *point) == bucket);
    in_bucket.map(|(_, n)| n).sum()
}

/// Reasons by bucket, worst bucket first, most named first, names in order where equal.
fn reason_rows(input: &ReportInput, bands: Bands) -> Vec<ReasonRow> {
    let share = |n: u64, base: u64| (base > 0).then(|| n as f64 / base as f64);
    let mut rows = Vec::new();
    for bucket in Bucket::ALL {
        let n_bucket = n_in_bucket(&input.overall.counts, bands, bucket);
        let n_givers = n_in_bucket(&input.reason_givers, bands, bucket);
        let mut of_bucket: Vec<ReasonRow> = input
            .reasons
            .iter()
            .map(|(reason, counts)| (reason, n_in_bucket(counts, bands, bucket)))
            .filter(|(_, n)| *n > 0)
            .map(|(reason, n)| ReasonRow {
                reason: reason.clone(),
                bucket,
                n,
                share_of_bucket: share(n, n_bucket),
                share_of_givers: share(n, n_givers),
            })
            .collect();
        of_bucket.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.reason.cmp(&b.reason)));
        rows.append(&mut of_bucket);
    }
    rows
}
