//! The check that every answer passes, in the widget and in the collector alike.

use scoring::{Bucket, Direction, Metric, Scale, ScalePoint};

use super::{
    ANSWER_AGE_MS_MAX, CLOCK_AHEAD_MS_MAX, COMMENT_CHARS_MAX, CONTEXT_CHARS_MAX,
    CONTEXT_ENTRIES_MAX, QUESTION_CHARS_MAX, REVISION_MAX, RawSubmission, SOURCE_CHARS_MAX,
    Submission,
};
use crate::definition::{Outline, REASONS_MAX};
use crate::fault::Fault;
use crate::locale::Locale;
use crate::names::ReasonId;
use crate::personal::without_personal_details;

/// Checks a submission against the survey it belongs to.
///
/// `now_ms` is the time of arrival in milliseconds since 1970. A browser's clock may be wrong:
/// a time more than five minutes ahead or thirty days behind is replaced by `now_ms`, because an
/// answer is worth more than its time. An answer given under another version of the survey keeps
/// the scale and the reasons it carries.
///
/// # Errors
/// Every fault found, with a JSON pointer into the CloudEvents document.
///
/// # Example
/// ```
#[doc = include_str!("../../doc/sample_definition.txt")]
#[doc = include_str!("../../doc/sample_submission.txt")]
/// // `raw` is an answer of 5 to the survey `definition`, which asks for 1 to 5.
/// let submission = accept(raw.clone(), definition.outline(), 1_000).unwrap();
/// assert_eq!((submission.value(), submission.bucket()), (ScalePoint(5), Bucket::Top));
///
/// let faulty = RawSubmission { value: 6, ..raw };
/// let fault = Fault::new("/data/rating/value", "6 is outside the scale 1..5");
/// assert_eq!(accept(faulty, definition.outline(), 1_000), Err(vec![fault]));
/// ```
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
    let (oldest, newest) =
        (now_ms.saturating_sub(ANSWER_AGE_MS_MAX), now_ms.saturating_add(CLOCK_AHEAD_MS_MAX));
    let plausible = oldest..=newest;
    let answered_at_ms = if plausible.contains(&raw.time_ms) { raw.time_ms } else { now_ms };
    Ok(Submission {
        survey: outline.id.clone(),
        locale,
        metric,
        scale,
        value,
        bucket,
        reasons,
        comment: without_personal_details(raw.comment.trim()).into_owned(),
        answered_at_ms,
        raw,
    })
}

/// Finds what is wrong with the parts that do not depend on the question.
fn check_envelope(raw: &RawSubmission, outline: &Outline, faults: &mut Vec<Fault>) {
    if !is_uuid(&raw.id) {
        let detail = format!(
            "{:?} is not a UUID in lower case such as 01935b2e-7c4a-7def-8a11-2b3c4d5e6f70",
            shorten(&raw.id)
        );
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
    } else if raw.source.contains('\0') {
        faults.push(Fault::new("/source", "holds the character U+0000"));
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
    if raw.reasons.len() > REASONS_MAX {
        let detail =
            format!("has {} entries; at most {REASONS_MAX} are allowed", raw.reasons.len());
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
                let right = match names.as_slice() {
                    [] => "none is".to_owned(),
                    names => format!("it may be one of {}", names.join(", ")),
                };
                let detail =
                    format!("{reason} is not offered to a {} rating; {right}", bucket.name());
                faults.push(Fault::new(pointer, detail));
            }
            Ok(reason) => reasons.push(reason),
        }
    }
    reasons
}

/// Finds texts that are too long or cannot be stored, and context that has no usable name.
fn check_texts(raw: &RawSubmission, faults: &mut Vec<Fault>) {
    let mut check = |pointer: &str, text: &str, chars_max: usize| {
        let n_chars = text.chars().count();
        if n_chars > chars_max {
            let detail = format!("has {n_chars} characters; at most {chars_max} are allowed");
            faults.push(Fault::new(pointer, detail));
        } else if text.contains('\0') {
            // PostgreSQL cannot hold it, and nobody types it.
            faults.push(Fault::new(pointer, "holds the character U+0000"));
        }
    };
    check("/data/comment", &raw.comment, COMMENT_CHARS_MAX);
    check("/data/rating/question", &raw.question, QUESTION_CHARS_MAX);
    for (name, text) in &raw.context {
        check(&context_pointer(name), text, CONTEXT_CHARS_MAX);
    }
    if raw.context.len() > CONTEXT_ENTRIES_MAX {
        let detail =
            format!("has {} entries; at most {CONTEXT_ENTRIES_MAX} are allowed", raw.context.len());
        faults.push(Fault::new("/data/context", detail));
    }
    for (name, _) in &raw.context {
        // Names of context follow the rule for names of reasons.
        if let Err(detail) = ReasonId::new(name) {
            faults.push(Fault::new(context_pointer(name), detail));
        }
    }
}

/// The pointer of an entry of context, its name cut short and escaped.
fn context_pointer(name: &str) -> String {
    format!("/data/context/{}", shorten(name).replace('~', "~0").replace('/', "~1"))
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
