//! Time to resolution: to the first time a ticket was solved, and to the last. Closing, which often
//! happens by itself days later, is not solving.

use std::time::Duration;

use jiff::Timestamp;
use scoring::numerics::quantile::Convention;

use crate::time::{DurationError, Schedule, Summary, business_time, elapsed, minutes, summary};

/// What happened to a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Somebody said it was solved.
    Solved,
    /// It was not, after all.
    Reopened,
}

/// A ticket and what happened to it, in any order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketSteps {
    /// When it was created.
    pub created: Timestamp,
    /// What happened, and when.
    pub steps: Vec<(Step, Timestamp)>,
}

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It is solved, after this.
    Solved(Resolution),
    /// It is open, and never was solved or is open again.
    Open,
}

/// How long it took to solve a ticket, calendar time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// From creation until it was solved for the first time.
    pub first: Duration,
    /// From creation until it was solved for the last time: the default.
    pub full: Duration,
    /// The time it was open in between: `full` without the time it lay solved.
    pub open: Duration,
}

/// How long it took to solve a ticket, as things stood at `as_of`.
///
/// Steps after `as_of` have not happened yet. Being solved twice without being reopened changes
/// nothing; neither does reopening an open ticket.
///
/// # Errors
/// [`DurationError::EndBeforeStart`] when a step, or `as_of`, lies before the creation.
///
/// # Source
/// Zendesk's first and full resolution time.
///
/// # Example
/// ```
/// use std::time::Duration;
/// use service::support::{Progress, Step, TicketSteps, resolution};
/// let ticket = TicketSteps {
///     created: "2024-05-01T09:00Z".parse().unwrap(),
///     steps: vec![
///         (Step::Solved, "2024-05-01T12:00Z".parse().unwrap()),
///         (Step::Reopened, "2024-05-02T09:00Z".parse().unwrap()),
///         (Step::Solved, "2024-05-02T15:00Z".parse().unwrap()),
///     ],
/// };
/// let Progress::Solved(times) = resolution(&ticket, "2024-05-31T00:00Z".parse().unwrap())? else {
///     panic!()
/// };
/// let hours = [times.first, times.full, times.open].map(|time| time.as_secs() / 3600);
/// assert_eq!(hours, [3, 30, 9]);
/// let in_between = "2024-05-02T12:00Z".parse().unwrap();
/// assert_eq!(resolution(&ticket, in_between), Ok(Progress::Open));
/// # Ok::<(), service::time::DurationError>(())
/// ```
pub fn resolution(ticket: &TicketSteps, as_of: Timestamp) -> Result<Progress, DurationError> {
    elapsed(ticket.created, as_of)?;
    let mut steps = ticket.steps.clone();
    steps.retain(|(_, at)| *at <= as_of);
    steps.sort_by_key(|(_, at)| *at);
    let (mut first, mut full, mut open) = (None, None, Duration::ZERO);
    let mut open_since = Some(ticket.created);
    for (step, at) in steps {
        let since_creation = elapsed(ticket.created, at)?;
        match (step, open_since) {
            (Step::Solved, Some(since)) => {
                open += elapsed(since, at)?;
                first = first.or(Some(since_creation));
                full = Some(since_creation);
                open_since = None;
            }
            (Step::Reopened, None) => open_since = Some(at),
            (Step::Solved, None) | (Step::Reopened, Some(_)) => {}
        }
    }
    Ok(match (first, full, open_since) {
        (Some(first), Some(full), None) => Progress::Solved(Resolution { first, full, open }),
        _ => Progress::Open,
    })
}

/// Times to resolution of many tickets, all in minutes.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolutions {
    /// To the first time solved, calendar time.
    pub first: Summary,
    /// To the last time solved, calendar time: the default.
    pub full: Summary,
    /// To the last time solved, business time.
    pub full_business: Summary,
    /// How old the tickets are that are still open, calendar time.
    pub age: Summary,
    /// Tickets still open; they are in no time to resolution.
    pub n_open: u64,
    /// Tickets solved before they were created, or created after `as_of`; they are in nothing.
    pub n_invalid: u64,
}

impl Resolutions {
    /// Mean calendar minutes to full resolution; `None` when nothing was solved.
    ///
    /// Not the time to repair, respond or recover, which share its abbreviation.
    ///
    /// ```
    /// use jiff::tz::TimeZone;
    /// use service::{support::resolutions, time::Schedule};
    /// let none = resolutions(&[], &Schedule::always(TimeZone::UTC), jiff::Timestamp::UNIX_EPOCH);
    /// assert_eq!(none.mean_time_to_resolution(), None);
    /// ```
    #[must_use]
    pub const fn mean_time_to_resolution(&self) -> Option<f64> {
        self.full.mean
    }
}

/// Times to resolution of the tickets given: those created in a period, or those solved in it.
///
/// The first choice suits promises, the second throughput; say which.
///
/// # Example
/// ```
/// use jiff::tz::TimeZone;
/// use service::{support::{Step, TicketSteps, resolutions}, time::Schedule};
/// let ticket = |solved: &str| TicketSteps {
///     created: "2024-05-01T09:00Z".parse().unwrap(),
///     steps: vec![(Step::Solved, solved.parse().unwrap())],
/// };
/// let tickets = [ticket("2024-05-01T10:00Z"), ticket("2024-04-30T10:00Z")];
/// let always = Schedule::always(TimeZone::UTC);
/// let times = resolutions(&tickets, &always, "2024-05-31T00:00Z".parse()?);
/// assert_eq!((times.full.mean, times.n_invalid), (Some(60.0), 1));
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn resolutions(tickets: &[TicketSteps], schedule: &Schedule, as_of: Timestamp) -> Resolutions {
    let (mut first, mut full) = (Vec::new(), Vec::new());
    let (mut full_business, mut age) = (Vec::new(), Vec::new());
    let mut n_invalid = 0;
    for ticket in tickets {
        match resolution(ticket, as_of) {
            Ok(Progress::Solved(times)) => {
                first.push(minutes(times.first));
                full.push(minutes(times.full));
                let solved = ticket.created + times.full;
                full_business.extend(business_time(schedule, ticket.created, solved).map(minutes));
            }
            Ok(Progress::Open) => age.extend(elapsed(ticket.created, as_of).map(minutes)),
            Err(_) => n_invalid += 1,
        }
    }
    let summarised = |times: &[f64]| summary(times, Convention::default());
    Resolutions {
        first: summarised(&first),
        full: summarised(&full),
        full_business: summarised(&full_business),
        age: summarised(&age),
        n_open: age.len() as u64,
        n_invalid,
    }
}
