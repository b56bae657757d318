//! Which answers are accepted, and how each fault of a refused one is worded.

use survey::submission::{
    ANSWER_AGE_MS_MAX, CLOCK_AHEAD_MS_MAX, COMMENT_CHARS_MAX, CONTEXT_CHARS_MAX,
    CONTEXT_ENTRIES_MAX, QUESTION_CHARS_MAX, REVISION_MAX, SOURCE_CHARS_MAX,
};
use survey::{Bucket, Direction, Fault, Outline, RawSubmission, Submission, accept};

use crate::sample::{ANSWERED_AT_MS, outline, parts, raw, reasons};

/// A text of `n` characters of three bytes each, as in Chinese.
fn han(n: usize) -> String {
    "好".repeat(n)
}

#[track_caller]
fn accepted(change: impl FnOnce(&mut RawSubmission)) -> Submission {
    let mut raw = raw();
    change(&mut raw);
    accept(raw, &outline(), ANSWERED_AT_MS).unwrap()
}

/// Checks every fault of the changed answer, as pointer and wording.
#[track_caller]
fn refused(change: impl FnOnce(&mut RawSubmission), expected: &[(&str, &str)]) {
    refused_by(&outline(), change, expected);
}

#[track_caller]
fn refused_by(
    outline: &Outline,
    change: impl FnOnce(&mut RawSubmission),
    expected: &[(&str, &str)],
) {
    let mut raw = raw();
    change(&mut raw);
    let faults = accept(raw, outline, ANSWERED_AT_MS).unwrap_err();
    let expected: Vec<Fault> = expected.iter().map(|(at, why)| Fault::new(*at, *why)).collect();
    assert_eq!(faults, expected);
}

#[test]
fn a_valid_answer_keeps_all_it_was_given() {
    let submission = accepted(|_| {});
    assert_eq!(submission.id(), "01935b2e-7c4a-7def-8a11-2b3c4d5e6f70");
    assert_eq!(submission.survey().as_str(), "post-purchase-nps");
    assert_eq!((submission.survey_version(), submission.revision()), (3, 2));
    assert!(submission.complete());
    assert_eq!(submission.locale().as_str(), "zh-Hant");
    assert_eq!(submission.metric().name(), "nps");
    assert_eq!(submission.scale(), survey::Scale::NPS);
    assert_eq!((submission.value().0, submission.bucket()), (9, Bucket::Top));
    assert_eq!(submission.question(), "zh-Hant question");
    assert_eq!(submission.reasons(), reasons(&["delivery", "choice"]));
    assert_eq!(submission.comment(), Some("Arrived a day early."));
    assert_eq!(submission.context(), [("order".to_owned(), "A-1001".to_owned())]);
    assert_eq!(submission.source(), "https://shop.example/thanks");
    assert_eq!(submission.answered_at_ms(), ANSWERED_AT_MS);
    assert_eq!(submission.age_ms(), Some(5_120));
    assert_eq!(submission.raw(), &raw());
}

#[test]
fn a_rating_alone_is_a_valid_answer() {
    let submission = accepted(|raw| {
        raw.complete = false;
        raw.reasons.clear();
        raw.comment.clear();
        raw.context.clear();
        raw.question.clear();
        raw.age_ms = None;
    });
    assert!(!submission.complete());
    assert_eq!((submission.comment(), submission.age_ms()), (None, None));
    assert!(submission.reasons().is_empty() && submission.context().is_empty());
}

#[test]
fn every_point_of_the_scale_is_accepted_into_its_bucket() {
    for value in 0..=10 {
        let submission = accepted(|raw| {
            raw.value = value;
            raw.reasons.clear();
        });
        let bucket = match value {
            0..=6 => Bucket::Bottom,
            7..=8 => Bucket::Middle,
            _ => Bucket::Top,
        };
        assert_eq!((i64::from(submission.value().0), submission.bucket()), (value, bucket));
    }
}

#[test]
fn the_id_is_a_uuid_in_lower_case() {
    #[track_caller]
    fn check(id: &str, shown: &str) {
        let detail = format!(
            "{shown:?} is not a UUID in lower case such as 01935b2e-7c4a-7def-8a11-2b3c4d5e6f70"
        );
        refused(|raw| raw.id = id.into(), &[("/id", &detail)]);
    }
    check("", "");
    check("1", "1");
    check("01935B2E-7C4A-7DEF-8A11-2B3C4D5E6F70", "01935B2E-7C4A-7DEF-8A11-2B3C4D5E6F70");
    check("01935b2e07c4a07def08a1102b3c4d5e6f70", "01935b2e07c4a07def08a1102b3c4d5e6f70");
    check("01935b2e-7c4a-7def-8a11-2b3c4d5e6f7g", "01935b2e-7c4a-7def-8a11-2b3c4d5e6f7g");
    // What is quoted is cut short at 40 characters.
    check(&han(10_000), &han(40));
}

#[test]
fn the_survey_is_the_one_asked() {
    refused(
        |raw| raw.survey_id = "return-ces".into(),
        &[("/data/survey/id", "\"return-ces\" is not the survey post-purchase-nps")],
    );
    refused(|raw| raw.survey_version = 0, &[("/data/survey/version", "is 0; versions begin at 1")]);
}

#[test]
fn revisions_count_from_one_to_their_limit() {
    assert_eq!(accepted(|raw| raw.revision = 1).revision(), 1);
    assert_eq!(accepted(|raw| raw.revision = REVISION_MAX).revision(), REVISION_MAX);
    refused(|raw| raw.revision = 0, &[("/data/revision", "0 is outside 1..=10000")]);
    refused(|raw| raw.revision = 10_001, &[("/data/revision", "10001 is outside 1..=10000")]);
}

#[test]
fn the_source_is_neither_empty_nor_too_long_and_loses_query_and_fragment() {
    let longest = han(SOURCE_CHARS_MAX);
    assert_eq!(accepted(|raw| raw.source = longest.clone()).source(), longest);
    let detail = |n: usize| format!("has {n} characters; 1 to 512 are allowed");
    refused(|raw| raw.source.clear(), &[("/source", &detail(0))]);
    refused(|raw| raw.source = han(SOURCE_CHARS_MAX + 1), &[("/source", &detail(513))]);
    for (given, kept) in [
        ("https://shop.example/thanks?mail=a@b.example", "https://shop.example/thanks"),
        ("https://shop.example/#order=1", "https://shop.example/"),
        ("https://shop.example/#a?b", "https://shop.example/"),
    ] {
        assert_eq!(accepted(|raw| raw.source = given.into()).source(), kept);
    }
}

#[test]
fn the_metric_is_the_one_asked() {
    let detail = |given: &str| format!("{given:?} is not the metric asked; it is nps");
    refused(|raw| raw.metric = "csat".into(), &[("/data/rating/metric", &detail("csat"))]);
    refused(|raw| raw.metric = "NPS".into(), &[("/data/rating/metric", &detail("NPS"))]);
    refused(|raw| raw.metric = han(99), &[("/data/rating/metric", &detail(&han(40)))]);
}

#[test]
fn the_scale_is_the_one_of_this_version() {
    refused(
        |raw| raw.direction = "up".into(),
        &[(
            "/data/rating/scale/direction",
            "\"up\" is neither higher_is_better nor lower_is_better",
        )],
    );
    refused(
        |raw| raw.scale_min = 1,
        &[(
            "/data/rating/scale",
            "1..10 higher_is_better is not the scale of version 3, which is 0..10 higher_is_better",
        )],
    );
    refused(
        |raw| raw.direction = "lower_is_better".into(),
        &[(
            "/data/rating/scale",
            "0..10 lower_is_better is not the scale of version 3, which is 0..10 higher_is_better",
        )],
    );
}

#[test]
fn two_numbers_that_are_no_scale_are_refused_in_any_version() {
    #[track_caller]
    fn check(min: i64, max: i64, detail: &str) {
        for version in [1, 3, 4] {
            refused(
                |raw| {
                    (raw.scale_min, raw.scale_max, raw.survey_version) = (min, max, version);
                },
                &[("/data/rating/scale", detail)],
            );
        }
    }
    check(5, 5, "a scale from 5 to 5 has no two points; max must be above min");
    check(10, 0, "a scale from 10 to 0 has no two points; max must be above min");
    check(0, 101, "a scale of 102 points is longer than 101");
    check(0, 40_000, "0 to 40000 is not a scale");
    check(i64::MIN, i64::MAX, "-9223372036854775808 to 9223372036854775807 is not a scale");
}

#[test]
fn a_value_off_the_scale_is_refused_and_never_clamped() {
    for value in [-1, 11, i64::MIN, i64::MAX, 65_536 + 9] {
        let detail = format!("{value} is outside the scale 0..10");
        refused(|raw| raw.value = value, &[("/data/rating/value", &detail)]);
    }
}

#[test]
fn an_answer_given_under_another_version_keeps_its_scale() {
    #[track_caller]
    fn check(version: u32, (min, max): (i64, i64), value: i64, expected: Bucket) {
        let submission = accepted(|raw| {
            raw.survey_version = version;
            (raw.scale_min, raw.scale_max, raw.value) = (min, max, value);
        });
        let scale = submission.scale();
        assert_eq!((i64::from(scale.min()), i64::from(scale.max())), (min, max));
        assert_eq!((submission.survey_version(), submission.bucket()), (version, expected));
    }
    check(2, (0, 10), 9, Bucket::Top);
    check(2, (0, 10), 6, Bucket::Bottom);
    // A page may hold a newer version than a collector that is about to be restarted.
    check(4, (0, 10), 9, Bucket::Top);
    // NPS has no standard cut on these; nobody is called promoter or detractor on a guess.
    check(1, (1, 5), 5, Bucket::Middle);
    check(1, (0, 100), 0, Bucket::Middle);
}

#[test]
fn another_version_of_an_effort_survey_is_cut_in_its_own_direction() {
    let mut parts = parts();
    parts.question.metric = "ces".into();
    (parts.question.min, parts.question.max) = (1, 7);
    let definition = survey::Definition::new(parts).unwrap();
    let mut raw = raw();
    raw.metric = "ces".into();
    (raw.scale_min, raw.scale_max, raw.direction) = (1, 5, "lower_is_better".into());
    (raw.survey_version, raw.value) = (1, 1);
    let submission = accept(raw, definition.outline(), ANSWERED_AT_MS).unwrap();
    assert_eq!(submission.scale().direction(), Direction::LowerIsBetter);
    assert_eq!(submission.bucket(), Bucket::Top);
}

#[test]
fn reasons_are_those_offered_to_the_bucket_of_the_rating() {
    refused(
        |raw| raw.reasons = vec!["choice".into(), "website".into()],
        &[(
            "/data/reasons/1",
            "website is not offered to a top rating; it may be one of delivery, choice",
        )],
    );
    refused(
        |raw| {
            raw.value = 3;
            raw.reasons = vec!["choice".into()];
        },
        &[(
            "/data/reasons/0",
            "choice is not offered to a bottom rating; it may be one of delivery, website, other",
        )],
    );
    let mut bare = parts();
    bare.buckets.insert(Bucket::Top, Vec::new());
    refused_by(
        survey::Definition::new(bare).unwrap().outline(),
        |raw| raw.reasons = vec!["delivery".into()],
        &[("/data/reasons/0", "delivery is not offered to a top rating; none is")],
    );
}

#[test]
fn reasons_of_another_version_are_kept_as_they_are() {
    let submission = accepted(|raw| {
        raw.survey_version = 2;
        raw.reasons = vec!["gift-wrap".into(), "website".into()];
    });
    assert_eq!(submission.reasons(), reasons(&["gift-wrap", "website"]));
}

#[test]
fn a_reason_is_a_name_and_is_given_once() {
    let twice = [("/data/reasons/2", "delivery is given twice")];
    let names = ["delivery", "choice", "delivery"];
    refused(|raw| raw.reasons = names.map(String::from).to_vec(), &twice);
    refused(
        |raw| {
            raw.survey_version = 2;
            raw.reasons = names.map(String::from).to_vec();
        },
        &twice,
    );
    refused(
        |raw| raw.reasons = vec!["Fast delivery!".into(), String::new(), "x".repeat(65)],
        &[
            (
                "/data/reasons/0",
                "\"Fast delivery!\" is not a name; use lower-case letters, digits, - and _, \
                 beginning with a letter or digit",
            ),
            ("/data/reasons/1", "is empty; a name has 1 to 64 characters"),
            ("/data/reasons/2", "has 65 characters; at most 64 are allowed"),
        ],
    );
}

#[test]
fn there_are_at_most_twelve_reasons() {
    let names = |n: usize| (0..n).map(|idx| format!("r{idx}")).collect::<Vec<_>>();
    let longest = accepted(|raw| {
        raw.survey_version = 2;
        raw.reasons = names(12);
    });
    assert_eq!(longest.reasons().len(), 12);
    let too_many = [("/data/reasons", "has 13 entries; at most 12 are allowed")];
    refused(|raw| raw.reasons = names(13), &too_many);
}

#[test]
fn texts_are_counted_in_characters_and_limited() {
    #[track_caller]
    fn check(pointer: &str, chars_max: usize, put: impl Fn(&mut RawSubmission, String)) {
        accepted(|raw| put(raw, han(chars_max)));
        let n_chars = chars_max + 1;
        let detail = format!("has {n_chars} characters; at most {chars_max} are allowed");
        refused(|raw| put(raw, han(n_chars)), &[(pointer, &detail)]);
        refused(|raw| put(raw, "a\0b".into()), &[(pointer, "holds the character U+0000")]);
    }
    check("/data/comment", COMMENT_CHARS_MAX, |raw, text| raw.comment = text);
    check("/data/rating/question", QUESTION_CHARS_MAX, |raw, text| raw.question = text);
    check("/data/context/order", CONTEXT_CHARS_MAX, |raw, text| {
        raw.context = vec![("order".into(), text)];
    });
    refused(|raw| raw.source = "/\0".into(), &[("/source", "holds the character U+0000")]);
}

#[test]
fn a_comment_of_space_is_no_comment() {
    assert_eq!(accepted(|raw| raw.comment = " \n\t　".into()).comment(), None);
    assert_eq!(accepted(|raw| raw.comment = " 很好 \n".into()).comment(), Some("很好"));
}

#[test]
fn a_comment_is_kept_without_personal_details() {
    let submission = accepted(|raw| raw.comment = "Late! Mail jo@shop.example ".into());
    assert_eq!(submission.comment(), Some("Late! Mail [mail]"));
}

#[test]
fn context_has_names_and_is_limited() {
    let entries = |n: usize| (0..n).map(|idx| (format!("k{idx}"), String::new())).collect();
    assert_eq!(
        accepted(|raw| raw.context = entries(CONTEXT_ENTRIES_MAX)).context().len(),
        CONTEXT_ENTRIES_MAX
    );
    refused(
        |raw| raw.context = entries(CONTEXT_ENTRIES_MAX + 1),
        &[("/data/context", "has 17 entries; at most 16 are allowed")],
    );
    let rule = "is not a name; use lower-case letters, digits, - and _, beginning with a letter \
                or digit";
    refused(
        |raw| raw.context.push(("Order/~no".into(), "1".into())),
        &[("/data/context/Order~1~0no", &format!("\"Order/~no\" {rule}"))],
    );
    refused(
        |raw| raw.context.push((String::new(), "1".into())),
        &[("/data/context/", "is empty; a name has 1 to 64 characters")],
    );
    let long_name = "n".repeat(65);
    refused(
        |raw| raw.context.push((long_name.clone(), han(CONTEXT_CHARS_MAX + 1))),
        &[
            (
                &format!("/data/context/{}", &long_name[..40]),
                "has 201 characters; at most 200 are allowed",
            ),
            (
                &format!("/data/context/{}", &long_name[..40]),
                "has 65 characters; at most 64 are allowed",
            ),
        ],
    );
}

#[test]
fn the_language_is_a_tag_and_kept_in_its_usual_case() {
    assert_eq!(accepted(|raw| raw.locale = "ZH_hant-tw".into()).locale().as_str(), "zh-Hant-TW");
    // The survey need not offer it: the page may have been translated since.
    assert_eq!(accepted(|raw| raw.locale = "fi".into()).locale().as_str(), "fi");
    refused(
        |raw| raw.locale = "English!".into(),
        &[("/data/locale", "\"English!\" is not a language tag such as en, pt-BR or zh-Hans")],
    );
    let shown = "x".repeat(35);
    refused(
        |raw| raw.locale = "x".repeat(100_000),
        &[(
            "/data/locale",
            &format!("{shown:?} is not a language tag such as en, pt-BR or zh-Hans"),
        )],
    );
}

#[test]
fn a_clock_that_is_far_off_is_replaced_by_ours() {
    #[track_caller]
    fn check(time_ms: i64, now_ms: i64, expected: i64) {
        let submission = accept(RawSubmission { time_ms, ..raw() }, &outline(), now_ms).unwrap();
        assert_eq!(submission.answered_at_ms(), expected);
        assert_eq!(submission.raw().time_ms, time_ms);
    }
    let now = ANSWERED_AT_MS;
    check(now, now, now);
    check(now + CLOCK_AHEAD_MS_MAX, now, now + CLOCK_AHEAD_MS_MAX);
    check(now + CLOCK_AHEAD_MS_MAX + 1, now, now);
    check(now - ANSWER_AGE_MS_MAX, now, now - ANSWER_AGE_MS_MAX);
    check(now - ANSWER_AGE_MS_MAX - 1, now, now);
    check(0, now, now);
    check(i64::MAX, now, now);
    check(i64::MIN, now, now);
    check(0, i64::MIN, i64::MIN);
    check(0, i64::MAX, i64::MAX);
}

#[test]
fn one_reply_names_all_that_is_wrong() {
    refused(
        |raw| {
            raw.id = "7".into();
            raw.survey_id = "other".into();
            raw.revision = 0;
            raw.source.clear();
            raw.value = 12;
            raw.locale = "?".into();
            raw.comment = "x".repeat(1501);
        },
        &[
            (
                "/id",
                "\"7\" is not a UUID in lower case such as 01935b2e-7c4a-7def-8a11-2b3c4d5e6f70",
            ),
            ("/data/survey/id", "\"other\" is not the survey post-purchase-nps"),
            ("/data/revision", "0 is outside 1..=10000"),
            ("/source", "has 0 characters; 1 to 512 are allowed"),
            ("/data/rating/value", "12 is outside the scale 0..10"),
            ("/data/locale", "\"?\" is not a language tag such as en, pt-BR or zh-Hans"),
            ("/data/comment", "has 1501 characters; at most 1500 are allowed"),
        ],
    );
}
