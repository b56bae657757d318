//! Sheets of Excel workbooks as records. Styles, formulas and pictures are not looked at.
//!
//! A cell that is formatted as a date is read as that day and time, in the workbook's own count of
//! days from 1900 or 1904. Rows are read one at a time, so a cell far below or to the right costs
//! nothing; before that the archive is unpacked once and thrown away, to know that it is no bomb.

use std::io::{Cursor, Read};

use calamine::{Cell, DataRef, Reader as _, Xlsx};

use crate::cell::Cells;
use crate::source::Sink;

/// A workbook with more bytes than this is not read.
pub const FILE_BYTES_MAX: usize = 128 << 20;

/// A workbook that unpacks to more bytes than this is not read.
pub const UNPACKED_BYTES_MAX: u64 = 512 << 20;

/// More columns than this, as many as a sheet can have, are not read.
pub const COLUMNS_MAX: usize = 16_384;

/// Why a workbook cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum XlsxError {
    /// It has more bytes than [`FILE_BYTES_MAX`].
    #[error("the workbook has more than {FILE_BYTES_MAX} bytes")]
    TooLarge,
    /// It unpacks to more bytes than [`UNPACKED_BYTES_MAX`].
    #[error("the workbook unpacks to more than {UNPACKED_BYTES_MAX} bytes")]
    UnpacksTooLarge,
    /// It is broken, encrypted, cut off, or no workbook.
    #[error("the workbook cannot be read: {why}")]
    Broken {
        /// What the reader says.
        why: String,
    },
    /// It has no sheet of that name, or none at all.
    #[error("the workbook has no sheet {name:?}")]
    NoSheet {
        /// The name asked for.
        name: String,
    },
}

impl XlsxError {
    fn broken(why: impl std::fmt::Display) -> Self {
        Self::Broken { why: why.to_string() }
    }
}

/// A workbook that is pushed in pieces and read when it is whole.
#[derive(Debug)]
pub(crate) struct Workbook {
    sheet: String,
    bytes: Vec<u8>,
    is_too_large: bool,
}

impl Workbook {
    pub(crate) fn new(sheet: &str) -> Self {
        Self { sheet: sheet.to_owned(), bytes: Vec::new(), is_too_large: false }
    }

    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.is_too_large |= self.bytes.len() + bytes.len() > FILE_BYTES_MAX;
        if self.is_too_large {
            self.bytes = Vec::new();
        } else {
            self.bytes.extend_from_slice(bytes);
        }
    }

    /// Counts every row, and forgets the workbook. Nothing pushed is nothing counted.
    pub(crate) fn finish(&mut self, sink: &mut impl Sink) -> Result<(), XlsxError> {
        let bytes = std::mem::take(&mut self.bytes);
        if std::mem::take(&mut self.is_too_large) {
            return Err(XlsxError::TooLarge);
        }
        if bytes.is_empty() {
            return Ok(());
        }
        let mut row_before = 0;
        let mut together = Cells::default();
        rows(&bytes, Some(&self.sheet), |row, cells| {
            sink.skip_rows(u64::from(row.saturating_sub(row_before + 1)));
            row_before = row;
            together.clear();
            // Cells behind the last filled one are not in the file; they are empty, not missing.
            let n_columns = sink.n_columns().max(cells.len());
            for idx in 0..n_columns {
                together.push(cells.get(idx).map_or("", String::as_str));
            }
            sink.record(&together.record());
            true
        })?;
        Ok(())
    }
}

/// The first rows of the first sheet that has any, and its name.
pub(crate) fn first_rows(
    bytes: &[u8],
    n_max: usize,
) -> Result<(String, Vec<Vec<String>>), XlsxError> {
    let mut records: Vec<Vec<String>> = Vec::new();
    let sheet = rows(bytes, None, |_, cells| {
        records.push(cells.to_vec());
        records.len() < n_max
    })?;
    let mut lengths: Vec<usize> = records.iter().map(Vec::len).collect();
    lengths.sort_unstable();
    // A stray cell far to the right of all others makes no columns.
    let usual = lengths.get(lengths.len() / 2).copied().unwrap_or(0);
    let n_columns = lengths.into_iter().filter(|&n| n <= 4 * usual.max(4)).max().unwrap_or(0);
    for record in &mut records {
        record.resize(n_columns, String::new());
    }
    Ok((sheet, records))
}

/// Hands on the number (from 1) and the cells of every row that has any, until `each` says no
/// more. Returns the name of the sheet, which is the first one with rows when none is asked for.
fn rows(
    bytes: &[u8],
    sheet: Option<&str>,
    mut each: impl FnMut(u32, &[String]) -> bool,
) -> Result<String, XlsxError> {
    check_size(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(XlsxError::broken)?;
    let names = workbook.sheet_names();
    let wanted: Vec<&String> =
        names.iter().filter(|&name| sheet.is_none_or(|sheet| sheet == name)).collect();
    let mut first_empty = None;
    for name in wanted {
        // A sheet that only holds a chart is no error.
        let Ok(mut reader) = workbook.worksheet_cells_reader(name) else { continue };
        let mut row: Option<(u32, Vec<String>)> = None;
        let mut has_rows = false;
        while let Some(cell) = reader.next_cell().map_err(XlsxError::broken)? {
            let Some(text) = text_of(&cell) else { continue };
            let (at, column) = (cell.get_position().0 + 1, cell.get_position().1 as usize);
            if column >= COLUMNS_MAX {
                continue;
            }
            has_rows = true;
            if let Some((before, cells)) = row.take_if(|(before, _)| *before != at)
                && !each(before, &cells)
            {
                return Ok(name.clone());
            }
            let (_, cells) = row.get_or_insert_with(|| (at, Vec::new()));
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            cells[column] = text;
        }
        if let Some((at, cells)) = row {
            each(at, &cells);
        }
        if has_rows {
            return Ok(name.clone());
        }
        first_empty.get_or_insert_with(|| name.clone());
    }
    let name = sheet.unwrap_or_default().to_owned();
    first_empty.ok_or(XlsxError::NoSheet { name })
}

/// What a cell says; `None` when it is empty.
fn text_of(cell: &Cell<DataRef<'_>>) -> Option<String> {
    Some(match cell.get_value() {
        DataRef::Empty => return None,
        DataRef::Int(value) => value.to_string(),
        DataRef::Float(value) => value.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(time) if time.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
        }
        DataRef::DateTime(duration) => duration.as_f64().to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    })
}

fn check_size(bytes: &[u8]) -> Result<(), XlsxError> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(XlsxError::TooLarge);
    }
    check_unpacked_size(bytes, UNPACKED_BYTES_MAX)
}

/// Unpacks every part of the archive and throws it away, up to the limit. The sizes that the
/// archive itself declares could be lies.
fn check_unpacked_size(bytes: &[u8], n_bytes_max: u64) -> Result<(), XlsxError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(XlsxError::broken)?;
    let mut n_left = n_bytes_max;
    for idx in 0..archive.len() {
        let part = archive.by_index(idx).map_err(XlsxError::broken)?;
        let n_bytes = std::io::copy(&mut part.take(n_left + 1), &mut std::io::sink())
            .map_err(XlsxError::broken)?;
        n_left = n_left.checked_sub(n_bytes).ok_or(XlsxError::UnpacksTooLarge)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn an_archive_that_unpacks_to_too_much_is_refused() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["a", "b"] {
            writer.start_file(name, SimpleFileOptions::default()).unwrap();
            writer.write_all(&vec![0; 1 << 19]).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        assert!(bytes.len() < 1 << 14);
        assert_eq!(check_unpacked_size(&bytes, 1 << 20), Ok(()));
        let too_much = Err(XlsxError::UnpacksTooLarge);
        assert_eq!(check_unpacked_size(&bytes, (1 << 20) - 1), too_much);
    }

    #[test]
    fn a_file_of_too_many_bytes_is_refused_before_anything_is_unpacked() {
        let mut workbook = Workbook::new("Answers");
        workbook.push(&vec![0; FILE_BYTES_MAX]);
        workbook.push(&[0]);
        assert!(workbook.is_too_large && workbook.bytes.is_empty());
    }
}
