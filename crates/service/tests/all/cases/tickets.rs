//! Cases of tickets, contacts and agents.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use scoring::proportion::Part;
use serde_json::{Map, Value};
use service::support::{
    AgentWork, Amount, Author, ChannelShare, Clock, FcrTicket, Handling, Progress, Reply,
    ResolutionCounts, Responder, Step, TargetCounts, TargetState, TicketReplies, TicketSteps, aht,
    aht_of_calls, aht_of_mixed, attainment, fcr, fcr_gross, fcr_net, fcr_without_window,
    first_responses, handled, is_met, resolution, resolution_rate, stated_mix,
};
use service::time::Schedule;

use super::times::{hours, instant};
use crate::io::{Inputs, Outcome, maybe, object, refused};
use crate::sample::days;

pub(super) fn run(metric: &str, inputs: &Inputs) -> Option<Outcome> {
    Some(match metric {
        "aht" => handling(inputs),
        "aht.from_averages" => handling_of_averages(inputs),
        "aht.from_calls" => handling_of_calls(inputs),
        "channel_mix" => stated(inputs),
        "duration.frt" => first_response_time(inputs),
        "duration.ttr" => time_to_resolution(inputs),
        "fcr" => gross_and_net(inputs),
        "fcr.repeat_window" => first_contact(inputs),
        "resolution_rate" => resolved(inputs),
        "sla" => agreements(inputs),
        "sla.met" => met(inputs),
        "tickets_handled" => tickets_handled(inputs),
        _ => return None,
    })
}

fn percent(part: Part) -> Value {
    maybe(part.percent())
}

fn at(text: &str) -> Result<Timestamp, String> {
    instant(text, &TimeZone::UTC)
}

fn handling(inputs: &Inputs) -> Outcome {
    let handling = Handling {
        talk_seconds: inputs.u64("talk_seconds")?,
        hold_seconds: inputs.u64("hold_seconds")?,
        wrap_seconds: inputs.u64("wrap_seconds")?,
        n_handled: inputs.u64("calls")?,
    };
    Ok(object([("aht_seconds", maybe(aht(handling)))]))
}

fn handling_of_averages(inputs: &Inputs) -> Outcome {
    let talk = inputs.f64("avg_talk_seconds")?;
    let hold = inputs.f64("avg_hold_seconds")?;
    let wrap = inputs.f64("total_wrap_seconds")?;
    let n_calls = inputs.u64("calls")?;
    let parts = [Amount::PerContact(talk), Amount::PerContact(hold), Amount::Total(wrap)];
    let wrong = [talk, hold, wrap].map(Amount::Total);
    Ok(object([
        ("aht_seconds", maybe(aht_of_mixed(&parts, n_calls))),
        ("wrong_if_divided_again", maybe(aht_of_mixed(&wrong, n_calls))),
    ]))
}

fn handling_of_calls(inputs: &Inputs) -> Outcome {
    Ok(object([("aht_seconds", maybe(aht_of_calls(&inputs.f64s("handle_seconds")?)))]))
}

fn stated(inputs: &Inputs) -> Outcome {
    let mut answers: Vec<Vec<String>> = Vec::new();
    for answer in inputs.list("selections")? {
        let named = answer.as_array().ok_or("a selection is not a list")?;
        answers.push(named.iter().filter_map(Value::as_str).map(str::to_owned).collect());
    }
    if answers.len() as u64 != inputs.u64("respondents")? {
        return Err("the number of respondents differs".to_owned());
    }
    let mix = stated_mix(answers);
    let by_channel = |shares: &[ChannelShare<String>]| {
        let entry = |share: &ChannelShare<String>| (share.channel.clone(), percent(share.part));
        Value::Object(shares.iter().map(entry).collect::<Map<_, _>>())
    };
    Ok(object([
        ("percent_of_respondents", by_channel(&mix.of_respondents)),
        ("percent_of_selections", by_channel(&mix.of_selections)),
    ]))
}

fn first_response_time(inputs: &Inputs) -> Outcome {
    let mut tickets = Vec::new();
    for ticket in inputs.inners("tickets")? {
        let mut replies = Vec::new();
        for (key, author) in
            [("first_agent_reply", Author::Agent), ("auto_reply", Author::Automatic)]
        {
            if ticket.has(key) {
                replies.push(Reply { at: at(ticket.text(key)?)?, author, is_public: true });
            }
        }
        let created = at(ticket.text("created")?)?;
        tickets.push(TicketReplies { created, is_created_by_agent: false, replies });
    }
    let always = Schedule::always(TimeZone::UTC);
    let found = first_responses(&tickets, Responder::Human, &always, at("2024-06-01T00:00")?);
    assert_eq!(found.business, found.calendar, "a desk that never closes");
    Ok(object([
        ("n", Value::from(found.calendar.n)),
        ("unanswered", Value::from(found.n_unanswered)),
        ("mean_minutes", maybe(found.calendar.mean)),
        ("median_minutes", maybe(found.calendar.median)),
    ]))
}

fn time_to_resolution(inputs: &Inputs) -> Outcome {
    let mut steps = Vec::new();
    for event in inputs.list("events")? {
        let step = match event[0].as_str() {
            Some("solved") => Step::Solved,
            Some("reopened") => Step::Reopened,
            other => return Err(format!("{other:?} is no step")),
        };
        steps.push((step, at(event[1].as_str().ok_or("a step has an instant")?)?));
    }
    let ticket = TicketSteps { created: at(inputs.text("created")?)?, steps };
    match resolution(&ticket, at("2024-06-01T00:00")?).map_err(refused)? {
        Progress::Open => Err("the ticket is open".to_owned()),
        Progress::Solved(times) => Ok(object([
            ("first_resolution_hours", hours(times.first)),
            ("full_resolution_hours", hours(times.full)),
            ("full_minus_reopen_gap", hours(times.open)),
        ])),
    }
}

fn gross_and_net(inputs: &Inputs) -> Outcome {
    let n_first = inputs.u64("resolved_first_contact")?;
    let n_contacts = inputs.u64("contacts")?;
    let n_beyond = inputs.u64("not_resolvable_at_level1")?;
    let net = fcr_net(n_first, n_contacts, n_beyond).map_err(refused)?;
    Ok(object([
        ("gross", percent(fcr_gross(n_first, n_contacts).map_err(refused)?)),
        ("net", percent(net)),
    ]))
}

fn first_contact(inputs: &Inputs) -> Outcome {
    let (mut ids, mut tickets) = (Vec::new(), Vec::new());
    for ticket in inputs.inners("tickets")? {
        ids.push(ticket.u64("id")?);
        tickets.push(FcrTicket {
            customer: ticket.text("customer")?.to_owned(),
            issue: ticket.text("topic")?.to_owned(),
            created: at(ticket.text("date")?)?,
            n_contacts: ticket.u64("contacts")?,
            is_resolved: ticket.bool("resolved")?,
        });
    }
    let window_days = i64::try_from(inputs.u64("window_days")?).map_err(refused)?;
    let found = fcr(&tickets, days(window_days), at("2024-07-01T00:00")?);
    let resolved_first: Vec<u64> = found.resolved_first.iter().map(|idx| ids[*idx]).collect();
    Ok(object([
        ("fcr_ids", Value::from(resolved_first)),
        ("fcr", percent(found.part)),
        ("no_window", percent(fcr_without_window(&tickets))),
    ]))
}

fn resolved(inputs: &Inputs) -> Outcome {
    let counts = ResolutionCounts {
        n_received: inputs.u64("received")?,
        n_resolved_of_received: inputs.u64("resolved_of_received")?,
        n_resolved_in_period: inputs.u64("resolved_in_period")?,
    };
    let rate = resolution_rate(counts).map_err(refused)?;
    Ok(object([
        ("flow", maybe(rate.flow.map(|flow| 100.0 * flow))),
        ("cohort", percent(rate.cohort)),
    ]))
}

/// The counts of a case as single targets, so that counting them is tried as well.
fn targets(inputs: &Inputs) -> Result<Vec<TargetState>, String> {
    let promised = |clock, is_breached| TargetState::Promised { clock, is_breached };
    let mut states = Vec::new();
    for (key, state) in [
        ("achieved", promised(Clock::Closed, false)),
        ("breached", promised(Clock::Closed, true)),
        ("active_not_due", promised(Clock::Active, false)),
        ("active_breached", promised(Clock::Active, true)),
        ("paused", promised(Clock::Paused, false)),
        ("no_policy", TargetState::NoPolicy),
    ] {
        for _ in 0..inputs.u64(key)? {
            states.push(state);
        }
    }
    Ok(states)
}

fn agreements(inputs: &Inputs) -> Outcome {
    let counts: TargetCounts = targets(inputs)?.into_iter().collect();
    let found = attainment(counts).map_err(refused)?;
    Ok(object([
        ("attainment", percent(found.part)),
        ("denominator", Value::from(found.part.of())),
        ("closed_only", percent(found.closed)),
    ]))
}

fn met(inputs: &Inputs) -> Outcome {
    let duration = |minutes: f64| Duration::from_secs_f64(60.0 * minutes);
    let target = duration(inputs.f64("target_minutes")?);
    let times = inputs.f64s("elapsed_minutes")?;
    let met: Vec<bool> = times.into_iter().map(|time| is_met(duration(time), target)).collect();
    Ok(object([("met", Value::from(met))]))
}

fn tickets_handled(inputs: &Inputs) -> Outcome {
    let (mut names, mut agents) = (Vec::new(), Vec::new());
    for agent in inputs.inners("agents")? {
        names.push(agent.text("agent")?.to_owned());
        agents.push(AgentWork {
            n_tickets: agent.u64("tickets")?,
            n_days_present: agent.u64("days_present")?,
        });
    }
    let found = handled(&agents);
    let by_agent = names.into_iter().zip(found.by_agent.into_iter().map(maybe));
    Ok(object([
        ("per_agent", maybe(found.per_agent)),
        ("per_agent_present", maybe(found.per_agent_present)),
        ("per_agent_day", maybe(found.per_agent_day)),
        ("by_agent_day", Value::Object(by_agent.collect::<Map<_, _>>())),
    ]))
}
