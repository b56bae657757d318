//! Problem documents (RFC 9457): what a program or person is told when a request was refused.

use serde::Serialize;
use survey::Fault;

/// The media type of a problem document.
pub const PROBLEM_MEDIA_TYPE: &str = "application/problem+json";

/// A problem document with the faults of single fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What kind of problem, as a relative address that stays the same.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What was wrong this time and what would be right.
    pub detail: String,
    /// One entry for each faulty field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemError>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProblemError {
    /// The field, as a JSON pointer in a fragment: `#/data/rating/value`.
    pub pointer: String,
    /// What is wrong with it.
    pub detail: String,
}

impl Problem {
    /// A problem without faulty fields. `kind` is a short name such as `survey-unknown`.
    ///
    /// ```
    /// use wire::Problem;
    /// let problem = Problem::new("survey-unknown", "No such survey", 404, "\"x\" is not a survey");
    /// assert_eq!((problem.kind.as_str(), problem.status), ("/problems/survey-unknown", 404));
    /// ```
    #[must_use]
    pub fn new(kind: &str, title: &str, status: u16, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("/problems/{kind}"),
            title: title.to_owned(),
            status,
            detail: detail.into(),
            errors: Vec::new(),
        }
    }

    /// The problem of an input with faulty fields (422).
    ///
    /// ```
    /// use survey::Fault;
    /// let fault = Fault::new("/data/rating/value", "12 is outside the scale 0..10");
    /// let problem = wire::Problem::of_faults(&[fault]);
    /// assert_eq!(problem.detail, "data.rating.value 12 is outside the scale 0..10");
    /// assert_eq!(problem.errors[0].pointer, "#/data/rating/value");
    /// ```
    #[must_use]
    pub fn of_faults(faults: &[Fault]) -> Self {
        let detail = match faults {
            [one] => format!("{} {}", field_name(&one.pointer), one.detail),
            many => format!("{} fields are not valid; nothing was stored", many.len()),
        };
        let errors = faults
            .iter()
            .map(|fault| ProblemError {
                pointer: fragment(&fault.pointer),
                detail: fault.detail.clone(),
            })
            .collect();
        Self { errors, ..Self::new("not-valid", "The submission is not valid", 422, detail) }
    }

    /// The document as JSON.
    ///
    /// ```
    /// let problem = wire::Problem::new("busy", "Too busy", 503, "try again in 2 seconds");
    /// assert_eq!(
    ///     problem.to_json(),
    ///     r#"{"type":"/problems/busy","title":"Too busy","status":503,"detail":"try again in 2 seconds"}"#
    /// );
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a struct of texts and numbers is always JSON")
    }
}

/// A pointer as a person reads it: `/data/rating/value` is `data.rating.value`.
fn field_name(pointer: &str) -> String {
    let name = pointer.trim_start_matches('/').replace('/', ".");
    let name = name.replace("~1", "/").replace("~0", "~");
    if name.is_empty() { "the document".to_owned() } else { name }
}

/// A pointer as the fragment of an address (RFC 6901, section 6): what an address may not hold is
/// written as `%` and two hexadecimal digits.
fn fragment(pointer: &str) -> String {
    let mut fragment = "#".to_owned();
    for byte in pointer.bytes() {
        match char::from(byte) {
            plain if plain.is_ascii_alphanumeric() || "/-._~!$&'()*+,;=:@?".contains(plain) => {
                fragment.push(plain);
            }
            _ => fragment.push_str(&format!("%{byte:02X}")),
        }
    }
    fragment
}
