//! What was counted in a file as the input of a report. No score is computed here.

use report::{Metric, RatingInput, ReportInput, SegmentInput, WeightTotals};

use crate::tallied::{Group, Tallied, WeightSum};

impl Tallied {
    /// Everything that a report of this file is made from.
    ///
    /// What divides into too many parts to be scored (a column of names taken for a segment, free
    /// text taken for reasons) is left out.
    #[must_use]
    pub fn report_input(&self, metric: Metric) -> ReportInput {
        let mut input = ReportInput::of_counts(metric, self.overall.counts.clone());
        input.overall = (&self.overall).into();
        for value in self.segments.iter().filter_map(|segment| segment.values.as_ref()).flatten() {
            let periods = value.periods.iter().flatten();
            input.segments.push(SegmentInput {
                by: value.by.clone(),
                group: (&value.group).into(),
                periods: periods
                    .map(|(period, group)| (period.to_string(), group.into()))
                    .collect(),
            });
        }
        if let Some(periods) = self.periods.as_ref().and_then(|tally| tally.periods.as_ref()) {
            for (period, group) in periods {
                input.periods.insert(period.to_string(), group.into());
            }
        }
        if let Some(tally) = &self.reasons
            && let Some(by_reason) = &tally.by_reason
        {
            input.reasons.clone_from(by_reason);
            input.reason_givers = tally.givers.clone();
        }
        input.ratings = self.ratings.as_ref().map(|tally| RatingInput {
            by_rating: tally.by_rating.clone(),
            sums: tally.sums.clone(),
        });
        input
    }
}

impl From<&Group> for report::Group {
    fn from(group: &Group) -> Self {
        let totals = |sum: &WeightSum| WeightTotals {
            n: sum.n(),
            sum: sum.sum(),
            sum_of_squares: sum.sum_of_squares(),
        };
        let weights = group.weights.as_ref().map(|sums| sums.iter().map(totals).collect());
        Self { counts: group.counts.clone(), weights }
    }
}
