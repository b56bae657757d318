//! First response time: from the ticket to the first public reply of a person.

use std::time::Duration;

use jiff::Timestamp;
use scoring::numerics::quantile::Convention;
use scoring::proportion::Part;

use crate::time::{Schedule, Summary, business_time, elapsed, minutes, summary};

/// Who wrote a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Author {
    /// A person of the desk.
    Agent,
    /// A machine that answers the question itself.
    Bot,
    /// A machine that only says that the ticket has arrived; it stops no clock.
    Automatic,
}

/// A reply on a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub author: Author,
    /// Whether the customer can see it; notes among agents stop no clock.
    pub is_public: bool,
}

/// A ticket with its replies, in any order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketReplies {
    /// When it was created.
    pub created: Timestamp,
    /// Whether an agent created it with a public comment, which is then not yet the reply.
    pub is_created_by_agent: bool,
    /// Everything that was written on it, an agent's opening comment included.
    pub replies: Vec<Reply>,
}

/// Whose reply stops the clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Responder {
    /// A person's; the default.
    #[default]
    Human,
    /// A bot's, reported apart because mixing both makes the time meaningless.
    Bot,
}

/// What became of a ticket's first response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstResponse {
    /// It came at this instant.
    Answered(Timestamp),
    /// None has come yet.
    Unanswered,
    /// It lies before the ticket, which is an error in the data.
    BeforeCreation,
}

/// The first public reply of the responder.
///
/// # Source
/// Zendesk's definition of first reply time: from creation to the first public comment of an agent,
/// the second one where an agent created the ticket.
///
/// # Example
/// ```
/// use service::support::*;
/// let reply = |at: &str, author| Reply { at: at.parse().unwrap(), author, is_public: true };
/// let ticket = TicketReplies {
///     created: "2024-05-06T11:00Z".parse()?,
///     is_created_by_agent: false,
///     replies: vec![
///         reply("2024-05-06T11:00Z", Author::Automatic),
///         reply("2024-05-06T12:00Z", Author::Agent),
///     ],
/// };
/// let answered = FirstResponse::Answered("2024-05-06T12:00Z".parse()?);
/// assert_eq!(first_response(&ticket, Responder::Human), answered);
/// assert_eq!(first_response(&ticket, Responder::Bot), FirstResponse::Unanswered);
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn first_response(ticket: &TicketReplies, responder: Responder) -> FirstResponse {
    let author = match responder {
        Responder::Human => Author::Agent,
        Responder::Bot => Author::Bot,
    };
    let mut replies: Vec<Timestamp> = ticket
        .replies
        .iter()
        .filter(|reply| reply.is_public && reply.author == author)
        .map(|reply| reply.at)
        .collect();
    replies.sort_unstable();
    let n_opening = usize::from(ticket.is_created_by_agent && responder == Responder::Human);
    match replies.get(n_opening) {
        None => FirstResponse::Unanswered,
        Some(at) if *at < ticket.created => FirstResponse::BeforeCreation,
        Some(at) => FirstResponse::Answered(*at),
    }
}

/// First response times of many tickets, all in minutes.
#[derive(Clone, Debug, PartialEq)]
pub struct FirstResponses {
    /// Calendar time to the reply, of the answered tickets.
    pub calendar: Summary,
    /// Business time to the reply, of the answered tickets.
    pub business: Summary,
    /// How long the unanswered tickets have been waiting, calendar time.
    pub waiting: Summary,
    /// Tickets not answered yet; they are in no response time.
    pub n_unanswered: u64,
    /// Tickets answered before they were created, or created after `as_of`; they are in nothing.
    pub n_invalid: u64,
}

/// First response times in calendar and business minutes, with the tickets that still wait.
///
/// `as_of` is the time of the report: replies after it have not come yet.
///
/// # Example
/// ```
/// use jiff::tz::TimeZone;
/// use service::{support::*, time::Schedule};
/// let ticket = |created: &str, answered: Option<&str>| TicketReplies {
///     created: created.parse().unwrap(),
///     is_created_by_agent: false,
///     replies: answered
///         .map(|at| Reply { at: at.parse().unwrap(), author: Author::Agent, is_public: true })
///         .into_iter()
///         .collect(),
/// };
/// let tickets = [
///     ticket("2024-05-06T09:00Z", Some("2024-05-06T09:20Z")),
///     ticket("2024-05-06T10:00Z", None),
///     ticket("2024-05-06T11:00Z", Some("2024-05-06T12:00Z")),
/// ];
/// let schedule = Schedule::always(TimeZone::UTC);
/// let as_of = "2024-05-06T13:00Z".parse()?;
/// let times = first_responses(&tickets, Responder::Human, &schedule, as_of);
/// assert_eq!((times.calendar.mean, times.n_unanswered), (Some(40.0), 1));
/// assert_eq!(times.waiting.max, Some(180.0));
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn first_responses(
    tickets: &[TicketReplies],
    responder: Responder,
    schedule: &Schedule,
    as_of: Timestamp,
) -> FirstResponses {
    let (mut calendar, mut business, mut waiting) = (Vec::new(), Vec::new(), Vec::new());
    let mut n_invalid = 0;
    for ticket in tickets {
        let created = ticket.created;
        let answered = match first_response(ticket, responder) {
            FirstResponse::Answered(at) => Some(at).filter(|at| *at <= as_of),
            FirstResponse::Unanswered => None,
            FirstResponse::BeforeCreation => {
                n_invalid += 1;
                continue;
            }
        };
        match (answered, elapsed(created, answered.unwrap_or(as_of))) {
            (_, Err(_)) => n_invalid += 1,
            (None, Ok(age)) => waiting.push(minutes(age)),
            (Some(at), Ok(time)) => {
                calendar.push(minutes(time));
                business.extend(business_time(schedule, created, at).map(minutes));
            }
        }
    }
    let summarised = |times: &[f64]| summary(times, Convention::default());
    FirstResponses {
        calendar: summarised(&calendar),
        business: summarised(&business),
        waiting: summarised(&waiting),
        n_unanswered: waiting.len() as u64,
        n_invalid,
    }
}

/// Tickets answered within `limit` among all that are old enough to have been.
///
/// A ticket younger than `limit` at `as_of` does not count at all, even when it is answered already:
/// otherwise the newest tickets would only ever add to the good ones. Calendar time.
///
/// # Example
/// ```
/// use std::time::Duration;
/// use service::support::*;
/// let waiting = TicketReplies {
///     created: "2024-05-06T09:00Z".parse()?, is_created_by_agent: false, replies: vec![],
/// };
/// let hour = Duration::from_secs(3600);
/// let at = |as_of: &str| {
///     answered_within(&[waiting.clone()], Responder::Human, hour, as_of.parse().unwrap())
/// };
/// assert_eq!(at("2024-05-06T09:30Z").share(), None); // too early to tell
/// assert_eq!(at("2024-05-06T10:00Z").share(), Some(0.0));
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn answered_within(
    tickets: &[TicketReplies],
    responder: Responder,
    limit: Duration,
    as_of: Timestamp,
) -> Part {
    let (mut n_within, mut n_late) = (0, 0);
    for ticket in tickets {
        let is_old_enough = elapsed(ticket.created, as_of).is_ok_and(|age| age >= limit);
        let is_within = match first_response(ticket, responder) {
            FirstResponse::Answered(at) if at <= as_of => {
                elapsed(ticket.created, at).is_ok_and(|time| time <= limit)
            }
            FirstResponse::Answered(_) | FirstResponse::Unanswered => false,
            FirstResponse::BeforeCreation => continue,
        };
        if is_old_enough && is_within {
            n_within += 1;
        } else if is_old_enough {
            n_late += 1;
        }
    }
    Part::beside(n_within, n_late).expect("a list in memory is shorter than the largest number")
}
