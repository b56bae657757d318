//! Figures as a table for people, or as JSON and CSV for programs.

use std::io::{self, Write};

use jiff::Timestamp;
use owo_colors::OwoColorize;
use report::display::decimal_text;

use super::{Arguments, Figure, Format, Unit};

/// Writes every figure.
///
/// # Errors
/// When standard output cannot be written to.
pub(super) fn write(figures: &[Figure], as_of: Timestamp, args: &Arguments) -> io::Result<()> {
    let written = match args.format {
        Format::Table => write_table(figures, as_of, args),
        Format::Json => write_json(figures, as_of, args),
        Format::Csv => write_csv(figures),
    };
    match written {
        // Whoever read the output, such as `head`, has had enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

fn write_table(figures: &[Figure], as_of: Timestamp, args: &Arguments) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    let told = as_of.to_zoned(args.zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string();
    writeln!(out, "as of {told}\n")?;
    let title = |figure: &Figure| {
        let name = figure.metric.replace('_', " ");
        if figure.of.is_empty() { name } else { format!("{name}: {}", figure.of) }
    };
    let width = figures.iter().map(|figure| title(figure).chars().count()).max().unwrap_or(0);
    for figure in figures {
        let value = figure.value.map_or_else(|| "–".to_owned(), |v| shown(v, figure.unit, args));
        let interval = figure.interval.map_or_else(String::new, |interval| {
            let end = |value| decimal_text(value, 1);
            format!("{} to {} %", end(interval.low), end(interval.high))
        });
        let n = if figure.unit == Unit::Count { String::new() } else { format!("n {}", figure.n) };
        let line = format!("{:<width$}  {:>12}  {n:<10}  {interval}", title(figure), value.bold());
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// A value with its unit, rounded once.
fn shown(value: f64, unit: Unit, args: &Arguments) -> String {
    match unit {
        Unit::Minutes if value >= 48.0 * 60.0 => {
            format!("{} days", decimal_text(value / 1440.0, 1))
        }
        Unit::Minutes if value >= 120.0 => format!("{} h", decimal_text(value / 60.0, 1)),
        Unit::Minutes => format!("{} min", decimal_text(value, 1)),
        Unit::Percent => format!("{} %", decimal_text(value, 1)),
        Unit::Count => decimal_text(value, 0),
        Unit::Money => decimal_text(value, args.decimals),
        Unit::Ratio => decimal_text(value, 2),
    }
}

fn write_json(figures: &[Figure], as_of: Timestamp, args: &Arguments) -> io::Result<()> {
    let figure = |figure: &Figure| {
        serde_json::json!({
            "metric": figure.metric,
            "of": (!figure.of.is_empty()).then_some(&figure.of),
            "unit": figure.unit.name(),
            "value": figure.value,
            "low": figure.interval.map(|interval| interval.low),
            "high": figure.interval.map(|interval| interval.high),
            "n": figure.n,
        })
    };
    let json = serde_json::json!({
        "as_of": as_of.to_string(),
        "zone": args.zone.iana_name(),
        "confidence": args.confidence.get(),
        "figures": figures.iter().map(figure).collect::<Vec<_>>(),
    });
    writeln!(io::stdout().lock(), "{json:#}")
}

fn write_csv(figures: &[Figure]) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(io::stdout().lock());
    csv.write_record(["metric", "of", "unit", "value", "low", "high", "n"])?;
    let number = |number: Option<f64>| number.map(|n| n.to_string()).unwrap_or_default();
    for figure in figures {
        csv.write_record([
            figure.metric,
            &crate::cells::guarded(&figure.of),
            figure.unit.name(),
            &number(figure.value),
            &number(figure.interval.map(|interval| interval.low)),
            &number(figure.interval.map(|interval| interval.high)),
            &figure.n.to_string(),
        ])?;
    }
    csv.flush()
}
