//! Small parts of HTTP that several routes need: bodies within bounds, validators, digests.
//! Knows no survey.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use sha2::{Digest, Sha256};

use crate::config::BODY_BYTES_MAX;
use crate::error::AppError;

/// SHA-256 of some bytes.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The whole body of a request, within [`BODY_BYTES_MAX`] and `wait`.
///
/// # Errors
/// [`AppError::BodyTooLarge`], [`AppError::BodyTooSlow`], [`AppError::BodyBroken`].
pub(crate) async fn read_body(
    headers: &HeaderMap,
    body: Body,
    wait: Duration,
) -> Result<Bytes, AppError> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let announced: Option<u64> = announced.and_then(|text| text.parse().ok());
    if announced.is_some_and(|n_bytes| n_bytes > BODY_BYTES_MAX as u64) {
        return Err(AppError::BodyTooLarge);
    }
    let whole = Limited::new(body, BODY_BYTES_MAX).collect();
    match tokio::time::timeout(wait, whole).await {
        Err(_) => Err(AppError::BodyTooSlow),
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(AppError::BodyTooLarge),
        Ok(Err(_)) => Err(AppError::BodyBroken),
    }
}

/// The media type of a request without its parameters, in lower case.
pub(crate) fn media_type(headers: &HeaderMap) -> Option<String> {
    let given = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let essence = given.split(';').next().unwrap_or_default();
    Some(essence.trim().to_ascii_lowercase())
}

/// A document made once and served many times, with the validator that saves sending it again.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    bytes: Bytes,
    media_type: &'static str,
    etag: HeaderValue,
}

impl Document {
    /// A document of that media type. Its validator is weak, because it is also sent compressed.
    pub(crate) fn new(text: String, media_type: &'static str) -> Self {
        let digest = sha256(text.as_bytes());
        let hex: String = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        let etag = HeaderValue::from_str(&format!("W/\"{hex}\""))
            .expect("quotes and hexadecimal digits are allowed in a header");
        Self { bytes: text.into(), media_type, etag }
    }

    /// The document, or 304 when the client has it.
    pub(crate) fn answer(&self, request: &HeaderMap, cache_control: &'static str) -> Response {
        let caching = [
            (header::ETAG, self.etag.clone()),
            (header::CACHE_CONTROL, HeaderValue::from_static(cache_control)),
        ];
        if holds(request, &self.etag) {
            return (StatusCode::NOT_MODIFIED, caching).into_response();
        }
        let kind = [
            (header::CONTENT_TYPE, HeaderValue::from_static(self.media_type)),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        ];
        (caching, kind, self.bytes.clone()).into_response()
    }
}

/// Whether `If-None-Match` names that validator, compared weakly (RFC 9110, 13.1.2).
fn holds(request: &HeaderMap, etag: &HeaderValue) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let Ok(own) = etag.to_str() else { return false };
    request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|tag| tag.trim() == "*" || bare(tag) == bare(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_validator_is_found_in_any_notation() {
        #[track_caller]
        fn check(given: &str, expected: bool) {
            let mut request = HeaderMap::new();
            request.insert(header::IF_NONE_MATCH, given.parse().unwrap());
            let own = HeaderValue::from_static("W/\"ab12\"");
            assert_eq!(holds(&request, &own), expected, "{given}");
        }
        check("W/\"ab12\"", true);
        check("\"ab12\"", true);
        check("\"x\", W/\"ab12\"", true);
        check("*", true);
        check("\"ab1\"", false);
    }

    #[test]
    fn parameters_of_a_media_type_are_left_out() {
        let mut headers = HeaderMap::new();
        assert_eq!(media_type(&headers), None);
        headers.insert(header::CONTENT_TYPE, "Text/Plain; charset=UTF-8".parse().unwrap());
        assert_eq!(media_type(&headers).as_deref(), Some("text/plain"));
    }
}
