//! The live score of each survey: counted once for each change however many listen, told to all
//! of them, and the last state always told. Knows no HTTP; the stream itself is in `routes`.
//!
//! A listener never holds more than the newest score, so a slow one misses states in between and
//! nothing is ever kept for it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use report::ScoreOptions;
use survey::SurveyId;
use tokio::sync::watch;
use tokio::time::Instant;
use wire::ReportJson;

use crate::store::{Population, SharedStore, StoreError};

/// The shortest time between two scores of one survey.
const PAUSE_MIN: Duration = Duration::from_millis(100);
/// Counting takes at most a fifth of the time: a survey with many answers is told less often.
const PAUSE_FACTOR: u32 = 4;
/// The pause after a failed count.
const PAUSE_FAILED: Duration = Duration::from_secs(1);

/// A score as told to listeners.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveScore {
    /// The change it belongs to; listeners resume from it.
    pub change: u64,
    /// The report as JSON on one line.
    pub report: Arc<str>,
}

/// The live scores of all surveys.
pub struct Live {
    store: SharedStore,
    channels: BTreeMap<SurveyId, Channel>,
}

struct Channel {
    /// Says that the answers may have changed.
    dirty: watch::Sender<()>,
    newest: Arc<watch::Sender<Option<LiveScore>>>,
}

impl Live {
    /// Starts one task for each survey. They end when this is dropped.
    #[must_use]
    pub fn start(
        store: &SharedStore,
        surveys: impl IntoIterator<Item = (Population, ScoreOptions)>,
    ) -> Self {
        let mut channels = BTreeMap::new();
        for (population, options) in surveys {
            let (dirty, changes) = watch::channel(());
            let newest = Arc::new(watch::Sender::new(None));
            let channel = Channel { dirty, newest: Arc::clone(&newest) };
            channels.insert(population.survey.clone(), channel);
            let teller = Teller { store: Arc::clone(store), population, options, newest };
            tokio::spawn(teller.run(changes));
        }
        Self { store: Arc::clone(store), channels }
    }

    /// Notes that the answers of a survey have changed.
    pub fn mark(&self, survey: &SurveyId) {
        if let Some(channel) = self.channels.get(survey) {
            channel.dirty.send_replace(());
        }
    }

    /// The scores of a survey from now on, beginning with one that is up to date; `None` when
    /// there is no such survey.
    ///
    /// # Errors
    /// [`StoreError`] when the present state cannot be read.
    pub async fn listen(
        &self,
        survey: &SurveyId,
    ) -> Result<Option<watch::Receiver<Option<LiveScore>>>, StoreError> {
        let Some(channel) = self.channels.get(survey) else { return Ok(None) };
        // In this order: a change after subscribing is told, one before it is seen in the store.
        let mut scores = channel.newest.subscribe();
        let change = self.store.change(survey).await?;
        let fresh =
            |score: &Option<LiveScore>| score.as_ref().is_some_and(|score| score.change >= change);
        if !fresh(&scores.borrow()) {
            channel.dirty.send_replace(());
            if scores.wait_for(fresh).await.is_err() {
                return Ok(None);
            }
        }
        scores.mark_changed();
        Ok(Some(scores))
    }
}

/// Counts and tells one survey.
struct Teller {
    store: SharedStore,
    population: Population,
    options: ScoreOptions,
    newest: Arc<watch::Sender<Option<LiveScore>>>,
}

impl Teller {
    async fn run(self, mut changes: watch::Receiver<()>) {
        while changes.changed().await.is_ok() {
            // Nobody listens: the first who does will ask.
            if self.newest.receiver_count() == 0 {
                continue;
            }
            let begin = Instant::now();
            match self.score().await {
                Ok(score) => {
                    self.newest.send_if_modified(|newest| {
                        let is_news = newest.as_ref() != Some(&score);
                        if is_news {
                            *newest = Some(score);
                        }
                        is_news
                    });
                    tokio::time::sleep(PAUSE_MIN.max(begin.elapsed() * PAUSE_FACTOR)).await;
                }
                Err(error) => {
                    tracing::warn!(%error, "a live score could not be counted");
                    tokio::time::sleep(PAUSE_FAILED).await;
                    changes.mark_changed();
                }
            }
        }
    }

    async fn score(&self) -> Result<LiveScore, StoreError> {
        let (change, input) = self.store.live_counts(&self.population).await?;
        let report = report::report(&input, &self.options)
            .map_err(|error| StoreError::Unreadable(error.to_string()))?;
        Ok(LiveScore { change, report: ReportJson::from(&report).to_json().into() })
    }
}
