//! Which day, week or month an instant belongs to. Instants are stored, periods are computed late:
//! the same instant lies in different months in different zones.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::tz::TimeZone;

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Granularity {
    /// A calendar day.
    Day,
    /// A week from Monday on, numbered by ISO 8601.
    IsoWeek,
    /// A calendar month.
    Month,
}

impl Granularity {
    /// From the shortest to the longest.
    pub const ALL: [Self; 3] = [Self::Day, Self::IsoWeek, Self::Month];

    /// The name used in options and addresses: `day`, `week` or `month`.
    ///
    /// ```
    /// assert_eq!(service::time::Granularity::IsoWeek.name(), "week");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::IsoWeek => "week",
            Self::Month => "month",
        }
    }

    /// The granularity of that [`name`](Self::name); `None` for any other text.
    ///
    /// ```
    /// use service::time::Granularity;
    /// assert_eq!(Granularity::from_name("month"), Some(Granularity::Month));
    /// assert_eq!(Granularity::from_name("fortnight"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|granularity| granularity.name() == name)
    }
}

/// One day, week or month. Its text is a label such as `2024-03-31`, `2020-W53` or `2024-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    granularity: Granularity,
    start: Date,
}

impl Period {
    /// The period a date lies in.
    ///
    /// # Example
    /// ```
    /// use jiff::civil::date;
    /// use service::time::{Granularity, Period};
    /// let week = Period::of_date(date(2021, 1, 3), Granularity::IsoWeek);
    /// assert_eq!(week.to_string(), "2020-W53");
    /// assert_eq!(week.start(), date(2020, 12, 28));
    /// ```
    #[must_use]
    pub fn of_date(date: Date, granularity: Granularity) -> Self {
        let start = match granularity {
            Granularity::Day => date,
            Granularity::IsoWeek => monday_of(date),
            Granularity::Month => date.first_of_month(),
        };
        Self { granularity, start }
    }

    /// How long it is.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use service::time::{Granularity, Period};
    /// let day = Period::of_date(date(2024, 2, 29), Granularity::Day);
    /// assert_eq!(day.granularity(), Granularity::Day);
    /// ```
    #[must_use]
    pub const fn granularity(self) -> Granularity {
        self.granularity
    }

    /// Its first day.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use service::time::{Granularity, Period};
    /// let month = Period::of_date(date(2024, 2, 29), Granularity::Month);
    /// assert_eq!(month.start(), date(2024, 2, 1));
    /// ```
    #[must_use]
    pub const fn start(self) -> Date {
        self.start
    }

    /// The period after it; `None` at the end of the calendar.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use service::time::{Granularity, Period};
    /// let december = Period::of_date(date(2024, 12, 31), Granularity::Month);
    /// assert_eq!(december.next().unwrap().to_string(), "2025-01");
    /// ```
    #[must_use]
    pub fn next(self) -> Option<Self> {
        let last = match self.granularity {
            Granularity::Day => self.start,
            Granularity::IsoWeek => self.start.iso_week_date().last_of_week().ok()?.date(),
            Granularity::Month => self.start.last_of_month(),
        };
        Some(Self { start: last.tomorrow().ok()?, ..self })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.granularity {
            Granularity::Day => self.start.fmt(f),
            Granularity::IsoWeek => {
                let week = self.start.iso_week_date();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
            Granularity::Month => write!(f, "{:04}-{:02}", self.start.year(), self.start.month()),
        }
    }
}

/// The Monday of a date's week; the date itself in the cut-off week at the start of the calendar.
fn monday_of(date: Date) -> Date {
    let week = date.iso_week_date();
    ISOWeekDate::new(week.year(), week.week(), Weekday::Monday).map_or(date, ISOWeekDate::date)
}

/// The period an instant lies in, in a time zone.
///
/// # Example
/// ```
/// use jiff::tz::{TimeZone, offset};
/// use service::time::{Granularity, period_of};
/// let instant = "2024-04-01T04:30Z".parse()?; // still March in Chicago
/// let chicago = TimeZone::fixed(offset(-5));
/// assert_eq!(period_of(instant, &chicago, Granularity::Month).to_string(), "2024-03");
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn period_of(instant: Timestamp, zone: &TimeZone, granularity: Granularity) -> Period {
    Period::of_date(zone.to_datetime(instant).date(), granularity)
}
