//! Counts records, whatever kind of file they come from. Reading files is not here.

mod breakdown;
mod comments;
mod days;
mod persons;
mod ratings;
mod reasons;

use std::collections::VecDeque;

use crate::cell::Record;
use crate::fault::{BAD_CELL_CHARS_MAX, BadCell, Fault, Faults};
use crate::grid::{Grid, Slot};
use crate::plan::{ColumnIdx, Plan};
use crate::score_cell::ScoreReader;
use crate::source::Sink;
use crate::tallied::Tallied;
use breakdown::{PeriodCounter, SegmentCounter};
use comments::CommentKeeper;
use persons::Persons;
pub(crate) use persons::RowPlace;
use ratings::RatingCounter;
use reasons::ReasonCounter;

/// A weight above this is taken for something else.
const WEIGHT_MAX: f64 = 1e12;

/// Where the counting is: which file, and which row of it.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    file_idx: usize,
    /// Records of the file so far, header rows included.
    row: u64,
}

/// The counts so far.
#[derive(Clone, Debug)]
pub(crate) struct Counter {
    plan: Plan,
    reader: ScoreReader,
    place: Place,
    /// Header rows that are still to come.
    n_header_left: usize,
    n_rows: u64,
    n_duplicates: u64,
    /// Who answered, while a first reading finds that out and counts nothing.
    persons: Option<Persons>,
    /// Rows of this file that are still to come and are left out, in ascending order.
    left_out: VecDeque<u64>,
    overall: Grid,
    segments: Vec<SegmentCounter>,
    periods: Option<PeriodCounter>,
    reasons: Option<ReasonCounter>,
    ratings: Option<RatingCounter>,
    comments: Option<CommentKeeper>,
    faults: Faults,
    /// For cells whose quotes have to be taken out.
    unquoted: Vec<u8>,
}

impl Counter {
    /// `plan` was checked. A part that is not the first of its file has no header rows.
    pub(crate) fn new(plan: &Plan, is_part: bool) -> Self {
        let mut overall = Grid::new(plan.scale, plan.weight.is_some());
        overall.add_row();
        Self {
            reader: ScoreReader::new(plan.scale, &plan.missing_codes, &plan.labels),
            place: Place::default(),
            n_header_left: if is_part { 0 } else { plan.format.header_rows() },
            n_rows: 0,
            n_duplicates: 0,
            persons: plan.person.map(Persons::new),
            left_out: VecDeque::new(),
            overall,
            segments: plan
                .segments
                .iter()
                .map(|columns| SegmentCounter::new(plan, columns))
                .collect(),
            periods: plan.time.map(|time| PeriodCounter::new(plan, time)),
            reasons: plan.reasons.as_ref().map(|reasons| ReasonCounter::new(plan, reasons)),
            ratings: plan.ratings.as_ref().map(|ratings| RatingCounter::new(plan, ratings)),
            comments: plan.comments.map(CommentKeeper::new),
            faults: Faults::default(),
            unquoted: Vec::new(),
            plan: plan.clone(),
        }
    }

    /// Counts everything but the rows given, which ascend.
    pub(crate) fn without(plan: &Plan, rows: VecDeque<u64>) -> Self {
        Self { persons: None, left_out: rows, ..Self::new(plan, false) }
    }

    /// The rows that a first reading found to be duplicates, in ascending order.
    pub(crate) fn duplicates(&self) -> Vec<RowPlace> {
        self.persons.as_ref().map(Persons::duplicates).unwrap_or_default()
    }

    #[cold]
    fn note_length(&mut self, n_cells: usize) {
        let is_short = n_cells < self.plan.columns.len();
        self.note(if is_short { Fault::TooFewCells } else { Fault::TooManyCells });
    }

    #[inline]
    fn score(&mut self, record: &Record<'_>) -> Slot {
        let column = self.plan.score;
        let cell = record.cell(column.0, &mut self.unquoted).unwrap_or_default();
        let (slot, fault) = self.reader.read(cell);
        if let Some(fault) = fault {
            note_cell(&mut self.faults, self.place, &self.plan, column, cell, fault);
        }
        slot
    }

    fn weight(&mut self, record: &Record<'_>, column: ColumnIdx) -> Option<f64> {
        let cell = record.cell(column.0, &mut self.unquoted).unwrap_or_default();
        let weight = std::str::from_utf8(cell).ok().and_then(|text| text.parse::<f64>().ok());
        // NaN lies in no range.
        let weight = weight.filter(|weight| (0.0..=WEIGHT_MAX).contains(weight));
        if weight.is_none() {
            note_cell(&mut self.faults, self.place, &self.plan, column, cell, Fault::NotAWeight);
        }
        weight
    }

    /// Counts the record in its period, and returns the number of the period.
    #[inline]
    fn period(
        &mut self,
        record: &Record<'_>,
        slot: Slot,
        weight: Option<f64>,
        unquoted: &mut Vec<u8>,
    ) -> Option<usize> {
        let periods = self.periods.as_mut()?;
        let column = periods.column();
        let cell = record.cell(column.0, unquoted).unwrap_or_default();
        let (period, fault) = periods.count(cell, slot, weight);
        if let Some(fault) = fault {
            note_cell(&mut self.faults, self.place, &self.plan, column, cell, fault);
        }
        period
    }

    /// Whether all header rows have come.
    pub(crate) const fn has_header(&self) -> bool {
        self.n_header_left == 0
    }

    /// Whether two counters count the same kind of thing, so that they can be merged.
    pub(crate) fn fits(&self, other: &Self) -> bool {
        let shape = |plan: &Plan| {
            let columns = |list: &[ColumnIdx]| -> Vec<String> {
                list.iter().map(|&column| plan.name(column).to_owned()).collect()
            };
            (
                plan.scale,
                plan.weight.is_some(),
                plan.time.map(|time| time.period),
                plan.segments.iter().map(|list| columns(list)).collect::<Vec<_>>(),
                plan.reasons.is_some(),
                plan.person.is_some(),
                plan.ratings.as_ref().map(|ratings| (ratings.scale, columns(&ratings.columns))),
            )
        };
        shape(&self.plan) == shape(&other.plan)
    }

    /// Adds what was counted in what follows: the next part of the same file, or another file.
    /// The two fit each other.
    pub(crate) fn merge(&mut self, next: Self, is_other_file: bool) {
        let before = self.place;
        let shift = |file_idx: &mut usize, row: &mut u64| {
            if is_other_file {
                *file_idx += before.file_idx + 1;
            } else {
                *row += if *file_idx == 0 { before.row } else { 0 };
                *file_idx += before.file_idx;
            }
        };
        let mut place = next.place;
        shift(&mut place.file_idx, &mut place.row);
        self.place = place;
        self.n_rows += next.n_rows;
        self.n_duplicates += next.n_duplicates;
        self.left_out = next.left_out;
        if let (Some(mine), Some(theirs)) = (&mut self.persons, next.persons) {
            mine.merge(theirs, shift);
        }
        self.n_header_left = next.n_header_left;
        self.overall.merge_row(0, &next.overall, 0);
        let periods = match (&mut self.periods, &next.periods) {
            (Some(mine), Some(theirs)) => mine.merge(theirs),
            _ => Vec::new(),
        };
        for (mine, theirs) in self.segments.iter_mut().zip(&next.segments) {
            mine.merge(theirs, &periods);
        }
        if let (Some(mine), Some(theirs)) = (&mut self.reasons, &next.reasons) {
            mine.merge(theirs);
        }
        if let (Some(mine), Some(theirs)) = (&mut self.ratings, &next.ratings) {
            mine.merge(theirs);
        }
        if let (Some(mine), Some(theirs)) = (&mut self.comments, next.comments) {
            mine.merge(theirs, shift);
        }
        self.faults.append(next.faults, |bad| shift(&mut bad.file_idx, &mut bad.row));
    }

    /// What was counted so far.
    pub(crate) fn tallied(&self) -> Tallied {
        let periods = self.periods.as_ref().map(PeriodCounter::periods);
        Tallied {
            n_rows: self.n_rows,
            n_duplicates: self.n_duplicates,
            overall: self.overall.group(0),
            segments: self
                .segments
                .iter()
                .map(|segment| segment.tallied(periods.as_deref().unwrap_or_default()))
                .collect(),
            periods: self.periods.as_ref().map(PeriodCounter::tallied),
            reasons: self.reasons.as_ref().map(ReasonCounter::tallied),
            ratings: self.ratings.as_ref().map(RatingCounter::tallied),
            comments: self
                .comments
                .as_ref()
                .map_or_else(Vec::new, |comments| comments.comments(self.plan.scale)),
            faults: self.faults.clone(),
        }
    }
}

impl Sink for Counter {
    #[inline]
    fn record(&mut self, record: &Record<'_>) {
        self.place.row += 1;
        if self.n_header_left > 0 {
            self.n_header_left -= 1;
            return;
        }
        self.n_rows += 1;
        let Place { file_idx, row } = self.place;
        if let Some(persons) = &mut self.persons {
            persons.note(record, (file_idx, row), &mut self.unquoted);
            return;
        }
        if self.left_out.front() == Some(&row) {
            self.left_out.pop_front();
            self.n_duplicates += 1;
            return;
        }
        if record.n_cells() != self.plan.columns.len() {
            self.note_length(record.n_cells());
        }
        let slot = self.score(record);
        let weight = self.plan.weight.and_then(|column| self.weight(record, column));
        let mut unquoted = std::mem::take(&mut self.unquoted);
        let period = self.period(record, slot, weight, &mut unquoted);
        self.overall.count(0, slot, weight);
        for segment in &mut self.segments {
            segment.count(record, period, slot, weight, &mut unquoted);
        }
        if let Some(reasons) = &mut self.reasons {
            reasons.count(record, slot, &mut unquoted);
        }
        if let Some(ratings) = &mut self.ratings {
            ratings.count(record, slot, &mut unquoted);
        }
        if let Some(comments) = &mut self.comments {
            comments.keep(record, (file_idx, row), slot, &mut unquoted);
        }
        self.unquoted = unquoted;
    }

    fn unreadable(&mut self, fault: Fault) {
        self.place.row += 1;
        if self.n_header_left > 0 {
            self.n_header_left -= 1;
            return;
        }
        self.n_rows += 1;
        self.overall.count(0, Grid::invalid(self.plan.scale), None);
        self.note(fault);
    }

    fn note(&mut self, fault: Fault) {
        let Place { file_idx, row } = self.place;
        self.faults.record(fault, || BadCell {
            file_idx,
            row,
            column: None,
            text: String::new(),
            fault,
        });
    }

    #[cfg(feature = "xlsx")]
    fn skip_rows(&mut self, n_rows: u64) {
        self.place.row += n_rows;
    }

    #[cfg(feature = "xlsx")]
    fn n_columns(&self) -> usize {
        self.plan.columns.len()
    }
}

#[cold]
fn note_cell(
    faults: &mut Faults,
    place: Place,
    plan: &Plan,
    column: ColumnIdx,
    cell: &[u8],
    fault: Fault,
) {
    faults.record(fault, || BadCell {
        file_idx: place.file_idx,
        row: place.row,
        column: Some(plan.name(column).to_owned()),
        text: text_of(cell, BAD_CELL_CHARS_MAX),
        fault,
    });
}

/// The first characters of a cell. What is not UTF-8 becomes U+FFFD.
fn text_of(cell: &[u8], n_chars_max: usize) -> String {
    // No character is longer than four bytes, so the rest need not be decoded.
    let begin = &cell[..cell.len().min(n_chars_max * 4)];
    String::from_utf8_lossy(begin).chars().take(n_chars_max).collect()
}
