//! Exactly what is drawn of a form, flattened: components need no business decision.

use std::rc::Rc;

use survey::submission::COMMENT_CHARS_MAX;
use survey::{Bucket, ReasonOption, ScalePoint, Sheet};

use crate::event::SendFault;
use crate::model::{Model, Phase};

/// The state that is public on the host element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormState {
    /// It can be answered.
    Ready,
    /// The answer is on its way.
    Sending,
    /// The answer has arrived.
    Done,
    /// The answer did not arrive.
    Failed,
}

impl FormState {
    /// The value of `data-state`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Sending => "sending",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// One point of the scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointView {
    /// Its value.
    pub point: ScalePoint,
    /// Where it lies on the scale: 0 for the first point.
    pub point_idx: usize,
    /// The word shown with it, if it has one.
    pub word: Option<String>,
    /// What it is called for those who cannot see the scale: "0, not at all likely".
    pub spoken: String,
    /// The bucket it falls into.
    pub bucket: Bucket,
    /// Whether it is chosen.
    pub checked: bool,
}

/// A text for some of the buckets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketText {
    /// The buckets, as a list for markup: `bottom middle`.
    pub buckets: String,
    /// The text.
    pub text: String,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonView {
    /// Its name.
    pub id: survey::ReasonId,
    /// The buckets that offer it, as a list for markup.
    pub buckets: String,
    /// Its label: one for all buckets, or several.
    pub labels: Vec<BucketText>,
    /// Whether it is ticked.
    pub checked: bool,
}

/// What one bucket is told at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThanksView {
    /// The bucket.
    pub bucket: Bucket,
    /// The thanks.
    pub text: String,
    /// Label and address of what may be done next.
    pub action: Option<(String, String)>,
}

/// Everything that is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The survey in the person's language: its question and words are drawn as they are.
    pub sheet: Rc<Sheet>,
    /// The public state.
    pub state: FormState,
    /// The bucket of the chosen rating.
    pub bucket: Option<Bucket>,
    /// Whether the rating question is pointed out because Send was pressed without a rating.
    pub rating_wanted: bool,
    /// The points, lowest first.
    pub points: Vec<PointView>,
    /// Asks for reasons, by bucket.
    pub prompts: Vec<BucketText>,
    /// The reasons.
    pub reasons: Vec<ReasonView>,
    /// Asks for a comment, by bucket.
    pub comment_labels: Vec<BucketText>,
    /// The comment.
    pub comment: String,
    /// Its longest length in characters.
    pub comment_chars_max: usize,
    /// What is said when sending failed.
    pub failure: String,
    /// Whether another try can help.
    pub can_retry: bool,
    /// The thanks, by bucket.
    pub thanks: Vec<ThanksView>,
    /// What is announced now; empty while there is nothing to say.
    pub status: String,
}

/// What is drawn of `model`.
#[must_use]
pub fn view(model: &Model) -> View {
    let sheet = &model.sheet;
    let words = &sheet.words;
    let refused = model.phase == Phase::Failed(SendFault::Refused);
    let failure = if refused { words.refused() } else { words.failed() };
    let by_bucket = |pick: fn(&survey::SheetBucket) -> &String| -> Vec<BucketText> {
        merge_equal(Bucket::ALL.into_iter().zip(sheet.buckets.iter().map(pick)))
    };
    View {
        sheet: Rc::clone(sheet),
        state: state(model.phase),
        bucket: model.bucket(),
        rating_wanted: model.rating_wanted,
        points: points(model),
        prompts: by_bucket(|bucket| &bucket.prompt),
        reasons: sheet.reasons.iter().map(|option| reason(model, option)).collect(),
        comment_labels: by_bucket(|bucket| &bucket.comment),
        comment: model.draft.comment.clone(),
        comment_chars_max: COMMENT_CHARS_MAX,
        failure: failure.to_owned(),
        can_retry: !refused,
        thanks: Bucket::ALL
            .into_iter()
            .zip(&sheet.buckets)
            .map(|(bucket, texts)| ThanksView {
                bucket,
                text: texts.thanks.clone(),
                action: texts.action.as_ref().map(|a| (a.label.clone(), a.url.clone())),
            })
            .collect(),
        status: status(model),
    }
}

const fn state(phase: Phase) -> FormState {
    match phase {
        Phase::Rating | Phase::FollowUp => FormState::Ready,
        Phase::Sending => FormState::Sending,
        Phase::Done => FormState::Done,
        Phase::Failed(_) => FormState::Failed,
    }
}

fn points(model: &Model) -> Vec<PointView> {
    let sheet = &model.sheet;
    let question = sheet.outline.question;
    let scale = question.scale;
    let word_of = |point| sheet.points.iter().find(|(p, _)| *p == point).map(|(_, w)| w.clone());
    scale
        .points()
        .enumerate()
        .map(|(point_idx, point)| {
            let word = word_of(point);
            let end = if point.0 == scale.min() {
                Some(&sheet.low)
            } else if point.0 == scale.max() {
                Some(&sheet.high)
            } else {
                None
            };
            let meaning = word.as_ref().or(end);
            let spoken =
                meaning.map_or_else(|| point.to_string(), |text| format!("{point}, {text}"));
            PointView {
                point,
                point_idx,
                word,
                spoken,
                bucket: question.bucket(point),
                checked: model.draft.rating == Some(point),
            }
        })
        .collect()
}

fn reason(model: &Model, option: &ReasonOption) -> ReasonView {
    let names: Vec<&str> = option.labels.iter().map(|(bucket, _)| bucket.name()).collect();
    ReasonView {
        id: option.id.clone(),
        buckets: names.join(" "),
        labels: merge_equal(option.labels.iter().map(|(bucket, label)| (*bucket, label))),
        checked: model.draft.reasons.contains(&option.id),
    }
}

/// Texts by bucket, buckets with the same text together.
fn merge_equal<'a>(texts: impl Iterator<Item = (Bucket, &'a String)>) -> Vec<BucketText> {
    let mut merged: Vec<BucketText> = Vec::new();
    for (bucket, text) in texts {
        match merged.iter_mut().find(|held| held.text == *text) {
            Some(held) => {
                held.buckets.push(' ');
                held.buckets.push_str(bucket.name());
            }
            None => {
                merged.push(BucketText { buckets: bucket.name().to_owned(), text: text.clone() })
            }
        }
    }
    merged
}

fn status(model: &Model) -> String {
    let words = &model.sheet.words;
    let failing = model.outstanding.as_ref().is_some_and(|held| held.n_failures > 0);
    match model.phase {
        Phase::Rating | Phase::FollowUp if model.rating_wanted => words.choose().to_owned(),
        Phase::Rating | Phase::FollowUp => String::new(),
        Phase::Sending if failing => words.retrying().to_owned(),
        Phase::Sending => words.sending().to_owned(),
        Phase::Done => words.sent().to_owned(),
        Phase::Failed(SendFault::Refused) => words.refused().to_owned(),
        Phase::Failed(SendFault::Unreachable) => words.failed().to_owned(),
    }
}
