//! What is written, to the letter. A change here is a change for everybody who reads it.

use std::collections::BTreeMap;

use report::{ReportInput, SegmentInput, report};
use scoring::{Counts, Metric, Scale, ScoreOptions};
use serde_json::Value;
use survey::{Fault, accept};
use wire::{Problem, ReportJson, decode_definition, encode_definition, sheet_json};

use crate::sample::{SURVEYS, definition, raw, sheet};

/// The JSON of `text`, its fields in order of their names whatever map `serde_json` is built with.
#[track_caller]
fn check(name: &str, text: &str) {
    let document: Value = serde_json::from_str(text).unwrap();
    insta::with_settings!({ sort_maps => true }, {
        insta::assert_json_snapshot!(name, document);
    });
}

#[test]
fn definitions_are_written_with_every_default() {
    for (name, _) in SURVEYS {
        let mut document: Value =
            serde_json::from_str(&encode_definition(&definition(name)).to_string()).unwrap();
        // The others differ by their texts alone.
        document["texts"].as_object_mut().unwrap().retain(|tag, _| tag == "en");
        check(&format!("definition_{name}"), &document.to_string());
    }
}

#[test]
fn a_sheet_is_one_language_of_a_survey() {
    check("sheet_en", &sheet_json(&sheet("post-purchase-nps", "en-GB")));
    check("sheet_zh_hant", &sheet_json(&sheet("post-resolution-csat", "zh-TW")));
}

#[test]
fn a_submission_is_a_cloud_event() {
    insta::assert_snapshot!("cloudevent", wire::encode_cloudevent(&raw()));
    let bare = survey::RawSubmission {
        revision: 1,
        complete: false,
        reasons: Vec::new(),
        comment: String::new(),
        context: Vec::new(),
        age_ms: None,
        ..raw()
    };
    insta::assert_snapshot!("cloudevent_rating_alone", wire::encode_cloudevent(&bare));
}

fn counts(per_point: [u64; 11]) -> Counts {
    Counts::from_points(Scale::NPS, &per_point).unwrap()
}

/// A report with a row of every kind; its numbers are checked where they are made.
fn full_report() -> ReportJson {
    let mut all = counts([2, 0, 0, 1, 0, 3, 4, 6, 9, 11, 14]);
    all.add_unusable(3, 1);
    let channel = |name: &str| BTreeMap::from([("channel".to_owned(), name.to_owned())]);
    let input = ReportInput {
        reasons: BTreeMap::from([
            ("delivery".into(), counts([1, 0, 0, 1, 0, 2, 1, 2, 0, 3, 8])),
            ("price".into(), counts([0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0])),
        ]),
        reason_givers: counts([1, 0, 0, 1, 0, 2, 3, 2, 0, 3, 8]),
        segments: vec![
            SegmentInput {
                periods: BTreeMap::from([(
                    "2026-W05".into(),
                    counts([0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2]).into(),
                )]),
                ..SegmentInput::of_counts(
                    channel("email"),
                    counts([0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2]),
                )
            },
            SegmentInput::of_counts(channel("phone"), counts([0, 0, 0, 0, 0, 0, 0, 5, 2, 2, 2])),
            SegmentInput::of_counts(channel("web"), counts([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2])),
        ],
        periods: BTreeMap::from([
            ("2026-W05".into(), counts([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1]).into()),
            ("2026-W06".into(), counts([0; 11]).into()),
        ]),
        ..ReportInput::of_counts(Metric::Nps, all)
    };
    ReportJson::from(&report(&input, &ScoreOptions::STANDARD).unwrap())
}

fn small_report(per_point: [u64; 11]) -> ReportJson {
    let input = ReportInput::of_counts(Metric::Nps, counts(per_point));
    ReportJson::from(&report(&input, &ScoreOptions::STANDARD).unwrap())
}

fn suppressed_report() -> ReportJson {
    small_report([0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 1])
}

/// JSON of one value a line with its fractions cut to nine digits, so that another processor's last
/// bit is not a change.
fn rounded(json: &str) -> String {
    let line = |line: &str| {
        let value = line.rsplit_once(' ').map_or(line, |(_, value)| value).trim_end_matches(',');
        match value.parse::<f64>() {
            Ok(number) if value.contains('.') => {
                line.replace(value, &format!("{:?}", (number * 1e9).round() / 1e9))
            }
            _ => line.to_owned(),
        }
    };
    json.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check_report(name: &str, report: &ReportJson) {
    insta::assert_snapshot!(name, rounded(&report.to_json_pretty()));
}

#[test]
fn a_report_holds_null_where_a_number_is_undefined() {
    check_report("report", &full_report());
    check_report("report_no_data", &small_report([0; 11]));
    check_report("report_suppressed", &suppressed_report());
}

/// Asserts that two documents are equal, numbers to the last bit but one: that is how exactly
/// `serde_json` reads a fraction unless it is built to read the last bit too.
#[track_caller]
fn assert_same(ours: &Value, theirs: &Value) {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            assert!(ours.keys().eq(theirs.keys()));
            ours.iter().for_each(|(name, inner)| assert_same(inner, &theirs[name]));
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            assert_eq!(ours.len(), theirs.len());
            ours.iter().zip(theirs).for_each(|(ours, theirs)| assert_same(ours, theirs));
        }
        (Value::Number(ours), Value::Number(theirs)) if ours.is_f64() && theirs.is_f64() => {
            let (ours, theirs) = (ours.as_f64().unwrap(), theirs.as_f64().unwrap());
            assert!((ours - theirs).abs() <= f64::EPSILON * ours.abs(), "{ours} {theirs}");
        }
        _ => assert_eq!(ours, theirs),
    }
}

#[test]
fn reports_survive_being_written_and_read() {
    for report in [full_report(), small_report([0; 11]), suppressed_report()] {
        let written = serde_json::to_value(&report).unwrap();
        for text in [report.to_json(), report.to_json_pretty()] {
            let read: ReportJson = serde_json::from_str(&text).unwrap();
            assert_same(&serde_json::to_value(&read).unwrap(), &written);
        }
    }
}

#[test]
fn a_report_gives_back_the_counts_it_was_made_from_unless_they_are_hidden_or_changed() {
    let mut all = counts([2, 0, 0, 1, 0, 3, 4, 6, 9, 11, 14]);
    all.add_unusable(3, 1);
    assert_eq!(full_report().counts(), Some((Metric::Nps, all)));
    assert_eq!(small_report([0; 11]).counts(), Some((Metric::Nps, counts([0; 11]))));
    assert_eq!(suppressed_report().counts(), None);
    let changed = |change: fn(&mut ReportJson)| {
        let mut report = full_report();
        change(&mut report);
        report.counts()
    };
    assert_eq!(changed(|report| report.n += 1), None);
    assert_eq!(changed(|report| report.distribution[0].value = 11), None);
    assert_eq!(changed(|report| report.metric = "happiness".into()), None);
    assert_eq!(changed(|report| report.scale.direction = "up".into()), None);
    assert_eq!(changed(|report| report.scale.max = -1), None);
    assert_eq!(changed(|report| report.distribution[0].n = u64::MAX), None);
}

#[test]
fn a_report_scored_again_from_its_own_json_is_the_same_but_for_drivers() {
    for report in [full_report(), small_report([0; 11]), suppressed_report()] {
        let mut expected = report.clone();
        expected.drivers.clear();
        assert_eq!(report.rescored().map(|again| ReportJson::from(&again)), Some(expected));
    }
    assert_eq!(ReportJson { n: 1, ..full_report() }.rescored(), None);
    assert_eq!(ReportJson { metric: String::new(), ..full_report() }.rescored(), None);
}

#[test]
fn a_problem_names_the_fields_and_what_is_wrong_with_them() {
    let refused = survey::RawSubmission {
        id: "7".into(),
        survey_version: 1,
        value: 12,
        reasons: vec!["parking".into()],
        context: vec![("Größe / a%b~c".into(), "L".into())],
        ..raw()
    };
    let survey = definition("post-purchase-nps");
    let faults = accept(refused, survey.outline(), 0).unwrap_err();
    check("problem_of_an_answer", &Problem::of_faults(&faults).to_json());
    let faults = decode_definition(b"[]").unwrap_err();
    check("problem_of_one_field", &Problem::of_faults(&faults).to_json());
    let missing =
        Problem::new("survey-unknown", "No such survey", 404, "\"x\" is not a survey here");
    check("problem_without_fields", &missing.to_json());
}

#[test]
fn pointers_become_fragments_of_addresses_and_readable_names() {
    #[track_caller]
    fn check(pointer: &str, fragment: &str, detail: &str) {
        let problem = Problem::of_faults(&[Fault::new(pointer, "is wrong")]);
        assert_eq!(problem.errors[0].pointer, fragment);
        assert_eq!((problem.detail.as_str(), problem.status), (detail, 422));
    }
    check("", "#", "the document is wrong");
    check("/data/rating/value", "#/data/rating/value", "data.rating.value is wrong");
    check("/data/context/a~1b~0c", "#/data/context/a~1b~0c", "data.context.a/b~c is wrong");
    check("/data/context/a b", "#/data/context/a%20b", "data.context.a b is wrong");
    check("/x/100%", "#/x/100%25", "x.100% is wrong");
    check("/x/#\"<>", "#/x/%23%22%3C%3E", "x.#\"<> is wrong");
    check("/x/好", "#/x/%E5%A5%BD", "x.好 is wrong");
}
