//! Every reference case of `tests/data/*.json`, by metric: published figures, figures computed with
//! other software, and rules of our own.

mod orders;
mod shares;
mod tickets;
mod times;

use serde_json::Value;

use crate::io::{Inputs, Outcome, run_file};

/// Cases of scoring's trends that need a time zone.
const BUCKETS: [&str; 3] = [
    "bucket-2024-03-31T23:30:00-05:00-America_Chicago",
    "bucket-2024-11-03T05:30:00Z-America_New_York",
    "isoweek-2024-12-30",
];

fn run(metric: &str, inputs: &Inputs) -> Option<Outcome> {
    None.or_else(|| times::run(metric, inputs))
        .or_else(|| tickets::run(metric, inputs))
        .or_else(|| shares::run(metric, inputs))
        .or_else(|| orders::run(metric, inputs))
}

#[track_caller]
fn check(text: &str, expected_n_cases: usize) {
    let file: Value = serde_json::from_str(text).expect("the cases are JSON");
    for case in file["cases"].as_array().expect("the file holds cases") {
        let kind = case["kind"].as_str();
        assert!(matches!(kind, Some("published" | "computed" | "policy")), "{case}: of what kind?");
    }
    assert_eq!(run_file(text, &[], run), expected_n_cases, "cases were added or lost");
}

#[test]
fn operational_cases_come_out_as_expected() {
    check(include_str!("../../data/operational.json"), 38);
}

#[test]
fn rate_cases_come_out_as_expected() {
    check(include_str!("../../data/rates.json"), 9);
}

#[test]
fn rfm_cases_come_out_as_expected() {
    check(include_str!("../../data/rfm.json"), 7);
}

#[test]
fn health_cases_come_out_as_expected() {
    check(include_str!("../../data/health.json"), 3);
}

#[test]
fn bucket_cases_of_trends_come_out_as_expected() {
    let text = include_str!("../../../../scoring/tests/data/trend.json");
    let mut file: Value = serde_json::from_str(text).expect("the cases are JSON");
    let cases = file["cases"].as_array_mut().expect("the file holds cases");
    cases.retain(|case| case["id"].as_str().is_some_and(|id| BUCKETS.contains(&id)));
    check(&file.to_string(), BUCKETS.len());
}

#[test]
fn no_other_metric_is_known() {
    assert!(run("duration.unheard_of", &Inputs(Value::Null)).is_none());
}
