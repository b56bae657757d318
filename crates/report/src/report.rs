//! The report of one survey or file: the score overall, by segment and by period, the
//! distribution, and the reasons.

use std::collections::BTreeMap;

use scoring::bands::BandsError;
use scoring::{Bands, Bucket, Counts, Metric, Score, ScoreOptions, State, score};

/// Which segment: the values of the columns it is cut by, such as channel = email.
pub type SegmentKey = BTreeMap<String, String>;

/// Everything a report is made from: counts and nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportInput {
    /// Which question.
    pub metric: Metric,
    /// All answers.
    pub counts: Counts,
    /// Answers that named each reason, by scale point.
    pub reasons: BTreeMap<String, Counts>,
    /// Answers that named at least one reason, by scale point.
    pub reason_givers: Counts,
    /// Answers of each segment.
    pub segments: Vec<(SegmentKey, Counts)>,
    /// Answers of each period, by its label such as `2026-W05`; labels sort by time.
    pub periods: BTreeMap<String, Counts>,
}

impl ReportInput {
    /// A report input of overall counts alone.
    #[must_use]
    pub fn of_counts(metric: Metric, counts: Counts) -> Self {
        let reason_givers = Counts::new(counts.scale());
        Self {
            metric,
            counts,
            reasons: BTreeMap::new(),
            reason_givers,
            segments: Vec::new(),
            periods: BTreeMap::new(),
        }
    }
}

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
    /// Reasons by bucket, worst bucket first, most named first.
    pub reasons: Vec<ReasonRow>,
    /// Scores by segment.
    pub segments: Vec<SegmentRow>,
    /// Scores by period, oldest first.
    pub trend: Vec<TrendRow>,
}

/// The report of the counts given.
///
/// Where the overall score is suppressed the counts per point and the reasons are left out too:
/// they would tell what the score hides.
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
    let scale = input.counts.scale();
    let bands = match options.bands {
        Some(bands) => bands,
        None => Bands::standard(input.metric, scale)?,
    };
    let overall = score(input.metric, &input.counts, options)?;
    let hidden = overall.state == State::Suppressed;
    let segments = input
        .segments
        .iter()
        .map(|(by, counts)| {
            Ok(SegmentRow { by: by.clone(), score: score(input.metric, counts, options)? })
        })
        .collect::<Result<_, BandsError>>()?;
    let trend = input
        .periods
        .iter()
        .map(|(period, counts)| {
            Ok(TrendRow { period: period.clone(), score: score(input.metric, counts, options)? })
        })
        .collect::<Result<_, BandsError>>()?;
    Ok(Report {
        score: overall,
        counts: if hidden { Counts::new(scale) } else { input.counts.clone() },
        bands,
        reasons: if hidden { Vec::new() } else { reason_rows(input, bands) },
        segments,
        trend,
    })
}

/// Reasons by bucket, worst bucket first, most named first, names in order where equal.
fn reason_rows(input: &ReportInput, bands: Bands) -> Vec<ReasonRow> {
    let in_bucket = |counts: &Counts, bucket: Bucket| -> u64 {
        let scale = counts.scale();
        counts
            .iter()
            .filter(|(point, _)| bands.bucket(scale, *point) == bucket)
            .map(|(_, n)| n)
            .sum()
    };
    let share = |n: u64, base: u64| (base > 0).then(|| n as f64 / base as f64);
    let mut rows = Vec::new();
    for bucket in Bucket::ALL {
        let n_bucket = in_bucket(&input.counts, bucket);
        let n_givers = in_bucket(&input.reason_givers, bucket);
        let mut of_bucket: Vec<ReasonRow> = input
            .reasons
            .iter()
            .map(|(reason, counts)| (reason, in_bucket(counts, bucket)))
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
