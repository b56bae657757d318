//! Reads fields out of a JSON value and collects every fault with its pointer, so that one reply
//! names all that is wrong. Knows no survey and no submission.

use serde_json::{Map, Value};
use std::borrow::Cow;
use std::cell::RefCell;
use survey::Fault;

/// A JSON object being read, with the place where faults are collected.
pub(crate) struct Reader<'a> {
    object: &'a Map<String, Value>,
    pointer: String,
    faults: &'a RefCell<Vec<Fault>>,
}

/// What a value is, for messages: its kind, or the number itself, since it may be of the right
/// kind and still not the right one.
fn kind(value: &Value) -> Cow<'static, str> {
    match value {
        Value::Null => "null".into(),
        Value::Bool(_) => "true or false".into(),
        Value::Number(number) => number.to_string().into(),
        Value::String(_) => "a text".into(),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
    }
}

/// A name as a part of a JSON pointer (RFC 6901).
fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

impl<'a> Reader<'a> {
    /// Reads `value`, which must be an object.
    pub(crate) fn new(
        value: &'a Value,
        pointer: &str,
        faults: &'a RefCell<Vec<Fault>>,
    ) -> Option<Self> {
        if let Value::Object(object) = value {
            return Some(Self { object, pointer: pointer.to_owned(), faults });
        }
        let detail = format!("is {}; an object is needed", kind(value));
        faults.borrow_mut().push(Fault::new(pointer, detail));
        None
    }

    /// The pointer of a field of this object.
    fn at(&self, name: &str) -> String {
        format!("{}/{}", self.pointer, escape(name))
    }

    /// Notes a fault of a field.
    pub(crate) fn fault(&self, name: &str, detail: impl Into<String>) {
        self.faults.borrow_mut().push(Fault::new(self.at(name), detail));
    }

    /// Notes a fault of an entry of a list.
    pub(crate) fn fault_in_list(&self, name: &str, idx: usize, detail: String) {
        let pointer = format!("{}/{idx}", self.at(name));
        self.faults.borrow_mut().push(Fault::new(pointer, detail));
    }

    /// A field that may be absent or null.
    fn optional(&self, name: &str) -> Option<&'a Value> {
        self.object.get(name).filter(|value| !value.is_null())
    }

    /// A field that must be there.
    fn required(&self, name: &str, wanted: &str) -> Option<&'a Value> {
        let value = self.object.get(name);
        if value.is_none() {
            self.fault(name, format!("is missing; {wanted} is needed"));
        }
        value
    }

    /// Turns a value into what is wanted, or notes that it is of another kind.
    fn typed<T>(
        &self,
        name: &str,
        value: &'a Value,
        wanted: &str,
        pick: impl Fn(&'a Value) -> Option<T>,
    ) -> Option<T> {
        let picked = pick(value);
        if picked.is_none() {
            self.fault(name, format!("is {}; {wanted} is needed", kind(value)));
        }
        picked
    }

    /// A text that must be there.
    pub(crate) fn text(&self, name: &str) -> Option<&'a str> {
        let value = self.required(name, "a text")?;
        self.typed(name, value, "a text", Value::as_str)
    }

    /// A text that may be absent or null.
    pub(crate) fn optional_text(&self, name: &str) -> Option<&'a str> {
        self.typed(name, self.optional(name)?, "a text", Value::as_str)
    }

    /// A whole number that must be there. `9.0` is whole; `8.5` is not.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        let value = self.required(name, "a whole number")?;
        self.typed(name, value, "a whole number", whole)
    }

    /// A whole number from 0 that may be absent or null.
    pub(crate) fn optional_count(&self, name: &str) -> Option<u64> {
        let count = |value| u64::try_from(whole(value)?).ok();
        self.typed(name, self.optional(name)?, "a whole number from 0", count)
    }

    /// A whole number from 0 to 4294967295 that must be there.
    pub(crate) fn small_count(&self, name: &str) -> Option<u32> {
        let number = self.integer(name)?;
        let small = u32::try_from(number).ok();
        if small.is_none() {
            self.fault(name, format!("{number} is outside 0..=4294967295"));
        }
        small
    }

    /// True or false that must be there.
    pub(crate) fn boolean(&self, name: &str) -> Option<bool> {
        let value = self.required(name, "true or false")?;
        self.typed(name, value, "true or false", Value::as_bool)
    }

    /// An object that must be there.
    pub(crate) fn object(&self, name: &str) -> Option<Reader<'a>> {
        let value = self.required(name, "an object")?;
        Reader::new(value, &self.at(name), self.faults)
    }

    /// An object that may be absent or null.
    pub(crate) fn optional_object(&self, name: &str) -> Option<Reader<'a>> {
        Reader::new(self.optional(name)?, &self.at(name), self.faults)
    }

    /// A list of texts with their places in it; empty when absent or null.
    pub(crate) fn texts(&self, name: &str) -> Vec<(usize, &'a str)> {
        let Some(value) = self.optional(name) else { return Vec::new() };
        let Some(list) = self.typed(name, value, "a list of texts", Value::as_array) else {
            return Vec::new();
        };
        let mut texts = Vec::new();
        for (idx, entry) in list.iter().enumerate() {
            match entry.as_str() {
                Some(text) => texts.push((idx, text)),
                None => {
                    self.fault_in_list(name, idx, format!("is {}; a text is needed", kind(entry)));
                }
            }
        }
        texts
    }

    /// An object of texts; empty when absent or null. Numbers and booleans are taken as texts.
    pub(crate) fn text_map(&self, name: &str) -> Vec<(String, String)> {
        let Some(reader) = self.optional_object(name) else { return Vec::new() };
        let mut map = Vec::new();
        for (key, value) in reader.object {
            match value {
                Value::String(text) => map.push((key.clone(), text.clone())),
                Value::Number(_) | Value::Bool(_) => map.push((key.clone(), value.to_string())),
                _ => reader.fault(key, format!("is {}; a text is needed", kind(value))),
            }
        }
        map
    }

    /// The fields of this object with their names.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'a String, &'a Value)> {
        self.object.iter()
    }

    /// Notes every field whose name is not among `known`.
    pub(crate) fn only(&self, known: &[&str]) {
        for name in self.object.keys().filter(|name| !known.contains(&name.as_str())) {
            self.fault(name, format!("is not a field here; known are {}", known.join(", ")));
        }
    }
}

/// A whole number, also when written with a zero fraction.
fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        let number = value.as_f64()?;
        // Up to 2^53 a float holds every whole number exactly.
        let exact = number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0;
        exact.then(|| format!("{number:.0}").parse().ok()).flatten()
    })
}
