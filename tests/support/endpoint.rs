//! An endpoint that answers as it is told, and keeps what it was sent.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
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
}

#[derive(Default)]
struct Shared {
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
        let shared = Shared { statuses: statuses.iter().copied().collect(), received: Vec::new() };
        let shared = Arc::new(Mutex::new(shared));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}/hook", listener.local_addr()?);
        let router = Router::new().fallback(receive).with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { url, shared })
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
) -> impl IntoResponse {
    let permission = [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-headers", "content-type"),
        ("access-control-allow-methods", "POST"),
    ];
    if method == axum::http::Method::OPTIONS {
        return (StatusCode::NO_CONTENT, permission);
    }
    let mut shared = shared.lock().unwrap_or_else(PoisonError::into_inner);
    let status = shared.statuses.pop_front().unwrap_or(201);
    let media_type = headers.get("content-type").and_then(|value| value.to_str().ok());
    shared.received.push(Received {
        media_type: media_type.unwrap_or_default().to_owned(),
        body: serde_json::from_slice(&body).unwrap_or(Value::Null),
        status,
    });
    (StatusCode::from_u16(status).unwrap_or(StatusCode::CREATED), permission)
}
