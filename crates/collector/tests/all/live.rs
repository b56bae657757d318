//! The live score: told at once, told again after a change, resumed where it was left.

use std::time::Duration;

use crate::common::{Server, get, raw, server};
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use tower::ServiceExt;

/// An open stream of events.
struct Stream {
    body: Body,
    held: String,
}

/// One event as it was sent.
#[derive(Debug, PartialEq)]
struct Event {
    name: String,
    id: u64,
    n: u64,
}

impl Stream {
    async fn open(server: &Server, last_event_id: Option<&str>) -> Self {
        let path = "/v1/surveys/shop-nps/live";
        let headers: Vec<(&str, &str)> =
            last_event_id.map(|id| ("last-event-id", id)).into_iter().collect();
        let response = server.router.clone().oneshot(get(path, &headers)).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
        assert!(!response.headers().contains_key("content-encoding"));
        Self { body: response.into_body(), held: String::new() }
    }

    /// The next event; `None` when the stream has ended.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((event, rest)) = self.held.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.held = rest;
                if !event.starts_with(':') {
                    return Some(parse(&event));
                }
                continue;
            }
            let frame = tokio::time::timeout(Duration::from_secs(10), self.body.frame()).await;
            let frame = frame.expect("an event comes within ten seconds")?;
            let bytes = frame.unwrap().into_data().unwrap();
            self.held.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }

    async fn is_silent(&mut self) -> bool {
        tokio::time::timeout(Duration::from_millis(400), self.next()).await.is_err()
    }
}

fn parse(event: &str) -> Event {
    let field = |name: &str| {
        let found = event.lines().find_map(|line| line.strip_prefix(name));
        found.unwrap_or_else(|| panic!("no {name} in {event}")).trim_start().to_owned()
    };
    let report: wire::ReportJson = serde_json::from_str(&field("data:")).unwrap();
    Event { name: field("event:"), id: field("id:").parse().unwrap(), n: report.n }
}

fn score(id: u64, n: u64) -> Option<Event> {
    Some(Event { name: "score".to_owned(), id, n })
}

#[tokio::test]
async fn the_score_is_told_at_once_and_after_every_change() {
    let server = server().await;
    let mut stream = Stream::open(&server, None).await;
    assert_eq!(stream.next().await, score(0, 0));
    server.submit(&raw(1, 9)).await;
    assert_eq!(stream.next().await, score(1, 1));
    // Nothing was changed, so there is nothing to tell.
    server.submit(&raw(1, 9)).await;
    assert!(stream.is_silent().await);
    server.submit(&raw(2, 9)).await;
    assert_eq!(stream.next().await, score(2, 2));
}

#[tokio::test]
async fn a_listener_who_comes_back_is_told_only_what_is_new() {
    let server = server().await;
    for id in 0..3 {
        server.submit(&raw(id, 9)).await;
    }
    let mut knows_all = Stream::open(&server, Some("3")).await;
    assert!(knows_all.is_silent().await);
    let mut knows_less = Stream::open(&server, Some("2")).await;
    assert_eq!(knows_less.next().await, score(3, 3));
    let mut knows_nonsense = Stream::open(&server, Some("yesterday")).await;
    assert_eq!(knows_nonsense.next().await, score(3, 3));
    server.submit(&raw(3, 9)).await;
    assert_eq!(knows_all.next().await, score(4, 4));
    assert_eq!(knows_less.next().await, score(4, 4));
}

#[tokio::test]
async fn changes_that_nobody_heard_are_in_the_first_score_of_the_next_listener() {
    let server = server().await;
    let mut first = Stream::open(&server, None).await;
    assert_eq!(first.next().await, score(0, 0));
    drop(first);
    for id in 0..5 {
        server.submit(&raw(id, 9)).await;
    }
    assert_eq!(Stream::open(&server, None).await.next().await, score(5, 5));
}

#[tokio::test]
async fn a_burst_is_told_in_few_events_and_its_end_is_always_told() {
    let server = server().await;
    let mut streams = Vec::new();
    for _ in 0..3 {
        let mut stream = Stream::open(&server, None).await;
        assert_eq!(stream.next().await, score(0, 0));
        streams.push(stream);
    }
    for id in 0..100 {
        server.submit(&raw(id, 9)).await;
    }
    for stream in &mut streams {
        let mut n_events = 0;
        loop {
            n_events += 1;
            let event = stream.next().await.unwrap();
            if event.n == 100 {
                assert_eq!(event.id, 100);
                break;
            }
        }
        assert!(n_events <= 60, "{n_events} events for a burst of 100 answers");
    }
}

#[tokio::test]
async fn the_number_of_a_change_survives_a_restart() {
    let first = server().await;
    first.submit(&raw(1, 9)).await;
    first.submit(&raw(2, 9)).await;
    first.background.drain().await;
    first.store.close().await;
    let (config, surveys) = (crate::common::config(first.folder.path()), crate::common::surveys());
    let store = collector::store::SqliteStore::open(&config.database).await.unwrap();
    let clock = std::sync::Arc::new(|| crate::common::NOW_MS);
    let store: collector::store::SharedStore = std::sync::Arc::new(store);
    let (app, background) = collector::App::start(config, surveys, store.clone(), clock);
    let router = collector::router(app);
    let again = Server { router, store, background, folder: first.folder };
    assert!(Stream::open(&again, Some("2")).await.is_silent().await);
    assert_eq!(Stream::open(&again, None).await.next().await, score(2, 2));
}

#[tokio::test]
async fn streams_end_when_the_server_stops() {
    let server = server().await;
    let mut stream = Stream::open(&server, None).await;
    assert_eq!(stream.next().await, score(0, 0));
    server.background.announce_stop();
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn head_of_a_stream_has_no_body_and_ends() {
    let server = server().await;
    let head = Request::head("/v1/surveys/shop-nps/live").body(Body::empty()).unwrap();
    let answer = server.send(head).await;
    assert_eq!((answer.status.as_u16(), answer.body.len()), (200, 0));
}
