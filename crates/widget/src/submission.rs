//! Puts an answer into its envelope: who, where and when. The same bytes however often it is
//! sent.

use form::{Answer, Sheet};
use wire::{RawSubmission, encode_cloudevent, encode_flat};

use crate::config::Config;

/// How the answers of this form travel.
pub(crate) struct Envelope {
    /// What the loader has handed over, which sends.
    pub(crate) config: Config,
    flat: bool,
    opened_ms: f64,
    /// The last submission made; of the next one only the answer and the time are other.
    raw: RawSubmission,
}

impl Envelope {
    /// The envelope of the form that shows `sheet`, as described by the rest of `config`.
    pub(crate) fn new(sheet: &Sheet, config: Config) -> Self {
        let question = sheet.outline.question;
        let mut texts = config.context().into_iter();
        let pair = || Some((texts.next()?, texts.next()?));
        let context = std::iter::from_fn(pair).collect();
        let raw = RawSubmission {
            id: config.id(),
            source: config.source(),
            survey_id: sheet.outline.id.to_string(),
            survey_version: sheet.outline.version,
            time_ms: 0,
            revision: 0,
            complete: false,
            locale: sheet.locale.to_string(),
            metric: question.metric.name().to_owned(),
            scale_min: question.scale.min().into(),
            scale_max: question.scale.max().into(),
            direction: question.scale.direction().name().to_owned(),
            value: 0,
            question: sheet.question.clone(),
            reasons: Vec::new(),
            comment: String::new(),
            context,
            age_ms: None,
        };
        Self { flat: config.flat(), opened_ms: config.opened_ms(), config, raw }
    }

    /// The body of one revision, made at `now_ms`.
    pub(crate) fn body(&mut self, answer: Answer, now_ms: f64) -> String {
        let raw = &mut self.raw;
        raw.time_ms = whole_ms(now_ms);
        raw.age_ms = u64::try_from(whole_ms(now_ms - self.opened_ms)).ok();
        raw.revision = answer.revision;
        raw.complete = answer.complete;
        raw.value = answer.rating.0.into();
        raw.reasons = answer.reasons.iter().map(ToString::to_string).collect();
        raw.comment = answer.comment;
        if self.flat { encode_flat(raw) } else { encode_cloudevent(raw) }
    }
}

/// Milliseconds of a browser's clock as a whole number.
#[allow(clippy::cast_possible_truncation, reason = "a time in milliseconds is far below 2^53")]
const fn whole_ms(ms: f64) -> i64 {
    ms as i64
}
