//! Cases of the net promoter score.

use std::collections::{BTreeMap, BTreeSet};

use scoring::display::{Rounding, round_ratio};
use scoring::nps::{
    self, Bootstrap, ChangeMethod, Groups, HalfScores, Method, is_attainable, mean_of_segments,
};
use scoring::score::Shares;
use scoring::weights::{Cell, RakeOptions, Stratum, Weighted, post_stratified, rake, weighted_nps};
use scoring::{
    Bands, Bucket, ConfidenceLevel, Counts, Direction, Metric, Pair, Scale, ScalePoint, plan,
};
use serde_json::Value;

use super::io::{Inputs, Outcome, maybe, number, object, refused};
use super::shares::{decimals, level};

pub fn run(metric: &str, inputs: &Inputs) -> Option<Outcome> {
    Some(match metric {
        "nps.score" => score(inputs),
        "nps.category" => category(inputs),
        "nps.rollup" => rollup(inputs),
        "nps.se" => groups(inputs).map(|groups| {
            object([("se", maybe(groups.standard_error().map(|points| points / 100.0)))])
        }),
        "nps.variance" => groups(inputs)
            .map(|groups| object([("variance", maybe(groups.variance())), ("ddof", 0.into())])),
        "nps.from_shares" => from_shares(inputs),
        "nps.ci" => interval(inputs),
        "nps.diff_test" => difference(inputs),
        "nps.sample_size" => sample_size(inputs),
        "nps.zero_test_exact" => {
            groups(inputs).map(|groups| object([("p_value", number(nps::zero_test_exact(groups)))]))
        }
        "nps.attainable" => attainable(inputs),
        "nps.post_stratified" => stratified(inputs),
        "nps.raked" => raked(inputs),
        _ => return None,
    })
}

/// The three groups of a case, given as such or as answers.
pub fn groups(inputs: &Inputs) -> Result<Groups, String> {
    if inputs.has("responses") { Ok(counted(inputs)?.1) } else { named_groups(inputs) }
}

pub fn named_groups(inputs: &Inputs) -> Result<Groups, String> {
    Ok(Groups {
        detractors: inputs.u64("detractors")?,
        passives: inputs.u64("passives")?,
        promoters: inputs.u64("promoters")?,
    })
}

fn counted(inputs: &Inputs) -> Result<(Counts, Groups), String> {
    let (scale, bands) = if inputs.has("scale") {
        let given = inputs.inner("scale")?;
        let direction = Direction::HigherIsBetter;
        let scale = Scale::new(given.i16("min")?, given.i16("max")?, direction).map_err(refused)?;
        let middle_from = ScalePoint(given.i16("detractor_max")? + 1);
        let top_from = ScalePoint(given.i16("promoter_min")?);
        (scale, Bands::new(scale, middle_from, top_from).map_err(refused)?)
    } else {
        (Scale::NPS, Bands::standard(Metric::Nps, Scale::NPS).map_err(refused)?)
    };
    let mut counts = Counts::new(scale);
    for response in inputs.list("responses")? {
        match response {
            Value::Null => counts.record_missing(),
            value => counts.record_text(&value.to_string(), &[]),
        }
    }
    let groups = Groups::from_counts(&counts, bands);
    Ok((counts, groups))
}

fn score(inputs: &Inputs) -> Outcome {
    let groups = groups(inputs)?;
    let mut fields = vec![("nps", maybe(groups.nps())), ("n", groups.n().into())];
    if inputs.has("responses") {
        let counts = counted(inputs)?.0;
        fields.push(("missing", counts.missing().into()));
        fields.push(("invalid", counts.invalid().into()));
    }
    if inputs.has("decimals") {
        let rounded = |net: i64| {
            let net = 100 * i128::from(net);
            let text = round_ratio(net, groups.n(), decimals(inputs)?, Rounding::HalfAwayFromZero);
            text.ok_or("nobody answered")?.parse::<f64>().map_err(refused)
        };
        let (promoters, detractors) = (groups.promoters as i64, groups.detractors as i64);
        fields.push(("display", number(rounded(promoters - detractors)?)));
        let twice = rounded(promoters)? - rounded(detractors)?;
        fields.push(("wrong_if_percentages_rounded_first", number(twice)));
    }
    Ok(object(fields))
}

fn category(inputs: &Inputs) -> Outcome {
    let halves = match inputs.text("half_scores")? {
        "right_closed_bins" => HalfScores::RightClosedBins,
        "invalid" => HalfScores::Invalid,
        other => return Err(format!("{other} is no rule for half scores")),
    };
    let bands = Bands::standard(Metric::Nps, Scale::NPS).map_err(refused)?;
    let name = |value: f64| match nps::category(value, Scale::NPS, bands, halves) {
        Some(Bucket::Bottom) => "detractor".into(),
        Some(Bucket::Middle) => "passive".into(),
        Some(Bucket::Top) => "promoter".into(),
        None => Value::Null,
    };
    let categories: Vec<Value> = inputs.f64s("responses")?.into_iter().map(name).collect();
    Ok(object([("categories", categories.into())]))
}

fn rollup(inputs: &Inputs) -> Outcome {
    let segments: Vec<Groups> =
        inputs.inners("segments")?.iter().map(named_groups).collect::<Result<_, _>>()?;
    Ok(object([
        ("pooled", maybe(nps::pooled(&segments).nps())),
        ("mean_of_segments", maybe(mean_of_segments(&segments))),
    ]))
}

fn from_shares(inputs: &Inputs) -> Outcome {
    let shares = Shares {
        bottom: inputs.f64("detractors_share")?,
        middle: inputs.f64("passives_share")?,
        top: inputs.f64("promoters_share")?,
    };
    let nps = nps::from_shares(shares).map_err(refused)?;
    Ok(object([("nps", number(nps.value)), ("variance", number(nps.variance))]))
}

fn interval(inputs: &Inputs) -> Outcome {
    let groups = groups(inputs)?;
    let (method, test) = match inputs.text("method")? {
        "adjusted_wald_3T" => (Method::AdjustedWald, Some(ChangeMethod::AdjustedWald)),
        "wald" => (Method::Wald, Some(ChangeMethod::Wald)),
        "tango_score" => (Method::TangoScore, None),
        "bootstrap_percentile" => {
            let resamples = u32::try_from(inputs.u64("resamples")?).map_err(refused)?;
            (Method::Bootstrap(Bootstrap::new(resamples, 20_171_123).map_err(refused)?), None)
        }
        other => return Err(format!("{other} is no method")),
    };
    let found = nps::interval(groups, method, level(inputs)?);
    let p = test.and_then(|method| nps::zero_test(groups, method)).map(|test| test.p);
    Ok(object([
        ("nps", maybe(groups.nps())),
        ("lower", maybe(found.map(|found| found.interval.low))),
        ("upper", maybe(found.map(|found| found.interval.high))),
        ("lower_unclipped", maybe(found.map(|found| found.unclipped.low))),
        ("upper_unclipped", maybe(found.map(|found| found.unclipped.high))),
        ("se", maybe(found.and_then(|found| found.standard_error))),
        ("p_value_vs_zero", maybe(p)),
        ("degenerate", found.is_some_and(|found| found.is_degenerate).into()),
    ]))
}

/// The published figures lose the sign; ours is brought into their form here and only here.
fn difference(inputs: &Inputs) -> Outcome {
    let (x, y) = (named_groups(&inputs.inner("x")?)?, named_groups(&inputs.inner("y")?)?);
    let method = match inputs.text("method")? {
        "adjusted_wald_3T" => ChangeMethod::AdjustedWald,
        "wald" => ChangeMethod::Wald,
        other => return Err(format!("{other} is no method")),
    };
    let level = level(inputs)?;
    let forth = nps::change(Pair { before: y, after: x }, method, level).ok_or("nobody")?;
    let back = nps::change(Pair { before: x, after: y }, method, level).ok_or("nobody")?;
    let up = if forth.adjusted_difference < 0.0 { back } else { forth };
    Ok(object([
        ("nps_x", maybe(x.nps())),
        ("nps_y", maybe(y.nps())),
        ("abs_delta", number(up.adjusted_difference)),
        ("se", number(up.standard_error)),
        ("z_abs", maybe(up.test.map(|test| test.z))),
        ("p_value", maybe(up.test.map(|test| test.p))),
        ("ci_of_abs_delta", vec![number(up.interval.low), number(up.interval.high)].into()),
    ]))
}

fn sample_size(inputs: &Inputs) -> Outcome {
    let (variance, margin) = (inputs.f64("variance")?, inputs.f64("margin_points")?);
    let n = plan::n_for_nps(variance, margin, level(inputs)?).map_err(refused)?;
    Ok(object([("n", n.into())]))
}

fn attainable(inputs: &Inputs) -> Outcome {
    let claimed = inputs.i16("claimed_integer_nps")?;
    Ok(object([("attainable", is_attainable(claimed, inputs.u64("n")?).into())]))
}

fn stratified(inputs: &Inputs) -> Outcome {
    let stratum = |stratum: &Inputs| {
        Ok(Stratum { population: stratum.f64("population")?, groups: named_groups(stratum)? })
    };
    let strata: Vec<Stratum> =
        inputs.inners("strata")?.iter().map(stratum).collect::<Result<_, String>>()?;
    let nps = post_stratified(&strata, ConfidenceLevel::P95).map_err(refused)?;
    Ok(object([
        ("unweighted", maybe(nps.map(|nps| nps.unweighted))),
        ("weighted", maybe(nps.map(|nps| nps.value))),
        ("se", maybe(nps.and_then(|nps| nps.standard_error))),
    ]))
}

fn raked(inputs: &Inputs) -> Outcome {
    let margins = inputs.inner("margins")?;
    let names: Vec<&String> = inputs.map("margins")?.keys().collect();
    let levels: BTreeMap<&str, Vec<String>> = names
        .iter()
        .map(|name| Ok((name.as_str(), margins.map(name)?.keys().cloned().collect())))
        .collect::<Result<_, String>>()?;
    let sizes: Vec<Vec<f64>> = names
        .iter()
        .map(|name| Ok(margins.map(name)?.values().filter_map(Value::as_f64).collect()))
        .collect::<Result<_, String>>()?;
    let rows = inputs.inners("cells")?;
    let cells: Vec<Cell> = rows
        .iter()
        .map(|row| {
            let level = |name: &&String| {
                let text = row.text(name)?;
                let found = levels[name.as_str()].iter().position(|level| level == text);
                found.ok_or_else(|| format!("no level {text}"))
            };
            let levels = names.iter().map(level).collect::<Result<_, String>>()?;
            Ok(Cell { levels, n: row.u64("n")? })
        })
        .collect::<Result<_, String>>()?;
    let raked = rake(&cells, &sizes, &RakeOptions::STANDARD).map_err(refused)?;
    let (mut answers, mut groups, mut shown) = (Vec::new(), Groups::default(), BTreeSet::new());
    let mut cell_weights = Vec::new();
    for (row, (cell, weight)) in rows.iter().zip(cells.iter().zip(&raked.weights)) {
        let (bucket, group) = match row.f64("v")? {
            v if v < 0.0 => (Bucket::Bottom, &mut groups.detractors),
            v if v > 0.0 => (Bucket::Top, &mut groups.promoters),
            _ => (Bucket::Middle, &mut groups.passives),
        };
        *group += cell.n;
        answers.extend((0..cell.n).map(|_| Weighted { value: bucket, weight: *weight }));
        if shown.insert((row.text("tier")?.to_owned(), row.text("channel")?.to_owned())) {
            let name = |key: &str| row.text(key).map(Value::from);
            let channel = name("channel")?;
            let fields = [("channel", channel), ("tier", name("tier")?), ("w", number(*weight))];
            cell_weights.push(object(fields));
        }
    }
    cell_weights.sort_by_key(|cell| (cell["tier"].to_string(), cell["channel"].to_string()));
    let nps = weighted_nps(&answers, ConfidenceLevel::P95).map_err(refused)?.ok_or("nobody")?;
    Ok(object([
        ("unweighted", maybe(groups.nps())),
        ("raked", number(nps.value)),
        ("cell_weights", cell_weights.into()),
        ("kish_n_eff", number(nps.kish.n_effective)),
    ]))
}
