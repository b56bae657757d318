//! Durations between instants, in calendar and in business time, their summaries, and the periods
//! that a trend is cut into. Whose durations they are is not here; see [`crate::support`].

mod business;
mod elapsed;
mod period;
mod summary;
mod working_days;

pub use business::{Schedule, ScheduleError, Window, business_time};
pub use elapsed::{DurationError, elapsed, minutes};
pub use period::{Granularity, Period, period_of};
pub use summary::{Summary, share_within, summary};
pub use working_days::{WorkingDaysError, working_days};
