//! The page behind a link: asking records nothing, a sent form is an answer, and whatever was
//! filled in is never lost.

use crate::common::gate::Gate;
use crate::common::{Answer, Server, post, raw, server, server_with, uuid};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use survey::RawSubmission;

const PATH: &str = "/s/shop-nps";

async fn send_form(server: &Server, fields: &[(&str, &str)]) -> Answer {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields);
    server.send(post(PATH, "application/x-www-form-urlencoded", form.finish())).await
}

/// The newest answers with a comment.
async fn comments(server: &Server) -> serde_json::Value {
    let path = "/v1/surveys/shop-nps/responses";
    server.get_with(path, &[("host", "localhost")]).await.json()["responses"].clone()
}

/// Where the form of a page stands.
fn state(page: &Answer) -> String {
    let text = page.text();
    let (_, rest) = text.split_once("data-state=\"").expect("the page has a form");
    rest.split('"').next().unwrap().to_owned()
}

/// The opening tag of the input with that name and value.
fn input(page: &Answer, name: &str, value: &str) -> String {
    let text = page.text();
    let tags = text.split('<').filter(|tag| tag.starts_with("input"));
    let named = format!("name=\"{name}\"");
    let valued = format!("value=\"{value}\"");
    let found = tags.map(|tag| tag.split('>').next().unwrap().to_owned());
    let mut found = found.filter(|tag| tag.contains(&named) && tag.contains(&valued));
    found.next().unwrap_or_else(|| panic!("no {named} {valued} in {text}"))
}

#[tokio::test]
async fn asking_for_the_page_records_nothing() {
    let server = server().await;
    for _ in 0..3 {
        let page = server.get(&format!("{PATH}?rating=9&t=anything")).await;
        assert_eq!((page.status, state(&page).as_str()), (StatusCode::OK, "ready"));
        assert!(input(&page, "rating", "9").contains("checked"));
        let head = Request::head(format!("{PATH}?rating=9")).body(Body::empty()).unwrap();
        assert_eq!(server.send(head).await.status, StatusCode::OK);
    }
    assert_eq!(server.scores().await["n"], 0);
}

#[tokio::test]
async fn the_page_can_be_framed_and_can_load_nothing_but_its_style() {
    let server = server().await;
    let page = server.get(PATH).await;
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    insta::assert_snapshot!("policy", page.header("content-security-policy"));
    assert!(page.text().starts_with("<!doctype html>"));
    assert!(page.text().contains("\"../candor.css\""));
    assert!(!page.text().contains("<script"));
    let other = server.get(PATH).await;
    assert_ne!(page.text(), other.text(), "every page has an id of its own");
}

#[tokio::test]
async fn the_page_speaks_the_language_of_its_link_or_of_the_browser() {
    let server = server().await;
    let check = async |path: &str, accepted: &str, expected: &str| {
        let page = server.get_with(path, &[("accept-language", accepted)]).await;
        assert_eq!(page.header("content-language"), expected, "{path} {accepted}");
    };
    check(PATH, "", "en").await;
    check(PATH, "fi, zh-TW;q=0.9, en;q=0.8", "zh-Hant").await;
    check("/s/shop-nps?lang=zh-CN", "en", "zh-Hans").await;
    check("/s/shop-nps?lang=fi", "zh", "zh-Hans").await;
    check("/s/shop-nps?lang=../x", "fi", "en").await;
}

#[tokio::test]
async fn a_sent_form_is_an_answer_and_the_person_is_thanked() {
    let server = server().await;
    let id = uuid(1);
    let fields = [
        ("rating", "9"),
        ("reason", "delivery"),
        ("reason", "choice"),
        ("comment", "Two\r\nlines"),
        ("id", id.as_str()),
        ("version", "2"),
        ("locale", "zh-Hans"),
    ];
    let page = send_form(&server, &fields).await;
    assert_eq!((page.status, state(&page).as_str()), (StatusCode::OK, "done"));
    assert!(page.text().contains("太好了，谢谢！"));
    let stored = comments(&server).await;
    assert_eq!(stored[0]["value"], 9);
    assert_eq!(stored[0]["locale"], "zh-Hans");
    assert_eq!(stored[0]["comment"], "Two\nlines");
    assert_eq!(stored[0]["reasons"], serde_json::json!(["delivery", "choice"]));
    assert_eq!(stored[0]["id"], id);
}

#[tokio::test]
async fn a_form_sent_twice_is_one_answer_and_an_edited_one_its_next_revision() {
    let server = server().await;
    let id = uuid(1);
    let form = |rating: &'static str, comment: &'static str| {
        let id = id.as_str();
        [("rating", rating), ("comment", comment), ("id", id), ("version", "2"), ("locale", "en")]
    };
    for (rating, comment) in [("9", "good"), ("9", "good"), ("3", "bad after all")] {
        let page = send_form(&server, &form(rating, comment)).await;
        assert_eq!((page.status, state(&page).as_str()), (StatusCode::OK, "done"));
    }
    let report = server.scores().await;
    assert_eq!((&report["n"], &comments(&server).await[0]["value"]), (&1.into(), &3.into()));
    // The script's next sending would be revision 2, which the edit has taken.
    let second = RawSubmission { revision: 2, ..raw(1, 9) };
    assert_eq!(server.submit(&second).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_form_without_a_rating_comes_back_as_it_was_filled_in() {
    let server = server().await;
    let id = uuid(1);
    let fields = [
        ("reason", "price"),
        ("comment", "<b>kept</b>"),
        ("id", id.as_str()),
        ("version", "2"),
        ("locale", "en"),
    ];
    for rating in [None, Some(("rating", "11")), Some(("rating", "")), Some(("rating", "9.5"))] {
        let fields: Vec<_> = fields.into_iter().chain(rating).collect();
        let page = send_form(&server, &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{rating:?}");
        assert_eq!(state(&page), "ready");
        assert!(page.text().contains("Please choose a score first."));
        assert!(page.text().contains("&lt;b&gt;kept&lt;/b&gt;"), "{}", page.text());
        assert!(input(&page, "reason", "price").contains("checked"));
        assert!(!input(&page, "id", &id).is_empty());
    }
    assert_eq!(server.scores().await["n"], 0);
}

#[tokio::test]
async fn reasons_that_the_rating_hides_are_not_part_of_the_answer() {
    let server = server().await;
    let id = uuid(1);
    // Price is offered below 9 only: ticked first, hidden when the rating went up.
    let fields = [
        ("rating", "9"),
        ("reason", "price"),
        ("reason", "delivery"),
        ("reason", "no such reason"),
        ("comment", "x"),
        ("id", id.as_str()),
        ("version", "2"),
        ("locale", "en"),
    ];
    assert_eq!(send_form(&server, &fields).await.status, StatusCode::OK);
    assert_eq!(comments(&server).await[0]["reasons"], serde_json::json!(["delivery"]));
}

#[tokio::test]
async fn skip_sends_the_rating_alone() {
    let server = server().await;
    let id = uuid(1);
    let fields = [
        ("rating", "9"),
        ("reason", "delivery"),
        ("comment", "not meant to be sent"),
        ("skip", ""),
        ("id", id.as_str()),
        ("version", "2"),
        ("locale", "en"),
    ];
    let page = send_form(&server, &fields).await;
    assert_eq!((page.status, state(&page).as_str()), (StatusCode::OK, "done"));
    let report = server.scores().await;
    assert_eq!(report["n"], 1);
    assert_eq!(comments(&server).await, serde_json::json!([]));
}

#[tokio::test]
async fn a_form_of_another_version_is_asked_again() {
    let server = server().await;
    let id = uuid(1);
    for version in ["1", "3", "x", ""] {
        let fields = [
            ("rating", "9"),
            ("comment", "kept"),
            ("id", id.as_str()),
            ("version", version),
            ("locale", "en"),
        ];
        let page = send_form(&server, &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{version}");
        assert!(page.text().contains("kept"));
        assert!(!input(&page, "rating", "9").contains("checked"));
    }
    assert_eq!(server.scores().await["n"], 0);
}

#[tokio::test]
async fn an_answer_that_cannot_be_accepted_or_stored_stays_in_the_form() {
    let gate = Gate::new();
    let server = server_with(|_| {}, |store| gate.around(store)).await;
    let id = uuid(1);
    let long = "x".repeat(1501);
    let form = |comment, id| {
        [("rating", "9"), ("comment", comment), ("id", id), ("version", "2"), ("locale", "en")]
    };
    for fields in [form(long.as_str(), id.as_str()), form("kept", "no-id")] {
        let page = send_form(&server, &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(state(&page), "failed");
        // What is longer than a comment may be is cut where the form would have stopped the typing.
        assert!(page.text().contains(fields[1].1.get(..1500).unwrap_or(fields[1].1)));
    }
    gate.set_failing(true);
    let page = send_form(&server, &form("kept", &id)).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(page.header("retry-after"), "2");
    assert!(page.text().contains("kept"));
    assert!(input(&page, "rating", "9").contains("checked"));
    gate.set_failing(false);
    assert_eq!(server.scores().await["n"], 0);
    assert_eq!(send_form(&server, &form("kept", &id)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_form_has_its_own_media_type_and_the_same_limit() {
    let server = server().await;
    let answer = server.send(post(PATH, "application/json", "{}")).await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(answer.text().contains("application/x-www-form-urlencoded"));
    let large = format!("comment={}", "x".repeat(collector::config::BODY_BYTES_MAX));
    let answer = server.send(post(PATH, "application/x-www-form-urlencoded", large)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}
