//! Clocks that change, days that do not exist, holidays and leap days, with real time zones.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday, date};
use jiff::tz::TimeZone;
use service::time::{
    DurationError, Granularity, Period, Schedule, ScheduleError, Window, business_time, elapsed,
    minutes, period_of, working_days,
};

use crate::sample::{daily, local, office, utc, window, zone};

fn hours(duration: Duration) -> f64 {
    minutes(duration) / 60.0
}

#[track_caller]
fn check_elapsed(zone_name: &str, start: &str, end: &str, expected_hours: f64) {
    let zone = zone(zone_name);
    let (start, end) = (local(start, &zone), local(end, &zone));
    let all = elapsed(start, end).unwrap();
    assert!((hours(all) - expected_hours).abs() < 1e-9, "{} h", hours(all));
    let always = Schedule::always(zone);
    assert_eq!(business_time(&always, start, end), Ok(all), "a desk that never closes");
}

#[test]
fn a_skipped_hour_does_not_pass() {
    check_elapsed("America/New_York", "2025-03-09T01:30", "2025-03-09T03:30", 1.0);
    check_elapsed("Europe/London", "2025-03-30T00:30", "2025-03-30T03:00", 1.5);
}

#[test]
fn a_repeated_hour_passes_twice() {
    check_elapsed("America/New_York", "2025-11-02T00:30", "2025-11-02T03:30", 4.0);
    check_elapsed("Europe/London", "2025-10-26T00:30", "2025-10-26T03:00", 3.5);
}

#[test]
fn half_hours_of_clock_change_count_as_such() {
    check_elapsed("Australia/Lord_Howe", "2025-10-05T01:00", "2025-10-05T04:00", 2.5);
    check_elapsed("Australia/Lord_Howe", "2025-04-06T01:00", "2025-04-06T04:00", 3.5);
}

#[test]
fn a_day_may_begin_after_midnight_or_twice() {
    check_elapsed("America/Santiago", "2025-09-06T12:00", "2025-09-07T12:00", 23.0);
    check_elapsed("America/Havana", "2025-11-01T12:00", "2025-11-02T12:00", 25.0);
    // One minute after midnight the clocks went back to 23:01 of the day before.
    check_elapsed("America/St_Johns", "2010-11-06T12:00", "2010-11-07T12:00", 25.0);
}

#[test]
fn a_desk_that_never_closes_is_open_on_both_passes_of_midnight() {
    let zone = zone("America/St_Johns");
    // Both on the evening of the sixth by the clock, the second an hour and a half later.
    let (start, end) = (utc("2010-11-07T01:45"), utc("2010-11-07T03:15"));
    assert_eq!(zone.to_datetime(end).date(), date(2010, 11, 6));
    let always = Schedule::always(zone);
    assert_eq!(business_time(&always, start, end), elapsed(start, end));
}

#[track_caller]
fn check_open(schedule: &Schedule, zone: &TimeZone, start: &str, end: &str, expected_hours: f64) {
    let open = business_time(schedule, local(start, zone), local(end, zone)).unwrap();
    assert!((hours(open) - expected_hours).abs() < 1e-9, "{} h", hours(open));
}

#[test]
fn office_hours_do_not_notice_a_change_of_clocks_at_night() {
    for (zone_name, sunday) in [
        ("America/New_York", date(2025, 3, 9)),
        ("America/New_York", date(2025, 11, 2)),
        ("Europe/London", date(2025, 3, 30)),
        ("Australia/Lord_Howe", date(2025, 10, 5)),
        ("America/Santiago", date(2025, 9, 7)),
    ] {
        let zone = zone(zone_name);
        let schedule = office(zone.clone(), window("09:00", "17:00"), &[]);
        let friday = sunday.yesterday().and_then(Date::yesterday).unwrap();
        let (start, end) =
            (format!("{friday}T16:00"), format!("{}T10:00", sunday.tomorrow().unwrap()));
        check_open(&schedule, &zone, &start, &end, 2.0);
    }
}

#[test]
fn a_night_shift_is_an_hour_shorter_in_spring_and_longer_in_autumn() {
    let zone = zone("America/New_York");
    let nights = daily(zone.clone(), &[window("00:00", "06:00")]);
    check_open(&nights, &zone, "2025-03-09T00:00", "2025-03-09T12:00", 5.0);
    check_open(&nights, &zone, "2025-11-02T00:00", "2025-11-02T12:00", 7.0);
    check_open(&nights, &zone, "2025-07-01T00:00", "2025-07-01T12:00", 6.0);
}

#[test]
fn hours_within_a_skipped_hour_are_never_open() {
    let zone = zone("America/New_York");
    let within = daily(zone.clone(), &[window("02:10", "02:50")]);
    check_open(&within, &zone, "2025-03-09T00:00", "2025-03-09T12:00", 0.0);
    // Closing at a time that is skipped is closing when the clocks jump, and nothing counts twice.
    let across = daily(zone.clone(), &[window("01:00", "02:45"), window("03:00", "05:00")]);
    check_open(&across, &zone, "2025-03-09T00:00", "2025-03-09T12:00", 3.0);
}

#[test]
fn a_day_that_was_skipped_has_no_hours() {
    // Samoa went from Thursday to Saturday.
    let zone = zone("Pacific/Apia");
    let schedule = daily(zone.clone(), &[window("09:00", "17:00")]);
    check_open(&schedule, &zone, "2011-12-29T00:00", "2011-12-31T23:00", 16.0);
    let all_day = Schedule::always(zone.clone());
    check_open(&all_day, &zone, "2011-12-29T00:00", "2011-12-31T23:00", 47.0);
}

#[test]
fn asked_in_the_evening_and_answered_in_the_morning_is_one_business_hour() {
    let zone = TimeZone::UTC;
    let schedule = daily(zone.clone(), &[window("07:00", "18:00")]);
    check_open(&schedule, &zone, "2024-05-06T18:00", "2024-05-07T08:00", 1.0);
    check_open(&schedule, &zone, "2024-05-06T20:00", "2024-05-07T06:00", 0.0);
}

#[test]
fn closing_time_is_no_longer_open() {
    let zone = TimeZone::UTC;
    let schedule = office(zone.clone(), window("09:00", "17:00"), &[]);
    check_open(&schedule, &zone, "2024-03-01T17:00", "2024-03-04T09:30", 0.5);
    check_open(&schedule, &zone, "2024-03-01T17:00", "2024-03-01T17:00", 0.0);
}

#[test]
fn holidays_are_days_of_the_schedules_zone() {
    let zone = zone("Asia/Tokyo");
    let hours = window("09:00", "17:00");
    let schedule = office(zone.clone(), hours, &[date(2024, 12, 25), date(2024, 12, 26)]);
    check_open(&schedule, &zone, "2024-12-24T15:00", "2024-12-27T10:00", 3.0);
    // Still Christmas Eve in UTC, but a holiday morning in Tokyo.
    let (start, end) = (utc("2024-12-24T23:30"), utc("2024-12-25T03:00"));
    assert_eq!(business_time(&schedule, start, end), Ok(Duration::ZERO));
}

#[test]
fn a_leap_day_is_a_working_day() {
    let zone = TimeZone::UTC;
    let schedule = office(zone.clone(), window("09:00", "17:00"), &[]);
    check_open(&schedule, &zone, "2024-02-28T16:00", "2024-03-01T10:00", 1.0 + 8.0 + 1.0);
    check_open(&schedule, &zone, "2023-02-28T16:00", "2023-03-01T10:00", 1.0 + 1.0);
    let weekend = [Weekday::Saturday, Weekday::Sunday];
    let days =
        |year| working_days(date(year, 2, 28), date(year, 3, 1), &weekend, &Default::default());
    assert_eq!((days(2024), days(2023)), (Ok(2), Ok(1)));
}

#[test]
fn a_lunch_break_is_closed() {
    let zone = TimeZone::UTC;
    let schedule = daily(zone.clone(), &[window("13:00", "17:00"), window("09:00", "12:00")]);
    check_open(&schedule, &zone, "2024-05-06T11:00", "2024-05-06T14:00", 2.0);
}

#[test]
fn years_of_waiting_are_counted() {
    let zone = zone("Europe/Berlin");
    let schedule = office(zone.clone(), window("09:00", "17:00"), &[]);
    // 2000 began on a Saturday; of its 366 days 260 are from Monday to Friday.
    check_open(&schedule, &zone, "2000-01-01T00:00", "2001-01-01T00:00", 260.0 * 8.0);
}

#[test]
fn an_end_before_the_start_is_an_error_in_either_kind_of_time() {
    let (start, end) = (utc("2024-05-02T00:00"), utc("2024-05-01T00:00"));
    let expected = DurationError::EndBeforeStart { start, end };
    assert_eq!(elapsed(start, end), Err(expected));
    assert_eq!(business_time(&Schedule::always(TimeZone::UTC), start, end), Err(expected));
    assert_eq!(expected.to_string(), "2024-05-01T00:00:00Z lies before 2024-05-02T00:00:00Z");
}

#[test]
fn the_ends_of_the_calendar_are_reached_without_harm() {
    for name in ["UTC", "America/New_York", "Pacific/Apia"] {
        let always = Schedule::always(zone(name));
        for instant in [Timestamp::MIN, Timestamp::MAX] {
            assert_eq!(business_time(&always, instant, instant), Ok(Duration::ZERO));
            let period = period_of(instant, &zone(name), Granularity::IsoWeek);
            assert_eq!(period.granularity(), Granularity::IsoWeek);
        }
    }
    assert_eq!(Period::of_date(Date::MAX, Granularity::Day).next(), None);
}

#[test]
fn overlapping_or_reversed_hours_are_refused() {
    let (morning, noon) = (window("08:00", "12:30"), window("12:00", "13:00"));
    let mut week: [Vec<Window>; 7] = Default::default();
    week[2] = vec![noon, morning];
    let overlap = Schedule::new(TimeZone::UTC, week, []).unwrap_err();
    assert_eq!(overlap, ScheduleError::Overlap { weekday_idx: 2 });
    let (opens, closes) = ("12:00".parse().unwrap(), "12:00".parse().unwrap());
    let reversed = Window::new(opens, closes).unwrap_err();
    assert_eq!(
        reversed.to_string(),
        "hours from 12:00:00 to 12:00:00 end before they begin; split at midnight"
    );
    let late = window("18:00", "00:00");
    let mut week: [Vec<Window>; 7] = Default::default();
    week[0] = vec![late, window("17:00", "18:00")];
    assert!(Schedule::new(TimeZone::UTC, week, []).is_ok(), "midnight is the end of the day");
}

#[test]
fn weeks_belong_to_the_year_of_their_thursday() {
    let label = |date| Period::of_date(date, Granularity::IsoWeek).to_string();
    assert_eq!(label(date(2021, 1, 3)), "2020-W53");
    assert_eq!(label(date(2021, 1, 4)), "2021-W01");
    assert_eq!(label(date(2024, 12, 30)), "2025-W01");
}

#[test]
fn an_instant_lies_in_different_months_in_different_zones() {
    let instant = utc("2024-04-01T04:30");
    let month = |name| period_of(instant, &zone(name), Granularity::Month).to_string();
    assert_eq!(
        (month("America/Chicago"), month("Asia/Tokyo")),
        ("2024-03".into(), "2024-04".into())
    );
}
