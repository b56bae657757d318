//! Counting a file: its bytes are pushed in pieces of any size, and counts come out.
//!
//! Memory does not grow with the file. Parts of one file that were counted apart, at the same
//! time if need be, are joined by [`Tally::merge`], and so are several files.

use crate::counter::{Counter, RowPlace};
use crate::plan::{Plan, PlanError};
use crate::source::Source;
use crate::tallied::Tallied;

/// More different values than this, and a segment is given up.
pub const SEGMENT_VALUES_MAX: usize = 10_000;

/// More values times periods than this, and a segment is not divided by period.
pub const SEGMENT_PERIODS_MAX: usize = 100_000;

/// More different periods than this, and periods are given up: more than a century of days.
pub const PERIODS_MAX: usize = 40_000;

/// More different reasons than this, and reasons are given up.
pub const REASONS_MAX: usize = 1_000;

/// The counting of one file or of a part of one.
///
/// # Example
/// ```
/// use scoring::Scale;
/// use tables::delimited::Dialect;
/// use tables::{ColumnIdx, Format, Plan, Tally};
///
/// let columns = vec!["id".to_owned(), "score".to_owned()];
/// let plan =
///     Plan::new(Format::Delimited(Dialect::STANDARD), columns, ColumnIdx(1), Scale::NPS);
/// let mut tally = Tally::new(&plan)?;
/// tally.push(b"id,score\n1,9\n2,1");
/// tally.push(b"0\n3,\n4,11\n");
/// let counts = tally.finish()?.overall.counts;
/// assert_eq!((counts.n(), counts.missing(), counts.invalid()), (2, 1, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Tally {
    source: Source,
    counter: Counter,
    is_part: bool,
}

/// Why what was pushed could not be counted at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file is no workbook that can be read.
    #[cfg(feature = "xlsx")]
    #[error(transparent)]
    Xlsx(#[from] crate::xlsx::XlsxError),
}

/// Why two tallies cannot be joined.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// The file before cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// They do not count the same: another scale, other segments, or another length of period.
    #[error("the two do not count the same")]
    OtherPlan,
    /// The part before does not end where a record ends, so the file was cut at the wrong place.
    /// Push the bytes of the next part to the one before instead.
    #[error("the part before does not end where a record ends")]
    WithinRecord,
    /// A file of this kind cannot be counted in parts.
    #[error("a file of this kind cannot be counted in parts")]
    NoParts,
}

/// Answers that do not count because the same person gave another one that does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duplicates(Vec<RowPlace>);

impl Duplicates {
    /// How many there are.
    #[must_use]
    pub const fn n(&self) -> usize {
        self.0.len()
    }
}

impl Tally {
    /// Counts a file from its beginning.
    ///
    /// # Errors
    /// [`PlanError`] when the plan cannot be followed.
    pub fn new(plan: &Plan) -> Result<Self, PlanError> {
        Self::start(plan, false)
    }

    /// Counts a later part of a delimited file, which begins where a record begins and has no
    /// header rows. Where to cut is said by [`split_points`](crate::delimited::split_points).
    ///
    /// # Errors
    /// [`PlanError`] when the plan cannot be followed.
    pub fn part(plan: &Plan) -> Result<Self, PlanError> {
        Self::start(plan, true)
    }

    /// Counts a file from its beginning and leaves out the duplicates that a first reading found,
    /// where it was the file of that number.
    ///
    /// # Errors
    /// [`PlanError`] when the plan cannot be followed.
    pub fn without(
        plan: &Plan,
        duplicates: &Duplicates,
        file_idx: usize,
    ) -> Result<Self, PlanError> {
        let mut tally = Self::start(plan, false)?;
        let here = duplicates.0.iter().filter(|(idx, _)| *idx == file_idx);
        tally.counter = Counter::without(plan, here.map(|(_, row)| *row).collect());
        Ok(tally)
    }

    /// The duplicates among everything pushed and merged.
    ///
    /// Where a plan names a person, the first reading of the files finds out who answered more than
    /// once, and counts nothing. A second reading counts, by [`Tally::without`]. What is kept in
    /// between grows with the number of answers: 40 bytes each.
    ///
    /// # Errors
    /// [`ReadError`] when nothing of a file could be read.
    ///
    /// # Example
    /// ```
    /// use scoring::duplicates::Keep;
    /// use tables::plan::PersonPlan;
    /// use tables::{ColumnIdx, Tally};
    /// let file = b"person,nps\nann,2\nbob,9\nann,10\n";
    /// let mut plan = tables::inspect(file)?.bare_plan(ColumnIdx(1), scoring::Scale::NPS);
    /// plan.person = Some(PersonPlan { column: ColumnIdx(0), keep: Keep::Latest, time: None });
    /// let mut first = Tally::new(&plan)?;
    /// first.push(file);
    /// let duplicates = first.duplicates()?;
    /// assert_eq!(duplicates.n(), 1);
    /// let mut second = Tally::without(&plan, &duplicates, 0)?;
    /// second.push(file);
    /// let tallied = second.finish()?;
    /// assert_eq!((tallied.n_rows, tallied.n_duplicates), (3, 1));
    /// assert_eq!(tallied.overall.counts.mean(), Some(9.5));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn duplicates(mut self) -> Result<Duplicates, ReadError> {
        self.end_file()?;
        Ok(Duplicates(self.counter.duplicates()))
    }

    fn start(plan: &Plan, is_part: bool) -> Result<Self, PlanError> {
        plan.check()?;
        let source = Source::new(&plan.format, &plan.columns, is_part);
        Ok(Self { source, counter: Counter::new(plan, is_part), is_part })
    }

    /// Counts the next piece of the file, of any size.
    ///
    /// A workbook cannot be read before it is whole: its bytes are kept until
    /// [`finish`](Self::finish).
    pub fn push(&mut self, bytes: &[u8]) {
        self.source.push(bytes, &mut self.counter);
    }

    /// Whether another part may follow: everything pushed so far is whole records, and the header
    /// rows are among them.
    #[must_use]
    pub fn is_at_record_start(&self) -> bool {
        self.source.is_between_records() && self.counter.has_header()
    }

    /// Adds what was counted in what follows: the next part of the same file, or another file.
    ///
    /// Where parts of a file are joined in order, rows and comments are those of the whole file.
    ///
    /// # Errors
    /// [`MergeError`]; then nothing was added.
    ///
    /// A workbook must be whole by then: what cannot be read of it is an error as well.
    pub fn merge(&mut self, next: Self) -> Result<(), MergeError> {
        if !self.counter.fits(&next.counter) {
            return Err(MergeError::OtherPlan);
        }
        let Self { source, counter, is_part } = next;
        if is_part {
            if !matches!(
                (&self.source, &source),
                (Source::Delimited { .. }, Source::Delimited { .. })
            ) {
                return Err(MergeError::NoParts);
            }
            if !self.is_at_record_start() {
                return Err(MergeError::WithinRecord);
            }
        } else {
            self.end_file()?;
        }
        self.counter.merge(counter, !is_part);
        self.source = source;
        Ok(())
    }

    /// Counts what is left, and says what was counted.
    ///
    /// # Errors
    /// [`ReadError`] when nothing of the file could be read; delimited text and JSON always can.
    pub fn finish(mut self) -> Result<Tallied, ReadError> {
        self.end_file()?;
        Ok(self.counter.tallied())
    }

    /// Counts the last record.
    fn end_file(&mut self) -> Result<(), ReadError> {
        self.source.finish(&mut self.counter)
    }
}

/// Counts `bytes`, the whole of a file, in `n_threads` parts at the same time.
///
/// The counts are those of [`Tally`], whatever the number of threads. A file that cannot be cut
/// is counted by one thread.
///
/// # Errors
/// [`CountError`] when the plan cannot be followed or the file cannot be read.
#[cfg(not(target_arch = "wasm32"))]
pub fn count(bytes: &[u8], plan: &Plan, n_threads: usize) -> Result<Tallied, CountError> {
    let points = match &plan.format {
        crate::Format::Delimited(dialect) => {
            crate::delimited::split_points(bytes, *dialect, n_threads)
        }
        #[cfg(any(feature = "json", feature = "xlsx"))]
        _ => Vec::new(),
    };
    let starts: Vec<usize> = std::iter::once(0).chain(points.iter().copied()).collect();
    let ends: Vec<usize> = points.into_iter().chain([bytes.len()]).collect();
    let parts: Vec<&[u8]> = starts.iter().zip(&ends).map(|(&a, &b)| &bytes[a..b]).collect();
    let mut first = Tally::new(plan)?;
    let later = parts[1..].iter().map(|_| Tally::part(plan)).collect::<Result<Vec<_>, _>>()?;
    std::thread::scope(|scope| {
        let threads: Vec<_> = later
            .into_iter()
            .zip(&parts[1..])
            .map(|(mut tally, part)| {
                scope.spawn(move || {
                    tally.push(part);
                    tally
                })
            })
            .collect();
        first.push(parts[0]);
        for (thread, part) in threads.into_iter().zip(&parts[1..]) {
            let tally = thread.join().expect("counting does not panic");
            if first.merge(tally).is_err() {
                // The file was cut within a record: count this part again, in order.
                first.push(part);
            }
        }
    });
    Ok(first.finish()?)
}

/// Why a file could not be counted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CountError {
    /// The plan cannot be followed.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}
