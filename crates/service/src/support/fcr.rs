//! First contact resolution, under each of the names it goes by. The base decides the number, so
//! every variant has its own function.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use scoring::proportion::{Part, PartError};

/// A ticket, as far as first contact resolution looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FcrTicket<Customer, Issue> {
    /// Whose it is.
    pub customer: Customer,
    /// What it is about; the same customer and issue again is a repeat contact.
    pub issue: Issue,
    /// When it was created.
    pub created: Timestamp,
    /// How often the customer wrote or called, the first time included.
    pub n_contacts: u64,
    /// Whether it is resolved.
    pub is_resolved: bool,
}

impl<Customer, Issue> FcrTicket<Customer, Issue> {
    const fn is_resolved_at_once(&self) -> bool {
        self.is_resolved && self.n_contacts == 1
    }
}

/// What was resolved at first contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fcr {
    /// Resolved at first contact among the eligible.
    pub part: Part,
    /// Indices of the tickets resolved at first contact, ascending.
    pub resolved_first: Vec<usize>,
    /// Tickets left out because they are open and still within their window.
    pub n_too_young: u64,
}

/// Tickets resolved with one contact and not followed by another on the same issue within a window.
///
/// Eligible are tickets that are resolved, or older at `as_of` than `window`; open ones that are
/// younger are left out and counted. A repeat contact exactly at the end of the window still counts
/// against the earlier ticket; of several tickets at one instant at most one is resolved at once.
///
/// # Example
/// ```
/// use jiff::SignedDuration;
/// use service::support::{FcrTicket, fcr};
/// let ticket = |customer, created: &str| FcrTicket {
///     customer, issue: "billing", created: created.parse().unwrap(),
///     n_contacts: 1, is_resolved: true,
/// };
/// let tickets = [ticket("ann", "2024-05-01T00:00Z"), ticket("ann", "2024-05-05T00:00Z")];
/// let week = SignedDuration::from_hours(7 * 24);
/// let found = fcr(&tickets, week, "2024-06-01T00:00Z".parse()?);
/// assert_eq!((found.part.share(), found.resolved_first), (Some(0.5), vec![1]));
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn fcr<Customer: Ord, Issue: Ord>(
    tickets: &[FcrTicket<Customer, Issue>],
    window: SignedDuration,
    as_of: Timestamp,
) -> Fcr {
    let mut of_issue: BTreeMap<(&Customer, &Issue), Vec<usize>> = BTreeMap::new();
    for (idx, ticket) in tickets.iter().enumerate() {
        of_issue.entry((&ticket.customer, &ticket.issue)).or_default().push(idx);
    }
    let mut is_repeated = vec![false; tickets.len()];
    for indices in of_issue.values_mut() {
        // Of tickets from one instant, one resolved at once comes last, whatever their order was.
        indices.sort_by_key(|&idx| (tickets[idx].created, tickets[idx].is_resolved_at_once()));
        for pair in indices.windows(2) {
            let gap = tickets[pair[1]].created.duration_since(tickets[pair[0]].created);
            is_repeated[pair[0]] = gap <= window;
        }
    }
    let is_eligible = |ticket: &FcrTicket<Customer, Issue>| {
        ticket.is_resolved || as_of.duration_since(ticket.created) > window
    };
    let resolved_first: Vec<usize> = (0..tickets.len())
        .filter(|&idx| tickets[idx].is_resolved_at_once() && !is_repeated[idx])
        .collect();
    let n_eligible = tickets.iter().filter(|ticket| is_eligible(ticket)).count();
    Fcr {
        part: counted(resolved_first.len(), n_eligible),
        resolved_first,
        n_too_young: (tickets.len() - n_eligible) as u64,
    }
}

/// Tickets resolved with one contact among all, without looking for repeat contacts.
///
/// # Example
/// ```
/// use service::support::{FcrTicket, fcr_without_window};
/// let ticket = |n_contacts, is_resolved| FcrTicket {
///     customer: 1, issue: 1, created: jiff::Timestamp::UNIX_EPOCH, n_contacts, is_resolved,
/// };
/// let tickets = [ticket(1, true), ticket(1, true), ticket(2, true), ticket(1, false)];
/// assert_eq!(fcr_without_window(&tickets).share(), Some(0.5));
/// ```
#[must_use]
pub fn fcr_without_window<Customer, Issue>(tickets: &[FcrTicket<Customer, Issue>]) -> Part {
    counted(tickets.iter().filter(|ticket| ticket.is_resolved_at_once()).count(), tickets.len())
}

/// Tickets resolved with one contact among the resolved ones only.
///
/// # Source
/// Freshservice's definition.
///
/// # Example
/// ```
/// use service::support::{FcrTicket, fcr_of_resolved};
/// let ticket = |n_contacts, is_resolved| FcrTicket {
///     customer: 1, issue: 1, created: jiff::Timestamp::UNIX_EPOCH, n_contacts, is_resolved,
/// };
/// let tickets = [ticket(1, true), ticket(2, true), ticket(1, false)];
/// assert_eq!(fcr_of_resolved(&tickets).share(), Some(0.5));
/// ```
#[must_use]
pub fn fcr_of_resolved<Customer, Issue>(tickets: &[FcrTicket<Customer, Issue>]) -> Part {
    let n_resolved = tickets.iter().filter(|ticket| ticket.is_resolved).count();
    counted(tickets.iter().filter(|ticket| ticket.is_resolved_at_once()).count(), n_resolved)
}

/// Resolved at first contact among all contacts.
///
/// # Errors
/// [`PartError::MoreThanWhole`] when more were resolved than there are contacts.
///
/// # Source
/// MetricNet's gross first contact resolution.
///
/// # Example
/// ```
/// assert_eq!(service::support::fcr_gross(600, 1000)?.percent(), Some(60.0));
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
pub const fn fcr_gross(n_resolved_first: u64, n_contacts: u64) -> Result<Part, PartError> {
    Part::new(n_resolved_first, n_contacts)
}

/// Resolved at first contact among the contacts that the first level can resolve at all.
///
/// # Errors
/// [`PartError::MoreThanWhole`] when more are beyond the first level than there are contacts, or
/// more were resolved than remain.
///
/// # Source
/// MetricNet's net first contact resolution.
///
/// # Example
/// ```
/// assert_eq!(service::support::fcr_net(600, 1000, 200)?.percent(), Some(75.0));
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
pub const fn fcr_net(
    n_resolved_first: u64,
    n_contacts: u64,
    n_beyond_first_level: u64,
) -> Result<Part, PartError> {
    match n_contacts.checked_sub(n_beyond_first_level) {
        Some(n_resolvable) => Part::new(n_resolved_first, n_resolvable),
        None => Err(PartError::MoreThanWhole { count: n_beyond_first_level, of: n_contacts }),
    }
}

/// Customers who say that their issue was resolved the first time, among those who answered.
///
/// Agents who mark it themselves overstate it.
///
/// # Errors
/// [`PartError::TooMany`] when the sum does not fit.
///
/// # Example
/// ```
/// assert_eq!(service::support::fcr_surveyed(3, 1)?.share(), Some(0.75));
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
pub const fn fcr_surveyed(n_yes: u64, n_no: u64) -> Result<Part, PartError> {
    Part::beside(n_yes, n_no)
}

/// Questions by mail that were resolved within `limit` of business time, usually an hour, among all.
///
/// For a channel in which one exchange takes several messages. The time of each question is its
/// business time to resolution, `None` for one that is not resolved.
///
/// # Source
/// Help Desk Association Australasia.
///
/// # Example
/// ```
/// use std::time::Duration;
/// let [quick, slow] = [1800, 7200].map(|seconds| Some(Duration::from_secs(seconds)));
/// let part = service::support::fcr_of_mail(&[quick, slow, None], Duration::from_secs(3600));
/// assert_eq!((part.count(), part.of()), (1, 3));
/// ```
#[must_use]
pub fn fcr_of_mail(times: &[Option<Duration>], limit: Duration) -> Part {
    let is_in_time = |time: &&Option<Duration>| time.is_some_and(|time| time <= limit);
    counted(times.iter().filter(is_in_time).count(), times.len())
}

fn counted(count: usize, of: usize) -> Part {
    Part::new(count as u64, of as u64).expect("what is counted is among all")
}
