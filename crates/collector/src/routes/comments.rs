//! `GET /v1/surveys/{survey}/responses`: the newest answers with a comment, for the console.
//!
//! These are single answers of single people, so they are not public: with an API token set, the
//! request must bear it; without one, only a server that listens on this machine alone shows them,
//! and only when it is asked for by a name of this machine. Otherwise a page elsewhere could point
//! its own name at this machine and read them through its visitor's browser. A proxy in front of
//! the server makes every request look local: set a token there.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use survey::{Bands, Bucket, Outline};

use crate::app::App;
use crate::config::Config;
use crate::error::AppError;
use crate::query::Query;
use crate::store::CommentRow;

/// Answers shown unless asked otherwise.
const LIMIT: u32 = 20;
/// Most answers shown.
const LIMIT_MAX: u32 = 200;
/// Headers that a proxy adds; whoever sends them is not this machine's own user.
const PROXY_HEADERS: [&str; 4] = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];

#[derive(Serialize)]
struct CommentList {
    responses: Vec<CommentJson>,
}

#[derive(Serialize)]
struct CommentJson {
    id: String,
    value: i64,
    min: i16,
    max: i16,
    /// `null` for an answer on a scale that has no agreed buckets.
    bucket: Option<&'static str>,
    reasons: Vec<String>,
    comment: String,
    locale: String,
    answered_at: String,
}

pub(crate) async fn list(
    State(app): State<App>,
    Path(survey): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    allow(&app.config, &headers)?;
    let outline = app.definition(&survey)?.outline();
    let mut query = Query::new(query.as_deref(), &["limit"]);
    let limit = query.read("limit", |text| {
        let number: Option<u32> = text.parse().ok().filter(|n| (1..=LIMIT_MAX).contains(n));
        number.ok_or_else(|| format!("is not a whole number from 1 to {LIMIT_MAX}"))
    });
    query.finish()?;
    let rows = app.store.comments(&outline.id, limit.unwrap_or(LIMIT)).await?;
    let responses = rows.into_iter().map(|row| comment_json(row, outline)).collect();
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(CommentList { responses })).into_response())
}

fn comment_json(row: CommentRow, outline: &Outline) -> CommentJson {
    CommentJson {
        bucket: bucket(&row, outline).map(Bucket::name),
        id: row.id,
        value: row.value,
        min: row.scale.min(),
        max: row.scale.max(),
        reasons: row.reasons,
        comment: row.comment,
        locale: row.locale,
        answered_at: wire::time::format_utc(row.answered_at_ms),
    }
}

/// The bucket of an answer: by the survey's own cut where the scale is still the same.
fn bucket(row: &CommentRow, outline: &Outline) -> Option<Bucket> {
    let point = row.scale.point(row.value)?;
    if row.scale == outline.question.scale {
        return Some(outline.question.bucket(point));
    }
    let bands = Bands::standard(row.metric, row.scale).ok()?;
    Some(bands.bucket(row.scale, point))
}

/// Whether a request may read single answers.
fn allow(config: &Config, headers: &HeaderMap) -> Result<(), AppError> {
    let refused = Err(AppError::Unauthorized { has_token: config.api_token.is_some() });
    let Some(token) = &config.api_token else {
        let proxied = PROXY_HEADERS.iter().any(|name| headers.contains_key(*name));
        let local = config.listen.ip().is_loopback() && !proxied && asks_this_machine(headers);
        return if local { Ok(()) } else { refused };
    };
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|text| {
        let (scheme, token) = text.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
    });
    if given.is_some_and(|given| token.matches(given)) { Ok(()) } else { refused }
}

/// Whether the `Host` header names this machine itself, with any port.
fn asks_this_machine(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let is_loopback = |ip: std::net::IpAddr| ip.is_loopback();
    name.eq_ignore_ascii_case("localhost") || name.parse().is_ok_and(is_loopback)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_this_machine() {
        #[track_caller]
        fn check(host: &str, expected: bool) {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            assert_eq!(asks_this_machine(&headers), expected, "{host}");
        }
        check("localhost:8080", true);
        check("LOCALHOST", true);
        check("127.0.0.1:8080", true);
        check("[::1]:8080", true);
        check("feedback.example", false);
        check("127.0.0.1.attacker.example", false);
        check("localhost.attacker.example:8080", false);
        check("192.168.1.5", false);
        check("", false);
    }
}
