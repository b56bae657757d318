//! Everything a request can be refused for, and the one place where it becomes a problem document
//! (RFC 9457). What a client is told names no file, address or statement of ours.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use survey::Fault;
use wire::Problem;
use wire::problem::{PROBLEM_MEDIA_TYPE, ProblemError};

use crate::config::BODY_BYTES_MAX;
use crate::store::StoreError;

/// The media types a submission may have.
pub const SUBMISSION_MEDIA_TYPES: [&str; 3] =
    ["application/cloudevents+json", "application/json", "text/plain"];

/// Why a request was not answered as asked.
#[derive(Debug)]
#[non_exhaustive]
pub enum AppError {
    /// The body is of a kind that is not read here.
    UnsupportedMediaType {
        /// The kind given, if any.
        given: Option<String>,
        /// The kinds that are read.
        accepted: &'static [&'static str],
    },
    /// The body is larger than [`BODY_BYTES_MAX`].
    BodyTooLarge,
    /// The body did not arrive in time.
    BodyTooSlow,
    /// The body broke off.
    BodyBroken,
    /// Fields of a submission are not valid.
    Invalid(Vec<Fault>),
    /// Parameters of an address are not valid; each fault's pointer is the parameter's name.
    InvalidQuery(Vec<Fault>),
    /// The answer is there with other contents.
    Conflict {
        /// Its id.
        id: String,
        /// Its revision.
        revision: u32,
    },
    /// There is no such survey.
    SurveyUnknown {
        /// The name given.
        given: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// There is nothing at that address.
    NotFound,
    /// The address is there, the method is not.
    MethodNotAllowed,
    /// Single answers are for those who may read them.
    Unauthorized {
        /// Whether the server has a token at all.
        has_token: bool,
    },
    /// Too much is waiting to be written, or writing has stopped.
    Overloaded,
    /// The server is stopping.
    Stopping,
    /// A probe of readiness failed.
    NotReady {
        /// Which one.
        probe: &'static str,
    },
    /// The store failed.
    Store(StoreError),
    /// The store took too long.
    StoreSlow,
    /// A fault in this program.
    Internal,
}

/// Seconds after which a client may try again.
const RETRY_AFTER_S: &str = "2";

impl AppError {
    /// The problem document for the client.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let simple = |kind, title, status: StatusCode, detail: String| {
            Problem::new(kind, title, status.as_u16(), detail)
        };
        match self {
            Self::UnsupportedMediaType { given, accepted } => {
                let given = given.as_deref().filter(|text| !text.is_empty());
                let given = given.map_or("no content type".to_owned(), |text| {
                    format!("content type {:?}", text.chars().take(60).collect::<String>())
                });
                let detail = format!("{given} is not read here; use {}", accepted.join(", "));
                let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
                simple("media-type", "The content type is not supported", status, detail)
            }
            Self::BodyTooLarge => simple(
                "too-large",
                "The body is too large",
                StatusCode::PAYLOAD_TOO_LARGE,
                format!("at most {BODY_BYTES_MAX} bytes are read"),
            ),
            Self::BodyTooSlow => simple(
                "too-slow",
                "The body did not arrive in time",
                StatusCode::REQUEST_TIMEOUT,
                "nothing was stored; send it again".to_owned(),
            ),
            Self::BodyBroken => simple(
                "broken-off",
                "The body broke off",
                StatusCode::BAD_REQUEST,
                "nothing was stored; send it again".to_owned(),
            ),
            Self::Invalid(faults) => Problem::of_faults(faults),
            Self::InvalidQuery(faults) => query_problem(faults),
            Self::Conflict { id, revision } => simple(
                "conflict",
                "This revision is already stored with other contents",
                StatusCode::CONFLICT,
                format!(
                    "revision {revision} of {id} was not changed; an edit needs a higher revision"
                ),
            ),
            Self::SurveyUnknown { given, known } => {
                let given: String = given.chars().take(64).collect();
                let detail = format!("{given:?} is not a survey here; known are {}", known.join(", "));
                simple("survey-unknown", "There is no such survey", StatusCode::NOT_FOUND, detail)
            }
            Self::NotFound => simple(
                "not-found",
                "There is nothing here",
                StatusCode::NOT_FOUND,
                "the address names nothing that is served".to_owned(),
            ),
            Self::MethodNotAllowed => simple(
                "method",
                "The method is not allowed here",
                StatusCode::METHOD_NOT_ALLOWED,
                "the Allow header names the methods that are".to_owned(),
            ),
            Self::Unauthorized { has_token } => simple(
                "unauthorized",
                "Single answers need an API token",
                StatusCode::UNAUTHORIZED,
                unauthorized_detail(*has_token).to_owned(),
            ),
            other => other.unavailable(),
        }
    }

    /// The problem document of a fault on our side.
    fn unavailable(&self) -> Problem {
        let status = self.status_of_ours();
        let (kind, title, detail) = match self {
            Self::Overloaded => (
                "overloaded",
                "The answer could not be stored in time",
                "it is not certain to be stored; send it again with the same id",
            ),
            Self::Stopping => {
                ("stopping", "The server is stopping", "another try will reach its successor")
            }
            Self::NotReady { probe } => ("not-ready", "The server is not ready", *probe),
            Self::Store(_) => {
                ("store", "The store failed", "nothing was stored or read; try again later")
            }
            Self::StoreSlow => {
                ("store-slow", "The store took too long", "ask for a shorter time, or later")
            }
            _ => ("internal", "The server failed", "this is our fault and has been noted"),
        };
        Problem::new(kind, title, status.as_u16(), detail)
    }

    const fn status_of_ours(&self) -> StatusCode {
        match self {
            Self::Overloaded
            | Self::Stopping
            | Self::NotReady { .. }
            | Self::Store(_)
            | Self::StoreSlow => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The header that tells a client what to do next.
    fn header(&self) -> Option<(HeaderName, HeaderValue)> {
        match self {
            Self::Unauthorized { .. } => {
                Some((header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")))
            }
            other if other.status_of_ours() == StatusCode::SERVICE_UNAVAILABLE => {
                Some((header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_S)))
            }
            _ => None,
        }
    }
}

const fn unauthorized_detail(has_token: bool) -> &'static str {
    if has_token {
        "send the header Authorization: Bearer with the API token"
    } else {
        "no API token is set, so single answers are shown on this machine alone; start the server \
         with --token or CANDOR_API_TOKEN and send the header Authorization: Bearer with it"
    }
}

/// The problem of an address with faulty parameters (422).
fn query_problem(faults: &[Fault]) -> Problem {
    let named: Vec<String> =
        faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.detail)).collect();
    let errors = faults
        .iter()
        .map(|fault| ProblemError {
            pointer: format!("#/query/{}", fault.pointer),
            detail: fault.detail.clone(),
        })
        .collect();
    let title = "A parameter of the address is not valid";
    Problem { errors, ..Problem::new("query-not-valid", title, 422, named.join("; ")) }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        if let Self::Store(error) = &self {
            tracing::error!(%error, "the store failed");
        }
        let problem = self.problem();
        let status = StatusCode::from_u16(problem.status);
        let status = status.expect("every problem above has a status between 400 and 503");
        let kind = [
            (header::CONTENT_TYPE, PROBLEM_MEDIA_TYPE),
            (header::CACHE_CONTROL, "no-store"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ];
        let mut response = (status, kind, problem.to_json()).into_response();
        if let Some((name, value)) = self.header() {
            response.headers_mut().insert(name, value);
        }
        response
    }
}
