//! Cases of orders: further sales, influenced revenue and RFM.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use scoring::Direction;
use scoring::proportion::Part;
use serde_json::Value;
use service::commerce::rfm::{
    BinOptions, Binning, FewerBins, RfmScore, RfmWindow, Segment, SegmentRule, bins, rfm_values,
    segment,
};
use service::commerce::{
    Contact, History, Order, Upgrades, cross_sell, cross_sell_or_upsell,
    service_influenced_revenue, upsell,
};

use super::times::instant;
use crate::io::{Inputs, Outcome, maybe, number, object, refused};
use crate::sample::days;

pub(super) fn run(metric: &str, inputs: &Inputs) -> Option<Outcome> {
    Some(match metric {
        "cross_sell" => further_sales(inputs),
        "rfm.bins" => rfm_bins(inputs),
        "rfm.score" => rfm_of_orders(inputs),
        "rfm.segment" => rfm_segment(inputs),
        "service_revenue" => influenced(inputs),
        _ => return None,
    })
}

fn percent(part: Part) -> Value {
    maybe(part.percent())
}

fn further_sales(inputs: &Inputs) -> Outcome {
    let mut listed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let upgrades = inputs.inner("upgrades")?;
    for from in inputs.map("upgrades")?.keys() {
        listed.insert(from.clone(), upgrades.texts(from)?.into_iter().collect());
    }
    let upgrades: Upgrades<String, ()> = Upgrades::Listed(listed);
    let mut histories = Vec::new();
    for customer in inputs.inners("customers")? {
        histories.push(History {
            first: customer.texts("before")?.into_iter().collect(),
            later: customer.texts("after")?.into_iter().collect(),
        });
    }
    let other = cross_sell(&histories, &upgrades);
    Ok(object([
        ("cross_sell", percent(other)),
        ("upsell", percent(upsell(&histories, &upgrades))),
        ("either", percent(cross_sell_or_upsell(&histories, &upgrades))),
        ("base", Value::from(other.of())),
    ]))
}

/// An amount of a case in cents.
#[allow(clippy::cast_possible_truncation, reason = "amounts of the cases are small and whole")]
fn cents(amount: f64) -> i64 {
    (100.0 * amount).round() as i64
}

fn orders(inputs: &Inputs, date_key: &str) -> Result<Vec<Order<String>>, String> {
    let mut orders = Vec::new();
    for order in inputs.inners("orders")? {
        orders.push(Order {
            customer: order.text("customer")?.to_owned(),
            at: instant(order.text(date_key)?, &TimeZone::UTC)?,
            amount_minor: cents(order.f64("amount")?),
        });
    }
    Ok(orders)
}

fn influenced(inputs: &Inputs) -> Outcome {
    let mut contacts = Vec::new();
    for contact in inputs.inners("interactions")? {
        contacts.push(Contact {
            customer: contact.text("customer")?.to_owned(),
            at: instant(contact.text("t")?, &TimeZone::UTC)?,
        });
    }
    let window = days(i64::try_from(inputs.u64("window_days")?).map_err(refused)?);
    let found = service_influenced_revenue(&orders(inputs, "t")?, &contacts, window);
    Ok(object([
        ("influenced", number(found.influenced_minor as f64 / 100.0)),
        ("total", number(found.total_minor as f64 / 100.0)),
        ("share", maybe(found.share.map(|share| 100.0 * share))),
    ]))
}

fn rfm_of_orders(inputs: &Inputs) -> Outcome {
    let analysis_date: Date = inputs.text("analysis_date")?.parse().map_err(refused)?;
    let window = RfmWindow { from: None, analysis_date, zone: TimeZone::UTC };
    let table = rfm_values(&orders(inputs, "date")?, &window).map_err(refused)?;
    Ok(object([("n", Value::from(table.values.len()))]))
}

fn rfm_bins(inputs: &Inputs) -> Outcome {
    let binning = match inputs.text("method")? {
        "quantile_R7_right_closed" | "quantile_R7_right_closed_drop_duplicates" => {
            Binning::Quantile
        }
        "rank_first_quantile" => Binning::RankFirst,
        other => return Err(format!("{other} is no convention")),
    };
    let is_turned = inputs.has("direction") && inputs.text("direction")? == "lower_is_better";
    let direction = if is_turned { Direction::LowerIsBetter } else { Direction::HigherIsBetter };
    let n_bins = u8::try_from(inputs.u64("bins")?).map_err(refused)?;
    let options = BinOptions { binning, n_bins, direction, fewer: FewerBins::Keep };
    let found = bins(&inputs.f64s("values")?, &options).map_err(refused)?;
    Ok(object([("scores", Value::from(found.scores))]))
}

fn rfm_segment(inputs: &Inputs) -> Outcome {
    if inputs.text("rule")? != "first match" {
        return Err("only the first rule that holds counts".to_owned());
    }
    let score = |key| u8::try_from(inputs.u64(key)?).map_err(refused);
    let (recency, frequency, monetary) = (score("R")?, score("F")?, score("M")?);
    let names = inputs.texts("names")?;
    let (r, f, m) = (ranges(inputs, "r")?, ranges(inputs, "f")?, ranges(inputs, "m")?);
    let rules: Vec<SegmentRule<'_>> = (0..names.len())
        .map(|idx| SegmentRule {
            name: &names[idx],
            recency: r[idx].clone(),
            frequency: f[idx].clone(),
            monetary: m[idx].clone(),
        })
        .collect();
    let score = RfmScore { recency, frequency, monetary };
    assert_eq!(rules, service::commerce::rfm::STANDARD_RULES, "the rules we offer");
    match segment(score, &rules) {
        Segment::Named(name) => Ok(object([("segment", Value::from(name))])),
        Segment::Other => Ok(object([("segment", Value::Null)])),
    }
}

fn ranges(inputs: &Inputs, key: &str) -> Result<Vec<RangeInclusive<u8>>, String> {
    let end = |end: &Value| end.as_u64().and_then(|end| u8::try_from(end).ok());
    let range = |range: &Value| Some(end(&range[0])?..=end(&range[1])?);
    inputs.list(key)?.iter().map(|given| range(given).ok_or(format!("{key}: {given}"))).collect()
}
