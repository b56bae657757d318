//! Answers by the reasons that were given with them.

use std::collections::BTreeMap;

use crate::cell::{Record, key_text};
use crate::grid::{Grid, Slot};
use crate::intern::Interner;
use crate::plan::{Plan, ReasonPlan};
use crate::tallied::ReasonTally;
use crate::tally::REASONS_MAX;

/// Counts by reason; the unweighted answers only.
#[derive(Clone, Debug)]
pub(super) struct ReasonCounter {
    plan: ReasonPlan,
    /// `plan.separator` in UTF-8.
    separator: Vec<u8>,
    names: Interner,
    grid: Grid,
    givers: Grid,
    is_over: bool,
    /// How many records were counted.
    n_records: u64,
    /// The record that gave each reason last, so that it counts once a record.
    given_last_in: Vec<u64>,
}

impl ReasonCounter {
    pub(super) fn new(plan: &Plan, reasons: &ReasonPlan) -> Self {
        let grid = Grid::new(plan.scale, false);
        let mut givers = grid.clone();
        givers.add_row();
        Self {
            separator: reasons.separator.map(String::from).unwrap_or_default().into_bytes(),
            plan: reasons.clone(),
            names: Interner::new(REASONS_MAX),
            grid,
            givers,
            is_over: false,
            n_records: 0,
            given_last_in: Vec::new(),
        }
    }

    #[inline]
    pub(super) fn count(&mut self, record: &Record<'_>, slot: Slot, unquoted: &mut Vec<u8>) {
        self.n_records += 1;
        let mut has_any = false;
        for idx in 0..self.plan.columns.len() {
            let cell = record.cell(self.plan.columns[idx].0, unquoted).unwrap_or_default();
            has_any |= self.count_cell(cell, slot);
        }
        if has_any {
            self.givers.count(0, slot, None);
        }
    }

    /// Counts the reasons of one cell, and returns whether there is any.
    #[inline]
    fn count_cell(&mut self, cell: &[u8], slot: Slot) -> bool {
        let mut has_any = false;
        let mut rest = Some(cell).filter(|cell| !cell.is_empty());
        while let Some(text) = rest {
            let (name, after) = match *self.separator.as_slice() {
                [] => (text, None),
                [byte] => match text.iter().position(|&at| at == byte) {
                    Some(at) => (&text[..at], Some(&text[at + 1..])),
                    None => (text, None),
                },
                ref several => cut(text, several),
            };
            let name = name.trim_ascii();
            if !name.is_empty() {
                has_any = true;
                self.count_one(name, slot);
            }
            rest = after;
        }
        has_any
    }

    #[inline]
    fn count_one(&mut self, name: &[u8], slot: Slot) {
        let Some(reason) = self.number(name) else { return };
        if self.given_last_in[reason] < self.n_records {
            self.given_last_in[reason] = self.n_records;
            self.grid.count(reason, slot, None);
        }
    }

    /// The number of a reason; `None` when there are too many.
    #[inline]
    fn number(&mut self, name: &[u8]) -> Option<usize> {
        let number = self.names.id(name);
        match number {
            Some(number) if number == self.grid.n_rows() => {
                self.grid.add_row();
                self.given_last_in.push(0);
            }
            Some(_) => {}
            None => self.is_over = true,
        }
        number
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.is_over |= other.is_over;
        self.givers.merge_row(0, &other.givers, 0);
        for (theirs, name) in other.names.texts().enumerate() {
            if let Some(mine) = self.number(name) {
                self.grid.merge_row(mine, &other.grid, theirs);
            }
        }
    }

    pub(super) fn tallied(&self) -> ReasonTally {
        let by_reason = (!self.is_over).then(|| {
            let mut by_reason = BTreeMap::new();
            for (number, name) in self.names.texts().enumerate() {
                let name = key_text(name);
                let counts = self.grid.group(number).counts;
                by_reason
                    .entry(name)
                    // Bytes that are not UTF-8 can look like text that describes them.
                    .and_modify(|before: &mut scoring::Counts| {
                        before.merge(&counts).expect("one counter has one scale");
                    })
                    .or_insert(counts);
            }
            by_reason
        });
        ReasonTally { by_reason, givers: self.givers.group(0).counts }
    }
}

/// What stands before and after the first `separator`.
fn cut<'a>(text: &'a [u8], separator: &[u8]) -> (&'a [u8], Option<&'a [u8]>) {
    match text.windows(separator.len()).position(|window| window == separator) {
        Some(at) => (&text[..at], Some(&text[at + separator.len()..])),
        None => (text, None),
    }
}
