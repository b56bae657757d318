//! What is unwise in a survey, one thing at a time.

use survey::{Bucket, Definition, DefinitionParts, lint};

use crate::sample::{locale, parts, reason, reasons};

/// The sample survey, about which there is nothing to say once its last bucket offers `other`.
fn wise() -> DefinitionParts {
    let mut parts = parts();
    parts.buckets.insert(Bucket::Top, reasons(&["delivery", "choice", "other"]));
    parts
}

#[track_caller]
fn check(change: impl FnOnce(&mut DefinitionParts), expected: &[&str]) {
    let mut parts = wise();
    change(&mut parts);
    let told: Vec<String> =
        lint(&Definition::new(parts).unwrap()).iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.contains(expected), "{told} does not say {expected}");
    }
}

fn ask(parts: &mut DefinitionParts, tag: &str, question: &str) {
    parts.texts.get_mut(&locale(tag)).unwrap().question = question.into();
}

#[test]
fn a_wise_survey_gets_no_advice() {
    check(|_| {}, &[]);
    check(
        |parts| ask(parts, "en", "How likely are you to recommend us to a friend or colleague?"),
        &[],
    );
}

#[test]
fn two_questions_in_one_are_found() {
    let two = "/texts/en/question: asks about two things joined by \"and\"";
    check(|parts| ask(parts, "en", "How do you like price and quality?"), &[two]);
    check(|parts| ask(parts, "en", "Happy? Why?"), &["asks more than one question"]);
    check(
        |parts| ask(parts, "zh-Hant", "滿意嗎？為什麼？"),
        &["/texts/zh-Hant/question: asks more"],
    );
    check(|parts| ask(parts, "en", "How do you like our brand?"), &[]);
}

#[test]
fn a_question_that_leads_is_found_by_whole_words() {
    let leads = "says \"great\", which leads; a nps needs a neutral question";
    check(|parts| ask(parts, "en", "How great is our shop?"), &[leads]);
    check(|parts| ask(parts, "en", "How greatly did it help in Greater London?"), &[]);
    check(|parts| ask(parts, "en", "Is it gloves you came for?"), &[]);
}

#[test]
fn what_does_not_fit_a_telephone_is_found() {
    let long = "a reason of much more than thirty-two";
    check(
        |parts| {
            let texts = parts.texts.get_mut(&locale("zh-Hant")).unwrap();
            texts.low = "非常非常非常非常非常不可能的啊啊".into();
            texts.points.insert(5, "ok incomprehensibly".into());
            texts.reasons.insert(reason("price"), long.into());
        },
        &[
            "/texts/zh-Hant/low: is 32 wide; 30 fit",
            "/texts/zh-Hant/points/5: is 16 wide; 14 fit",
            "/texts/zh-Hant/reasons/price: is 37 wide; 32 fit",
        ],
    );
}

#[test]
fn reasons_that_are_missing_are_found() {
    let none = "/buckets/top/reasons: is empty: nobody of this bucket is asked why";
    check(|parts| drop(parts.buckets.insert(Bucket::Top, Vec::new())), &[none]);
    let other = "/buckets/top/reasons: does not end with other";
    check(|parts| drop(parts.buckets.insert(Bucket::Top, reasons(&["choice"]))), &[other]);
}

#[test]
fn a_scale_that_nobody_uses_is_found() {
    check(
        |parts| {
            parts.question.metric = "csat".into();
            (parts.question.min, parts.question.max) = (1, 6);
            parts.question.bands = Some((3, 5));
        },
        &["/question/scale: 1 to 6 is compared with nobody's; usual is 1 to 5, 1 to 7"],
    );
}

#[test]
fn a_language_without_words_of_the_form_is_found() {
    let finnish = |parts: &mut DefinitionParts| {
        let texts = parts.texts[&locale("en")].clone();
        parts.texts.insert(locale("fi"), texts);
    };
    check(finnish, &["/texts/fi: is a language that the form's own words are not there in"]);
}
