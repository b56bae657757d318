//! What can happen to a form, and what the shell is asked to do about it.

use survey::{Bucket, ReasonId, ScalePoint};

use crate::delivery::Reply;

/// Something that happened. Always in the past tense; an event never fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The person chose a point of the scale, or moved on to another.
    RatingPicked(ScalePoint),
    /// The focus left the rating question.
    RatingLeft,
    /// The settling time that was started with this number has passed.
    RatingSettled {
        /// The number from [`Effect::StartSettleTimer`].
        seq: u32,
    },
    /// The person ticked or unticked a reason.
    ReasonToggled(ReasonId),
    /// The comment now reads like this.
    CommentEdited(String),
    /// Send was pressed.
    Submitted,
    /// Skip was pressed: the rating counts, the rest does not.
    Skipped,
    /// Try again was pressed.
    RetryPressed,
    /// Close was pressed.
    ClosePressed,
    /// The endpoint answered, or could not be reached.
    Replied {
        /// The number from [`Effect::Send`].
        seq: u32,
        /// What came of it.
        reply: Reply,
    },
    /// The waiting time before another try has passed.
    RetryDue {
        /// The number from [`Effect::StartRetryTimer`].
        seq: u32,
    },
    /// The page is being left or hidden.
    PageLeft,
}

/// One revision of an answer as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// 1 for the first sending, one higher for each later one.
    pub revision: u32,
    /// Whether the person pressed Send or Skip.
    pub complete: bool,
    /// The rating.
    pub rating: ScalePoint,
    /// The reasons, in the order offered.
    pub reasons: Vec<ReasonId>,
    /// The comment.
    pub comment: String,
}

/// Why an answer did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendFault {
    /// The endpoint could not be reached or was busy; it is tried again.
    Unreachable,
    /// The endpoint refused the answer; trying again would not help.
    Refused,
}

impl SendFault {
    /// The name told to the host page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Refused => "refused",
        }
    }
}

/// A part of the form that can take the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The rating question.
    Rating,
    /// The thanks.
    Thanks,
    /// What is said when sending failed.
    Failure,
}

/// Something the shell is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send this revision and report with [`Event::Replied`]. The same revision is always sent
    /// with the same body.
    Send {
        /// Number of this sending.
        seq: u32,
        /// What to send.
        answer: Answer,
    },
    /// Send this revision in a way that survives the end of the page; nothing is reported.
    SendOnLeaving {
        /// What to send.
        answer: Answer,
    },
    /// Report with [`Event::RatingSettled`] after this time.
    StartSettleTimer {
        /// Number of this timer; an older one has become void.
        seq: u32,
        /// Waiting time.
        delay_ms: u32,
    },
    /// Report with [`Event::RetryDue`] after `delay_ms_min` plus a random part of
    /// `jitter_ms_max`.
    StartRetryTimer {
        /// Number of the sending that is repeated.
        seq: u32,
        /// The endpoint asked for at least this much.
        delay_ms_min: u32,
        /// Upper end of the random part.
        jitter_ms_max: u32,
    },
    /// Move the focus there, if it is inside the form now.
    Focus(Part),
    /// Tell the host page that a rating was chosen.
    TellAnswered {
        /// The rating.
        rating: ScalePoint,
        /// Its bucket.
        bucket: Bucket,
    },
    /// Tell the host page that the answer has arrived whole.
    TellCompleted(Answer),
    /// Tell the host page that sending failed.
    TellFailed(SendFault),
    /// Tell the host page that the person closed the survey.
    TellClosed,
}
