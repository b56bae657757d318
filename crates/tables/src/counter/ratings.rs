//! Ratings of single things beside the score, such as of delivery and of packaging, and what is
//! needed to say how much of the score goes along with each. That itself is in `scoring`.

use scoring::Scale;
use scoring::drivers::RatingSums;

use crate::cell::Record;
use crate::grid::{Grid, Slot};
use crate::plan::{Plan, RatingPlan};
use crate::score_cell::ScoreReader;
use crate::tallied::RatingTally;

/// Counts by rating; the unweighted answers only.
#[derive(Clone, Debug)]
pub(super) struct RatingCounter {
    plan: RatingPlan,
    names: Vec<String>,
    reader: ScoreReader,
    score_scale: Scale,
    /// One row a rating.
    grid: Grid,
    sums: RatingSums,
    /// The ratings of one record, so that none allocates.
    values: Vec<i16>,
}

impl RatingCounter {
    pub(super) fn new(plan: &Plan, ratings: &RatingPlan) -> Self {
        let mut grid = Grid::new(ratings.scale, false);
        ratings.columns.iter().for_each(|_| {
            grid.add_row();
        });
        Self {
            names: ratings.columns.iter().map(|&column| plan.name(column).to_owned()).collect(),
            reader: ScoreReader::new(ratings.scale, &ratings.missing_codes, &[]),
            score_scale: plan.scale,
            grid,
            sums: RatingSums::new(ratings.columns.len()),
            values: Vec::with_capacity(ratings.columns.len()),
            plan: ratings.clone(),
        }
    }

    pub(super) fn count(&mut self, record: &Record<'_>, slot: Slot, unquoted: &mut Vec<u8>) {
        self.values.clear();
        let scale = self.plan.scale;
        for (row, column) in self.plan.columns.iter().enumerate() {
            let cell = record.cell(column.0, unquoted).unwrap_or_default();
            // A rating off its scale is counted as invalid, and not told as a fault: survey tools
            // write "does not apply" as a number next to the scale.
            let (rated, _) = self.reader.read(cell);
            self.grid.count(row, rated, None);
            self.values.extend(scale.points().nth(rated.0).map(|point| scale.oriented(point).0));
        }
        let score = self.score_scale.points().nth(slot.0);
        if let Some(score) = score
            && self.values.len() == self.plan.columns.len()
        {
            self.sums.record(self.score_scale.oriented(score).0, &self.values);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for row in 0..self.grid.n_rows() {
            self.grid.merge_row(row, &other.grid, row);
        }
        self.sums.merge(&other.sums).expect("counters that fit have the same ratings");
    }

    pub(super) fn tallied(&self) -> RatingTally {
        let names = self.names.iter().cloned().enumerate();
        RatingTally {
            by_rating: names.map(|(row, name)| (name, self.grid.group(row).counts)).collect(),
            sums: self.sums.clone(),
        }
    }
}
