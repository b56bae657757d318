//! Reading: surveys, fragments, scores, comments, files; who may read from where.

use std::path::Path;

use crate::common::{Answer, NOW_MS, Server, get, post, raw, server, server_with};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use survey::RawSubmission;

const DAY_MS: i64 = 24 * 3600 * 1000;

async fn server_with_answers() -> Server {
    let server = server().await;
    let said = |id: u64, value: i64, reasons: &[&str], comment: &str, days_ago: i64| {
        let channel = if id.is_multiple_of(3) { "email" } else { "web" };
        RawSubmission {
            reasons: reasons.iter().map(|reason| (*reason).to_owned()).collect(),
            comment: comment.to_owned(),
            time_ms: NOW_MS - days_ago * DAY_MS,
            locale: if id.is_multiple_of(2) { "zh-Hans" } else { "en" }.to_owned(),
            context: vec![("channel".to_owned(), channel.to_owned())],
            ..raw(id, value)
        }
    };
    let raws = [
        said(1, 2, &["delivery", "price"], "Came late.", 9),
        said(2, 6, &["price"], "", 8),
        said(3, 7, &["choice"], "", 8),
        said(4, 8, &[], "Fine.", 7),
        said(5, 9, &["delivery"], "", 3),
        said(6, 9, &["delivery", "choice"], "Quick!", 2),
        said(7, 10, &["choice"], "", 1),
        said(8, 10, &[], "", 1),
        said(9, 10, &["other"], "Lovely people.", 0),
        said(10, 3, &["other"], "", 0),
        said(11, 10, &[], "", 0),
        said(12, 9, &[], "", 0),
    ];
    for raw in &raws {
        assert_eq!(server.submit(raw).await.status, StatusCode::CREATED);
    }
    server
}

#[tokio::test]
async fn the_list_and_the_definition_of_a_survey_can_be_read() {
    let server = server().await;
    let list = server.get("/v1/surveys").await;
    insta::assert_snapshot!("survey_list", format!("{:#}", list.json()));
    let definition = server.get("/v1/surveys/shop-nps").await;
    assert_eq!(definition.header("content-type"), "application/json");
    let bytes = definition.body.to_vec();
    let read = wire::decode_definition(&bytes).unwrap();
    assert_eq!(read, crate::common::definition("shop-nps"));
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let server = server().await;
    for path in
        ["/v1/surveys", "/v1/surveys/shop-nps", "/e/shop-nps/en.html", "/e/shop-nps/en.json"]
    {
        let first = server.get(path).await;
        let etag = first.header("etag").to_owned();
        assert_eq!((first.status, etag.len()), (StatusCode::OK, 20), "{path}: {etag}");
        let again = server.get_with(path, &[("if-none-match", &etag)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
        assert_eq!((again.body.len(), again.header("etag")), (0, etag.as_str()));
        let other = server.get_with(path, &[("if-none-match", "\"0\"")]).await;
        assert_eq!(other.body, first.body);
    }
}

#[tokio::test]
async fn a_survey_that_is_not_here_is_named_with_those_that_are() {
    let server = server().await;
    insta::assert_snapshot!(
        "survey_unknown",
        format!("{:#}", server.get("/v1/surveys/nobody/scores").await.json())
    );
    let paths = ["/v1/surveys/nobody", "/v1/surveys/nobody/live", "/e/nobody/en.html", "/s/nobody"];
    for path in paths {
        let answer = server.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.json()["type"], "/problems/survey-unknown", "{path}");
    }
}

#[tokio::test]
async fn a_fragment_comes_in_the_closest_language() {
    let server = server().await;
    let check = async |tag: &str, expected: &str| {
        let html = server.get(&format!("/e/shop-nps/{tag}.html")).await;
        assert_eq!(html.status, StatusCode::OK, "{tag}");
        assert_eq!(html.header("content-language"), expected, "{tag}");
        assert_eq!(html.header("content-type"), "text/html; charset=utf-8");
        let exact = server.get(&format!("/e/shop-nps/{expected}.html")).await;
        assert_eq!(html.body, exact.body, "{tag}");
        let json = server.get(&format!("/e/shop-nps/{tag}.json")).await;
        let texts = serde_json::from_value(json.json()).expect("a list of texts");
        let sheet = wire::decode_sheet(texts).expect("a sheet");
        assert_eq!(sheet.locale.as_str(), expected, "{tag}");
    };
    check("default", "en").await;
    check("en-GB", "en").await;
    check("zh-TW", "zh-Hant").await;
    check("zh", "zh-Hans").await;
    check("zh_hant_hk", "zh-Hant").await;
    check("fi", "en").await;
    for path in ["/e/shop-nps/en", "/e/shop-nps/en.txt", "/e/shop-nps/!.html", "/e/shop-nps/"] {
        assert_eq!(server.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_fragment_may_be_kept_and_is_sent_compressed() {
    let server = server().await;
    let plain = server.get("/e/shop-nps/en.html").await;
    assert_eq!(plain.header("cache-control"), "public, max-age=300, stale-while-revalidate=86400");
    assert!(plain.text().contains("How likely are you to recommend us?"));
    for encoding in ["br", "gzip"] {
        let answer = server.get_with("/e/shop-nps/en.html", &[("accept-encoding", encoding)]).await;
        assert_eq!(answer.header("content-encoding"), encoding);
        assert!(answer.header("vary").contains("accept-encoding"));
        assert!(answer.body.len() < plain.body.len() / 2, "{encoding}");
    }
}

#[tokio::test]
async fn the_sheet_is_what_the_widget_reads() {
    let server = server().await;
    let bytes = server.get("/e/shop-nps/zh-Hans.json").await.body;
    let texts: Vec<String> = serde_json::from_slice(&bytes).unwrap();
    let sheet = wire::decode_sheet(texts).unwrap();
    assert_eq!(sheet.question, "您有多大可能向朋友推荐我们？");
}

#[tokio::test]
async fn scores_hold_counts_reasons_segments_and_trend() {
    let server = server_with_answers().await;
    let whole = server.get("/v1/surveys/shop-nps/scores?by=locale&period=week").await;
    assert_eq!(whole.header("cache-control"), "no-cache");
    insta::assert_snapshot!("scores", format!("{:#}", whole.json()));
    let few = server.get("/v1/surveys/shop-nps/scores?to=2026-11-14&period=day").await;
    insta::assert_snapshot!("scores_of_few", format!("{:#}", few.json()));
    let by_channel = server.get("/v1/surveys/shop-nps/scores?by=context.channel").await.json();
    assert_eq!(by_channel["segments"][0]["by"]["context.channel"], "web");
    assert_eq!(by_channel["segments"][0]["n"], 8);
    // Four answers came by e-mail: too few to be named.
    assert_eq!(by_channel["segments"][1]["by"]["context.channel"], "other");
    assert_eq!(by_channel["segments"][1]["state"], "suppressed");
}

#[tokio::test]
async fn a_time_range_and_a_confidence_level_are_heeded() {
    let server = server_with_answers().await;
    let check = async |query: &str, n: u64| {
        let report = server.get(&format!("/v1/surveys/shop-nps/scores?{query}")).await.json();
        assert_eq!(report["n"], n, "{query}");
    };
    check("", 12).await;
    check("from=2026-11-22", 4).await;
    check("to=2026-11-22", 12).await;
    check("to=2026-11-21", 8).await;
    check("from=2026-11-20T00:00:00Z&to=2026-11-22T00:00:00%2B00:00", 3).await;
    let width = async |level: &str| {
        let path = format!("/v1/surveys/shop-nps/scores?confidence={level}");
        let report = server.get(&path).await.json();
        report["high"].as_f64().unwrap() - report["low"].as_f64().unwrap()
    };
    assert!(width("0.8").await < width("0.99").await);
}

#[tokio::test]
async fn every_wrong_parameter_is_named() {
    let server = server().await;
    let path = "/v1/surveys/shop-nps/scores?from=yesterday&to=2026-13-01&by=comment&period=year\
                &confidence=95&form=2026-01-01&period=day";
    let answer = server.get(path).await;
    assert_eq!(answer.header("content-type"), "application/problem+json");
    insta::assert_snapshot!("wrong_parameters", format!("{:#}", answer.json()));
    for query in
        ["from=2026-11-02&to=2026-11-01", "by=context.", "by=context.A%20B", "confidence=nan"]
    {
        let answer = server.get(&format!("/v1/surveys/shop-nps/scores?{query}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
}

#[tokio::test]
async fn the_newest_comments_are_shown_on_this_machine() {
    let server = server_with_answers().await;
    let path = "/v1/surveys/shop-nps/responses";
    let answer = server.get_with(path, &[("host", "localhost:8080")]).await;
    let mut json = answer.json();
    for response in json["responses"].as_array_mut().unwrap() {
        let id = std::mem::replace(&mut response["id"], "[uuid]".into());
        assert!(id.as_str().is_some_and(|id| id.len() == 36), "{id:?}");
    }
    insta::assert_json_snapshot!("comments", json);
    assert_eq!(answer.header("cache-control"), "no-store");
    let two = server.get_with(&format!("{path}?limit=2"), &[("host", "127.0.0.1")]).await;
    assert_eq!(two.json()["responses"].as_array().unwrap().len(), 2);
    let answer = server.get_with(&format!("{path}?limit=0"), &[("host", "127.0.0.1")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn comments_are_hidden_from_everyone_else() {
    let path = "/v1/surveys/shop-nps/responses";
    let server = server_with_answers().await;
    let refused = server.get_with(path, &[("host", "rebound.example")]).await;
    assert_eq!(refused.header("www-authenticate"), "Bearer");
    assert_eq!(refused.header("access-control-allow-origin"), "");
    insta::assert_snapshot!("comments_refused", format!("{:#}", refused.json()));
    let proxied = [("host", "localhost"), ("x-forwarded-for", "203.0.113.9")];
    assert_eq!(server.get_with(path, &proxied).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(server.get(path).await.status, StatusCode::UNAUTHORIZED);

    let open = server_with(|config| config.listen = ([0, 0, 0, 0], 0).into(), |store| store).await;
    let answer = open.get_with(path, &[("host", "localhost")]).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_token_opens_the_comments_and_nothing_else_does() {
    let token = "correct-horse-battery";
    let set = collector::ApiToken::new(token).unwrap();
    let server = server_with(|config| config.api_token = Some(set), |store| store).await;
    let check = async |authorization: &str, expected: StatusCode| {
        let headers = [("host", "localhost"), ("authorization", authorization)];
        let answer = server.get_with("/v1/surveys/shop-nps/responses", &headers).await;
        assert_eq!(answer.status, expected, "{authorization}");
        assert!(!answer.text().contains(token));
    };
    check("Bearer correct-horse-battery", StatusCode::OK).await;
    check("bearer correct-horse-battery", StatusCode::OK).await;
    check("Bearer correct-horse-batterx", StatusCode::UNAUTHORIZED).await;
    check("Basic correct-horse-battery", StatusCode::UNAUTHORIZED).await;
    check("", StatusCode::UNAUTHORIZED).await;
}

#[tokio::test]
async fn public_routes_may_be_asked_from_any_origin_and_private_ones_may_not() {
    let server = server().await;
    let preflight = async |path: &str| {
        let request = Request::options(path)
            .header("origin", "https://shop.example")
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type")
            .body(Body::empty());
        server.send(request.unwrap()).await
    };
    for path in ["/v1/responses", "/v1/surveys/shop-nps/scores", "/e/shop-nps/en.html"] {
        let answer = preflight(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert!(answer.header("access-control-allow-headers").contains("content-type"));
        assert_eq!(answer.header("access-control-max-age"), "7200");
        assert_eq!(answer.header("access-control-allow-credentials"), "");
    }
    for path in ["/v1/surveys/shop-nps/responses", "/s/shop-nps", "/readyz"] {
        assert_eq!(preflight(path).await.header("access-control-allow-origin"), "", "{path}");
    }
    let from_shop = [("origin", "https://shop.example")];
    let answer = server.get_with("/v1/surveys", &from_shop).await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let refused = server.send(post("/v1/responses", "text/plain", "{")).await;
    assert_eq!(refused.header("access-control-allow-origin"), "*");
}

fn check_problem(answer: &Answer, status: StatusCode, kind: &str) {
    assert_eq!(answer.status, status);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.json()["type"], kind);
    assert_eq!(answer.json()["status"], status.as_u16());
}

#[tokio::test]
async fn what_is_not_there_and_what_is_not_allowed_are_problem_documents() {
    let server = server().await;
    let not_found = StatusCode::NOT_FOUND;
    check_problem(&server.get("/nothing/here").await, not_found, "/problems/not-found");
    let not_allowed = StatusCode::METHOD_NOT_ALLOWED;
    for (method, path, allow) in [
        ("DELETE", "/v1/surveys", "GET,HEAD"),
        ("PUT", "/s/shop-nps", "GET,HEAD,POST"),
        ("GET", "/v1/responses", "POST"),
    ] {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        let answer = server.send(request).await;
        check_problem(&answer, not_allowed, "/problems/method");
        assert_eq!(answer.header("allow"), allow, "{method} {path}");
    }
}

fn write_file(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

async fn server_with_files() -> (Server, tempfile::TempDir) {
    let www = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("index.html", "<!doctype html><title>Shop</title>"),
        ("console/index.html", "<!doctype html><title>Console</title>"),
        ("candor.js", "// loader"),
        ("candor-0a1b2c3d.css", ":host{}"),
        ("widget-0a1b2c3d.js", "// glue"),
        ("widget-0a1b2c3d_bg.wasm", "\0asm plain"),
        ("widget-0a1b2c3d_bg.wasm.br", "compressed with brotli"),
        ("widget-0a1b2c3d_bg.wasm.gz", "compressed with gzip"),
        (".env", "SECRET=1"),
    ] {
        write_file(www.path(), name, text);
    }
    let folder = www.path().to_owned();
    let server = server_with(|config| config.www = Some(folder), |store| store).await;
    (server, www)
}

#[tokio::test]
async fn files_come_with_the_right_type_and_may_be_kept_as_long_as_their_name_allows() {
    let (server, _www) = server_with_files().await;
    let check = async |path: &str, media_type: &str, caching: &str| {
        let answer = server.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("content-type"), media_type, "{path}");
        assert_eq!(answer.header("cache-control"), caching, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        let etag = answer.header("etag").to_owned();
        assert!(!etag.is_empty(), "{path}");
        let again = server.get_with(path, &[("if-none-match", &etag)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
        assert_eq!(again.header("cache-control"), caching, "{path}");
    };
    let for_ever = "public, max-age=31536000, immutable";
    check("/", "text/html", "no-cache").await;
    check("/console/", "text/html", "no-cache").await;
    check("/candor.js", "text/javascript", "no-cache").await;
    check("/candor-0a1b2c3d.css", "text/css", for_ever).await;
    check("/widget-0a1b2c3d.js", "text/javascript", for_ever).await;
    check("/widget-0a1b2c3d_bg.wasm", "application/wasm", for_ever).await;
}

#[tokio::test]
async fn what_was_compressed_ahead_of_time_is_sent_as_it_is() {
    let (server, _www) = server_with_files().await;
    let check = async |accepted: &str, encoding: &str, expected: &str| {
        let headers = [("accept-encoding", accepted)];
        let answer = server.get_with("/widget-0a1b2c3d_bg.wasm", &headers).await;
        assert_eq!(answer.header("content-encoding"), encoding);
        assert_eq!(answer.header("content-type"), "application/wasm");
        assert_eq!(answer.text(), expected);
    };
    check("gzip, br", "br", "compressed with brotli").await;
    check("gzip", "gzip", "compressed with gzip").await;
    check("identity", "", "\0asm plain").await;
}

#[tokio::test]
async fn pages_are_bound_to_our_own_files_and_scripts_are_open_to_every_shop() {
    let (server, _www) = server_with_files().await;
    let page = server.get("/console/").await;
    insta::assert_snapshot!("page_policy", page.header("content-security-policy"));
    assert_eq!(page.header("access-control-allow-origin"), "");
    assert_eq!(page.header("referrer-policy"), "strict-origin-when-cross-origin");
    for path in ["/candor.js", "/candor-0a1b2c3d.css", "/widget-0a1b2c3d_bg.wasm"] {
        let shared = server.get_with(path, &[("origin", "https://shop.example")]).await;
        assert_eq!(shared.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(shared.header("cross-origin-resource-policy"), "cross-origin", "{path}");
    }
}

#[tokio::test]
async fn nothing_outside_the_folder_and_nothing_hidden_is_served() {
    let (server, _www) = server_with_files().await;
    for path in ["/.env", "/../Cargo.toml", "/%2e%2e/Cargo.toml", "/console/.%2e/.env", "/%2eenv"] {
        let answer = server.get(path).await;
        check_problem(&answer, StatusCode::NOT_FOUND, "/problems/not-found");
    }
    let moved = server.get("/console").await;
    assert_eq!(moved.status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(moved.header("location"), "/console/");
    let answer = server.send(post("/candor.js", "text/plain", "x")).await;
    check_problem(&answer, StatusCode::METHOD_NOT_ALLOWED, "/problems/method");
    assert_eq!(answer.header("allow"), "GET,HEAD");
    let head = Request::head("/candor.js").body(Body::empty()).unwrap();
    assert_eq!(server.send(head).await.status, StatusCode::OK);
    assert_eq!(server.send(get("/nothing.js", &[])).await.status, StatusCode::NOT_FOUND);
}
