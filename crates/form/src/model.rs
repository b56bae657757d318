//! The state of a form. It changes in `update` alone.

use std::rc::Rc;

use survey::submission::COMMENT_CHARS_MAX;
use survey::{Bucket, ReasonId, ScalePoint, Sheet};

use crate::event::{Answer, SendFault};

/// What the person has chosen and typed so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The rating.
    pub rating: Option<ScalePoint>,
    /// Every reason ticked, also those that the present rating does not offer: a person who walks
    /// the scale and comes back finds them again.
    pub reasons: Vec<ReasonId>,
    /// The comment.
    pub comment: String,
}

/// Where the form stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing is chosen yet.
    Rating,
    /// A rating is chosen; reasons and comment may follow.
    FollowUp,
    /// The whole answer is on its way.
    Sending,
    /// The whole answer has arrived.
    Done,
    /// The whole answer did not arrive; it is still here.
    Failed(SendFault),
}

/// A revision that has not arrived yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outstanding {
    pub(crate) seq: u32,
    pub(crate) answer: Answer,
    pub(crate) n_failures: u32,
}

/// What is already known when a form starts: nothing on a fresh page; whatever was chosen, typed
/// and sent before when a form is taken over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// What was chosen and typed.
    pub draft: Draft,
    /// The last revision sent; 0 when none was.
    pub revision: u32,
    /// The rating in that revision.
    pub sent_rating: Option<ScalePoint>,
}

/// The state of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    pub(crate) sheet: Rc<Sheet>,
    pub(crate) phase: Phase,
    pub(crate) draft: Draft,
    /// The last revision made.
    pub(crate) revision: u32,
    /// The rating in the last revision made.
    pub(crate) sent_rating: Option<ScalePoint>,
    pub(crate) outstanding: Option<Outstanding>,
    /// The last number given to a sending or a timer.
    pub(crate) seq: u32,
    /// The settling timer that is running.
    pub(crate) settle_seq: Option<u32>,
    /// Send was pressed without a rating.
    pub(crate) rating_wanted: bool,
}

impl Model {
    /// A form showing `sheet`, continuing from `start`. What `start` holds beyond the sheet (a
    /// rating off the scale, an unknown reason) is left out.
    #[must_use]
    pub fn new(sheet: Rc<Sheet>, start: Start) -> Self {
        let scale = sheet.outline.question.scale;
        let on_scale = |point: &ScalePoint| scale.point(i64::from(point.0)).is_some();
        let mut draft = start.draft;
        draft.rating = draft.rating.filter(on_scale);
        draft.reasons.retain(|reason| sheet.reasons.iter().any(|option| option.id == *reason));
        draft.comment = clip_comment(draft.comment);
        let phase = if draft.rating.is_some() { Phase::FollowUp } else { Phase::Rating };
        Self {
            sheet,
            phase,
            draft,
            revision: start.revision,
            sent_rating: start.sent_rating.filter(on_scale),
            outstanding: None,
            seq: 0,
            settle_seq: None,
            rating_wanted: false,
        }
    }

    /// Where the form stands.
    #[must_use]
    pub const fn phase(&self) -> Phase {
        self.phase
    }

    /// What the person has chosen and typed so far.
    #[must_use]
    pub const fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The survey shown.
    #[must_use]
    pub fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    /// The bucket of the chosen rating.
    #[must_use]
    pub fn bucket(&self) -> Option<Bucket> {
        self.draft.rating.map(|rating| self.sheet.outline.question.bucket(rating))
    }

    /// The reasons that count: ticked, and offered to the chosen rating; in the order offered.
    #[must_use]
    pub fn offered_reasons(&self) -> Vec<ReasonId> {
        let Some(bucket) = self.bucket() else { return Vec::new() };
        let offered = &self.sheet.outline.bucket(bucket).reasons;
        offered.iter().filter(|reason| self.draft.reasons.contains(reason)).cloned().collect()
    }
}

/// The comment, cut at the longest length allowed.
pub(crate) fn clip_comment(mut comment: String) -> String {
    if let Some((at, _)) = comment.char_indices().nth(COMMENT_CHARS_MAX) {
        comment.truncate(at);
    }
    comment
}
