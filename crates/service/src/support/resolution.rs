//! Resolution rate: how many tickets get solved. How long that takes is not here; see
//! [`resolutions`](crate::support::resolutions).

use std::ops::Range;

use jiff::Timestamp;
use scoring::proportion::{Part, PartError};

use crate::support::ttr::{Progress, TicketSteps, resolution};

/// Tickets received and solved in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResolutionCounts {
    /// Tickets created in the period.
    pub n_received: u64,
    /// Those of them that are solved by the time of the report.
    pub n_resolved_of_received: u64,
    /// Tickets solved in the period, whenever they were created.
    pub n_resolved_in_period: u64,
}

/// How many tickets get solved, in both meanings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResolutionRate {
    /// Solved among the received: the default.
    pub cohort: Part,
    /// Solved in the period over received in it: a ratio that exceeds 1 while a backlog shrinks.
    /// `None` when none was received.
    pub flow: Option<f64>,
}

/// Resolution rate by cohort and by flow.
///
/// # Errors
/// [`PartError::MoreThanWhole`] when more of the received tickets are solved than were received.
///
/// # Example
/// ```
/// use service::support::{ResolutionCounts, resolution_rate};
/// let counts = ResolutionCounts {
///     n_received: 100, n_resolved_of_received: 90, n_resolved_in_period: 120,
/// };
/// let rate = resolution_rate(counts)?;
/// assert_eq!((rate.cohort.share(), rate.flow), (Some(0.9), Some(1.2)));
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
pub fn resolution_rate(counts: ResolutionCounts) -> Result<ResolutionRate, PartError> {
    let ResolutionCounts { n_received, n_resolved_of_received, n_resolved_in_period } = counts;
    let flow = (n_received > 0).then(|| n_resolved_in_period as f64 / n_received as f64);
    Ok(ResolutionRate { cohort: Part::new(n_resolved_of_received, n_received)?, flow })
}

/// What [`resolution_rate`] needs, counted from tickets as things stood at `as_of`.
///
/// A ticket counts as solved when it last was, and not while it is open again. One with a step
/// before its creation is left out.
///
/// # Example
/// ```
/// use service::support::{Step, TicketSteps, resolution_counts};
/// let ticket = |created: &str, solved: &str| TicketSteps {
///     created: created.parse().unwrap(),
///     steps: vec![(Step::Solved, solved.parse().unwrap())],
/// };
/// let tickets = [
///     ticket("2024-04-28T00:00Z", "2024-05-02T00:00Z"), // from the backlog
///     ticket("2024-05-03T00:00Z", "2024-05-04T00:00Z"),
///     ticket("2024-05-30T00:00Z", "2024-06-09T00:00Z"), // too late to count as solved here
/// ];
/// let may = "2024-05-01T00:00Z".parse()?.."2024-06-01T00:00Z".parse()?;
/// let counts = resolution_counts(&tickets, &may, may.end);
/// assert_eq!((counts.n_received, counts.n_resolved_of_received), (2, 1));
/// assert_eq!(counts.n_resolved_in_period, 2);
/// # Ok::<(), jiff::Error>(())
/// ```
#[must_use]
pub fn resolution_counts(
    tickets: &[TicketSteps],
    period: &Range<Timestamp>,
    as_of: Timestamp,
) -> ResolutionCounts {
    let mut counts =
        ResolutionCounts { n_received: 0, n_resolved_of_received: 0, n_resolved_in_period: 0 };
    for ticket in tickets {
        let Ok(progress) = resolution(ticket, as_of) else { continue };
        let is_received = period.contains(&ticket.created);
        counts.n_received += u64::from(is_received);
        if let Progress::Solved(times) = progress {
            let is_solved_here = period.contains(&(ticket.created + times.full));
            counts.n_resolved_of_received += u64::from(is_received);
            counts.n_resolved_in_period += u64::from(is_solved_here);
        }
    }
    counts
}
