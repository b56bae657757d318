//! A report as a table for people, or as CSV for programs. JSON is in `wire`.

use std::io::{self, Write};

use owo_colors::OwoColorize;
use report::display::{decimal_text, interval_texts, share_text, value_text};
use report::{Arrow, Bucket, Comparison, Importance, Quadrant, Report, Score, SegmentKey, State};
use scoring::Interval;

/// The longest bar of the distribution, in characters.
const BAR_CHARS_MAX: u64 = 40;

/// Writes an aligned table. Colour is left out by the stream where it is not wanted.
///
/// # Errors
/// When the stream cannot be written to.
pub(super) fn write_table(
    out: &mut impl Write,
    report: &Report,
    comparison: Option<&Comparison>,
) -> io::Result<()> {
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
    if let Some(weighting) = report.weighting {
        let unweighted = weighting.unweighted.map(|value| value_text(score.metric, value));
        writeln!(
            out,
            "weighted: as sure as {} equal answers (design effect {}); unweighted {}",
            decimal_text(weighting.n_effective, 1),
            decimal_text(weighting.design_effect, 2),
            unweighted.unwrap_or_else(|| "–".to_owned())
        )?;
    }
    write_distribution(out, report)?;
    let mut segments = Vec::new();
    for segment in &report.segments {
        segments.push((key_text(&segment.by), &segment.score));
        for part in &segment.trend {
            segments.push((format!("  {}", part.period), &part.score));
        }
    }
    write_scores(out, "segment", segments)?;
    let periods = report.trend.iter().map(|part| (part.period.clone(), &part.score));
    write_scores(out, "period", periods.collect())?;
    write_reasons(out, report)?;
    write_drivers(out, report)?;
    report.importance.as_ref().map_or(Ok(()), |importance| write_importance(out, importance))?;
    comparison.map_or(Ok(()), |comparison| write_comparison(out, comparison))
}

/// Columns and values of a segment, such as `channel=email`.
fn key_text(by: &SegmentKey) -> String {
    let pairs: Vec<String> = by.iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join(" ")
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
        if n == 0 {
            writeln!(out, "{:>4}  {n:>width$}", point.to_string())?;
            continue;
        }
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

/// Which reasons go along with the worst ratings, what explains most first.
fn write_drivers(out: &mut impl Write, report: &Report) -> io::Result<()> {
    if report.drivers.is_empty() {
        return Ok(());
    }
    let metric = report.score.metric;
    let worst = Bucket::Bottom.group_name(metric);
    let width = report.drivers.iter().map(|row| row.reason.chars().count()).max().unwrap_or(0);
    let width = width.max("goes with".len());
    writeln!(
        out,
        "\n{:<width$}  {:>8}  risk ratio  interval        explains  p",
        "goes with", worst
    )?;
    for row in &report.drivers {
        let ratio = row.association.detractor_ratio;
        let ratio_text = ratio.map_or_else(|| "–".to_owned(), |r| decimal_text(r.value, 2));
        let interval = ratio.map(|ratio| {
            let Interval { low, high } = ratio.interval;
            format!("{} to {}", decimal_text(low, 2), decimal_text(high, 2))
        });
        let explained = row.association.explained.map(share_text).unwrap_or_default();
        let n_width = worst.len().max(8);
        writeln!(
            out,
            "{:<width$}  {:>n_width$}  {ratio_text:>10}  {:<14}  {explained:>8}  {}",
            row.reason,
            row.mentions.detractors_with,
            interval.unwrap_or_default(),
            row.adjusted_p.map(p_text).unwrap_or_default()
        )?;
    }
    writeln!(out, "going along with is not causing; p is adjusted for the number of reasons")
}

/// How much of the score goes along with each rating, and how well each is rated.
fn write_importance(out: &mut impl Write, importance: &Importance) -> io::Result<()> {
    let rows = &importance.rows;
    let width = rows.iter().map(|row| row.rating.chars().count()).max().unwrap_or(0);
    let width = width.max("rating".len());
    writeln!(out, "\n{:<width$}  {:>9}  top two  importance  what to do", "rating", "n")?;
    for row in rows {
        let share = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), share_text);
        let (top, importance) = (share(row.top_2_box), share(row.driver.map(|d| d.share)));
        let sign = row.driver.filter(|driver| driver.coefficient < 0.0).map(|_| " (goes against)");
        let quadrant = row.quadrant.map_or("", Quadrant::name);
        writeln!(
            out,
            "{:<width$}  {:>9}  {top:>7}  {importance:>10}  {quadrant}{}",
            row.rating,
            row.n,
            sign.unwrap_or_default()
        )?;
    }
    match importance.r_squared {
        Ok(r_squared) => writeln!(
            out,
            "all together explain {} of the score's variance among {} complete answers ({}); \
             importance is not effect",
            share_text(r_squared),
            importance.n,
            importance.method
        ),
        Err(error) => writeln!(out, "importance cannot be told: {error}"),
    }
}

/// A probability as people read it.
fn p_text(p: f64) -> String {
    if p < 0.001 { "< 0.001".to_owned() } else { decimal_text(p, 3) }
}

/// One sentence of what differs and how sure that is, and the two scores.
fn write_comparison(out: &mut impl Write, comparison: &Comparison) -> io::Result<()> {
    let Comparison { names, scores, difference, interval, p, arrow, .. } = comparison;
    let rows = vec![(names.before.clone(), &scores.before), (names.after.clone(), &scores.after)];
    write_scores(out, "compared", rows)?;
    let (Some(difference), Some(Interval { low, high })) = (difference, interval) else {
        return writeln!(out, "the difference is not shown: there are too few answers");
    };
    let points = |value: f64| {
        let text = decimal_text(value, 1);
        if value > 0.0 { format!("+{text}") } else { text }
    };
    let told = match arrow {
        Some(Arrow::Up) => "up".green().to_string(),
        Some(Arrow::Down) => "down".red().to_string(),
        Some(Arrow::Unclear) | None => "not a sure difference".yellow().to_string(),
    };
    let p = p.map(|p| format!(", p {}", p_text(p))).unwrap_or_default();
    writeln!(
        out,
        "{} points, {} to {} ({}{p}): {told}",
        points(*difference),
        points(*low),
        points(*high),
        comparison.test
    )
}

/// Writes one line overall, one a segment, one a period, one a reason, and the two compared.
///
/// # Errors
/// When the stream cannot be written to.
pub(super) fn write_csv(
    out: &mut impl Write,
    report: &Report,
    comparison: Option<&Comparison>,
) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "part", "name", "period", "n", "missing", "invalid", "state", "value", "low", "high",
        "share",
    ])?;
    let number = |number: Option<f64>| number.map(|n| n.to_string()).unwrap_or_default();
    let mut row = |part: &str, name: &str, period: &str, score: &Score| {
        csv.write_record([
            part,
            &crate::cells::guarded(name),
            period,
            &score.n.to_string(),
            &score.missing.to_string(),
            &score.invalid.to_string(),
            score.state.name(),
            &number(score.value),
            &number(score.interval.map(|interval| interval.low)),
            &number(score.interval.map(|interval| interval.high)),
            "",
        ])
    };
    row("all", "", "", &report.score)?;
    for segment in &report.segments {
        let name = key_text(&segment.by);
        row("segment", &name, "", &segment.score)?;
        for part in &segment.trend {
            row("segment", &name, &part.period, &part.score)?;
        }
    }
    for part in &report.trend {
        row("period", "", &part.period, &part.score)?;
    }
    if let Some(Comparison { names, scores, .. }) = comparison {
        row("before", &names.before, "", &scores.before)?;
        row("after", &names.after, "", &scores.after)?;
    }
    for reason in &report.reasons {
        let part = format!("reason of {}", reason.bucket.group_name(report.score.metric));
        let (n, share) = (reason.n.to_string(), number(reason.share_of_bucket));
        let name = crate::cells::guarded(&reason.reason);
        csv.write_record([&part, &name, "", &n, "", "", "", "", "", "", &share])?;
    }
    for rating in report.importance.iter().flat_map(|importance| &importance.rows) {
        let (n, name) = (rating.n.to_string(), crate::cells::guarded(&rating.rating));
        let share = number(rating.driver.map(|driver| driver.share));
        csv.write_record(["importance", &name, "", &n, "", "", "", "", "", "", &share])?;
    }
    if let Some(Comparison { difference, interval, p, .. }) = comparison {
        let (low, high) = interval.map(|i| (i.low, i.high)).unzip();
        let (value, low, high, p) = (number(*difference), number(low), number(high), number(*p));
        csv.write_record(["difference", "", "", "", "", "", "", &value, &low, &high, ""])?;
        csv.write_record(["p", "", "", "", "", "", "", &p, "", "", ""])?;
    }
    csv.flush()
}
