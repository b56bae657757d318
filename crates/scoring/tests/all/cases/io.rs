//! Reading reference cases and holding results against them. Which function a case calls is not
//! here; the runners of each crate match on the name of the metric.

use serde_json::{Map, Value};

/// What a metric gave for a case, or why it refused.
pub type Outcome = Result<Value, String>;

/// Runs every case of a file and compares what is expected with what came out.
///
/// A case handled elsewhere is passed over by its exact id. Returns how many cases were run.
///
/// # Panics
/// When a result differs by more than its tolerance, lacks an expected field, or should have been
/// refused; and when `run` knows no such metric.
pub fn run_file(
    text: &str,
    handled_elsewhere: &[&str],
    run: impl Fn(&str, &Inputs) -> Option<Outcome>,
) -> usize {
    let file: Value = serde_json::from_str(text).expect("the cases are JSON");
    let mut n_run = 0;
    for case in file["cases"].as_array().expect("the file holds cases") {
        let id = case["id"].as_str().expect("a case has an id");
        if handled_elsewhere.contains(&id) {
            continue;
        }
        let metric = case["metric"].as_str().expect("a case names its metric");
        let inputs = Inputs(case["inputs"].clone());
        let outcome = run(metric, &inputs)
            .unwrap_or_else(|| panic!("{id}: nothing here computes the metric {metric}"));
        let tolerance = case["tolerance"].as_f64().expect("a case has a tolerance");
        check(id, &case["expected"], &outcome, tolerance);
        n_run += 1;
    }
    n_run
}

/// Expected fields that explain the case instead of stating a result.
const EXPLANATIONS: [&str; 1] = ["reason"];

#[track_caller]
fn check(id: &str, expected: &Value, outcome: &Outcome, tolerance: f64) {
    match outcome {
        Err(refusal) => {
            let is_error = expected.get("error").is_some();
            assert!(is_error, "{id}: refused with {refusal:?}, expected {expected}");
        }
        Ok(actual) => {
            assert!(expected.get("error").is_none(), "{id}: expected a refusal, got {actual}");
            compare(id, expected, actual, tolerance);
        }
    }
}

#[track_caller]
fn compare(at: &str, expected: &Value, actual: &Value, tolerance: f64) {
    match (expected, actual) {
        (Value::Object(expected), Value::Object(actual)) => {
            for (key, expected) in expected {
                if EXPLANATIONS.contains(&key.as_str()) {
                    continue;
                }
                let actual =
                    actual.get(key).unwrap_or_else(|| panic!("{at}: no {key} in {actual:?}"));
                compare(&format!("{at}.{key}"), expected, actual, tolerance);
            }
        }
        (Value::Array(expected), Value::Array(actual)) => {
            assert_eq!(expected.len(), actual.len(), "{at}: {expected:?} against {actual:?}");
            for (idx, (expected, actual)) in expected.iter().zip(actual).enumerate() {
                compare(&format!("{at}[{idx}]"), expected, actual, tolerance);
            }
        }
        (Value::Number(expected), Value::Number(actual)) => {
            let (expected, actual) = (as_f64(expected), as_f64(actual));
            let difference = (expected - actual).abs();
            assert!(difference <= tolerance, "{at}: expected {expected}, got {actual}");
        }
        _ => assert_eq!(expected, actual, "{at}"),
    }
}

fn as_f64(number: &serde_json::Number) -> f64 {
    number.as_f64().expect("the number fits")
}

/// A number as JSON; it must be finite, because JSON would turn anything else into `null`.
#[track_caller]
pub fn number(value: f64) -> Value {
    assert!(value.is_finite(), "a result is {value}");
    Value::from(value)
}

/// A number or `null`.
#[track_caller]
pub fn maybe(value: Option<f64>) -> Value {
    value.map_or(Value::Null, number)
}

/// An object from its fields.
pub fn object(fields: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let entry = |(key, value): (&str, Value)| (key.to_owned(), value);
    Value::Object(fields.into_iter().map(entry).collect::<Map<_, _>>())
}

/// The inputs of a case. A missing or mistyped field is a refusal, as it is at every edge.
pub struct Inputs(pub Value);

impl Inputs {
    pub fn has(&self, key: &str) -> bool {
        self.0.get(key).is_some_and(|value| !value.is_null())
    }

    pub fn get(&self, key: &str) -> Result<&Value, String> {
        self.0.get(key).ok_or_else(|| format!("{key} is missing"))
    }

    pub fn inner(&self, key: &str) -> Result<Self, String> {
        Ok(Self(self.get(key)?.clone()))
    }

    pub fn f64(&self, key: &str) -> Result<f64, String> {
        self.get(key)?.as_f64().ok_or_else(|| format!("{key} is not a number"))
    }

    pub fn maybe_f64(&self, key: &str) -> Result<Option<f64>, String> {
        if self.has(key) { self.f64(key).map(Some) } else { Ok(None) }
    }

    pub fn u64(&self, key: &str) -> Result<u64, String> {
        self.get(key)?.as_u64().ok_or_else(|| format!("{key} is not a count"))
    }

    pub fn i16(&self, key: &str) -> Result<i16, String> {
        let value = self.get(key)?.as_i64().and_then(|value| i16::try_from(value).ok());
        value.ok_or_else(|| format!("{key} is not a small whole number"))
    }

    pub fn text(&self, key: &str) -> Result<&str, String> {
        self.get(key)?.as_str().ok_or_else(|| format!("{key} is not text"))
    }

    pub fn bool(&self, key: &str) -> Result<bool, String> {
        self.get(key)?.as_bool().ok_or_else(|| format!("{key} is not true or false"))
    }

    pub fn list(&self, key: &str) -> Result<&[Value], String> {
        self.get(key)?.as_array().map(Vec::as_slice).ok_or_else(|| format!("{key} is not a list"))
    }

    pub fn map(&self, key: &str) -> Result<&Map<String, Value>, String> {
        self.get(key)?.as_object().ok_or_else(|| format!("{key} is not an object"))
    }

    pub fn inners(&self, key: &str) -> Result<Vec<Self>, String> {
        Ok(self.list(key)?.iter().cloned().map(Self).collect())
    }

    pub fn f64s(&self, key: &str) -> Result<Vec<f64>, String> {
        let number = |value: &Value| value.as_f64().ok_or_else(|| format!("{key}: {value}"));
        self.list(key)?.iter().map(number).collect()
    }

    pub fn maybe_f64s(&self, key: &str) -> Result<Vec<Option<f64>>, String> {
        Ok(self.list(key)?.iter().map(Value::as_f64).collect())
    }

    pub fn u64s(&self, key: &str) -> Result<Vec<u64>, String> {
        let count = |value: &Value| value.as_u64().ok_or_else(|| format!("{key}: {value}"));
        self.list(key)?.iter().map(count).collect()
    }

    pub fn texts(&self, key: &str) -> Result<Vec<String>, String> {
        let text = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(|| key.to_string());
        self.list(key)?.iter().map(text).collect()
    }
}

/// Any error as the text of a refusal.
pub fn refused(error: impl std::fmt::Display) -> String {
    error.to_string()
}
