//! Sending answers: what is stored, what is refused and how, and what a sender is told when
//! storing does not work.

use std::time::Duration;

use crate::common::gate::Gate;
use crate::common::{
    Answer, Server, accepted, get, post, raw, raw_ces, server, server_with, submission, uuid,
};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use survey::RawSubmission;

/// An answer of the server as one text: status, the headers that matter, the body.
fn told(answer: &Answer) -> String {
    let mut text = format!("{}\n", answer.status);
    for name in ["content-type", "retry-after", "access-control-allow-origin"] {
        if answer.headers.contains_key(name) {
            text.push_str(&format!("{name}: {}\n", answer.header(name)));
        }
    }
    format!("{text}\n{:#}", answer.json())
}

#[tokio::test]
async fn a_new_answer_is_stored_and_the_same_again_is_not() {
    let server = server().await;
    insta::assert_snapshot!("stored", told(&server.submit(&raw(1, 9)).await));
    insta::assert_snapshot!("already_stored", told(&server.submit(&raw(1, 9)).await));
    assert_eq!(server.scores().await["n"], 1);
}

#[tokio::test]
async fn other_contents_under_the_same_revision_are_refused() {
    let server = server().await;
    server.submit(&raw(1, 9)).await;
    insta::assert_snapshot!("conflict", told(&server.submit(&raw(1, 3)).await));
}

#[tokio::test]
async fn a_revision_that_comes_late_is_noted() {
    let server = server().await;
    server.submit(&RawSubmission { revision: 2, ..raw(1, 9) }).await;
    insta::assert_snapshot!("superseded", told(&server.submit(&raw(1, 3)).await));
}

#[tokio::test]
async fn every_media_type_of_a_submission_is_read_with_any_parameter() {
    let server = server().await;
    let types = [
        "application/cloudevents+json; charset=utf-8",
        "application/json",
        "Application/JSON;charset=UTF-8",
        "text/plain;charset=UTF-8",
    ];
    for (id, media_type) in (1..).zip(types) {
        let body = wire::encode_cloudevent(&raw(id, 9));
        let answer = server.send(post("/v1/responses", media_type, body)).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{media_type}");
    }
}

#[tokio::test]
async fn other_media_types_are_refused_and_the_right_ones_named() {
    let server = server().await;
    let body = wire::encode_cloudevent(&raw(1, 9));
    let answer = server.send(post("/v1/responses", "text/html", body.clone())).await;
    insta::assert_snapshot!("media_type", told(&answer));
    let untyped = Request::post("/v1/responses").body(Body::from(body)).unwrap();
    let answer = server.send(untyped).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(
        answer.text().contains("a body without a content type is not read here"),
        "{}",
        answer.text()
    );
    assert_eq!(server.scores().await["n"], 0);
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_whether_or_not_it_says_so() {
    let server = server().await;
    const LIMIT: usize = collector::config::BODY_BYTES_MAX;
    let padded = |n_bytes: usize| {
        let mut body = wire::encode_cloudevent(&raw(1, 9));
        body.push_str(&" ".repeat(n_bytes - body.len()));
        body
    };
    let send = async |n_bytes| {
        server.send(post("/v1/responses", "application/json", padded(n_bytes))).await
    };
    insta::assert_snapshot!("too_large", told(&send(LIMIT + 1).await));
    let parts = padded(LIMIT + 1).into_bytes().chunks(1000).map(<[u8]>::to_vec).collect::<Vec<_>>();
    let parts = parts.into_iter().map(Ok::<_, std::io::Error>);
    let unannounced = Body::from_stream(futures_util::stream::iter(parts));
    let answer = server.send(post("/v1/responses", "application/json", unannounced)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(server.scores().await["n"], 0);
    assert_eq!(send(LIMIT).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn every_faulty_field_is_named_and_nothing_is_stored() {
    let server = server().await;
    let faulty = RawSubmission {
        revision: 0,
        reasons: vec!["choice".to_owned()],
        comment: "x".repeat(1501),
        ..raw(1, 3)
    };
    insta::assert_snapshot!("faulty_fields", told(&server.submit(&faulty).await));
    insta::assert_snapshot!("off_the_scale", told(&server.submit(&raw(1, 11)).await));
    let unknown = RawSubmission { survey_id: "nobody".to_owned(), ..raw(1, 9) };
    insta::assert_snapshot!("unknown_survey", told(&server.submit(&unknown).await));
    let answer = server.send(post("/v1/responses", "text/plain", "{")).await;
    insta::assert_snapshot!("not_json", told(&answer));
    assert_eq!(server.scores().await["n"], 0);
}

/// A server that gives the disk of a slow machine the time it takes.
async fn patient_server() -> Server {
    server_with(|config| config.limits.commit_wait = Duration::from_secs(60), |store| store).await
}

#[tokio::test]
async fn a_hundred_equal_posts_at_once_are_one_answer() {
    let server = patient_server().await;
    let answer = raw(1, 9);
    let posts = (0..100).map(|_| server.submit(&answer));
    let answers = futures_util::future::join_all(posts).await;
    let with = |status| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((with(StatusCode::CREATED), with(StatusCode::OK)), (1, 99));
    for answer in &answers {
        assert_eq!(answer.json()["id"], uuid(1));
        assert_eq!(answer.json()["revision"], 1);
    }
    assert_eq!(server.scores().await["n"], 1);
}

#[tokio::test]
async fn many_different_posts_at_once_are_all_stored() {
    let server = patient_server().await;
    let raws: Vec<RawSubmission> = (0..300).map(|id| raw(id, 9)).collect();
    let answers = futures_util::future::join_all(raws.iter().map(|raw| server.submit(raw))).await;
    assert!(answers.iter().all(|answer| answer.status == StatusCode::CREATED));
    assert_eq!(server.scores().await["n"], 300);
}

#[tokio::test]
async fn the_same_id_in_another_survey_is_another_answer() {
    let server = server().await;
    assert_eq!(server.submit(&raw(1, 9)).await.status, StatusCode::CREATED);
    assert_eq!(server.submit(&raw_ces(1, 7)).await.status, StatusCode::CREATED);
    assert_eq!(server.get("/v1/surveys/resolved-ces/scores").await.json()["n"], 1);
}

#[tokio::test]
async fn an_answer_is_acknowledged_only_after_its_commit() {
    let gate = Gate::new();
    let server = server_with(|_| {}, |store| gate.around(store)).await;
    gate.set_open(false);
    let sent = raw(1, 9);
    let mut waiting = Box::pin(server.submit(&sent));
    let early = tokio::time::timeout(Duration::from_millis(300), &mut waiting).await;
    assert!(early.is_err(), "acknowledged before the commit: {early:?}");
    assert_eq!(server.scores().await["n"], 0);
    gate.set_open(true);
    assert_eq!(waiting.await.status, StatusCode::CREATED);
    assert_eq!(server.scores().await["n"], 1);
}

#[tokio::test]
async fn a_failed_commit_is_never_acknowledged_and_the_next_one_works() {
    let gate = Gate::new();
    let server = server_with(|_| {}, |store| gate.around(store)).await;
    gate.set_failing(true);
    insta::assert_snapshot!("overloaded", told(&server.submit(&raw(1, 9)).await));
    assert_eq!(server.scores().await["n"], 0);
    gate.set_failing(false);
    assert_eq!(server.submit(&raw(1, 9)).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_stuck_commit_is_given_up_and_sending_again_is_safe() {
    let gate = Gate::new();
    let wait = Duration::from_millis(200);
    let server =
        server_with(|config| config.limits.commit_wait = wait, |store| gate.around(store)).await;
    gate.set_open(false);
    let answer = server.submit(&raw(1, 9)).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("retry-after"), "2");
    assert_eq!(server.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    gate.set_open(true);
    // The first sending was stored after all, as it had been taken. On a slow machine the commits
    // that follow may be given up as well, and are as safe to send again.
    let mut status = StatusCode::SERVICE_UNAVAILABLE;
    for _ in 0..50 {
        status = server.submit(&raw(1, 9)).await.status;
        if status != StatusCode::SERVICE_UNAVAILABLE {
            break;
        }
    }
    assert_eq!(status, StatusCode::OK);
    assert_eq!(server.get("/readyz").await.status, StatusCode::OK);
    assert_eq!(server.scores().await["n"], 1);
}

#[tokio::test]
async fn a_full_queue_refuses_at_once() {
    let gate = Gate::new();
    let server =
        server_with(|config| config.limits.queue_rows_max = 3, |store| gate.around(store)).await;
    gate.set_open(false);
    let raws: Vec<RawSubmission> = (0..40).map(|id| raw(id, 9)).collect();
    let mut posts =
        Box::pin(futures_util::future::join_all(raws.iter().map(|raw| server.submit(raw))));
    // Let every post reach the queue before the gate opens.
    let early = tokio::time::timeout(Duration::from_millis(300), &mut posts).await;
    assert!(early.is_err());
    gate.set_open(true);
    let answers = posts.await;
    let stored = answers.iter().filter(|answer| answer.status == StatusCode::CREATED).count();
    let refused = answers.iter().filter(|a| a.status == StatusCode::SERVICE_UNAVAILABLE).count();
    assert_eq!(stored + refused, 40);
    assert!((3..=8).contains(&stored), "{stored} stored");
    assert_eq!(server.scores().await["n"], stored);
}

#[tokio::test]
async fn what_was_taken_is_stored_when_the_server_stops() {
    let gate = Gate::new();
    let server = server_with(|_| {}, |store| gate.around(store)).await;
    gate.set_open(false);
    let sent: Vec<RawSubmission> = (0..20).map(|id| raw(id, 9)).collect();
    let router = server.router.clone();
    let posts: Vec<_> = sent
        .iter()
        .map(|raw| tokio::spawn(tower::ServiceExt::oneshot(router.clone(), submission(raw))))
        .collect();
    tokio::time::sleep(Duration::from_millis(200)).await;
    gate.set_open(true);
    server.background.drain().await;
    for post in posts {
        assert_eq!(post.await.unwrap().unwrap().status(), StatusCode::CREATED);
    }
    let late = tower::ServiceExt::oneshot(server.router.clone(), submission(&raw(99, 9))).await;
    assert_eq!(late.unwrap().status(), StatusCode::SERVICE_UNAVAILABLE);
    let query = collector::store::CountsQuery::all(collector::store::Population::of(
        crate::common::definition("shop-nps").outline(),
    ));
    assert_eq!(server.store.counts(&query).await.unwrap().overall.counts.n(), 20);
}

#[tokio::test]
async fn a_panic_is_a_problem_document_and_the_server_goes_on() {
    let gate = Gate::new();
    let server = server_with(|_| {}, |store| gate.around(store)).await;
    gate.set_read_panics(true);
    insta::assert_snapshot!("internal", told(&server.get("/v1/surveys/shop-nps/scores").await));
    gate.set_read_panics(false);
    assert_eq!(server.scores().await["n"], 0);
}

#[tokio::test]
async fn readiness_names_the_probe_that_failed() {
    let gate = Gate::new();
    let server = server_with(|_| {}, |store| gate.around(store)).await;
    assert_eq!(server.get("/livez").await.json()["status"], "alive");
    assert_eq!(server.get("/readyz").await.json()["status"], "ready");
    gate.set_failing(true);
    insta::assert_snapshot!("not_ready", told(&server.get("/readyz").await));
    gate.set_failing(false);
    server.background.announce_stop();
    let answer = server.send(get("/readyz", &[])).await;
    assert!(answer.text().contains("stopping"), "{}", answer.text());
    assert_eq!(server.get("/livez").await.status, StatusCode::OK);
}

#[test]
fn what_is_hashed_is_what_was_said() {
    use collector::store::Arrival;
    let hash = |raw| *Arrival::numbered(accepted(raw), 0).body_hash();
    assert_eq!(hash(raw(1, 9)), hash(raw(1, 9)));
    assert_ne!(hash(raw(1, 9)), hash(RawSubmission { complete: false, ..raw(1, 9) }));
    assert_ne!(hash(raw(1, 9)), hash(RawSubmission { age_ms: None, ..raw(1, 9) }));
}
