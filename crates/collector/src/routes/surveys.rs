//! `GET /v1/surveys` and `GET /v1/surveys/{survey}`: what is asked here.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use survey::{Definition, Locale};

use crate::app::App;
use crate::error::AppError;
use crate::http::Document;
use crate::surveys::Surveys;

const CACHING: &str = "public, max-age=60";

#[derive(Serialize)]
struct SurveyList<'a> {
    surveys: Vec<SurveyEntry<'a>>,
}

#[derive(Serialize)]
struct SurveyEntry<'a> {
    id: &'a str,
    version: u32,
    metric: &'static str,
    default_locale: &'a str,
    locales: Vec<&'a str>,
    /// The question in the default language.
    question: &'a str,
}

fn entry(definition: &Definition) -> SurveyEntry<'_> {
    let outline = definition.outline();
    let default = definition.default_locale();
    SurveyEntry {
        id: outline.id.as_str(),
        version: outline.version,
        metric: outline.question.metric.name(),
        default_locale: default.as_str(),
        locales: definition.texts().keys().map(Locale::as_str).collect(),
        question: definition.texts().get(default).map_or("", |texts| texts.question.as_str()),
    }
}

/// The list of all surveys.
pub(crate) fn list_document(surveys: &Surveys) -> Document {
    let list = SurveyList { surveys: surveys.iter().map(entry).collect() };
    let json = serde_json::to_string(&list).expect("texts and numbers are always JSON");
    Document::new(json, "application/json")
}

pub(crate) async fn list(State(app): State<App>, headers: HeaderMap) -> Response {
    app.survey_list.answer(&headers, CACHING)
}

pub(crate) async fn show(
    State(app): State<App>,
    Path(survey): Path<String>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let id = &app.definition(&survey)?.outline().id;
    let published = app.published.get(id).ok_or(AppError::NotFound)?;
    Ok(published.definition.answer(&headers, CACHING))
}
