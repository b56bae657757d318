//! Whole working days between two dates, as spreadsheets count them.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::{Date, Weekday};

/// Two dates between which no days pass forwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WorkingDaysError {
    /// The end lies before the start.
    EndBeforeStart {
        /// The start.
        start: Date,
        /// The end.
        end: Date,
    },
}

impl fmt::Display for WorkingDaysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EndBeforeStart { start, end } => write!(f, "{end} lies before {start}"),
        }
    }
}

impl std::error::Error for WorkingDaysError {}

/// Days after `start` up to and including `end` that are neither on a weekend nor holidays.
///
/// # Errors
/// [`WorkingDaysError::EndBeforeStart`] when `end` lies before `start`.
///
/// # Example
/// ```
/// use jiff::civil::{Weekday, date};
/// use service::time::working_days;
/// let weekend = [Weekday::Saturday, Weekday::Sunday];
/// let holidays = [date(2024, 5, 1)].into();
/// // Tuesday to Friday, of which Wednesday is a holiday.
/// assert_eq!(working_days(date(2024, 4, 29), date(2024, 5, 3), &weekend, &holidays), Ok(3));
/// ```
pub fn working_days(
    start: Date,
    end: Date,
    weekend: &[Weekday],
    holidays: &BTreeSet<Date>,
) -> Result<u64, WorkingDaysError> {
    if end < start {
        return Err(WorkingDaysError::EndBeforeStart { start, end });
    }
    let is_work = |date: &Date| !weekend.contains(&date.weekday()) && !holidays.contains(date);
    let days = std::iter::successors(start.tomorrow().ok(), |date| date.tomorrow().ok());
    Ok(days.take_while(|date| *date <= end).filter(is_work).count() as u64)
}
