//! `POST /v1/responses`: takes an answer and acknowledges it when it is on disk.
//!
//! Pages of any origin may send here; nothing identifies the sender, so nothing can be forged in
//! somebody's name. A submission for a survey that is not here is refused as a faulty field (422),
//! like every other fault of its contents.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use survey::{Fault, Submission};

use crate::app::App;
use crate::error::{AppError, SUBMISSION_MEDIA_TYPES};
use crate::http::{media_type, read_body};
use crate::store::{Arrival, Outcome};
use crate::writer::WriteFault;

/// What the sender is told of an answer that is kept.
#[derive(Serialize)]
struct Receipt<'a> {
    id: &'a str,
    revision: u32,
    /// `stored`; `already_stored` when the same came before; `superseded`.
    status: &'static str,
    /// A higher revision came before this one and stays; this one is noted.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    superseded: bool,
}

pub(crate) async fn receive(
    State(app): State<App>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, AppError> {
    let given = media_type(&headers);
    if !given.as_deref().is_some_and(|given| SUBMISSION_MEDIA_TYPES.contains(&given)) {
        return Err(AppError::UnsupportedMediaType { given, accepted: &SUBMISSION_MEDIA_TYPES });
    }
    let body = read_body(&headers, body, app.config.limits.body_wait).await?;
    let now_ms = (app.clock)();
    let submission = accept(&app, &body, now_ms)?;
    let id = submission.id().to_owned();
    let outcome = app.writer.write(Arrival::numbered(submission, now_ms)).await?;
    receipt(&id, outcome)
}

/// The valid answer in a body.
fn accept(app: &App, body: &[u8], now_ms: i64) -> Result<Submission, AppError> {
    let raw = wire::decode_submission(body).map_err(AppError::Invalid)?;
    let Some(definition) = app.surveys.get(&raw.survey_id) else {
        let given: String = raw.survey_id.chars().take(64).collect();
        let known = app.surveys.names().join(", ");
        let detail = format!("{given:?} is not a survey here; known are {known}");
        return Err(AppError::Invalid(vec![Fault::new("/data/survey/id", detail)]));
    };
    survey::accept(raw, definition.outline(), now_ms).map_err(AppError::Invalid)
}

fn receipt(id: &str, outcome: Outcome) -> Result<Response, AppError> {
    let (code, status, revision) = match outcome {
        Outcome::Stored { revision } => (StatusCode::CREATED, "stored", revision),
        Outcome::Repeated { revision } => (StatusCode::OK, "already_stored", revision),
        Outcome::Superseded { revision } => (StatusCode::OK, "superseded", revision),
        Outcome::Conflict { revision } => {
            return Err(AppError::Conflict { id: id.to_owned(), revision });
        }
    };
    let superseded = matches!(outcome, Outcome::Superseded { .. });
    Ok((code, Json(Receipt { id, revision, status, superseded })).into_response())
}

impl From<WriteFault> for AppError {
    fn from(fault: WriteFault) -> Self {
        match fault {
            WriteFault::Full | WriteFault::Late | WriteFault::Failed => Self::Overloaded,
            WriteFault::Stopped => Self::Stopping,
        }
    }
}
