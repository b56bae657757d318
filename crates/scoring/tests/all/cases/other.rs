//! Cases of suppression, weights and reasons.

use scoring::ConfidenceLevel;
use scoring::drivers::{Mentions, Ratio, ReasonShare, association, reason_shares};
use scoring::proportion::Part;
use scoring::suppression::{Thresholds, hidden_cells, nhhcs};
use scoring::weights::kish;
use serde_json::Value;

use super::io::{Inputs, Outcome, maybe, number, object, refused};

pub fn run(metric: &str, inputs: &Inputs) -> Option<Outcome> {
    Some(match metric {
        "suppression.state" => state(inputs),
        "suppression.table" => table(inputs),
        "suppression.nchs_nhhcs" => reported(inputs),
        "weights.kish" => effective(inputs),
        "driver.reason" => reason(inputs),
        "driver.shares" => shares(inputs),
        _ => return None,
    })
}

fn state(inputs: &Inputs) -> Outcome {
    let thresholds = Thresholds {
        suppress_below: inputs.u64("suppress_below")?,
        flag_below: inputs.u64("flag_below")?,
    };
    Ok(object([("state", thresholds.state(inputs.u64("n")?).name().into())]))
}

fn table(inputs: &Inputs) -> Outcome {
    let cells = inputs.map("cells")?;
    let counts: Vec<u64> = cells.values().filter_map(Value::as_u64).collect();
    let hidden = hidden_cells(&counts, inputs.u64("suppress_below")?, inputs.bool("total_shown")?);
    let names: Vec<&String> = cells.keys().collect();
    let suppressed: Vec<Value> = hidden.iter().map(|&idx| names[idx].as_str().into()).collect();
    Ok(object([("suppressed", suppressed.into())]))
}

fn reported(inputs: &Inputs) -> Outcome {
    let reporting = nhhcs(inputs.u64("n")?, inputs.f64("relative_standard_error")?);
    Ok(object([("state", reporting.name().into())]))
}

fn effective(inputs: &Inputs) -> Outcome {
    let kish = kish(&inputs.f64s("weights")?).map_err(refused)?;
    Ok(object([
        ("n_eff", maybe(kish.map(|kish| kish.n_effective))),
        ("deff", maybe(kish.map(|kish| kish.design_effect))),
    ]))
}

fn reason(inputs: &Inputs) -> Outcome {
    let mentions = Mentions {
        detractors_with: inputs.u64("detractors_with")?,
        detractors_without: inputs.u64("detractors_without")?,
        others_with: inputs.u64("others_with")?,
        others_without: inputs.u64("others_without")?,
    };
    let found = association(mentions, ConfidenceLevel::P95);
    let ends = |ratio: Option<Ratio>| match ratio {
        Some(ratio) => vec![number(ratio.interval.low), number(ratio.interval.high)].into(),
        None => Value::Null,
    };
    Ok(object([
        ("lift", maybe(found.lift)),
        ("risk_ratio", maybe(found.mention_ratio.map(|ratio| ratio.value))),
        ("risk_ratio_ci", ends(found.mention_ratio)),
        ("odds_ratio", maybe(found.odds_ratio.map(|ratio| ratio.value))),
        ("odds_ratio_ci", ends(found.odds_ratio)),
        ("chi2", maybe(found.chi_squared)),
        ("p_value", maybe(found.chi_squared_p)),
        ("fisher_p", maybe(found.fisher_p)),
        ("phi", maybe(found.phi)),
    ]))
}

fn shares(inputs: &Inputs) -> Outcome {
    let people: Vec<Vec<String>> = inputs
        .list("detractor_reasons")?
        .iter()
        .map(|reasons| serde_json::from_value(reasons.clone()).map_err(refused))
        .collect::<Result<_, _>>()?;
    assert_eq!(people.len() as u64, inputs.u64("respondents")?);
    let shares = reason_shares(&people);
    let percents = |base: fn(&ReasonShare<String>) -> Part| {
        let entry =
            |share: &ReasonShare<String>| (share.reason.clone(), maybe(base(share).percent()));
        Value::Object(shares.reasons.iter().map(entry).collect())
    };
    Ok(object([
        ("percent_of_respondents", percents(|share| share.of_all)),
        ("percent_of_answering", percents(|share| share.of_answering)),
        ("no_reason", shares.n_without.into()),
    ]))
}
