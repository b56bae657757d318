//! Tickets handled: how much work was done, by whom, and on how many days of presence.

use std::collections::{BTreeMap, BTreeSet};

/// What an agent did in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgentWork {
    /// Tickets handled.
    pub n_tickets: u64,
    /// Days on which the agent was there; leave and sickness are not.
    pub n_days_present: u64,
}

/// Tickets handled, under each base.
#[derive(Clone, Debug, PartialEq)]
pub struct Handled {
    /// All tickets handled.
    pub n_tickets: u64,
    /// Tickets per day and agent present: the default. `None` when nobody was there.
    pub per_agent_day: Option<f64>,
    /// Tickets per agent, absent or not; `None` without agents.
    pub per_agent: Option<f64>,
    /// Tickets per agent who was there at least a day; `None` when nobody was there.
    pub per_agent_present: Option<f64>,
    /// Tickets per day present of each agent, as given; `None` for one who was absent.
    pub by_agent: Vec<Option<f64>>,
    /// Tickets of agents who were never there, which hints at an error in the data.
    pub n_tickets_of_absent: u64,
}

/// Tickets handled per agent and day present, and under the other bases.
///
/// # Example
/// ```
/// use service::support::{AgentWork, handled};
/// let work = |n_tickets, n_days_present| AgentWork { n_tickets, n_days_present };
/// let handled = handled(&[work(120, 20), work(45, 9), work(0, 0)]);
/// assert_eq!(handled.by_agent, [Some(6.0), Some(5.0), None]);
/// assert_eq!((handled.per_agent, handled.per_agent_present), (Some(55.0), Some(82.5)));
/// assert_eq!(handled.per_agent_day, Some(165.0 / 29.0));
/// ```
#[must_use]
pub fn handled(agents: &[AgentWork]) -> Handled {
    let sum = |part: fn(&AgentWork) -> u64| {
        agents.iter().map(part).fold(0_u64, |sum, more| sum.saturating_add(more))
    };
    let n_tickets = sum(|agent| agent.n_tickets);
    let n_present = agents.iter().filter(|agent| agent.n_days_present > 0).count() as u64;
    Handled {
        n_tickets,
        per_agent_day: per(n_tickets, sum(|agent| agent.n_days_present)),
        per_agent: per(n_tickets, agents.len() as u64),
        per_agent_present: per(n_tickets, n_present),
        by_agent: agents.iter().map(|agent| per(agent.n_tickets, agent.n_days_present)).collect(),
        n_tickets_of_absent: sum(
            |agent| if agent.n_days_present == 0 { agent.n_tickets } else { 0 },
        ),
    }
}

/// Whose ticket it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Credit {
    /// Of the agent who solved it, so each ticket counts once: the default.
    #[default]
    Solver,
    /// Of everybody who worked on it, so the sum over agents exceeds the tickets.
    Everybody,
}

/// Who worked on a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketWork<Agent> {
    /// Who solved it, if it is solved.
    pub solver: Option<Agent>,
    /// Who worked on it, as often as they did.
    pub touched_by: Vec<Agent>,
}

/// Tickets of each agent; an agent without any is not listed.
///
/// # Example
/// ```
/// use service::support::{Credit, TicketWork, tickets_by_agent};
/// let tickets = [
///     TicketWork { solver: Some("ann"), touched_by: vec!["bob", "ann", "bob"] },
///     TicketWork { solver: None, touched_by: vec!["bob"] },
/// ];
/// assert_eq!(tickets_by_agent(&tickets, Credit::Solver), [(&"ann", 1)].into());
/// assert_eq!(tickets_by_agent(&tickets, Credit::Everybody), [(&"ann", 1), (&"bob", 2)].into());
/// ```
#[must_use]
pub fn tickets_by_agent<Agent: Ord>(
    tickets: &[TicketWork<Agent>],
    credit: Credit,
) -> BTreeMap<&Agent, u64> {
    let mut by_agent = BTreeMap::new();
    for ticket in tickets {
        let agents: BTreeSet<&Agent> = match credit {
            Credit::Solver => ticket.solver.iter().collect(),
            Credit::Everybody => ticket.solver.iter().chain(&ticket.touched_by).collect(),
        };
        for agent in agents {
            *by_agent.entry(agent).or_insert(0) += 1;
        }
    }
    by_agent
}

fn per(n_tickets: u64, n: u64) -> Option<f64> {
    (n > 0).then(|| n_tickets as f64 / n as f64)
}
