//! Response rates of a survey that is sent or shown. "The" response rate does not exist: each stage
//! is a base of its own, and they differ by a factor of many.

use std::fmt;

use scoring::proportion::Part;

/// How far people came. A stage nobody recorded is `None`, which is not 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Funnel {
    /// Invitations sent.
    pub n_sent: Option<u64>,
    /// Those that arrived: sent without bounced.
    pub n_delivered: Option<u64>,
    /// Surveys that somebody saw.
    pub n_shown: Option<u64>,
    /// Surveys with at least one answer.
    pub n_started: Option<u64>,
    /// Surveys answered to the end.
    pub n_completed: u64,
}

/// A stage of the funnel, from the widest to the narrowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Sent.
    Sent,
    /// Delivered.
    Delivered,
    /// Shown.
    Shown,
    /// Started.
    Started,
    /// Completed.
    Completed,
}

impl Stage {
    /// The name used in JSON: `sent`, `delivered`, `shown`, `started` or `completed`.
    ///
    /// ```
    /// assert_eq!(service::response::Stage::Shown.name(), "shown");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Shown => "shown",
            Self::Started => "started",
            Self::Completed => "completed",
        }
    }
}

/// Why numbers are not a funnel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FunnelError {
    /// A later stage holds more than an earlier one: an error in the data, not a rate above 1.
    Widens {
        /// The earlier stage.
        earlier: Stage,
        /// How many were there.
        n_earlier: u64,
        /// The later stage.
        later: Stage,
        /// How many were there.
        n_later: u64,
    },
}

impl fmt::Display for FunnelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Widens { earlier, n_earlier, later, n_later } => write!(
                f,
                "{n_later} {} cannot come from {n_earlier} {}",
                later.name(),
                earlier.name()
            ),
        }
    }
}

impl std::error::Error for FunnelError {}

/// Completed surveys among each base; `None` for a base nobody recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunnelRates {
    /// Among the sent.
    pub per_sent: Option<Part>,
    /// Among the delivered.
    pub per_delivered: Option<Part>,
    /// Among the shown.
    pub per_shown: Option<Part>,
    /// Completion: among the started.
    pub completion: Option<Part>,
}

/// Response rates by base, and the completion rate.
///
/// A recorded base of 0 gives a part whose share is `None`.
///
/// # Errors
/// [`FunnelError::Widens`] when a later stage holds more than a recorded earlier one.
///
/// # Example
/// ```
/// use service::response::{Funnel, funnel_rates};
/// let funnel = Funnel {
///     n_sent: Some(1000), n_delivered: Some(960), n_shown: None,
///     n_started: Some(260), n_completed: 240,
/// };
/// let rates = funnel_rates(&funnel)?;
/// assert_eq!(rates.per_sent.and_then(|part| part.percent()), Some(24.0));
/// assert_eq!(rates.per_delivered.and_then(|part| part.percent()), Some(25.0));
/// assert_eq!(rates.per_shown, None);
/// assert!(funnel_rates(&Funnel { n_completed: 1001, ..funnel }).is_err());
/// # Ok::<(), service::response::FunnelError>(())
/// ```
pub fn funnel_rates(funnel: &Funnel) -> Result<FunnelRates, FunnelError> {
    let mut widest: Option<(Stage, u64)> = None;
    for (later, n_later) in recorded(funnel) {
        if let Some((earlier, n_earlier)) = widest.filter(|(_, n_earlier)| n_later > *n_earlier) {
            return Err(FunnelError::Widens { earlier, n_earlier, later, n_later });
        }
        widest = Some((later, n_later));
    }
    let among = |base: Option<u64>| {
        base.map(|of| Part::new(funnel.n_completed, of).expect("no stage is wider than an earlier"))
    };
    Ok(FunnelRates {
        per_sent: among(funnel.n_sent),
        per_delivered: among(funnel.n_delivered),
        per_shown: among(funnel.n_shown),
        completion: among(funnel.n_started),
    })
}

/// The stages somebody recorded, from the widest to the narrowest.
fn recorded(funnel: &Funnel) -> impl Iterator<Item = (Stage, u64)> {
    let Funnel { n_sent, n_delivered, n_shown, n_started, n_completed } = *funnel;
    let stages = [
        (Stage::Sent, n_sent),
        (Stage::Delivered, n_delivered),
        (Stage::Shown, n_shown),
        (Stage::Started, n_started),
        (Stage::Completed, Some(n_completed)),
    ];
    stages.into_iter().filter_map(|(stage, n)| Some((stage, n?)))
}
