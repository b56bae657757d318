//! Figures of tickets.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use service::support::{
    Author, Clock, Credit, FcrTicket, Reply, Responder, Step, TargetState, TicketReplies,
    TicketSteps, TicketWork, aht_of_calls, answered_within, attainment_per_ticket, fcr,
    fcr_without_window, first_responses, resolution_counts, resolution_rate, resolutions,
    revealed_mix, target_state, tickets_by_agent,
};
use service::time::{Schedule, Summary, business_time};

use super::read::{Ticket, Tickets};
use super::{Arguments, Figures, Unit};

/// Adds every figure that the file tells something about.
pub(super) fn figures(
    tickets: &Tickets,
    schedule: &Schedule,
    as_of: Timestamp,
    args: &Arguments,
    figures: &mut Figures,
) {
    let list: Vec<&Ticket> = tickets.list.iter().filter(|t| t.created <= as_of).collect();
    figures.count("tickets", list.len() as u64);
    if tickets.has_responses {
        responses(&list, schedule, as_of, args, figures);
    }
    if tickets.has_solutions {
        solutions(&list, schedule, as_of, args, figures);
    }
    first_contact(&list, as_of, args, figures);
    let channels = revealed_mix(list.iter().filter_map(|ticket| ticket.channel.as_deref()));
    for share in channels.shares {
        figures.part("channel_share", share.channel, share.part);
    }
    let work: Vec<TicketWork<&str>> = list
        .iter()
        .filter(|ticket| ticket.is_solved)
        .map(|ticket| TicketWork { solver: ticket.agent.as_deref(), touched_by: Vec::new() })
        .collect();
    for (agent, n) in tickets_by_agent(&work, Credit::Solver) {
        figures.count("tickets_handled", n);
        if let Some(figure) = figures.list.last_mut() {
            (*agent).clone_into(&mut figure.of);
        }
    }
    let handled: Vec<f64> = list.iter().filter_map(|ticket| ticket.handle_minutes).collect();
    if !handled.is_empty() {
        let n = handled.len() as u64;
        figures.number("average_handle_time", Unit::Minutes, aht_of_calls(&handled), n);
    }
}

/// Time to the first response.
fn responses(
    list: &[&Ticket],
    schedule: &Schedule,
    as_of: Timestamp,
    args: &Arguments,
    figures: &mut Figures,
) {
    let replies: Vec<TicketReplies> = list
        .iter()
        .map(|ticket| TicketReplies {
            created: ticket.created,
            is_created_by_agent: false,
            replies: ticket
                .first_response
                .map(|at| Reply { at, author: Author::Agent, is_public: true })
                .into_iter()
                .collect(),
        })
        .collect();
    let found = first_responses(&replies, Responder::Human, schedule, as_of);
    add(
        figures,
        &found.calendar,
        ["first_response_time_median", "first_response_time_p90", "first_response_time_mean"],
    );
    add(
        figures,
        &found.business,
        [
            "first_response_time_business_median",
            "first_response_time_business_p90",
            "first_response_time_business_mean",
        ],
    );
    figures.count("unanswered", found.n_unanswered);
    if let Some(target) = duration(args.frt_target) {
        let within = answered_within(&replies, Responder::Human, target, as_of);
        figures.part("first_response_within_target_calendar", "", within);
        let states = promises(list, schedule, as_of, target, |ticket| ticket.first_response);
        figures.part("first_response_sla_attainment", "", attainment_per_ticket(&states).part);
    }
}

/// Time to the resolution, and how many are resolved.
fn solutions(
    list: &[&Ticket],
    schedule: &Schedule,
    as_of: Timestamp,
    args: &Arguments,
    figures: &mut Figures,
) {
    let steps: Vec<TicketSteps> = list.iter().map(|ticket| steps(ticket)).collect();
    let found = resolutions(&steps, schedule, as_of);
    add(
        figures,
        &found.full,
        ["resolution_time_median", "resolution_time_p90", "resolution_time_mean"],
    );
    add(
        figures,
        &found.full_business,
        [
            "resolution_time_business_median",
            "resolution_time_business_p90",
            "resolution_time_business_mean",
        ],
    );
    figures.count("open", found.n_open);
    figures.number("open_age_median", Unit::Minutes, found.age.median, found.age.n);
    if let Some(from) = list.iter().map(|ticket| ticket.created).min() {
        let counts = resolution_counts(&steps, &(from..as_of), as_of);
        if let Ok(rate) = resolution_rate(counts) {
            figures.part("resolution_rate", "", rate.cohort);
            figures.number("resolution_flow", Unit::Ratio, rate.flow, counts.n_received);
        }
    }
    if let Some(target) = duration(args.ttr_target) {
        let states = promises(list, schedule, as_of, target, |t| t.solved.filter(|_| t.is_solved));
        figures.part("resolution_sla_attainment", "", attainment_per_ticket(&states).part);
    }
}

/// First contact resolution, where the file says who wrote.
fn first_contact(list: &[&Ticket], as_of: Timestamp, args: &Arguments, figures: &mut Figures) {
    let known: Vec<_> = list
        .iter()
        .filter_map(|ticket| {
            Some(FcrTicket {
                customer: ticket.customer.as_deref()?,
                issue: ticket.issue.as_deref().unwrap_or_default(),
                created: ticket.created,
                n_contacts: ticket.n_contacts.unwrap_or(1),
                is_resolved: ticket.is_solved,
            })
        })
        .collect();
    if known.is_empty() {
        return;
    }
    let window = SignedDuration::from_hours(24 * i64::from(args.fcr_days));
    figures.part("first_contact_resolution", "", fcr(&known, window, as_of).part);
    if list.iter().any(|ticket| ticket.n_contacts.is_some()) {
        let without = fcr_without_window(&known);
        figures.part("first_contact_resolution_without_window", "", without);
    }
}

fn steps(ticket: &Ticket) -> TicketSteps {
    let mut steps = Vec::new();
    match (ticket.solved, ticket.reopened) {
        (Some(solved), Some(reopened)) if reopened < solved => {
            // Solved before it was reopened, and again after; when first, the file does not say.
            steps.push((Step::Solved, solved));
        }
        (Some(solved), reopened) => {
            steps.push((Step::Solved, solved));
            steps.extend(reopened.map(|at| (Step::Reopened, at)));
        }
        (None, _) => {}
    }
    TicketSteps { created: ticket.created, steps }
}

/// Where the promise made for each ticket stands, in working hours.
fn promises(
    list: &[&Ticket],
    schedule: &Schedule,
    as_of: Timestamp,
    target: Duration,
    kept: impl Fn(&Ticket) -> Option<Timestamp>,
) -> Vec<Vec<TargetState>> {
    let state = |ticket: &&Ticket| {
        let done = kept(ticket).filter(|at| *at <= as_of);
        let clock = if done.is_some() { Clock::Closed } else { Clock::Active };
        let elapsed = business_time(schedule, ticket.created, done.unwrap_or(as_of));
        elapsed.map_or(TargetState::Cancelled, |elapsed| target_state(elapsed, target, clock))
    };
    list.iter().map(|ticket| vec![state(ticket)]).collect()
}

fn duration(target: Option<SignedDuration>) -> Option<Duration> {
    target.and_then(|target| Duration::try_from(target).ok())
}

fn add(figures: &mut Figures, summary: &Summary, [median, p90, mean]: [&'static str; 3]) {
    figures.number(median, Unit::Minutes, summary.median, summary.n);
    figures.number(p90, Unit::Minutes, summary.p90, summary.n);
    figures.number(mean, Unit::Minutes, summary.mean, summary.n);
}
