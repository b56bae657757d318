//! The JSON that travels, and its versions: definitions, sheets, submissions, reports, problems.
//!
//! Serde derives live here and nowhere else. What a value means and whether it is valid is
//! decided in `survey` and `scoring`; here it is only read and written.
#![deny(missing_docs)]

pub mod console;
pub mod definition;
pub mod preview;
pub mod problem;
mod reader;
pub mod report;
mod report_parts;
mod rescored;
pub mod sheet;
pub mod submission;
pub mod time;

pub use definition::{decode_definition, encode_definition};
pub use problem::Problem;
pub use report::{CountsJson, ReportJson};
pub use sheet::{decode_sheet, decode_words, encode_sheet, sheet_json};
pub use submission::{decode_submission, encode_cloudevent};
pub use survey::RawSubmission;
