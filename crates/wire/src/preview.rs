//! What travels between the console's page and the worker that counts a file: what the file seems
//! to be, what the person chose, and what was counted. Columns are counted from 0.

use serde::{Deserialize, Serialize};

use crate::ReportJson;

/// What a file seems to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectionJson {
    /// What kind of file it is, in words.
    pub kind: String,
    /// Its columns from left to right.
    pub columns: Vec<ColumnJson>,
    /// Whether it is clear which column holds the score.
    pub is_clear: bool,
    /// What the guess of the score rests on.
    pub hints: Vec<String>,
    /// Everything as it is guessed.
    pub choice: ChoiceJson,
}

/// One column of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnJson {
    /// Its name.
    pub name: String,
    /// The first few different values.
    pub samples: Vec<String>,
    /// What it seems to be for.
    pub role: Option<String>,
    /// What that rests on.
    pub hints: Vec<String>,
}

/// What to count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceJson {
    /// `csat`, `ces` or `nps`.
    pub metric: String,
    /// The column with the score.
    pub column: usize,
    /// Lowest point of the scale.
    pub min: i16,
    /// Highest point of the scale.
    pub max: i16,
    /// `higher_is_better` or `lower_is_better`.
    pub direction: String,
    /// Values that mean "no answer".
    pub missing: Vec<String>,
    /// What to divide by.
    pub segment: Option<usize>,
    /// The column with the time.
    pub time: Option<usize>,
    /// `day`, `week` or `month`.
    pub period: String,
    /// The column with the weight.
    pub weight: Option<usize>,
    /// The column with the reasons.
    pub reasons: Option<usize>,
    /// The column with the comment.
    pub comment: Option<usize>,
}

/// What was counted in a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CountedJson {
    /// The report, in the shape of `candor score --format json`.
    pub report: ReportJson,
    /// Answers, usable or not.
    pub n_rows: u64,
    /// Cells that could not be used.
    pub n_faults: u64,
    /// The first of them, each with its row and what is wrong.
    pub faults: Vec<String>,
    /// The last comments, the newest first.
    pub comments: Vec<CommentJson>,
}

/// A comment with the score beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentJson {
    /// Which row of the file, counted from 1.
    pub row: u64,
    /// The score; `None` when it was missing or invalid.
    pub score: Option<i16>,
    /// What the person wrote.
    pub text: String,
}

macro_rules! json_text {
    ($($name:ident)*) => {$(
        impl $name {
            /// As JSON text.
            #[must_use]
            pub fn to_json(&self) -> String {
                serde_json::to_string(self).expect("texts and finite numbers are always JSON")
            }

            /// From JSON text; `None` for anything else.
            #[must_use]
            pub fn from_json(text: &str) -> Option<Self> {
                serde_json::from_str(text).ok()
            }
        }
    )*};
}

json_text! { InspectionJson ChoiceJson CountedJson }
