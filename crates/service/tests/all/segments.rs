//! Edges of recency, frequency and monetary value.

use jiff::civil::date;
use jiff::tz::TimeZone;
use scoring::Direction;
use service::commerce::Order;
use service::commerce::rfm::{
    BinError, BinOptions, BinState, Binning, FewerBins, Nesting, RfmError, RfmOptions, RfmScore,
    RfmValues, RfmWindow, STANDARD_RULES, Segment, bins, rfm_scores, rfm_values, segment,
    segment_mix,
};

use crate::sample::{utc, zone};

fn higher(binning: Binning) -> BinOptions {
    BinOptions { binning, n_bins: 5, direction: Direction::HigherIsBetter, fewer: FewerBins::Keep }
}

#[track_caller]
fn check(values: &[f64], options: &BinOptions, scores: &[u8], state: BinState) {
    let found = bins(values, options).unwrap();
    assert_eq!((found.scores.as_slice(), found.state), (scores, state), "{found:?}");
}

#[test]
fn heavy_ties_leave_fewer_scores_unless_they_are_spread() {
    let mut values = vec![2.0; 10];
    (values[0], values[9]) = (1.0, 50.0);
    let low = [1, 1, 1, 1, 1, 1, 1, 1, 1];
    let keep = higher(Binning::Quantile);
    check(&values, &keep, &[&low[..], &[2]].concat(), BinState::Fewer);
    let rescale = BinOptions { fewer: FewerBins::Rescale, ..keep };
    check(&values, &rescale, &[&low[..], &[5]].concat(), BinState::Fewer);
}

#[test]
fn equal_customers_all_have_the_middle_score() {
    let quantile = higher(Binning::Quantile);
    check(&[7.0; 6], &quantile, &[3; 6], BinState::AllEqual);
    check(&[7.0], &quantile, &[3], BinState::AllEqual);
    check(&[], &quantile, &[], BinState::NoData);
    let recency = BinOptions { direction: Direction::LowerIsBetter, ..quantile };
    check(&[7.0; 6], &recency, &[3; 6], BinState::AllEqual);
}

#[test]
fn conventions_differ_where_customers_are_equal() {
    let values = [10.0, 20.0, 20.0, 20.0, 30.0, 40.0, 50.0];
    check(&values, &higher(Binning::Tiles), &[1, 1, 2, 2, 3, 4, 5], BinState::Full);
    check(&values, &higher(Binning::RankFirst), &[1, 1, 2, 3, 4, 5, 5], BinState::Full);
    check(&values, &higher(Binning::Quantile), &[1, 1, 1, 1, 3, 4, 4], BinState::Fewer);
}

#[test]
fn adding_one_to_quantiles_misplaces_cents() {
    let whole: Vec<f64> = (1..=10).map(f64::from).collect();
    let expected = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5];
    check(&whole, &higher(Binning::Quantile), &expected, BinState::Full);
    let cents: Vec<f64> = whole.iter().map(|value| value / 100.0).collect();
    check(&cents, &higher(Binning::Quantile), &expected, BinState::Full);
    check(&cents, &higher(Binning::QuantilePlusOne), &[1; 10], BinState::Full);
}

#[test]
fn tiles_of_few_customers_are_as_many_as_the_customers() {
    check(&[9.0, 3.0], &higher(Binning::Tiles), &[2, 1], BinState::Fewer);
    let recency = BinOptions { direction: Direction::LowerIsBetter, ..higher(Binning::Tiles) };
    check(&[9.0, 3.0], &recency, &[1, 2], BinState::Fewer);
}

/// Cut points of 995 customers that the R package rfm documents, less the 1 that it adds.
fn documented() -> RfmOptions {
    RfmOptions {
        recency: Binning::Thresholds(vec![114.0, 180.0, 296.4, 481.0]),
        frequency: Binning::Thresholds(vec![3.0, 4.0, 5.0, 7.0]),
        monetary: Binning::Thresholds(vec![254.8, 381.0, 505.4, 665.0]),
        ..RfmOptions::STANDARD
    }
}

#[test]
fn documented_customers_have_their_documented_scores() {
    let customer = |recency_days, n_orders, revenue_minor| RfmValues {
        customer: (),
        recency_days,
        n_orders,
        revenue_minor,
    };
    let customers = [customer(205, 6, 472), customer(140, 3, 340)];
    let found = rfm_scores(&customers, &documented()).unwrap();
    let codes: Vec<String> = found.scores.iter().map(ToString::to_string).collect();
    assert_eq!(codes, ["343", "412"]);
    assert_eq!(segment(found.scores[0], &STANDARD_RULES), Segment::Named("Potential Loyalist"));
}

#[test]
fn a_value_at_a_threshold_belongs_below_it() {
    let options = BinOptions { n_bins: 2, ..higher(Binning::Thresholds(vec![10.0])) };
    check(&[9.99, 10.0, 10.01], &options, &[1, 1, 2], BinState::Full);
}

#[test]
fn options_that_cannot_be_used_are_refused() {
    let of = |values: &[f64], options| bins(values, &options).unwrap_err();
    let quantile = || higher(Binning::Quantile);
    let thresholds = |list: &[f64]| higher(Binning::Thresholds(list.to_vec()));
    assert_eq!(
        of(&[], BinOptions { n_bins: 0, ..quantile() }),
        BinError::CountOutOfRange { n_bins: 0 }
    );
    assert_eq!(
        of(&[], BinOptions { n_bins: 10, ..quantile() }),
        BinError::CountOutOfRange { n_bins: 10 }
    );
    assert_eq!(of(&[1.0, f64::NAN], quantile()), BinError::NotFinite { value_idx: 1 });
    assert_eq!(
        of(&[], thresholds(&[1.0])),
        BinError::ThresholdCount { n_thresholds: 1, n_bins: 5 }
    );
    assert_eq!(
        of(&[], thresholds(&[1.0, 2.0, 2.0, 3.0])),
        BinError::ThresholdOrder { threshold_idx: 2 }
    );
    assert_eq!(
        of(&[], thresholds(&[1.0, f64::NAN, 2.0, 3.0])),
        BinError::ThresholdOrder { threshold_idx: 1 }
    );
    let nobody: [RfmValues<u8>; 0] = [];
    let options = RfmOptions { n_bins: 0, ..RfmOptions::STANDARD };
    assert!(rfm_scores(&nobody, &options).is_err(), "even when there is nobody to score");
}

#[test]
fn nested_scores_compare_customers_of_one_recency() {
    let customer = |recency_days, n_orders, revenue_minor| RfmValues {
        customer: (),
        recency_days,
        n_orders,
        revenue_minor,
    };
    // Two halves by recency; the frequent of the long gone order less than the rare of the recent.
    let customers =
        [customer(10, 50, 400), customer(10, 60, 300), customer(90, 1, 200), customer(90, 2, 100)];
    let independent = RfmOptions { n_bins: 2, ..RfmOptions::STANDARD };
    let nested = RfmOptions { nesting: Nesting::Nested, ..independent.clone() };
    let codes = |options| {
        let scores = rfm_scores(&customers, options).unwrap().scores;
        scores.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(codes(&independent), ["222", "222", "111", "111"]);
    // Nobody shares both other scores, so value tells nobody apart.
    assert_eq!(codes(&nested), ["211", "221", "111", "121"]);
    assert_eq!(rfm_scores(&customers, &nested).unwrap().monetary, BinState::AllEqual);
}

fn june(from: Option<jiff::civil::Date>) -> RfmWindow {
    RfmWindow { from, analysis_date: date(2024, 6, 1), zone: TimeZone::UTC }
}

fn order(customer: u8, at: &str, amount_minor: i64) -> Order<u8> {
    Order { customer, at: utc(at), amount_minor }
}

#[test]
fn an_order_after_the_analysis_is_an_error_and_one_on_its_day_is_not() {
    let expected =
        RfmError::OrderAfterAnalysis { ordered: date(2024, 6, 2), analysis_date: date(2024, 6, 1) };
    let found = rfm_values(&[order(1, "2024-06-02T00:00", 5)], &june(None));
    assert_eq!(found, Err(expected));
    let today = rfm_values(&[order(1, "2024-06-01T23:59", 5)], &june(None)).unwrap();
    assert_eq!(today.values[0].recency_days, 0);
    // By the clock of the shop it is still the first.
    let chicago = RfmWindow { zone: zone("America/Chicago"), ..june(None) };
    let evening = rfm_values(&[order(1, "2024-06-02T04:59", 5)], &chicago).unwrap();
    assert_eq!(evening.values[0].recency_days, 0);
}

#[test]
fn refunds_lower_revenue_below_zero_but_are_no_purchase() {
    let orders = [
        order(1, "2024-05-01T00:00", 500),
        order(1, "2024-05-30T00:00", -900),
        order(2, "2024-05-30T00:00", -100),
    ];
    let table = rfm_values(&orders, &june(None)).unwrap();
    assert_eq!((table.values.len(), table.n_without_purchase), (1, 1));
    let only = &table.values[0];
    assert_eq!((only.recency_days, only.n_orders, only.revenue_minor), (31, 1, -400));
}

#[test]
fn the_last_purchase_is_the_latest_and_not_the_last_listed() {
    let orders = [order(1, "2024-05-30T00:00", 500), order(1, "2024-05-01T00:00", 700)];
    let table = rfm_values(&orders, &june(None)).unwrap();
    assert_eq!(table.values[0].recency_days, 2);
}

#[test]
fn a_window_forgets_what_lies_before_it() {
    let orders = [order(1, "2023-12-31T23:59", 500), order(1, "2024-01-01T00:00", 700)];
    let table = rfm_values(&orders, &june(Some(date(2024, 1, 1)))).unwrap();
    assert_eq!((table.values[0].n_orders, table.values[0].revenue_minor), (1, 700));
}

#[test]
fn leap_days_and_clock_changes_are_whole_days_of_recency() {
    let newyork =
        RfmWindow { zone: zone("America/New_York"), analysis_date: date(2024, 3, 11), from: None };
    // 23:30 local on 28 February; the 29th exists, and on 10 March an hour is skipped.
    let table = rfm_values(&[order(1, "2024-02-29T04:30", 5)], &newyork).unwrap();
    assert_eq!(table.values[0].recency_days, 12);
}

#[test]
fn segments_hold_everybody_once() {
    let score = |recency, frequency, monetary| RfmScore { recency, frequency, monetary };
    let mix = segment_mix(&[score(5, 5, 5), score(5, 4, 1), score(1, 1, 1)], &STANDARD_RULES);
    let counts: Vec<u64> = mix.iter().map(|share| share.part.count()).collect();
    assert_eq!(counts, [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
    assert_eq!(mix[10].segment, Segment::Other);
    assert_eq!(segment_mix(&[], &STANDARD_RULES)[0].part.share(), None);
}
