//! What the tests share: two surveys, answers to them, and a server in the same process over a
//! real database file.

pub mod gate;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use collector::store::{SharedStore, SqliteStore};
use collector::{App, Background, Config, Limits, Surveys, router};
use http_body_util::BodyExt;
use serde_json::Value;
use survey::{Definition, RawSubmission, Submission};
use tempfile::TempDir;
use tower::ServiceExt;

/// When all tests take place: 2026-11-22 09:12:44.120 UTC, a Sunday.
pub const NOW_MS: i64 = 1_795_338_764_120;

pub fn survey_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/surveys")
}

pub fn surveys() -> Surveys {
    Surveys::load(&survey_folder()).unwrap()
}

pub fn definition(name: &str) -> Definition {
    surveys().get(name).unwrap().clone()
}

/// The UUID that ends in `number`.
pub fn uuid(number: u64) -> String {
    format!("01900000-0000-7000-8000-{number:012x}")
}

/// An answer to `shop-nps` with nothing but its rating.
pub fn raw(id: u64, value: i64) -> RawSubmission {
    RawSubmission {
        id: uuid(id),
        source: "https://shop.example/thanks".to_owned(),
        survey_id: "shop-nps".to_owned(),
        survey_version: 2,
        time_ms: NOW_MS,
        revision: 1,
        complete: true,
        locale: "en".to_owned(),
        metric: "nps".to_owned(),
        scale_min: 0,
        scale_max: 10,
        direction: "higher_is_better".to_owned(),
        value,
        question: "How likely are you to recommend us?".to_owned(),
        reasons: Vec::new(),
        comment: String::new(),
        context: Vec::new(),
        age_ms: Some(5120),
    }
}

/// An answer to `resolved-ces` with nothing but its rating.
pub fn raw_ces(id: u64, value: i64) -> RawSubmission {
    RawSubmission {
        survey_id: "resolved-ces".to_owned(),
        survey_version: 1,
        metric: "ces".to_owned(),
        scale_min: 1,
        scale_max: 7,
        ..raw(id, value)
    }
}

pub fn accepted(raw: RawSubmission) -> Submission {
    let definition = definition(&raw.survey_id);
    survey::accept(raw, definition.outline(), NOW_MS).unwrap()
}

pub fn config(folder: &Path) -> Config {
    Config {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        database: folder.join("candor.db"),
        surveys: survey_folder(),
        www: None,
        api_token: None,
        suppress_below: 5,
        limits: Limits::STANDARD,
    }
}

/// A server in this process.
pub struct Server {
    pub router: Router,
    pub store: SharedStore,
    pub background: Background,
    pub folder: TempDir,
}

pub async fn server() -> Server {
    server_with(|_| {}, |store| store).await
}

/// A server with another configuration, or another store around the real one.
pub async fn server_with(
    configure: impl FnOnce(&mut Config),
    wrap: impl FnOnce(SharedStore) -> SharedStore,
) -> Server {
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(folder.path());
    configure(&mut config);
    let store = wrap(Arc::new(SqliteStore::open(&config.database).await.unwrap()));
    let clock = Arc::new(|| NOW_MS);
    let (app, background) = App::start(config, surveys(), Arc::clone(&store), clock);
    Server { router: router(app), store, background, folder }
}

/// A whole answer of the server.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).unwrap()
    }

    pub fn json(&self) -> Value {
        let json = serde_json::from_slice(&self.body);
        sorted(json.unwrap_or_else(|_| panic!("not JSON: {}", self.text())))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Server {
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(get(path, &[])).await
    }

    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(get(path, headers)).await
    }

    pub async fn submit(&self, raw: &RawSubmission) -> Answer {
        self.send(submission(raw)).await
    }

    /// How many answers to `shop-nps` there are, and their report.
    pub async fn scores(&self) -> Value {
        self.get("/v1/surveys/shop-nps/scores").await.json()
    }
}

pub fn get(path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).unwrap()
}

pub fn submission(raw: &RawSubmission) -> Request<Body> {
    post("/v1/responses", "application/cloudevents+json", wire::encode_cloudevent(raw).into_bytes())
}

pub fn post(path: &str, media_type: &str, body: impl Into<Body>) -> Request<Body> {
    Request::post(path).header(header::CONTENT_TYPE, media_type).body(body.into()).unwrap()
}

/// The same with its fields in order of their names, whatever map `serde_json` is built with.
fn sorted(json: Value) -> Value {
    match json {
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        Value::Object(fields) => {
            let mut fields: Vec<(String, Value)> =
                fields.into_iter().map(|(name, value)| (name, sorted(value))).collect();
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            fields.into_iter().collect()
        }
        plain => plain,
    }
}
