//! Figures of orders.

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use service::commerce::rfm::{
    RfmOptions, RfmWindow, STANDARD_RULES, Segment, rfm_scores, rfm_values, segment_mix,
};
use service::commerce::{
    Contact, Order, Repeat, customers_in, lapse_days, lapsed, repeat_purchase_rate, repeat_sales,
    retention_by_id, service_influenced_revenue,
};

use super::{Arguments, Figures, Unit};

/// Adds every figure of the orders up to `as_of`.
///
/// # Errors
/// When the scores of customers cannot be made.
pub(super) fn figures(
    all: &[Order<String>],
    contacts: Option<&[Contact<String>]>,
    as_of: Timestamp,
    args: &Arguments,
    figures: &mut Figures,
) -> Result<()> {
    let orders: Vec<Order<String>> = all.iter().filter(|o| o.at <= as_of).cloned().collect();
    let n = orders.len() as u64;
    let money = |minor: i128| minor as f64 / 10_f64.powi(i32::from(args.decimals));
    figures.count("orders", n);
    let window = SignedDuration::from_hours(24 * i64::from(args.retention_days));
    let days = (as_of.checked_sub(window), as_of.checked_sub(window + window));
    let table = rfm_values(
        &orders,
        &RfmWindow {
            from: None,
            analysis_date: args.zone.to_datetime(as_of).date(),
            zone: args.zone.clone(),
        },
    )?;
    figures.count("customers", table.values.len() as u64);
    let sales = repeat_sales(&orders);
    figures.number("revenue", Unit::Money, Some(money(sales.total_minor)), n);
    figures.part("repeat_purchase_rate", "", repeat_purchase_rate(&orders, &Repeat::Order));
    figures.part("repeat_orders", "", sales.orders);
    figures.number("repeat_sales", Unit::Money, Some(money(sales.value_minor)), n);
    let percent = |share: Option<f64>| share.map(|share| share * 100.0);
    figures.number("repeat_sales_share", Unit::Percent, percent(sales.share), n);
    if let (Ok(middle), Ok(from)) = days {
        let before = customers_in(&orders, &(from..middle));
        let since = customers_in(&orders, &(middle..as_of));
        let found = retention_by_id(&before, &since);
        figures.part("retention", "", found.retained);
        figures.part("churn", "", found.churned);
        figures.count("customers_gained", found.n_gained);
    }
    let silence = SignedDuration::try_from_secs_f64(lapse_days(&orders) * 86_400.0)?;
    figures.part("lapsed_customers", "", lapsed(&orders, silence, as_of));
    if let Some(contacts) = contacts {
        let window = SignedDuration::from_hours(24 * i64::from(args.influence_days));
        let found = service_influenced_revenue(&orders, contacts, window);
        let influenced = Some(money(found.influenced_minor));
        figures.number("service_influenced_revenue", Unit::Money, influenced, n);
        let share = percent(found.share);
        figures.number("service_influenced_revenue_share", Unit::Percent, share, n);
    }
    let scores = rfm_scores(&table.values, &RfmOptions::STANDARD)?;
    for share in segment_mix(&scores.scores, &STANDARD_RULES) {
        let name = match share.segment {
            Segment::Named(name) => name,
            Segment::Other => "other",
        };
        figures.part("rfm_segment", name, share.part);
    }
    Ok(())
}
