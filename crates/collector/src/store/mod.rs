//! Where answers are kept, as the rest of the server sees it. Which database that is, and every
//! word of SQL, is in one file for each database; no route names any of them.

mod sqlite;
mod tally;

use std::sync::Arc;

use futures_util::future::BoxFuture;
use report::{ReportInput, Scale};
use survey::{Metric, Outline, RawSubmission, Submission, SurveyId};

pub use sqlite::SqliteStore;

/// Most segments of one report; the rest are counted together.
pub const SEGMENTS_MAX: usize = 50;
/// The segment that holds the rest: those beyond [`SEGMENTS_MAX`] and those too small to show.
pub const OTHER_SEGMENT: &str = "other";
/// The segment of answers without the wanted context.
pub const NO_SEGMENT: &str = "none";

/// A store that routes share.
pub type SharedStore = Arc<dyn Store>;

/// Keeps answers. Every implementation passes the same contract (`tests/all/stores.rs`).
pub trait Store: Send + Sync + 'static {
    /// Stores arrivals in one transaction and says what became of each, in their order.
    ///
    /// Equal arrivals of one batch count as arrivals one after the other. When this returns, what
    /// was stored is on disk; after an error nothing of the batch is stored.
    fn write<'a>(&'a self, batch: &'a [Arrival])
    -> BoxFuture<'a, Result<Vec<Outcome>, StoreError>>;

    /// Counts answers for a report. All figures are of one moment.
    fn counts<'a>(
        &'a self,
        query: &'a CountsQuery,
    ) -> BoxFuture<'a, Result<ReportInput, StoreError>>;

    /// The counts of all answers together with the change they belong to.
    fn live_counts<'a>(
        &'a self,
        population: &'a Population,
    ) -> BoxFuture<'a, Result<(u64, ReportInput), StoreError>>;

    /// How many commits have changed the answers of a survey. Only ever goes up.
    fn change<'a>(&'a self, survey: &'a SurveyId) -> BoxFuture<'a, Result<u64, StoreError>>;

    /// The newest answers that have a comment.
    fn comments<'a>(
        &'a self,
        survey: &'a SurveyId,
        n_max: u32,
    ) -> BoxFuture<'a, Result<Vec<CommentRow>, StoreError>>;

    /// Reads something, to see whether reading works.
    fn probe(&self) -> BoxFuture<'_, Result<(), StoreError>>;

    /// Closes every connection, after the last write.
    fn close(&self) -> BoxFuture<'_, ()>;
}

/// Why a store in use could not do what was asked. Not for clients: it may name files.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database refused.
    #[error("the database failed: {0}")]
    Database(String),
    /// What was read is not what was written.
    #[error("a stored row is not readable: {0}")]
    Unreadable(String),
}

/// Why a store could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The folder of the database file is not there.
    #[error("the folder {0} does not exist; make it or give another --database")]
    NoFolder(String),
    /// The SQLite that was built in can corrupt its log.
    #[error(
        "SQLite {given} is built in; at least {needed} is needed, because earlier versions can \
         corrupt a database that several connections use"
    )]
    TooOld {
        /// The version found.
        given: String,
        /// The lowest version that will do.
        needed: &'static str,
    },
    /// A connection does not keep what it promised.
    #[error("the database connection has {name} = {given}; {needed} is needed")]
    NotDurable {
        /// Name of the setting.
        name: &'static str,
        /// Its value.
        given: String,
        /// The value needed.
        needed: &'static str,
    },
    /// The database could not be opened or brought up to date.
    #[error("the database {path} cannot be used: {detail}")]
    Database {
        /// The file.
        path: String,
        /// What the database said.
        detail: String,
    },
}

/// Which number an arrival has among the revisions of its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// The one it carries.
    Given,
    /// One more than the last stored, unless its contents are those of the last: a page without
    /// script cannot count.
    Next,
}

/// An accepted answer on its way into a store.
#[derive(Clone, Debug)]
pub struct Arrival {
    submission: Submission,
    numbering: Numbering,
    body_hash: [u8; 32],
    received_at_ms: i64,
}

impl Arrival {
    /// An answer that carries its revision, as a browser's script sends it.
    #[must_use]
    pub fn numbered(submission: Submission, received_at_ms: i64) -> Self {
        let body_hash = hash(submission.raw());
        Self { submission, numbering: Numbering::Given, body_hash, received_at_ms }
    }

    /// An answer from a plain page: the same contents sent again are the same answer, other
    /// contents under the same id are its next revision.
    #[must_use]
    pub fn from_page(submission: Submission, received_at_ms: i64) -> Self {
        // Neither number nor time is part of what the person said.
        let said =
            RawSubmission { revision: 0, time_ms: 0, age_ms: None, ..submission.raw().clone() };
        let body_hash = hash(&said);
        Self { submission, numbering: Numbering::Next, body_hash, received_at_ms }
    }

    /// The answer.
    #[must_use]
    pub const fn submission(&self) -> &Submission {
        &self.submission
    }

    /// Which number it has.
    #[must_use]
    pub const fn numbering(&self) -> Numbering {
        self.numbering
    }

    /// SHA-256 of its contents in one fixed form, however they were written.
    #[must_use]
    pub const fn body_hash(&self) -> &[u8; 32] {
        &self.body_hash
    }

    /// When it arrived, in milliseconds since 1970.
    #[must_use]
    pub const fn received_at_ms(&self) -> i64 {
        self.received_at_ms
    }
}

fn hash(raw: &RawSubmission) -> [u8; 32] {
    crate::http::sha256(wire::encode_cloudevent(raw).as_bytes())
}

/// What became of an arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Stored: a new answer or a newer revision of one.
    Stored {
        /// Its revision.
        revision: u32,
    },
    /// The same revision with the same contents was there already.
    Repeated {
        /// Its revision.
        revision: u32,
    },
    /// A revision that came after a higher one: noted, and the higher one stays.
    Superseded {
        /// Its revision.
        revision: u32,
    },
    /// The same revision is there with other contents; nothing was changed.
    Conflict {
        /// Its revision.
        revision: u32,
    },
}

/// Which answers belong together: those to one survey, given on one scale. Answers given under
/// an earlier version on another scale are not comparable and are never mixed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Population {
    /// The survey.
    pub survey: SurveyId,
    /// The metric asked.
    pub metric: Metric,
    /// The scale shown.
    pub scale: Scale,
}

impl Population {
    /// The answers to the question that a survey asks now.
    #[must_use]
    pub fn of(outline: &Outline) -> Self {
        let question = outline.question;
        Self { survey: outline.id.clone(), metric: question.metric, scale: question.scale }
    }
}

/// What a report is to be cut by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segmentation {
    /// By the language shown.
    Locale,
    /// By one entry of the context.
    Context(survey::ReasonId),
}

impl Segmentation {
    /// The name it has in a request and in a report: `locale` or `context.<name>`.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Locale => "locale".to_owned(),
            Self::Context(name) => format!("context.{name}"),
        }
    }
}

/// The length of one period of a trend, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// `2026-01-31`
    Day,
    /// The week of ISO 8601, which begins on Monday: `2026-W05`
    Week,
    /// `2026-01`
    Month,
}

/// Which answers to count, and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountsQuery {
    /// Which answers.
    pub population: Population,
    /// Given at this time or later, in milliseconds since 1970.
    pub from_ms: Option<i64>,
    /// Given before this time, in milliseconds since 1970.
    pub until_ms: Option<i64>,
    /// Counts of segments too, when set.
    pub by: Option<Segmentation>,
    /// Counts of periods too, when set.
    pub period: Option<Period>,
    /// Segments with fewer answers than this are counted together: their names, an order number
    /// for one, may point at a person.
    pub segment_n_min: u64,
}

/// An answer with its comment, for a person to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentRow {
    /// The answer's id.
    pub id: String,
    /// The metric asked.
    pub metric: Metric,
    /// The scale shown.
    pub scale: Scale,
    /// The rating.
    pub value: i64,
    /// Names of the reasons chosen.
    pub reasons: Vec<String>,
    /// What was written.
    pub comment: String,
    /// The language shown.
    pub locale: String,
    /// When it was given, in milliseconds since 1970.
    pub answered_at_ms: i64,
}

impl CountsQuery {
    /// All answers of a population, cut by nothing.
    #[must_use]
    pub const fn all(population: Population) -> Self {
        Self { population, from_ms: None, until_ms: None, by: None, period: None, segment_n_min: 0 }
    }
}
