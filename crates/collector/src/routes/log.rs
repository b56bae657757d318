//! One line for each request: method, route, status, time. No body, address, query or header, and
//! the route's pattern rather than its parts: those may name a person.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

pub(crate) async fn note(request: Request, next: Next) -> Response {
    let begin = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("files", MatchedPath::as_str);
    let (status, elapsed_us) = (response.status().as_u16(), begin.elapsed().as_micros());
    tracing::debug!(%method, route, status, elapsed_us, "answered");
    response
}
