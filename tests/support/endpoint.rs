//! An endpoint that answers as it is told, and keeps what it was sent.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::Result;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tokio::net::TcpListener;

/// One request as it came in.
#[derive(Clone, Debug)]
pub struct Received {
    /// Its media type.
    pub media_type: String,
    /// Its body.
    pub body: Value,
    /// What it was answered.
    pub status: u16,
    /// When it came.
    pub at: Instant,
}

#[derive(Default)]
struct Shared {
    /// For how many seconds it wants to be left alone whenever it does not answer 201.
    retry_after: Option<String>,
    /// Whether ratings that come alone are answered with 201 and use up no status.
    is_for_whole: bool,
    /// Statuses to answer with; 201 when used up.
    statuses: VecDeque<u16>,
    received: Vec<Received>,
}

/// A running endpoint.
pub struct Endpoint {
    /// Where it takes submissions.
    pub url: String,
    shared: Arc<Mutex<Shared>>,
}

impl Endpoint {
    /// Starts an endpoint that answers with `statuses`, then with 201.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start(statuses: &[u16]) -> Result<Self> {
        let shared = Shared { statuses: statuses.iter().copied().collect(), ..Shared::default() };
        let shared = Arc::new(Mutex::new(shared));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}/hook", listener.local_addr()?);
        let router = Router::new().fallback(receive).with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { url, shared })
    }

    /// Starts an endpoint that takes every rating that comes alone, and answers whole answers with
    /// `statuses`, then with 201.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start_for_whole(statuses: &[u16]) -> Result<Self> {
        let endpoint = Self::start(statuses).await?;
        endpoint.shared.lock().unwrap_or_else(PoisonError::into_inner).is_for_whole = true;
        Ok(endpoint)
    }

    /// Has it say, with every reply but 201, for how long it wants to be left alone.
    pub fn set_retry_after(&self, retry_after: &str) {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        shared.retry_after = Some(retry_after.to_owned());
    }

    /// What has come in so far, permission requests of the browser left out.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner).received.clone()
    }
}

async fn receive(
    State(shared): State<Arc<Mutex<Shared>>>,
    method: axum::http::Method,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let permission = [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-headers", "content-type"),
        ("access-control-allow-methods", "POST"),
        ("access-control-expose-headers", "retry-after"),
    ];
    if method == axum::http::Method::OPTIONS {
        return (StatusCode::NO_CONTENT, permission).into_response();
    }
    let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
    let media_type = headers.get("content-type").and_then(|value| value.to_str().ok());
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let is_taken = shared.is_for_whole && body["data"]["complete"] == false;
    let status = if is_taken { None } else { shared.statuses.pop_front() };
    let status = status.unwrap_or(201);
    shared.received.push(Received {
        media_type: media_type.unwrap_or_default().to_owned(),
        body,
        status,
        at: Instant::now(),
    });
    let mut reply =
        (StatusCode::from_u16(status).unwrap_or(StatusCode::CREATED), permission).into_response();
    let wish = shared.retry_after.as_deref().filter(|_| status != 201);
    if let Some(wish) = wish.and_then(|wish| HeaderValue::from_str(wish).ok()) {
        reply.headers_mut().insert("retry-after", wish);
    }
    reply
}
