//! Days, weeks and months, and their names. How times are written is in [`crate::time`].

use std::fmt;

use crate::time::{Date, date_of_day, day_of_date};

/// Length of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodUnit {
    /// A calendar day.
    Day,
    /// An ISO 8601 week, from Monday.
    Week,
    /// A calendar month.
    Month,
}

impl PeriodUnit {
    /// The name used in options and JSON: `day`, `week` or `month`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The unit of that [`name`](Self::name); `None` for any other text.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Day, Self::Week, Self::Month].into_iter().find(|unit| unit.name() == name)
    }
}

/// One day, week or month. Periods of one unit are in order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    unit: PeriodUnit,
    /// Its first day, in days since 1970-01-01.
    first_day: i32,
}

impl Period {
    /// The period of `unit` that holds a day, given in days since 1970-01-01.
    ///
    /// ```
    /// use tables::time::{Period, PeriodUnit};
    /// // 2021-01-03 was a Sunday and belongs to the last week of 2020.
    /// assert_eq!(Period::of_day(PeriodUnit::Week, 18_630).to_string(), "2020-W53");
    /// assert_eq!(Period::of_day(PeriodUnit::Month, 18_630).to_string(), "2021-01");
    /// ```
    #[must_use]
    pub const fn of_day(unit: PeriodUnit, day: i32) -> Self {
        let first_day = match unit {
            PeriodUnit::Day => day,
            // 1970-01-01 was a Thursday.
            PeriodUnit::Week => day - (day + 3).rem_euclid(7),
            PeriodUnit::Month => day - (date_of_day(day).day - 1),
        };
        Self { unit, first_day }
    }

    /// Length of the period.
    #[must_use]
    pub const fn unit(self) -> PeriodUnit {
        self.unit
    }

    /// Its first day, in days since 1970-01-01.
    #[must_use]
    pub const fn first_day(self) -> i32 {
        self.first_day
    }
}

/// `2026-01-31`, `2026-W05` or `2026-01`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Date { year, month, day } = date_of_day(self.first_day);
        match self.unit {
            PeriodUnit::Day => write!(f, "{year:04}-{month:02}-{day:02}"),
            PeriodUnit::Month => write!(f, "{year:04}-{month:02}"),
            PeriodUnit::Week => {
                // A week belongs to the year of its Thursday.
                let thursday = self.first_day + 3;
                let year = date_of_day(thursday).year;
                let new_year = day_of_date(Date { year, month: 1, day: 1 });
                write!(f, "{year:04}-W{:02}", (thursday - new_year) / 7 + 1)
            }
        }
    }
}
