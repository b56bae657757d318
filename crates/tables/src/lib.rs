//! The bytes of a file in, columns and counts out.
//!
//! Two steps. [`inspect()`] looks at the first part of a file and says what it seems to be: its
//! encoding, its delimiter, its columns, and which of them is the score. A person or a program
//! accepts or corrects that as a [`Plan`]. A [`Tally`] then takes the bytes of the whole file in
//! pieces of any size, in constant memory, and gives [`scoring::Counts`] overall, by segment, by
//! period and by reason.
//!
//! Nothing here opens a file, knows a clock or asks a network; the same bytes and the same plan
//! give the same counts everywhere. No score is computed here, and no value is ever moved onto a
//! scale that it is not on.
//!
//! Reading order: [`encoding`] and [`delimited`] turn bytes into records, [`time`] text into
//! periods, [`plan`] says what to count, [`tally`] counts, [`tallied`] is what comes out, and
//! [`mod@inspect`] guesses a plan.

mod cell;
mod counter;
pub mod delimited;
pub mod encoding;
pub mod fault;
mod grid;
pub mod inspect;
mod intern;
#[cfg(feature = "json")]
mod json;
mod period;
pub mod plan;
mod report_input;
pub mod rows;
mod score_cell;
mod source;
pub mod tallied;
pub mod tally;
pub mod time;
#[cfg(feature = "xlsx")]
pub mod xlsx;

pub use encoding::Encoding;
pub use fault::{BadCell, Fault};
pub use inspect::{Inspection, inspect};
pub use plan::{ColumnIdx, Format, Plan};
pub use tallied::Tallied;
pub use tally::Tally;
