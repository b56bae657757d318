//! Figures computed with other software, one a line of `data/oracles.csv`: function, arguments,
//! expected value, relative tolerance, and the tool with its version.

use scoring::drivers::{Importance, Mentions, RatingSums, association, relative_weights, shapley};
use scoring::numerics::beta::{Shapes, inverse, regularised};
use scoring::numerics::binomial::{Split, even_split_p};
use scoring::numerics::quantile::{Convention, quantile};
use scoring::numerics::{normal, student};
use scoring::proportion::{Method, Part, ZTestKind, fisher_exact, interval, newcombe, z_test};
use scoring::trend::{Point, kendall, linear, theil_sen};
use scoring::weights::{Weighted, WeightedEstimate, weighted_mean};
use scoring::{ConfidenceLevel, Interval, Pair};

const N_LINES: usize = 382;

#[test]
fn every_figure_agrees_with_the_other_software() {
    let mut n_lines = 0;
    let mut wrong = Vec::new();
    for line in include_str!("../data/oracles.csv").lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let [function, arguments, expected, tolerance, tool] = fields.as_slice() else {
            panic!("{line} has {} fields", fields.len());
        };
        let arguments: Vec<f64> =
            arguments.split_whitespace().map(|text| text.parse().unwrap()).collect();
        let (expected, tolerance): (f64, f64) =
            (expected.parse().unwrap(), tolerance.parse().unwrap());
        let actual = compute(function, &arguments);
        let is_near = (actual - expected).abs() <= tolerance * expected.abs();
        if !is_near {
            wrong.push(format!("{function} {arguments:?}: {tool} says {expected}, we {actual}"));
        }
        n_lines += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(n_lines, N_LINES, "lines were added or lost");
}

fn compute(function: &str, a: &[f64]) -> f64 {
    special(function, a)
        .or_else(|| share(function, a))
        .or_else(|| two_shares(function, a))
        .or_else(|| series(function, a))
        .or_else(|| drivers(function, a))
        .unwrap_or_else(|| panic!("nothing here computes {function} of {a:?}"))
}

fn special(function: &str, a: &[f64]) -> Option<f64> {
    let level = |level: f64| ConfidenceLevel::new(level).unwrap();
    let shapes = || Shapes { a: a[1], b: a[2] };
    match function {
        "two_sided_p" => Some(normal::two_sided_p(a[0])),
        "normal_cdf" => Some(normal::cdf(a[0])),
        "normal_quantile" => normal::quantile(a[0]),
        "beta_regularised" => Some(regularised(a[0], shapes())),
        "beta_inverse" => Some(inverse(a[0], shapes())),
        "student_p" => student::two_sided_p(a[0], a[1]),
        "student_critical" => student::critical(level(a[0]), a[1]),
        "quantile_r1" => quantile(&a[1..], a[0], Convention::NearestRank),
        "quantile_r6" => quantile(&a[1..], a[0], Convention::Weibull),
        "quantile_r7" => quantile(&a[1..], a[0], Convention::Linear),
        "quantile_r8" => quantile(&a[1..], a[0], Convention::MedianUnbiased),
        _ => None,
    }
}

fn count(value: f64) -> u64 {
    assert!((0.0..1e15).contains(&value) && value.fract().abs() <= 0.0);
    format!("{value}").parse().unwrap()
}

fn part(count_of: f64, of: f64) -> Part {
    Part::new(count(count_of), count(of)).unwrap()
}

fn end(interval: Interval, function: &str) -> f64 {
    if function.ends_with("_low") { interval.low } else { interval.high }
}

fn share(function: &str, a: &[f64]) -> Option<f64> {
    let name = function.strip_suffix("_low").or_else(|| function.strip_suffix("_high"))?;
    let method = Method::from_name(name)?;
    let found = interval(part(a[0], a[1]), method, ConfidenceLevel::new(a[2]).unwrap());
    Some(end(found.unwrap(), function))
}

fn two_shares(function: &str, a: &[f64]) -> Option<f64> {
    let pair = || Pair { before: part(a[2], a[3]), after: part(a[0], a[1]) };
    match function {
        "newcombe_low" | "newcombe_high" => {
            Some(end(newcombe(pair(), ConfidenceLevel::P95).unwrap(), function))
        }
        "fisher_p" => fisher_exact(pair()),
        "pooled_z" => z_test(pair(), ZTestKind::Pooled).map(|test| test.z),
        "pooled_p" => z_test(pair(), ZTestKind::Pooled).map(|test| test.p),
        "n_minus_one_z" => z_test(pair(), ZTestKind::NMinusOne).map(|test| test.z),
        "even_split_p" => Some(even_split_p(Split { one: count(a[0]), other: count(a[1]) })),
        _ => None,
    }
}

fn series(function: &str, a: &[f64]) -> Option<f64> {
    let points = || -> Vec<Point> {
        let point = |(x, &y): (usize, &f64)| Point { x: f64::from(u32::try_from(x).unwrap()), y };
        a.iter().enumerate().map(point).collect()
    };
    let weighted = || -> WeightedEstimate {
        let answer = |pair: &[f64]| Weighted { value: pair[0], weight: pair[1] };
        let answers: Vec<_> = a.chunks_exact(2).map(answer).collect();
        weighted_mean(&answers, ConfidenceLevel::P95).unwrap().unwrap()
    };
    match function {
        "kendall_tau" => kendall(&points()).map(|found| found.tau),
        "kendall_p" => kendall(&points()).map(|found| found.p),
        "linear_slope" => linear(&points()).map(|line| line.slope),
        "linear_p" => linear(&points()).and_then(|line| line.p),
        "theil_sen_slope" => theil_sen(&points()).map(|line| line.slope),
        "theil_sen_intercept" => theil_sen(&points()).map(|line| line.intercept),
        "weighted_mean" => Some(weighted().value),
        "weighted_se" => weighted().standard_error,
        _ => None,
    }
}

/// Both ways of sharing out, on the answers of `data/drivers_sample.csv`.
fn importance() -> [Importance; 2] {
    let mut sums = RatingSums::new(4);
    for line in include_str!("../data/drivers_sample.csv").lines().skip(1) {
        let values: Vec<i16> = line.split(',').map(|value| value.parse().unwrap()).collect();
        sums.record(values[0], &values[1..]);
    }
    [shapley(&sums).unwrap(), relative_weights(&sums).unwrap()]
}

fn drivers(function: &str, a: &[f64]) -> Option<f64> {
    let driver =
        |importance: &Importance| importance.drivers[usize::try_from(count(a[0])).unwrap()];
    let found = || {
        let [detractors_with, detractors_without, others_with, others_without] =
            [a[0], a[1], a[2], a[3]].map(count);
        let mentions =
            Mentions { detractors_with, detractors_without, others_with, others_without };
        association(mentions, ConfidenceLevel::P95)
    };
    match function {
        "shapley" => Some(driver(&importance()[0]).contribution),
        "relative_weight" => Some(driver(&importance()[1]).contribution),
        "coefficient" => Some(driver(&importance()[0]).coefficient),
        "r_squared" => Some(importance()[1].r_squared),
        "mention_ratio" => found().mention_ratio.map(|ratio| ratio.value),
        "mention_ratio_low" => found().mention_ratio.map(|ratio| ratio.interval.low),
        "odds_ratio" => found().odds_ratio.map(|ratio| ratio.value),
        "odds_ratio_high" => found().odds_ratio.map(|ratio| ratio.interval.high),
        "chi_squared" => found().chi_squared,
        "chi_squared_p" => found().chi_squared_p,
        _ => None,
    }
}

/// numpy 2.4.6 answers 7.0 here, because 0.07 * 100 is 7.000000000000001 in binary; the seventh of a
/// hundred values is what was meant, and what R's fuzz gives too.
#[test]
fn a_rank_that_rounding_lifted_off_a_whole_number_is_set_back() {
    let values: Vec<f64> = (0..100).map(f64::from).collect();
    assert_eq!(quantile(&values, 0.07, Convention::NearestRank), Some(6.0));
}
