//! What is wrong with an input, where, and what would be right. Input errors are data.

use std::fmt;

/// One thing wrong with one field of an input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The field as a JSON pointer into the input, such as `/data/rating/value`.
    pub pointer: String,
    /// What is wrong with it and what would be right, in lower case, with the numbers.
    pub detail: String,
}

impl Fault {
    /// A fault of the field at `pointer`.
    ///
    /// ```
    /// let fault = survey::Fault::new("/data/rating/value", "11 is outside the scale 0..10");
    /// assert_eq!(fault.to_string(), "/data/rating/value: 11 is outside the scale 0..10");
    /// ```
    pub fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), detail: detail.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.pointer, self.detail)
    }
}

impl std::error::Error for Fault {}
