//! What must hold of every report, whatever was counted.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test stops where it cannot go on, and its modules are seen by nobody else"
)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use report::{
    Arrow, Bucket, Counts, Group, Metric, Pair, Report, ReportInput, Scale, ScoreOptions,
    SegmentInput, State, WeightTotals, compare, report,
};

fn counts(per_point: &[u64]) -> Counts {
    Counts::from_points(Scale::NPS, per_point).unwrap()
}

fn by(name: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("channel".to_owned(), name.to_owned())])
}

fn reported(input: &ReportInput) -> Report {
    report(input, &ScoreOptions::STANDARD).unwrap()
}

fn per_point() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(0..40_u64, 11)
}

/// Segments that together are all answers, and a reason that some of them named.
fn input() -> impl Strategy<Value = ReportInput> {
    prop::collection::vec(per_point(), 1..6).prop_map(|parts| {
        let mut all = Counts::new(Scale::NPS);
        let mut input = ReportInput::of_counts(Metric::Nps, Counts::new(Scale::NPS));
        for (idx, part) in parts.iter().enumerate() {
            all.merge(&counts(part)).unwrap();
            input.segments.push(SegmentInput::of_counts(by(&format!("c{idx}")), counts(part)));
        }
        let named: Vec<u64> = parts[0].iter().map(|n| n / 2).collect();
        input.reasons.insert("price".to_owned(), counts(&named));
        input.reason_givers = counts(&parts[0]);
        input.overall = all.into();
        input
    })
}

proptest! {
    #[test]
    fn a_number_is_shown_exactly_where_the_state_says_so(input in input()) {
        let report = reported(&input);
        let segments = report.segments.iter().map(|row| row.score);
        for score in segments.chain([report.score]) {
            let is_shown = matches!(score.state, State::LowN | State::Ok);
            prop_assert_eq!(score.value.is_some(), is_shown);
            prop_assert_eq!(score.interval.is_some(), is_shown);
            if let (Some(value), Some(interval)) = (score.value, score.interval) {
                prop_assert!((-100.0..=100.0).contains(&value));
                prop_assert!(interval.low <= interval.high);
            }
        }
    }

    #[test]
    fn no_hidden_segment_can_be_worked_out_from_the_others(input in input()) {
        let report = reported(&input);
        let is_hidden = |state| state == State::Suppressed;
        let n_hidden = report.segments.iter().filter(|row| is_hidden(row.score.state)).count();
        let n_shown = report.segments.iter().filter(|row| row.score.value.is_some()).count();
        prop_assert!(is_hidden(report.score.state) || n_hidden != 1 || n_shown == 0);
    }

    #[test]
    fn shares_of_a_reason_are_shares(input in input()) {
        for row in reported(&input).reasons {
            let share = row.share_of_bucket.unwrap();
            prop_assert!(share > 0.0 && share <= 1.0);
            prop_assert!(row.share_of_givers.unwrap() >= share);
        }
    }

    #[test]
    fn equal_weights_change_no_score(points in per_point(), weight in 0.1..10.0_f64) {
        let plain = ReportInput::of_counts(Metric::Nps, counts(&points));
        let totals = points.iter().map(|&n| WeightTotals {
            n,
            sum: n as f64 * weight,
            sum_of_squares: n as f64 * weight * weight,
        });
        let mut weighted = plain.clone();
        weighted.overall = Group { counts: counts(&points), weights: Some(totals.collect()) };
        let (plain, weighted) = (reported(&plain), reported(&weighted));
        prop_assert_eq!((weighted.score.n, weighted.score.state), (plain.score.n, plain.score.state));
        prop_assert_eq!(weighted.score.value.is_some(), plain.score.value.is_some());
        if let (Some(a), Some(b)) = (weighted.score.value, plain.score.value) {
            prop_assert!((a - b).abs() < 1e-9, "{} {}", a, b);
            let effective = weighted.weighting.unwrap().n_effective;
            prop_assert!((effective - plain.score.n as f64).abs() < 1e-6);
        }
    }

    #[test]
    fn a_comparison_turned_round_says_the_opposite(one in per_point(), other in per_point()) {
        let groups = [counts(&one).into(), counts(&other).into()];
        let compared = |before: &Group, after: &Group| {
            let names = Pair { before: String::new(), after: String::new() };
            compare(Metric::Nps, names, Pair { before, after }, &ScoreOptions::STANDARD).unwrap()
        };
        let (there, back) = (compared(&groups[0], &groups[1]), compared(&groups[1], &groups[0]));
        prop_assert_eq!(there.difference.is_some(), back.difference.is_some());
        if let (Some(a), Some(b)) = (there.difference, back.difference) {
            prop_assert!((a + b).abs() < 1e-9);
            prop_assert!((there.p.unwrap_or(1.0) - back.p.unwrap_or(1.0)).abs() < 1e-12);
            let opposite = match there.arrow.unwrap() {
                Arrow::Up => Arrow::Down,
                Arrow::Down => Arrow::Up,
                Arrow::Unclear => Arrow::Unclear,
            };
            prop_assert_eq!(back.arrow.unwrap(), opposite);
        }
    }
}

#[test]
fn a_suppressed_report_tells_neither_counts_nor_reasons() {
    let mut input = ReportInput::of_counts(Metric::Nps, counts(&[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3]));
    input.reasons.insert("price".to_owned(), counts(&[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    let report = reported(&input);
    assert_eq!((report.score.state, report.counts.n()), (State::Suppressed, 0));
    assert!(report.reasons.is_empty() && report.drivers.is_empty());
}

#[test]
fn reasons_come_worst_bucket_first_and_most_named_first() {
    let mut input =
        ReportInput::of_counts(Metric::Nps, counts(&[20, 0, 0, 0, 0, 0, 0, 10, 0, 0, 20]));
    let all = [("price", [6, 1, 2]), ("delivery", [9, 0, 12]), ("choice", [6, 3, 0])];
    for (name, [low, middle, high]) in all {
        let points = [low, 0, 0, 0, 0, 0, 0, middle, 0, 0, high];
        input.reasons.insert(name.to_owned(), counts(&points));
    }
    input.reason_givers = counts(&[15, 0, 0, 0, 0, 0, 0, 4, 0, 0, 14]);
    let rows = reported(&input).reasons;
    let named: Vec<_> = rows.iter().map(|row| (row.bucket, row.reason.as_str(), row.n)).collect();
    let expected = [
        (Bucket::Bottom, "delivery", 9),
        (Bucket::Bottom, "choice", 6),
        (Bucket::Bottom, "price", 6),
        (Bucket::Middle, "choice", 3),
        (Bucket::Middle, "price", 1),
        (Bucket::Top, "delivery", 12),
        (Bucket::Top, "price", 2),
    ];
    assert_eq!(named, expected);
    assert_eq!((rows[0].share_of_bucket, rows[0].share_of_givers), (Some(0.45), Some(0.6)));
}

/// The two groups of MeasuringU's example, 100 answers each.
#[test]
fn the_published_comparison_comes_out() {
    let before = counts(&[30, 0, 0, 0, 0, 0, 0, 30, 0, 0, 40]).into();
    let after = counts(&[20, 0, 0, 0, 0, 0, 0, 30, 0, 0, 50]).into();
    let names = Pair { before: "1".to_owned(), after: "2".to_owned() };
    let groups = Pair { before: &before, after: &after };
    let found = compare(Metric::Nps, names, groups, &ScoreOptions::STANDARD).unwrap();
    assert_eq!((found.difference, found.arrow), (Some(20.0), Some(Arrow::Unclear)));
    assert!((found.p.unwrap() - 0.0832).abs() < 5e-5);
    let interval = found.interval.unwrap();
    assert!((interval.low + 2.6).abs() < 0.05 && (interval.high - 41.4).abs() < 0.05);
}
