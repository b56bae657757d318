//! Cases of CSAT and CES.

use std::collections::BTreeMap;

use scoring::proportion::Method;
use scoring::weights::{Weighted, weighted_mean};
use scoring::{
    ConfidenceLevel, Counts, Direction, Estimate, EstimateOptions, Pair, Scale, ScalePoint, ces,
    csat, mean,
};
use serde_json::Value;

use super::io::{Inputs, Outcome, maybe, number, object, refused};
use super::shares::{level, part_of};

const OPTIONS: EstimateOptions = EstimateOptions::UNSUPPRESSED;

pub fn run(metric: &str, inputs: &Inputs) -> Option<Outcome> {
    Some(match metric {
        "csat.top_box" => top_box(inputs),
        "csat.good_bad" => good_bad(inputs),
        "csat.mean" => counts(inputs, Direction::HigherIsBetter)
            .map(|counts| named("mean", &csat::csat_mean(&counts, &OPTIONS))),
        "csat.normalized_mean" => counts(inputs, Direction::HigherIsBetter)
            .map(|counts| named("value", &csat::normalised_mean(&counts, &OPTIONS))),
        "csat.mean_ci" => mean_interval(inputs),
        "csat.change" => change(inputs),
        "csat.weighted_mean" => weighted(inputs),
        "ces.percent_easy" => percent_easy(inputs),
        "ces.mean" => {
            ease_counts(inputs).map(|counts| named("mean", &ces::ces_mean(&counts, &OPTIONS)))
        }
        "ces.net_ease" => net_ease(inputs),
        _ => return None,
    })
}

fn named(name: &'static str, estimate: &Estimate) -> Value {
    object([
        (name, maybe(estimate.value)),
        ("n", estimate.n.into()),
        ("missing", estimate.missing.into()),
    ])
}

/// The answers of a case, given one by one or as a number a point.
fn counts(inputs: &Inputs, direction: Direction) -> Result<Counts, String> {
    let scale = if inputs.has("scale") {
        let scale = inputs.inner("scale")?;
        Scale::new(scale.i16("min")?, scale.i16("max")?, direction).map_err(refused)?
    } else {
        spanned(inputs, direction)?
    };
    let mut counts = Counts::new(scale);
    if inputs.has("counts") {
        for (point, n) in inputs.map("counts")? {
            let point = ScalePoint(point.parse().map_err(refused)?);
            counts.add(point, n.as_u64().ok_or("a count is not one")?);
        }
    } else {
        for response in inputs.list("responses")? {
            match response {
                Value::Null => counts.record_missing(),
                value => counts.record_text(&value.to_string(), &[]),
            }
        }
    }
    Ok(counts)
}

/// The scale from the lowest to the highest answer counted, for cases that do not name one.
fn spanned(inputs: &Inputs, direction: Direction) -> Result<Scale, String> {
    let points: Vec<i16> = inputs
        .map("counts")?
        .keys()
        .map(|point| point.parse().map_err(refused))
        .collect::<Result<_, _>>()?;
    let ends = points.iter().min().zip(points.iter().max()).ok_or("no counts")?;
    Scale::new(*ends.0, *ends.1, direction).map_err(refused)
}

fn top_box(inputs: &Inputs) -> Outcome {
    let counts = counts(inputs, Direction::HigherIsBetter)?;
    let from = ScalePoint(inputs.i16("positive_from")?);
    let csat = csat::top_box(&counts, from, Method::Wilson, &OPTIONS).map_err(refused)?;
    Ok(named("csat", &csat))
}

fn good_bad(inputs: &Inputs) -> Outcome {
    let part = csat::good_of_rated(inputs.u64("good")?, inputs.u64("bad")?).map_err(refused)?;
    Ok(object([("csat", maybe(part.percent())), ("n", part.of().into())]))
}

fn mean_interval(inputs: &Inputs) -> Outcome {
    let moments = mean::of_values(&inputs.f64s("responses")?);
    let interval = match moments {
        Some(moments) => moments.interval(level(inputs)?),
        None => None,
    };
    Ok(object([
        ("mean", maybe(moments.map(|moments| moments.mean))),
        ("sd", maybe(moments.and_then(|moments| moments.sd))),
        ("lower", maybe(interval.map(|interval| interval.low))),
        ("upper", maybe(interval.map(|interval| interval.high))),
    ]))
}

fn change(inputs: &Inputs) -> Outcome {
    let before = part_of(&inputs.inner("before")?, "positive", "n")?;
    let after = part_of(&inputs.inner("after")?, "positive", "n")?;
    let change = csat::change(Pair { before, after }, level(inputs)?).ok_or("nobody answered")?;
    let ends = [change.interval.low, change.interval.high].map(|end| number(100.0 * end));
    Ok(object([
        ("before", maybe(before.percent())),
        ("after", maybe(after.percent())),
        ("delta_points", number(100.0 * change.difference)),
        ("z", maybe(change.z_test.map(|test| test.z))),
        ("p_value", number(change.p)),
        ("newcombe", ends.to_vec().into()),
    ]))
}

fn weighted(inputs: &Inputs) -> Outcome {
    let answers: Vec<_> = inputs
        .f64s("responses")?
        .into_iter()
        .zip(inputs.f64s("weights")?)
        .map(|(value, weight)| Weighted { value, weight })
        .collect();
    let mean = weighted_mean(&answers, ConfidenceLevel::P95).map_err(refused)?;
    Ok(object([
        ("mean", maybe(mean.map(|mean| mean.value))),
        ("variance_ddof0", maybe(mean.map(|mean| mean.variance))),
    ]))
}

/// The answers of an effort case; a scale without a direction is refused.
fn ease_counts(inputs: &Inputs) -> Result<Counts, String> {
    let scale = inputs.inner("scale")?;
    let name = scale.text("direction")?;
    let direction = ces::direction_from_name(name).ok_or("the direction is unknown")?;
    counts(inputs, direction)
}

fn percent_easy(inputs: &Inputs) -> Outcome {
    let counts = if inputs.has("labels") { labelled(inputs)? } else { ease_counts(inputs)? };
    let easy_from = if inputs.has("easy_boxes") {
        counts.scale().max() - inputs.i16("easy_boxes")? + 1
    } else {
        inputs.i16("easy_from")?
    };
    let ces = ces::percent_easy(&counts, ScalePoint(easy_from), Method::Wilson, &OPTIONS);
    Ok(named("ces", &ces.map_err(refused)?))
}

fn labelled(inputs: &Inputs) -> Result<Counts, String> {
    let mapping = inputs.inner("mapping")?;
    let table: BTreeMap<String, ScalePoint> = inputs
        .map("mapping")?
        .keys()
        .map(|label| Ok((label.clone(), ScalePoint(mapping.i16(label)?))))
        .collect::<Result<_, String>>()?;
    let ends = table.values().min().zip(table.values().max()).ok_or("an empty mapping")?;
    let scale = Scale::new(ends.0.0, ends.1.0, Direction::HigherIsBetter).map_err(refused)?;
    let labels = inputs.texts("labels")?;
    Ok(ces::counts_from_labels(scale, &table, labels.iter().map(String::as_str)))
}

fn net_ease(inputs: &Inputs) -> Outcome {
    let counts = ease_counts(inputs)?;
    let neutral_from = ScalePoint(inputs.i16("difficult_to")? + 1);
    let easy_from = ScalePoint(inputs.i16("easy_from")?);
    let method = scoring::nps::Method::AdjustedWald;
    let net = ces::net_ease(&counts, neutral_from, easy_from, method, &OPTIONS);
    Ok(named("net", &net.map_err(refused)?))
}
