//! What can be wrong with a cell or a record. A fault is data and never stops the counting.

use std::fmt;

/// Why a cell or a record could not be used as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// The score is not a number, and not a declared code or label. Counted as invalid.
    NotANumber,
    /// The score is a number with a fraction that is not zero. Counted as invalid.
    NotWhole,
    /// The score is a whole number that lies outside the scale. Counted as invalid, never moved.
    OutOfRange,
    /// The time could not be read. The answer counts, but in no period.
    NotATime,
    /// The weight is empty, negative or not a number. The answer counts, but has no weight.
    NotAWeight,
    /// The record has fewer cells than there are columns. What is not there is empty.
    TooFewCells,
    /// The record has more cells than there are columns; probably a delimiter without quotes.
    TooManyCells,
    /// The record is longer than can be read. Counted as invalid, in no segment or period.
    RecordTooLong,
    /// The file ends within quotes, so that its last record may have swallowed others.
    UnclosedQuote,
    /// The record is not a JSON object. Counted as invalid, in no segment or period.
    NotAnObject,
}

impl Fault {
    /// Every fault, in the order in which they are listed to people.
    pub const ALL: [Self; 10] = [
        Self::NotANumber,
        Self::NotWhole,
        Self::OutOfRange,
        Self::NotATime,
        Self::NotAWeight,
        Self::TooFewCells,
        Self::TooManyCells,
        Self::RecordTooLong,
        Self::UnclosedQuote,
        Self::NotAnObject,
    ];

    /// The name used in JSON, such as `out_of_range`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotANumber => "not_a_number",
            Self::NotWhole => "not_whole",
            Self::OutOfRange => "out_of_range",
            Self::NotATime => "not_a_time",
            Self::NotAWeight => "not_a_weight",
            Self::TooFewCells => "too_few_cells",
            Self::TooManyCells => "too_many_cells",
            Self::RecordTooLong => "record_too_long",
            Self::UnclosedQuote => "unclosed_quote",
            Self::NotAnObject => "not_an_object",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "not a number",
            Self::NotWhole => "not a whole number",
            Self::OutOfRange => "outside the scale",
            Self::NotATime => "not a time that can be read",
            Self::NotAWeight => "not a weight",
            Self::TooFewCells => "fewer cells than columns",
            Self::TooManyCells => "more cells than columns",
            Self::RecordTooLong => "longer than a record can be",
            Self::UnclosedQuote => "a quote that is never closed",
            Self::NotAnObject => "not a JSON object",
        })
    }
}

/// One cell or record that could not be used as it is, and where to find it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadCell {
    /// Which file, counted from 0, when several were merged.
    pub file_idx: usize,
    /// Which row, counted from 1 as a spreadsheet counts: header rows included, and empty lines
    /// left out.
    pub row: u64,
    /// Name of the column; `None` when the whole record is meant.
    pub column: Option<String>,
    /// What the cell says, cut after [`BAD_CELL_CHARS_MAX`] characters; empty for a record.
    pub text: String,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for BadCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some(column) => {
                write!(f, "row {}, column {column}: {:?} is {}", self.row, self.text, self.fault)
            }
            None => write!(f, "row {}: {}", self.row, self.fault),
        }
    }
}

/// Only the first so many bad cells are kept; all are counted.
pub const BAD_CELLS_KEPT: usize = 1_000;

/// How many characters of a bad cell are kept.
pub const BAD_CELL_CHARS_MAX: usize = 40;

/// All faults of a file: how many of each, and the first ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    n_by_fault: [u64; Fault::ALL.len()],
    first: Vec<BadCell>,
}

impl Faults {
    /// How many there are of one kind.
    #[must_use]
    pub const fn n(&self, fault: Fault) -> u64 {
        self.n_by_fault[fault as usize]
    }

    /// How many there are of all kinds. One record can have several.
    #[must_use]
    pub fn n_total(&self) -> u64 {
        self.n_by_fault.iter().sum()
    }

    /// The first [`BAD_CELLS_KEPT`] of them, in the order of the file.
    #[must_use]
    pub fn first(&self) -> &[BadCell] {
        &self.first
    }

    /// Counts one, and keeps what `describe` makes of it while there is room.
    #[cold]
    pub(crate) fn record(&mut self, fault: Fault, describe: impl FnOnce() -> BadCell) {
        self.n_by_fault[fault as usize] += 1;
        if self.first.len() < BAD_CELLS_KEPT {
            self.first.push(describe());
        }
    }

    /// Adds those of what follows; `place` moves each to where it stands in the whole.
    pub(crate) fn append(&mut self, next: Self, mut place: impl FnMut(&mut BadCell)) {
        for (mine, theirs) in self.n_by_fault.iter_mut().zip(next.n_by_fault) {
            *mine += theirs;
        }
        let n_free = BAD_CELLS_KEPT - self.first.len();
        self.first.extend(next.first.into_iter().take(n_free).map(|mut bad| {
            place(&mut bad);
            bad
        }));
    }
}
