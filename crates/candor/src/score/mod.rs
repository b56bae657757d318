//! `candor score`: the score of files, as a table for people or JSON and CSV for programs. What the
//! options mean for a file is in `choose`, reading in `read`, writing in `text`.

mod choose;
mod read;
mod text;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use report::{Comparison, Pair, Report, ReportInput, ScoreOptions, compare, report};
use scoring::ConfidenceLevel;
use tables::{Fault, Tallied};
use wire::ReportJson;
use wire::report::ComparisonJson;

const EXAMPLES: &str = "\
Examples:
  candor score answers.csv
  candor score answers.csv --metric nps --column Score --by channel --time Date --period month
  candor score answers.csv --compare 2026-01,2026-02 --time Date --period month
  candor score answers.csv --reasons Reasons --person Email --keep latest --format json
  candor score answers.csv --metric nps --ratings Delivery,Packaging,Support
  zcat answers.csv.gz | candor score - --metric csat

Exit codes: 0 scored; 1 a file or an option could not be used, standard error says which; 2 the
command line is not right. Cells that could not be used do not change the exit code: they are
counted as missing or invalid, and listed with --list-faults.";

/// Score files: a table for people, JSON and CSV for programs.
///
/// CSV, TSV, JSON, lines of JSON and Excel workbooks in any usual encoding. What is not said is
/// guessed from the file, and the guesses are told on standard error.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Files to score together; `-` is standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    choices: choose::Choices,
    /// Two periods or two values of --by, as in `2026-01,2026-02`: how the second differs.
    #[arg(long, value_name = "BEFORE,AFTER")]
    compare: Option<String>,
    /// Probability that the interval holds the true score.
    #[arg(long, value_name = "SHARE", default_value = "0.95", value_parser = crate::options::confidence)]
    confidence: ConfidenceLevel,
    /// Scores of fewer answers are not shown.
    #[arg(long, value_name = "N", default_value_t = ScoreOptions::STANDARD.suppress_below)]
    suppress_below: u64,
    /// Scores of fewer answers are marked.
    #[arg(long, value_name = "N", default_value_t = ScoreOptions::STANDARD.flag_below)]
    flag_below: u64,
    /// What is written to standard output.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// List the cells that could not be used, on standard error.
    #[arg(long)]
    list_faults: bool,
    /// Say nothing on standard error but errors.
    #[arg(long, short)]
    quiet: bool,
    /// How many threads read a large file; as many as there are processors when left out.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
}

/// Scores the files and writes the result.
///
/// # Errors
/// What is wrong with a file or an option, and what would be right.
pub(crate) fn run(args: &Arguments) -> Result<ExitCode> {
    let (chosen, tallied) = read::count(&args.files, &args.choices, args.threads, args.quiet)?;
    tell_faults(&tallied, args)?;
    let options = ScoreOptions {
        bands: chosen.bands,
        confidence_level: args.confidence.get(),
        suppress_below: args.suppress_below,
        flag_below: args.flag_below,
    };
    let input = tallied.report_input(chosen.metric);
    let report = report(&input, &options)?;
    let comparison = match &args.compare {
        Some(names) => Some(comparison(names, &input, &report, &options)?),
        None => None,
    };
    write(&report, comparison.as_ref(), args.format)?;
    Ok(ExitCode::SUCCESS)
}

/// Says on standard error what could not be used.
fn tell_faults(tallied: &Tallied, args: &Arguments) -> io::Result<()> {
    let mut errors = io::stderr().lock();
    if args.list_faults {
        for cell in tallied.faults.first() {
            let file = args.files.get(cell.file_idx).map(|path| path.display().to_string());
            writeln!(errors, "{}: {cell}", file.unwrap_or_default())?;
        }
        let n_more = tallied.faults.n_total().saturating_sub(tallied.faults.first().len() as u64);
        if n_more > 0 {
            writeln!(errors, "and {n_more} more")?;
        }
        return Ok(());
    }
    if args.quiet {
        return Ok(());
    }
    for fault in Fault::ALL {
        let n = tallied.faults.n(fault);
        if n > 0 {
            writeln!(errors, "{n} × {fault} (--list-faults shows where)")?;
        }
    }
    if tallied.n_duplicates > 0 {
        writeln!(errors, "{} answers of persons who answered again", tallied.n_duplicates)?;
    }
    for segment in tallied.segments.iter().filter(|segment| segment.values.is_none()) {
        let columns = segment.columns.join(", ");
        writeln!(errors, "{columns} has too many different values to divide by; left out")?;
    }
    if tallied.periods.as_ref().is_some_and(|tally| tally.periods.is_none()) {
        writeln!(errors, "there are too many periods to show; left out")?;
    }
    if tallied.reasons.as_ref().is_some_and(|tally| tally.by_reason.is_none()) {
        writeln!(
            errors,
            "there are too many different reasons to count, as in free text; left out"
        )?;
    }
    Ok(())
}

/// Compares two periods, or two values of one column.
fn comparison(
    names: &str,
    input: &ReportInput,
    report: &Report,
    options: &ScoreOptions,
) -> Result<Comparison> {
    let (before, after) = names.split_once(',').with_context(|| {
        format!("--compare {names:?} names one thing; name two, as in 2026-01,2026-02")
    })?;
    if input.periods.is_empty() && input.segments.is_empty() {
        bail!("--compare needs periods or segments: say --time and --period, or --by");
    }
    let names = Pair { before: before.trim(), after: after.trim() };
    compare(input, report, names, options).context("--compare")
}

fn write(report: &Report, comparison: Option<&Comparison>, format: Format) -> Result<()> {
    let written = match format {
        Format::Json => {
            let mut json = ReportJson::from(report);
            json.comparison = comparison.map(ComparisonJson::from);
            writeln!(io::stdout().lock(), "{}", json.to_json_pretty())
        }
        Format::Csv => text::write_csv(&mut io::stdout().lock(), report, comparison),
        Format::Table => text::write_table(&mut anstream::stdout().lock(), report, comparison),
    };
    match written {
        // Whoever read the output, such as `head`, has had enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}
