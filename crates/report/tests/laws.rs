//! What must hold of every report, whatever was counted.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test stops where it cannot go on, and its modules are seen by nobody else"
)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use report::{
    Arrow, Bucket, Comparison, Counts, Group, Metric, Pair, Report, ReportInput, Scale, Score,
    ScoreOptions, SegmentInput, State, TrendRow, WeightTotals, compare, report,
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

/// Two segments called one and other, and nothing else.
fn two_segments(one: &[u64], other: &[u64]) -> ReportInput {
    let mut all = counts(one);
    all.merge(&counts(other)).unwrap();
    let mut input = ReportInput::of_counts(Metric::Nps, all);
    for (name, points) in [("one", one), ("other", other)] {
        input.segments.push(SegmentInput::of_counts(by(name), counts(points)));
    }
    input
}

fn compared(input: &ReportInput, names: Pair<&str>) -> Comparison {
    compare(input, &reported(input), names, &ScoreOptions::STANDARD).unwrap()
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

/// Answers divided by channel, by period, and by both at once; many cells are small.
fn divided_twice() -> impl Strategy<Value = ReportInput> {
    let cell = prop::collection::vec(prop_oneof![3 => Just(0_u64), 1 => 0..5_u64], 11);
    let table = (1..5_usize, 1..5_usize).prop_flat_map(move |(n_segments, n_periods)| {
        prop::collection::vec(prop::collection::vec(cell.clone(), n_periods), n_segments)
    });
    table.prop_map(|table| {
        let empty = || Counts::new(Scale::NPS);
        let mut input = ReportInput::of_counts(Metric::Nps, empty());
        for (segment_idx, periods) in table.iter().enumerate() {
            let mut segment = SegmentInput::of_counts(by(&format!("c{segment_idx}")), empty());
            for (period_idx, points) in periods.iter().enumerate() {
                let label = format!("p{period_idx}");
                let cell = counts(points);
                let period = input.periods.entry(label.clone()).or_insert_with(|| empty().into());
                for counts in
                    [&mut period.counts, &mut segment.group.counts, &mut input.overall.counts]
                {
                    counts.merge(&cell).unwrap();
                }
                segment.periods.insert(label, cell.into());
            }
            input.segments.push(segment);
        }
        input
    })
}

fn scores(rows: &[TrendRow]) -> Vec<Score> {
    rows.iter().map(|row| row.score).collect()
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
    fn nothing_hidden_can_be_worked_out_from_its_whole(input in divided_twice()) {
        let report = reported(&input);
        let mut made_of = vec![
            (report.score, scores(&report.trend)),
            (report.score, report.segments.iter().map(|segment| segment.score).collect()),
        ];
        for segment in &report.segments {
            made_of.push((segment.score, scores(&segment.trend)));
        }
        for (idx, period) in report.trend.iter().enumerate() {
            let cells = report.segments.iter().map(|segment| segment.trend[idx].score);
            made_of.push((period.score, cells.collect()));
        }
        for (whole, parts) in made_of {
            let is_hidden = |score: &&Score| score.state == State::Suppressed;
            let n_hidden = parts.iter().filter(is_hidden).count();
            let n_shown = parts.iter().filter(|score| score.value.is_some()).count();
            if is_hidden(&&whole) {
                prop_assert_eq!(n_shown, 0, "the parts of what is hidden add up to it");
            } else {
                prop_assert!(n_hidden != 1 || n_shown == 0, "one part alone is hidden");
            }
        }
    }

    #[test]
    fn a_comparison_shows_no_score_that_the_report_hides(input in divided_twice()) {
        let report = reported(&input);
        let names: Vec<&String> = report.trend.iter().map(|row| &row.period).collect();
        for (before, after) in names.iter().zip(names.iter().skip(1)) {
            let found = compared(&input, Pair { before, after });
            let shown = |name| report.trend.iter().find(|row| &row.period == name).unwrap().score;
            prop_assert_eq!(found.scores.before, shown(*before));
            prop_assert_eq!(found.scores.after, shown(*after));
            let is_shown = shown(*before).value.is_some() && shown(*after).value.is_some();
            prop_assert_eq!(found.difference.is_some(), is_shown);
        }
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
        let input = two_segments(&one, &other);
        let there = compared(&input, Pair { before: "one", after: "other" });
        let back = compared(&input, Pair { before: "other", after: "one" });
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
    let input =
        two_segments(&[30, 0, 0, 0, 0, 0, 0, 30, 0, 0, 40], &[20, 0, 0, 0, 0, 0, 0, 30, 0, 0, 50]);
    let found = compared(&input, Pair { before: "one", after: "other" });
    assert_eq!((found.difference, found.arrow), (Some(20.0), Some(Arrow::Unclear)));
    assert!((found.p.unwrap() - 0.0832).abs() < 5e-5);
    let interval = found.interval.unwrap();
    assert!((interval.low + 2.6).abs() < 0.05 && (interval.high - 41.4).abs() < 0.05);
}

#[test]
fn a_name_that_is_not_there_is_told_with_those_that_are() {
    let input = two_segments(&[9; 11], &[8; 11]);
    let report = reported(&input);
    let names = Pair { before: "one", after: "none" };
    let error = compare(&input, &report, names, &ScoreOptions::STANDARD).unwrap_err();
    assert_eq!(error.to_string(), "there is no \"none\"; there are one, other");
}
