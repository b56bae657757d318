//! Drives the form by events and looks at its effects and its view. No browser, no clock.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test stops where it cannot go on, and its modules are seen by nobody else"
)]

use std::rc::Rc;

use form::delivery::{SETTLE_MS, TRIES_BEFORE_FAILED};
use form::{
    Answer, Draft, Effect, Event, FormState, Locale, Model, Part, Phase, ReasonId, Reply,
    ScalePoint, SendFault, Sheet, Start, update, view,
};
use proptest::prelude::*;

fn sheet() -> Rc<Sheet> {
    let bytes = include_bytes!("../../../www/surveys/post-purchase-nps.json");
    let definition = wire::decode_definition(bytes).expect("the shipped survey is valid");
    Rc::new(Sheet::of(&definition, &Locale::new("en").expect("en is a tag")))
}

fn fresh() -> Model {
    Model::new(sheet(), Start::default())
}

/// The model after some events, and the effects of the last one.
fn after(model: Model, events: impl IntoIterator<Item = Event>) -> (Model, Vec<Effect>) {
    events.into_iter().fold((model, Vec::new()), |(model, _), event| update(model, event))
}

fn picked(value: i16) -> Event {
    Event::RatingPicked(ScalePoint(value))
}

fn reason(name: &str) -> ReasonId {
    ReasonId::new(name).expect("a name")
}

/// The one sending among effects.
#[track_caller]
fn sent(effects: &[Effect]) -> (u32, Answer) {
    let mut sendings = effects.iter().filter_map(|effect| match effect {
        Effect::Send { seq, answer } => Some((*seq, answer.clone())),
        _ => None,
    });
    let first = sendings.next().expect("something is sent");
    assert!(sendings.next().is_none(), "more than one sending: {effects:?}");
    first
}

#[track_caller]
fn settle_seq(effects: &[Effect]) -> u32 {
    let timer = effects.iter().find_map(|effect| match effect {
        Effect::StartSettleTimer { seq, delay_ms } => Some((*seq, *delay_ms)),
        _ => None,
    });
    let (seq, delay_ms) = timer.expect("a settling timer is started");
    assert_eq!(delay_ms, SETTLE_MS);
    seq
}

const fn unavailable() -> Reply {
    Reply::Unavailable { retry_after_ms: None }
}

#[test]
fn a_fresh_form_asks_for_a_rating_and_has_sent_nothing() {
    let view = view(&fresh());
    assert_eq!((view.state, view.bucket), (FormState::Ready, None));
    assert_eq!(view.points.len(), 11);
    assert_eq!(view.points[0].spoken, "0, Not at all likely");
    assert_eq!(view.points[10].spoken, "10, Extremely likely");
    assert_eq!(view.status, "", "the status is empty at mount and filled later");
}

#[test]
fn choosing_a_rating_opens_the_follow_up_and_sends_nothing_yet() {
    let (model, effects) = after(fresh(), [picked(9)]);
    assert_eq!(model.phase(), Phase::FollowUp);
    assert_eq!(view(&model).bucket, Some(form::Bucket::Top));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Send { .. })));
    settle_seq(&effects);
}

#[test]
fn a_settled_rating_is_sent_alone_and_once() {
    let (model, effects) = after(fresh(), [picked(9)]);
    let seq = settle_seq(&effects);
    let (model, effects) = update(model, Event::RatingSettled { seq });
    let (_, answer) = sent(&effects);
    let alone = Answer {
        revision: 1,
        complete: false,
        rating: ScalePoint(9),
        reasons: Vec::new(),
        comment: String::new(),
    };
    assert_eq!(answer, alone);
    let (model, effects) = update(model, Event::RatingSettled { seq });
    assert_eq!(effects, []);
    let (_, effects) = update(model, Event::RatingLeft);
    assert_eq!(effects, [], "leaving the question sends no second copy");
}

#[test]
fn walking_the_scale_sends_only_where_it_comes_to_rest() {
    let mut model = fresh();
    let mut seqs = Vec::new();
    for value in 0..=8 {
        let (next, effects) = update(model, picked(value));
        model = next;
        seqs.push(settle_seq(&effects));
    }
    let last = seqs.pop().expect("nine timers");
    for seq in seqs {
        let (next, effects) = update(model, Event::RatingSettled { seq });
        assert_eq!(effects, [], "a timer that was overtaken is void");
        model = next;
    }
    let (_, effects) = update(model, Event::RatingSettled { seq: last });
    assert_eq!(sent(&effects).1.rating, ScalePoint(8));
}

#[test]
fn send_carries_reasons_and_comment_under_a_higher_revision() {
    let (model, _) = after(fresh(), [picked(9), Event::RatingLeft]);
    let events = [
        Event::ReasonToggled(reason("quality")),
        Event::ReasonToggled(reason("delivery")),
        Event::CommentEdited("  Lovely. ".to_owned()),
        Event::Submitted,
    ];
    let (model, effects) = after(model, events);
    let (seq, answer) = sent(&effects);
    assert_eq!((answer.revision, answer.complete), (2, true));
    assert_eq!(answer.reasons, [reason("delivery"), reason("quality")], "in the order offered");
    assert_eq!(answer.comment, "Lovely.");
    assert_eq!(view(&model).state, FormState::Sending);
    let (model, effects) = update(model, Event::Replied { seq, reply: Reply::Stored });
    assert_eq!(view(&model).state, FormState::Done);
    assert!(effects.contains(&Effect::TellCompleted(answer)));
    assert!(effects.contains(&Effect::Focus(Part::Thanks)));
}

#[test]
fn skip_sends_the_rating_without_what_was_typed() {
    let events = [picked(2), Event::CommentEdited("private".to_owned()), Event::Skipped];
    let (_, effects) = after(fresh(), events);
    let (_, answer) = sent(&effects);
    assert!(answer.complete && answer.reasons.is_empty() && answer.comment.is_empty());
}

#[test]
fn reasons_of_another_bucket_do_not_count_but_are_remembered() {
    let ticked = Event::ReasonToggled(reason("website")); // offered to the bottom bucket alone
    let (model, effects) = after(fresh(), [picked(3), ticked, picked(10), Event::Submitted]);
    assert_eq!(sent(&effects).1.reasons, []);
    assert_eq!(model.draft().reasons, [reason("website")]);
}

#[test]
fn send_without_a_rating_asks_for_one() {
    let (model, effects) = after(fresh(), [Event::Submitted]);
    assert_eq!(effects, [Effect::Focus(Part::Rating)]);
    let view = view(&model);
    assert!(view.rating_wanted);
    assert_eq!(view.status, view.sheet.words.choose());
}

#[test]
fn an_endpoint_that_fails_twice_is_tried_again_with_the_same_revision() {
    let (mut model, effects) = after(fresh(), [picked(9), Event::Submitted]);
    let (mut seq, answer) = sent(&effects);
    for n_failures in 1..=2_u32 {
        let (next, effects) = update(model, Event::Replied { seq, reply: unavailable() });
        assert_eq!(next.phase(), Phase::Sending);
        let jitter_ms_max = 1000 << (n_failures - 1);
        assert_eq!(effects, [Effect::StartRetryTimer { seq, delay_ms_min: 0, jitter_ms_max }]);
        let (next, effects) = update(next, Event::RetryDue { seq });
        let (next_seq, again) = sent(&effects);
        assert_eq!(again, answer);
        (model, seq) = (next, next_seq);
    }
    let (model, _) = update(model, Event::Replied { seq, reply: Reply::Stored });
    assert_eq!(model.phase(), Phase::Done);
}

#[test]
fn after_several_failures_the_form_says_so_and_keeps_everything() {
    let start = [picked(9), Event::CommentEdited("still here".to_owned()), Event::Submitted];
    let (mut model, effects) = after(fresh(), start);
    let (mut seq, answer) = sent(&effects);
    let mut told = Vec::new();
    for _ in 0..TRIES_BEFORE_FAILED {
        let (next, effects) = update(model, Event::Replied { seq, reply: unavailable() });
        told.extend(effects);
        let (next, effects) = update(next, Event::RetryDue { seq });
        seq = sent(&effects).0;
        model = next;
    }
    assert_eq!(model.phase(), Phase::Failed(SendFault::Unreachable));
    assert!(told.contains(&Effect::TellFailed(SendFault::Unreachable)));
    assert_eq!(view(&model).comment, "still here");
    let (model, effects) = update(model, Event::RetryPressed);
    let (seq, again) = sent(&effects);
    assert_eq!(again, answer, "the same revision has the same content");
    let (model, _) = update(model, Event::Replied { seq, reply: Reply::Stored });
    assert_eq!(model.phase(), Phase::Done);
}

#[test]
fn a_refused_answer_is_not_tried_again() {
    let (model, effects) = after(fresh(), [picked(9), Event::Submitted]);
    let (seq, _) = sent(&effects);
    let (model, effects) = update(model, Event::Replied { seq, reply: Reply::Refused });
    assert_eq!(model.phase(), Phase::Failed(SendFault::Refused));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::StartRetryTimer { .. })));
    assert!(!view(&model).can_retry);
}

#[test]
fn the_endpoint_may_ask_for_more_patience() {
    let (model, effects) = after(fresh(), [picked(9), Event::Submitted]);
    let (seq, _) = sent(&effects);
    let reply = Reply::Unavailable { retry_after_ms: Some(7000) };
    let (_, effects) = update(model, Event::Replied { seq, reply });
    assert_eq!(effects, [Effect::StartRetryTimer { seq, delay_ms_min: 7000, jitter_ms_max: 1000 }]);
}

#[test]
fn a_reply_to_a_sending_that_was_overtaken_changes_nothing() {
    let (model, effects) = after(fresh(), [picked(9), Event::RatingLeft]);
    let (early, _) = sent(&effects);
    let (model, effects) = after(model, [Event::Submitted]);
    let (whole, _) = sent(&effects);
    let (model, effects) = update(model, Event::Replied { seq: early, reply: Reply::Stored });
    assert_eq!((model.phase(), effects), (Phase::Sending, Vec::new()));
    let (model, _) = update(model, Event::Replied { seq: whole, reply: Reply::Stored });
    assert_eq!(model.phase(), Phase::Done);
}

#[test]
fn leaving_the_page_sends_a_rating_that_has_not_settled() {
    let (model, _) = after(fresh(), [picked(4)]);
    let (model, effects) = update(model, Event::PageLeft);
    let Some(Effect::SendOnLeaving { answer }) = effects.first() else {
        panic!("nothing was sent: {effects:?}");
    };
    assert_eq!((answer.rating, answer.complete), (ScalePoint(4), false));
    let (_, effects) = update(model, Event::PageLeft);
    let again = effects.iter().find_map(|effect| match effect {
        Effect::SendOnLeaving { answer } => Some(answer),
        _ => None,
    });
    assert_eq!(again, Some(answer), "what is sent twice is the same revision");
}

#[test]
fn leaving_the_page_after_the_end_sends_nothing() {
    let (model, effects) = after(fresh(), [picked(9), Event::Submitted]);
    let (seq, _) = sent(&effects);
    let stored = Event::Replied { seq, reply: Reply::Stored };
    let (_, effects) = after(model, [stored, Event::PageLeft]);
    assert_eq!(effects, []);
}

#[test]
fn closing_keeps_the_rating() {
    let (_, effects) = after(fresh(), [picked(1), Event::ClosePressed]);
    assert_eq!(sent(&effects).1.rating, ScalePoint(1));
    assert!(effects.contains(&Effect::TellClosed));
}

#[test]
fn a_form_that_is_taken_over_goes_on_where_it_stood() {
    let draft = Draft {
        rating: Some(ScalePoint(9)),
        reasons: vec![reason("quality"), reason("unknown-since-the-edit")],
        comment: "typed before".to_owned(),
    };
    let start = Start { draft, revision: 1, sent_rating: Some(ScalePoint(9)) };
    let model = Model::new(sheet(), start);
    assert_eq!(model.phase(), Phase::FollowUp);
    let (model, effects) = update(model, Event::RatingLeft);
    assert_eq!(effects, [], "what was sent before is not sent again");
    let (_, effects) = update(model, Event::Submitted);
    let (_, answer) = sent(&effects);
    assert_eq!((answer.revision, answer.reasons), (2, vec![reason("quality")]));
}

#[test]
fn a_comment_is_cut_at_its_longest_length() {
    let long = "字".repeat(2000);
    let (model, _) = after(fresh(), [picked(9), Event::CommentEdited(long)]);
    assert_eq!(model.draft().comment.chars().count(), 1500);
}

/// Any event, also those that make no sense where the form stands.
fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (-3_i16..14).prop_map(picked),
        Just(Event::RatingLeft),
        (0_u32..40).prop_map(|seq| Event::RatingSettled { seq }),
        prop::sample::select(vec!["delivery", "price", "website", "other", "nothing"])
            .prop_map(|name| Event::ReasonToggled(reason(name))),
        ".{0,20}".prop_map(Event::CommentEdited),
        Just(Event::Submitted),
        Just(Event::Skipped),
        Just(Event::RetryPressed),
        Just(Event::ClosePressed),
        Just(Event::PageLeft),
        (0_u32..40).prop_map(|seq| Event::RetryDue { seq }),
        (0_u32..40, prop::sample::select(vec![Reply::Stored, Reply::Refused, unavailable()]))
            .prop_map(|(seq, reply)| Event::Replied { seq, reply }),
    ]
}

proptest! {
    /// A random walk never panics, never sends one revision with two contents, never goes back
    /// to a lower revision for new content, and never ends without the answer being in the form,
    /// under way or stored.
    #[test]
    fn no_walk_loses_an_answer(events in prop::collection::vec(any_event(), 0..60)) {
        let mut model = fresh();
        let mut sent: std::collections::BTreeMap<u32, Answer> = std::collections::BTreeMap::new();
        let mut last_picked = None;
        for event in events {
            let open = !matches!(model.phase(), Phase::Sending | Phase::Done);
            if let Event::RatingPicked(point) = &event
                && open && (0..=10).contains(&point.0)
            {
                last_picked = Some(*point);
            }
            let (next, effects) = update(model, event);
            for effect in &effects {
                let answer = match effect {
                    Effect::Send { answer, .. } | Effect::SendOnLeaving { answer } => answer,
                    _ => continue,
                };
                let held = sent.entry(answer.revision).or_insert_with(|| answer.clone());
                prop_assert_eq!(&*held, answer);
            }
            prop_assert_eq!(next.draft().rating, last_picked);
            if next.phase() == Phase::Done {
                let (_, last) = sent.last_key_value().expect("something was sent");
                prop_assert!(last.complete);
            }
            let _ = view(&next);
            model = next;
        }
    }
}
