//! Puts an answer into its envelope: who, where and when. The same bytes however often it is
//! sent.

use std::collections::BTreeMap;

use form::{Answer, Sheet};
use wire::{MountJson, encode_cloudevent, encode_flat};

/// What every submission of this form has in common.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Envelope {
    /// Where it is sent.
    pub(crate) endpoint: String,
    /// One flat object instead of a CloudEvents document.
    pub(crate) flat: bool,
    /// Nothing is sent; everything counts as stored.
    pub(crate) test: bool,
    id: String,
    context: BTreeMap<String, String>,
    source: String,
    opened_ms: f64,
}

impl Envelope {
    /// The envelope of the form described by `config`.
    pub(crate) fn of(config: &MountJson) -> Self {
        Self {
            endpoint: config.endpoint.clone(),
            flat: config.format == "flat",
            test: config.test,
            id: config.id.clone(),
            context: config.context.clone(),
            source: config.source.clone(),
            opened_ms: config.opened_ms,
        }
    }

    /// The media type of a body.
    pub(crate) const fn media_type(&self) -> &'static str {
        if self.flat { "application/json" } else { wire::submission::EVENT_MEDIA_TYPE }
    }

    /// The body of one revision, made at `now_ms`.
    pub(crate) fn body(&self, sheet: &Sheet, answer: &Answer, now_ms: f64) -> String {
        let question = sheet.outline.question;
        let raw = wire::RawSubmission {
            id: self.id.clone(),
            source: self.source.clone(),
            survey_id: sheet.outline.id.to_string(),
            survey_version: sheet.outline.version,
            time_ms: whole_ms(now_ms),
            revision: answer.revision,
            complete: answer.complete,
            locale: sheet.locale.to_string(),
            metric: question.metric.name().to_owned(),
            scale_min: question.scale.min().into(),
            scale_max: question.scale.max().into(),
            direction: question.scale.direction().name().to_owned(),
            value: answer.rating.0.into(),
            question: sheet.question.clone(),
            reasons: answer.reasons.iter().map(ToString::to_string).collect(),
            comment: answer.comment.clone(),
            context: self.context.clone(),
            age_ms: u64::try_from(whole_ms(now_ms - self.opened_ms)).ok(),
        };
        if self.flat { encode_flat(&raw) } else { encode_cloudevent(&raw) }
    }
}

/// Milliseconds of a browser's clock as a whole number.
#[allow(clippy::cast_possible_truncation, reason = "a time in milliseconds is far below 2^53")]
const fn whole_ms(ms: f64) -> i64 {
    ms as i64
}
