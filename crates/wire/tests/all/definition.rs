//! What is read as a survey file, and how each fault of the rest is worded. What makes a
//! definition valid is tested in `survey`; here it is where in the file its faults are.

use serde_json::{Value, json};
use survey::{Bucket, Definition, Fault, Style};
use wire::{decode_definition, encode_definition};

use crate::sample::{SURVEYS, definition, put, take};

/// The shortest survey that can be asked, one reason in one bucket.
fn small() -> Value {
    let told = json!({ "prompt": "Why?", "comment": "Else?", "thanks": "Thanks." });
    json!({
        "id": "small",
        "version": 1,
        "default_locale": "en",
        "question": {
            "metric": "csat",
            "scale": { "min": 1, "max": 3, "direction": "higher_is_better" }
        },
        "buckets": { "bottom": { "reasons": ["other"] }, "middle": {}, "top": {} },
        "texts": {
            "en": {
                "question": "Satisfied?",
                "low": "No",
                "high": "Yes",
                "reasons": { "other": "Something else" },
                "buckets": { "bottom": told, "middle": told, "top": told }
            }
        }
    })
}

fn decode(document: &Value) -> Result<Definition, Vec<Fault>> {
    decode_definition(document.to_string().as_bytes())
}

#[track_caller]
fn read(change: impl FnOnce(&mut Value)) -> Definition {
    let mut document = small();
    change(&mut document);
    decode(&document).unwrap()
}

/// Checks every fault of the changed survey, as pointer and wording.
#[track_caller]
fn refused(change: impl FnOnce(&mut Value), expected: &[(&str, &str)]) {
    let mut document = small();
    change(&mut document);
    let expected: Vec<Fault> = expected.iter().map(|(at, why)| Fault::new(*at, *why)).collect();
    assert_eq!(decode(&document), Err(expected));
}

#[test]
fn every_survey_of_the_product_is_whole() {
    for (name, file) in SURVEYS {
        let definition = decode_definition(file.as_bytes()).unwrap();
        assert_eq!(definition.outline().id.as_str(), name);
        let tags: Vec<&str> = definition.texts().keys().map(survey::Locale::as_str).collect();
        assert_eq!(tags, survey::Words::languages().collect::<Vec<_>>(), "{name}");
        for bucket in Bucket::ALL {
            let reasons = &definition.outline().bucket(bucket).reasons;
            assert!(reasons.len() >= 4 && reasons.last().is_some_and(survey::ReasonId::is_other));
            for texts in definition.texts().values() {
                assert!(texts.buckets[&bucket].action.is_some(), "{name}");
            }
        }
    }
}

#[test]
fn the_three_surveys_ask_the_three_questions_on_their_usual_scales() {
    #[track_caller]
    fn check(name: &str, metric: &str, (min, max): (i16, i16), style: Style) {
        let question = definition(name).outline().question;
        assert_eq!(question.metric.name(), metric);
        assert_eq!((question.scale.min(), question.scale.max()), (min, max));
        assert_eq!(question.scale.direction(), survey::Direction::HigherIsBetter);
        assert_eq!(question.style, style);
    }
    check("post-purchase-nps", "nps", (0, 10), Style::Numbers);
    check("post-resolution-csat", "csat", (1, 5), Style::Faces);
    check("return-ces", "ces", (1, 7), Style::Numbers);
}

#[test]
fn nobody_has_advice_for_the_surveys_of_the_demo() {
    for (name, _) in SURVEYS {
        assert_eq!(survey::lint(&definition(name)), [], "{name}");
    }
}

#[test]
fn a_file_may_begin_with_a_byte_order_mark() {
    let bytes = [b"\xEF\xBB\xBF", small().to_string().as_bytes()].concat();
    assert_eq!(decode_definition(&bytes), decode(&small()));
}

#[test]
fn every_needed_field_is_missed_once() {
    for (pointer, wanted) in [
        ("/id", "a text"),
        ("/version", "a whole number"),
        ("/default_locale", "a text"),
        ("/question", "an object"),
        ("/question/metric", "a text"),
        ("/question/scale", "an object"),
        ("/question/scale/min", "a whole number"),
        ("/question/scale/max", "a whole number"),
        ("/question/scale/direction", "a text"),
        ("/buckets", "an object"),
        ("/texts", "an object"),
        ("/texts/en/question", "a text"),
        ("/texts/en/low", "a text"),
        ("/texts/en/high", "a text"),
        ("/texts/en/buckets", "an object"),
        ("/texts/en/buckets/top/prompt", "a text"),
        ("/texts/en/buckets/top/comment", "a text"),
        ("/texts/en/buckets/top/thanks", "a text"),
    ] {
        let missing = format!("is missing; {wanted} is needed");
        refused(|survey| take(survey, pointer), &[(pointer, &missing)]);
        let null = format!("is null; {wanted} is needed");
        refused(|survey| put(survey, pointer, Value::Null), &[(pointer, &null)]);
        let list = format!("is a list; {wanted} is needed");
        refused(|survey| put(survey, pointer, json!([])), &[(pointer, &list)]);
    }
}

#[test]
fn fields_that_may_be_missing_may_be_null_too() {
    for pointer in [
        "/$schema",
        "/question/bands",
        "/question/style",
        "/buckets/top/reasons",
        "/texts/en/points",
        "/texts/en/buckets/top/action",
        "/texts/en/buckets/top/reasons",
    ] {
        let with_null = read(|survey| put(survey, pointer, Value::Null));
        assert_eq!(with_null, read(|_| {}), "{pointer}");
    }
    assert_eq!(read(|_| {}).outline().question.style, Style::Numbers);
}

#[test]
fn a_field_that_is_not_known_is_named_with_those_that_are() {
    #[track_caller]
    fn check(pointer: &str, known: &str) {
        let detail = format!("is not a field here; known are {known}");
        refused(|survey| put(survey, pointer, json!(1)), &[(pointer, &detail)]);
    }
    check("/title", "$schema, id, version, default_locale, question, buckets, texts");
    check("/question/text", "metric, scale, bands, style");
    check("/question/scale/step", "min, max, direction");
    check("/buckets/best", "bottom, middle, top");
    check("/buckets/top/reason", "reasons");
    check("/texts/en/title", "question, low, high, points, reasons, buckets");
    check("/texts/en/buckets/best", "bottom, middle, top");
    check("/texts/en/buckets/top/thank", "prompt, comment, thanks, action, reasons");
    let bands = json!({ "middle_from": 2, "top_from": 3, "bottom_from": 1 });
    refused(
        |survey| put(survey, "/question/bands", bands),
        &[("/question/bands/bottom_from", "is not a field here; known are middle_from, top_from")],
    );
    let action = json!({ "label": "Go", "url": "/", "target": "_blank" });
    refused(
        |survey| put(survey, "/texts/en/buckets/top/action", action),
        &[("/texts/en/buckets/top/action/target", "is not a field here; known are label, url")],
    );
}

#[test]
fn what_could_not_be_read_has_one_fault_and_no_more() {
    #[track_caller]
    fn check(pointer: &str, value: Value, detail: &str) {
        refused(|survey| put(survey, pointer, value), &[(pointer, detail)]);
    }
    check("/$schema", json!(1), "is 1; a text is needed");
    check("/version", json!("1"), "is a text; a whole number is needed");
    check("/version", json!(1.5), "is 1.5; a whole number is needed");
    check("/version", json!(0), "is 0; versions begin at 1");
    check("/version", json!(-1), "-1 is outside 0..=4294967295");
    check("/version", json!(4_294_967_296_i64), "4294967296 is outside 0..=4294967295");
    check("/question/scale/max", json!("3"), "is a text; a whole number is needed");
    check("/question/style", json!(["stars"]), "is a list; a text is needed");
    check("/question/bands", json!([2, 3]), "is a list; an object is needed");
    check("/buckets/bottom", json!(["other"]), "is a list; an object is needed");
    check("/buckets/bottom/reasons", json!("other"), "is a text; a list of texts is needed");
    check("/buckets/bottom/reasons/0", json!(7), "is 7; a text is needed");
    check("/texts/en", json!("English"), "is a text; an object is needed");
    check("/texts/en/points", json!([]), "is a list; an object is needed");
    check("/texts/en/reasons/other", json!(5), "is 5; a text is needed");
    check("/texts/en/buckets/top", json!("Thanks"), "is a text; an object is needed");
    check("/texts/en/buckets/top/thanks", json!(true), "is true or false; a text is needed");
    check("/texts/en/buckets/top/action", json!("/"), "is a text; an object is needed");
    check("/texts/en/buckets/top/reasons", json!(["a"]), "is a list; an object is needed");
    refused(
        |survey| put(survey, "/question/bands", json!({ "middle_from": 2 })),
        &[("/question/bands/top_from", "is missing; a whole number is needed")],
    );
    refused(
        |survey| put(survey, "/texts/en/buckets/top/action", json!({ "label": "Go" })),
        &[("/texts/en/buckets/top/action/url", "is missing; a text is needed")],
    );
}

#[test]
fn names_are_faulted_where_they_stand() {
    let rule = |name: &str| {
        format!(
            "{name:?} is not a name; use lower-case letters, digits, - and _, beginning with a \
             letter or digit"
        )
    };
    refused(|survey| put(survey, "/id", json!("My survey")), &[("/id", &rule("My survey"))]);
    refused(
        |survey| put(survey, "/buckets/bottom/reasons", json!(["Price!", "other", "other"])),
        &[("/buckets/bottom/reasons/0", &rule("Price!"))],
    );
    refused(
        |survey| put(survey, "/texts/en/reasons/Other~1", json!("Else")),
        &[("/texts/en/reasons/Other~1", &rule("Other/"))],
    );
    for point in ["x", "", "+1", "01", "1.0", "-0", "99999999999999999999"] {
        let pointer = format!("/texts/en/points/{point}");
        refused(
            |survey| put(survey, "/texts/en/points", json!({ point: "Word" })),
            &[(&pointer, "is not the number of a point")],
        );
    }
}

#[test]
fn languages_are_written_in_the_usual_case() {
    refused(
        |survey| put(survey, "/default_locale", json!("EN")),
        &[("/default_locale", "is written en")],
    );
    refused(
        |survey| {
            let english = survey["texts"]["en"].clone();
            put(survey, "/texts/zh_hans", english.clone());
            put(survey, "/texts/Klingon!", english);
        },
        &[
            ("/texts/Klingon!", "\"Klingon!\" is not a language tag such as en, pt-BR or zh-Hans"),
            ("/texts/zh_hans", "is written zh-Hans"),
        ],
    );
}

#[test]
fn faults_of_reading_and_of_meaning_are_told_together_in_the_order_of_fields() {
    refused(
        |survey| {
            put(survey, "/question/metric", json!("happiness"));
            put(survey, "/texts/en/low", json!(0));
            put(survey, "/texts/en/high", json!(" "));
            put(survey, "/buckets/top/reasons", json!(["price"]));
            put(survey, "/colour", json!("red"));
        },
        &[
            (
                "/colour",
                "is not a field here; known are $schema, id, version, default_locale, question, \
                 buckets, texts",
            ),
            ("/question/metric", "\"happiness\" is not a metric; use csat, ces or nps"),
            ("/texts/en/high", "is empty"),
            ("/texts/en/low", "is 0; a text is needed"),
            ("/texts/en/reasons/price", "is missing; top offers this reason"),
        ],
    );
}

#[test]
fn what_is_not_json_has_one_fault_without_a_field() {
    for bytes in [&b""[..], b"{", b"[1e999]", b"\xFF", b"{\"id\": 'x'}", b"{} // end"] {
        let faults = decode_definition(bytes).unwrap_err();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].pointer.is_empty() && faults[0].detail.starts_with("is not JSON: "));
    }
    let deep = "[".repeat(100_000);
    assert_eq!(decode_definition(deep.as_bytes()).unwrap_err().len(), 1);
    let fault = Fault::new("", "is a list; an object is needed");
    assert_eq!(decode_definition(b"[]"), Err(vec![fault]));
}

#[test]
fn every_survey_survives_being_written_and_read() {
    for (name, _) in SURVEYS {
        let definition = definition(name);
        assert_eq!(decode(&encode_definition(&definition)), Ok(definition));
    }
    let small = read(|_| {});
    assert_eq!(decode(&encode_definition(&small)), Ok(small));
}
