//! The time between two instants.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;

/// Two instants between which no time passes forwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DurationError {
    /// The end lies before the start, which is an error of a clock or of the data.
    EndBeforeStart {
        /// The start.
        start: Timestamp,
        /// The end.
        end: Timestamp,
    },
}

impl fmt::Display for DurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EndBeforeStart { start, end } => write!(f, "{end} lies before {start}"),
        }
    }
}

impl std::error::Error for DurationError {}

/// Calendar time from `start` to `end`; zero is valid.
///
/// The difference of instants and not of wall clocks, so an hour that a change of clocks skips or
/// repeats is not counted wrongly.
///
/// # Errors
/// [`DurationError::EndBeforeStart`] when `end` lies before `start`.
///
/// # Example
/// ```
/// use std::time::Duration;
/// use service::time::elapsed;
/// let (asked, answered) = ("2024-05-06T18:00Z".parse()?, "2024-05-07T08:00Z".parse()?);
/// assert_eq!(elapsed(asked, answered), Ok(Duration::from_secs(14 * 3600)));
/// assert!(elapsed(answered, asked).is_err());
/// # Ok::<(), jiff::Error>(())
/// ```
pub fn elapsed(start: Timestamp, end: Timestamp) -> Result<Duration, DurationError> {
    Duration::try_from(end.duration_since(start))
        .map_err(|_| DurationError::EndBeforeStart { start, end })
}

/// A duration in minutes, not rounded.
///
/// ```
/// use std::time::Duration;
/// assert_eq!(service::time::minutes(Duration::from_secs(90)), 1.5);
/// ```
#[must_use]
pub const fn minutes(duration: Duration) -> f64 {
    duration.as_secs_f64() / 60.0
}
