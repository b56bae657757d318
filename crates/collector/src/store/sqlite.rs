//! Answers in one SQLite file: a write-ahead log that is flushed before a commit returns, one
//! connection that writes, a few that read. The only file that names the database driver.

mod migrations;
mod statements;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use futures_util::future::BoxFuture;
use report::{Counts, ReportInput, ScalePoint};
use sqlx::migrate::Migrator;
use sqlx::query::QueryAs;
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool,
    SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, FromRow, Sqlite};
use survey::submission::REVISION_MAX;
use survey::{ReasonId, SurveyId};

use self::statements::{
    ADD_CHANGE, ADD_REVISION, CHANGE, COMMENTS, COUNTS, LAST_REVISION, PERIODS, PUT_RESPONSE,
    REASON_GIVERS, REASONS, REVISION_HASH, SEGMENTS, context_path, label_format,
};
use super::tally::{CommentColumns, by_name, comment_row, largest_first, n_rows};
use super::{
    Arrival, CommentRow, CountsQuery, NO_SEGMENT, Numbering, OTHER_SEGMENT, OpenError, Outcome,
    Population, SEGMENTS_MAX, Segmentation, Store, StoreError,
};

/// The lowest version without the fault that can corrupt a log which several connections use.
const VERSION_MIN: (u32, u32, u32) = (3, 51, 3);
const VERSION_MIN_TEXT: &str = "3.51.3";
/// How long a connection waits for a lock held by another process, such as a backup.
const LOCK_WAIT: Duration = Duration::from_secs(5);
/// Connections that read.
const READERS: u32 = 4;

/// What every connection must answer, and what it means.
const SETTINGS: [(&str, &str, &str); 4] = [
    ("journal_mode", "PRAGMA journal_mode", "wal"),
    ("synchronous", "PRAGMA synchronous", "2"), // FULL: the log is on disk before COMMIT returns
    ("foreign_keys", "PRAGMA foreign_keys", "1"),
    ("busy_timeout", "PRAGMA busy_timeout", "5000"),
];

/// Answers in one SQLite file.
#[derive(Debug)]
pub struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl SqliteStore {
    /// Opens the database file, makes it where it is missing, and brings it up to date.
    ///
    /// # Errors
    /// [`OpenError`] when the file cannot be used, when a connection would not flush before it
    /// acknowledges, or when the SQLite built in is one that can corrupt its log.
    pub async fn open(path: &Path) -> Result<Self, OpenError> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            return Err(OpenError::NoFolder(folder.display().to_string()));
        }
        let cannot =
            |detail: String| OpenError::Database { path: path.display().to_string(), detail };
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(LOCK_WAIT)
            .disable_statement_logging();
        let mut first = options.connect().await.map_err(|error| cannot(error.to_string()))?;
        let version: String = sqlx::query_scalar("SELECT sqlite_version()")
            .fetch_one(&mut first)
            .await
            .map_err(|error| cannot(error.to_string()))?;
        check_version(&version)?;
        // A pool tries again when a new connection is refused; here the refusal is told at once.
        unkept_setting(&mut first)
            .await
            .map_err(|error| cannot(error.to_string()))?
            .map_or(Ok(()), Err)?;
        Migrator::with_migrations(migrations::all())
            .run(&mut first)
            .await
            .map_err(|error| cannot(error.to_string()))?;
        first.close().await.map_err(|error| cannot(error.to_string()))?;
        let writer = pool(1, options.clone()).await;
        let readers = pool(READERS, options.pragma("query_only", "ON")).await;
        Ok(Self {
            writer: writer.map_err(|error| cannot(error.to_string()))?,
            readers: readers.map_err(|error| cannot(error.to_string()))?,
        })
    }
}

/// Connections of which each has proved that it flushes before it acknowledges.
async fn pool(n_max: u32, options: SqliteConnectOptions) -> Result<SqlitePool, sqlx::Error> {
    SqlitePoolOptions::new()
        .max_connections(n_max)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .after_connect(|connection, _| {
            Box::pin(async move {
                let unkept = unkept_setting(connection).await?;
                unkept.map_or(Ok(()), |fault| Err(sqlx::Error::Configuration(Box::new(fault))))
            })
        })
        .connect_with(options)
        .await
}

/// The first setting that a connection does not keep.
async fn unkept_setting(
    connection: &mut SqliteConnection,
) -> Result<Option<OpenError>, sqlx::Error> {
    for (name, sql, needed) in SETTINGS {
        let row: SqliteRow = sqlx::query(sql).fetch_one(&mut *connection).await?;
        let number: Result<i64, _> = sqlx::Row::try_get(&row, 0);
        let given = match number {
            Ok(number) => number.to_string(),
            Err(_) => sqlx::Row::try_get(&row, 0)?,
        };
        if given != needed {
            return Ok(Some(OpenError::NotDurable { name, given, needed }));
        }
    }
    Ok(None)
}

fn check_version(version: &str) -> Result<(), OpenError> {
    let mut numbers = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    if (next(), next(), next()) >= VERSION_MIN {
        return Ok(());
    }
    Err(OpenError::TooOld { given: version.to_owned(), needed: VERSION_MIN_TEXT })
}

fn failed(error: sqlx::Error) -> StoreError {
    StoreError::Database(error.to_string())
}

impl Store for SqliteStore {
    fn write<'a>(
        &'a self,
        batch: &'a [Arrival],
    ) -> BoxFuture<'a, Result<Vec<Outcome>, StoreError>> {
        Box::pin(async move { self.write_batch(batch).await.map_err(failed) })
    }

    fn counts<'a>(
        &'a self,
        query: &'a CountsQuery,
    ) -> BoxFuture<'a, Result<ReportInput, StoreError>> {
        Box::pin(async move { self.count(query).await.map_err(failed) })
    }

    fn live_counts<'a>(
        &'a self,
        population: &'a Population,
    ) -> BoxFuture<'a, Result<(u64, ReportInput), StoreError>> {
        Box::pin(async move {
            let query = CountsQuery::all(population.clone());
            let mut moment = self.readers.begin().await.map_err(failed)?;
            let change = change(&mut moment, &population.survey).await.map_err(failed)?;
            let counts = point_counts(&mut moment, COUNTS, &query).await.map_err(failed)?;
            Ok((change, ReportInput::of_counts(population.metric, counts)))
        })
    }

    fn change<'a>(&'a self, survey: &'a SurveyId) -> BoxFuture<'a, Result<u64, StoreError>> {
        Box::pin(async move {
            let mut connection = self.readers.acquire().await.map_err(failed)?;
            change(&mut connection, survey).await.map_err(failed)
        })
    }

    fn comments<'a>(
        &'a self,
        survey: &'a SurveyId,
        n_max: u32,
    ) -> BoxFuture<'a, Result<Vec<CommentRow>, StoreError>> {
        Box::pin(async move {
            let rows: Vec<CommentColumns> = sqlx::query_as(COMMENTS)
                .bind(survey.as_str())
                .bind(n_max)
                .fetch_all(&self.readers)
                .await
                .map_err(failed)?;
            rows.into_iter().map(comment_row).collect()
        })
    }

    fn probe(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async move {
            let n_rows = sqlx::query_scalar("SELECT count(*) FROM survey_changes");
            n_rows.fetch_one(&self.readers).await.map(|_: i64| ()).map_err(failed)
        })
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            self.readers.close().await;
            self.writer.close().await;
        })
    }
}

impl SqliteStore {
    async fn write_batch(&self, batch: &[Arrival]) -> Result<Vec<Outcome>, sqlx::Error> {
        let mut group_commit = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let mut outcomes = Vec::with_capacity(batch.len());
        let mut changed = BTreeSet::new();
        for arrival in batch {
            let outcome = write_arrival(&mut group_commit, arrival).await?;
            if matches!(outcome, Outcome::Stored { .. }) {
                changed.insert(arrival.submission().survey());
            }
            outcomes.push(outcome);
        }
        for survey in changed {
            sqlx::query(ADD_CHANGE).bind(survey.as_str()).execute(&mut *group_commit).await?;
        }
        group_commit.commit().await?;
        Ok(outcomes)
    }

    async fn count(&self, query: &CountsQuery) -> Result<ReportInput, sqlx::Error> {
        let mut moment = self.readers.begin().await?;
        let scale = query.population.scale;
        let counts = point_counts(&mut moment, COUNTS, query).await?;
        let mut input = ReportInput::of_counts(query.population.metric, counts);
        input.reason_givers = point_counts(&mut moment, REASON_GIVERS, query).await?;
        let rows = answers(REASONS, query).fetch_all(&mut *moment).await?;
        input.reasons = by_name(scale, rows);
        if let Some(period) = query.period {
            let labels = answers(PERIODS, query).bind(label_format(period));
            let rows = by_name(scale, labels.fetch_all(&mut *moment).await?);
            input.periods =
                rows.into_iter().map(|(label, counts)| (label, counts.into())).collect();
        }
        if let Some(by) = &query.by {
            let path = match by {
                Segmentation::Locale => None,
                Segmentation::Context(name) => Some(context_path(name)),
            };
            let rows = answers(SEGMENTS, query)
                .bind(path)
                .bind(i64::try_from(query.segment_n_min).unwrap_or(i64::MAX))
                .bind(i64::try_from(SEGMENTS_MAX).unwrap_or(i64::MAX))
                .bind(OTHER_SEGMENT)
                .bind(NO_SEGMENT)
                .fetch_all(&mut *moment)
                .await?;
            input.segments = largest_first(&by.name(), by_name(scale, rows));
        }
        Ok(input)
    }
}

/// Puts one arrival into the open transaction.
async fn write_arrival(
    connection: &mut SqliteConnection,
    arrival: &Arrival,
) -> Result<Outcome, sqlx::Error> {
    let submission = arrival.submission();
    let (survey, id) = (submission.survey().as_str(), submission.id());
    let mut revision = submission.revision();
    if arrival.numbering() == Numbering::Next {
        let last: Option<(u32, Vec<u8>)> = sqlx::query_as(LAST_REVISION)
            .bind(survey)
            .bind(id)
            .fetch_optional(&mut *connection)
            .await?;
        revision = match last {
            None => 1,
            Some((revision, hash)) if hash == arrival.body_hash() => {
                return Ok(Outcome::Repeated { revision });
            }
            Some((revision, _)) if revision >= REVISION_MAX => {
                return Ok(Outcome::Conflict { revision });
            }
            Some((revision, _)) => revision + 1,
        };
    }
    let added = sqlx::query(ADD_REVISION)
        .bind(survey)
        .bind(id)
        .bind(revision)
        .bind(arrival.body_hash().as_slice())
        .bind(arrival.received_at_ms())
        .execute(&mut *connection)
        .await?;
    if added.rows_affected() == 0 {
        let hash: Vec<u8> = sqlx::query_scalar(REVISION_HASH)
            .bind(survey)
            .bind(id)
            .bind(revision)
            .fetch_one(&mut *connection)
            .await?;
        let same = hash == arrival.body_hash();
        return Ok(if same {
            Outcome::Repeated { revision }
        } else {
            Outcome::Conflict { revision }
        });
    }
    let stored = put_response(connection, arrival, revision).await?;
    Ok(if stored { Outcome::Stored { revision } } else { Outcome::Superseded { revision } })
}

/// Stores the answer unless a higher revision of it is there; whether it was stored.
async fn put_response(
    connection: &mut SqliteConnection,
    arrival: &Arrival,
    revision: u32,
) -> Result<bool, sqlx::Error> {
    let submission = arrival.submission();
    let reasons: Vec<&str> = submission.reasons().iter().map(ReasonId::as_str).collect();
    let scale = submission.scale();
    let context: serde_json::Map<_, _> = submission
        .context()
        .iter()
        .map(|(name, text)| (name.clone(), text.as_str().into()))
        .collect();
    let put = sqlx::query(PUT_RESPONSE)
        .bind(submission.survey().as_str())
        .bind(submission.id())
        .bind(revision)
        .bind(submission.complete())
        .bind(submission.survey_version())
        .bind(submission.locale().as_str())
        .bind(submission.metric().name())
        .bind(scale.min())
        .bind(scale.max())
        .bind(scale.direction().name())
        .bind(submission.value().0)
        .bind(submission.question())
        .bind(serde_json::json!(reasons).to_string())
        .bind(submission.comment())
        .bind(serde_json::Value::Object(context).to_string())
        .bind(submission.source())
        .bind(submission.answered_at_ms())
        .bind(arrival.received_at_ms())
        // An age beyond 290 million years is not one.
        .bind(submission.age_ms().and_then(|age_ms| i64::try_from(age_ms).ok()))
        .execute(connection)
        .await?;
    Ok(put.rows_affected() > 0)
}

/// A query about the answers meant, with binds 1 to 7 filled in.
fn answers<'q, O>(
    sql: &'static str,
    query: &'q CountsQuery,
) -> QueryAs<'q, Sqlite, O, SqliteArguments>
where
    O: for<'r> FromRow<'r, SqliteRow>,
{
    let Population { survey, metric, scale } = &query.population;
    sqlx::query_as(sql)
        .bind(survey.as_str())
        .bind(metric.name())
        .bind(scale.min())
        .bind(scale.max())
        .bind(scale.direction().name())
        .bind(query.from_ms.unwrap_or(i64::MIN))
        .bind(query.until_ms.unwrap_or(i64::MAX))
}

async fn change(connection: &mut SqliteConnection, survey: &SurveyId) -> Result<u64, sqlx::Error> {
    let row: Option<i64> =
        sqlx::query_scalar(CHANGE).bind(survey.as_str()).fetch_optional(connection).await?;
    Ok(row.map_or(0, n_rows))
}

/// Counts per point from rows of a point and a number of answers.
async fn point_counts(
    connection: &mut SqliteConnection,
    sql: &'static str,
    query: &CountsQuery,
) -> Result<Counts, sqlx::Error> {
    let mut counts = Counts::new(query.population.scale);
    let rows: Vec<(i16, i64)> = answers(sql, query).fetch_all(connection).await?;
    for (value, n) in rows {
        counts.add(ScalePoint(value), n_rows(n));
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_that_can_corrupt_its_log_is_refused() {
        assert!(check_version("3.51.3").is_ok());
        assert!(check_version("3.52.0").is_ok());
        assert!(check_version("4.0").is_ok());
        let error = check_version("3.51.2").unwrap_err().to_string();
        assert!(error.contains("3.51.2") && error.contains("3.51.3"), "{error}");
        assert!(check_version("3.40.1").is_err());
    }

    #[tokio::test]
    async fn a_connection_that_does_not_flush_is_found_out() {
        let folder = tempfile::tempdir().unwrap();
        let options = SqliteConnectOptions::new()
            .filename(folder.path().join("x.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(LOCK_WAIT);
        let mut connection = options.connect().await.unwrap();
        let fault = unkept_setting(&mut connection).await.unwrap().unwrap().to_string();
        assert_eq!(fault, "the database connection has synchronous = 1; 2 is needed");
    }

    #[tokio::test]
    async fn every_connection_flushes_before_it_acknowledges() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("candor.db")).await.unwrap();
        for pool in [&store.writer, &store.readers] {
            let mut held = Vec::new();
            for _ in 0..pool.options().get_max_connections() {
                let mut connection = pool.acquire().await.unwrap();
                assert!(unkept_setting(&mut connection).await.unwrap().is_none());
                held.push(connection);
            }
        }
    }

    #[tokio::test]
    async fn readers_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("candor.db")).await.unwrap();
        let error = sqlx::query("DELETE FROM responses").execute(&store.readers).await;
        assert!(error.unwrap_err().to_string().contains("readonly"));
    }

    #[tokio::test]
    async fn a_missing_folder_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = SqliteStore::open(&folder.path().join("no/such/candor.db")).await.unwrap_err();
        assert!(error.to_string().contains("no/such does not exist"), "{error}");
    }
}
