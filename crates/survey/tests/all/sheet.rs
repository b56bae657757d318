//! What one person sees of a survey.

use survey::{Bucket, Definition, ReasonId, ReasonOption, Sheet, SheetParts, Words};

use crate::sample::{definition, locale, parts, reason, reasons};

fn sheet(tag: &str) -> Sheet {
    Sheet::of(&definition(), &locale(tag))
}

fn names(sheet: &Sheet) -> Vec<&str> {
    sheet.reasons.iter().map(|option| option.id.as_str()).collect()
}

#[test]
fn all_texts_are_of_one_language() {
    let sheet = sheet("zh-TW");
    assert_eq!(sheet.locale, locale("zh-Hant"));
    assert_eq!(
        (sheet.question.as_str(), sheet.low.as_str(), sheet.high.as_str()),
        ("zh-Hant question", "zh-Hant low", "zh-Hant high")
    );
    assert_eq!(sheet.points, [(survey::ScalePoint(5), "zh-Hant five".to_owned())]);
    for (bucket, own) in Bucket::ALL.into_iter().zip(&sheet.buckets) {
        assert_eq!(own.prompt, format!("zh-Hant prompt {}", bucket.name()));
        assert_eq!(own.comment, format!("zh-Hant comment {}", bucket.name()));
        assert_eq!(own.thanks, format!("zh-Hant thanks {}", bucket.name()));
    }
    let labels: Vec<Option<&str>> = sheet
        .buckets
        .iter()
        .map(|own| own.action.as_ref().map(|action| action.label.as_str()))
        .collect();
    assert_eq!(labels, [None, None, Some("zh-Hant review")]);
    assert_eq!(sheet.words, Words::in_locale(&locale("zh-Hant")));
    assert_eq!(&sheet.outline, definition().outline());
}

#[test]
fn a_language_that_is_not_offered_gives_the_default() {
    assert_eq!(sheet("fi"), sheet("en"));
}

#[test]
fn every_reason_comes_once_in_the_order_of_first_mention_with_the_open_one_last() {
    // bottom: delivery, website, other; middle: price, delivery, other; top: delivery, choice.
    assert_eq!(names(&sheet("en")), ["delivery", "website", "price", "choice", "other"]);
}

#[test]
fn a_reason_is_labelled_for_exactly_the_buckets_that_offer_it() {
    let sheet = sheet("en");
    let labels = |name: &str| -> Vec<(Bucket, &str)> {
        let option = sheet.reasons.iter().find(|option| option.id == reason(name)).unwrap();
        option.labels.iter().map(|(bucket, label)| (*bucket, label.as_str())).collect()
    };
    assert_eq!(
        labels("delivery"),
        [
            (Bucket::Bottom, "en delivery"),
            (Bucket::Middle, "en delivery"),
            (Bucket::Top, "en fast delivery"),
        ]
    );
    assert_eq!(labels("website"), [(Bucket::Bottom, "en website")]);
    assert_eq!(labels("choice"), [(Bucket::Top, "en choice")]);
    assert_eq!(labels("other"), [(Bucket::Bottom, "en other"), (Bucket::Middle, "en other")]);
}

#[test]
fn a_survey_without_reasons_gives_a_sheet_without_reasons() {
    let mut parts = parts();
    parts.buckets.values_mut().for_each(Vec::clear);
    let sheet = Sheet::of(&Definition::new(parts).unwrap(), &locale("en"));
    assert!(sheet.reasons.is_empty());
    assert_eq!(Sheet::new(sheet.parts().clone()), Ok(sheet));
}

#[test]
fn parts_that_lack_the_label_of_an_offered_reason_are_refused() {
    #[track_caller]
    fn check(change: impl FnOnce(&mut SheetParts), expected: Result<(), ReasonId>) {
        let mut parts = sheet("en").parts().clone();
        change(&mut parts);
        assert_eq!(Sheet::new(parts).map(drop), expected);
    }
    let of = |parts: &mut SheetParts, name: &str| -> usize {
        parts.reasons.iter().position(|option| option.id == reason(name)).unwrap()
    };
    check(|_| {}, Ok(()));
    check(|parts| parts.reasons.clear(), Err(reason("delivery")));
    check(
        |parts| {
            let idx = of(parts, "choice");
            parts.reasons[idx].labels.clear();
        },
        Err(reason("choice")),
    );
    check(
        |parts| {
            let idx = of(parts, "delivery");
            parts.reasons[idx].labels.retain(|(bucket, _)| *bucket != Bucket::Middle);
        },
        Err(reason("delivery")),
    );
    check(|parts| parts.outline.buckets[2].reasons = reasons(&["parking"]), Err(reason("parking")));
    // An option that no bucket offers is never shown, so it does no harm.
    check(
        |parts| parts.reasons.push(ReasonOption { id: reason("spare"), labels: Vec::new() }),
        Ok(()),
    );
}
