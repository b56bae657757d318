//! What makes a definition valid. What a definition is made of is in [`super`].

use std::collections::BTreeMap;

use scoring::{Bands, Bucket, Direction, Metric, Scale};

use super::{
    BucketPlan, DefinitionParts, LOCALES_MAX, Question, QuestionParts, REASONS_MAX,
    SCALE_POINTS_SHOWN_MAX, Style, TEXT_CHARS_MAX, Texts, URL_CHARS_MAX,
};
use crate::fault::Fault;
use crate::names::ReasonId;

/// The checked question; `None` when a fault was found.
pub(super) fn check_question(parts: &QuestionParts, faults: &mut Vec<Fault>) -> Option<Question> {
    let n_faults = faults.len();
    let mut fault = |field: &str, detail: String| {
        faults.push(Fault::new(format!("/question/{field}"), detail));
    };
    let metric = Metric::from_name(&parts.metric);
    if metric.is_none() {
        fault("metric", format!("{:?} is not a metric; use csat, ces or nps", parts.metric));
    }
    let direction = Direction::from_name(&parts.direction);
    if direction.is_none() {
        let detail = "is not a direction; use higher_is_better or lower_is_better";
        fault("scale/direction", format!("{:?} {detail}", parts.direction));
    }
    let style = Style::from_name(&parts.style);
    if style.is_none() {
        fault(
            "style",
            format!("{:?} is not a style; use numbers, stars, faces or thumbs", parts.style),
        );
    }
    let ends = (i16::try_from(parts.min), i16::try_from(parts.max));
    let scale = match (ends, direction) {
        ((Ok(min), Ok(max)), Some(direction)) => {
            Scale::new(min, max, direction).map_err(|error| fault("scale", error.to_string())).ok()
        }
        ((Ok(_), Ok(_)), None) => None,
        _ => {
            fault("scale", format!("{} to {} is not a scale", parts.min, parts.max));
            None
        }
    };
    if let Some(n_points) = scale.map(Scale::n_points).filter(|n| *n > SCALE_POINTS_SHOWN_MAX) {
        let detail = format!("{n_points} points cannot be shown; at most {SCALE_POINTS_SHOWN_MAX}");
        fault("scale", detail);
    }
    let (metric, scale) = (metric?, scale?);
    let bands = check_bands(parts, metric, scale).map_err(|detail| fault("bands", detail)).ok()?;
    let question = Question { metric, scale, bands, style: style? };
    (faults.len() == n_faults).then_some(question)
}

/// The declared cut, or the standard one.
fn check_bands(parts: &QuestionParts, metric: Metric, scale: Scale) -> Result<Bands, String> {
    let Some((middle_from, top_from)) = parts.bands else {
        return Bands::standard(metric, scale).map_err(|error| error.to_string());
    };
    match (scale.point(middle_from), scale.point(top_from)) {
        (Some(middle), Some(top)) => {
            Bands::new(scale, middle, top).map_err(|error| error.to_string())
        }
        _ => {
            Err(format!("a middle from {middle_from} and a top from {top_from} lie off the scale"))
        }
    }
}

/// The plan of each bucket; `None` when one is missing.
pub(super) fn check_plans(
    parts: &DefinitionParts,
    faults: &mut Vec<Fault>,
) -> Option<[BucketPlan; 3]> {
    let mut plans = Vec::new();
    for bucket in Bucket::ALL {
        let pointer = format!("/buckets/{}", bucket.name());
        let Some(reasons) = parts.buckets.get(&bucket) else {
            faults.push(Fault::new(pointer, "is missing; every bucket needs its reasons"));
            continue;
        };
        let pointer = format!("{pointer}/reasons");
        if reasons.len() > REASONS_MAX {
            let detail = format!("has {} entries; at most {REASONS_MAX}", reasons.len());
            faults.push(Fault::new(pointer.clone(), detail));
        }
        for (idx, reason) in reasons.iter().enumerate() {
            if reasons[..idx].contains(reason) {
                let detail = format!("{reason} is offered twice");
                faults.push(Fault::new(format!("{pointer}/{idx}"), detail));
            } else if reason.is_other() && idx + 1 < reasons.len() {
                let detail = "other is the open reason; it comes last";
                faults.push(Fault::new(format!("{pointer}/{idx}"), detail));
            }
        }
        plans.push(BucketPlan { reasons: reasons.clone() });
    }
    plans.try_into().ok()
}

/// Finds what is missing or too long in any language.
pub(super) fn check_languages(parts: &DefinitionParts, faults: &mut Vec<Fault>) {
    if !parts.texts.contains_key(&parts.default_locale) {
        let detail = format!("{} has no texts", parts.default_locale);
        faults.push(Fault::new("/default_locale", detail));
    }
    if parts.texts.len() > LOCALES_MAX {
        let detail = format!("has {} languages; at most {LOCALES_MAX}", parts.texts.len());
        faults.push(Fault::new("/texts", detail));
    }
    for (locale, texts) in &parts.texts {
        let at = format!("/texts/{locale}");
        for (field, text) in
            [("question", &texts.question), ("low", &texts.low), ("high", &texts.high)]
        {
            check_text(format!("{at}/{field}"), text, faults);
        }
        check_points(&parts.question, texts, &at, faults);
        check_labels(&texts.reasons, &at, faults);
        for bucket in Bucket::ALL {
            check_bucket_texts(parts, texts, bucket, &at, faults);
        }
    }
}

/// Finds words of points that are missing, too long or lie off the scale.
fn check_points(question: &QuestionParts, texts: &Texts, at: &str, faults: &mut Vec<Fault>) {
    let (min, max) = (question.min, question.max);
    if question.style == Style::Faces.name() {
        // A scale that is too long has a fault of its own; its points need no list of theirs.
        let shown_max = max.min(min.saturating_add(SCALE_POINTS_SHOWN_MAX as i64 - 1));
        for point in (min..=shown_max).filter(|point| !texts.points.contains_key(point)) {
            let detail = "is missing; every face needs a word";
            faults.push(Fault::new(format!("{at}/points/{point}"), detail));
        }
    }
    for (point, text) in &texts.points {
        let pointer = format!("{at}/points/{point}");
        if min < max && !(min..=max).contains(point) {
            let detail = format!("lies off the scale, which is {min} to {max}");
            faults.push(Fault::new(pointer, detail));
        } else {
            check_text(pointer, text, faults);
        }
    }
}

/// Finds labels of reasons that are empty or too long.
fn check_labels(labels: &BTreeMap<ReasonId, String>, at: &str, faults: &mut Vec<Fault>) {
    for (reason, label) in labels {
        check_text(format!("{at}/reasons/{reason}"), label, faults);
    }
}

/// Finds what is missing or too long for one bucket in one language.
fn check_bucket_texts(
    parts: &DefinitionParts,
    texts: &Texts,
    bucket: Bucket,
    at: &str,
    faults: &mut Vec<Fault>,
) {
    let at_bucket = format!("{at}/buckets/{}", bucket.name());
    let Some(own) = texts.buckets.get(&bucket) else {
        faults.push(Fault::new(at_bucket, "is missing; every bucket needs its own words"));
        return;
    };
    for (field, text) in
        [("prompt", &own.prompt), ("comment", &own.comment), ("thanks", &own.thanks)]
    {
        check_text(format!("{at_bucket}/{field}"), text, faults);
    }
    if let Some(action) = &own.action {
        check_text(format!("{at_bucket}/action/label"), &action.label, faults);
        check_url(format!("{at_bucket}/action/url"), &action.url, faults);
    }
    check_labels(&own.reasons, &at_bucket, faults);
    for reason in parts.buckets.get(&bucket).into_iter().flatten() {
        if !own.reasons.contains_key(reason) && !texts.reasons.contains_key(reason) {
            let detail = format!("is missing; {} offers this reason", bucket.name());
            faults.push(Fault::new(format!("{at}/reasons/{reason}"), detail));
        }
    }
}

fn check_text(pointer: String, text: &str, faults: &mut Vec<Fault>) {
    let n_chars = text.chars().count();
    if text.trim().is_empty() {
        faults.push(Fault::new(pointer, "is empty"));
    } else if n_chars > TEXT_CHARS_MAX {
        let detail = format!("has {n_chars} characters; at most {TEXT_CHARS_MAX}");
        faults.push(Fault::new(pointer, detail));
    }
}

fn check_url(pointer: String, url: &str, faults: &mut Vec<Fault>) {
    let n_chars = url.chars().count();
    if !is_safe_url(url) {
        let detail = "is not an https, http or mailto address or a path beginning with /";
        faults.push(Fault::new(pointer, detail));
    } else if n_chars > URL_CHARS_MAX {
        let detail = format!("has {n_chars} characters; at most {URL_CHARS_MAX}");
        faults.push(Fault::new(pointer, detail));
    }
}

/// Whether a link to `url` cannot run code: only web, mail and same-site addresses.
fn is_safe_url(url: &str) -> bool {
    // Browsers read a backslash as a slash, so that `/\host` would lead to another site.
    let plain = url.bytes().all(|b| b > b' ' && b != b'\\' && b != 0x7f);
    let same_site = url.starts_with('/') && !url.starts_with("//");
    plain && (same_site || ["https://", "http://", "mailto:"].iter().any(|s| url.starts_with(s)))
}
