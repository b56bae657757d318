//! Answers by period, by segment, and by both.

use std::collections::BTreeMap;

use crate::cell::{Record, key_text};
use crate::fault::Fault;
use crate::grid::{Grid, Slot};
use crate::intern::Interner;
use crate::plan::{ColumnIdx, Plan, TimePlan};
use crate::tallied::{Group, PeriodTally, SegmentTally, SegmentValue};
use crate::tally::{PERIODS_MAX, SEGMENT_PERIODS_MAX, SEGMENT_VALUES_MAX};
use crate::time::Period;

use super::days::DayReader;

/// Counts by period. A period has a number, given out when it first appears.
#[derive(Clone, Debug)]
pub(super) struct PeriodCounter {
    time: TimePlan,
    /// The first days of the periods, as bytes.
    days: Interner,
    grid: Grid,
    undated: Grid,
    is_over: bool,
    reader: DayReader,
    /// The days that were counted last and their periods: answers come nearly in order of time.
    seen: Vec<Option<(i32, u32)>>,
}

/// A power of two.
const DAYS_SEEN: usize = 64;

impl PeriodCounter {
    pub(super) fn new(plan: &Plan, time: TimePlan) -> Self {
        let grid = Grid::new(plan.scale, plan.weight.is_some());
        let mut undated = grid.clone();
        undated.add_row();
        Self {
            time,
            days: Interner::new(PERIODS_MAX),
            grid,
            undated,
            is_over: false,
            reader: DayReader::new(time.date_order, time.zone),
            seen: vec![None; DAYS_SEEN],
        }
    }

    pub(super) const fn column(&self) -> ColumnIdx {
        self.time.column
    }

    /// Counts an answer given at `cell`, and returns the number of its period.
    #[inline]
    pub(super) fn count(
        &mut self,
        cell: &[u8],
        slot: Slot,
        weight: Option<f64>,
    ) -> (Option<usize>, Option<Fault>) {
        let Some(day) = self.reader.day(cell) else {
            self.undated.count(0, slot, weight);
            return (None, (!cell.is_empty()).then_some(Fault::NotATime));
        };
        let period = match self.seen[day.cast_unsigned() as usize % DAYS_SEEN] {
            Some((seen, period)) if seen == day => Some(period as usize),
            _ => self.number_of_day(day),
        };
        if let Some(period) = period {
            self.grid.count(period, slot, weight);
        }
        (period, None)
    }

    /// The number of the period that a day is in, which is remembered.
    #[inline(never)]
    fn number_of_day(&mut self, day: i32) -> Option<usize> {
        let number = self.number(Period::of_day(self.time.period, day))?;
        let kept = u32::try_from(number).expect("PERIODS_MAX is below 2^32");
        self.seen[day.cast_unsigned() as usize % DAYS_SEEN] = Some((day, kept));
        Some(number)
    }

    /// The number of a period; `None` when there are too many.
    fn number(&mut self, period: Period) -> Option<usize> {
        let number = self.days.id(&period.first_day().to_le_bytes());
        match number {
            Some(number) if number == self.grid.n_rows() => {
                self.grid.add_row();
            }
            Some(_) => {}
            None => self.is_over = true,
        }
        number
    }

    /// Every period, by its number.
    pub(super) fn periods(&self) -> Vec<Period> {
        let day = |bytes: &[u8]| {
            i32::from_le_bytes(bytes.try_into().expect("only days are interned here"))
        };
        self.days.texts().map(|bytes| Period::of_day(self.time.period, day(bytes))).collect()
    }

    /// Adds the counts of `other`, and returns the number here of each of its periods.
    pub(super) fn merge(&mut self, other: &Self) -> Vec<Option<usize>> {
        self.is_over |= other.is_over;
        self.undated.merge_row(0, &other.undated, 0);
        let mut numbers = Vec::with_capacity(other.days.len());
        for (theirs, period) in other.periods().into_iter().enumerate() {
            let mine = self.number(period);
            if let Some(mine) = mine {
                self.grid.merge_row(mine, &other.grid, theirs);
            }
            numbers.push(mine);
        }
        numbers
    }

    pub(super) fn tallied(&self) -> PeriodTally {
        let periods = (!self.is_over).then(|| {
            let mut periods: Vec<(Period, Group)> = self
                .periods()
                .into_iter()
                .enumerate()
                .map(|(number, period)| (period, self.grid.group(number)))
                .collect();
            periods.sort_by_key(|(period, _)| *period);
            periods
        });
        PeriodTally { periods, undated: self.undated.group(0) }
    }
}

/// Counts by the values of some columns, and by those and the period.
#[derive(Clone, Debug)]
pub(super) struct SegmentCounter {
    columns: Vec<ColumnIdx>,
    names: Vec<String>,
    values: Interner,
    grid: Grid,
    is_over: bool,
    /// 1 + the row of a value and a period, or 0, by the numbers of both.
    rows: Vec<Vec<u32>>,
    by_period: Grid,
    is_by_period_over: bool,
    /// For putting the values of several columns together.
    together: Vec<u8>,
}

impl SegmentCounter {
    pub(super) fn new(plan: &Plan, columns: &[ColumnIdx]) -> Self {
        let grid = Grid::new(plan.scale, plan.weight.is_some());
        Self {
            columns: columns.to_vec(),
            names: columns.iter().map(|&column| plan.name(column).to_owned()).collect(),
            values: Interner::new(SEGMENT_VALUES_MAX),
            by_period: grid.clone(),
            grid,
            is_over: false,
            rows: Vec::new(),
            is_by_period_over: false,
            together: Vec::new(),
        }
    }

    #[inline]
    pub(super) fn count(
        &mut self,
        record: &Record<'_>,
        period: Option<usize>,
        slot: Slot,
        weight: Option<f64>,
        unquoted: &mut Vec<u8>,
    ) {
        let value = match *self.columns.as_slice() {
            [column] => {
                let cell = record.cell(column.0, unquoted).unwrap_or_default();
                self.values.id(cell)
            }
            _ => {
                put_together(&self.columns, record, unquoted, &mut self.together);
                self.values.id(&self.together)
            }
        };
        let Some(value) = self.known(value) else { return };
        self.grid.count(value, slot, weight);
        if let Some(period) = period
            && let Some(row) = self.row(value, period)
        {
            self.by_period.count(row, slot, weight);
        }
    }

    /// Makes room for a value that is new.
    #[inline]
    fn known(&mut self, value: Option<usize>) -> Option<usize> {
        match value {
            Some(value) if value == self.grid.n_rows() => {
                self.grid.add_row();
                self.rows.push(Vec::new());
            }
            Some(_) => {}
            None => self.is_over = true,
        }
        value
    }

    /// The row of a value in a period; `None` when there are too many.
    #[inline]
    fn row(&mut self, value: usize, period: usize) -> Option<usize> {
        match self.rows[value].get(period) {
            Some(&row) if row > 0 => Some(row as usize - 1),
            _ => self.add_row(value, period),
        }
    }

    #[cold]
    fn add_row(&mut self, value: usize, period: usize) -> Option<usize> {
        if self.by_period.n_rows() >= SEGMENT_PERIODS_MAX {
            self.is_by_period_over = true;
            return None;
        }
        let rows = &mut self.rows[value];
        if rows.len() <= period {
            rows.resize(period + 1, 0);
        }
        let row = self.by_period.add_row();
        rows[period] = u32::try_from(row + 1).expect("SEGMENT_PERIODS_MAX is below 2^32");
        Some(row)
    }

    /// Adds the counts of `other`, whose periods have here the numbers `periods`.
    pub(super) fn merge(&mut self, other: &Self, periods: &[Option<usize>]) {
        self.is_over |= other.is_over;
        self.is_by_period_over |= other.is_by_period_over;
        for (their_value, text) in other.values.texts().enumerate() {
            let value = self.values.id(text);
            let Some(value) = self.known(value) else { continue };
            self.grid.merge_row(value, &other.grid, their_value);
            for (&their_row, period) in other.rows[their_value].iter().zip(periods) {
                if let Some(their_row) = their_row.checked_sub(1)
                    && let Some(row) = period.and_then(|period| self.row(value, period))
                {
                    self.by_period.merge_row(row, &other.by_period, their_row as usize);
                }
            }
        }
    }

    /// What was counted; `periods` are all periods by their numbers.
    pub(super) fn tallied(&self, periods: &[Period]) -> SegmentTally {
        let values = (!self.is_over).then(|| {
            let mut values: Vec<SegmentValue> = self
                .values
                .texts()
                .enumerate()
                .map(|(value, text)| SegmentValue {
                    by: self.by(text),
                    group: self.grid.group(value),
                    periods: (!self.is_by_period_over).then(|| self.periods_of(value, periods)),
                })
                .collect();
            values.sort_by(|a, b| a.by.cmp(&b.by));
            values
        });
        SegmentTally { columns: self.names.clone(), values }
    }

    fn periods_of(&self, value: usize, periods: &[Period]) -> Vec<(Period, Group)> {
        let mut groups: Vec<(Period, Group)> = self.rows[value]
            .iter()
            .zip(periods)
            .filter_map(|(&row, &period)| {
                let row = row.checked_sub(1)? as usize;
                Some((period, self.by_period.group(row)))
            })
            .collect();
        groups.sort_by_key(|(period, _)| *period);
        groups
    }

    /// The value of each column by its name.
    fn by(&self, text: &[u8]) -> BTreeMap<String, String> {
        match self.names.as_slice() {
            [name] => BTreeMap::from([(name.clone(), key_text(text))]),
            names => names.iter().cloned().zip(apart(text).into_iter().map(key_text)).collect(),
        }
    }
}

/// Writes the values of several columns one after the other, each behind its length, so that no
/// two rows of different values look the same.
fn put_together(
    columns: &[ColumnIdx],
    record: &Record<'_>,
    unquoted: &mut Vec<u8>,
    together: &mut Vec<u8>,
) {
    together.clear();
    for column in columns {
        let cell = record.cell(column.0, unquoted).unwrap_or_default();
        together.extend_from_slice(&cell.len().to_le_bytes());
        together.extend_from_slice(cell);
    }
}

/// The inverse of [`put_together`].
fn apart(mut together: &[u8]) -> Vec<&[u8]> {
    let mut values = Vec::new();
    while let Some((length, rest)) = together.split_first_chunk() {
        let (value, rest) = rest.split_at(usize::from_le_bytes(*length));
        values.push(value);
        together = rest;
    }
    values
}
