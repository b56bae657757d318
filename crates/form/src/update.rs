//! What an event does to a form. Branches are here, what is drawn is in `view`.

use survey::ReasonId;

use crate::delivery::{Reply, SETTLE_MS, TRIES_BEFORE_FAILED, jitter_ms_max};
use crate::event::{Answer, Effect, Event, Part, SendFault};
use crate::model::{Model, Outstanding, Phase, clip_comment};

/// The form after `event`, and what the shell is to do.
///
/// Never fails: an event that makes no sense where the form stands, such as a reply to a sending
/// that was overtaken, changes nothing.
#[must_use]
pub fn update(mut model: Model, event: Event) -> (Model, Vec<Effect>) {
    let effects = match event {
        Event::RatingPicked(rating) => rating_picked(&mut model, rating),
        Event::RatingLeft => send_rating(&mut model),
        Event::RatingSettled { seq } if model.settle_seq == Some(seq) => send_rating(&mut model),
        Event::ReasonToggled(reason) => reason_toggled(&mut model, reason),
        Event::CommentEdited(comment) => {
            if is_open(&model) {
                model.draft.comment = clip_comment(comment);
                reopen(&mut model);
            }
            Vec::new()
        }
        Event::Submitted => submitted(&mut model, true),
        Event::Skipped => submitted(&mut model, false),
        Event::RetryPressed => retry_pressed(&mut model),
        Event::ClosePressed => close_pressed(&mut model),
        Event::Replied { seq, reply } => replied(&mut model, seq, reply),
        Event::RetryDue { seq } => retry_due(&mut model, seq),
        Event::PageLeft => page_left(&mut model),
        Event::RatingSettled { .. } => Vec::new(),
    };
    (model, effects)
}

/// Whether the person can still change the answer.
const fn is_open(model: &Model) -> bool {
    matches!(model.phase, Phase::Rating | Phase::FollowUp | Phase::Failed(_))
}

/// A change after a failure takes the form back to where it can be sent anew.
const fn reopen(model: &mut Model) {
    if matches!(model.phase, Phase::Failed(_)) {
        model.phase = Phase::FollowUp;
    }
}

fn rating_picked(model: &mut Model, rating: survey::ScalePoint) -> Vec<Effect> {
    let question = &model.sheet.outline.question;
    let same = model.draft.rating == Some(rating);
    if !is_open(model) || same || question.scale.point(i64::from(rating.0)).is_none() {
        return Vec::new();
    }
    let bucket = question.bucket(rating);
    model.draft.rating = Some(rating);
    model.phase = Phase::FollowUp;
    model.rating_wanted = false;
    let seq = next_seq(model);
    model.settle_seq = Some(seq);
    vec![
        Effect::StartSettleTimer { seq, delay_ms: SETTLE_MS },
        Effect::TellAnswered { rating, bucket },
    ]
}

fn reason_toggled(model: &mut Model, reason: ReasonId) -> Vec<Effect> {
    let known = model.sheet.reasons.iter().any(|option| option.id == reason);
    if is_open(model) && known {
        match model.draft.reasons.iter().position(|ticked| *ticked == reason) {
            Some(idx) => drop(model.draft.reasons.remove(idx)),
            None => model.draft.reasons.push(reason),
        }
        reopen(model);
    }
    Vec::new()
}

/// Sends the rating alone, unless the last revision holds it already.
fn send_rating(model: &mut Model) -> Vec<Effect> {
    model.settle_seq = None;
    if model.phase != Phase::FollowUp || model.draft.rating == model.sent_rating {
        return Vec::new();
    }
    rating_alone(model, false).map_or_else(Vec::new, |answer| vec![send(model, answer)])
}

/// A new revision with the rating alone.
fn rating_alone(model: &mut Model, complete: bool) -> Option<Answer> {
    let rating = model.draft.rating?;
    model.revision += 1;
    model.sent_rating = Some(rating);
    let (reasons, comment) = (Vec::new(), String::new());
    Some(Answer { revision: model.revision, complete, rating, reasons, comment })
}

/// Send (`whole`) or Skip was pressed.
fn submitted(model: &mut Model, whole: bool) -> Vec<Effect> {
    if !is_open(model) {
        return Vec::new();
    }
    let Some(mut answer) = rating_alone(model, true) else {
        model.rating_wanted = true;
        return vec![Effect::Focus(Part::Rating)];
    };
    if whole {
        answer.reasons = model.offered_reasons();
        model.draft.comment.trim().clone_into(&mut answer.comment);
    }
    model.settle_seq = None;
    model.phase = Phase::Sending;
    vec![send(model, answer)]
}

fn retry_pressed(model: &mut Model) -> Vec<Effect> {
    if !matches!(model.phase, Phase::Failed(_)) {
        return Vec::new();
    }
    model.phase = Phase::Sending;
    match model.outstanding.take() {
        // The same revision with the same content: whichever copy arrives first counts.
        Some(outstanding) => vec![send(model, outstanding.answer)],
        None => {
            model.phase = Phase::FollowUp;
            submitted(model, true)
        }
    }
}

fn close_pressed(model: &mut Model) -> Vec<Effect> {
    let mut effects = send_rating(model);
    effects.push(Effect::TellClosed);
    effects
}

fn replied(model: &mut Model, seq: u32, reply: Reply) -> Vec<Effect> {
    let Some(mut outstanding) = model.outstanding.take_if(|held| held.seq == seq) else {
        return Vec::new();
    };
    let complete = outstanding.answer.complete;
    match reply {
        Reply::Stored if complete => {
            model.phase = Phase::Done;
            vec![Effect::Focus(Part::Thanks), Effect::TellCompleted(outstanding.answer)]
        }
        // Only the rating: the form goes on. A refused rating is refused again with the rest,
        // and the person is told then.
        Reply::Stored => Vec::new(),
        Reply::Refused if !complete => Vec::new(),
        Reply::Refused => fail(model, SendFault::Refused),
        Reply::Unavailable { retry_after_ms } => {
            outstanding.n_failures += 1;
            let n_failures = outstanding.n_failures;
            model.outstanding = Some(outstanding);
            let mut effects = vec![Effect::StartRetryTimer {
                seq,
                delay_ms_min: retry_after_ms.unwrap_or(0),
                jitter_ms_max: jitter_ms_max(n_failures),
            }];
            if complete && model.phase == Phase::Sending && n_failures >= TRIES_BEFORE_FAILED {
                effects.append(&mut fail(model, SendFault::Unreachable));
            }
            effects
        }
    }
}

fn fail(model: &mut Model, fault: SendFault) -> Vec<Effect> {
    model.phase = Phase::Failed(fault);
    vec![Effect::Focus(Part::Failure), Effect::TellFailed(fault)]
}

fn retry_due(model: &mut Model, seq: u32) -> Vec<Effect> {
    let Some(mut outstanding) = model.outstanding.take_if(|held| held.seq == seq) else {
        return Vec::new();
    };
    outstanding.seq = next_seq(model);
    let (seq, answer) = (outstanding.seq, outstanding.answer.clone());
    model.outstanding = Some(outstanding);
    vec![Effect::Send { seq, answer }]
}

fn page_left(model: &mut Model) -> Vec<Effect> {
    if model.phase == Phase::Done {
        return Vec::new();
    }
    let unsent = model.phase == Phase::FollowUp && model.draft.rating != model.sent_rating;
    if unsent {
        model.settle_seq = None;
        if let Some(answer) = rating_alone(model, false) {
            // Kept as outstanding: should the page come back, the retry finds it stored.
            let seq = next_seq(model);
            model.outstanding = Some(Outstanding { seq, answer, n_failures: 0 });
        }
    }
    let answer = model.outstanding.as_ref().map(|held| (held.seq, held.answer.clone()));
    answer.map_or_else(Vec::new, |(seq, answer)| {
        let leaving = Effect::SendOnLeaving { answer };
        if !unsent {
            return vec![leaving];
        }
        let wait = Effect::StartRetryTimer { seq, delay_ms_min: 1000, jitter_ms_max: 1000 };
        vec![leaving, wait]
    })
}

/// Makes `answer` the one that is on its way.
fn send(model: &mut Model, answer: Answer) -> Effect {
    let seq = next_seq(model);
    model.outstanding = Some(Outstanding { seq, answer: answer.clone(), n_failures: 0 });
    Effect::Send { seq, answer }
}

const fn next_seq(model: &mut Model) -> u32 {
    model.seq = model.seq.wrapping_add(1);
    model.seq
}
