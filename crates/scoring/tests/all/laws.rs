//! Laws that hold for every input, tried on random ones.

use proptest::prelude::*;
use scoring::display::{Rounding, largest_remainder, round, round_ratio};
use scoring::drivers::{Mentions, RatingSums, association, relative_weights, shapley};
use scoring::multiple::{benjamini_hochberg, holm};
use scoring::nps::{self, ChangeMethod, Groups, is_attainable};
use scoring::numerics::beta::{Shapes, inverse, regularised};
use scoring::proportion::{self, Part, fisher_exact, newcombe};
use scoring::suppression::hidden_cells;
use scoring::trend::{rolling_counts, widened};
use scoring::weights::{Cell, RakeOptions, Weighted, kish, rake, weighted_mean};
use scoring::{
    ConfidenceLevel, Counts, Direction, Interval, Metric, Pair, Scale, ScalePoint, ScoreOptions,
    score,
};

const P95: ConfidenceLevel = ConfidenceLevel::P95;

const NET_METHODS: [nps::Method; 3] =
    [nps::Method::AdjustedWald, nps::Method::Wald, nps::Method::TangoScore];

fn groups() -> impl Strategy<Value = Groups> {
    let n = || prop_oneof![0_u64..6, 0_u64..2000, 0_u64..4_000_000_000];
    (n(), n(), n()).prop_map(|(detractors, passives, promoters)| Groups {
        detractors,
        passives,
        promoters,
    })
}

fn part() -> impl Strategy<Value = Part> {
    let n = || prop_oneof![0_u64..6, 0_u64..5000];
    (n(), n()).prop_map(|(yes, no)| Part::beside(yes, no).unwrap())
}

fn level() -> impl Strategy<Value = ConfidenceLevel> {
    (0.5_f64..0.9999).prop_map(|level| ConfidenceLevel::new(level).unwrap())
}

fn counts() -> impl Strategy<Value = Counts> {
    (prop::collection::vec(0_u64..50, 11), 0_u64..9, 0_u64..9).prop_map(
        |(per_point, missing, invalid)| {
            let mut counts = Counts::from_points(Scale::NPS, &per_point).unwrap();
            counts.add_unusable(missing, invalid);
            counts
        },
    )
}

fn mirrored(interval: Interval, centre: f64) -> Interval {
    Interval { low: 2.0 * centre - interval.high, high: 2.0 * centre - interval.low }
}

fn near(a: Interval, b: Interval, tolerance: f64) -> bool {
    (a.low - b.low).abs() <= tolerance && (a.high - b.high).abs() <= tolerance
}

fn merged(a: &Counts, b: &Counts) -> Counts {
    let mut sum = a.clone();
    sum.merge(b).unwrap();
    sum
}

proptest! {
    #[test]
    fn swapped_promoters_and_detractors_give_the_negative_score(groups in groups(), level in level()) {
        let swapped =
            Groups { detractors: groups.promoters, promoters: groups.detractors, ..groups };
        prop_assert_eq!(groups.nps(), swapped.nps().map(|nps| 0.0 - nps));
        for method in NET_METHODS {
            let ends = |groups| nps::interval(groups, method, level).map(|found| found.interval);
            match (ends(groups), ends(swapped)) {
                (Some(a), Some(b)) => prop_assert!(near(a, mirrored(b, 0.0), 1e-9), "{:?}", method),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }

    #[test]
    fn share_intervals_mirror_when_yes_and_no_are_swapped(part in part(), level in level()) {
        let swapped = Part::beside(part.rest(), part.count()).unwrap();
        for method in proportion::Method::ALL {
            let ends = |part| proportion::interval(part, method, level);
            match (ends(part), ends(swapped)) {
                (Some(a), Some(b)) => prop_assert!(near(a, mirrored(b, 0.5), 1e-12), "{:?}", method),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }

    #[test]
    fn a_share_lies_in_its_interval(part in part(), level in level()) {
        for method in proportion::Method::ALL {
            let Some(found) = proportion::interval(part, method, level) else { continue };
            prop_assert!(0.0 <= found.low && found.low <= found.high && found.high <= 1.0);
            let reaches_the_ends = method != proportion::Method::Jeffreys;
            if reaches_the_ends || (part.count() > 0 && part.rest() > 0) {
                let share = part.share().unwrap();
                prop_assert!(found.low <= share + 1e-15 && share <= found.high + 1e-15, "{method:?}");
            }
        }
    }

    #[test]
    fn a_net_score_lies_in_its_interval_from_three_answers_on(groups in groups()) {
        prop_assume!(groups.n() >= 3);
        for method in NET_METHODS {
            let found = nps::interval(groups, method, P95).unwrap().interval;
            let nps = groups.nps().unwrap();
            prop_assert!(found.low - 1e-9 <= nps && nps <= found.high + 1e-9, "{method:?} {found:?}");
            prop_assert!((-100.0..=100.0).contains(&found.low));
            prop_assert!((-100.0..=100.0).contains(&found.high));
        }
    }

    #[test]
    fn more_confidence_never_narrows_an_interval(part in part(), a in level(), b in level()) {
        let (lower, higher) = if a < b { (a, b) } else { (b, a) };
        for method in proportion::Method::ALL {
            let ends = |level| proportion::interval(part, method, level);
            if let (Some(narrow), Some(wide)) = (ends(lower), ends(higher)) {
                prop_assert!(wide.low <= narrow.low + 1e-12 && narrow.high <= wide.high + 1e-12);
            }
        }
    }

    #[test]
    fn merging_counts_is_associative_and_commutative(a in counts(), b in counts(), c in counts()) {
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(merged(&a, &Counts::new(Scale::NPS)), a);
    }

    #[test]
    fn the_order_of_answers_does_not_matter(mut answers in prop::collection::vec(-2_i64..14, 0..40)) {
        let count = |answers: &[i64]| {
            let mut counts = Counts::new(Scale::NPS);
            answers.iter().for_each(|&answer| counts.record(answer));
            counts
        };
        let as_given = count(&answers);
        answers.reverse();
        prop_assert_eq!(as_given.n() + as_given.invalid(), answers.len() as u64);
        prop_assert_eq!(as_given, count(&answers));
    }

    #[test]
    fn a_missing_answer_changes_nothing_but_missing(counts in counts()) {
        let mut more = counts.clone();
        more.record_missing();
        let options = ScoreOptions::STANDARD;
        let before = score(Metric::Nps, &counts, &options).unwrap();
        let mut after = score(Metric::Nps, &more, &options).unwrap();
        prop_assert_eq!(after.missing, before.missing + 1);
        after.missing = before.missing;
        prop_assert_eq!(after, before);
    }

    #[test]
    fn a_better_answer_never_lowers_a_score(counts in counts(), from in 0_i16..10, up in 1_i16..10) {
        let to = (from + up).min(10);
        let mut worse = counts.clone();
        worse.add(ScalePoint(from), 1);
        let mut better = counts;
        better.add(ScalePoint(to), 1);
        let options = ScoreOptions { suppress_below: 0, ..ScoreOptions::STANDARD };
        let worse = score(Metric::Nps, &worse, &options).unwrap();
        let better = score(Metric::Nps, &better, &options).unwrap();
        prop_assert!(better.value >= worse.value && better.mean > worse.mean);
        let (low, high) = (worse.interval.unwrap(), better.interval.unwrap());
        prop_assert!(high.low >= low.low - 1e-9 && high.high >= low.high - 1e-9);
    }

    #[test]
    fn shares_add_up_and_agree_with_the_score(counts in counts()) {
        let score = score(Metric::Nps, &counts, &ScoreOptions::STANDARD).unwrap();
        prop_assert_eq!(score.value.is_some(), score.state.is_shown());
        if let (Some(shares), Some(value)) = (score.shares, score.value) {
            prop_assert!((shares.bottom + shares.middle + shares.top - 1.0).abs() < 1e-9);
            prop_assert!((100.0 * (shares.top - shares.bottom) - value).abs() < 1e-9);
        }
    }

    #[test]
    fn turning_the_scale_and_the_answers_gives_the_same_score(
        per_point in prop::collection::vec(0_u64..9, 7),
    ) {
        let up = Scale::new(1, 7, Direction::HigherIsBetter).unwrap();
        let down = Scale::new(1, 7, Direction::LowerIsBetter).unwrap();
        let turned: Vec<u64> = per_point.iter().rev().copied().collect();
        for metric in [Metric::Csat, Metric::Ces] {
            let of = |scale, points: &[u64]| {
                let counts = Counts::from_points(scale, points).unwrap();
                score(metric, &counts, &ScoreOptions::STANDARD).unwrap()
            };
            prop_assert_eq!(of(up, &per_point), of(down, &turned));
        }
    }

    #[test]
    fn no_counts_make_a_score_that_is_not_a_number(
        per_point in prop::collection::vec(any::<u64>(), 11),
        level in any::<f64>(),
    ) {
        let mut counts = Counts::new(Scale::NPS);
        for (idx, n) in per_point.iter().enumerate() {
            counts.add(ScalePoint(i16::try_from(idx).unwrap()), *n);
        }
        let options = ScoreOptions { confidence_level: level, ..ScoreOptions::STANDARD };
        let score = score(Metric::Nps, &counts, &options).unwrap();
        prop_assert!(score.value.is_none_or(|nps| (-100.0..=100.0).contains(&nps)));
        prop_assert!(score.mean.is_none_or(|mean| (0.0..=10.0).contains(&mean)));
        prop_assert!(score.interval.is_none_or(|ends| ends.low <= ends.high));
    }

    #[test]
    fn a_difference_changes_its_sign_with_its_direction(a in part(), b in part()) {
        let (forth, back) = (Pair { before: a, after: b }, Pair { before: b, after: a });
        match (newcombe(forth, P95), newcombe(back, P95)) {
            (Some(x), Some(y)) => prop_assert!(near(x, mirrored(y, 0.0), 1e-12)),
            (x, y) => prop_assert_eq!(x, y),
        }
        if let (Some(x), Some(y)) = (fisher_exact(forth), fisher_exact(back)) {
            prop_assert!((0.0..=1.0).contains(&x) && (x - y).abs() <= 1e-9 * x);
        }
    }

    #[test]
    fn a_net_difference_changes_its_sign_with_its_direction(a in groups(), b in groups()) {
        for method in [ChangeMethod::AdjustedWald, ChangeMethod::Wald] {
            let change = |before, after| nps::change(Pair { before, after }, method, P95);
            match (change(a, b), change(b, a)) {
                (Some(x), Some(y)) => {
                    prop_assert!((x.difference + y.difference).abs() < 1e-12);
                    prop_assert!(near(x.interval, mirrored(y.interval, 0.0), 1e-9));
                    prop_assert_eq!(x.test.map(|test| test.p), y.test.map(|test| test.p));
                }
                (x, y) => prop_assert_eq!(x, y),
            }
        }
    }

    #[test]
    fn adjusted_probabilities_are_larger_and_keep_their_order(
        p_values in prop::collection::vec(0.0_f64..=1.0, 0..20),
    ) {
        let (holm, bh) = (holm(&p_values).unwrap(), benjamini_hochberg(&p_values).unwrap());
        for i in 0..p_values.len() {
            prop_assert!(p_values[i] <= bh[i] && bh[i] <= holm[i] + 1e-15 && holm[i] <= 1.0);
            for j in 0..p_values.len() {
                if p_values[i] < p_values[j] {
                    prop_assert!(bh[i] <= bh[j] && holm[i] <= holm[j]);
                }
            }
        }
    }

    #[test]
    fn apportioned_shares_add_up_and_stay_within_one_of_their_share(
        counts in prop::collection::vec(any::<u64>(), 1..12),
        total in 0_u32..1000,
    ) {
        prop_assume!(counts.iter().any(|&n| n > 0));
        let shares = largest_remainder(&counts, total).unwrap();
        prop_assert_eq!(shares.iter().sum::<u32>(), total);
        let sum: f64 = counts.iter().map(|&n| n as f64).sum();
        for (n, share) in counts.iter().zip(shares) {
            prop_assert!((f64::from(share) - *n as f64 / sum * f64::from(total)).abs() < 1.0 + 1e-9);
        }
    }

    #[test]
    fn a_rounded_number_is_the_nearest_one(value in -1e6_f64..1e6, decimals in 0_u8..9) {
        for rounding in [Rounding::HalfAwayFromZero, Rounding::HalfEven] {
            let text = round(value, decimals, rounding).unwrap();
            let unit = 0.1_f64.powi(i32::from(decimals));
            prop_assert!((text.parse::<f64>().unwrap() - value).abs() <= 0.5 * unit * (1.0 + 1e-6) + 1e-9);
            prop_assert_eq!(text.split_once('.').map_or(0, |(_, f)| f.len()), usize::from(decimals));
            let is_zero = text.bytes().all(|b| matches!(b, b'-' | b'0' | b'.'));
            prop_assert!(!(is_zero && text.starts_with('-')), "{}", text);
        }
    }

    #[test]
    fn a_ratio_and_its_nearest_number_round_alike(
        numerator in -100_000_i64..100_000,
        denominator in 1_u64..5000,
        decimals in 0_u8..4,
    ) {
        for rounding in [Rounding::HalfAwayFromZero, Rounding::HalfEven] {
            let number = numerator as f64 / denominator as f64;
            prop_assert_eq!(
                round_ratio(i128::from(numerator), denominator, decimals, rounding),
                round(number, decimals, rounding)
            );
        }
    }

    #[test]
    fn the_inverse_of_the_beta_function_leads_back(
        p in 1e-6_f64..0.999_999,
        a in 0.5_f64..500.0,
        b in 0.5_f64..500.0,
    ) {
        let shapes = Shapes { a, b };
        let x = inverse(p, shapes);
        // Where the function is steep, one step of x is already worth more than the tolerance.
        let steep = regularised(x * (1.0 + 1e-15), shapes) - regularised(x * (1.0 - 1e-15), shapes);
        prop_assert!((regularised(x, shapes) - p).abs() <= 1e-11 * p + 2.0 * steep.abs());
    }

    #[test]
    fn exact_intervals_leave_half_of_alpha_on_either_side(part in part(), level in level()) {
        prop_assume!(part.count() > 0 && part.rest() > 0);
        let found = proportion::interval(part, proportion::Method::ClopperPearson, level).unwrap();
        let (k, n) = (part.count() as f64, part.of() as f64);
        let at_least = regularised(found.low, Shapes { a: k, b: n - k + 1.0 });
        let at_most = 1.0 - regularised(found.high, Shapes { a: k + 1.0, b: n - k });
        prop_assert!((at_least - level.alpha() / 2.0).abs() < 1e-9);
        prop_assert!((at_most - level.alpha() / 2.0).abs() < 1e-9);
    }

    #[test]
    fn equal_weights_change_nothing_and_units_do_not_matter(
        values in prop::collection::vec(0.0_f64..10.0, 2..30),
        unit in 1e-6_f64..1e6,
    ) {
        let answers: Vec<_> =
            values.iter().map(|&value| Weighted { value, weight: unit }).collect();
        let weighted = weighted_mean(&answers, P95).unwrap().unwrap();
        let plain = scoring::mean::of_values(&values).unwrap();
        prop_assert!((weighted.value - plain.mean).abs() < 1e-9);
        prop_assert!((weighted.standard_error.unwrap() - plain.standard_error().unwrap()).abs() < 1e-9);
        prop_assert!((weighted.kish.design_effect - 1.0).abs() < 1e-9);
    }

    #[test]
    fn weighting_never_makes_answers_worth_more(weights in prop::collection::vec(0.0_f64..9.0, 1..30)) {
        if let Some(kish) = kish(&weights).unwrap() {
            prop_assert!(kish.n_effective <= kish.n as f64 && kish.design_effect >= 1.0);
        }
    }

    #[test]
    fn raked_weights_meet_their_margins(
        n in prop::collection::vec(1_u64..50, 6),
        a in prop::collection::vec(1.0_f64..9.0, 2),
        b in prop::collection::vec(1.0_f64..9.0, 3),
    ) {
        let cells: Vec<Cell> =
            (0..6).map(|idx| Cell { levels: vec![idx / 3, idx % 3], n: n[idx] }).collect();
        let margins = [a, b];
        let raked = rake(&cells, &margins, &RakeOptions::STANDARD).unwrap();
        let weight = |idx: usize| raked.weights[idx] * n[idx] as f64;
        let all: f64 = (0..6).map(weight).sum();
        prop_assert!((all / n.iter().sum::<u64>() as f64 - 1.0).abs() < 1e-8);
        for (margin_idx, margin) in margins.iter().enumerate() {
            for (level, size) in margin.iter().enumerate() {
                let share: f64 = (0..6)
                    .filter(|&idx| cells[idx].levels[margin_idx] == level)
                    .map(weight)
                    .sum::<f64>() / all;
                prop_assert!((share - size / margin.iter().sum::<f64>()).abs() < 1e-8);
            }
        }
    }

    #[test]
    fn no_single_hidden_cell_stands_beside_a_shown_total(
        cells in prop::collection::vec(0_u64..12, 1..8),
        below in 1_u64..8,
    ) {
        let hidden = hidden_cells(&cells, below, true);
        for (idx, n) in cells.iter().enumerate() {
            prop_assert!(!(1..below).contains(n) || hidden.contains(&idx));
        }
        let n_filled = cells.iter().filter(|n| **n > 0).count();
        prop_assert!(hidden.len() != 1 || n_filled == 1);
    }

    #[test]
    fn widened_periods_cover_all_and_hold_enough(
        n_answers in prop::collection::vec(0_u64..40, 0..20),
        n_min in 1_u64..60,
    ) {
        let ranges = widened(&n_answers, n_min);
        prop_assert_eq!(ranges.first().map_or(0, |range| range.start), 0);
        prop_assert_eq!(ranges.last().map_or(0, |range| range.end), n_answers.len());
        prop_assert!(ranges.windows(2).all(|pair| pair[0].end == pair[1].start));
        let holds = |range: &std::ops::Range<usize>| n_answers[range.clone()].iter().sum::<u64>();
        prop_assert!(ranges.len() <= 1 || ranges.iter().all(|range| holds(range) >= n_min));
    }

    #[test]
    fn a_window_over_everything_pools_everything(periods in prop::collection::vec(counts(), 1..6)) {
        let all = periods.iter().skip(1).fold(periods[0].clone(), |sum, period| merged(&sum, period));
        let rolling = rolling_counts(&periods, periods.len()).unwrap();
        prop_assert_eq!(rolling.last(), Some(&all));
        prop_assert_eq!(rolling_counts(&periods, 1).unwrap(), periods);
    }

    #[test]
    fn what_is_attainable_is_what_some_answers_give(n in 1_u64..120, claimed in -100_i16..=100) {
        let n_signed = i128::from(n);
        let shown = |net: i128| round_ratio(100 * net, n, 0, Rounding::HalfAwayFromZero).unwrap();
        let is_seen = (-n_signed..=n_signed).any(|net| shown(net) == claimed.to_string());
        prop_assert_eq!(is_attainable(claimed, n), is_seen);
    }

    #[test]
    fn associations_are_finite_and_no_reason_explains_more_than_all(
        a in 0_u64..40, b in 0_u64..40, c in 0_u64..40, d in 0_u64..40,
    ) {
        let mentions = Mentions {
            detractors_with: a, detractors_without: b, others_with: c, others_without: d,
        };
        let found = association(mentions, P95);
        for ratio in [found.mention_ratio, found.detractor_ratio, found.odds_ratio].into_iter().flatten() {
            prop_assert!(ratio.value.is_finite() && ratio.interval.contains(ratio.value));
            prop_assert!(ratio.interval.high.is_finite());
        }
        prop_assert!(found.explained.is_none_or(|share| (0.0..=1.0).contains(&share)));
        prop_assert!(found.phi.is_none_or(|phi| (-1.0 - 1e-12..=1.0 + 1e-12).contains(&phi)));
        prop_assert!(found.lift.is_none_or(f64::is_finite));
    }

    #[test]
    fn importance_is_shared_out_whole_whatever_the_parts(
        answers in prop::collection::vec((0_i16..11, prop::array::uniform3(1_i16..6)), 5..60),
        cut in 0_usize..60,
    ) {
        let summed = |answers: &[(i16, [i16; 3])]| {
            let mut sums = RatingSums::new(3);
            answers.iter().for_each(|(score, ratings)| sums.record(*score, ratings));
            sums
        };
        let whole = summed(&answers);
        let (before, after) = answers.split_at(cut.min(answers.len()));
        let mut parts = summed(after);
        parts.merge(&summed(before)).unwrap();
        prop_assert_eq!(&parts, &whole);
        for found in [shapley(&whole), relative_weights(&whole)].into_iter().flatten() {
            let shares: f64 = found.drivers.iter().map(|driver| driver.share).sum();
            prop_assert!((shares - 1.0).abs() < 1e-6, "{}", shares);
            prop_assert!((0.0..=1.0).contains(&found.r_squared));
            prop_assert!(found.drivers.iter().all(|driver| driver.contribution >= -1e-9));
        }
    }
}
