//! `GET /v1/surveys/{survey}/scores`: the score with its interval, distribution, reasons, segments
//! and trend, counted from the stored answers.
//!
//! Counted are the answers given on the scale that the survey has now. Answers to an earlier
//! version on another scale are not comparable; they are kept and left out. Figures about few
//! people are held back: below the operator's threshold no score is shown and no segment is named.

use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use survey::ReasonId;
use wire::ReportJson;
use wire::time::parse_rfc3339;

use crate::app::App;
use crate::error::AppError;
use crate::query::Query;
use crate::store::{CountsQuery, Period, Population, Segmentation, StoreError};

const DAY_MS: i64 = 24 * 3600 * 1000;
const PARAMETERS: [&str; 5] = ["from", "to", "by", "period", "confidence"];

pub(crate) async fn show(
    State(app): State<App>,
    Path(survey): Path<String>,
    RawQuery(text): RawQuery,
) -> Result<Response, AppError> {
    let definition = app.definition(&survey)?;
    let mut query = Query::new(text.as_deref(), &PARAMETERS);
    let from_ms = query.read("from", |text| parse_time(text, 0));
    // A day as the end is counted whole.
    let until_ms = query.read("to", |text| parse_time(text, DAY_MS));
    let by = query.read("by", parse_by);
    let period = query.read("period", parse_period);
    let confidence = query.read("confidence", parse_confidence);
    if let (Some(from_ms), Some(until_ms)) = (from_ms, until_ms)
        && until_ms <= from_ms
    {
        query.fault("to", "is not after from");
    }
    query.finish()?;

    let mut options = app.score_options(definition);
    options.confidence_level = confidence.unwrap_or(options.confidence_level);
    let population = Population::of(definition.outline());
    let segment_n_min = options.suppress_below;
    let wanted = CountsQuery { population, from_ms, until_ms, by, period, segment_n_min };
    let counted = tokio::time::timeout(app.config.limits.read_wait, app.store.counts(&wanted));
    let input = counted.await.map_err(|_| AppError::StoreSlow)??;
    let report = report::report(&input, &options)
        .map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let kind = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")];
    Ok((kind, ReportJson::from(&report).to_json()).into_response())
}

/// The begin of a day in UTC, plus `day_ms`, or the instant named.
fn parse_time(text: &str, day_ms: i64) -> Result<i64, String> {
    if text.len() == 10
        && let Some(begin_ms) = parse_rfc3339(&format!("{text}T00:00:00Z"))
    {
        return Ok(begin_ms + day_ms);
    }
    parse_rfc3339(text).ok_or_else(|| {
        "is neither a day such as 2026-11-22 nor a time such as 2026-11-22T09:12:44Z".to_owned()
    })
}

fn parse_by(text: &str) -> Result<Segmentation, String> {
    if text == "locale" {
        return Ok(Segmentation::Locale);
    }
    let name = text.strip_prefix("context.").and_then(|name| ReasonId::new(name).ok());
    name.map(Segmentation::Context)
        .ok_or_else(|| "is neither locale nor context.<name>, such as context.channel".to_owned())
}

fn parse_period(text: &str) -> Result<Period, String> {
    match text {
        "day" => Ok(Period::Day),
        "week" => Ok(Period::Week),
        "month" => Ok(Period::Month),
        _ => Err("is not day, week or month".to_owned()),
    }
}

fn parse_confidence(text: &str) -> Result<f64, String> {
    let level: Option<f64> = text.parse().ok().filter(|level| *level > 0.0 && *level < 1.0);
    level.ok_or_else(|| "is not between 0 and 1; 0.95 is usual".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_as_the_end_is_counted_whole() {
        assert_eq!(parse_time("1970-01-02", 0), Ok(DAY_MS));
        assert_eq!(parse_time("1970-01-02", DAY_MS), Ok(2 * DAY_MS));
        assert_eq!(parse_time("1970-01-02T00:00:00Z", DAY_MS), Ok(DAY_MS));
        assert!(parse_time("1970-02-30", 0).is_err());
        assert!(parse_time("yesterday", 0).is_err());
    }
}
