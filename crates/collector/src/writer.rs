//! The one task that writes. It takes what waits, up to [`COMMIT_ROWS_MAX`] answers, stores them
//! in one commit and only then acknowledges each: flushing once for many is what makes an answer
//! on disk cheap. Knows no database and no HTTP.
//!
//! Nothing waits for company: while one commit is being flushed the next answers gather, so a lone
//! answer is stored at once and a crowd shares its commits.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use survey::SurveyId;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

use crate::config::COMMIT_ROWS_MAX;
use crate::store::{Arrival, Outcome, SharedStore};

/// Why an answer was not acknowledged. It may be stored all the same; sending it again is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteFault {
    /// Too many answers are waiting.
    Full,
    /// The commit took longer than the sender is made to wait.
    Late,
    /// The commit failed; nothing of it is stored.
    Failed,
    /// The writer has stopped.
    Stopped,
}

/// What a sender waits for.
type Reply = Result<Outcome, WriteFault>;

struct Waiting {
    arrival: Arrival,
    reply: oneshot::Sender<Reply>,
}

/// Hands answers to the task that writes.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Waiting>,
    pulse: Arc<Pulse>,
    wait: Duration,
}

/// Since when the writer has been busy with one commit.
struct Pulse {
    started: Instant,
    /// Milliseconds from `started` to the begin of the commit under way, plus one; 0 when idle.
    busy_since: AtomicU64,
}

impl Pulse {
    fn now_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn busy_for(&self) -> Duration {
        match self.busy_since.load(Ordering::Relaxed) {
            0 => Duration::ZERO,
            since => Duration::from_millis(self.now_ms().saturating_sub(since - 1)),
        }
    }
}

/// The task that writes, for the one who stops it.
pub struct WriterTask {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl WriterTask {
    /// Stops taking answers, stores those that wait, and returns when they are on disk.
    pub async fn drain(self) {
        // No receiver is left when the task has ended already.
        let _ = self.stop.send(true);
        if self.task.await.is_err() {
            tracing::error!("the writer broke off");
        }
    }
}

/// How much may wait, and how long.
#[derive(Clone, Copy, Debug)]
pub struct WriterLimits {
    /// Most answers waiting to be written.
    pub queue_rows_max: usize,
    /// Longest wait of one sender.
    pub wait: Duration,
}

impl Writer {
    /// Starts the task that writes to `store`. After each commit `on_stored` is told the surveys
    /// whose answers have changed.
    #[must_use]
    pub fn start(
        store: SharedStore,
        limits: WriterLimits,
        on_stored: impl Fn(&SurveyId) + Send + Sync + 'static,
    ) -> (Self, WriterTask) {
        let (queue, waiting) = mpsc::channel(limits.queue_rows_max);
        let (stop, stopping) = watch::channel(false);
        let pulse = Arc::new(Pulse { started: Instant::now(), busy_since: AtomicU64::new(0) });
        let task = tokio::spawn(run(store, waiting, stopping, Arc::clone(&pulse), on_stored));
        (Self { queue, pulse, wait: limits.wait }, WriterTask { stop, task })
    }

    /// Stores an answer; what became of it, once that is on disk.
    ///
    /// # Errors
    /// [`WriteFault`] when it was not acknowledged.
    pub async fn write(&self, arrival: Arrival) -> Reply {
        let (reply, answer) = oneshot::channel();
        self.queue.try_send(Waiting { arrival, reply }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => WriteFault::Full,
            mpsc::error::TrySendError::Closed(_) => WriteFault::Stopped,
        })?;
        match tokio::time::timeout(self.wait, answer).await {
            Err(_) => Err(WriteFault::Late),
            Ok(Err(_)) => Err(WriteFault::Stopped),
            Ok(Ok(reply)) => reply,
        }
    }

    /// Whether the task runs and is not stuck in a commit.
    #[must_use]
    pub fn is_well(&self) -> bool {
        !self.queue.is_closed() && self.pulse.busy_for() < self.wait
    }
}

async fn run(
    store: SharedStore,
    mut waiting: mpsc::Receiver<Waiting>,
    mut stopping: watch::Receiver<bool>,
    pulse: Arc<Pulse>,
    on_stored: impl Fn(&SurveyId),
) {
    let mut stop_seen = false;
    loop {
        let first = tokio::select! {
            first = waiting.recv() => first,
            // An error means that nobody can stop us any more; go on until the queue is closed.
            stop = stopping.wait_for(|stop| *stop), if !stop_seen => {
                stop_seen = true;
                if stop.is_ok() {
                    waiting.close();
                }
                continue;
            }
        };
        let Some(first) = first else { return };
        let mut batch = vec![first];
        while batch.len() < COMMIT_ROWS_MAX
            && let Ok(next) = waiting.try_recv()
        {
            batch.push(next);
        }
        pulse.busy_since.store(pulse.now_ms() + 1, Ordering::Relaxed);
        commit(&store, batch, &on_stored).await;
        pulse.busy_since.store(0, Ordering::Relaxed);
    }
}

/// Stores a batch and then acknowledges each of its answers.
async fn commit(store: &SharedStore, batch: Vec<Waiting>, on_stored: &impl Fn(&SurveyId)) {
    let (arrivals, replies): (Vec<Arrival>, Vec<oneshot::Sender<Reply>>) =
        batch.into_iter().map(|waiting| (waiting.arrival, waiting.reply)).unzip();
    // A sender that has stopped waiting takes no reply; its answer is stored all the same.
    match store.write(&arrivals).await {
        Ok(outcomes) => {
            let mut changed = BTreeSet::new();
            for ((arrival, outcome), reply) in arrivals.iter().zip(outcomes).zip(replies) {
                if matches!(outcome, Outcome::Stored { .. }) {
                    changed.insert(arrival.submission().survey());
                }
                let _ = reply.send(Ok(outcome));
            }
            changed.into_iter().for_each(on_stored);
        }
        Err(error) => {
            tracing::error!(%error, n_rows = arrivals.len(), "a commit failed");
            for reply in replies {
                let _ = reply.send(Err(WriteFault::Failed));
            }
        }
    }
}
