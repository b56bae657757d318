//! Cases of durations, percentiles and periods.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::TimeZone;
use scoring::numerics::quantile::{Convention, quantile};
use serde_json::Value;
use service::time::{
    Granularity, Period, Schedule, Window, business_time, elapsed, period_of, share_within,
    summary, working_days,
};

use crate::io::{Inputs, Outcome, maybe, number, object, refused};
use crate::sample::zone;

pub(super) fn run(metric: &str, inputs: &Inputs) -> Option<Outcome> {
    Some(match metric {
        "duration.business" => business(inputs),
        "duration.calendar" => calendar(inputs),
        "duration.summary" => summarised(inputs),
        "duration.working_days" => working(inputs),
        "percentile" => percentile(inputs),
        "trend.bucket" => bucket(inputs),
        _ => return None,
    })
}

/// An instant of a case: local to a zone, or in UTC.
pub(super) fn instant(text: &str, zone: &TimeZone) -> Result<Timestamp, String> {
    let datetime: DateTime = text.parse().map_err(refused)?;
    zone.to_timestamp(datetime).map_err(refused)
}

pub(super) fn hours(duration: Duration) -> Value {
    number(duration.as_secs_f64() / 3600.0)
}

fn ends(inputs: &Inputs) -> Result<(Timestamp, Timestamp), String> {
    let zone = if inputs.has("timezone") { zone(inputs.text("timezone")?) } else { TimeZone::UTC };
    Ok((instant(inputs.text("start")?, &zone)?, instant(inputs.text("end")?, &zone)?))
}

fn calendar(inputs: &Inputs) -> Outcome {
    let (start, end) = ends(inputs)?;
    Ok(object([("hours", hours(elapsed(start, end).map_err(refused)?))]))
}

fn business(inputs: &Inputs) -> Outcome {
    let (start, end) = ends(inputs)?;
    let given = inputs.inner("hours")?;
    let open: Time = given.text("open")?.parse().map_err(refused)?;
    let close: Time = given.text("close")?.parse().map_err(refused)?;
    let window = Window::new(open, close).map_err(refused)?;
    let mut week = std::array::from_fn(|_| Vec::new());
    for day in given.u64s("days")? {
        week[usize::try_from(day).map_err(refused)?].push(window);
    }
    let schedule = Schedule::new(TimeZone::UTC, week, dates(&given, "holidays")?);
    let open = business_time(&schedule.map_err(refused)?, start, end).map_err(refused)?;
    let all = elapsed(start, end).map_err(refused)?;
    Ok(object([("hours", hours(open)), ("calendar_hours", hours(all))]))
}

fn dates(inputs: &Inputs, key: &str) -> Result<BTreeSet<Date>, String> {
    inputs.texts(key)?.iter().map(|text| text.parse().map_err(refused)).collect()
}

fn summarised(inputs: &Inputs) -> Outcome {
    let minutes = inputs.f64s("minutes")?;
    let found = summary(&minutes, Convention::Linear);
    Ok(object([
        ("mean", maybe(found.mean)),
        ("median", maybe(found.median)),
        ("p90", maybe(found.p90)),
        ("geometric_mean", maybe(found.geometric_mean)),
        ("share_within_60", maybe(share_within(&minutes, 60.0).percent())),
    ]))
}

fn working(inputs: &Inputs) -> Outcome {
    let start = inputs.text("start_exclusive")?.parse().map_err(refused)?;
    let end = inputs.text("end_inclusive")?.parse().map_err(refused)?;
    let weekend = [Weekday::Saturday, Weekday::Sunday];
    let days = working_days(start, end, &weekend, &dates(inputs, "holidays")?).map_err(refused)?;
    let less = inputs.u64("less")?;
    Ok(object([("days", Value::from(days - less)), ("before_less", Value::from(days))]))
}

fn percentile(inputs: &Inputs) -> Outcome {
    let convention = match inputs.text("method")? {
        "R1" => Convention::NearestRank,
        "R6" => Convention::Weibull,
        "R7" => Convention::Linear,
        "R8" => Convention::MedianUnbiased,
        other => return Err(format!("{other} is no convention")),
    };
    let value = quantile(&inputs.f64s("values")?, inputs.f64("p")?, convention);
    Ok(object([("value", maybe(value))]))
}

fn bucket(inputs: &Inputs) -> Outcome {
    let granularity = match inputs.text("bucket")? {
        "iso_week" => Granularity::IsoWeek,
        name => Granularity::from_name(name).ok_or("no such period")?,
    };
    if inputs.has("date") {
        let date = inputs.text("date")?.parse().map_err(refused)?;
        let label = Period::of_date(date, granularity).to_string();
        return Ok(object([("label", Value::from(label))]));
    }
    let zone = zone(inputs.text("timezone")?);
    let instant: Timestamp = inputs.text("timestamp")?.parse().map_err(refused)?;
    let local = instant.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%z").to_string();
    let label = |granularity| Value::from(period_of(instant, &zone, granularity).to_string());
    Ok(object([
        ("label", label(granularity)),
        ("day", label(Granularity::Day)),
        ("local", Value::from(local)),
    ]))
}
