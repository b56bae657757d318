//! A report as a table for people, or as CSV for programs. JSON is in `wire`.

use std::io::{self, Write};

use owo_colors::OwoColorize;
use report::display::{decimal_text, interval_texts, share_text, value_text};
use report::{Bucket, Report, Score, State};

/// The longest bar of the distribution, in characters.
const BAR_CHARS_MAX: u64 = 40;

/// Writes an aligned table. Colour is left out by the stream where it is not wanted.
///
/// # Errors
/// When the stream cannot be written to.
pub(crate) fn write_table(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let score = &report.score;
    let name = score.metric.name().to_uppercase();
    match (score.value, interval_texts(score)) {
        (Some(value), Some((low, high))) => writeln!(
            out,
            "{name} {}   {low} to {high} ({} % interval, {})",
            value_text(score.metric, value).bold(),
            decimal_text(score.confidence_level * 100.0, 1).trim_end_matches(".0"),
            score.method
        )?,
        _ => writeln!(out, "{name} {}", unavailable(score))?,
    }
    writeln!(out, "n {}   missing {}   invalid {}", score.n, score.missing, score.invalid)?;
    if score.state == State::LowN {
        writeln!(out, "{}", "few answers: look at the interval, not at the number".yellow())?;
    }
    if let Some(mean) = score.mean {
        writeln!(out, "mean {}", decimal_text(mean, 2))?;
    }
    write_distribution(out, report)?;
    let segments = report.segments.iter().map(|segment| {
        let by: Vec<String> = segment.by.iter().map(|(k, v)| format!("{k}={v}")).collect();
        (by.join(" "), &segment.score)
    });
    write_scores(out, "segment", segments.collect())?;
    let periods = report.trend.iter().map(|part| (part.period.clone(), &part.score));
    write_scores(out, "period", periods.collect())?;
    write_reasons(out, report)
}

fn unavailable(score: &Score) -> String {
    match score.state {
        State::NoData => "has no answers".to_owned(),
        _ => format!("is not shown: {} answers are too few", score.n),
    }
}

fn write_distribution(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let n_most = report.counts.iter().map(|(_, n)| n).max().unwrap_or(0);
    if n_most == 0 {
        return Ok(());
    }
    writeln!(out)?;
    let scale = report.counts.scale();
    let width = n_most.to_string().len();
    for (point, n) in report.counts.iter() {
        let n_chars = usize::try_from((n * BAR_CHARS_MAX).div_ceil(n_most)).unwrap_or(0);
        let bar = "█".repeat(n_chars);
        let bar = match report.bands.bucket(scale, point) {
            Bucket::Bottom => bar.red().to_string(),
            Bucket::Middle => bar.yellow().to_string(),
            Bucket::Top => bar.green().to_string(),
        };
        writeln!(out, "{:>4}  {n:>width$}  {bar}", point.to_string())?;
    }
    let Some(shares) = report.score.shares else { return Ok(()) };
    let group = |bucket: Bucket, share: f64| {
        format!("{} {}", bucket.group_name(report.score.metric), share_text(share))
    };
    writeln!(
        out,
        "      {}   {}   {}",
        group(Bucket::Bottom, shares.bottom),
        group(Bucket::Middle, shares.middle),
        group(Bucket::Top, shares.top)
    )
}

fn write_scores(out: &mut impl Write, title: &str, rows: Vec<(String, &Score)>) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let width = width.max(title.len());
    writeln!(out, "\n{title:<width$}  {:>9}  {:>8}  interval", "n", "score")?;
    for (name, score) in rows {
        let value = score.value.map_or_else(|| "–".to_owned(), |v| value_text(score.metric, v));
        let interval = interval_texts(score).map_or_else(
            || score.state.name().to_owned(),
            |(low, high)| format!("{low} to {high}"),
        );
        writeln!(out, "{name:<width$}  {:>9}  {value:>8}  {interval}", score.n)?;
    }
    Ok(())
}

fn write_reasons(out: &mut impl Write, report: &Report) -> io::Result<()> {
    if report.reasons.is_empty() {
        return Ok(());
    }
    let width = report.reasons.iter().map(|row| row.reason.chars().count()).max().unwrap_or(0);
    let width = width.max("reason".len());
    writeln!(out, "\n{:<width$}  {:<12}  {:>9}  of group  of givers", "reason", "among", "n")?;
    for row in &report.reasons {
        let share = |share: Option<f64>| share.map(share_text).unwrap_or_default();
        writeln!(
            out,
            "{:<width$}  {:<12}  {:>9}  {:>8}  {:>9}",
            row.reason,
            row.bucket.group_name(report.score.metric),
            row.n,
            share(row.share_of_bucket),
            share(row.share_of_givers)
        )?;
    }
    Ok(())
}

/// Writes one line overall, one a segment and one a period.
///
/// # Errors
/// When the stream cannot be written to.
pub(crate) fn write_csv(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["part", "name", "n", "missing", "invalid", "state", "value", "low", "high"])?;
    let mut row = |part: &str, name: &str, score: &Score| {
        let number = |number: Option<f64>| number.map(|n| n.to_string()).unwrap_or_default();
        csv.write_record([
            part,
            &guarded(name),
            &score.n.to_string(),
            &score.missing.to_string(),
            &score.invalid.to_string(),
            score.state.name(),
            &number(score.value),
            &number(score.interval.map(|interval| interval.low)),
            &number(score.interval.map(|interval| interval.high)),
        ])
    };
    row("all", "", &report.score)?;
    for segment in &report.segments {
        let by: Vec<String> = segment.by.iter().map(|(k, v)| format!("{k}={v}")).collect();
        row("segment", &by.join(" "), &segment.score)?;
    }
    for part in &report.trend {
        row("period", &part.period, &part.score)?;
    }
    csv.flush()
}

/// A text that no spreadsheet takes for a formula.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
