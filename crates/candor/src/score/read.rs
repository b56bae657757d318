//! Counts what is in files: large ones in several parts at once, with progress.

use std::io::{self, IsTerminal};
use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tables::delimited::{WINDOW_BYTES, record_start};
use tables::{Format, Plan, Tallied, Tally};

use super::choose::{Choices, Chosen};
use crate::input::Input;

/// A smaller file is read by one thread: starting another would take longer.
const PART_BYTES_MIN: u64 = 4 << 20;

/// Progress is shown of more than this; less is done before it could be read.
const PROGRESS_BYTES_MIN: u64 = 64 << 20;

/// Counts files together.
///
/// # Errors
/// What is wrong with which file, or which option would settle what is not clear.
pub(crate) fn count(
    files: &[impl AsRef<Path>],
    choices: &Choices,
    n_threads: Option<usize>,
    is_quiet: bool,
) -> Result<(Chosen, Tallied)> {
    let n_threads = n_threads
        .or_else(|| std::thread::available_parallelism().ok().map(usize::from))
        .unwrap_or(1)
        .max(1);
    let mut inputs: Vec<(Input, Chosen)> = Vec::new();
    for path in files {
        let input = Input::open(path.as_ref())?;
        let inspection = input.inspection(choices.overrides());
        let chosen = inspection
            .and_then(|inspection| choices.chosen(&inspection))
            .with_context(|| input.name().to_owned())?;
        if !is_quiet {
            for guess in &chosen.guesses {
                eprintln!("{}: {guess}", input.name());
            }
        }
        if inputs.iter().any(|(_, before)| before.metric != chosen.metric) {
            bail!("the files hold different metrics; say which with --metric");
        }
        inputs.push((input, chosen));
    }
    let is_twofold = inputs.iter().any(|(_, chosen)| chosen.plan.person.is_some());
    let n_bytes: u64 = inputs.iter().map(|(input, _)| input.n_bytes()).sum();
    let progress = progress(n_bytes * if is_twofold { 2 } else { 1 }, is_quiet);
    let mut duplicates = None;
    if is_twofold {
        let first = merged(&inputs, |(input, chosen), _| {
            let mut tally = Tally::new(&chosen.plan)?;
            push(input, 0..input.n_bytes(), &mut tally, &progress)?;
            Ok(tally)
        })?;
        duplicates = Some(first.duplicates()?);
    }
    let tally = merged(&inputs, |(input, chosen), idx| match &duplicates {
        Some(duplicates) => {
            let mut tally = Tally::without(&chosen.plan, duplicates, idx)?;
            push(input, 0..input.n_bytes(), &mut tally, &progress)?;
            Ok(tally)
        }
        None => count_in_parts(input, &chosen.plan, n_threads, &progress),
    })?;
    progress.finish_and_clear();
    let tallied = tally.finish()?;
    let (_, chosen) = inputs.into_iter().next().context("no file was given")?;
    Ok((chosen, tallied))
}

/// Counts every file and adds the counts.
fn merged(
    inputs: &[(Input, Chosen)],
    count: impl Fn(&(Input, Chosen), usize) -> Result<Tally>,
) -> Result<Tally> {
    let mut total: Option<Tally> = None;
    for (idx, input) in inputs.iter().enumerate() {
        let named = || input.0.name().to_owned();
        let tally = count(input, idx).with_context(named)?;
        match &mut total {
            None => total = Some(tally),
            Some(before) => before.merge(tally).with_context(named)?,
        }
    }
    total.context("no file was given")
}

/// Counts a file in as many parts at once as there are threads and it can be cut into.
fn count_in_parts(
    input: &Input,
    plan: &Plan,
    n_threads: usize,
    progress: &ProgressBar,
) -> Result<Tally> {
    let starts = part_starts(input, plan, n_threads)?;
    let ends: Vec<u64> = starts.iter().skip(1).copied().chain([input.n_bytes()]).collect();
    let parts: Vec<_> = starts.iter().zip(&ends).map(|(&start, &end)| start..end).collect();
    std::thread::scope(|scope| {
        let later: Vec<_> = parts[1..]
            .iter()
            .map(|part| {
                scope.spawn(move || -> Result<Tally> {
                    let mut tally = Tally::part(plan)?;
                    push(input, part.clone(), &mut tally, progress)?;
                    Ok(tally)
                })
            })
            .collect();
        let mut first = Tally::new(plan)?;
        push(input, parts[0].clone(), &mut first, progress)?;
        for (thread, part) in later.into_iter().zip(&parts[1..]) {
            let tally = thread.join().expect("counting does not panic")?;
            if first.merge(tally).is_err() {
                // The cut was within a record after all: this part again, behind the one before.
                push(input, part.clone(), &mut first, progress)?;
            }
        }
        Ok(first)
    })
}

/// Where the parts of a file begin; the first is 0.
fn part_starts(input: &Input, plan: &Plan, n_threads: usize) -> Result<Vec<u64>> {
    let mut starts = vec![0];
    let Format::Delimited(dialect) = &plan.format else { return Ok(starts) };
    let n_parts = (input.n_bytes() / PART_BYTES_MIN).clamp(1, n_threads as u64);
    for idx in 1..n_parts {
        let wanted = input.n_bytes() / n_parts * idx;
        let window = input.piece(wanted, WINDOW_BYTES)?;
        if let Some(offset) = record_start(&window, *dialect) {
            let start = wanted + offset as u64;
            if start < input.n_bytes() && starts.last().is_some_and(|&last| last < start) {
                starts.push(start);
            }
        }
    }
    Ok(starts)
}

/// Counts the bytes of a file that lie in `range`.
fn push(input: &Input, range: Range<u64>, tally: &mut Tally, progress: &ProgressBar) -> Result<()> {
    input.each_piece(range, |bytes| {
        tally.push(bytes);
        progress.inc(bytes.len() as u64);
    })
}

/// A bar on standard error where somebody sees it and there is something to wait for.
fn progress(n_bytes: u64, is_quiet: bool) -> ProgressBar {
    if is_quiet || n_bytes < PROGRESS_BYTES_MIN || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = "{bar:30} {percent} %  {bytes} of {total_bytes}  {eta} left";
    let target = ProgressDrawTarget::stderr_with_hz(5);
    let bar = ProgressBar::with_draw_target(Some(n_bytes), target);
    bar.set_style(ProgressStyle::with_template(style).expect("the template is right"));
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}
