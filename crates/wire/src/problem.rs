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
    #[must_use]
    pub fn of_faults(faults: &[Fault]) -> Self {
        let detail = match faults {
            [one] => format!("{} {}", field_name(&one.pointer), one.detail),
            many => format!("{} fields are not valid; nothing was stored", many.len()),
        };
        let errors = faults
            .iter()
            .map(|fault| ProblemError {
                pointer: format!("#{}", fault.pointer),
                detail: fault.detail.clone(),
            })
            .collect();
        Self { errors, ..Self::new("not-valid", "The submission is not valid", 422, detail) }
    }

    /// The document as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a struct of texts and numbers is always JSON")
    }
}

/// A pointer as a person reads it: `/data/rating/value` is `data.rating.value`.
fn field_name(pointer: &str) -> String {
    let name = pointer.trim_start_matches('/').replace('/', ".");
    if name.is_empty() { "the document".to_owned() } else { name }
}
