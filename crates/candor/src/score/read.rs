//! Reading files and counting what is in them: large ones in several parts at once, with progress.
//! Files are read in pieces and never held, so memory does not grow with them.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tables::delimited::{WINDOW_BYTES, record_start};
use tables::inspect::{HEAD_BYTES, inspect_as};
use tables::{Format, Plan, Tallied, Tally};

use super::choose::{Choices, Chosen};

/// How much of a file is read at once.
const PIECE_BYTES: usize = 256 << 10;

/// A smaller file is read by one thread: starting another would take longer.
const PART_BYTES_MIN: u64 = 4 << 20;

/// Progress is shown of more than this; less is done before it could be read.
const PROGRESS_BYTES_MIN: u64 = 64 << 20;

/// A file that can be read again from the beginning.
struct Source {
    name: String,
    file: File,
    n_bytes: u64,
}

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
    let mut sources: Vec<(Source, Chosen)> = Vec::new();
    for path in files {
        let mut source = open(path.as_ref())?;
        let chosen = choose(&mut source, choices).with_context(|| source.name.clone())?;
        if !is_quiet {
            for guess in &chosen.guesses {
                eprintln!("{}: {guess}", source.name);
            }
        }
        if sources.iter().any(|(_, before)| before.metric != chosen.metric) {
            bail!("the files hold different metrics; say which with --metric");
        }
        sources.push((source, chosen));
    }
    let is_twofold = sources.iter().any(|(_, chosen)| chosen.plan.person.is_some());
    let n_bytes: u64 = sources.iter().map(|(source, _)| source.n_bytes).sum();
    let progress = progress(n_bytes * if is_twofold { 2 } else { 1 }, is_quiet);
    let mut duplicates = None;
    if is_twofold {
        let first = merged(&sources, |(source, chosen), _| {
            let mut tally = Tally::new(&chosen.plan)?;
            push(source, 0..source.n_bytes, &mut tally, &progress)?;
            Ok(tally)
        })?;
        duplicates = Some(first.duplicates()?);
    }
    let tally = merged(&sources, |(source, chosen), idx| match &duplicates {
        Some(duplicates) => {
            let mut tally = Tally::without(&chosen.plan, duplicates, idx)?;
            push(source, 0..source.n_bytes, &mut tally, &progress)?;
            Ok(tally)
        }
        None => count_in_parts(source, &chosen.plan, n_threads, &progress),
    })?;
    progress.finish_and_clear();
    let tallied = tally.finish()?;
    let (_, chosen) = sources.into_iter().next().context("no file was given")?;
    Ok((chosen, tallied))
}

/// Counts every file and adds the counts.
fn merged(
    sources: &[(Source, Chosen)],
    count: impl Fn(&(Source, Chosen), usize) -> Result<Tally>,
) -> Result<Tally> {
    let mut total: Option<Tally> = None;
    for (idx, source) in sources.iter().enumerate() {
        let named = || source.0.name.clone();
        let tally = count(source, idx).with_context(named)?;
        match &mut total {
            None => total = Some(tally),
            Some(before) => before.merge(tally).with_context(named)?,
        }
    }
    total.context("no file was given")
}

/// Opens a file. What comes by a pipe is put into a temporary file first where it must be read
/// twice, and always, because its beginning is looked at before it is counted.
fn open(path: &Path) -> Result<Source> {
    let is_standard_input = path.as_os_str() == "-";
    let name = if is_standard_input { "standard input".into() } else { path.display().to_string() };
    let spooled = |mut from: Box<dyn Read>| -> io::Result<File> {
        let mut file = tempfile::tempfile()?;
        io::copy(&mut from, &mut file)?;
        Ok(file)
    };
    let file = if is_standard_input {
        spooled(Box::new(io::stdin().lock())).context("standard input cannot be read")?
    } else {
        let file = File::open(path).with_context(|| format!("{name} cannot be opened"))?;
        let kind = file.metadata().with_context(|| name.clone())?.file_type();
        if kind.is_dir() {
            bail!("{name} is a folder; name the files in it");
        }
        if kind.is_file() {
            file
        } else {
            spooled(Box::new(file)).with_context(|| format!("{name} cannot be read"))?
        }
    };
    let n_bytes = file.metadata().with_context(|| name.clone())?.len();
    Ok(Source { name, file, n_bytes })
}

/// Looks at the beginning of a file, or at all of a workbook.
fn choose(source: &mut Source, choices: &Choices) -> Result<Chosen> {
    let mut head = piece(source, 0, HEAD_BYTES)?;
    if head.starts_with(b"PK") {
        let all = usize::try_from(source.n_bytes).unwrap_or(usize::MAX);
        head = piece(source, 0, all.min(tables::xlsx::FILE_BYTES_MAX + 1))?;
    }
    choices.chosen(&inspect_as(&head, choices.overrides())?)
}

/// Counts a file in as many parts at once as there are threads and it can be cut into.
fn count_in_parts(
    source: &Source,
    plan: &Plan,
    n_threads: usize,
    progress: &ProgressBar,
) -> Result<Tally> {
    let starts = part_starts(source, plan, n_threads)?;
    let ends: Vec<u64> = starts.iter().skip(1).copied().chain([source.n_bytes]).collect();
    let parts: Vec<_> = starts.iter().zip(&ends).map(|(&start, &end)| start..end).collect();
    std::thread::scope(|scope| {
        let later: Vec<_> = parts[1..]
            .iter()
            .map(|part| {
                scope.spawn(move || -> Result<Tally> {
                    let mut tally = Tally::part(plan)?;
                    push(source, part.clone(), &mut tally, progress)?;
                    Ok(tally)
                })
            })
            .collect();
        let mut first = Tally::new(plan)?;
        push(source, parts[0].clone(), &mut first, progress)?;
        for (thread, part) in later.into_iter().zip(&parts[1..]) {
            let tally = thread.join().expect("counting does not panic")?;
            if first.merge(tally).is_err() {
                // The cut was within a record after all: this part again, behind the one before.
                push(source, part.clone(), &mut first, progress)?;
            }
        }
        Ok(first)
    })
}

/// Where the parts of a file begin; the first is 0.
fn part_starts(source: &Source, plan: &Plan, n_threads: usize) -> Result<Vec<u64>> {
    let mut starts = vec![0];
    let Format::Delimited(dialect) = &plan.format else { return Ok(starts) };
    let n_parts = (source.n_bytes / PART_BYTES_MIN).clamp(1, n_threads as u64);
    for idx in 1..n_parts {
        let wanted = source.n_bytes / n_parts * idx;
        let window = piece(source, wanted, WINDOW_BYTES)?;
        if let Some(offset) = record_start(&window, *dialect) {
            let start = wanted + offset as u64;
            if start < source.n_bytes && starts.last().is_some_and(|&last| last < start) {
                starts.push(start);
            }
        }
    }
    Ok(starts)
}

/// Up to `n_bytes` bytes of a file from `start` on.
fn piece(source: &Source, start: u64, n_bytes: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    ReadFrom { file: &source.file, at: start }.take(n_bytes as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Counts the bytes of a file that lie in `range`.
fn push(
    source: &Source,
    range: std::ops::Range<u64>,
    tally: &mut Tally,
    progress: &ProgressBar,
) -> Result<()> {
    let file = ReadFrom { file: &source.file, at: range.start };
    let mut part = file.take(range.end - range.start);
    let mut bytes = vec![0; PIECE_BYTES];
    loop {
        match part.read(&mut bytes) {
            Ok(0) => return Ok(()),
            Ok(n_bytes) => {
                tally.push(&bytes[..n_bytes]);
                progress.inc(n_bytes as u64);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error).context("cannot be read to its end"),
        }
    }
}

/// Reads from a place in a file that several threads read at the same time.
struct ReadFrom<'a> {
    file: &'a File,
    at: u64,
}

impl Read for ReadFrom<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let n_bytes = std::os::unix::fs::FileExt::read_at(self.file, bytes, self.at)?;
        #[cfg(windows)]
        let n_bytes = std::os::windows::fs::FileExt::seek_read(self.file, bytes, self.at)?;
        self.at += n_bytes as u64;
        Ok(n_bytes)
    }
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
