//! Figures printed in handbooks and papers, to the digits they print.

use scoring::nps::{self, ChangeMethod, Groups};
use scoring::proportion::{Part, newcombe, wilson};
use scoring::trend::{CusumOptions, EwmaLimits, EwmaOptions, cusum, ewma, p_chart, xmr};
use scoring::{ConfidenceLevel, Pair};

#[track_caller]
fn check(actual: f64, printed: f64, half_unit: f64) {
    assert!((actual - printed).abs() <= half_unit, "printed {printed}, computed {actual}");
}

/// NIST/SEMATECH e-Handbook 6.3.2.2, flow rates; limits printed to four decimals.
#[test]
fn the_individuals_chart_is_that_of_the_handbook() {
    let flow = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
    let found = xmr(&flow).unwrap();
    check(found.chart.centre, 50.81, 5e-3);
    check(found.mean_moving_range, 1.8778, 5e-5);
    check(found.limits.high, 55.8041, 1e-4);
    check(found.limits.low, 45.8159, 1e-4);
    assert_eq!(found.chart.signals(), Vec::<usize>::new());
}

/// NIST/SEMATECH e-Handbook 6.3.2.4; the page rounds a factor in its limits, hence the tolerance.
#[test]
fn the_moving_average_is_that_of_the_handbook() {
    let values = [
        52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8,
        51.2, 52.6, 52.4, 53.6, 52.1,
    ];
    let printed = [
        50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11, 49.36, 49.52,
        50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99,
    ];
    let options = EwmaOptions {
        lambda: 0.3,
        sigmas: 3.0,
        target: 50.0,
        sigma: 2.0539,
        limits: EwmaLimits::Asymptotic,
    };
    let chart = ewma(&values, &options).unwrap();
    for (point, printed) in chart.points.iter().zip(printed) {
        check(point.value.unwrap(), printed, 5.1e-3);
        check(point.limits.unwrap().high, 52.5884, 5e-4);
        check(point.limits.unwrap().low, 47.4115, 5e-4);
    }
}

/// NIST/SEMATECH e-Handbook 6.3.2.3.
#[test]
fn the_cumulative_sums_are_those_of_the_handbook() {
    let values = [
        324.925, 324.675, 324.725, 324.350, 325.350, 325.225, 324.125, 324.525, 325.225, 324.600,
        324.625, 325.150, 328.325, 327.250, 327.825, 328.500, 326.675, 327.775, 326.875, 328.350,
    ];
    let options = CusumOptions { target: 325.0, k: 0.3175, h: 4.1959 };
    let sums = cusum(&values, &options).unwrap();
    assert_eq!(sums.first_signal, Some(13), "the fourteenth sample");
    check(sums.high[13], 4.94, 5e-3);
    check(sums.high[19], 19.04, 5.1e-3);
}

/// Montgomery's orange juice cans as in NIST 6.3.3.2, with the two odd samples left out.
#[test]
fn the_share_chart_of_the_second_phase_is_the_printed_one() {
    let cans = [
        12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 8, 10, 5, 13, 11, 20, 18, 15, 9, 12, 7,
        13, 9, 6,
    ];
    let parts = cans.map(|n| Part::new(n, 50).unwrap());
    let chart = p_chart(&parts).unwrap();
    check(chart.centre, 0.2150, 5e-5);
    check(chart.points[0].limits.unwrap().low, 0.0407, 5.1e-5);
    check(chart.points[0].limits.unwrap().high, 0.3893, 5.1e-5);
}

/// Newcombe 1998, Statistics in Medicine 17:857, table I, method 3.
#[test]
fn score_intervals_are_those_of_newcombes_first_table() {
    for (count, of, low, high) in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ] {
        let found = wilson(Part::new(count, of).unwrap(), ConfidenceLevel::P95).unwrap();
        check(found.low, low, 5e-5);
        check(found.high, high, 5e-5);
    }
}

/// Newcombe 1998, Statistics in Medicine 17:873, table II, method 10.
#[test]
fn differences_are_those_of_newcombes_second_table() {
    for (after, before, low, high) in [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ] {
        let part = |(count, of)| Part::new(count, of).unwrap();
        let pair = Pair { before: part(before), after: part(after) };
        let found = newcombe(pair, ConfidenceLevel::P95).unwrap();
        check(found.low, low, 5.1e-5);
        check(found.high, high, 5.1e-5);
    }
}

/// Ten answers on either side: the added answers pull +70 down to 53.8 and past significance.
#[test]
fn few_answers_shrink_a_large_difference() {
    let pair = Pair {
        before: Groups { detractors: 4, passives: 3, promoters: 3 },
        after: Groups { detractors: 1, passives: 2, promoters: 7 },
    };
    let adjusted = nps::change(pair, ChangeMethod::AdjustedWald, ConfidenceLevel::P95).unwrap();
    check(adjusted.difference, 70.0, 1e-9);
    check(adjusted.adjusted_difference, 53.8, 0.05);
    check(adjusted.test.unwrap().z, 1.80, 5e-3);
    check(adjusted.test.unwrap().p, 0.072, 5e-4);
    let plain = nps::change(pair, ChangeMethod::Wald, ConfidenceLevel::P95).unwrap();
    check(plain.test.unwrap().p, 0.037, 5e-4);
}

/// The sign of a difference survives, and unanimous sides have no plain test.
#[test]
fn a_fall_is_negative_and_unanimity_has_no_plain_test() {
    let all_of = |promoters| Groups { promoters, ..Groups::default() };
    let fall = Pair {
        before: Groups { detractors: 20, passives: 30, promoters: 50 },
        after: Groups { detractors: 30, passives: 30, promoters: 40 },
    };
    let level = ConfidenceLevel::P95;
    let change = nps::change(fall, ChangeMethod::AdjustedWald, level).unwrap();
    assert!(change.difference < 0.0 && change.test.unwrap().z < 0.0);
    let unanimous = Pair { before: all_of(12), after: all_of(10) };
    assert_eq!(nps::change(unanimous, ChangeMethod::Wald, level).unwrap().test, None);
    let adjusted = nps::change(unanimous, ChangeMethod::AdjustedWald, level).unwrap();
    check(adjusted.adjusted_difference, -3.08, 5e-3);
}
