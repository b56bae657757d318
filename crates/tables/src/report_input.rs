//! What was counted in a file as the input of a report. No score is computed here.

use report::{Metric, ReportInput};

use crate::tallied::Tallied;

impl Tallied {
    /// Everything that a report of this file is made from, each answer counted once.
    ///
    /// What divides into too many parts to be scored (a column of names taken for a segment, free
    /// text taken for reasons) is left out.
    #[must_use]
    pub fn report_input(&self, metric: Metric) -> ReportInput {
        let mut input = ReportInput::of_counts(metric, self.overall.counts.clone());
        for value in self.segments.iter().filter_map(|segment| segment.values.as_ref()).flatten() {
            input.segments.push((value.by.clone(), value.group.counts.clone()));
        }
        if let Some(periods) = self.periods.as_ref().and_then(|tally| tally.periods.as_ref()) {
            for (period, group) in periods {
                input.periods.insert(period.to_string(), group.counts.clone());
            }
        }
        if let Some(tally) = &self.reasons
            && let Some(by_reason) = &tally.by_reason
        {
            input.reasons.clone_from(by_reason);
            input.reason_givers = tally.givers.clone();
        }
        input
    }
}
