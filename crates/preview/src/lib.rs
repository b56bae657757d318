//! Counts a file for the console's preview, in a worker, so that the page stays awake.
//!
//! A module of its own, because reading files of any encoding weighs more than the whole console
//! and is fetched only when a file is chosen. Texts of JSON in, texts of JSON out: what they hold
//! is in `wire::preview`. Counting is done by `tables`, scoring by `report`; no file is opened
//! here, the worker's script hands over its bytes.

mod told;

use report::{Metric, Scale, ScoreOptions, report};
use tables::inspect::Inspection;
use tables::plan::CommentPlan;
use tables::time::PeriodUnit;
use tables::{ColumnIdx, Plan, Tally, inspect};
use wasm_bindgen::prelude::*;
use wire::preview::ChoiceJson;

/// How many of the last comments are kept.
const COMMENTS_KEPT: usize = 100;

/// One file that was chosen.
#[wasm_bindgen]
pub struct Preview {
    inspection: Inspection,
    under_way: Option<(Metric, Tally)>,
}

#[wasm_bindgen]
impl Preview {
    /// Looks at the beginning of a file.
    ///
    /// # Errors
    /// What the person should know when it is no table.
    #[wasm_bindgen(constructor)]
    pub fn new(head: &[u8]) -> Result<Self, JsError> {
        Ok(Self { inspection: inspect(head)?, under_way: None })
    }

    /// What the file seems to be, as JSON.
    #[must_use]
    pub fn inspection(&self) -> String {
        told::inspection(&self.inspection).to_json()
    }

    /// Begins to count by a choice, given as JSON.
    ///
    /// # Errors
    /// What is wrong with the choice.
    pub fn begin(&mut self, choice: &str) -> Result<(), JsError> {
        let choice = ChoiceJson::from_json(choice).ok_or_else(|| JsError::new("no such choice"))?;
        let (metric, scale) = told::metric_and_scale(&choice)
            .ok_or_else(|| JsError::new("the scale has no two ends"))?;
        self.under_way = Some((metric, Tally::new(&self.plan(&choice, scale))?));
        Ok(())
    }

    /// Counts the next bytes of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        if let Some((_, tally)) = &mut self.under_way {
            tally.push(bytes);
        }
    }

    /// What was counted, as JSON.
    ///
    /// # Errors
    /// What the person should know when there is no score.
    pub fn finish(&mut self) -> Result<String, JsError> {
        let (metric, tally) =
            self.under_way.take().ok_or_else(|| JsError::new("nothing was counted"))?;
        let tallied = tally.finish()?;
        let report = report(&tallied.report_input(metric), &ScoreOptions::STANDARD)?;
        Ok(told::counted(&report, &tallied).to_json())
    }
}

impl Preview {
    fn plan(&self, choice: &ChoiceJson, scale: Scale) -> Plan {
        let inspection = &self.inspection;
        let mut plan = inspection.bare_plan(ColumnIdx(choice.column), scale);
        plan.missing_codes.extend(choice.missing.iter().cloned());
        plan.segments = choice.segment.map(|column| vec![ColumnIdx(column)]).into_iter().collect();
        let unit = PeriodUnit::from_name(&choice.period).unwrap_or(PeriodUnit::Month);
        plan.time = choice.time.map(|column| inspection.time_plan(ColumnIdx(column), unit));
        plan.weight = choice.weight.map(ColumnIdx);
        plan.reasons = choice.reasons.map(|column| inspection.reason_plan(ColumnIdx(column)));
        plan.comments = choice
            .comment
            .map(|column| CommentPlan { column: ColumnIdx(column), n_kept: COMMENTS_KEPT });
        plan
    }
}
