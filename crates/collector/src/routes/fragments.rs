//! `GET /e/{survey}/{locale}.html`, `.json` and `.js`: a survey in the offered language closest to
//! the one asked for, as the fragment for a page, as the sheet for the widget, and as a script that
//! holds all that is needed to show it. `default` stands for the survey's own language.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use survey::Locale;

use crate::app::App;
use crate::error::AppError;
use crate::pages::DEFAULT_NAME;
use crate::routes::files;

const CACHING: &str = "public, max-age=300, stale-while-revalidate=86400";

pub(crate) async fn show(
    State(app): State<App>,
    Path((survey, file)): Path<(String, String)>,
    request: Request,
) -> Response {
    let fault = match fragment(&app, &survey, &file, request.headers()) {
        Ok(response) => return response,
        Err(fault) => fault,
    };
    // A survey that is shown and not asked, such as those of a gallery, lies among the files.
    let served = files::serve(State(app), request).await;
    if served.status() == StatusCode::NOT_FOUND { fault.into_response() } else { served }
}

fn fragment(
    app: &App,
    survey: &str,
    file: &str,
    headers: &HeaderMap,
) -> Result<Response, AppError> {
    let definition = app.definition(survey)?;
    let (name, ending) = file.rsplit_once('.').ok_or(AppError::NotFound)?;
    let locale = if name == DEFAULT_NAME {
        definition.default_locale()
    } else {
        definition.locale_for(&Locale::new(name).map_err(|_| AppError::NotFound)?)
    };
    let published = app.published.get(&definition.outline().id);
    let sheet = published.and_then(|published| published.sheets.get(locale));
    let sheet = sheet.ok_or(AppError::NotFound)?;
    let document = match ending {
        "html" => &sheet.html,
        "json" => &sheet.json,
        "js" => sheet.js.as_ref().ok_or(AppError::NotFound)?,
        _ => return Err(AppError::NotFound),
    };
    let mut response = document.answer(headers, CACHING);
    if let Ok(language) = HeaderValue::from_str(locale.as_str()) {
        response.headers_mut().insert(header::CONTENT_LANGUAGE, language);
    }
    Ok(response)
}
