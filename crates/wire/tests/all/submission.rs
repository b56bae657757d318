//! What is read as a submission, and how each fault of the rest is worded.

use serde_json::{Value, json};
use survey::{Fault, RawSubmission};
use wire::decode_submission;

use crate::sample::{event, put, raw, take};

#[track_caller]
fn read(change: impl FnOnce(&mut Value)) -> RawSubmission {
    let mut document = event();
    change(&mut document);
    decode_submission(document.to_string().as_bytes()).unwrap()
}

/// Checks every fault of the changed document, as pointer and wording.
#[track_caller]
fn refused(change: impl FnOnce(&mut Value), expected: &[(&str, &str)]) {
    let mut document = event();
    change(&mut document);
    let faults = decode_submission(document.to_string().as_bytes()).unwrap_err();
    let expected: Vec<Fault> = expected.iter().map(|(at, why)| Fault::new(*at, *why)).collect();
    assert_eq!(faults, expected);
}

#[test]
fn a_whole_document_is_read() {
    assert_eq!(read(|_| {}), raw());
}

#[test]
fn every_needed_field_is_missed() {
    for (pointer, wanted) in [
        ("/specversion", "a text"),
        ("/type", "a text"),
        ("/id", "a text"),
        ("/source", "a text"),
        ("/time", "a text"),
        ("/data", "an object"),
        ("/data/survey", "an object"),
        ("/data/survey/id", "a text"),
        ("/data/survey/version", "a whole number"),
        ("/data/revision", "a whole number"),
        ("/data/complete", "true or false"),
        ("/data/locale", "a text"),
        ("/data/rating", "an object"),
        ("/data/rating/metric", "a text"),
        ("/data/rating/value", "a whole number"),
        ("/data/rating/scale", "an object"),
        ("/data/rating/scale/min", "a whole number"),
        ("/data/rating/scale/max", "a whole number"),
        ("/data/rating/scale/direction", "a text"),
    ] {
        let missing = format!("is missing; {wanted} is needed");
        refused(|event| take(event, pointer), &[(pointer, &missing)]);
        let null = format!("is null; {wanted} is needed");
        refused(|event| put(event, pointer, Value::Null), &[(pointer, &null)]);
        let list = format!("is a list; {wanted} is needed");
        refused(|event| put(event, pointer, json!([])), &[(pointer, &list)]);
    }
}

#[test]
fn fields_that_may_be_missing_may_be_null_too() {
    #[track_caller]
    fn check(pointer: &str, empty: impl Fn(&mut RawSubmission)) {
        let mut expected = raw();
        empty(&mut expected);
        assert_eq!(read(|event| take(event, pointer)), expected, "{pointer} missing");
        assert_eq!(read(|event| put(event, pointer, Value::Null)), expected, "{pointer} null");
    }
    check("/subject", |_| {});
    check("/datacontenttype", |_| {});
    check("/data/rating/question", |raw| raw.question.clear());
    check("/data/reasons", |raw| raw.reasons.clear());
    check("/data/comment", |raw| raw.comment.clear());
    check("/data/context", |raw| raw.context.clear());
    check("/data/age_ms", |raw| raw.age_ms = None);
}

#[test]
fn values_of_another_kind_are_named() {
    #[track_caller]
    fn check(pointer: &str, value: Value, detail: &str) {
        refused(|event| put(event, pointer, value), &[(pointer, detail)]);
    }
    check("/id", json!(7), "is 7; a text is needed");
    check("/source", json!({}), "is an object; a text is needed");
    check("/time", json!(1_795_338_764_120_i64), "is 1795338764120; a text is needed");
    check("/data", json!("{}"), "is a text; an object is needed");
    check("/data/complete", json!("true"), "is a text; true or false is needed");
    check("/data/complete", json!(1), "is 1; true or false is needed");
    check("/data/locale", json!(["en"]), "is a list; a text is needed");
    check("/data/comment", json!(false), "is true or false; a text is needed");
    check("/data/reasons", json!("delivery"), "is a text; a list of texts is needed");
    check("/data/reasons/1", json!(4), "is 4; a text is needed");
    check("/data/reasons/0", Value::Null, "is null; a text is needed");
    check("/data/context", json!([]), "is a list; an object is needed");
    check("/data/context/order", json!({}), "is an object; a text is needed");
    check("/data/context/order", Value::Null, "is null; a text is needed");
    check("/data/rating", json!(9), "is 9; an object is needed");
}

#[test]
fn ratings_are_whole_numbers_and_never_texts() {
    #[track_caller]
    fn check(value: Value, detail: &str) {
        refused(|event| put(event, "/data/rating/value", value), &[("/data/rating/value", detail)]);
    }
    check(json!(8.5), "is 8.5; a whole number is needed");
    check(json!("9"), "is a text; a whole number is needed");
    check(json!(true), "is true or false; a whole number is needed");
    check(json!(1e300), &format!("is {}; a whole number is needed", json!(1e300)));
    check(json!(u64::MAX), "is 18446744073709551615; a whole number is needed");
    for whole in [json!(9), json!(9.0), json!(0.9e1)] {
        assert_eq!(read(|event| put(event, "/data/rating/value", whole)).value, 9);
    }
    // Off the scale is for `survey::accept` to say.
    assert_eq!(read(|event| put(event, "/data/rating/value", json!(i64::MIN))).value, i64::MIN);
    assert_eq!(read(|event| put(event, "/data/rating/value", json!(-0.0))).value, 0);
}

#[test]
fn counts_do_not_go_below_zero_or_beyond_their_type() {
    #[track_caller]
    fn check(pointer: &str, value: Value, detail: &str) {
        refused(|event| put(event, pointer, value), &[(pointer, detail)]);
    }
    check("/data/revision", json!(-1), "-1 is outside 0..=4294967295");
    check("/data/survey/version", json!(4_294_967_296_i64), "4294967296 is outside 0..=4294967295");
    check("/data/age_ms", json!(-1), "is -1; a whole number from 0 is needed");
    check("/data/age_ms", json!(0.5), "is 0.5; a whole number from 0 is needed");
    check("/data/age_ms", json!("5"), "is a text; a whole number from 0 is needed");
    check(
        "/data/age_ms",
        json!(u64::MAX),
        "is 18446744073709551615; a whole number from 0 is needed",
    );
    assert_eq!(read(|event| put(event, "/data/age_ms", json!(5120.0))).age_ms, Some(5_120));
    let largest = read(|event| put(event, "/data/age_ms", json!(i64::MAX)));
    assert_eq!(largest.age_ms, u64::try_from(i64::MAX).ok());
}

#[test]
fn numbers_and_booleans_in_context_become_texts() {
    let context = json!({ "cart": 3, "total": 19.5, "gift": true, "order": "A-1001" });
    let read = read(|event| put(event, "/data/context", context));
    let mut pairs: Vec<(&str, &str)> =
        read.context.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    pairs.sort_unstable(); // a map may keep any order
    assert_eq!(pairs, [("cart", "3"), ("gift", "true"), ("order", "A-1001"), ("total", "19.5")]);
}

#[test]
fn the_envelope_is_of_our_kind_and_version() {
    refused(
        |event| put(event, "/specversion", json!("0.3")),
        &[("/specversion", "is \"0.3\"; \"1.0\" is needed")],
    );
    let kind = "candor.response.v2".repeat(9);
    refused(
        |event| put(event, "/type", json!(kind)),
        &[(
            "/type",
            "is \"candor.response.v2candor.response.v2cand\"; \"candor.response.v1\" is needed",
        )],
    );
    refused(
        |event| put(event, "/subject", json!("return-ces")),
        &[("/subject", "is not data.survey.id, which is \"post-purchase-nps\"")],
    );
}

#[test]
fn times_are_rfc_3339() {
    for text in ["", "yesterday", "2026-11-22", "2026-02-30T00:00:00Z", "1795338764120"] {
        refused(
            |event| put(event, "/time", json!(text)),
            &[("/time", "is not an RFC 3339 time such as 2026-11-22T09:12:44.120Z")],
        );
    }
    let east = read(|event| put(event, "/time", json!("2026-11-22T17:12:44.120+08:00")));
    assert_eq!(east.time_ms, raw().time_ms);
}

#[test]
fn unknown_fields_are_left_alone() {
    let read = read(|event| {
        put(event, "/traceparent", json!("00-0af7651916cd43dd8448eb211c80319c"));
        put(event, "/data/shown", json!([1, 2, { "deep": null }]));
        put(event, "/data/rating/label", json!("Great"));
    });
    assert_eq!(read, raw());
}

#[test]
fn what_is_not_json_has_one_fault_without_a_field() {
    let check = |bytes: &[u8]| {
        let faults = decode_submission(bytes).unwrap_err();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!(faults[0].pointer, "");
        assert!(faults[0].detail.starts_with("is not JSON: "), "{faults:?}");
    };
    check(b"");
    check(b"{");
    check(b"{} {}");
    check(b"rating=9");
    check(b"{\"id\": \xFF}");
    check(b"[1e999]");
    check("[".repeat(100_000).as_bytes());
    check("{\"a\":".repeat(100_000).as_bytes());
    let whole = event().to_string();
    check(&whole.as_bytes()[..whole.len() - 1]);
}

#[test]
fn what_is_json_but_no_object_says_so() {
    for (json, kind) in [
        ("null", "null"),
        ("true", "true or false"),
        ("9", "9"),
        ("\"9\"", "a text"),
        ("[]", "a list"),
    ] {
        let fault = Fault::new("", format!("is {kind}; an object is needed"));
        assert_eq!(decode_submission(json.as_bytes()), Err(vec![fault]));
    }
}

#[test]
fn one_reply_names_all_that_could_not_be_read() {
    refused(
        |event| {
            take(event, "/id");
            put(event, "/time", json!("noon"));
            put(event, "/data/revision", json!(1.5));
            put(event, "/data/reasons", json!(["a", 1, "b", null]));
            put(event, "/data/rating/scale", json!({ "min": "0", "max": 10 }));
        },
        &[
            ("/id", "is missing; a text is needed"),
            ("/time", "is not an RFC 3339 time such as 2026-11-22T09:12:44.120Z"),
            ("/data/revision", "is 1.5; a whole number is needed"),
            ("/data/reasons/1", "is 1; a text is needed"),
            ("/data/reasons/3", "is null; a text is needed"),
            ("/data/rating/scale/min", "is a text; a whole number is needed"),
            ("/data/rating/scale/direction", "is missing; a text is needed"),
        ],
    );
}

#[test]
fn pointers_are_escaped() {
    refused(
        |event| {
            drop(
                event["data"]["context"].as_object_mut().unwrap().insert("a/b~c".into(), json!([])),
            )
        },
        &[("/data/context/a~1b~0c", "is a list; a text is needed")],
    );
}
