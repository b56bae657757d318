//! Service level agreements: how many promises of time were kept. What was promised is data of the
//! caller; a marketplace's rule to reply within a day is one more target.

use std::collections::BTreeMap;
use std::time::Duration;

use scoring::proportion::{Part, PartError};

/// Whether a target is kept: exactly on time is in time.
///
/// ```
/// use std::time::Duration;
/// use service::support::is_met;
/// let hour = Duration::from_secs(3600);
/// assert!(is_met(hour, hour));
/// assert!(!is_met(hour + Duration::from_millis(1), hour));
/// ```
#[must_use]
pub fn is_met(elapsed: Duration, target: Duration) -> bool {
    elapsed <= target
}

/// Whether the clock of a target still runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Clock {
    /// It runs.
    Active,
    /// It stands still, for instance while the customer has to answer.
    Paused,
    /// It has stopped for good.
    Closed,
}

/// Where a promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TargetState {
    /// Nothing was promised.
    NoPolicy,
    /// The promise was withdrawn.
    Cancelled,
    /// It was promised.
    Promised {
        /// Whether its clock still runs.
        clock: Clock,
        /// Whether it took longer than promised.
        is_breached: bool,
    },
}

/// What a target is worth in an attainment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Met,
    Breached,
    Undecided,
    NotCounted,
}

impl TargetState {
    const fn verdict(self) -> Verdict {
        match self {
            Self::NoPolicy | Self::Cancelled => Verdict::NotCounted,
            Self::Promised { is_breached: true, .. } => Verdict::Breached,
            Self::Promised { clock: Clock::Closed, is_breached: false } => Verdict::Met,
            Self::Promised { clock: Clock::Active | Clock::Paused, is_breached: false } => {
                Verdict::Undecided
            }
        }
    }
}

/// Where a promise stands after `elapsed`.
///
/// Computed from durations and not from a stored status, which a later change of the schedule makes
/// wrong. Both durations are of one kind, calendar or business time.
///
/// # Source
/// Zendesk's target states: active, paused or closed, each breached or not.
///
/// # Example
/// ```
/// use std::time::Duration;
/// use service::support::{Clock, TargetState, target_state};
/// let [hour, day] = [3600, 86_400].map(Duration::from_secs);
/// let late = TargetState::Promised { clock: Clock::Active, is_breached: true };
/// assert_eq!(target_state(day, hour, Clock::Active), late);
/// ```
#[must_use]
pub fn target_state(elapsed: Duration, target: Duration, clock: Clock) -> TargetState {
    TargetState::Promised { clock, is_breached: !is_met(elapsed, target) }
}

/// How many promises were kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attainment {
    /// Met among met and breached; a running one that is late already is breached.
    pub part: Part,
    /// The same without those still running, however late they are.
    pub closed: Part,
    /// Running and not due yet; in neither.
    pub n_undecided: u64,
    /// Cancelled or never promised; in neither.
    pub n_not_counted: u64,
}

/// Targets by where they stand, as [`attainment`] takes them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TargetCounts {
    /// Closed in time.
    pub n_met: u64,
    /// Closed too late.
    pub n_breached: u64,
    /// Active or paused, and late already.
    pub n_running_breached: u64,
    /// Active or paused, and not due yet.
    pub n_undecided: u64,
    /// Cancelled or never promised.
    pub n_not_counted: u64,
}

impl TargetCounts {
    fn add(&mut self, state: TargetState) {
        let is_closed = matches!(state, TargetState::Promised { clock: Clock::Closed, .. });
        let count = match state.verdict() {
            Verdict::Met => &mut self.n_met,
            Verdict::Breached if is_closed => &mut self.n_breached,
            Verdict::Breached => &mut self.n_running_breached,
            Verdict::Undecided => &mut self.n_undecided,
            Verdict::NotCounted => &mut self.n_not_counted,
        };
        *count += 1;
    }
}

impl FromIterator<TargetState> for TargetCounts {
    fn from_iter<I: IntoIterator<Item = TargetState>>(states: I) -> Self {
        let mut counts = Self::default();
        for state in states {
            counts.add(state);
        }
        counts
    }
}

/// Attainment per target: met among met and breached. The default.
///
/// # Errors
/// [`PartError::TooMany`] when the counts together do not fit.
///
/// # Source
/// Zendesk: achieved over achieved and breached.
///
/// # Example
/// ```
/// use service::support::{TargetCounts, attainment};
/// let counts = TargetCounts {
///     n_met: 180, n_breached: 20, n_running_breached: 5, n_undecided: 18, n_not_counted: 40,
/// };
/// let attainment = attainment(counts)?;
/// assert_eq!((attainment.part.of(), attainment.closed.share()), (205, Some(0.9)));
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
pub fn attainment(counts: TargetCounts) -> Result<Attainment, PartError> {
    let TargetCounts { n_met, n_breached, n_running_breached, n_undecided, n_not_counted } = counts;
    let n_late = n_breached.checked_add(n_running_breached).ok_or(PartError::TooMany)?;
    Ok(Attainment {
        part: Part::beside(n_met, n_late)?,
        closed: Part::beside(n_met, n_breached)?,
        n_undecided,
        n_not_counted,
    })
}

/// Attainment per ticket: a ticket is met when all of its targets are.
///
/// One late target breaches the ticket; without one, a target not yet due leaves it undecided. A
/// ticket is closed when all of its promises are.
///
/// # Example
/// ```
/// use service::support::{Clock, TargetState, attainment_per_ticket};
/// let state = |clock, is_breached| TargetState::Promised { clock, is_breached };
/// let met = state(Clock::Closed, false);
/// let tickets = [
///     vec![met, met],
///     vec![met, state(Clock::Closed, true)],
///     vec![met, state(Clock::Active, false)],
///     vec![TargetState::NoPolicy],
/// ];
/// let attainment = attainment_per_ticket(&tickets);
/// assert_eq!((attainment.part.count(), attainment.part.of()), (1, 2));
/// assert_eq!((attainment.n_undecided, attainment.n_not_counted), (1, 1));
/// ```
#[must_use]
pub fn attainment_per_ticket(tickets: &[Vec<TargetState>]) -> Attainment {
    of_states(tickets.iter().map(|targets| ticket_state(targets)))
}

/// Attainment per target, apart for each policy.
///
/// # Example
/// ```
/// use service::support::{Clock, TargetState, attainment_per_policy};
/// let state = |is_breached| TargetState::Promised { clock: Clock::Closed, is_breached };
/// let targets = [("reply", state(false)), ("reply", state(true)), ("solve", state(false))];
/// let shares = attainment_per_policy(targets).into_values().map(|found| found.part.share());
/// assert_eq!(shares.collect::<Vec<_>>(), [Some(0.5), Some(1.0)]);
/// ```
#[must_use]
pub fn attainment_per_policy<Policy: Ord>(
    targets: impl IntoIterator<Item = (Policy, TargetState)>,
) -> BTreeMap<Policy, Attainment> {
    let mut by_policy: BTreeMap<Policy, Vec<TargetState>> = BTreeMap::new();
    for (policy, state) in targets {
        by_policy.entry(policy).or_default().push(state);
    }
    by_policy.into_iter().map(|(policy, states)| (policy, of_states(states))).collect()
}

fn of_states(states: impl IntoIterator<Item = TargetState>) -> Attainment {
    attainment(states.into_iter().collect()).expect("states in memory are few enough to count")
}

/// A ticket's targets as one.
fn ticket_state(targets: &[TargetState]) -> TargetState {
    let mut promised: Option<(Clock, bool)> = None;
    for target in targets {
        if let TargetState::Promised { clock, is_breached } = *target {
            let (before, was_breached) = promised.unwrap_or((Clock::Closed, false));
            let clock = if clock == Clock::Closed { before } else { clock };
            promised = Some((clock, was_breached || is_breached));
        }
    }
    match promised {
        Some((clock, is_breached)) => TargetState::Promised { clock, is_breached },
        None => TargetState::NoPolicy,
    }
}
