//! What a valid answer is. The widget and the collector call the same [`accept`]; what it returns
//! cannot be wrong. How a submission is written as JSON is in `wire`.

mod accept;

use scoring::{Bucket, Metric, Scale, ScalePoint};

use crate::locale::Locale;
use crate::names::{ReasonId, SurveyId};

pub use accept::accept;

/// The longest comment, in characters.
pub const COMMENT_CHARS_MAX: usize = 1500;
/// The largest body of one submission that a browser sends, in bytes.
pub const SUBMISSION_BYTES_MAX: usize = 8 * 1024;
/// Most entries of context.
pub const CONTEXT_ENTRIES_MAX: usize = 16;
/// The longest value of one entry of context, in characters.
pub const CONTEXT_CHARS_MAX: usize = 200;
/// The longest question text carried with an answer, in characters.
pub const QUESTION_CHARS_MAX: usize = 300;
/// The longest page address, in characters.
pub const SOURCE_CHARS_MAX: usize = 512;
/// The highest revision of one answer.
pub const REVISION_MAX: u32 = 10_000;
/// How far a browser's clock may run ahead before its time is replaced by ours, in milliseconds.
pub const CLOCK_AHEAD_MS_MAX: i64 = 5 * 60 * 1000;
/// How old an answer may be when it arrives before its time is replaced by ours, in milliseconds.
pub const ANSWER_AGE_MS_MAX: i64 = 30 * 24 * 3600 * 1000;

// A comment of the longest kind, three bytes a character, must leave room for the rest.
const _: () = assert!(COMMENT_CHARS_MAX * 3 + 2048 < SUBMISSION_BYTES_MAX);

/// A submission as it was read: well-formed, but not yet checked against a survey.
#[derive(Clone, Debug, PartialEq)]
pub struct RawSubmission {
    /// Made by the browser; the same for all revisions of one answer.
    pub id: String,
    /// Address of the page that asked.
    pub source: String,
    /// Name of the survey.
    pub survey_id: String,
    /// Version of the survey that was shown.
    pub survey_version: u32,
    /// When the answer was given, in milliseconds since 1970, by the browser's clock.
    pub time_ms: i64,
    /// 1 for the first sending, higher for each later one.
    pub revision: u32,
    /// Whether the person pressed Send or Skip.
    pub complete: bool,
    /// Language the survey was shown in.
    pub locale: String,
    /// `csat`, `ces` or `nps`.
    pub metric: String,
    /// Lowest point of the scale shown.
    pub scale_min: i64,
    /// Highest point of the scale shown.
    pub scale_max: i64,
    /// Its direction.
    pub direction: String,
    /// The rating.
    pub value: i64,
    /// The question as shown.
    pub question: String,
    /// Reasons chosen.
    pub reasons: Vec<String>,
    /// The comment; empty when none was written.
    pub comment: String,
    /// What the shop attached, such as an order number: names and texts, each name once.
    pub context: Vec<(String, String)>,
    /// Milliseconds from the survey being shown to this sending.
    pub age_ms: Option<u64>,
}

/// An answer that is valid for ever: checked against the survey it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    raw: RawSubmission,
    survey: SurveyId,
    locale: Locale,
    metric: Metric,
    scale: Scale,
    value: ScalePoint,
    bucket: Bucket,
    reasons: Vec<ReasonId>,
    comment: String,
    answered_at_ms: i64,
}

impl Submission {
    /// Made by the browser; the same for all revisions of one answer. A UUID in lower case.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    #[doc = include_str!("../doc/sample_submission.txt")]
    /// assert_eq!(submission.id(), "01935b2e-7c4a-7def-8a11-2b3c4d5e6f70");
    /// ```
    #[must_use]
    pub fn id(&self) -> &str {
        &self.raw.id
    }

    /// The survey it belongs to.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    #[doc = include_str!("../doc/sample_submission.txt")]
    /// assert_eq!(submission.survey().as_str(), "help");
    /// ```
    #[must_use]
    pub const fn survey(&self) -> &SurveyId {
        &self.survey
    }

    /// Version of the survey that was shown.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    #[doc = include_str!("../doc/sample_submission.txt")]
    /// assert_eq!(submission.survey_version(), 1);
    /// ```
    #[must_use]
    pub const fn survey_version(&self) -> u32 {
        self.raw.survey_version
    }

    /// 1 for the first sending, higher for each later one.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    #[doc = include_str!("../doc/sample_submission.txt")]
    /// assert_eq!(submission.revision(), 2);
    /// ```
    #[must_use]
    pub const fn revision(&self) -> u32 {
        self.raw.revision
    }

    /// Whether the person pressed Send or Skip.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    #[doc = include_str!("../doc/sample_submission.txt")]
    /// assert!(submission.complete());
    /// ```
    #[must_use]
    pub const fn complete(&self) -> bool {
        self.raw.complete
    }

    /// Language the survey was shown in.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    #[doc = include_str!("../doc/sample_submission.txt")]
    /// assert_eq!(submission.locale().as_str(), "en-GB");
    /// ```
    #[must_use]
    pub const fn locale(&self) -> &Locale {
        &self.locale
    }

    /// The metric asked.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    #[doc = include_str!("../doc/sample_submission.txt")]
    /// assert_eq!(submission.metric(), Metric::Csat);
    /// ```
    #[must_use]
    pub const fn metric(&self) -> Metric {
        self.metric
    }

    /// The scale the rating was given on.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    #[doc = include_str!("../doc/sample_submission.txt")]
    /// assert_eq!((submission.scale().min(), submission.scale().max()), (1, 5));
    /// ```
    #[must_use]
    pub const fn scale(&self) -> Scale {
        self.scale
    }

    /// The rating.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    #[doc = include_str!("../doc/sample_submission.txt")]
    /// assert_eq!(submission.value(), ScalePoint(5));
    /// ```
    #[must_use]
    pub const fn value(&self) -> ScalePoint {
        self.value
    }

    /// The bucket the rating falls into.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    #[doc = include_str!("../doc/sample_submission.txt")]
    /// assert_eq!(submission.bucket(), Bucket::Top);
    /// ```
    #[must_use]
    pub const fn bucket(&self) -> Bucket {
        self.bucket
    }

    /// The question as shown.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    #[doc = include_str!("../doc/sample_submission.txt")]
    /// assert_eq!(submission.question(), "Did we help?");
    /// ```
    #[must_use]
    pub fn question(&self) -> &str {
        &self.raw.question
    }

    /// Reasons chosen, each once.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    #[doc = include_str!("../doc/sample_submission.txt")]
    /// assert_eq!(submission.reasons(), [ReasonId::new("speed").unwrap()]);
    /// ```
    #[must_use]
    pub fn reasons(&self) -> &[ReasonId] {
        &self.reasons
    }

    /// The comment without space around it and without personal details, see
    /// [`without_personal_details`](crate::without_personal_details); `None` when nothing was
    /// written.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    #[doc = include_str!("../doc/sample_submission.txt")]
    /// assert_eq!(submission.comment(), Some("So quick!")); // sent as " So quick! "
    /// ```
    #[must_use]
    pub fn comment(&self) -> Option<&str> {
        Some(self.comment.as_str()).filter(|comment| !comment.is_empty())
    }

    /// What the shop attached: names and texts.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    #[doc = include_str!("../doc/sample_submission.txt")]
    /// assert_eq!(submission.context(), [("order".to_owned(), "A-1001".to_owned())]);
    /// ```
    #[must_use]
    pub fn context(&self) -> &[(String, String)] {
        &self.raw.context
    }

    /// Address of the page that asked, without query and fragment, which may name the person.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    #[doc = include_str!("../doc/sample_submission.txt")]
    /// // Sent as "https://shop.example/thanks?order=A-1001".
    /// assert_eq!(submission.source(), "https://shop.example/thanks");
    /// ```
    #[must_use]
    pub fn source(&self) -> &str {
        self.raw.source.split(['?', '#']).next().unwrap_or_default()
    }

    /// When the answer was given, in milliseconds since 1970, plausible by our clock.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    #[doc = include_str!("../doc/sample_submission.txt")]
    /// assert_eq!(submission.answered_at_ms(), 1_000); // it arrived at 2,000
    /// ```
    #[must_use]
    pub const fn answered_at_ms(&self) -> i64 {
        self.answered_at_ms
    }

    /// Milliseconds from the survey being shown to this sending.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    #[doc = include_str!("../doc/sample_submission.txt")]
    /// assert_eq!(submission.age_ms(), Some(5_120));
    /// ```
    #[must_use]
    pub const fn age_ms(&self) -> Option<u64> {
        self.raw.age_ms
    }

    /// The submission as it was read, for comparing two sendings of one revision.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    #[doc = include_str!("../doc/sample_submission.txt")]
    /// assert_eq!(submission.raw().comment, " So quick! ");
    /// ```
    #[must_use]
    pub const fn raw(&self) -> &RawSubmission {
        &self.raw
    }
}
