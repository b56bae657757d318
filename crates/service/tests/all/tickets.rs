//! Edges of the metrics of tickets, responses and ratings.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use scoring::EstimateOptions;
use scoring::proportion::{Method, Part, PartError, estimate};
use service::reputation::{
    Defect, DefectOrder, FeedbackBases, RatedOrder, StarCounts, Stars, feedback, feedback_counts,
    negative_feedback_rate, order_defect_rate,
};
use service::response::{
    Dispositions, DispositionsError, Funnel, FunnelError, Stage, aapor_rates, eligible_share,
    funnel_rates,
};
use service::support::{
    Author, Clock, Credit, FcrTicket, FirstResponse, Progress, Reply, ResolutionCounts, Responder,
    Step, TargetCounts, TargetState, TicketReplies, TicketSteps, answered_within, attainment,
    attainment_per_ticket, fcr, fcr_net, first_response, first_responses, handled, resolution,
    resolution_counts, resolution_rate, resolutions, revealed_mix, stated_mix, target_state,
    tickets_by_agent,
};
use service::time::Schedule;

use crate::sample::{days, office, utc, window};

fn reply(at: &str, author: Author) -> Reply {
    Reply { at: utc(at), author, is_public: true }
}

fn replies(created: &str, replies: &[Reply]) -> TicketReplies {
    TicketReplies { created: utc(created), is_created_by_agent: false, replies: replies.to_vec() }
}

fn always() -> Schedule {
    Schedule::always(TimeZone::UTC)
}

#[test]
fn notes_bots_and_receipts_are_no_human_answer() {
    let ticket = replies(
        "2024-05-06T09:00",
        &[
            Reply { is_public: false, ..reply("2024-05-06T09:01", Author::Agent) },
            reply("2024-05-06T09:02", Author::Automatic),
            reply("2024-05-06T09:03", Author::Bot),
        ],
    );
    assert_eq!(first_response(&ticket, Responder::Human), FirstResponse::Unanswered);
    let bot = FirstResponse::Answered(utc("2024-05-06T09:03"));
    assert_eq!(first_response(&ticket, Responder::Bot), bot);
}

#[test]
fn an_agents_opening_comment_is_not_the_answer() {
    let opening = reply("2024-05-06T09:00", Author::Agent);
    let second = reply("2024-05-06T11:00", Author::Agent);
    let mut ticket = replies("2024-05-06T09:00", &[second, opening]);
    ticket.is_created_by_agent = true;
    assert_eq!(first_response(&ticket, Responder::Human), FirstResponse::Answered(second.at));
    ticket.replies = vec![opening];
    assert_eq!(first_response(&ticket, Responder::Human), FirstResponse::Unanswered);
}

#[test]
fn answers_before_the_ticket_are_counted_apart() {
    let early = replies("2024-05-06T09:00", &[reply("2024-05-06T08:00", Author::Agent)]);
    let times = first_responses(&[early], Responder::Human, &always(), utc("2024-05-07T00:00"));
    assert_eq!((times.calendar.n, times.n_unanswered, times.n_invalid), (0, 0, 1));
    assert_eq!(times.calendar.median, None);
}

#[test]
fn tickets_of_the_future_and_answers_of_the_future_are_not_there_yet() {
    let later = replies("2024-05-08T09:00", &[]);
    let waiting = replies("2024-05-06T09:00", &[reply("2024-05-08T09:00", Author::Agent)]);
    let as_of = utc("2024-05-07T09:00");
    let times = first_responses(&[later, waiting], Responder::Human, &always(), as_of);
    assert_eq!((times.n_unanswered, times.n_invalid), (1, 1));
    assert_eq!(times.waiting.max, Some(24.0 * 60.0));
}

#[test]
fn an_answer_off_hours_takes_no_business_time_and_is_not_missing() {
    let desk = office(TimeZone::UTC, window("09:00", "17:00"), &[]);
    let night = replies("2024-05-06T20:00", &[reply("2024-05-06T23:00", Author::Agent)]);
    let times = first_responses(&[night], Responder::Human, &desk, utc("2024-05-08T00:00"));
    assert_eq!((times.business.median, times.business.n), (Some(0.0), 1));
    assert_eq!(times.calendar.median, Some(180.0));
    assert_eq!(times.business.geometric_mean, None, "zero has no logarithm");
}

#[test]
fn only_tickets_old_enough_are_asked_whether_they_were_answered_in_time() {
    let hour = Duration::from_secs(3600);
    let as_of = utc("2024-05-06T12:00");
    let quick = |created| replies(created, &[reply("2024-05-06T11:45", Author::Agent)]);
    let tickets = [
        quick("2024-05-06T11:30"),        // answered, but younger than an hour
        quick("2024-05-06T10:45"),        // exactly an hour
        quick("2024-05-06T10:44"),        // a minute too late
        replies("2024-05-06T09:00", &[]), // never
    ];
    let part = answered_within(&tickets, Responder::Human, hour, as_of);
    assert_eq!((part.count(), part.of()), (1, 3));
}

fn steps(created: &str, steps: &[(Step, &str)]) -> TicketSteps {
    let steps = steps.iter().map(|(step, at)| (*step, utc(at))).collect();
    TicketSteps { created: utc(created), steps }
}

#[test]
fn a_reopened_ticket_is_open() {
    let ticket = steps(
        "2024-05-01T09:00",
        &[(Step::Solved, "2024-05-01T12:00"), (Step::Reopened, "2024-05-02T09:00")],
    );
    let as_of = utc("2024-05-03T00:00");
    assert_eq!(resolution(&ticket, as_of), Ok(Progress::Open));
    let times = resolutions(&[ticket], &always(), as_of);
    assert_eq!((times.n_open, times.full.n, times.age.max), (1, 0, Some(39.0 * 60.0)));
}

#[test]
fn solving_at_once_takes_no_time_and_is_valid() {
    let ticket = steps("2024-05-01T09:00", &[(Step::Solved, "2024-05-01T09:00")]);
    let times = resolutions(&[ticket], &always(), utc("2024-05-02T00:00"));
    assert_eq!((times.mean_time_to_resolution(), times.n_invalid), (Some(0.0), 0));
}

#[test]
fn repeated_steps_change_nothing() {
    let ticket = steps(
        "2024-05-01T09:00",
        &[
            (Step::Solved, "2024-05-01T10:00"),
            (Step::Solved, "2024-05-01T11:00"),
            (Step::Reopened, "2024-05-01T12:00"),
            (Step::Reopened, "2024-05-01T13:00"),
            (Step::Solved, "2024-05-01T14:00"),
        ],
    );
    let Ok(Progress::Solved(times)) = resolution(&ticket, utc("2024-05-02T00:00")) else {
        panic!("the ticket is solved")
    };
    let hours = [times.first, times.full, times.open].map(|time| time.as_secs() / 3600);
    assert_eq!(hours, [1, 5, 3]);
}

#[test]
fn business_time_to_resolution_leaves_the_weekend_out() {
    let desk = office(TimeZone::UTC, window("09:00", "17:00"), &[]);
    let ticket = steps("2024-03-01T16:00", &[(Step::Solved, "2024-03-04T10:00")]);
    let times = resolutions(&[ticket], &desk, utc("2024-04-01T00:00"));
    assert_eq!((times.full.mean, times.full_business.mean), (Some(66.0 * 60.0), Some(120.0)));
}

#[test]
fn nothing_received_gives_no_resolution_rate() {
    let none =
        ResolutionCounts { n_received: 0, n_resolved_of_received: 0, n_resolved_in_period: 3 };
    let rate = resolution_rate(none).unwrap();
    assert_eq!((rate.cohort.share(), rate.flow), (None, None));
    let wrong = ResolutionCounts { n_resolved_of_received: 1, ..none };
    assert_eq!(resolution_rate(wrong), Err(PartError::MoreThanWhole { count: 1, of: 0 }));
}

#[test]
fn the_cohort_grows_with_the_time_of_the_report() {
    let ticket = steps("2024-05-30T00:00", &[(Step::Solved, "2024-06-09T00:00")]);
    let may = utc("2024-05-01T00:00")..utc("2024-06-01T00:00");
    let of = |as_of: &str| {
        let counts = resolution_counts(std::slice::from_ref(&ticket), &may, utc(as_of));
        resolution_rate(counts).unwrap().cohort.share()
    };
    assert_eq!((of("2024-06-01T00:00"), of("2024-06-10T00:00")), (Some(0.0), Some(1.0)));
}

fn fcr_ticket(created: &str, n_contacts: u64, is_resolved: bool) -> FcrTicket<u8, u8> {
    FcrTicket { customer: 1, issue: 1, created: utc(created), n_contacts, is_resolved }
}

#[test]
fn a_contact_at_the_end_of_the_window_still_repeats() {
    let at = |second| {
        let tickets = [fcr_ticket("2024-05-01T00:00", 1, true), fcr_ticket(second, 1, true)];
        fcr(&tickets, days(7), utc("2024-07-01T00:00")).resolved_first
    };
    assert_eq!(at("2024-05-08T00:00"), [1]);
    assert_eq!(at("2024-05-08T00:01"), [0, 1]);
}

#[test]
fn open_tickets_within_their_window_are_not_judged_yet() {
    let tickets = [fcr_ticket("2024-05-01T00:00", 1, false)];
    let young = fcr(&tickets, days(7), utc("2024-05-08T00:00"));
    assert_eq!((young.part.share(), young.n_too_young), (None, 1));
    let old = fcr(&tickets, days(7), utc("2024-05-08T00:01"));
    assert_eq!((old.part.share(), old.n_too_young), (Some(0.0), 0));
}

#[test]
fn of_tickets_at_one_instant_one_may_be_resolved_at_once_in_any_order() {
    let single = fcr_ticket("2024-05-01T00:00", 1, true);
    let triple = fcr_ticket("2024-05-01T00:00", 3, true);
    for tickets in [[single.clone(), triple.clone()], [triple, single.clone()]] {
        assert_eq!(fcr(&tickets, days(7), utc("2024-07-01T00:00")).part.count(), 1);
    }
    let twice = [single.clone(), single];
    assert_eq!(fcr(&twice, days(7), utc("2024-07-01T00:00")).part.count(), 1);
}

#[test]
fn more_beyond_the_first_level_than_contacts_is_an_error() {
    assert_eq!(fcr_net(0, 5, 6), Err(PartError::MoreThanWhole { count: 6, of: 5 }));
    assert_eq!(fcr_net(3, 5, 3), Err(PartError::MoreThanWhole { count: 3, of: 2 }));
}

#[test]
fn nobody_present_gives_no_rate_and_shows_the_error_in_the_data() {
    let absent = service::support::AgentWork { n_tickets: 4, n_days_present: 0 };
    let found = handled(&[absent]);
    assert_eq!((found.per_agent_day, found.per_agent_present), (None, None));
    assert_eq!((found.by_agent, found.n_tickets_of_absent), (vec![None], 4));
    assert_eq!(handled(&[]).per_agent, None);
    let none: [service::support::TicketWork<u8>; 0] = [];
    assert!(tickets_by_agent(&none, Credit::Everybody).is_empty());
}

#[test]
fn attainment_comes_with_its_interval() {
    let counts = TargetCounts {
        n_met: 180,
        n_breached: 20,
        n_running_breached: 5,
        ..TargetCounts::default()
    };
    let part = attainment(counts).unwrap().part;
    let found = estimate(part, Method::Wilson, &EstimateOptions::STANDARD);
    let interval = found.interval.unwrap();
    assert!((found.value.unwrap() - 0.8780).abs() < 5e-5, "{found:?}");
    assert!((interval.low - 0.826).abs() < 5e-4 && (interval.high - 0.916).abs() < 5e-4);
}

#[test]
fn a_paused_target_that_is_late_is_breached() {
    let [hour, two] = [3600, 7200].map(Duration::from_secs);
    let counts: TargetCounts = [
        target_state(two, hour, Clock::Paused),
        target_state(hour, two, Clock::Paused),
        TargetState::Cancelled,
    ]
    .into_iter()
    .collect();
    let found = attainment(counts).unwrap();
    assert_eq!((found.part.count(), found.part.of(), found.closed.of()), (0, 1, 0));
    assert_eq!((found.n_undecided, found.n_not_counted), (1, 1));
}

#[test]
fn one_late_target_makes_a_ticket_late_whatever_the_others_do() {
    let state = |clock, is_breached| TargetState::Promised { clock, is_breached };
    let ticket =
        vec![state(Clock::Closed, true), state(Clock::Active, false), TargetState::NoPolicy];
    let found = attainment_per_ticket(&[ticket, vec![]]);
    assert_eq!((found.part.count(), found.part.of()), (0, 1));
    assert_eq!((found.closed.of(), found.n_not_counted), (0, 1));
}

#[test]
fn counts_that_do_not_fit_are_refused() {
    let counts = TargetCounts { n_met: u64::MAX, n_breached: 1, ..TargetCounts::default() };
    assert_eq!(attainment(counts), Err(PartError::TooMany));
    assert_eq!(feedback(StarCounts([u64::MAX, 0, 0, 0, 1])), Err(PartError::TooMany));
}

#[test]
fn nobody_prefers_anything_when_nobody_is_asked() {
    let none: [&str; 0] = [];
    assert!(revealed_mix(none).leaders.is_empty());
    let mix = stated_mix([none]);
    assert_eq!((mix.leaders.len(), mix.of_respondents.len(), mix.missing), (0, 0, 1));
}

#[test]
fn ties_are_reported_and_naming_a_channel_twice_counts_once() {
    let mix = stated_mix([vec!["phone", "chat", "chat"]]);
    assert_eq!(mix.leaders, ["chat", "phone"]);
    assert_eq!(mix.of_selections[0].part, Part::new(1, 2).unwrap());
}

const FUNNEL: Funnel = Funnel {
    n_sent: Some(1000),
    n_delivered: Some(960),
    n_shown: None,
    n_started: Some(260),
    n_completed: 240,
};

#[test]
fn more_answers_than_invitations_are_an_error_even_across_a_stage_nobody_recorded() {
    let expected = FunnelError::Widens {
        earlier: Stage::Delivered,
        n_earlier: 960,
        later: Stage::Started,
        n_later: 961,
    };
    let wide = Funnel { n_started: Some(961), ..FUNNEL };
    assert_eq!(funnel_rates(&wide), Err(expected));
    assert_eq!(expected.to_string(), "961 started cannot come from 960 delivered");
}

#[test]
fn an_empty_stage_gives_no_rate_and_an_unrecorded_one_no_part() {
    let empty = Funnel {
        n_sent: Some(0),
        n_delivered: None,
        n_shown: None,
        n_started: None,
        n_completed: 0,
    };
    let rates = funnel_rates(&empty).unwrap();
    assert_eq!((rates.per_sent.and_then(Part::share), rates.per_sent.is_some()), (None, true));
    assert_eq!(rates.completion, None);
}

#[test]
fn a_widget_without_unknown_cases_has_one_response_rate() {
    let cases =
        Dispositions { n_complete: 30, n_partial: 10, n_refusal: 60, ..Dispositions::default() };
    let rates = aapor_rates(&cases, 1.0).unwrap();
    assert_eq!(rates.rr2, rates.rr6);
    assert_eq!(rates.rr4, rates.rr6.share());
}

#[test]
fn no_cases_give_no_response_rates() {
    let none = Dispositions::default();
    let rates = aapor_rates(&none, 0.5).unwrap();
    assert_eq!((rates.rr1.share(), rates.rr3, rates.rr6.share()), (None, None, None));
    assert_eq!(eligible_share(&none, 0), None);
    // Only unknown cases, all taken not to be eligible.
    let unknown = Dispositions { n_unknown_other: 9, ..none };
    let rates = aapor_rates(&unknown, 0.0).unwrap();
    assert_eq!((rates.rr1.share(), rates.rr3), (Some(0.0), None));
}

#[test]
fn impossible_shares_and_counts_of_cases_are_refused() {
    for eligible_share in [-0.1, 1.1, f64::INFINITY] {
        let expected = DispositionsError::ShareOutOfRange { eligible_share };
        assert_eq!(aapor_rates(&Dispositions::default(), eligible_share), Err(expected));
    }
    assert!(aapor_rates(&Dispositions::default(), f64::NAN).is_err());
    let many = Dispositions { n_complete: u64::MAX, n_unknown_other: 1, ..Dispositions::default() };
    assert_eq!(aapor_rates(&many, 0.5), Err(DispositionsError::TooMany));
}

#[test]
fn three_stars_are_neither_and_nobody_has_no_mean() {
    let neutral = feedback(StarCounts([0, 0, 4, 0, 0])).unwrap();
    assert_eq!((neutral.positive.count(), neutral.negative.count()), (0, 0));
    assert_eq!(neutral.mean, Some(3.0));
    let none = feedback(StarCounts::default()).unwrap();
    assert_eq!((none.positive.share(), none.mean), (None, None));
    assert_eq!((Stars::new(6), Stars::new(5)), (None, Some(Stars::Five)));
}

#[test]
fn orders_without_a_rating_are_no_feedback() {
    let order = |stars| RatedOrder { customer: 1, ordered: utc("2024-05-02T00:00"), stars };
    let may = utc("2024-05-01T00:00")..utc("2024-06-01T00:00");
    let counts = feedback_counts(&[order(None), order(Some(Stars::Two))], &may);
    assert_eq!(counts.all, FeedbackBases { n_feedback: 1, n_orders: 2, n_customers: 1 });
    assert_eq!((counts.negative.n_feedback, counts.positive.n_feedback), (1, 0));
}

#[test]
fn more_bad_ratings_than_orders_are_an_error() {
    let bad = FeedbackBases { n_feedback: 6, n_orders: 6, n_customers: 6 };
    let all = FeedbackBases { n_feedback: 120, n_orders: 5, n_customers: 100 };
    let expected = PartError::MoreThanWhole { count: 6, of: 5 };
    assert_eq!(negative_feedback_rate(bad, all), Err(expected));
}

#[test]
fn the_window_of_defects_holds_its_start_and_not_its_end() {
    let order =
        |ordered: Timestamp| DefectOrder { ordered, defects: [Defect::GuaranteeClaim].into() };
    let as_of = utc("2024-06-30T00:00");
    let start = as_of.checked_sub(days(60)).unwrap();
    let before = start.checked_sub(SignedDuration::from_secs(1)).unwrap();
    let rate = order_defect_rate(&[order(start), order(before), order(as_of)], days(60), as_of);
    assert_eq!((rate.any.of(), rate.guarantee_claim.count(), rate.chargeback.count()), (1, 1, 0));
    assert_eq!(order_defect_rate(&[], days(60), as_of).any.share(), None);
}
