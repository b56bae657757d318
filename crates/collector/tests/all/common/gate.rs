//! A store around the real one whose writes can be held back or made to fail: how a full disk or a
//! stuck one looks from outside.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use collector::store::{
    Arrival, CommentRow, CountsQuery, Outcome, Population, SharedStore, Store, StoreError,
};
use futures_util::future::BoxFuture;
use report::ReportInput;
use survey::SurveyId;
use tokio::sync::watch;

/// What the writes of a [`GatedStore`] do.
#[derive(Clone)]
pub struct Gate {
    open: Arc<watch::Sender<bool>>,
    failing: Arc<AtomicBool>,
    read_panics: Arc<AtomicBool>,
}

impl Gate {
    pub fn new() -> Self {
        Self {
            open: Arc::new(watch::Sender::new(true)),
            failing: Arc::default(),
            read_panics: Arc::default(),
        }
    }

    /// Holds back every write, or lets them go on.
    pub fn set_open(&self, open: bool) {
        self.open.send_replace(open);
    }

    /// Makes writes and probes fail.
    pub fn set_failing(&self, failing: bool) {
        self.failing.store(failing, Ordering::SeqCst);
    }

    /// Makes counting panic.
    pub fn set_read_panics(&self, panics: bool) {
        self.read_panics.store(panics, Ordering::SeqCst);
    }

    pub fn around(&self, inner: SharedStore) -> SharedStore {
        Arc::new(GatedStore { inner, gate: self.clone() })
    }

    fn check(&self) -> Result<(), StoreError> {
        if self.failing.load(Ordering::SeqCst) {
            return Err(StoreError::Database("database or disk is full".to_owned()));
        }
        Ok(())
    }
}

struct GatedStore {
    inner: SharedStore,
    gate: Gate,
}

impl Store for GatedStore {
    fn write<'a>(
        &'a self,
        batch: &'a [Arrival],
    ) -> BoxFuture<'a, Result<Vec<Outcome>, StoreError>> {
        Box::pin(async move {
            let _ = self.gate.open.subscribe().wait_for(|open| *open).await;
            self.gate.check()?;
            self.inner.write(batch).await
        })
    }

    fn counts<'a>(
        &'a self,
        query: &'a CountsQuery,
    ) -> BoxFuture<'a, Result<ReportInput, StoreError>> {
        assert!(!self.gate.read_panics.load(Ordering::SeqCst), "counting was made to panic");
        self.inner.counts(query)
    }

    fn live_counts<'a>(
        &'a self,
        population: &'a Population,
    ) -> BoxFuture<'a, Result<(u64, ReportInput), StoreError>> {
        self.inner.live_counts(population)
    }

    fn change<'a>(&'a self, survey: &'a SurveyId) -> BoxFuture<'a, Result<u64, StoreError>> {
        self.inner.change(survey)
    }

    fn comments<'a>(
        &'a self,
        survey: &'a SurveyId,
        n_max: u32,
    ) -> BoxFuture<'a, Result<Vec<CommentRow>, StoreError>> {
        self.inner.comments(survey, n_max)
    }

    fn probe(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async move {
            self.gate.check()?;
            self.inner.probe().await
        })
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        self.inner.close()
    }
}
