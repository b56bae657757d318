//! The first records of a file of any kind, and where its header ends.
//! What the columns mean is not here.

use super::exports::{Export, plain};
use super::{InspectError, Overrides, RECORDS_MAX, Role, names};
use crate::cell::{Number, Record, number};
use crate::delimited::{Delimiter, Dialect, Splitter};
use crate::encoding::{DETECT_BYTES_MAX, Encoding, EncodingHint, detect, text_of};
use crate::plan::Format;
use crate::time::{DateOrder, Zone, day_of_text};

/// The beginning of a table.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) format: Format,
    pub(super) encoding_hint: Option<EncodingHint>,
    pub(super) export: Option<Export>,
    pub(super) names: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// How many records tell the delimiter.
const DELIMITER_RECORDS: usize = 20;

/// Beginnings of files that are often taken for tables.
const OTHER_FILES: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF"),
    (b"\xD0\xCF\x11\xE0", "a workbook of Excel 2003 or before; save it as .xlsx or .csv"),
    (b"\x1F\x8B", "a compressed file; unpack it first"),
    (b"{\\rtf", "a text document"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"PAR1", "a Parquet file"),
];

/// Whether more than one byte in a hundred is a sign that texts do not have.
fn is_binary(text: &[u8]) -> bool {
    // The record separator stands between the objects of a JSON text sequence.
    let is_odd =
        |byte: &&u8| byte.is_ascii_control() && !byte.is_ascii_whitespace() && **byte != 0x1E;
    text.iter().filter(is_odd).count() * 100 > text.len()
}

/// Reads the first records of a file.
pub(super) fn sheet(head: &[u8], overrides: Overrides) -> Result<Sheet, InspectError> {
    if head.is_empty() {
        return Err(InspectError::Empty);
    }
    if let Some((_, what)) = OTHER_FILES.iter().find(|(begin, _)| head.starts_with(begin)) {
        return Err(InspectError::NotATable { what });
    }
    if head.starts_with(b"PK\x03\x04") {
        return workbook(head, overrides);
    }
    let head = &head[..head.len().min(DETECT_BYTES_MAX)];
    let (encoding, hint) = match overrides.encoding {
        Some(given) => (given, EncodingHint::Given),
        None => detect(head),
    };
    let text = text_of(encoding, head);
    let begin = text.trim_ascii_start();
    if begin.is_empty() {
        return Err(InspectError::Empty);
    }
    if is_binary(&text) {
        return Err(InspectError::NotATable { what: "no text, or text in an unknown encoding" });
    }
    let begins_with =
        |tag: &[u8]| begin.get(..tag.len()).is_some_and(|b| b.eq_ignore_ascii_case(tag));
    if begins_with(b"<!doctype") || begins_with(b"<html") || begins_with(b"<table") {
        return Err(InspectError::NotATable { what: "a web page" });
    }
    if is_json(begin) {
        if encoding != Encoding::Utf8 {
            return Err(InspectError::NotATable { what: "JSON in another encoding than UTF-8" });
        }
        return json(&text, hint);
    }
    let delimiter = overrides.delimiter.unwrap_or_else(|| delimiter_of(&text));
    let records = records(&text, delimiter, RECORDS_MAX);
    let dialect = Dialect { encoding, delimiter, header_rows: 0 };
    let (export, header_rows) = header(&records, overrides.header_rows);
    let format = Format::Delimited(Dialect { header_rows, ..dialect });
    Ok(Sheet::new(format, Some(hint), export, records, header_rows))
}

impl Sheet {
    fn new(
        format: Format,
        encoding_hint: Option<EncodingHint>,
        export: Option<Export>,
        mut records: Vec<Vec<String>>,
        header_rows: usize,
    ) -> Self {
        let rows = records.split_off(header_rows.min(records.len()));
        let n_columns = match records.first() {
            // An unquoted delimiter in one row makes no column.
            Some(header) => header.len(),
            None => usual_length(&rows).1,
        };
        let names = column_names(&records, n_columns);
        Self { format, encoding_hint, export, names, rows }
    }
}

/// Whether text begins like an array of objects or like an object, and not like a cell.
fn is_json(begin: &[u8]) -> bool {
    match begin {
        [b'{', rest @ ..] => matches!(rest.trim_ascii_start().first(), Some(b'"' | b'}') | None),
        [b'[', rest @ ..] => matches!(rest.trim_ascii_start().first(), Some(b'{' | b']') | None),
        _ => false,
    }
}

#[cfg(feature = "json")]
fn json(text: &[u8], hint: EncodingHint) -> Result<Sheet, InspectError> {
    let (names, rows) = crate::json::first_rows(text, RECORDS_MAX);
    if names.is_empty() {
        return Err(InspectError::NoObjects);
    }
    let export = Export::of_header(&names);
    Ok(Sheet { format: Format::Json, encoding_hint: Some(hint), export, names, rows })
}

#[cfg(not(feature = "json"))]
fn json(_text: &[u8], _hint: EncodingHint) -> Result<Sheet, InspectError> {
    Err(InspectError::NotInThisBuild { what: "JSON" })
}

#[cfg(feature = "xlsx")]
fn workbook(bytes: &[u8], overrides: Overrides) -> Result<Sheet, InspectError> {
    let (sheet, records) = crate::xlsx::first_rows(bytes, RECORDS_MAX)?;
    let (export, header_rows) = header(&records, overrides.header_rows);
    let format = Format::Xlsx { sheet, header_rows };
    Ok(Sheet::new(format, None, export, records, header_rows))
}

#[cfg(not(feature = "xlsx"))]
fn workbook(_bytes: &[u8], _overrides: Overrides) -> Result<Sheet, InspectError> {
    Err(InspectError::NotInThisBuild { what: "Excel workbooks" })
}

/// The first records of delimited text, as text, up to `n_max` of them.
fn records(text: &[u8], delimiter: Delimiter, n_max: usize) -> Vec<Vec<String>> {
    let mut records: Vec<Vec<String>> = Vec::new();
    let mut unquoted = Vec::new();
    let mut keep = |record: Option<Record<'_>>| {
        if let Some(record) = record
            && records.len() < n_max
        {
            let cell = |idx| {
                let cell = record.cell(idx, &mut unquoted).unwrap_or_default();
                String::from_utf8_lossy(cell).into_owned()
            };
            records.push((0..record.n_cells()).map(cell).collect());
        }
    };
    let mut splitter = Splitter::new(delimiter.byte());
    splitter.push(text, &mut keep);
    let is_cut_off = !splitter.is_at_record_start();
    splitter.finish(&mut keep);
    // The head of a file ends somewhere in a record; only a whole record can be told from it.
    if is_cut_off && records.len() > 1 {
        let usual = usual_length(&records).1;
        records.pop_if(|last| last.len() != usual);
    }
    records
}

/// The delimiter that divides most of the first records into the same number of cells.
fn delimiter_of(text: &[u8]) -> Delimiter {
    let rate = |delimiter: Delimiter| {
        let records = records(text, delimiter, DELIMITER_RECORDS);
        let (n_usual, length) = usual_length(&records);
        if length < 2 { (0, 0) } else { (n_usual * 1_000 / records.len(), length) }
    };
    Delimiter::ALL
        .into_iter()
        .rev()
        .max_by_key(|&delimiter| rate(delimiter))
        .unwrap_or(Delimiter::Comma)
}

/// How many records have the most usual number of cells, and that number.
fn usual_length(records: &[Vec<String>]) -> (usize, usize) {
    let same = |length: usize| records.iter().filter(|record| record.len() == length).count();
    records.iter().map(|record| (same(record.len()), record.len())).max().unwrap_or((0, 0))
}

/// The tool that wrote the file, and how many header rows there are.
fn header(records: &[Vec<String>], given: Option<usize>) -> (Option<Export>, usize) {
    let export = records.first().and_then(|header| Export::of_header(header));
    let header_rows = given.unwrap_or_else(|| match export {
        Some(export) => export.header_rows(records),
        None => usize::from(has_header(records)),
    });
    (export.filter(|_| header_rows > 0), header_rows)
}

/// Whether the first record names the columns.
///
/// It does not when one of its cells is a number or a time. Otherwise it does when a name is known,
/// or when its cells are all filled and all different, as names are.
fn has_header(records: &[Vec<String>]) -> bool {
    let Some(first) = records.first() else { return false };
    if first.iter().any(|cell| is_value(cell)) {
        return false;
    }
    let roles = [Role::Score, Role::Time, Role::Weight, Role::Reasons, Role::Comment];
    let is_known = |name: &String| roles.iter().any(|&role| names::word_for(name, role).is_some());
    if first.iter().any(is_known) {
        return true;
    }
    let is_new = |(idx, name): (usize, &String)| !name.is_empty() && !first[..idx].contains(name);
    first.iter().enumerate().all(is_new) && records.len() > 1
}

fn is_value(cell: &str) -> bool {
    let is_time = |order| day_of_text(cell.as_bytes(), order, Zone::AsWritten).is_some();
    number(cell.as_bytes()) != Number::Other || DateOrder::ALL.into_iter().any(is_time)
}

/// Names from the header rows, one above the other.
///
/// A question with several options stands above the first of them only. Rows for machines and
/// words that only say that there is an answer below are left out.
fn column_names(header: &[Vec<String>], n_columns: usize) -> Vec<String> {
    let mut question = String::new();
    (0..n_columns)
        .map(|idx| {
            let cell = |row: usize| {
                header.get(row).and_then(|record| record.get(idx)).map_or("", |cell| cell.trim())
            };
            if !cell(0).is_empty() {
                question = cell(0).to_owned();
            }
            let option = cell(1);
            let says_nothing =
                ["", "response", "open-endedresponse"].contains(&plain(option).as_str());
            let name = match (cell(0), says_nothing || option == question) {
                (name, true) => name.to_owned(),
                _ if question.is_empty() => option.to_owned(),
                _ => format!("{question} - {option}"),
            };
            if name.is_empty() { format!("column {}", idx + 1) } else { name }
        })
        .collect()
}
