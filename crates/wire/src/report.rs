//! A report as JSON: the output of `candor score --format json`, of the scores route, of the live
//! stream, and what the badge and the console read. Stable: a change is a breaking change.

use std::collections::BTreeMap;

use ::report::{Report, SegmentKey, TrendRow};
use scoring::{Bucket, Counts, Direction, Metric, Scale, ScalePoint, Score, State};
use serde::{Deserialize, Serialize};

pub use crate::report_parts::{
    ComparedJson, ComparisonJson, DriverJson, ImportanceJson, ImportanceRowJson, RatioJson,
    WeightingJson,
};

/// A report as JSON. Every number is `null` when it is undefined; `state` says why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportJson {
    /// `csat`, `ces` or `nps`.
    pub metric: String,
    /// Method of the interval.
    pub method: String,
    /// Probability that the interval holds the true score.
    pub confidence: f64,
    /// Valid answers.
    pub n: u64,
    /// Empty answers.
    pub missing: u64,
    /// Unusable answers.
    pub invalid: u64,
    /// `no_data`, `suppressed`, `low_n` or `ok`.
    pub state: String,
    /// Points for NPS, percent for CSAT and CES.
    pub value: Option<f64>,
    /// Lower end of the interval, in the unit of `value`.
    pub low: Option<f64>,
    /// Upper end of the interval, in the unit of `value`.
    pub high: Option<f64>,
    /// Mean answer, higher is better.
    pub mean: Option<f64>,
    /// Shares of the buckets under the field's names, each in [0, 1].
    pub shares: BTreeMap<String, Option<f64>>,
    /// The scale the answers were given on.
    pub scale: ScaleJson,
    /// Answers per scale point; empty while the score is suppressed.
    pub distribution: Vec<PointJson>,
    /// What weighting did; left out where all answers count alike.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weighting: Option<WeightingJson>,
    /// Reasons by bucket.
    pub reasons: Vec<ReasonJson>,
    /// How each reason goes along with a rating in the worst bucket, what explains most first;
    /// left out without reasons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drivers: Vec<DriverJson>,
    /// How much of the score goes along with each rating; left out unless asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub importance: Option<ImportanceJson>,
    /// Scores by segment.
    pub segments: Vec<SegmentJson>,
    /// Scores by period, oldest first.
    pub trend: Vec<TrendJson>,
    /// Two periods or segments compared; left out unless asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<ComparisonJson>,
}

/// A scale as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScaleJson {
    /// Lowest point.
    pub min: i16,
    /// Highest point.
    pub max: i16,
    /// `higher_is_better` or `lower_is_better`.
    pub direction: String,
}

/// Answers at one scale point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointJson {
    /// The point.
    pub value: i16,
    /// Answers.
    pub n: u64,
}

/// How often a reason was named in one bucket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReasonJson {
    /// Name of the reason.
    pub reason: String,
    /// The bucket under the field's name, such as `detractors`.
    pub among: String,
    /// Answers of the bucket that named it.
    pub n: u64,
    /// Share of all answers of the bucket, in [0, 1].
    pub share: Option<f64>,
    /// Share of the bucket's answers that named any reason, in [0, 1].
    pub share_of_givers: Option<f64>,
}

/// The score of one segment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SegmentJson {
    /// Columns and their values.
    pub by: SegmentKey,
    /// Its score.
    #[serde(flatten)]
    pub score: PartScoreJson,
    /// Its scores by period, oldest first; left out where none were counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trend: Vec<TrendJson>,
}

/// The score of one period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrendJson {
    /// Label of the period.
    pub period: String,
    /// Its score.
    #[serde(flatten)]
    pub score: PartScoreJson,
}

/// The score of a part of the answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartScoreJson {
    /// Valid answers.
    pub n: u64,
    /// Empty answers.
    pub missing: u64,
    /// Unusable answers.
    pub invalid: u64,
    /// Whether it is shown.
    pub state: String,
    /// Points or percent.
    pub value: Option<f64>,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
    /// Mean answer, higher is better.
    pub mean: Option<f64>,
}

impl From<&Score> for PartScoreJson {
    fn from(score: &Score) -> Self {
        Self {
            n: score.n,
            missing: score.missing,
            invalid: score.invalid,
            state: score.state.name().to_owned(),
            value: score.value,
            low: score.interval.map(|interval| interval.low),
            high: score.interval.map(|interval| interval.high),
            mean: score.mean,
        }
    }
}

impl From<&TrendRow> for TrendJson {
    fn from(row: &TrendRow) -> Self {
        Self { period: row.period.clone(), score: (&row.score).into() }
    }
}

impl From<&Report> for ReportJson {
    fn from(report: &Report) -> Self {
        let score = &report.score;
        let part = PartScoreJson::from(score);
        let scale = report.counts.scale();
        let share = |bucket: Bucket| {
            score.shares.map(|shares| match bucket {
                Bucket::Bottom => shares.bottom,
                Bucket::Middle => shares.middle,
                Bucket::Top => shares.top,
            })
        };
        let shares = Bucket::ALL
            .map(|bucket| (bucket.group_name(score.metric).to_owned(), share(bucket)))
            .into();
        let hidden = score.state == State::Suppressed;
        let point = |(point, n): (ScalePoint, u64)| PointJson { value: point.0, n };
        Self {
            metric: score.metric.name().to_owned(),
            method: score.method.to_owned(),
            confidence: score.confidence_level,
            n: part.n,
            missing: part.missing,
            invalid: part.invalid,
            state: part.state,
            value: part.value,
            low: part.low,
            high: part.high,
            mean: part.mean,
            shares,
            scale: ScaleJson {
                min: scale.min(),
                max: scale.max(),
                direction: scale.direction().name().to_owned(),
            },
            distribution: if hidden {
                Vec::new()
            } else {
                report.counts.iter().map(point).collect()
            },
            reasons: report
                .reasons
                .iter()
                .map(|row| ReasonJson {
                    reason: row.reason.clone(),
                    among: row.bucket.group_name(score.metric).to_owned(),
                    n: row.n,
                    share: row.share_of_bucket,
                    share_of_givers: row.share_of_givers,
                })
                .collect(),
            segments: report
                .segments
                .iter()
                .map(|row| SegmentJson {
                    by: row.by.clone(),
                    score: (&row.score).into(),
                    trend: row.trend.iter().map(TrendJson::from).collect(),
                })
                .collect(),
            trend: report.trend.iter().map(TrendJson::from).collect(),
            weighting: report.weighting.map(|weighting| WeightingJson {
                unweighted: weighting.unweighted,
                n_effective: weighting.n_effective,
                design_effect: weighting.design_effect,
            }),
            drivers: report.drivers.iter().map(DriverJson::from).collect(),
            importance: report.importance.as_ref().map(ImportanceJson::from),
            comparison: None,
        }
    }
}

impl ReportJson {
    /// The report as JSON text on one line.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_report.txt")]
    /// assert!(json.to_json().starts_with(r#"{"metric":"nps","method":"adjusted_wald","#));
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a report holds finite numbers only")
    }

    /// The report as JSON text for people to read.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_report.txt")]
    /// assert!(json.to_json_pretty().starts_with("{\n  \"metric\": \"nps\",\n"));
    /// ```
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        serde_json::to_string_pretty(self).expect("a report holds finite numbers only")
    }

    /// The metric and the counts the report was made from, for scoring them again in a browser.
    /// `None` when the report is not whole, or while its counts are suppressed.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_report.txt")]
    /// assert_eq!(json.counts(), Some((Metric::Nps, counts))); // 40 answers of 9
    ///
    /// json.n = 41;
    /// assert_eq!(json.counts(), None);
    /// ```
    #[must_use]
    pub fn counts(&self) -> Option<(Metric, Counts)> {
        let Self { metric, scale, distribution, n, missing, invalid, .. } = self;
        // Of a weighted report, n counts weights and not answers.
        let n = self.weighting.is_none().then_some(*n);
        read_counts(metric, scale, distribution, n, (*missing, *invalid))
    }
}

/// The part of a report that says how many have answered what: enough to score again, and little
/// to read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CountsJson {
    /// `csat`, `ces` or `nps`.
    pub metric: String,
    /// Valid answers.
    pub n: u64,
    missing: u64,
    invalid: u64,
    scale: ScaleJson,
    distribution: Vec<PointJson>,
}

impl CountsJson {
    /// The metric and the counts. `None` when the report is not whole, or while its counts are
    /// suppressed.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_report.txt")]
    /// let part: wire::CountsJson = serde_json::from_str(&json.to_json()).unwrap();
    /// assert_eq!(part.counts(), json.counts());
    /// ```
    #[must_use]
    pub fn counts(&self) -> Option<(Metric, Counts)> {
        let Self { metric, scale, distribution, n, missing, invalid } = self;
        read_counts(metric, scale, distribution, Some(*n), (*missing, *invalid))
    }
}

fn read_counts(
    metric: &str,
    scale: &ScaleJson,
    distribution: &[PointJson],
    n: Option<u64>,
    (missing, invalid): (u64, u64),
) -> Option<(Metric, Counts)> {
    let metric = Metric::from_name(metric)?;
    let direction = Direction::from_name(&scale.direction)?;
    let scale = Scale::new(scale.min, scale.max, direction).ok()?;
    let mut counts = Counts::new(scale);
    for point in distribution {
        counts.add(scale.point(i64::from(point.value))?, point.n);
    }
    counts.add_unusable(missing, invalid);
    n.is_none_or(|n| counts.n() == n).then_some((metric, counts))
}
