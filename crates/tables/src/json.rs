//! Objects of JSON as records: an array of them, or one after the other as in lines of JSON.
//!
//! Objects are read one at a time, so memory does not grow with the file. An object within an
//! object gives columns such as `person.country`; a list of plain values becomes one cell with
//! `;` between them; `null` is an empty cell; lists of objects are left out. Numbers within JSON are
//! read as numbers and not as text, so `9`, `9.0` and `"9"` are the same answer.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserializer as _;
use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};

use crate::cell::{Cells, Record};
use crate::delimited::RECORD_BYTES_MAX;
use crate::fault::Fault;
use crate::source::Sink;

/// Finds the objects in JSON that is given in pieces, and makes records of them.
#[derive(Debug)]
pub(crate) struct Splitter {
    columns: BTreeMap<String, usize>,
    objects: Objects,
    row: Row,
}

impl Splitter {
    pub(crate) fn new(columns: &[String]) -> Self {
        Self {
            columns: columns.iter().cloned().zip(0..).collect(),
            objects: Objects::default(),
            row: Row { cells: vec![String::new(); columns.len()], ..Row::default() },
        }
    }

    /// Counts every object that ends in `piece`.
    pub(crate) fn push(&mut self, piece: &[u8], sink: &mut impl Sink) {
        let Self { columns, objects, row } = self;
        objects.push(piece, |object| count(object, columns, row, sink));
    }

    /// Whether no object is under way.
    pub(crate) const fn is_between_objects(&self) -> bool {
        matches!(self.objects.state, State::Between)
    }

    /// Counts what is left of an object that does not end, and starts anew.
    pub(crate) fn finish(&mut self, sink: &mut impl Sink) {
        let Self { columns, objects, row } = self;
        objects.finish(|object| count(object, columns, row, sink));
    }
}

fn count(
    object: Result<&[u8], Fault>,
    columns: &BTreeMap<String, usize>,
    row: &mut Row,
    sink: &mut impl Sink,
) {
    let read = object.and_then(|object| {
        row.cells.iter_mut().for_each(String::clear);
        flatten(object, |path, text| {
            if let Some(&column) = columns.get(path) {
                row.cells[column].push_str(text);
            }
        })
    });
    match read {
        Ok(()) => sink.record(&row.record()),
        Err(fault) => sink.unreadable(fault),
    }
}

/// One record under way.
#[derive(Debug, Default)]
struct Row {
    cells: Vec<String>,
    together: Cells,
}

impl Row {
    fn record(&mut self) -> Record<'_> {
        self.together.clear();
        self.cells.iter().for_each(|cell| self.together.push(cell));
        self.together.record()
    }
}

/// Where in the text the objects are.
#[derive(Debug, Default)]
struct Objects {
    state: State,
    is_in_string: bool,
    is_after_backslash: bool,
    /// The object under way; not filled further when it is too long.
    object: Vec<u8>,
}

#[derive(Clone, Copy, Debug, Default)]
enum State {
    #[default]
    Between,
    /// Within something that is no object.
    Other,
    /// Within so many opened braces and brackets, at least one.
    Object(usize),
}

impl Objects {
    fn push(&mut self, piece: &[u8], mut each: impl FnMut(Result<&[u8], Fault>)) {
        for &byte in piece {
            if let State::Object(_) = self.state
                && self.object.len() <= RECORD_BYTES_MAX
            {
                self.object.push(byte);
            }
            if self.is_in_string {
                let is_end = byte == b'"' && !self.is_after_backslash;
                self.is_after_backslash = byte == b'\\' && !self.is_after_backslash;
                self.is_in_string = !is_end;
                continue;
            }
            self.is_in_string = byte == b'"';
            self.state = match (self.state, byte) {
                (State::Between | State::Other, b'{') => {
                    self.end_other(&mut each);
                    self.object.clear();
                    self.object.push(b'{');
                    State::Object(1)
                }
                (State::Object(depth), b'{' | b'[') => State::Object(depth + 1),
                (State::Object(1), b'}' | b']') => {
                    self.end_object(&mut each);
                    State::Between
                }
                (State::Object(depth), b'}' | b']') => State::Object(depth - 1),
                (State::Object(depth), _) => State::Object(depth),
                // A mark at the beginning, and the separator of JSON text sequences.
                (_, b',' | b'[' | b']' | b'\n' | b'\r' | 0x1E | 0xEF | 0xBB | 0xBF) => {
                    self.end_other(&mut each);
                    State::Between
                }
                (State::Between, byte) if byte.is_ascii_whitespace() => State::Between,
                (State::Between | State::Other, _) => State::Other,
            };
        }
    }

    fn end_other(&self, each: &mut impl FnMut(Result<&[u8], Fault>)) {
        if let State::Other = self.state {
            each(Err(Fault::NotAnObject));
        }
    }

    fn end_object(&self, each: &mut impl FnMut(Result<&[u8], Fault>)) {
        if self.object.len() > RECORD_BYTES_MAX {
            each(Err(Fault::RecordTooLong));
        } else {
            each(Ok(&self.object));
        }
    }

    fn finish(&mut self, mut each: impl FnMut(Result<&[u8], Fault>)) {
        match self.state {
            State::Between => {}
            State::Other => self.end_other(&mut each),
            State::Object(_) => each(Err(Fault::NotAnObject)),
        }
        *self = Self::default();
    }
}

/// The columns of the first objects, in the order in which they first appear, and their cells.
pub(crate) fn first_rows(text: &[u8], n_max: usize) -> (Vec<String>, Vec<Vec<String>>) {
    let mut names: Vec<String> = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut objects = Objects::default();
    objects.push(text, |object| {
        if rows.len() >= n_max {
            return;
        }
        let mut row: Vec<String> = Vec::new();
        let read = object.and_then(|object| {
            flatten(object, |path, text| {
                let idx = names.iter().position(|name| name == path).unwrap_or_else(|| {
                    names.push(path.to_owned());
                    names.len() - 1
                });
                if row.len() <= idx {
                    row.resize(idx + 1, String::new());
                }
                row[idx].push_str(text);
            })
        });
        if read.is_ok() {
            rows.push(row);
        }
    });
    (names, rows)
}

/// Hands on the path and the text of every plain value in an object, in order; the text of a list
/// comes in pieces.
fn flatten(object: &[u8], mut each: impl FnMut(&str, &str)) -> Result<(), Fault> {
    let mut json = serde_json::Deserializer::from_slice(object);
    let mut path = String::new();
    let flat = Flat { path: &mut path, each: &mut each, list: None };
    json.deserialize_map(flat).map_err(|_| Fault::NotAnObject)
}

/// Visits one value and everything within it.
struct Flat<'a, F> {
    path: &'a mut String,
    each: &'a mut F,
    /// Within a list, whether something came before.
    list: Option<&'a mut bool>,
}

impl<F: FnMut(&str, &str)> Flat<'_, F> {
    fn plain(self, text: &str) {
        if let Some(is_later) = self.list {
            if *is_later {
                (self.each)(self.path, ";");
            }
            *is_later = true;
        }
        (self.each)(self.path, text);
    }
}

impl<'de, F: FnMut(&str, &str)> DeserializeSeed<'de> for Flat<'_, F> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de, F: FnMut(&str, &str)> Visitor<'de> for Flat<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.plain(if value { "true" } else { "false" });
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.plain(&value.to_string());
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.plain(&value.to_string());
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.plain(&value.to_string());
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.plain(text);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        if self.list.is_none() {
            self.plain("");
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut is_later = false;
        (self.each)(self.path, "");
        loop {
            let item = Flat { path: self.path, each: self.each, list: Some(&mut is_later) };
            if list.next_element_seed(item)?.is_none() {
                return Ok(());
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let length = self.path.len();
        while let Some(key) = object.next_key::<String>()? {
            if self.list.is_some() {
                object.next_value::<serde::de::IgnoredAny>()?;
                continue;
            }
            if length > 0 {
                self.path.push('.');
            }
            self.path.push_str(&key);
            object.next_value_seed(Flat { path: self.path, each: self.each, list: None })?;
            self.path.truncate(length);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, names: &[&str], rows: &[&[&str]]) {
        let (found_names, found_rows) = first_rows(text.as_bytes(), 10);
        assert_eq!(found_names, names, "{text}");
        assert_eq!(found_rows, rows, "{text}");
    }

    #[test]
    fn an_array_lines_and_objects_in_a_row_are_the_same() {
        let names = ["score", "by"];
        let rows: [&[&str]; 2] = [&["9", "a}\""], &["8.5", ""]];
        let [first, second] = [r#"{"score":9,"by":"a}\""}"#, r#"{"score": 8.5, "by": null}"#];
        check(&format!("[{first},\n {second}]"), &names, &rows);
        check(&format!("{first}\n{second}\n"), &names, &rows);
        check(&format!("\u{feff}{first}{second}"), &names, &rows);
    }

    #[test]
    fn objects_and_lists_within_become_columns_and_cells() {
        check(
            r#"{"person":{"country":"DE"},"tags":["a","b",null,3],"notes":[{"x":1}],"ok":true}"#,
            &["person.country", "tags", "notes", "ok"],
            &[&["DE", "a;b;3", "", "true"]],
        );
    }

    #[test]
    fn a_number_is_the_same_whether_it_has_a_fraction_of_zero_or_not() {
        check(r#"[{"s":9.0},{"s":1e1},{"s":-0}]"#, &["s"], &[&["9"], &["10"], &["-0"]]);
    }

    #[test]
    fn what_is_no_object_is_said_so_and_skipped() {
        let mut found = Vec::new();
        let mut objects = Objects::default();
        let text = br#"[1, "a{b", {"s":1}, [2], nope {"s":2} {"s":"#;
        let mut each = |object: Result<&[u8], Fault>| {
            found.push(object.map(<[u8]>::to_vec));
        };
        for byte in text {
            objects.push(&[*byte], &mut each);
        }
        objects.finish(&mut each);
        let other = || Err(Fault::NotAnObject);
        let object = |text: &[u8]| Ok(text.to_vec());
        assert_eq!(
            found,
            [
                other(),
                other(),
                object(br#"{"s":1}"#),
                other(),
                other(),
                object(br#"{"s":2}"#),
                other(),
            ]
        );
    }
}
