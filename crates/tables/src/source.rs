//! Where the records of a file come from, whatever kind of file it is, and where they go.

use crate::cell::Record;
use crate::delimited::Splitter;
use crate::encoding::Decoder;
use crate::fault::Fault;
use crate::plan::Format;
use crate::tally::ReadError;

/// Takes records in the order of the file, header rows included.
pub(crate) trait Sink {
    /// The next record.
    fn record(&mut self, record: &Record<'_>);
    /// A record of which nothing but its place is known.
    fn unreadable(&mut self, fault: Fault);
    /// A fault of the record that came last.
    fn note(&mut self, fault: Fault);
    /// Rows that are empty and left out, so that the next ones keep their numbers.
    #[cfg(feature = "xlsx")]
    fn skip_rows(&mut self, n_rows: u64);
    /// How many columns the file has.
    #[cfg(feature = "xlsx")]
    fn n_columns(&self) -> usize;

    /// The next record of delimited text; `None` for one that is too long to be read.
    #[inline]
    fn read(&mut self, record: Option<Record<'_>>) {
        match record {
            Some(record) => self.record(&record),
            None => self.unreadable(Fault::RecordTooLong),
        }
    }
}

/// The records of one kind of file, from its bytes.
#[derive(Debug)]
pub(crate) enum Source {
    Delimited {
        decoder: Decoder,
        splitter: Splitter,
    },
    #[cfg(feature = "json")]
    Json(crate::json::Splitter),
    #[cfg(feature = "xlsx")]
    Xlsx(crate::xlsx::Workbook),
}

impl Source {
    /// The records of a file, or of a later part of one.
    #[cfg_attr(not(feature = "json"), allow(unused_variables, reason = "JSON has no header row"))]
    pub(crate) fn new(format: &Format, columns: &[String], is_part: bool) -> Self {
        match format {
            Format::Delimited(dialect) => Self::Delimited {
                decoder: Decoder::new(dialect.encoding, is_part),
                splitter: Splitter::new(dialect.delimiter.byte()),
            },
            #[cfg(feature = "json")]
            Format::Json => Self::Json(crate::json::Splitter::new(columns)),
            #[cfg(feature = "xlsx")]
            Format::Xlsx { sheet, .. } => Self::Xlsx(crate::xlsx::Workbook::new(sheet)),
        }
    }

    /// Gives every record that ends in `bytes`. A workbook is kept until it is whole.
    pub(crate) fn push(&mut self, bytes: &[u8], sink: &mut impl Sink) {
        match self {
            Self::Delimited { decoder, splitter } => {
                decoder.push(bytes, |text| splitter.push(text, |record| sink.read(record)));
            }
            #[cfg(feature = "json")]
            Self::Json(splitter) => splitter.push(bytes, sink),
            #[cfg(feature = "xlsx")]
            Self::Xlsx(workbook) => workbook.push(bytes),
        }
    }

    /// Gives the last record.
    pub(crate) fn finish(&mut self, sink: &mut impl Sink) -> Result<(), ReadError> {
        match self {
            Self::Delimited { decoder, splitter } => {
                decoder.finish(|text| splitter.push(text, |record| sink.read(record)));
                if splitter.finish(|record| sink.read(record)) {
                    sink.note(Fault::UnclosedQuote);
                }
            }
            #[cfg(feature = "json")]
            Self::Json(splitter) => splitter.finish(sink),
            #[cfg(feature = "xlsx")]
            Self::Xlsx(workbook) => workbook.finish(sink)?,
        }
        Ok(())
    }

    /// Whether everything pushed so far is whole records.
    pub(crate) fn is_between_records(&self) -> bool {
        match self {
            Self::Delimited { decoder, splitter } => {
                decoder.is_empty() && splitter.is_at_record_start()
            }
            #[cfg(feature = "json")]
            Self::Json(splitter) => splitter.is_between_objects(),
            #[cfg(feature = "xlsx")]
            Self::Xlsx(_) => false,
        }
    }
}
