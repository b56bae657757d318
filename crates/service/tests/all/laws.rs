//! Laws that hold for every input, tried on random ones.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use scoring::Direction;
use scoring::proportion::Part;
use service::commerce::rfm::{
    BinOptions, BinState, Binning, FewerBins, Nesting, RfmOptions, RfmScore, RfmValues,
    STANDARD_RULES, bins, rfm_scores, segment_mix,
};
use service::commerce::{
    Contact, CustomerCounts, History, Order, Repeat, RetentionByCount, Upgrades, compounded,
    cross_sell, cross_sell_or_upsell, repeat_purchase_rate, repeat_sales, retention_by_count,
    retention_by_id, service_influenced_revenue, upsell,
};
use service::health::{Component, HealthState, Measured, health};
use service::reputation::{StarCounts, feedback};
use service::response::{Dispositions, Funnel, aapor_rates, funnel_rates};
use service::support::{
    Author, Clock, FcrTicket, Progress, Reply, Responder, Step, TargetCounts, TargetState,
    TicketReplies, TicketSteps, answered_within, attainment, attainment_per_ticket, fcr,
    first_responses, resolution, resolution_counts, resolution_rate, revealed_mix, stated_mix,
};
use service::time::{
    Granularity, Period, Schedule, Window, business_time, elapsed, period_of, summary, working_days,
};

use crate::sample::{days, utc, zone};

/// Zones, each with instants around which its clocks do something.
const CHANGES: [(&str, &str); 12] = [
    ("America/New_York", "2025-03-09T07:00"),
    ("America/New_York", "2025-11-02T06:00"),
    ("Europe/London", "2025-03-30T01:00"),
    ("Europe/London", "2025-10-26T01:00"),
    ("Australia/Lord_Howe", "2025-04-05T15:00"),
    ("Australia/Lord_Howe", "2025-10-04T15:30"),
    ("America/Santiago", "2025-04-06T03:00"), // back to just before midnight
    ("America/Santiago", "2025-09-07T04:00"), // midnight does not come
    ("America/Havana", "2025-11-02T05:00"),
    ("America/St_Johns", "2010-11-07T02:31"), // back into the day before
    ("Pacific/Apia", "2011-12-30T10:00"),     // a day that does not come
    ("Asia/Kathmandu", "2024-02-29T00:00"),   // nothing but an odd offset and a leap day
];

/// Windows of a day from times that are quarters of an hour.
fn windows() -> impl Strategy<Value = Vec<Window>> {
    prop::collection::btree_set(0_i16..96, 0..7).prop_map(|quarters| {
        let time = |quarter: i16| {
            let minutes = SignedDuration::from_mins(15 * i64::from(quarter));
            Time::midnight().wrapping_add(minutes)
        };
        let mut quarters: Vec<i16> = quarters.into_iter().collect();
        if quarters.len() % 2 == 1 {
            quarters.push(96); // open until the end of the day
        }
        quarters.chunks(2).map(|pair| Window::new(time(pair[0]), time(pair[1])).unwrap()).collect()
    })
}

/// What a schedule is made of, so that it can be asked otherwise.
#[derive(Clone, Debug)]
struct Hours {
    zone_name: &'static str,
    near: Timestamp,
    week: Vec<Vec<Window>>,
    holidays: BTreeSet<Date>,
}

impl Hours {
    fn schedule(&self) -> Schedule {
        let week = std::array::from_fn(|idx| self.week[idx].clone());
        Schedule::new(zone(self.zone_name), week, self.holidays.clone()).unwrap()
    }

    /// The minutes in which a clock on the wall shows opening hours, counted one by one. When it is
    /// set back, the desk stays as it was until the clock shows new times.
    fn minutes_by_counting(&self, range: MinuteRange) -> u64 {
        let zone = zone(self.zone_name);
        // Clocks have been set back by less than three hours.
        let mut at = range.start.checked_sub(SignedDuration::from_mins(180)).unwrap();
        let mut latest = DateTime::MIN;
        let (mut date, mut windows) = (Date::MIN, Vec::new());
        let mut n_open = 0;
        while at < range.end {
            latest = latest.max(zone.to_datetime(at));
            if latest.date() != date {
                date = latest.date();
                windows = self.spelled_out_on(date);
            }
            let is_open = windows.iter().any(|(opens, closes)| (*opens..*closes).contains(&latest));
            n_open += u64::from(at >= range.start && is_open);
            at += SignedDuration::from_mins(1);
        }
        n_open
    }

    /// Opening hours of a day as local dates and times.
    fn spelled_out_on(&self, date: Date) -> Vec<(DateTime, DateTime)> {
        if self.holidays.contains(&date) {
            return Vec::new();
        }
        let idx = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
        let local = |window: &Window| {
            let closes = match window.closes() {
                time if time == Time::midnight() => date.tomorrow().unwrap().to_datetime(time),
                time => date.to_datetime(time),
            };
            (date.to_datetime(window.opens()), closes)
        };
        self.week[idx].iter().map(local).collect()
    }
}

fn hours() -> impl Strategy<Value = Hours> {
    let change = prop::sample::select(CHANGES.to_vec());
    let holidays = prop::collection::btree_set(-4_i64..5, 0..3);
    (change, prop::collection::vec(windows(), 7), holidays).prop_map(
        |((zone_name, near), week, holidays)| {
            let near = utc(near);
            let day = zone(zone_name).to_datetime(near).date();
            let holidays = holidays.into_iter().map(|n| day.saturating_add(days(n))).collect();
            Hours { zone_name, near, week, holidays }
        },
    )
}

#[derive(Clone, Copy, Debug)]
struct MinuteRange {
    start: Timestamp,
    end: Timestamp,
}

/// A range that begins some minutes after an instant, or before it.
fn range(near: Timestamp, start_minutes: i64, length_minutes: i64) -> MinuteRange {
    let start = near.checked_add(SignedDuration::from_mins(start_minutes)).unwrap();
    let end = start.checked_add(SignedDuration::from_mins(length_minutes)).unwrap();
    MinuteRange { start, end }
}

fn instant() -> impl Strategy<Value = Timestamp> {
    (0_i64..60 * 24 * 30)
        .prop_map(|minutes| utc("2024-02-15T00:00") + SignedDuration::from_mins(minutes))
}

proptest! {
    #[test]
    fn business_time_is_what_a_clock_on_the_wall_counts(
        hours in hours(), start in -2500_i64..500, length in 0_i64..3000,
    ) {
        let range = range(hours.near, start, length);
        let open = business_time(&hours.schedule(), range.start, range.end).unwrap();
        prop_assert_eq!(open, Duration::from_secs(60 * hours.minutes_by_counting(range)));
    }

    #[test]
    fn business_time_is_at_most_calendar_time_and_adds_up(
        hours in hours(), start in -4000_i64..4000,
        lengths in (0_i64..4000, 0_i64..4000), holiday in -3_i64..4,
    ) {
        let schedule = hours.schedule();
        let first = range(hours.near, start, lengths.0);
        let second = range(first.end, 0, lengths.1);
        let open = |schedule: &Schedule, start, end| business_time(schedule, start, end).unwrap();
        let whole = open(&schedule, first.start, second.end);
        prop_assert!(whole <= elapsed(first.start, second.end).unwrap());
        let parts = open(&schedule, first.start, first.end) + open(&schedule, second.start, second.end);
        prop_assert_eq!(whole, parts);

        let day = zone(hours.zone_name).to_datetime(hours.near).date().saturating_add(days(holiday));
        let mut fewer = hours.clone();
        fewer.holidays.insert(day);
        prop_assert!(open(&fewer.schedule(), first.start, second.end) <= whole);
    }

    #[test]
    fn a_desk_that_never_closes_works_in_calendar_time(
        hours in hours(), start in -4000_i64..4000, length in 0_i64..20_000,
    ) {
        let range = range(hours.near, start, length);
        let always = Schedule::always(zone(hours.zone_name));
        let open = business_time(&always, range.start, range.end);
        prop_assert_eq!(open, elapsed(range.start, range.end));
    }

    #[test]
    fn an_instant_lies_in_its_period_and_in_no_other(
        at in instant(), change in prop::sample::select(CHANGES.to_vec()),
        granularity in prop::sample::select(Granularity::ALL.to_vec()),
    ) {
        let zone = zone(change.0);
        let period = period_of(at, &zone, granularity);
        let date = zone.to_datetime(at).date();
        prop_assert!(period.start() <= date && date < period.next().unwrap().start());
        prop_assert_eq!(Period::of_date(period.start(), granularity), period);
    }

    #[test]
    fn working_days_add_up(start in 0_i64..800, lengths in (0_i64..200, 0_i64..200)) {
        let weekend = [jiff::civil::Weekday::Saturday, jiff::civil::Weekday::Sunday];
        let holidays = [jiff::civil::date(2024, 12, 25)].into();
        let day = |n: i64| jiff::civil::date(2023, 1, 1).saturating_add(days(n));
        let count = |from, to| working_days(day(from), day(to), &weekend, &holidays).unwrap();
        let (middle, end) = (start + lengths.0, start + lengths.0 + lengths.1);
        prop_assert_eq!(count(start, end), count(start, middle) + count(middle, end));
        prop_assert!(count(start, end) <= (end - start).unsigned_abs());
    }

    #[test]
    fn a_summary_lies_between_its_ends_and_order_does_not_matter(
        mut minutes in prop::collection::vec(0.0_f64..1e6, 1..40),
    ) {
        let found = summary(&minutes, Default::default());
        let (median, p90, max) = (found.median.unwrap(), found.p90.unwrap(), found.max.unwrap());
        prop_assert!(median <= p90 && p90 <= max);
        prop_assert!(found.mean.unwrap() <= max * (1.0 + 1e-12));
        if let Some(geometric_mean) = found.geometric_mean {
            prop_assert!(geometric_mean <= found.mean.unwrap() * (1.0 + 1e-9));
        }
        minutes.reverse();
        prop_assert_eq!(summary(&minutes, Default::default()), found);
    }
}

fn author() -> impl Strategy<Value = Author> {
    prop::sample::select(vec![Author::Agent, Author::Bot, Author::Automatic])
}

fn ticket_replies() -> impl Strategy<Value = TicketReplies> {
    let reply = (instant(), author(), any::<bool>()).prop_map(|(at, author, is_public)| Reply {
        at,
        author,
        is_public,
    });
    (instant(), any::<bool>(), prop::collection::vec(reply, 0..5)).prop_map(
        |(created, is_created_by_agent, replies)| TicketReplies {
            created,
            is_created_by_agent,
            replies,
        },
    )
}

fn ticket_steps() -> impl Strategy<Value = TicketSteps> {
    let step = prop::sample::select(vec![Step::Solved, Step::Reopened]);
    (instant(), prop::collection::vec((step, instant()), 0..6))
        .prop_map(|(created, steps)| TicketSteps { created, steps })
}

fn fcr_ticket() -> impl Strategy<Value = FcrTicket<u8, u8>> {
    (0_u8..3, 0_u8..2, 0_i64..40, 1_u64..3, any::<bool>()).prop_map(
        |(customer, issue, day, n_contacts, is_resolved)| FcrTicket {
            customer,
            issue,
            created: utc("2024-02-15T00:00") + days(day),
            n_contacts,
            is_resolved,
        },
    )
}

fn target() -> impl Strategy<Value = TargetState> {
    let clock = prop::sample::select(vec![Clock::Active, Clock::Paused, Clock::Closed]);
    prop_oneof![
        Just(TargetState::NoPolicy),
        Just(TargetState::Cancelled),
        (clock, any::<bool>())
            .prop_map(|(clock, is_breached)| TargetState::Promised { clock, is_breached }),
    ]
}

proptest! {
    #[test]
    fn every_ticket_is_answered_unanswered_or_invalid(
        tickets in prop::collection::vec(ticket_replies(), 0..20), as_of in instant(),
    ) {
        let always = Schedule::always(jiff::tz::TimeZone::UTC);
        let times = first_responses(&tickets, Responder::Human, &always, as_of);
        let n = times.calendar.n + times.n_unanswered + times.n_invalid;
        prop_assert_eq!(n, tickets.len() as u64);
        prop_assert_eq!(&times.business, &times.calendar);
        let mut turned = tickets.clone();
        turned.reverse();
        turned.iter_mut().for_each(|ticket| ticket.replies.reverse());
        prop_assert_eq!(first_responses(&turned, Responder::Human, &always, as_of), times);
    }

    #[test]
    fn more_time_answers_more_of_the_same_tickets(
        tickets in prop::collection::vec(ticket_replies(), 0..20), minutes in 0_u64..5000,
    ) {
        let long_after = utc("2024-12-31T00:00");
        let within = |minutes: u64| {
            let limit = Duration::from_secs(60 * minutes);
            answered_within(&tickets, Responder::Human, limit, long_after)
        };
        let (less, more) = (within(minutes), within(minutes + 30));
        prop_assert!(less.of() == more.of() && less.count() <= more.count());
    }

    #[test]
    fn open_time_is_at_most_the_time_to_full_resolution(
        ticket in ticket_steps(), as_of in instant(),
    ) {
        if let Ok(Progress::Solved(times)) = resolution(&ticket, as_of) {
            prop_assert!(times.first <= times.full);
            prop_assert!(times.open <= times.full && times.first <= times.open);
        }
    }

    #[test]
    fn no_more_are_resolved_of_a_cohort_than_were_received(
        tickets in prop::collection::vec(ticket_steps(), 0..20), ends in (instant(), instant()),
        as_of in instant(),
    ) {
        let period = ends.0.min(ends.1)..ends.0.max(ends.1);
        let counts = resolution_counts(&tickets, &period, as_of);
        let rate = resolution_rate(counts).unwrap();
        prop_assert!(rate.flow.is_none_or(f64::is_finite));
        prop_assert_eq!(rate.flow.is_none(), rate.cohort.share().is_none());
    }

    #[test]
    fn the_order_of_tickets_does_not_matter_to_first_contact_resolution(
        (tickets, turned) in prop::collection::vec(fcr_ticket(), 0..20)
            .prop_flat_map(|tickets| (Just(tickets.clone()), Just(tickets).prop_shuffle())),
        window_days in 0_i64..20,
    ) {
        let as_of = utc("2024-03-20T00:00");
        let found = fcr(&tickets, days(window_days), as_of);
        prop_assert_eq!(found.part, fcr(&turned, days(window_days), as_of).part);
        prop_assert_eq!(found.part.of() + found.n_too_young, tickets.len() as u64);
        // Of tickets that are all old enough, a longer window never makes more of them first.
        let long_after = utc("2025-01-01T00:00");
        let wider = fcr(&tickets, days(window_days + 3), long_after).part;
        prop_assert!(wider.count() <= fcr(&tickets, days(window_days), long_after).part.count());
    }

    #[test]
    fn every_target_is_met_breached_undecided_or_not_counted(
        tickets in prop::collection::vec(prop::collection::vec(target(), 0..4), 0..12),
    ) {
        let targets: Vec<TargetState> = tickets.iter().flatten().copied().collect();
        let found = attainment(targets.iter().copied().collect::<TargetCounts>()).unwrap();
        let n = found.part.of() + found.n_undecided + found.n_not_counted;
        prop_assert_eq!(n, targets.len() as u64);
        prop_assert!(found.closed.of() <= found.part.of());
        prop_assert!(found.part.share() <= found.closed.share() || found.closed.of() == 0);
        let per_ticket = attainment_per_ticket(&tickets);
        let n = per_ticket.part.of() + per_ticket.n_undecided + per_ticket.n_not_counted;
        prop_assert_eq!(n, tickets.len() as u64);
        prop_assert!(per_ticket.part.count() <= found.part.count());
    }

    #[test]
    fn shares_of_channels_add_up(
        answers in prop::collection::vec(prop::collection::vec(0_u8..5, 0..4), 0..20),
    ) {
        let mix = stated_mix(answers.iter().cloned());
        let sum = |shares: &[service::support::ChannelShare<u8>]| {
            shares.iter().filter_map(|share| share.part.share()).sum::<f64>()
        };
        if !mix.of_selections.is_empty() {
            prop_assert!((sum(&mix.of_selections) - 1.0).abs() < 1e-9);
            prop_assert!(sum(&mix.of_respondents) > 1.0 - 1e-9);
        }
        let contacts = revealed_mix(answers.iter().flatten().copied());
        if !contacts.shares.is_empty() {
            prop_assert!((sum(&contacts.shares) - 1.0).abs() < 1e-9);
            let top = contacts.shares[0].part.count();
            prop_assert!(contacts.shares.iter().all(|share| share.part.count() <= top));
        }
        prop_assert!(contacts.leaders.len() <= contacts.shares.len());
        let blank = answers.into_iter().chain([Vec::new()]);
        let with_blank = stated_mix(blank);
        prop_assert_eq!(with_blank.missing, mix.missing + 1);
        prop_assert_eq!(with_blank.of_respondents, mix.of_respondents);
    }
}

fn dispositions() -> impl Strategy<Value = Dispositions> {
    prop::array::uniform7(0_u64..2000).prop_map(|n| Dispositions {
        n_complete: n[0],
        n_partial: n[1],
        n_refusal: n[2],
        n_non_contact: n[3],
        n_other: n[4],
        n_unknown_household: n[5],
        n_unknown_other: n[6],
    })
}

proptest! {
    #[test]
    fn response_rates_rise_from_the_strictest_to_the_most_generous(
        cases in dispositions(), e in 0.0_f64..=1.0,
    ) {
        let rates = aapor_rates(&cases, e).unwrap();
        let rising = |low: Option<f64>, high: Option<f64>| match (low, high) {
            (Some(low), Some(high)) => low <= high + 1e-12,
            _ => true,
        };
        prop_assert!(rising(rates.rr1.share(), rates.rr3) && rising(rates.rr3, rates.rr5.share()));
        prop_assert!(rising(rates.rr2.share(), rates.rr4) && rising(rates.rr4, rates.rr6.share()));
        prop_assert!(rising(rates.rr1.share(), rates.rr2.share()));
        prop_assert!(rising(rates.rr3, rates.rr4));
        let close = |a: Option<f64>, b: Option<f64>| rising(a, b) && rising(b, a);
        prop_assert!(close(aapor_rates(&cases, 1.0).unwrap().rr3, rates.rr1.share()));
        prop_assert!(close(aapor_rates(&cases, 0.0).unwrap().rr3, rates.rr5.share()));
    }

    #[test]
    fn a_funnel_never_widens_and_its_rates_rise(mut n in prop::array::uniform5(0_u64..1000)) {
        let funnel = |n: [u64; 5]| Funnel {
            n_sent: Some(n[0]),
            n_delivered: Some(n[1]),
            n_shown: Some(n[2]),
            n_started: Some(n[3]),
            n_completed: n[4],
        };
        let is_falling = n.windows(2).all(|pair| pair[0] >= pair[1]);
        prop_assert_eq!(funnel_rates(&funnel(n)).is_ok(), is_falling);
        n.sort_unstable_by(|a, b| b.cmp(a));
        let rates = funnel_rates(&funnel(n)).unwrap();
        let share = |part: Option<Part>| part.and_then(Part::share);
        if n[3] > 0 {
            prop_assert!(share(rates.per_sent) <= share(rates.per_delivered));
            prop_assert!(share(rates.per_delivered) <= share(rates.per_shown));
            prop_assert!(share(rates.per_shown) <= share(rates.completion));
        }
    }

    #[test]
    fn ratings_are_good_bad_or_neither(stars in prop::array::uniform5(0_u64..1_000_000_000)) {
        let found = feedback(StarCounts(stars)).unwrap();
        let shares = [found.positive, found.neutral, found.negative].map(Part::share);
        match shares {
            [Some(positive), Some(neutral), Some(negative)] => {
                prop_assert!((positive + neutral + negative - 1.0).abs() < 1e-9);
                prop_assert!((1.0..=5.0).contains(&found.mean.unwrap()));
            }
            _ => prop_assert_eq!(found.mean, None),
        }
    }

    #[test]
    fn who_is_retained_has_not_churned(
        start in prop::collection::btree_set(0_u8..30, 0..20),
        end in prop::collection::btree_set(0_u8..30, 0..20),
    ) {
        let found = retention_by_id(&start, &end);
        prop_assert_eq!(found.retained.count() + found.churned.count(), start.len() as u64);
        prop_assert_eq!(found.retained.count() + found.n_gained, end.len() as u64);
        // Counts that call only the truly new ones new say at least as much.
        let counts = CustomerCounts {
            n_start: start.len() as u64,
            n_end: end.len() as u64,
            n_new: found.n_gained,
        };
        let by_count = retention_by_count(counts).unwrap();
        prop_assert_eq!(by_count.ratio(), found.retained.share());
        let is_hidden = matches!(by_count, RetentionByCount::HidesReturned { .. });
        prop_assert!(!is_hidden);
    }

    #[test]
    fn more_periods_lose_more_but_never_everybody_twice(share in 0.0_f64..=1.0, n in 0_u32..60) {
        let (now, later) = (compounded(share, n).unwrap(), compounded(share, n + 1).unwrap());
        prop_assert!((0.0..=1.0).contains(&now) && now <= later);
        prop_assert!(now <= share * f64::from(n) + 1e-12);
        prop_assert!((1.0 - now - (1.0 - share).powf(f64::from(n))).abs() < 1e-9);
    }
}

fn order() -> impl Strategy<Value = Order<u8>> {
    (0_u8..6, instant(), -500_i64..5000).prop_map(|(customer, at, amount_minor)| Order {
        customer,
        at,
        amount_minor,
    })
}

fn history() -> impl Strategy<Value = History<u8>> {
    let products = || prop::collection::btree_set(0_u8..8, 0..4);
    (products(), products()).prop_map(|(first, later)| History { first, later })
}

proptest! {
    #[test]
    fn repeat_sales_leave_one_order_to_each_customer(
        orders in prop::collection::vec(order(), 0..40),
    ) {
        let customers: BTreeSet<u8> = orders
            .iter()
            .filter(|order| order.is_purchase())
            .map(|order| order.customer)
            .collect();
        let sales = repeat_sales(&orders);
        prop_assert_eq!(sales.orders.rest(), customers.len() as u64);
        prop_assert!((0..=sales.total_minor).contains(&sales.value_minor));
        let by_order = repeat_purchase_rate(&orders, &Repeat::Order);
        let by_day = repeat_purchase_rate(&orders, &Repeat::Day(jiff::tz::TimeZone::UTC));
        prop_assert!(by_day.of() == by_order.of() && by_day.count() <= by_order.count());
        prop_assert!(by_order.count() <= sales.orders.count());
    }

    #[test]
    fn more_contacts_and_longer_windows_never_influence_less(
        orders in prop::collection::vec(order(), 0..30),
        contacts in prop::collection::vec((0_u8..6, instant()), 0..10), window_days in 0_i64..10,
    ) {
        let contacts: Vec<Contact<u8>> =
            contacts.into_iter().map(|(customer, at)| Contact { customer, at }).collect();
        let of = |contacts: &[Contact<u8>], n| service_influenced_revenue(&orders, contacts, days(n));
        let all = of(&contacts, window_days);
        prop_assert!((0..=all.total_minor).contains(&all.influenced_minor));
        prop_assert!(all.share.is_none_or(|share| (0.0..=1.0).contains(&share)));
        let half = of(&contacts[..contacts.len() / 2], window_days);
        prop_assert!(half.influenced_minor <= all.influenced_minor);
        prop_assert!(all.influenced_minor <= of(&contacts, window_days + 1).influenced_minor);
    }

    #[test]
    fn either_sale_is_at_least_each_and_at_most_both(
        histories in prop::collection::vec(history(), 0..12),
        better in prop::collection::btree_map(0_u8..8, prop::collection::btree_set(0_u8..8, 0..3), 0..5),
    ) {
        let upgrades: Upgrades<u8, ()> = Upgrades::Listed(better);
        let cross = cross_sell(&histories, &upgrades);
        let up = upsell(&histories, &upgrades);
        let either = cross_sell_or_upsell(&histories, &upgrades);
        prop_assert!(cross.of() == either.of() && up.of() == either.of());
        prop_assert!(cross.count().max(up.count()) <= either.count());
        prop_assert!(either.count() <= cross.count() + up.count());
    }
}

fn convention() -> impl Strategy<Value = Binning> {
    prop_oneof![
        Just(Binning::Quantile),
        Just(Binning::QuantilePlusOne),
        Just(Binning::Tiles),
        Just(Binning::RankFirst),
        Just(Binning::Thresholds(vec![2.0, 5.0, 11.0, 17.5])),
    ]
}

proptest! {
    #[test]
    fn better_customers_never_have_lower_scores(
        values in prop::collection::vec((0_i32..25).prop_map(f64::from), 0..40),
        binning in convention(), is_lower_better in any::<bool>(), is_spread in any::<bool>(),
    ) {
        let direction =
            if is_lower_better { Direction::LowerIsBetter } else { Direction::HigherIsBetter };
        let fewer = if is_spread { FewerBins::Rescale } else { FewerBins::Keep };
        let options = BinOptions { binning, n_bins: 5, direction, fewer };
        let found = bins(&values, &options).unwrap();
        prop_assert_eq!(found.scores.len(), values.len());
        prop_assert!(found.scores.iter().all(|score| (1..=5).contains(score)));
        prop_assert_eq!(found.state == BinState::NoData, values.is_empty());
        let tells_equal_apart = matches!(options.binning, Binning::Tiles | Binning::RankFirst);
        for (a, score_a) in values.iter().zip(&found.scores) {
            for (b, score_b) in values.iter().zip(&found.scores) {
                let is_better = if is_lower_better { a < b } else { a > b };
                prop_assert!(!is_better || score_a >= score_b);
                prop_assert!(tells_equal_apart || (a - b).abs() > 0.5 || score_a == score_b);
            }
        }
    }

    #[test]
    fn tiles_differ_by_at_most_one_customer(values in prop::collection::vec(-1e9_f64..1e9, 5..60)) {
        let options = BinOptions {
            binning: Binning::Tiles,
            n_bins: 5,
            direction: Direction::HigherIsBetter,
            fewer: FewerBins::Keep,
        };
        let scores = bins(&values, &options).unwrap().scores;
        let sizes: Vec<usize> =
            (1..=5).map(|tile| scores.iter().filter(|score| **score == tile).count()).collect();
        prop_assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1);
        prop_assert!(sizes.windows(2).all(|pair| pair[0] >= pair[1]));
    }

    #[test]
    fn the_order_of_customers_does_not_matter_to_their_scores(
        values in prop::collection::vec((0_u32..400, 1_u64..12, -900_i128..9000), 0..30),
        is_nested in any::<bool>(),
    ) {
        let customers: Vec<RfmValues<usize>> = values
            .into_iter()
            .enumerate()
            .map(|(customer, (recency_days, n_orders, revenue_minor))| RfmValues {
                customer, recency_days, n_orders, revenue_minor,
            })
            .collect();
        let nesting = if is_nested { Nesting::Nested } else { Nesting::Independent };
        let options = RfmOptions { nesting, ..RfmOptions::STANDARD };
        let found = rfm_scores(&customers, &options).unwrap();
        let mut turned = customers.clone();
        turned.reverse();
        let mut back = rfm_scores(&turned, &options).unwrap();
        back.scores.reverse();
        prop_assert_eq!(&back, &found);
        let mix = segment_mix(&found.scores, &STANDARD_RULES);
        let n = mix.iter().map(|share| share.part.count()).sum::<u64>();
        prop_assert_eq!(n, customers.len() as u64);
    }

    #[test]
    fn every_score_has_one_segment(recency in 1_u8..6, frequency in 1_u8..6, monetary in 1_u8..6) {
        let mix = segment_mix(&[RfmScore { recency, frequency, monetary }], &STANDARD_RULES);
        prop_assert_eq!(mix.iter().filter(|share| share.part.count() == 1).count(), 1);
    }
}

fn measured() -> impl Strategy<Value = Vec<(f64, bool, Option<f64>)>> {
    let value = prop::option::of(-50.0_f64..150.0);
    prop::collection::vec((0.01_f64..10.0, any::<bool>(), value), 1..8)
}

fn of_parts(parts: &[(f64, bool, Option<f64>)], factor: f64) -> Vec<Measured> {
    let of = |(weight, is_lower_better, value): &(f64, bool, Option<f64>)| {
        let direction =
            if *is_lower_better { Direction::LowerIsBetter } else { Direction::HigherIsBetter };
        let component = Component::new(factor * weight, 0.0, 100.0, direction).unwrap();
        Measured { component, value: *value }
    };
    parts.iter().map(of).collect()
}

proptest! {
    #[test]
    fn health_lies_within_its_parts_and_only_proportions_of_weights_matter(
        parts in measured(), factor in 0.001_f64..1000.0,
    ) {
        let found = health(&of_parts(&parts, 1.0), 0.0).unwrap();
        prop_assert!((0.0..=1.0).contains(&found.coverage));
        let points: Vec<f64> = found.points.iter().copied().flatten().collect();
        match found.score {
            Some(score) => {
                let low = points.iter().copied().fold(f64::INFINITY, f64::min);
                let high = points.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                prop_assert!(low - 1e-9 <= score && score <= high + 1e-9);
                let scaled = health(&of_parts(&parts, factor), 0.0).unwrap();
                prop_assert!((scaled.score.unwrap() - score).abs() < 1e-9);
            }
            None => prop_assert_eq!(found.state, HealthState::NoData),
        }
    }

    #[test]
    fn a_better_measure_never_lowers_health(parts in measured(), more in 0.0_f64..80.0) {
        let mut better = parts.clone();
        for (_, is_lower_better, value) in &mut better {
            *value = value.map(|value| if *is_lower_better { value - more } else { value + more });
        }
        let of = |parts: &[_]| health(&of_parts(parts, 1.0), 0.0).unwrap().score;
        match (of(&parts), of(&better)) {
            (Some(before), Some(after)) => prop_assert!(before <= after + 1e-9),
            (before, after) => prop_assert_eq!(before, after),
        }
    }

    #[test]
    fn what_was_not_measured_changes_only_the_coverage(parts in measured(), weight in 0.01_f64..10.0) {
        let before = health(&of_parts(&parts, 1.0), 0.0).unwrap();
        let more: Vec<_> = parts.iter().copied().chain([(weight, false, None)]).collect();
        let after = health(&of_parts(&more, 1.0), 0.0).unwrap();
        prop_assert!(after.coverage <= before.coverage);
        match (before.score, after.score) {
            (Some(before), Some(after)) => prop_assert!((before - after).abs() < 1e-9),
            (before, after) => prop_assert_eq!(before, after),
        }
    }
}
