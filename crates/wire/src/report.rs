//! A report as JSON: the output of `candor score --format json`, of the scores route, of the live
//! stream, and what the badge and the console read. Stable: a change is a breaking change.

use std::collections::BTreeMap;

use ::report::{
    Arrow, Comparison, RankedReason, ReasonRow, Report, ReportInput, ScoreOptions, SegmentKey,
    SegmentRow, TrendRow, Weighting, report,
};
use scoring::drivers::Ratio;
use scoring::score::Shares;
use scoring::{Bucket, Counts, Direction, Interval, Metric, Scale, ScalePoint, Score, State};
use serde::{Deserialize, Serialize};

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
    /// Scores by segment.
    pub segments: Vec<SegmentJson>,
    /// Scores by period, oldest first.
    pub trend: Vec<TrendJson>,
    /// Two periods or segments compared; left out unless asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<ComparisonJson>,
}

/// What weighting did to the score, as JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeightingJson {
    /// The score with every answer counted once.
    pub unweighted: Option<f64>,
    /// As many equally weighted answers would be as sure.
    pub n_effective: f64,
    /// By how much weighting inflates the variance.
    pub design_effect: f64,
}

/// How one reason goes along with a rating in the worst bucket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DriverJson {
    /// Name of the reason.
    pub reason: String,
    /// Answers of the worst bucket that named it.
    pub n_worst: u64,
    /// All other answers that named it.
    pub n_others: u64,
    /// Share in the worst bucket over share among all.
    pub lift: Option<f64>,
    /// Share of worst ratings among those who named it over that among those who did not.
    pub risk_ratio: Option<RatioJson>,
    /// Odds of the reason in the worst bucket over those among the others.
    pub odds_ratio: Option<RatioJson>,
    /// Share of the worst ratings that goes along with it, in [0, 1].
    pub explained: Option<f64>,
    /// Fisher's two-sided probability, adjusted for the number of reasons.
    pub p: Option<f64>,
}

/// A ratio with its interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RatioJson {
    /// The ratio; 1 means no association.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// Two scores and their difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparisonJson {
    /// The period or segment compared against.
    pub before: ComparedJson,
    /// The one looked at.
    pub after: ComparedJson,
    /// `after` minus `before`, in the unit of the score.
    pub difference: Option<f64>,
    /// Lower end of the interval of the difference.
    pub low: Option<f64>,
    /// Upper end of the interval of the difference.
    pub high: Option<f64>,
    /// Two-sided probability of such a difference where there is none.
    pub p: Option<f64>,
    /// `adjusted_wald`, `pooled_z`, `fisher_exact` or `weighted_z`.
    pub test: String,
    /// `up`, `down` or `unclear`.
    pub direction: Option<String>,
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparedJson {
    /// Its name, such as `2026-W05`.
    pub name: String,
    /// Its score.
    #[serde(flatten)]
    pub score: PartScoreJson,
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

impl PartScoreJson {
    /// The score as it is told, of the metric and at the confidence of `whole`; without shares.
    /// `None` for an unknown state.
    fn score(&self, whole: &Score) -> Option<Score> {
        let interval = self.low.zip(self.high).map(|(low, high)| Interval { low, high });
        Some(Score {
            n: self.n,
            missing: self.missing,
            invalid: self.invalid,
            state: State::from_name(&self.state)?,
            value: self.value,
            interval,
            mean: self.mean,
            shares: None,
            ..*whole
        })
    }
}

impl From<&TrendRow> for TrendJson {
    fn from(row: &TrendRow) -> Self {
        Self { period: row.period.clone(), score: (&row.score).into() }
    }
}

impl From<&RankedReason<String>> for DriverJson {
    fn from(row: &RankedReason<String>) -> Self {
        let ratio = |ratio: Option<Ratio>| {
            ratio.map(|ratio| RatioJson {
                value: ratio.value,
                low: ratio.interval.low,
                high: ratio.interval.high,
            })
        };
        Self {
            reason: row.reason.clone(),
            n_worst: row.mentions.detractors_with,
            n_others: row.mentions.others_with,
            lift: row.association.lift,
            risk_ratio: ratio(row.association.detractor_ratio),
            odds_ratio: ratio(row.association.odds_ratio),
            explained: row.association.explained,
            p: row.adjusted_p,
        }
    }
}

impl From<&Comparison> for ComparisonJson {
    fn from(comparison: &Comparison) -> Self {
        let Comparison { names, scores, difference, interval, p, test, arrow } = comparison;
        let side = |name: &str, score| ComparedJson { name: name.to_owned(), score };
        let direction = |arrow: &Arrow| match arrow {
            Arrow::Up => "up".to_owned(),
            Arrow::Down => "down".to_owned(),
            Arrow::Unclear => "unclear".to_owned(),
        };
        Self {
            before: side(&names.before, (&scores.before).into()),
            after: side(&names.after, (&scores.after).into()),
            difference: *difference,
            low: interval.map(|interval| interval.low),
            high: interval.map(|interval| interval.high),
            p: *p,
            test: (*test).to_owned(),
            direction: arrow.as_ref().map(direction),
        }
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
            comparison: None,
        }
    }
}

impl ReportJson {
    /// Sets a score to the numbers that are told. `None` for a state or a method that is not known.
    fn told(&self, score: &mut Score) -> Option<()> {
        let methods = ["linearised", "wilson_effective_n"];
        score.method = methods.into_iter().find(|method| *method == self.method)?;
        score.state = State::from_name(&self.state)?;
        (score.n, score.value, score.mean) = (self.n, self.value, self.mean);
        score.interval = self.low.zip(self.high).map(|(low, high)| Interval { low, high });
        let share =
            |bucket: Bucket| self.shares.get(bucket.group_name(score.metric)).copied().flatten();
        score.shares = share(Bucket::Bottom)
            .zip(share(Bucket::Middle))
            .zip(share(Bucket::Top))
            .map(|((bottom, middle), top)| Shares { bottom, middle, top });
        Some(())
    }

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

    /// The report scored again from the counts it carries: what a page shows is computed in that
    /// page. Segments and periods are taken as they are told, since their counts do not travel, and
    /// drivers are left out. `None` when the report is not whole.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_report.txt")]
    /// assert_eq!(json.rescored(), Some(report));
    ///
    /// json.n = 41;
    /// assert_eq!(json.rescored(), None);
    /// ```
    #[must_use]
    pub fn rescored(&self) -> Option<Report> {
        let metric = Metric::from_name(&self.metric)?;
        let direction = Direction::from_name(&self.scale.direction)?;
        let scale = Scale::new(self.scale.min, self.scale.max, direction).ok()?;
        let hidden = self.state == State::Suppressed.name();
        let counts = if hidden { Counts::new(scale) } else { self.counts()?.1 };
        let options = ScoreOptions { confidence_level: self.confidence, ..ScoreOptions::STANDARD };
        let mut rescored = report(&ReportInput::of_counts(metric, counts), &options).ok()?;
        if hidden {
            rescored.score.n = self.n;
            rescored.score.state = State::Suppressed;
        }
        let bucket_of =
            |among: &str| Bucket::ALL.into_iter().find(|bucket| bucket.group_name(metric) == among);
        let row = |reason: &ReasonJson| {
            Some(ReasonRow {
                reason: reason.reason.clone(),
                bucket: bucket_of(&reason.among)?,
                n: reason.n,
                share_of_bucket: reason.share,
                share_of_givers: reason.share_of_givers,
            })
        };
        rescored.reasons = self.reasons.iter().filter_map(row).collect();
        rescored.weighting = self.weighting.as_ref().map(|told| Weighting {
            unweighted: told.unweighted,
            n_effective: told.n_effective,
            design_effect: told.design_effect,
        });
        if rescored.weighting.is_some() {
            // Weights do not travel, so a weighted score is taken as it is told.
            self.told(&mut rescored.score)?;
        }
        let part = |told: &PartScoreJson| told.score(&rescored.score);
        let trend = |rows: &[TrendJson]| -> Option<Vec<TrendRow>> {
            let row = |row: &TrendJson| {
                Some(TrendRow { period: row.period.clone(), score: part(&row.score)? })
            };
            rows.iter().map(row).collect()
        };
        let segment = |row: &SegmentJson| {
            let (by, score) = (row.by.clone(), part(&row.score)?);
            Some(SegmentRow { by, score, trend: trend(&row.trend)? })
        };
        let segments = self.segments.iter().map(segment).collect::<Option<_>>()?;
        let trend = trend(&self.trend)?;
        (rescored.segments, rescored.trend) = (segments, trend);
        Some(rescored)
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
