//! `candor service`: what tickets and orders say about service. Which column is what is in
//! `columns`, reading rows in `read`, what is computed in `support` and `commerce`, writing in
//! `text`.

mod columns;
mod commerce;
mod read;
mod support;
mod text;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use scoring::proportion::{Part, wilson};
use scoring::{ConfidenceLevel, Interval};
use service::time::{Schedule, Window};

const EXAMPLES: &str = "\
Examples:
  candor service --tickets tickets.csv --zone Europe/Berlin --hours 'mon-fri 09:00-17:00'
  candor service --tickets tickets.csv --frt-target 1h --ttr-target 24h --format json
  candor service --tickets tickets.csv --orders orders.csv --as-of 2026-11-22
  candor service --orders orders.csv --column customer=Email --column amount=Total

Columns are found by their names. Of tickets: created, first_response (a time) or
first_response_minutes, solved, reopened, status, customer, issue, channel, agent, contacts,
handle_minutes. Of orders: customer, time, amount, cancelled.

Exit codes: 0 done; 1 a file or an option could not be used, standard error says which; 2 the
command line is not right.";

/// Service metrics from tickets and orders: response and resolution times, first contact
/// resolution, promises kept, repeat purchases, retention, RFM.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Tickets, one a row: CSV, JSON or a workbook.
    #[arg(long, value_name = "FILE", required_unless_present = "orders")]
    tickets: Option<PathBuf>,
    /// Orders, one a row.
    #[arg(long, value_name = "FILE")]
    orders: Option<PathBuf>,
    /// Which column is what, where its name does not say so, such as `customer=Email`.
    #[arg(long, value_name = "WHAT=NAME")]
    column: Vec<String>,
    /// When the report is made: nothing later has happened yet. Now, when left out.
    #[arg(long, value_name = "TIME")]
    as_of: Option<String>,
    /// Time zone of times without one, of working hours and of days, such as `Europe/Berlin`.
    #[arg(long, value_name = "ZONE", default_value = "UTC", value_parser = zone)]
    zone: TimeZone,
    /// Working hours, such as `mon-fri 09:00-17:00`; may be given again. Always, when left out.
    #[arg(long, value_name = "HOURS")]
    hours: Vec<String>,
    /// Days on which nobody works.
    #[arg(long, value_name = "DATES", value_delimiter = ',')]
    holidays: Vec<Date>,
    /// Promised time to the first response, such as `1h` or `30m`, in working hours.
    #[arg(long, value_name = "DURATION")]
    frt_target: Option<SignedDuration>,
    /// Promised time to the resolution, in working hours.
    #[arg(long, value_name = "DURATION")]
    ttr_target: Option<SignedDuration>,
    /// A customer who writes again about the same issue within so many days was not helped at once.
    #[arg(long, value_name = "DAYS", default_value_t = 7)]
    fcr_days: u16,
    /// An order counts as influenced for so many days after a contact.
    #[arg(long, value_name = "DAYS", default_value_t = 7)]
    influence_days: u16,
    /// Retention compares the customers of the last so many days with those of as many before.
    #[arg(long, value_name = "DAYS", default_value_t = 365)]
    retention_days: u16,
    /// How many decimals the currency has.
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(0..=4))]
    decimals: u8,
    /// Probability that an interval holds the true value.
    #[arg(long, value_name = "SHARE", default_value = "0.95", value_parser = crate::options::confidence)]
    confidence: ConfidenceLevel,
    /// What is written to standard output.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// List the rows that could not be used, on standard error.
    #[arg(long)]
    list_faults: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
}

/// One figure.
#[derive(Clone, Debug, PartialEq)]
struct Figure {
    /// Its name in JSON and CSV, such as `first_response_time_median`.
    metric: &'static str,
    /// Which channel, agent or segment; empty for all.
    of: String,
    unit: Unit,
    /// `None` where it is undefined.
    value: Option<f64>,
    interval: Option<Interval>,
    /// How many tickets, orders or customers it rests on.
    n: u64,
}

/// Unit of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Minutes,
    Percent,
    Count,
    Money,
    Ratio,
}

impl Unit {
    const fn name(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Percent => "percent",
            Self::Count => "count",
            Self::Money => "money",
            Self::Ratio => "ratio",
        }
    }
}

/// All figures, in the order they are shown.
#[derive(Debug)]
struct Figures {
    level: ConfidenceLevel,
    list: Vec<Figure>,
}

impl Figures {
    fn number(&mut self, metric: &'static str, unit: Unit, value: Option<f64>, n: u64) {
        let of = String::new();
        self.list.push(Figure { metric, of, unit, value, interval: None, n });
    }

    fn count(&mut self, metric: &'static str, n: u64) {
        self.number(metric, Unit::Count, Some(n as f64), n);
    }

    /// A share in percent with Wilson's interval.
    fn part(&mut self, metric: &'static str, of: &str, part: Part) {
        let interval = wilson(part, self.level)
            .map(|share| Interval { low: share.low * 100.0, high: share.high * 100.0 });
        let (of, value, n) = (of.to_owned(), part.percent(), part.of());
        self.list.push(Figure { metric, of, unit: Unit::Percent, value, interval, n });
    }
}

/// Reads the files and writes the figures.
///
/// # Errors
/// What is wrong with a file or an option, and what would be right.
pub(crate) fn run(args: &Arguments) -> Result<ExitCode> {
    let as_of = match &args.as_of {
        Some(text) => read::instant(text, &args.zone)
            .with_context(|| format!("--as-of {text:?} is not a time such as 2026-11-22T09:00Z"))?,
        None => Timestamp::now(),
    };
    let schedule = schedule(args)?;
    let named = columns::Named::new(&args.column)?;
    let mut figures = Figures { level: args.confidence, list: Vec::new() };
    let mut faults = Vec::new();
    let mut contacts = None;
    if let Some(path) = &args.tickets {
        let tickets = read::tickets(path, &named, &args.zone, &mut faults)?;
        support::figures(&tickets, &schedule, as_of, args, &mut figures);
        contacts = tickets.contacts();
    }
    if let Some(path) = &args.orders {
        let orders = read::orders(path, &named, &args.zone, args.decimals, &mut faults)?;
        commerce::figures(&orders, contacts.as_deref(), as_of, args, &mut figures)?;
    }
    named.check_used()?;
    read::tell_faults(&faults, args.list_faults)?;
    text::write(&figures.list, as_of, args)?;
    Ok(ExitCode::SUCCESS)
}

fn zone(name: &str) -> Result<TimeZone, String> {
    TimeZone::get(name).map_err(|_| "it is an IANA name such as Europe/Berlin or UTC".to_owned())
}

fn schedule(args: &Arguments) -> Result<Schedule> {
    if args.hours.is_empty() && args.holidays.is_empty() {
        return Ok(Schedule::always(args.zone.clone()));
    }
    let mut week: [Vec<Window>; 7] = std::array::from_fn(|_| Vec::new());
    for text in &args.hours {
        let (days, window) = hours(text).with_context(|| {
            format!("--hours {text:?} is not days and hours such as `mon-fri 09:00-17:00`")
        })?;
        days.into_iter().for_each(|day| week[day].push(window));
    }
    if args.hours.is_empty() {
        week = std::array::from_fn(|_| vec![Window::ALL_DAY]);
    }
    Ok(Schedule::new(args.zone.clone(), week, args.holidays.iter().copied())?)
}

/// Days of the week from 0 for Monday, and the hours of each.
fn hours(text: &str) -> Option<(Vec<usize>, Window)> {
    let (days, hours) = text.trim().split_once(' ')?;
    let (opens, closes) = hours.trim().split_once('-')?;
    let closes = if closes == "24:00" { Time::midnight() } else { closes.parse().ok()? };
    let window = Window::new(opens.parse().ok()?, closes).ok()?;
    let day = |name: &str| {
        let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let name = name.trim().to_lowercase();
        names.iter().position(|known| name.starts_with(known))
    };
    let mut found = Vec::new();
    for part in days.split(',') {
        match part.split_once('-') {
            None => found.push(day(part)?),
            Some((first, last)) => {
                let (first, last) = (day(first)?, day(last)?);
                (0..7)
                    .map(|step| (first + step) % 7)
                    .take((last + 7 - first) % 7 + 1)
                    .for_each(|day| found.push(day));
            }
        }
    }
    Some((found, window))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&[usize]>) {
        assert_eq!(hours(text).map(|(days, _)| days).as_deref(), expected, "{text}");
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        check("mon-fri 09:00-17:00", Some(&[0, 1, 2, 3, 4]));
        check("Sat,Sun 10:00-24:00", Some(&[5, 6]));
        check("Saturday-Monday 08:00-12:00", Some(&[5, 6, 0]));
        check("mon 17:00-09:00", None);
        check("someday 09:00-17:00", None);
        check("mon-fri", None);
    }
}
