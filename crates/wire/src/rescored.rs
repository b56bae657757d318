//! A report made again from its JSON: what its counts give is computed, the rest is taken as told.

use ::report::{
    ReasonRow, Report, ReportInput, ScoreOptions, SegmentRow, TrendRow, Weighting, report,
};
use scoring::score::Shares;
use scoring::{Bucket, Counts, Direction, Interval, Metric, Scale, Score, State};

use crate::report::{PartScoreJson, ReasonJson, ReportJson, SegmentJson, TrendJson};

impl ReportJson {
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
