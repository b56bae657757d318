//! What an operator decides: where to listen, where the data is, and how much is allowed.
//! Reading it from a command line or the environment is not here; see the program `candor`.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// The largest body of a request, in bytes. Twice what a browser of ours ever sends.
pub const BODY_BYTES_MAX: usize = 16 * 1024;
/// Most rows of one commit.
pub const COMMIT_ROWS_MAX: usize = 64;

const _: () = assert!(survey::submission::SUBMISSION_BYTES_MAX <= BODY_BYTES_MAX);

/// Everything an operator decides.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// The database file; made when it is not there.
    pub database: PathBuf,
    /// The folder of survey files (`*.json`).
    pub surveys: PathBuf,
    /// The folder of the scripts, styles and pages; nothing is served from disk when `None`.
    pub www: Option<PathBuf>,
    /// What a reader of single answers must send; see [`crate::routes::comments`].
    pub api_token: Option<ApiToken>,
    /// Fewer answers than this are not shown as a score.
    pub suppress_below: u64,
    /// How much and how long.
    pub limits: Limits,
}

/// How much is allowed, and how long.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Most connections open at one time; further ones wait to be accepted.
    pub connections_max: usize,
    /// Longest wait for the head of a request, and longest idle time of a kept connection.
    pub head_wait: Duration,
    /// Longest wait for the body of a request.
    pub body_wait: Duration,
    /// Longest wait for an answer to be on disk before its sender is told to try again.
    pub commit_wait: Duration,
    /// Longest wait for a score to be counted.
    pub read_wait: Duration,
    /// Most answers waiting to be written.
    pub queue_rows_max: usize,
    /// How long a stop is announced on `/readyz` before new connections are refused.
    pub notice_wait: Duration,
    /// Longest wait for requests under way when the server stops.
    pub drain_wait: Duration,
}

impl Limits {
    /// Limits for one machine with the rest of the world outside.
    pub const STANDARD: Self = Self {
        connections_max: 4096,
        head_wait: Duration::from_secs(5),
        body_wait: Duration::from_secs(10),
        commit_wait: Duration::from_secs(2),
        read_wait: Duration::from_secs(10),
        queue_rows_max: 2048,
        notice_wait: Duration::from_millis(500),
        drain_wait: Duration::from_secs(10),
    };
}

/// A secret that lets its bearer read single answers. It is never printed.
#[derive(Clone)]
pub struct ApiToken(String);

/// The shortest token accepted, in bytes.
pub const TOKEN_BYTES_MIN: usize = 16;

impl ApiToken {
    /// The token in `text`.
    ///
    /// # Errors
    /// What is wrong with it: shorter than 16 characters, or with characters that a header cannot
    /// carry.
    pub fn new(text: &str) -> Result<Self, String> {
        if text.len() < TOKEN_BYTES_MIN {
            let n_bytes = text.len();
            return Err(format!(
                "the API token has {n_bytes} characters; at least {TOKEN_BYTES_MIN} are needed"
            ));
        }
        if !text.bytes().all(|b| b.is_ascii_graphic()) {
            return Err("the API token may hold letters, digits and punctuation only".to_owned());
        }
        Ok(Self(text.to_owned()))
    }

    /// Whether `given` is this token. Takes the same time wherever the two first differ.
    #[must_use]
    pub fn matches(&self, given: &str) -> bool {
        crate::http::sha256(self.0.as_bytes()) == crate::http::sha256(given.as_bytes())
    }
}

impl fmt::Debug for ApiToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiToken(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_matches_itself_alone_and_is_never_printed() {
        let token = ApiToken::new("correct-horse-battery").unwrap();
        assert!(token.matches("correct-horse-battery"));
        assert!(!token.matches("correct-horse-batterz"));
        assert!(!token.matches(""));
        assert_eq!(format!("{token:?}"), "ApiToken(hidden)");
    }

    #[test]
    fn a_short_or_unsendable_token_is_refused() {
        assert!(ApiToken::new("short").unwrap_err().contains("5 characters"));
        assert!(ApiToken::new("sixteen chars or more").is_err());
    }
}
