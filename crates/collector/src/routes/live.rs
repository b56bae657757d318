//! `GET /v1/surveys/{survey}/live`: the score as server-sent events, from now on.
//!
//! Each event is named `score`; its data is the report on one line and its id the number of the
//! change it belongs to. Whoever comes back with `Last-Event-ID` is told at once what the score is,
//! unless nothing has changed since.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::Stream;
use tokio::sync::watch;

use crate::app::App;
use crate::error::AppError;
use crate::live::LiveScore;

/// Between two comments that keep the connection open through proxies.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// One listener.
struct Listener {
    scores: watch::Receiver<Option<LiveScore>>,
    stopping: watch::Receiver<bool>,
    /// The last change told.
    told: Option<u64>,
}

pub(crate) async fn stream(
    State(app): State<App>,
    Path(survey): Path<String>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let id = &app.definition(&survey)?.outline().id;
    let scores = tokio::time::timeout(app.config.limits.read_wait, app.live.listen(id))
        .await
        .map_err(|_| AppError::StoreSlow)??
        .ok_or(AppError::NotFound)?;
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse().ok());
    let listener = Listener { scores, stopping: app.stopping.clone(), told: last };
    let events = Sse::new(events(listener)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    // A proxy that gathers a response before passing it on would hold the events back.
    let unbuffered = [(HeaderName::from_static("x-accel-buffering"), "no")];
    Ok((unbuffered, events).into_response())
}

fn events(listener: Listener) -> impl Stream<Item = Result<Event, Infallible>> {
    futures_util::stream::unfold(listener, |mut listener| async move {
        let told = listener.told;
        let is_news =
            |score: &Option<LiveScore>| score.as_ref().is_some_and(|s| Some(s.change) != told);
        let score = tokio::select! {
            _ = listener.stopping.wait_for(|stopping| *stopping) => return None,
            // An error means that the scores have ended with the server.
            score = listener.scores.wait_for(is_news) => score.ok()?.clone()?,
        };
        listener.told = Some(score.change);
        let event = Event::default().event("score").id(score.change.to_string());
        Some((Ok(event.data(&score.report)), listener))
    })
}
