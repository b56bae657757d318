//! Everything else: scripts, styles and pages from the folder on disk.
//!
//! Files whose name holds a hash of their contents never change and are kept for ever; others are
//! asked for again with their validator. Pages get a policy that allows our own files only.
//! Scripts, styles and WebAssembly may be loaded by the pages of any shop.

use std::path::Path;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::app::App;
use crate::error::AppError;
use crate::pages::is_hash;

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";
const PAGE_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
     connect-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'";
/// Endings of files that other origins load.
const SHARED_ENDINGS: [&str; 5] = ["js", "mjs", "css", "wasm", "map"];

/// The files of one folder.
#[derive(Clone)]
pub(crate) struct Files(ServeDir);

impl Files {
    pub(crate) fn new(folder: &Path) -> Self {
        Self(ServeDir::new(folder).precompressed_br().precompressed_gzip())
    }
}

pub(crate) async fn serve(State(app): State<App>, request: Request) -> Response {
    let Some(files) = &app.files else { return AppError::NotFound.into_response() };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let allow = [(header::ALLOW, "GET,HEAD")];
        return (allow, AppError::MethodNotAllowed).into_response();
    }
    let path = request.uri().path().to_owned();
    if is_hidden(&path) {
        return AppError::NotFound.into_response();
    }
    let served = match files.0.clone().oneshot(request).await {
        Ok(served) => served.map(Body::new),
        Err(never) => match never {},
    };
    match served.status() {
        StatusCode::NOT_FOUND => AppError::NotFound.into_response(),
        status if status.is_server_error() => AppError::Internal.into_response(),
        _ => with_headers(&path, served),
    }
}

/// Whether a path leads to a name that begins with a dot, which nobody means to publish. No honest
/// client writes a dot or a slash as an escape.
fn is_hidden(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    lower.contains("%2e") || lower.contains("%2f") || path.split('/').any(|p| p.starts_with('.'))
}

/// Adds what the kind of a file asks for.
fn with_headers(path: &str, mut response: Response) -> Response {
    let name = path.rsplit('/').next().unwrap_or_default();
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::CACHE_CONTROL, if has_hash(name) { FOR_EVER } else { ASK_AGAIN });
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    if SHARED_ENDINGS.contains(&ending) {
        set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        set(HeaderName::from_static("cross-origin-resource-policy"), "cross-origin");
    }
    if ending.is_empty() || ending == "html" {
        set(header::CONTENT_SECURITY_POLICY, PAGE_POLICY);
        set(header::REFERRER_POLICY, "strict-origin-when-cross-origin");
    }
    response
}

/// Whether a file name holds a hash of its contents: `-xxxxxxxx.` or `-xxxxxxxx_bg.`.
fn has_hash(name: &str) -> bool {
    let mut dashed = name.split('-').skip(1);
    dashed.any(|part| {
        let (hash, rest) = part.split_at_checked(8).unwrap_or(("", ""));
        is_hash(hash) && (rest.starts_with('.') || rest.starts_with("_bg."))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_in_a_name_is_eight_hexadecimal_digits_before_a_dot() {
        #[track_caller]
        fn check(name: &str, expected: bool) {
            assert_eq!(has_hash(name), expected, "{name}");
        }
        check("widget-0a1b2c3d.js", true);
        check("widget-0a1b2c3d_bg.wasm", true);
        check("candor-theme-0a1b2c3d.css", true);
        check("candor.js", false);
        check("candor-theme.css", false);
        check("widget-0a1b2c3.js", false);
        check("widget-0a1b2c3d4.js", false);
        check("überlang-ä.js", false);
    }
}
