//! What becomes of a sending: which replies are final, and how long to wait before another try.

/// Automatic tries before the form says that sending failed; it goes on trying after that.
pub const TRIES_BEFORE_FAILED: u32 = 4;
/// How long a rating stays unchanged before it is sent on its own.
pub const SETTLE_MS: u32 = 2000;
/// Upper end of the first wait.
const JITTER_MS_FIRST: u32 = 1000;
/// Upper end of any wait.
const JITTER_MS_MAX: u32 = 5 * 60 * 1000;

/// What came of one sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It is stored, now or already before.
    Stored,
    /// It was refused and would be again.
    Refused,
    /// It may work later.
    Unavailable {
        /// The endpoint asked to wait this long.
        retry_after_ms: Option<u32>,
    },
}

impl Reply {
    /// What an HTTP status means for a submission; `None` stands for an endpoint that could not
    /// be reached.
    ///
    /// ```
    /// use form::Reply;
    /// assert_eq!(Reply::of_status(Some(201), None), Reply::Stored);
    /// assert_eq!(Reply::of_status(Some(409), None), Reply::Stored);
    /// assert_eq!(Reply::of_status(Some(422), None), Reply::Refused);
    /// let later = Reply::Unavailable { retry_after_ms: Some(3000) };
    /// assert_eq!(Reply::of_status(Some(503), Some(3000)), later);
    /// ```
    #[must_use]
    pub const fn of_status(status: Option<u16>, retry_after_ms: Option<u32>) -> Self {
        match status {
            Some(200..=299 | 409) => Self::Stored,
            None | Some(408 | 425 | 429 | 500..) => Self::Unavailable { retry_after_ms },
            Some(_) => Self::Refused,
        }
    }
}

/// Upper end of the random wait after so many failures in a row: 1 s, doubling, at most 5 min.
///
/// ```
/// assert_eq!(form::delivery::jitter_ms_max(1), 1000);
/// assert_eq!(form::delivery::jitter_ms_max(3), 4000);
/// assert_eq!(form::delivery::jitter_ms_max(60), 300_000);
/// ```
#[must_use]
pub const fn jitter_ms_max(n_failures: u32) -> u32 {
    let doublings = n_failures.saturating_sub(1);
    if doublings > 12 {
        return JITTER_MS_MAX;
    }
    let jitter_ms = JITTER_MS_FIRST << doublings;
    if jitter_ms > JITTER_MS_MAX { JITTER_MS_MAX } else { jitter_ms }
}
