//! `/s/{survey}`: the survey as a page of its own, for a link in a mail, for browsers without
//! script, and as a frame where a page lets nothing else in.
//!
//! Asking for it never records anything: mail scanners follow every link. Only a sent form does.
//! There are no cookies and no sessions, so a form sent from elsewhere is worth no more than any
//! other anonymous answer: there is no identity that could be misused.

use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use survey::{Definition, Locale, RawSubmission, ReasonId, Sheet};

use crate::app::App;
use crate::error::AppError;
use crate::http::{media_type, read_body};
use crate::pages::{self, Filled, Stage};
use crate::store::{Arrival, Outcome};

/// The media type of a sent form.
const FORM_MEDIA_TYPES: [&str; 1] = ["application/x-www-form-urlencoded"];
const POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors *";

/// `?lang=` chooses the language, `?rating=` preselects a score.
pub(crate) async fn show(
    State(app): State<App>,
    Path(survey): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let definition = app.definition(&survey)?;
    let fields = Fields::new(query.unwrap_or_default().as_bytes());
    let sheet = Sheet::of(definition, &language(definition, fields.first("lang"), &headers));
    let filled = Filled { rating: fields.rating(&sheet), ..Filled::default() };
    let id = uuid::Uuid::now_v7().to_string();
    Ok(answer(&app, &sheet, StatusCode::OK, &id, &filled, Stage::Asking))
}

pub(crate) async fn receive(
    State(app): State<App>,
    Path(survey): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, AppError> {
    let definition = app.definition(&survey)?;
    let given = media_type(&headers);
    if !given.as_deref().is_some_and(|given| FORM_MEDIA_TYPES.contains(&given)) {
        return Err(AppError::UnsupportedMediaType { given, accepted: &FORM_MEDIA_TYPES });
    }
    let body = read_body(&headers, body, app.config.limits.body_wait).await?;
    let fields = Fields::new(&body);
    let sheet = Sheet::of(definition, &language(definition, fields.first("locale"), &headers));
    let id = fields.first("id").unwrap_or_default().to_owned();
    let mut filled = fields.filled(&sheet);
    let is_current = fields.first("version") == Some(&sheet.outline.version.to_string());
    if !is_current {
        // The form is of another version, whose scale may have been another: ask again.
        filled.rating = None;
    }
    if filled.rating.is_none() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(answer(&app, &sheet, status, &id, &filled, Stage::RatingMissing));
    }
    let is_skip = fields.first("skip").is_some();
    let (status, stage) = store(&app, &sheet, &id, &filled, is_skip).await;
    Ok(answer(&app, &sheet, status, &id, &filled, stage))
}

/// Stores what was filled in; what the page says of it.
async fn store(
    app: &App,
    sheet: &Sheet,
    id: &str,
    filled: &Filled,
    is_skip: bool,
) -> (StatusCode, Stage) {
    let now_ms = (app.clock)();
    let Some(raw) = raw_submission(sheet, id, filled, is_skip, now_ms) else {
        return (StatusCode::UNPROCESSABLE_ENTITY, Stage::RatingMissing);
    };
    let Ok(submission) = survey::accept(raw, &sheet.outline, now_ms) else {
        return (StatusCode::UNPROCESSABLE_ENTITY, Stage::Failed);
    };
    match app.writer.write(Arrival::from_page(submission, now_ms)).await {
        Ok(Outcome::Conflict { .. }) => (StatusCode::CONFLICT, Stage::Failed),
        Ok(_) => (StatusCode::OK, Stage::Done),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, Stage::Failed),
    }
}

/// What was filled in, as any other submission; `None` without a rating.
fn raw_submission(
    sheet: &Sheet,
    id: &str,
    filled: &Filled,
    is_skip: bool,
    now_ms: i64,
) -> Option<RawSubmission> {
    let outline = &sheet.outline;
    let (question, rating) = (&outline.question, filled.rating?);
    // Without script a reason stays ticked when the rating changes and hides it. The person could
    // not see it any more, so it is not part of the answer.
    let offered = &outline.bucket(question.bucket(rating)).reasons;
    let reasons = filled.reasons.iter().filter(|reason| !is_skip && offered.contains(reason));
    Some(RawSubmission {
        id: id.to_owned(),
        source: format!("/s/{}", outline.id),
        survey_id: outline.id.to_string(),
        survey_version: outline.version,
        time_ms: now_ms,
        revision: 1,
        complete: true,
        locale: sheet.locale.to_string(),
        metric: question.metric.name().to_owned(),
        scale_min: question.scale.min().into(),
        scale_max: question.scale.max().into(),
        direction: question.scale.direction().name().to_owned(),
        value: rating.0.into(),
        question: sheet.question.clone(),
        reasons: reasons.map(ToString::to_string).collect(),
        comment: if is_skip { String::new() } else { filled.comment.clone() },
        context: Default::default(),
        age_ms: None,
    })
}

/// The fields of a form or an address.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn new(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, text)| text.as_str())
    }

    /// The rating, when it lies on the scale.
    fn rating(&self, sheet: &Sheet) -> Option<survey::ScalePoint> {
        sheet.outline.question.scale.point(self.first("rating")?.parse().ok()?)
    }

    fn filled(&self, sheet: &Sheet) -> Filled {
        let mut reasons: Vec<ReasonId> = Vec::new();
        for (_, text) in self.0.iter().filter(|(name, _)| name == "reason") {
            if let Some(reason) = ReasonId::new(text).ok().filter(|r| !reasons.contains(r)) {
                reasons.push(reason);
            }
        }
        // A browser sends line ends as two characters and counts them as one.
        let comment = self.first("comment").unwrap_or_default().replace("\r\n", "\n");
        Filled { rating: self.rating(sheet), reasons, comment }
    }
}

/// The language named, else the first of the browser's that is offered, else the survey's own.
fn language(definition: &Definition, named: Option<&str>, headers: &HeaderMap) -> Locale {
    let named = named.and_then(|tag| Locale::new(tag).ok());
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    named
        .into_iter()
        .chain(accepted_languages(accepted.unwrap_or_default()))
        .find_map(|wanted| wanted.closest(definition.texts().keys()).cloned())
        .unwrap_or_else(|| definition.default_locale().clone())
}

/// The languages of an `Accept-Language` header, most wanted first.
fn accepted_languages(text: &str) -> Vec<Locale> {
    let mut weighted: Vec<(f32, Locale)> = Vec::new();
    for entry in text.split(',').take(20) {
        let (tag, weight) = entry.split_once(';').unwrap_or((entry, ""));
        let weight = weight.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse().ok());
        if let (Ok(locale), Some(weight)) = (Locale::new(tag.trim()), weight)
            && weight > 0.0
        {
            weighted.push((weight, locale));
        }
    }
    // Stable: equally wanted ones keep their order.
    weighted.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    weighted.into_iter().map(|(_, locale)| locale).collect()
}

fn answer(
    app: &App,
    sheet: &Sheet,
    status: StatusCode,
    id: &str,
    filled: &Filled,
    stage: Stage,
) -> Response {
    let html = pages::page(sheet, &app.stylesheet, id, filled, stage);
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    let mut response = (status, headers, html).into_response();
    if let Ok(language) = HeaderValue::from_str(sheet.locale.as_str()) {
        response.headers_mut().insert(header::CONTENT_LANGUAGE, language);
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_taken_in_the_order_of_their_weight() {
        #[track_caller]
        fn check(header: &str, expected: &[&str]) {
            let found = accepted_languages(header);
            assert_eq!(found.iter().map(Locale::as_str).collect::<Vec<_>>(), expected);
        }
        check("de, en;q=0.5, zh-TW;q=0.8, *;q=0.1", &["de", "zh-TW", "en"]);
        check("fr;q=0, en", &["en"]);
        check("en;q=x, nonsense!!, it", &["it"]);
        check("", &[]);
    }
}
