//! Cases of shares, tests and rounding.

use scoring::display::{Rounding, largest_remainder, round, round_each, round_ratio};
use scoring::multiple::{benjamini_hochberg, holm};
use scoring::numerics::{normal, student};
use scoring::proportion::{Method, Part, ZTestKind, fisher_exact, interval, newcombe, z_test};
use scoring::{ConfidenceLevel, Pair};
use serde_json::Value;

use super::io::{Inputs, Outcome, maybe, number, object, refused};
use super::net::named_groups;

pub fn run(metric: &str, inputs: &Inputs) -> Option<Outcome> {
    Some(match metric {
        "proportion.ci" => one_interval(inputs),
        "proportion.diff_ci" => difference_interval(inputs),
        "proportion.z_test" => two_z(inputs),
        "proportion.fisher" => {
            pair(inputs).map(|pair| object([("p_value", maybe(fisher_exact(pair)))]))
        }
        "stat.two_sided_p" => {
            inputs.f64("z").map(|z| object([("p", number(normal::two_sided_p(z)))]))
        }
        "stat.two_sided_p_t" => t_p(inputs),
        "stat.z_critical" => level(inputs).map(|level| object([("z", number(level.z()))])),
        "stat.p_adjust" => adjusted(inputs),
        "display.round" => rounded(inputs),
        "share.round_each" => rounded_each(inputs),
        "share.largest_remainder" => apportioned(inputs),
        _ => return None,
    })
}

pub fn level(inputs: &Inputs) -> Result<ConfidenceLevel, String> {
    ConfidenceLevel::new(inputs.f64("confidence")?).map_err(refused)
}

pub fn part_of(inputs: &Inputs, count: &str, of: &str) -> Result<Part, String> {
    Part::new(inputs.u64(count)?, inputs.u64(of)?).map_err(refused)
}

pub fn decimals(inputs: &Inputs) -> Result<u8, String> {
    u8::try_from(inputs.u64("decimals")?).map_err(refused)
}

/// The differences of these cases are the first share minus the second.
fn pair(inputs: &Inputs) -> Result<Pair<Part>, String> {
    Ok(Pair { before: part_of(inputs, "x2", "n2")?, after: part_of(inputs, "x1", "n1")? })
}

fn one_interval(inputs: &Inputs) -> Outcome {
    let part = part_of(inputs, "successes", "n")?;
    let method = Method::from_name(inputs.text("method")?).ok_or("no such method")?;
    let found = interval(part, method, level(inputs)?);
    Ok(object([
        ("estimate", maybe(part.share())),
        ("lower", maybe(found.map(|found| found.low))),
        ("upper", maybe(found.map(|found| found.high))),
    ]))
}

fn difference_interval(inputs: &Inputs) -> Outcome {
    let pair = pair(inputs)?;
    assert_eq!(inputs.text("method")?, "newcombe_hybrid_score");
    let found = newcombe(pair, level(inputs)?);
    let difference = pair.after.share().zip(pair.before.share()).map(|(x, y)| x - y);
    Ok(object([
        ("diff", maybe(difference)),
        ("lower", maybe(found.map(|found| found.low))),
        ("upper", maybe(found.map(|found| found.high))),
    ]))
}

fn two_z(inputs: &Inputs) -> Outcome {
    let pair = pair(inputs)?;
    let kind = if inputs.bool("pooled")? { ZTestKind::Pooled } else { ZTestKind::NMinusOne };
    let test = z_test(pair, kind);
    Ok(object([
        ("z", maybe(test.map(|test| test.z))),
        ("p_value", maybe(test.map(|test| test.p))),
        ("fallback_p_fisher", maybe(fisher_exact(pair))),
    ]))
}

fn t_p(inputs: &Inputs) -> Outcome {
    let p = student::two_sided_p(inputs.f64("t")?, inputs.f64("df")?);
    Ok(object([("p", maybe(p))]))
}

fn adjusted(inputs: &Inputs) -> Outcome {
    let p_values = inputs.f64s("p")?;
    let list = |values: Vec<f64>| Value::from(values.into_iter().map(number).collect::<Vec<_>>());
    Ok(object([
        ("bh", list(benjamini_hochberg(&p_values).map_err(refused)?)),
        ("holm", list(holm(&p_values).map_err(refused)?)),
    ]))
}

fn rounded(inputs: &Inputs) -> Outcome {
    let rounding = match inputs.text("mode")? {
        "half_away_from_zero" => Rounding::HalfAwayFromZero,
        "half_even" => Rounding::HalfEven,
        other => return Err(format!("{other} is no rounding")),
    };
    if inputs.has("value") {
        let text = round(inputs.f64("value")?, decimals(inputs)?, rounding);
        return Ok(object([("text", text.into())]));
    }
    let groups = named_groups(inputs)?;
    let net = i128::from(groups.promoters) - i128::from(groups.detractors);
    let text = round_ratio(100 * net, groups.n(), decimals(inputs)?, rounding);
    let of_float = round(groups.nps().ok_or("nobody")?, decimals(inputs)?, rounding);
    assert_eq!(text, of_float, "the ratio and its nearest number round alike");
    Ok(object([("raw", maybe(groups.nps())), ("text", text.into())]))
}

fn rounded_each(inputs: &Inputs) -> Outcome {
    let given = inputs.inner("counts")?;
    let names = ["positive", "neutral", "negative"];
    let counts: Vec<u64> =
        names.iter().map(|name| given.u64(name)).collect::<Result<_, String>>()?;
    let texts = round_each(&counts, decimals(inputs)?, Rounding::HalfAwayFromZero);
    let texts = texts.ok_or("all counts are 0")?;
    let numbers: Vec<f64> =
        texts.iter().map(|text| text.parse().map_err(refused)).collect::<Result<_, String>>()?;
    let sum = numbers.iter().sum();
    let fields = names.into_iter().zip(numbers.into_iter().map(number));
    Ok(object(fields.chain([("sum", number(sum))])))
}

fn apportioned(inputs: &Inputs) -> Outcome {
    let total = u32::try_from(inputs.u64("total")?).map_err(refused)?;
    Ok(object([("shares", largest_remainder(&inputs.u64s("counts")?, total).into())]))
}
