//! Rows of files as tickets and orders. A cell that cannot be read is told with its row, and its
//! row is left out of what needs it; nothing is guessed.

use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use service::commerce::{Contact, Order};
use tables::inspect::{Overrides, Profile};
use tables::rows::{Row, Rows};
use tables::time::{DateOrder, WallTime};
use tables::{ColumnIdx, Inspection};

use super::columns::{Named, ORDER, TICKET};
use crate::input::Input;

/// One ticket; a field is `None` where the file does not say it.
#[derive(Clone, Debug)]
pub(super) struct Ticket {
    pub(super) created: Timestamp,
    pub(super) first_response: Option<Timestamp>,
    pub(super) solved: Option<Timestamp>,
    pub(super) reopened: Option<Timestamp>,
    pub(super) is_solved: bool,
    pub(super) customer: Option<String>,
    pub(super) issue: Option<String>,
    pub(super) channel: Option<String>,
    pub(super) agent: Option<String>,
    pub(super) n_contacts: Option<u64>,
    pub(super) handle_minutes: Option<f64>,
}

/// The tickets of a file, and what the file tells of them.
pub(super) struct Tickets {
    pub(super) list: Vec<Ticket>,
    pub(super) has_responses: bool,
    pub(super) has_solutions: bool,
}

impl Tickets {
    /// Who wrote when; `None` when the file does not say who.
    pub(super) fn contacts(&self) -> Option<Vec<Contact<String>>> {
        let contact = |ticket: &Ticket| {
            Some(Contact { customer: ticket.customer.clone()?, at: ticket.created })
        };
        let contacts: Vec<_> = self.list.iter().filter_map(contact).collect();
        (!contacts.is_empty()).then_some(contacts)
    }
}

/// One cell that could not be used.
pub(super) struct RowFault {
    file: String,
    row: u64,
    what: String,
}

/// Reads tickets.
///
/// # Errors
/// When the file cannot be read or has no column with the time of creation.
pub(super) fn tickets(
    path: &Path,
    named: &Named,
    zone: &TimeZone,
    faults: &mut Vec<RowFault>,
) -> Result<Tickets> {
    let (input, inspection) = open(path)?;
    let file = input.name();
    let found = named.found(&inspection, TICKET).with_context(|| file.to_owned())?;
    let created = found.needed("created").with_context(|| file.to_owned())?;
    let response_minutes = found.maybe("first_response_minutes");
    let mut list = Vec::new();
    let times = Times::of(&inspection, zone);
    let rows = Rows::new(&inspection.format, &inspection.column_names(), |row| {
        let mut fault = |what: String| {
            faults.push(RowFault { file: file.to_owned(), row: row.number, what });
        };
        let text = |what: &str| {
            found.maybe(what).map(|column| row.cell(column).into_owned()).filter(|t| !t.is_empty())
        };
        let mut time = |what: &str| {
            let column = found.maybe(what)?;
            let cell = row.cell(column);
            if cell.is_empty() {
                return None;
            }
            let at = times.read(&cell, column);
            if at.is_none() {
                fault(format!("{what}: {cell:?} is not a time"));
            }
            at
        };
        let (first_response, solved) = (time("first_response"), time("solved"));
        let reopened = time("reopened");
        let cell = row.cell(created).into_owned();
        let Some(created_at) = times.read(&cell, created) else {
            fault(format!("created: {cell:?} is not a time; the ticket is left out"));
            return;
        };
        let mut number = |what: &str| {
            let cell = text(what)?;
            let number = cell.parse().ok().filter(|number: &f64| *number >= 0.0);
            if number.is_none() {
                fault(format!("{what}: {cell:?} is not a number from 0 up"));
            }
            number
        };
        let minutes = number("first_response_minutes").and_then(|minutes| {
            created_at
                .checked_add(jiff::SignedDuration::try_from_secs_f64(minutes * 60.0).ok()?)
                .ok()
        });
        let status = text("status").map(|status| status.to_lowercase());
        let is_solved = match status.as_deref() {
            Some(status) => matches!(status, "solved" | "closed" | "resolved" | "done"),
            None => solved.is_some(),
        };
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked: from 0 up"
        )]
        let n_contacts = number("contacts").map(|number| number as u64);
        list.push(Ticket {
            created: created_at,
            first_response: first_response.or(minutes),
            solved,
            reopened,
            is_solved,
            customer: text("customer"),
            issue: text("issue"),
            channel: text("channel"),
            agent: text("agent"),
            n_contacts,
            handle_minutes: number("handle_minutes"),
        });
    });
    read_all(&input, rows)?;
    Ok(Tickets {
        list,
        has_responses: found.maybe("first_response").or(response_minutes).is_some(),
        has_solutions: found.maybe("solved").is_some(),
    })
}

/// Reads orders. Cancelled ones are left out.
///
/// # Errors
/// When the file cannot be read or lacks a column that is needed.
pub(super) fn orders(
    path: &Path,
    named: &Named,
    zone: &TimeZone,
    decimals: u8,
    faults: &mut Vec<RowFault>,
) -> Result<Vec<Order<String>>> {
    let (input, inspection) = open(path)?;
    let file = input.name();
    let found = named.found(&inspection, ORDER).with_context(|| file.to_owned())?;
    let needed = |what| found.needed(what).with_context(|| file.to_owned());
    let (customer, time, amount) = (needed("customer")?, needed("time")?, needed("amount")?);
    let cancelled = found.maybe("cancelled");
    let times = Times::of(&inspection, zone);
    let mut list = Vec::new();
    let rows = Rows::new(&inspection.format, &inspection.column_names(), |row| {
        let is_cancelled = cancelled.is_some_and(|column| {
            let cell = row.cell(column).to_lowercase();
            !matches!(cell.as_str(), "" | "no" | "false" | "0")
        });
        if is_cancelled {
            return;
        }
        let mut fault = |what: String| {
            faults.push(RowFault { file: file.to_owned(), row: row.number, what });
        };
        let who = row.cell(customer).into_owned();
        let (at, paid) = (row.cell(time), row.cell(amount));
        match (times.read(&at, time), minor(&paid, decimals)) {
            _ if who.is_empty() => fault("customer is empty; the order is left out".into()),
            (None, _) => fault(format!("time: {at:?} is not a time; the order is left out")),
            (_, None) => fault(format!(
                "amount: {paid:?} is not an amount with {decimals} decimals; the order is left out"
            )),
            (Some(at), Some(amount_minor)) => list.push(Order { customer: who, at, amount_minor }),
        }
    });
    read_all(&input, rows)?;
    Ok(list)
}

/// Opens a file, and says what it seems to be.
fn open(path: &Path) -> Result<(Input, Inspection)> {
    let input = Input::open(path)?;
    let inspection = input.inspection(Overrides::default());
    let inspection = inspection.with_context(|| input.name().to_owned())?;
    Ok((input, inspection))
}

/// Reads every row, and says where one cannot be read at all.
fn read_all<F: FnMut(Row<'_>)>(input: &Input, mut rows: Rows<F>) -> Result<()> {
    let named = || input.name().to_owned();
    input.each_piece(0..input.n_bytes(), |bytes| rows.push(bytes)).with_context(named)?;
    let n_unreadable = rows.finish().with_context(named)?;
    if n_unreadable > 0 {
        eprintln!("{}: {n_unreadable} rows are too long to be read; left out", input.name());
    }
    Ok(())
}

/// How the times of a file are written.
struct Times<'a> {
    inspection: &'a Inspection,
    zone: &'a TimeZone,
}

impl<'a> Times<'a> {
    const fn of(inspection: &'a Inspection, zone: &'a TimeZone) -> Self {
        Self { inspection, zone }
    }

    fn read(&self, cell: &str, column: ColumnIdx) -> Option<Timestamp> {
        let profile: Option<&Profile> = self.inspection.columns.get(column.0).map(|c| &c.profile);
        let order = profile.and_then(Profile::date_order).unwrap_or(DateOrder::YearFirst);
        at(WallTime::of_text(cell.as_bytes(), order)?, self.zone)
    }
}

/// A time of the command line.
pub(super) fn instant(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    at(WallTime::of_text(text.trim().as_bytes(), DateOrder::YearFirst)?, zone)
}

/// The instant of a time: in its own zone, else in `zone`.
fn at(time: WallTime, zone: &TimeZone) -> Option<Timestamp> {
    if time.offset_minutes.is_some() {
        return Timestamp::from_second(time.utc_second()).ok();
    }
    let wall = Timestamp::from_second(time.second).ok()?;
    let civil: DateTime = TimeZone::UTC.to_datetime(wall);
    zone.to_timestamp(civil).ok()
}

/// An amount in the currency's smallest unit: `1,234.50`, `€ 12.5`, `-3`. With a comma before the
/// decimals, a point may stand between thousands.
fn minor(text: &str, decimals: u8) -> Option<i64> {
    let plain: String =
        text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-')).collect();
    let (is_negative, digits) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, plain.as_str()),
    };
    let n_decimals = usize::from(decimals);
    let point = digits.rfind(['.', ',']).filter(|at| {
        let n_behind = digits.len() - at - 1;
        // Three digits behind a comma are thousands, unless the currency has three decimals.
        n_behind <= n_decimals && n_behind > 0
    });
    let (whole, fraction) = match point {
        Some(at) => (&digits[..at], &digits[at + 1..]),
        None => (digits, ""),
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    if whole.is_empty() && fraction.is_empty() || fraction.contains(['.', ',', '-']) {
        return None;
    }
    let amount: i64 = format!("{whole}{fraction:0<n_decimals$}").parse().ok()?;
    Some(if is_negative { -amount } else { amount })
}

/// Says on standard error what could not be used.
///
/// # Errors
/// When standard error cannot be written to.
pub(super) fn tell_faults(faults: &[RowFault], is_listed: bool) -> io::Result<()> {
    let mut errors = io::stderr().lock();
    if is_listed {
        for RowFault { file, row, what } in faults {
            writeln!(errors, "{file}: row {row}, {what}")?;
        }
    } else if !faults.is_empty() {
        writeln!(errors, "{} cells could not be used (--list-faults shows them)", faults.len())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_shops_write_them() {
        assert_eq!(minor("12.50", 2), Some(1250));
        assert_eq!(minor("12.5", 2), Some(1250));
        assert_eq!(minor("€ 1.234,50", 2), Some(123_450));
        assert_eq!(minor("1,234", 2), Some(123_400));
        assert_eq!(minor("-3", 2), Some(-300));
        assert_eq!(minor("1234", 0), Some(1234));
        assert_eq!(minor("free", 2), None);
        assert_eq!(minor("", 2), None);
    }

    #[test]
    fn a_time_without_a_zone_is_in_the_one_said() {
        let berlin = TimeZone::get("Europe/Berlin").expect("known");
        let at = |text| instant(text, &berlin).map(|at| at.to_string());
        assert_eq!(at("2026-07-01 12:00").as_deref(), Some("2026-07-01T10:00:00Z"));
        assert_eq!(at("2026-07-01T12:00Z").as_deref(), Some("2026-07-01T12:00:00Z"));
        assert_eq!(at("noon"), None);
    }
}
