//! `candor score`: the score of files, as a table for people or JSON and CSV for programs.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use report::{Direction, Metric, Report, Scale, ScoreOptions, report};
use tables::inspect::{HEAD_BYTES, Inspection};
use tables::time::PeriodUnit;
use tables::{ColumnIdx, Plan, Tally, inspect};
use wire::ReportJson;

use crate::score_text::{write_csv, write_table};

/// How much of a file is read at once.
const CHUNK_BYTES: usize = 1 << 20;

/// Score files: a table for people, JSON and CSV for programs.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Files to score together; `-` is standard input. CSV in any usual encoding.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// What the score column measures.
    #[arg(long, value_parser = ["nps", "csat", "ces"])]
    metric: Option<String>,
    /// Name of the score column; guessed from the file when left out.
    #[arg(long)]
    column: Option<String>,
    /// Lowest and highest point of the scale, such as `1-5`; the metric's usual one when left out.
    #[arg(long)]
    scale: Option<String>,
    /// Which end of the scale is good; needed for CES.
    #[arg(long, value_enum)]
    direction: Option<DirectionArg>,
    /// Columns to divide by.
    #[arg(long, value_delimiter = ',')]
    by: Vec<String>,
    /// Column with the time of the answer.
    #[arg(long, requires = "period")]
    time: Option<String>,
    /// Length of a period.
    #[arg(long, value_enum)]
    period: Option<PeriodArg>,
    /// Column with the reasons.
    #[arg(long)]
    reasons: Option<String>,
    /// Values of the score column that mean "no answer".
    #[arg(long, value_delimiter = ',')]
    missing: Vec<String>,
    /// Probability that the interval holds the true score.
    #[arg(long, default_value_t = 0.95)]
    confidence: f64,
    /// Scores of fewer answers are not shown.
    #[arg(long, default_value_t = ScoreOptions::STANDARD.suppress_below)]
    suppress_below: u64,
    /// What is written to standard output.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// List the cells that could not be used, on standard error.
    #[arg(long)]
    list_faults: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PeriodArg {
    Day,
    Week,
    Month,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "snake_case")]
enum DirectionArg {
    HigherIsBetter,
    LowerIsBetter,
}

/// Scores the files and writes the result.
///
/// # Errors
/// What is wrong with a file or an option, and what would be right.
pub(crate) fn run(args: &Arguments) -> Result<ExitCode> {
    if !(args.confidence > 0.0 && args.confidence < 1.0) {
        bail!("--confidence {} is not between 0 and 1; 0.95 is usual", args.confidence);
    }
    let mut total: Option<(Metric, Tally)> = None;
    for path in &args.files {
        let named = || format!("{}", path.display());
        let (metric, tally) = count_file(path, args).with_context(named)?;
        match &mut total {
            None => total = Some((metric, tally)),
            Some((held, _)) if *held != metric => {
                bail!("the files hold different metrics; say which with --metric")
            }
            Some((_, before)) => before.merge(tally).with_context(named)?,
        }
    }
    let (metric, tally) = total.context("no file was given")?;
    let tallied = tally.finish()?;
    if args.list_faults {
        let mut errors = io::stderr().lock();
        for cell in tallied.faults.first() {
            writeln!(errors, "{cell}")?;
        }
    }
    let options = ScoreOptions {
        confidence_level: args.confidence,
        suppress_below: args.suppress_below,
        ..ScoreOptions::STANDARD
    };
    let report = report(&tallied.report_input(metric), &options)?;
    write(&report, args.format)?;
    Ok(ExitCode::SUCCESS)
}

fn write(report: &Report, format: Format) -> Result<()> {
    match format {
        Format::Json => {
            let json = ReportJson::from(report).to_json_pretty();
            writeln!(io::stdout().lock(), "{json}")?;
        }
        Format::Csv => write_csv(&mut io::stdout().lock(), report)?,
        Format::Table => write_table(&mut anstream::stdout().lock(), report)?,
    }
    Ok(())
}

/// Counts one file by what it seems to be and what was said about it.
fn count_file(path: &Path, args: &Arguments) -> Result<(Metric, Tally)> {
    let mut source: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).context("cannot be opened")?)
    };
    let mut head = Vec::new();
    source.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    let inspection = inspect(&head)?;
    let (metric, plan) = plan(&inspection, args)?;
    let mut tally = Tally::new(&plan)?;
    tally.push(&head);
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        match source.read(&mut chunk)? {
            0 => break,
            n_bytes => tally.push(&chunk[..n_bytes]),
        }
    }
    Ok((metric, tally))
}

/// What to count: what was said on the command line, else what the file seems to be.
fn plan(inspection: &Inspection, args: &Arguments) -> Result<(Metric, Plan)> {
    let column_named = |name: &str| {
        let names = inspection.column_names();
        inspection
            .column(name)
            .with_context(|| format!("has no column {name:?}; it has {}", names.join(", ")))
    };
    let guess = inspection.score.as_ref();
    let column: ColumnIdx = match (&args.column, guess) {
        (Some(name), _) => column_named(name)?,
        (None, Some(guess)) => guess.column,
        (None, None) => {
            let names = inspection.column_names().join(", ");
            bail!("which column holds the score is not clear; say it with --column ({names})")
        }
    };
    let guess = guess.filter(|guess| guess.column == column);
    let metric = match &args.metric {
        Some(name) => Metric::from_name(name).context("--metric is nps, csat or ces")?,
        None => guess
            .and_then(|guess| guess.metric)
            .context("what the score measures is not clear; say it with --metric nps|csat|ces")?,
    };
    let guessed = guess.filter(|guess| guess.metric.is_none_or(|guessed| guessed == metric));
    let scale = scale(metric, guessed.and_then(|guess| guess.range), args)?;
    let mut plan = inspection.bare_plan(column, scale);
    plan.missing_codes.extend(args.missing.iter().cloned());
    if !args.by.is_empty() {
        let columns = args.by.iter().map(|name| column_named(name)).collect::<Result<Vec<_>>>()?;
        plan.segments = vec![columns];
    }
    if let (Some(name), Some(period)) = (&args.time, args.period) {
        let unit = match period {
            PeriodArg::Day => PeriodUnit::Day,
            PeriodArg::Week => PeriodUnit::Week,
            PeriodArg::Month => PeriodUnit::Month,
        };
        plan.time = Some(inspection.time_plan(column_named(name)?, unit));
    }
    if let Some(name) = &args.reasons {
        plan.reasons = Some(inspection.reason_plan(column_named(name)?));
    }
    Ok((metric, plan))
}

/// The scale: as said, as the file shows, else the metric's usual one.
fn scale(metric: Metric, seen: Option<(i16, i16)>, args: &Arguments) -> Result<Scale> {
    let (min, max) = match &args.scale {
        Some(text) => text
            .split_once('-')
            .and_then(|(min, max)| Some((min.parse().ok()?, max.parse().ok()?)))
            .with_context(|| format!("--scale {text:?} is not a range such as 1-5"))?,
        None => seen.unwrap_or(match metric {
            Metric::Nps => (0, 10),
            Metric::Csat => (1, 5),
            Metric::Ces => (1, 7),
        }),
    };
    let direction = match (args.direction, metric) {
        (Some(DirectionArg::HigherIsBetter), _) => Direction::HigherIsBetter,
        (Some(DirectionArg::LowerIsBetter), _) => Direction::LowerIsBetter,
        // Effort scales are used both ways, and the numbers alone do not tell.
        (None, Metric::Ces) => bail!(
            "an effort scale has no usual direction; say --direction higher_is_better when a high \
             answer means easy, lower_is_better when it means effort"
        ),
        (None, Metric::Nps | Metric::Csat) => Direction::HigherIsBetter,
    };
    Ok(Scale::new(min, max, direction)?)
}
