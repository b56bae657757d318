//! The rows of a file as texts, for what is not counted here: tickets, orders.

use std::borrow::Cow;

use crate::cell::Record;
use crate::fault::Fault;
use crate::plan::{ColumnIdx, Format};
use crate::source::{Sink, Source};
use crate::tally::ReadError;

/// One row of a file.
#[derive(Debug)]
pub struct Row<'a> {
    /// Which row, counted from 1 as a spreadsheet counts: header rows included.
    pub number: u64,
    record: Record<'a>,
}

impl Row<'_> {
    /// The cell of a column without quotes and spaces around it; empty when the row is too short.
    /// What is not UTF-8 becomes U+FFFD.
    #[must_use]
    pub fn cell(&self, column: ColumnIdx) -> Cow<'_, str> {
        let mut unquoted = Vec::new();
        let cell = self.record.cell(column.0, &mut unquoted).unwrap_or_default();
        Cow::Owned(String::from_utf8_lossy(cell).into_owned())
    }
}

/// Reads a file row by row: its bytes are pushed in pieces of any size.
///
/// # Example
/// ```
/// use tables::{ColumnIdx, rows::Rows};
/// let file = "ticket;agent\n1;\"Kim; Ada\"\n2;\n";
/// let inspection = tables::inspect(file.as_bytes())?;
/// let mut agents = Vec::new();
/// let mut rows = Rows::new(&inspection.format, &inspection.column_names(), |row| {
///     agents.push((row.number, row.cell(ColumnIdx(1)).into_owned()));
/// });
/// rows.push(file.as_bytes());
/// rows.finish()?;
/// assert_eq!(agents, [(2, "Kim; Ada".to_owned()), (3, String::new())]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Rows<F> {
    source: Source,
    sink: RowSink<F>,
}

#[derive(Debug)]
struct RowSink<F> {
    each: F,
    row: u64,
    n_header_rows: usize,
    #[cfg(feature = "xlsx")]
    n_columns: usize,
    n_unreadable: u64,
}

impl<F: FnMut(Row<'_>)> Rows<F> {
    /// Calls `each` with every row behind the header.
    pub fn new(format: &Format, columns: &[String], each: F) -> Self {
        let sink = RowSink {
            each,
            row: 0,
            n_header_rows: format.header_rows(),
            #[cfg(feature = "xlsx")]
            n_columns: columns.len(),
            n_unreadable: 0,
        };
        Self { source: Source::new(format, columns, false), sink }
    }

    /// Reads the next piece of the file, of any size.
    pub fn push(&mut self, bytes: &[u8]) {
        self.source.push(bytes, &mut self.sink);
    }

    /// Reads what is left. Returned is how many rows could not be read at all.
    ///
    /// # Errors
    /// [`ReadError`] when nothing of the file could be read; delimited text and JSON always can.
    pub fn finish(mut self) -> Result<u64, ReadError> {
        self.source.finish(&mut self.sink)?;
        Ok(self.sink.n_unreadable)
    }
}

impl<F: FnMut(Row<'_>)> Sink for RowSink<F> {
    fn record(&mut self, record: &Record<'_>) {
        self.row += 1;
        if self.row > self.n_header_rows as u64 {
            (self.each)(Row { number: self.row, record: *record });
        }
    }

    fn unreadable(&mut self, _: Fault) {
        self.row += 1;
        self.n_unreadable += 1;
    }

    fn note(&mut self, _: Fault) {}

    #[cfg(feature = "xlsx")]
    fn skip_rows(&mut self, n_rows: u64) {
        self.row += n_rows;
    }

    #[cfg(feature = "xlsx")]
    fn n_columns(&self) -> usize {
        self.n_columns
    }
}
