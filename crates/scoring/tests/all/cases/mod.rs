//! Every reference case of `data/*.json`, by metric: published figures, figures computed with other
//! software, and rules of our own.

mod io;
mod net;
mod other;
mod satisfaction;
mod shares;
mod trends;

use io::{Inputs, Outcome, run_file};

/// Which period an instant falls into depends on the time zone; `service` runs these.
const BUCKETS: [&str; 3] = [
    "bucket-2024-03-31T23:30:00-05:00-America_Chicago",
    "bucket-2024-11-03T05:30:00Z-America_New_York",
    "isoweek-2024-12-30",
];

fn run(metric: &str, inputs: &Inputs) -> Option<Outcome> {
    None.or_else(|| satisfaction::run(metric, inputs))
        .or_else(|| net::run(metric, inputs))
        .or_else(|| shares::run(metric, inputs))
        .or_else(|| trends::run(metric, inputs))
        .or_else(|| other::run(metric, inputs))
}

#[track_caller]
fn check(text: &str, expected_n_cases: usize) {
    assert_eq!(run_file(text, &BUCKETS, run), expected_n_cases, "cases were added or lost");
}

#[test]
fn effort_cases_come_out_as_expected() {
    check(include_str!("../../data/ces.json"), 4);
}

#[test]
fn satisfaction_cases_come_out_as_expected() {
    check(include_str!("../../data/csat.json"), 9);
}

#[test]
fn driver_cases_come_out_as_expected() {
    check(include_str!("../../data/drivers.json"), 3);
}

#[test]
fn net_promoter_cases_come_out_as_expected() {
    check(include_str!("../../data/nps.json"), 18);
}

#[test]
fn net_promoter_interval_cases_come_out_as_expected() {
    check(include_str!("../../data/nps_interval.json"), 32);
}

#[test]
fn proportion_cases_come_out_as_expected() {
    check(include_str!("../../data/proportion.json"), 35);
}

#[test]
fn rounding_cases_come_out_as_expected() {
    check(include_str!("../../data/rounding.json"), 11);
}

#[test]
fn suppression_cases_come_out_as_expected() {
    check(include_str!("../../data/suppression.json"), 6);
}

#[test]
fn trend_cases_come_out_as_expected() {
    check(include_str!("../../data/trend.json"), 14 - BUCKETS.len());
}

#[test]
fn weighting_cases_come_out_as_expected() {
    check(include_str!("../../data/weighting.json"), 5);
}

#[test]
fn no_other_metric_is_known() {
    assert!(run("nps.unheard_of", &Inputs(serde_json::Value::Null)).is_none());
}
