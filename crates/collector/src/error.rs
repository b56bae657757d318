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
        match self {
            Self::Invalid(faults) => Problem::of_faults(faults),
            Self::InvalidQuery(faults) => query_problem(faults),
            other => {
                let (kind, title) = other.kind();
                Problem::new(kind, title, other.status().as_u16(), other.detail())
            }
        }
    }

    /// The name of the kind of problem, which never changes, and the kind in words.
    const fn kind(&self) -> (&'static str, &'static str) {
        match self {
            Self::UnsupportedMediaType { .. } => {
                ("media-type", "The content type is not supported")
            }
            Self::BodyTooLarge => ("too-large", "The body is too large"),
            Self::BodyTooSlow => ("too-slow", "The body did not arrive in time"),
            Self::BodyBroken => ("broken-off", "The body broke off"),
            Self::Invalid(_) | Self::InvalidQuery(_) => ("not-valid", "The input is not valid"),
            Self::Conflict { .. } => {
                ("conflict", "This revision is already stored with other contents")
            }
            Self::SurveyUnknown { .. } => ("survey-unknown", "There is no such survey"),
            Self::NotFound => ("not-found", "There is nothing here"),
            Self::MethodNotAllowed => ("method", "The method is not allowed here"),
            Self::Unauthorized { .. } => ("unauthorized", "Single answers need an API token"),
            Self::Overloaded => ("overloaded", "The answer could not be stored in time"),
            Self::Stopping => ("stopping", "The server is stopping"),
            Self::NotReady { .. } => ("not-ready", "The server is not ready"),
            Self::Store(_) => ("store", "The store failed"),
            Self::StoreSlow => ("store-slow", "The store took too long"),
            Self::Internal => ("internal", "The server failed"),
        }
    }

    const fn status(&self) -> StatusCode {
        match self {
            Self::BodyBroken => StatusCode::BAD_REQUEST,
            Self::Unauthorized { .. } => StatusCode::UNAUTHORIZED,
            Self::SurveyUnknown { .. } | Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Conflict { .. } => StatusCode::CONFLICT,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Invalid(_) | Self::InvalidQuery(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Overloaded
            | Self::Stopping
            | Self::NotReady { .. }
            | Self::Store(_)
            | Self::StoreSlow => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What was wrong this time, and what would be right.
    fn detail(&self) -> String {
        let fixed = match self {
            Self::UnsupportedMediaType { given, accepted } => {
                return media_type_detail(given.as_deref(), accepted);
            }
            Self::BodyTooLarge => return format!("at most {BODY_BYTES_MAX} bytes are read"),
            Self::Conflict { id, revision } => {
                return format!(
                    "revision {revision} of {id} was not changed; an edit needs a higher revision"
                );
            }
            Self::SurveyUnknown { given, known } => {
                let given: String = given.chars().take(64).collect();
                return format!("{given:?} is not a survey here; known are {}", known.join(", "));
            }
            Self::BodyTooSlow | Self::BodyBroken => "nothing was stored; send it again",
            Self::NotFound => "the address names nothing that is served",
            Self::MethodNotAllowed => "the Allow header names the methods that are",
            Self::Unauthorized { has_token } => unauthorized_detail(*has_token),
            Self::Overloaded => "it is not certain to be stored; send it again with the same id",
            Self::Stopping => "another try will reach its successor",
            Self::NotReady { probe } => probe,
            Self::Store(_) => "nothing was stored or read; try again later",
            Self::StoreSlow => "ask for a shorter time, or later",
            Self::Internal => "this is our fault and has been noted",
            Self::Invalid(_) | Self::InvalidQuery(_) => "its fields are named one by one",
        };
        fixed.to_owned()
    }

    /// The header that tells a client what to do next.
    fn header(&self) -> Option<(HeaderName, HeaderValue)> {
        match self {
            Self::Unauthorized { .. } => {
                Some((header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")))
            }
            other if other.status() == StatusCode::SERVICE_UNAVAILABLE => {
                Some((header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_S)))
            }
            _ => None,
        }
    }
}

fn media_type_detail(given: Option<&str>, accepted: &[&str]) -> String {
    let given = given.filter(|text| !text.is_empty()).map_or_else(
        || "a body without a content type".to_owned(),
        |text| format!("content type {:?}", text.chars().take(60).collect::<String>()),
    );
    format!("{given} is not read here; use {}", accepted.join(", "))
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
        let (problem, status) = (self.problem(), self.status());
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
