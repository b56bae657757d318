//! What a valid answer is. The widget and the collector call the same [`accept`]; what it returns
//! cannot be wrong. How a submission is written as JSON is in `wire`.

use std::collections::BTreeMap;

use scoring::{Bucket, Direction, Metric, Scale, ScalePoint};

use crate::definition::Outline;
use crate::fault::Fault;
use crate::locale::Locale;
use crate::names::{ReasonId, SurveyId};

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
    /// What the shop attached, such as an order number.
    pub context: BTreeMap<String, String>,
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
    answered_at_ms: i64,
}

/// Checks a submission against the survey it belongs to.
///
/// `now_ms` is the time of arrival in milliseconds since 1970. A browser's clock may be wrong:
/// a time more than five minutes ahead or thirty days behind is replaced by `now_ms`, because an
/// answer is worth more than its time. An answer given under an older version of the survey keeps
/// the scale it carries.
///
/// # Errors
/// Every fault found, with a JSON pointer into the CloudEvents document.
pub fn accept(
    raw: RawSubmission,
    outline: &Outline,
    now_ms: i64,
) -> Result<Submission, Vec<Fault>> {
    let mut faults = Vec::new();
    check_envelope(&raw, outline, &mut faults);
    let rating = check_rating(&raw, outline, &mut faults);
    let locale = Locale::new(&raw.locale)
        .map_err(|detail| faults.push(Fault::new("/data/locale", detail)))
        .ok();
    let (mut reasons, mut bucket) = (Vec::new(), None);
    if let Some((_, scale, value)) = rating {
        // Under an older version the cut may have been another; the scale decides.
        let held = if scale == outline.question.scale {
            outline.question.bucket(value)
        } else {
            scoring::Bands::standard(outline.question.metric, scale)
                .map_or(Bucket::Middle, |bands| bands.bucket(scale, value))
        };
        bucket = Some(held);
        reasons = check_reasons(&raw, outline, held, &mut faults);
    }
    check_texts(&raw, &mut faults);
    let (Some((metric, scale, value)), Some(bucket), Some(locale), true) =
        (rating, bucket, locale, faults.is_empty())
    else {
        return Err(faults);
    };
    let plausible = now_ms - ANSWER_AGE_MS_MAX..=now_ms + CLOCK_AHEAD_MS_MAX;
    let answered_at_ms = if plausible.contains(&raw.time_ms) { raw.time_ms } else { now_ms };
    Ok(Submission {
        survey: outline.id.clone(),
        locale,
        metric,
        scale,
        value,
        bucket,
        reasons,
        answered_at_ms,
        raw,
    })
}

/// Finds what is wrong with the parts that do not depend on the question.
fn check_envelope(raw: &RawSubmission, outline: &Outline, faults: &mut Vec<Fault>) {
    if !is_uuid(&raw.id) {
        let detail = format!("{:?} is not a UUID in lower case such as 0193…-7…", shorten(&raw.id));
        faults.push(Fault::new("/id", detail));
    }
    if raw.survey_id != outline.id.as_str() {
        let detail = format!("{:?} is not the survey {}", shorten(&raw.survey_id), outline.id);
        faults.push(Fault::new("/data/survey/id", detail));
    }
    if raw.survey_version == 0 {
        faults.push(Fault::new("/data/survey/version", "is 0; versions begin at 1"));
    }
    if !(1..=REVISION_MAX).contains(&raw.revision) {
        let detail = format!("{} is outside 1..={REVISION_MAX}", raw.revision);
        faults.push(Fault::new("/data/revision", detail));
    }
    let n_chars = raw.source.chars().count();
    if n_chars == 0 || n_chars > SOURCE_CHARS_MAX {
        let detail = format!("has {n_chars} characters; 1 to {SOURCE_CHARS_MAX} are allowed");
        faults.push(Fault::new("/source", detail));
    }
}

/// The rating, checked against the scale it was given on.
fn check_rating(
    raw: &RawSubmission,
    outline: &Outline,
    faults: &mut Vec<Fault>,
) -> Option<(Metric, Scale, ScalePoint)> {
    let question = &outline.question;
    let mut fault = |field: &str, detail: String| {
        faults.push(Fault::new(format!("/data/rating/{field}"), detail));
    };
    let metric = question.metric;
    if raw.metric != metric.name() {
        let detail =
            format!("{:?} is not the metric asked; it is {}", shorten(&raw.metric), metric.name());
        fault("metric", detail);
        return None;
    }
    let Some(direction) = Direction::from_name(&raw.direction) else {
        let given = shorten(&raw.direction);
        fault(
            "scale/direction",
            format!("{given:?} is neither higher_is_better nor lower_is_better"),
        );
        return None;
    };
    let ends = (i16::try_from(raw.scale_min).ok(), i16::try_from(raw.scale_max).ok());
    let scale = match ends {
        (Some(min), Some(max)) => Scale::new(min, max, direction).map_err(|e| e.to_string()),
        _ => Err(format!("{} to {} is not a scale", raw.scale_min, raw.scale_max)),
    };
    let scale = match scale {
        Ok(scale) => scale,
        Err(detail) => {
            fault("scale", detail);
            return None;
        }
    };
    if raw.survey_version == outline.version && scale != question.scale {
        let (asked, given) = (question.scale, scale);
        fault(
            "scale",
            format!(
                "{}..{} {} is not the scale of version {}, which is {}..{} {}",
                given.min(),
                given.max(),
                given.direction().name(),
                outline.version,
                asked.min(),
                asked.max(),
                asked.direction().name()
            ),
        );
        return None;
    }
    let Some(value) = scale.point(raw.value) else {
        let detail = format!("{} is outside the scale {}..{}", raw.value, scale.min(), scale.max());
        fault("value", detail);
        return None;
    };
    Some((metric, scale, value))
}

/// The reasons, checked against those offered to the bucket.
fn check_reasons(
    raw: &RawSubmission,
    outline: &Outline,
    bucket: Bucket,
    faults: &mut Vec<Fault>,
) -> Vec<ReasonId> {
    let offered = &outline.bucket(bucket).reasons;
    let same_version = raw.survey_version == outline.version;
    let mut reasons = Vec::new();
    if raw.reasons.len() > crate::definition::REASONS_MAX {
        let detail = format!(
            "has {} entries; at most {} are allowed",
            raw.reasons.len(),
            crate::definition::REASONS_MAX
        );
        faults.push(Fault::new("/data/reasons", detail));
        return reasons;
    }
    for (idx, text) in raw.reasons.iter().enumerate() {
        let pointer = format!("/data/reasons/{idx}");
        match ReasonId::new(text) {
            Err(detail) => faults.push(Fault::new(pointer, detail)),
            Ok(reason) if reasons.contains(&reason) => {
                faults.push(Fault::new(pointer, format!("{reason} is given twice")));
            }
            // Reasons of another version are kept as they are: the list may have changed since.
            Ok(reason) if same_version && !offered.contains(&reason) => {
                let names: Vec<&str> = offered.iter().map(ReasonId::as_str).collect();
                let detail = format!(
                    "{reason} is not offered to a {} rating; it may be one of {}",
                    bucket.name(),
                    names.join(", ")
                );
                faults.push(Fault::new(pointer, detail));
            }
            Ok(reason) => reasons.push(reason),
        }
    }
    reasons
}

/// Finds texts that are too long and context that has no usable name.
fn check_texts(raw: &RawSubmission, faults: &mut Vec<Fault>) {
    let mut long = |pointer: &str, text: &str, chars_max: usize| {
        let n_chars = text.chars().count();
        if n_chars > chars_max {
            let detail = format!("has {n_chars} characters; at most {chars_max} are allowed");
            faults.push(Fault::new(pointer, detail));
        }
    };
    long("/data/comment", &raw.comment, COMMENT_CHARS_MAX);
    long("/data/rating/question", &raw.question, QUESTION_CHARS_MAX);
    for (name, text) in &raw.context {
        long(&format!("/data/context/{}", shorten(name)), text, CONTEXT_CHARS_MAX);
    }
    if raw.context.len() > CONTEXT_ENTRIES_MAX {
        let detail = format!("has {} entries; at most {CONTEXT_ENTRIES_MAX}", raw.context.len());
        faults.push(Fault::new("/data/context", detail));
    }
    for name in raw.context.keys() {
        if let Err(detail) = ReasonId::new(name) {
            faults.push(Fault::new("/data/context", detail));
        }
    }
}

/// Whether `text` is a UUID of any version in lower-case hexadecimal.
fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(idx, b)| match idx {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_digit() || (b'a'..=b'f').contains(&b),
        })
}

/// At most 40 characters of a text that is quoted in a message.
fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}

impl Submission {
    /// Made by the browser; the same for all revisions of one answer. A UUID in lower case.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.raw.id
    }

    /// The survey it belongs to.
    #[must_use]
    pub const fn survey(&self) -> &SurveyId {
        &self.survey
    }

    /// Version of the survey that was shown.
    #[must_use]
    pub const fn survey_version(&self) -> u32 {
        self.raw.survey_version
    }

    /// 1 for the first sending, higher for each later one.
    #[must_use]
    pub const fn revision(&self) -> u32 {
        self.raw.revision
    }

    /// Whether the person pressed Send or Skip.
    #[must_use]
    pub const fn complete(&self) -> bool {
        self.raw.complete
    }

    /// Language the survey was shown in.
    #[must_use]
    pub const fn locale(&self) -> &Locale {
        &self.locale
    }

    /// The metric asked.
    #[must_use]
    pub const fn metric(&self) -> Metric {
        self.metric
    }

    /// The scale the rating was given on.
    #[must_use]
    pub const fn scale(&self) -> Scale {
        self.scale
    }

    /// The rating.
    #[must_use]
    pub const fn value(&self) -> ScalePoint {
        self.value
    }

    /// The bucket the rating falls into.
    #[must_use]
    pub const fn bucket(&self) -> Bucket {
        self.bucket
    }

    /// The question as shown.
    #[must_use]
    pub fn question(&self) -> &str {
        &self.raw.question
    }

    /// Reasons chosen, each once.
    #[must_use]
    pub fn reasons(&self) -> &[ReasonId] {
        &self.reasons
    }

    /// The comment without space around it; `None` when nothing was written.
    #[must_use]
    pub fn comment(&self) -> Option<&str> {
        Some(self.raw.comment.trim()).filter(|comment| !comment.is_empty())
    }

    /// What the shop attached.
    #[must_use]
    pub const fn context(&self) -> &BTreeMap<String, String> {
        &self.raw.context
    }

    /// Address of the page that asked, without query and fragment, which may name the person.
    #[must_use]
    pub fn source(&self) -> &str {
        self.raw.source.split(['?', '#']).next().unwrap_or_default()
    }

    /// When the answer was given, in milliseconds since 1970, plausible by our clock.
    #[must_use]
    pub const fn answered_at_ms(&self) -> i64 {
        self.answered_at_ms
    }

    /// Milliseconds from the survey being shown to this sending.
    #[must_use]
    pub const fn age_ms(&self) -> Option<u64> {
        self.raw.age_ms
    }

    /// The submission as it was read, for comparing two sendings of one revision.
    #[must_use]
    pub const fn raw(&self) -> &RawSubmission {
        &self.raw
    }
}
