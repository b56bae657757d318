//! Edges of the metrics of customers: retention, repeat and further sales, revenue and health.

use jiff::tz::TimeZone;
use scoring::Direction::{HigherIsBetter, LowerIsBetter};
use scoring::EstimateOptions;
use scoring::proportion::{Method, PartError, estimate};
use service::commerce::{
    Basket, Contact, CustomerCounts, History, LAPSE_DAYS_DEFAULT, Order, Repeat, RetentionByCount,
    RetentionError, Upgrades, Variant, churn, compounded, cross_sell, customers_in, histories,
    lapse_days, lapsed, repeat_purchase_rate, repeat_purchase_rate_at_age, repeat_sales,
    retention_by_count, retention_by_id, service_influenced_revenue, upsell,
};
use service::health::{
    Band, COVERAGE_MIN_DEFAULT, Component, HealthBands, HealthError, HealthState, Measured, health,
};

use crate::sample::{days, utc, zone};

fn order(customer: &'static str, at: &str, amount_minor: i64) -> Order<&'static str> {
    Order { customer, at: utc(at), amount_minor }
}

#[test]
fn churn_of_a_telephone_company_comes_with_its_interval() {
    let part = churn(1869, 7043).unwrap();
    let found = estimate(part, Method::Wilson, &EstimateOptions::STANDARD);
    let interval = found.interval.unwrap();
    assert!((found.value.unwrap() - 0.2654).abs() < 5e-5);
    assert!((interval.low - 0.255).abs() < 5e-4 && (interval.high - 0.276).abs() < 5e-4);
}

#[test]
fn more_lost_than_there_were_is_an_error() {
    assert_eq!(churn(6, 5), Err(PartError::MoreThanWhole { count: 6, of: 5 }));
    assert_eq!(churn(0, 0).unwrap().share(), None);
}

#[test]
fn compounding_has_its_limits() {
    assert_eq!((compounded(0.0, 12), compounded(1.0, 12)), (Some(0.0), Some(1.0)));
    assert_eq!((compounded(0.3, 0), compounded(1.0, 0)), (Some(0.0), Some(0.0)));
    assert_eq!((compounded(-0.1, 12), compounded(f64::NAN, 12)), (None, None));
    let tiny = compounded(1e-18, 12).unwrap();
    assert!((tiny / 1.2e-17 - 1.0).abs() < 1e-12, "{tiny}");
}

#[test]
fn counts_of_customers_that_contradict_each_other_are_refused() {
    let counts = CustomerCounts { n_start: 10, n_end: 5, n_new: 6 };
    let expected = RetentionError::MoreNewThanEnd { n_new: 6, n_end: 5 };
    assert_eq!(retention_by_count(counts), Err(expected));
}

#[test]
fn nobody_at_the_start_cannot_stay() {
    let counts = CustomerCounts { n_start: 0, n_end: 10, n_new: 10 };
    assert_eq!(retention_by_count(counts), Ok(RetentionByCount::NoCustomers));
    let by_id = retention_by_id(&[].into(), &["ann"].into());
    assert_eq!((by_id.retained.share(), by_id.churned.share(), by_id.n_gained), (None, None, 1));
}

#[test]
fn a_silence_begins_with_the_last_purchase_and_not_with_a_refund() {
    let orders = [order("ann", "2024-01-01T00:00", 100), order("ann", "2024-05-30T00:00", -100)];
    let as_of = utc("2024-06-01T00:00");
    assert_eq!(lapsed(&orders, days(90), as_of).share(), Some(1.0));
    assert_eq!(lapsed(&orders, days(152), as_of).share(), Some(0.0), "exactly as long");
    assert_eq!(lapsed(&orders[1..], days(90), as_of).share(), None);
    let later = [orders[0], order("ann", "2024-06-02T00:00", 100)];
    assert_eq!(lapsed(&later, days(90), as_of).share(), Some(1.0), "not bought yet");
}

#[test]
fn orders_of_one_moment_do_not_tell_how_long_a_silence_is() {
    let orders = [order("ann", "2024-01-01T00:00", 1), order("ann", "2024-01-01T00:00", 1)];
    assert!((lapse_days(&orders) - LAPSE_DAYS_DEFAULT).abs() < 1e-12);
}

#[test]
fn a_period_holds_its_start_and_not_its_end() {
    let orders = [order("ann", "2024-05-01T00:00", 1), order("bob", "2024-06-01T00:00", 1)];
    let may = utc("2024-05-01T00:00")..utc("2024-06-01T00:00");
    assert_eq!(customers_in(&orders, &may), ["ann"].into());
}

#[test]
fn the_same_two_orders_lie_on_one_day_here_and_on_two_there() {
    let orders = [order("ann", "2024-05-01T03:00", 1), order("ann", "2024-05-01T05:00", 1)];
    let by_day = |name| repeat_purchase_rate(&orders, &Repeat::Day(zone(name))).share();
    assert_eq!((by_day("UTC"), by_day("America/New_York")), (Some(0.0), Some(1.0)));
}

#[test]
fn refunds_are_neither_repeats_nor_sales() {
    let orders = [order("ann", "2024-05-01T00:00", 500), order("ann", "2024-05-02T00:00", -500)];
    assert_eq!(repeat_purchase_rate(&orders, &Repeat::Order).share(), Some(0.0));
    let sales = repeat_sales(&orders);
    assert_eq!((sales.orders.count(), sales.orders.of(), sales.total_minor), (0, 1, 500));
}

#[test]
fn no_sales_have_no_share() {
    let none: [Order<u8>; 0] = [];
    let sales = repeat_sales(&none);
    assert_eq!((sales.orders.share(), sales.share, sales.value_minor), (None, None, 0));
    assert_eq!(repeat_sales(&[order("ann", "2024-05-01T00:00", 0)]).share, None);
}

#[test]
fn the_largest_amounts_are_added_exactly() {
    let orders =
        [order("ann", "2024-05-01T00:00", i64::MAX), order("ann", "2024-05-02T00:00", i64::MAX)];
    let sales = repeat_sales(&orders);
    assert_eq!(sales.total_minor, 2 * i128::from(i64::MAX));
    assert_eq!(sales.share, Some(0.5));
}

#[test]
fn of_two_orders_at_one_instant_the_first_listed_is_the_first() {
    let orders = [order("ann", "2024-05-01T00:00", 300), order("ann", "2024-05-01T00:00", 100)];
    assert_eq!(repeat_sales(&orders).value_minor, 100);
}

#[test]
fn a_repeat_at_the_very_age_counts_and_a_later_one_does_not() {
    let at = |second| {
        let orders = [order("ann", "2024-05-01T00:00", 1), order("ann", second, 1)];
        let as_of = utc("2024-06-01T00:00");
        repeat_purchase_rate_at_age(&orders, &Repeat::Order, days(7), as_of).count()
    };
    assert_eq!((at("2024-05-08T00:00"), at("2024-05-08T00:01")), (1, 0));
}

#[test]
fn an_order_after_several_contacts_counts_once_and_one_before_not_at_all() {
    let contact = |at: &str| Contact { customer: "ann", at: utc(at) };
    let contacts = [contact("2024-05-03T00:00"), contact("2024-05-02T00:00")];
    let week = days(7);
    let of = |at| service_influenced_revenue(&[order("ann", at, 500)], &contacts, week);
    assert_eq!(of("2024-05-04T00:00").influenced_minor, 500);
    assert_eq!(of("2024-05-01T23:59").influenced_minor, 0);
    assert_eq!(of("2024-05-03T00:00").influenced_minor, 500, "at the very instant");
    assert_eq!(of("2024-05-10T00:00").influenced_minor, 500, "at the end of the window");
    assert_eq!(of("2024-05-10T00:01").influenced_minor, 0);
    assert_eq!(service_influenced_revenue(&[], &contacts, week).share, None);
}

#[test]
fn customers_without_a_first_purchase_are_not_in_the_base() {
    let none: Upgrades<&str, ()> = Upgrades::Listed([].into());
    let empty = History { first: [].into(), later: ["towel"].into() };
    assert_eq!(cross_sell(&[empty], &none).share(), None);
}

#[test]
fn dearer_in_another_category_is_no_upgrade() {
    let variant = |category, price_minor| Variant { category, price_minor };
    let upgrades = Upgrades::Dearer(
        [
            ("soap", variant("soap", 100)),
            ("soap xl", variant("soap", 180)),
            ("soap twin", variant("soap", 100)),
            ("towel", variant("towel", 900)),
        ]
        .into(),
    );
    let later = |product| [History { first: ["soap"].into(), later: [product].into() }];
    let both = |product| {
        let histories = later(product);
        (upsell(&histories, &upgrades).count(), cross_sell(&histories, &upgrades).count())
    };
    assert_eq!(both("soap xl"), (1, 0));
    assert_eq!(both("soap twin"), (0, 1), "as dear is not dearer");
    assert_eq!(both("towel"), (0, 1));
    assert_eq!(both("unlisted"), (0, 1));
}

#[test]
fn baskets_of_the_first_moment_are_one_first_purchase() {
    let basket = |at: &str, products: &[&'static str]| Basket {
        customer: "ann",
        at: utc(at),
        products: products.to_vec(),
    };
    let found = histories(&[
        basket("2024-05-01T00:00", &[]),
        basket("2024-05-02T00:00", &["soap"]),
        basket("2024-05-02T00:00", &["towel"]),
        basket("2024-05-03T00:00", &["soap"]),
    ]);
    assert_eq!(found[&"ann"].first, ["soap", "towel"].into());
    assert_eq!(found[&"ann"].later, ["soap"].into());
}

/// Satisfaction, hours to respond, orders and order value, as weights .30, .20, .25 and .25.
fn usual_health(values: [Option<f64>; 4]) -> [Measured; 4] {
    let components = [
        Component::new(0.30, 0.0, 100.0, HigherIsBetter),
        Component::new(0.20, 0.0, 24.0, LowerIsBetter),
        Component::new(0.25, 0.0, 10.0, HigherIsBetter),
        Component::new(0.25, 0.0, 200.0, HigherIsBetter),
    ];
    let mut values = values.into_iter();
    components
        .map(|component| Measured { component: component.unwrap(), value: values.next().flatten() })
}

#[track_caller]
fn check_health(values: [Option<f64>; 4], score: Option<f64>, coverage: f64, state: HealthState) {
    let found = health(&usual_health(values), COVERAGE_MIN_DEFAULT).unwrap();
    assert_eq!(found.state, state, "{found:?}");
    assert!((found.coverage - coverage).abs() < 1e-12, "{found:?}");
    match (found.score, score) {
        (Some(found), Some(expected)) => assert!((found - expected).abs() < 0.005, "{found}"),
        (found, expected) => assert_eq!(found, expected),
    }
}

#[test]
fn what_is_missing_is_stood_in_for_by_the_rest() {
    let (hours, orders, value) = (Some(6.0), Some(4.0), Some(60.0));
    check_health([Some(80.0), hours, orders, value], Some(56.5), 1.0, HealthState::Complete);
    check_health([None, hours, orders, value], Some(46.43), 0.70, HealthState::Partial);
    check_health([None, None, orders, value], Some(35.0), 0.50, HealthState::Partial);
    check_health([None, hours, orders, None], None, 0.45, HealthState::LowCoverage);
    check_health([None; 4], None, 0.0, HealthState::NoData);
}

#[test]
fn health_that_is_not_defined_is_refused() {
    let nothing = Component::new(0.0, 0.0, 1.0, HigherIsBetter).unwrap();
    let of = |component, value| health(&[Measured { component, value }], COVERAGE_MIN_DEFAULT);
    assert_eq!(of(nothing, Some(1.0)), Err(HealthError::TotalWeight { total: 0.0 }));
    assert_eq!(health(&[], 0.5), Err(HealthError::TotalWeight { total: 0.0 }));
    let some = Component::new(1.0, 0.0, 1.0, HigherIsBetter).unwrap();
    assert_eq!(of(some, Some(f64::INFINITY)), Err(HealthError::Value { component_idx: 0 }));
    assert!(of(some, Some(f64::NAN)).is_err());
    let measured = [Measured { component: some, value: None }];
    assert_eq!(health(&measured, 1.5), Err(HealthError::CoverageMin { coverage_min: 1.5 }));
    for weight in [-1.0, f64::INFINITY, f64::NAN] {
        assert!(Component::new(weight, 0.0, 1.0, HigherIsBetter).is_err());
    }
    for (min, max) in [(1.0, 1.0), (2.0, 1.0), (f64::NAN, 1.0), (-f64::MAX, f64::MAX)] {
        assert!(Component::new(1.0, min, max, HigherIsBetter).is_err());
    }
}

#[test]
fn a_component_that_weighs_nothing_may_be_missing() {
    let counts = Component::new(1.0, 0.0, 1.0, HigherIsBetter).unwrap();
    let ignored = Component::new(0.0, 0.0, 1.0, HigherIsBetter).unwrap();
    let measured = [
        Measured { component: counts, value: Some(0.25) },
        Measured { component: ignored, value: None },
    ];
    let found = health(&measured, 1.0).unwrap();
    assert_eq!((found.score, found.state), (Some(25.0), HealthState::Complete));
    assert_eq!(found.points, [Some(25.0), None]);
}

#[test]
fn bands_include_where_they_begin() {
    let bands = HealthBands::STANDARD;
    let found = [0.0, 39.9, 40.0, 69.9, 70.0, 100.0].map(|score| bands.band(score));
    let expected = [Band::Red, Band::Red, Band::Yellow, Band::Yellow, Band::Green, Band::Green];
    assert_eq!(found, expected);
    assert!(HealthBands::new(f64::NAN, 70.0).is_err());
}

#[test]
fn a_repeat_on_another_day_needs_only_one_such_order() {
    let orders = [
        order("ann", "2024-05-01T08:00", 1),
        order("ann", "2024-05-01T09:00", 1),
        order("ann", "2024-05-02T09:00", 1),
    ];
    assert_eq!(repeat_purchase_rate(&orders, &Repeat::Day(TimeZone::UTC)).share(), Some(1.0));
}
