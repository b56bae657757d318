//! Time that passes while the desk is open.

use std::collections::BTreeSet;
use std::fmt;
use std::time::Duration;

use jiff::civil::{Date, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use crate::time::elapsed::{DurationError, elapsed};

/// Opening hours within one day: open from `opens`, no longer open at `closes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    opens: Time,
    closes: Time,
}

/// Why hours are not a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScheduleError {
    /// The desk closes before it opens; hours past midnight are two windows on two days.
    ClosesBeforeOpening {
        /// When it opens.
        opens: Time,
        /// When it closes.
        closes: Time,
    },
    /// Two windows of one day overlap.
    Overlap {
        /// Which day, 0 for Monday.
        weekday_idx: usize,
    },
}

impl fmt::Display for ScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ClosesBeforeOpening { opens, closes } => {
                write!(f, "hours from {opens} to {closes} end before they begin; split at midnight")
            }
            Self::Overlap { weekday_idx } => {
                write!(f, "two opening hours of weekday {weekday_idx} (0 is Monday) overlap")
            }
        }
    }
}

impl std::error::Error for ScheduleError {}

impl Window {
    /// The whole day.
    pub const ALL_DAY: Self = Self { opens: Time::midnight(), closes: Time::midnight() };

    /// From `opens` until just before `closes`; closing at midnight means the end of the day.
    ///
    /// # Errors
    /// [`ScheduleError::ClosesBeforeOpening`] unless `opens < closes` or `closes` is midnight.
    ///
    /// # Example
    /// ```
    /// use jiff::civil::time;
    /// use service::time::Window;
    /// assert!(Window::new(time(9, 0, 0, 0), time(17, 0, 0, 0)).is_ok());
    /// assert!(Window::new(time(22, 0, 0, 0), time(6, 0, 0, 0)).is_err());
    /// ```
    pub fn new(opens: Time, closes: Time) -> Result<Self, ScheduleError> {
        if opens >= closes && closes != Time::midnight() {
            return Err(ScheduleError::ClosesBeforeOpening { opens, closes });
        }
        Ok(Self { opens, closes })
    }

    /// When it begins.
    ///
    /// ```
    /// use jiff::civil::Time;
    /// assert_eq!(service::time::Window::ALL_DAY.opens(), Time::midnight());
    /// ```
    #[must_use]
    pub const fn opens(self) -> Time {
        self.opens
    }

    /// When it ends; midnight is the end of the day.
    ///
    /// ```
    /// use jiff::civil::time;
    /// use service::time::Window;
    /// let morning = Window::new(time(9, 0, 0, 0), time(12, 30, 0, 0))?;
    /// assert_eq!(morning.closes(), time(12, 30, 0, 0));
    /// # Ok::<(), service::time::ScheduleError>(())
    /// ```
    #[must_use]
    pub const fn closes(self) -> Time {
        self.closes
    }

    /// Whether the window ends no later than another one begins.
    fn is_before(self, other: Self) -> bool {
        self.closes != Time::midnight() && self.closes <= other.opens
    }
}

/// When a desk is open: hours of the week in a time zone, and days on which it stays closed.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    zone: TimeZone,
    /// Windows of each day from Monday on, in order and apart.
    week: [Vec<Window>; 7],
    holidays: BTreeSet<Date>,
}

impl Schedule {
    /// The hours of each weekday from Monday on, in `zone`; on `holidays` there are none.
    ///
    /// # Errors
    /// [`ScheduleError::Overlap`] when two windows of one day overlap.
    ///
    /// # Example
    /// ```
    /// use jiff::{civil::time, tz::TimeZone};
    /// use service::time::{Schedule, Window};
    /// let day = vec![Window::new(time(9, 0, 0, 0), time(17, 0, 0, 0))?];
    /// let week = [&day, &day, &day, &day, &day, &vec![], &vec![]].map(Clone::clone);
    /// assert!(Schedule::new(TimeZone::UTC, week, []).is_ok());
    /// # Ok::<(), service::time::ScheduleError>(())
    /// ```
    pub fn new(
        zone: TimeZone,
        mut week: [Vec<Window>; 7],
        holidays: impl IntoIterator<Item = Date>,
    ) -> Result<Self, ScheduleError> {
        for (weekday_idx, windows) in week.iter_mut().enumerate() {
            windows.sort_by_key(|window| window.opens);
            if windows.windows(2).any(|pair| !pair[0].is_before(pair[1])) {
                return Err(ScheduleError::Overlap { weekday_idx });
            }
        }
        Ok(Self { zone, week, holidays: holidays.into_iter().collect() })
    }

    /// Open all day on every day.
    ///
    /// ```
    /// use jiff::tz::TimeZone;
    /// use service::time::{Schedule, business_time, elapsed};
    /// let (start, end) = ("2025-03-09T06:30Z".parse()?, "2025-03-09T07:30Z".parse()?);
    /// let always = Schedule::always(TimeZone::UTC);
    /// assert_eq!(business_time(&always, start, end), elapsed(start, end));
    /// # Ok::<(), jiff::Error>(())
    /// ```
    #[must_use]
    pub fn always(zone: TimeZone) -> Self {
        let week = std::array::from_fn(|_| vec![Window::ALL_DAY]);
        Self { zone, week, holidays: BTreeSet::new() }
    }

    /// The windows of a day; none on a holiday.
    fn windows(&self, date: Date) -> &[Window] {
        if self.holidays.contains(&date) {
            return &[];
        }
        // From 0 for Monday to 6 for Sunday, so never negative.
        let weekday_idx = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
        &self.week[weekday_idx]
    }

    /// The instant of a local time: the first where clocks show it twice, and the change of clocks
    /// itself where they skip it. So later times of a day never lie at earlier instants.
    fn instant(&self, date: Date, time: Time) -> Timestamp {
        let ambiguous = self.zone.to_ambiguous_timestamp(date.to_datetime(time));
        let is_skipped = matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. });
        let Ok(shifted) = ambiguous.compatible() else {
            return if date.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
        };
        if !is_skipped {
            return shifted;
        }
        // The first skipped time is shifted to the change itself, which `preceding` leaves out.
        let after = shifted.saturating_add(SignedDuration::from_nanos(1)).unwrap_or(shifted);
        self.zone.preceding(after).next().map_or(shifted, |change| change.timestamp())
    }

    /// When a window of a day opens and closes.
    fn instants(&self, date: Date, window: Window) -> (Timestamp, Timestamp) {
        let closes = if window.closes == Time::midnight() {
            date.tomorrow().map_or(Timestamp::MAX, |next| self.instant(next, Time::midnight()))
        } else {
            self.instant(date, window.closes)
        };
        (self.instant(date, window.opens), closes)
    }
}

/// Business time from `start` to `end`: what of it lies within opening hours.
///
/// Never more than the calendar time, and equal to it where the desk never closes. Zero when all of
/// it lies outside, which is not missing. Time is what passes and not what clocks show: a day on
/// which they skip an hour is an hour shorter. Each day in between is looked at, so centuries take a while.
///
/// # Errors
/// [`DurationError::EndBeforeStart`] when `end` lies before `start`.
///
/// # Example
/// ```
/// use std::time::Duration;
/// use jiff::{civil::time, tz::TimeZone};
/// use service::time::{Schedule, Window, business_time};
/// let day = vec![Window::new(time(9, 0, 0, 0), time(17, 0, 0, 0)).unwrap()];
/// let week = [&day, &day, &day, &day, &day, &vec![], &vec![]].map(Clone::clone);
/// let schedule = Schedule::new(TimeZone::UTC, week, []).unwrap();
/// let (friday, monday) = ("2024-03-01T16:00Z".parse()?, "2024-03-04T10:00Z".parse()?);
/// let open = business_time(&schedule, friday, monday);
/// assert_eq!(open, Ok(Duration::from_secs(2 * 3600)));
/// # Ok::<(), jiff::Error>(())
/// ```
pub fn business_time(
    schedule: &Schedule,
    start: Timestamp,
    end: Timestamp,
) -> Result<Duration, DurationError> {
    elapsed(start, end)?;
    let first = schedule.zone.to_datetime(start).date();
    // A change of clocks around midnight can lead back into the day before, so look one day ahead.
    let last = schedule.zone.to_datetime(end).date();
    let last = last.tomorrow().unwrap_or(last);
    let mut open = Duration::ZERO;
    for date in std::iter::successors(Some(first), |date| date.tomorrow().ok()) {
        if date > last {
            break;
        }
        for window in schedule.windows(date) {
            let (opens, closes) = schedule.instants(date, *window);
            // Outside of the window this ends before it begins and adds nothing.
            open += elapsed(opens.max(start), closes.min(end)).unwrap_or(Duration::ZERO);
        }
    }
    Ok(open)
}
