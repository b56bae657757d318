//! Cases of rates: responses, feedback, retention and churn, and of health.

use std::collections::BTreeSet;

use scoring::Direction;
use scoring::proportion::Part;
use serde_json::Value;
use service::commerce::{CustomerCounts, churn, compounded, retention_by_count, retention_by_id};
use service::health::{COVERAGE_MIN_DEFAULT, Component, HealthBands, Measured, health};
use service::reputation::{FeedbackBases, StarCounts, feedback, negative_feedback_rate};
use service::response::{Dispositions, Funnel, aapor_rates, funnel_rates};

use crate::io::{Inputs, Outcome, maybe, number, object, refused};

pub(super) fn run(metric: &str, inputs: &Inputs) -> Option<Outcome> {
    Some(match metric {
        "churn" => churned(inputs),
        "feedback" => stars(inputs),
        "feedback.negative_rate" => negative(inputs),
        "health.band" => band(inputs),
        "health.score" => health_score(inputs),
        "response_rate" => funnel(inputs),
        "response_rate.aapor" => aapor(inputs),
        "retention" => retention(inputs),
        "retention.by_id" => retention_of_ids(inputs),
        _ => return None,
    })
}

fn percent(part: Part) -> Value {
    maybe(part.percent())
}

fn funnel(inputs: &Inputs) -> Outcome {
    let (n_sent, n_delivered) = (inputs.u64("sent")?, inputs.u64("delivered")?);
    if n_sent - inputs.u64("bounced")? != n_delivered {
        return Err("delivered is not sent less bounced".to_owned());
    }
    let rates = funnel_rates(&Funnel {
        n_sent: Some(n_sent),
        n_delivered: Some(n_delivered),
        n_shown: Some(inputs.u64("shown")?),
        n_started: Some(inputs.u64("started")?),
        n_completed: inputs.u64("completed")?,
    });
    let rates = rates.map_err(refused)?;
    let share = |part: Option<Part>| maybe(part.and_then(Part::percent));
    Ok(object([
        ("per_sent", share(rates.per_sent)),
        ("per_delivered", share(rates.per_delivered)),
        ("per_shown", share(rates.per_shown)),
        ("completion", share(rates.completion)),
    ]))
}

fn aapor(inputs: &Inputs) -> Outcome {
    let cases = Dispositions {
        n_complete: inputs.u64("complete")?,
        n_partial: inputs.u64("partial")?,
        n_refusal: inputs.u64("refusal")?,
        n_non_contact: inputs.u64("non_contact")?,
        n_other: inputs.u64("other")?,
        n_unknown_household: inputs.u64("unknown_household")?,
        n_unknown_other: inputs.u64("unknown_other")?,
    };
    let rates = aapor_rates(&cases, inputs.f64("e")?).map_err(refused)?;
    let weighted = |share: Option<f64>| maybe(share.map(|share| 100.0 * share));
    Ok(object([
        ("RR1", percent(rates.rr1)),
        ("RR2", percent(rates.rr2)),
        ("RR3", weighted(rates.rr3)),
        ("RR4", weighted(rates.rr4)),
        ("RR5", percent(rates.rr5)),
        ("RR6", percent(rates.rr6)),
    ]))
}

fn stars(inputs: &Inputs) -> Outcome {
    let given = inputs.inner("stars")?;
    let mut counts = [0; 5];
    for (count, key) in counts.iter_mut().zip(["1", "2", "3", "4", "5"]) {
        *count = given.u64(key)?;
    }
    let found = feedback(StarCounts(counts)).map_err(refused)?;
    Ok(object([
        ("positive", percent(found.positive)),
        ("neutral", percent(found.neutral)),
        ("negative", percent(found.negative)),
        ("mean", maybe(found.mean)),
        ("n", Value::from(found.positive.of())),
    ]))
}

fn negative(inputs: &Inputs) -> Outcome {
    let n = inputs.u64("negative")?;
    let negative = FeedbackBases { n_feedback: n, n_orders: n, n_customers: n };
    let all = FeedbackBases {
        n_feedback: inputs.u64("feedback")?,
        n_orders: inputs.u64("orders")?,
        n_customers: inputs.u64("customers")?,
    };
    let rates = negative_feedback_rate(negative, all).map_err(refused)?;
    Ok(object([
        ("per_order", percent(rates.per_order)),
        ("per_feedback", percent(rates.per_feedback)),
        ("per_customer", percent(rates.per_customer)),
    ]))
}

fn churned(inputs: &Inputs) -> Outcome {
    let part = churn(inputs.u64("lost")?, inputs.u64("start")?).map_err(refused)?;
    let a_year = part.share().and_then(|share| compounded(share, 12));
    Ok(object([("churn", percent(part)), ("annualized", maybe(a_year.map(|share| 100.0 * share)))]))
}

fn retention(inputs: &Inputs) -> Outcome {
    let counts = CustomerCounts {
        n_start: inputs.u64("start")?,
        n_end: inputs.u64("end")?,
        n_new: inputs.u64("new")?,
    };
    let found = retention_by_count(counts).map_err(refused)?;
    Ok(object([("retention", maybe(found.ratio().map(|ratio| 100.0 * ratio)))]))
}

fn retention_of_ids(inputs: &Inputs) -> Outcome {
    let ids = |key| inputs.texts(key).map(|ids| ids.into_iter().collect::<BTreeSet<String>>());
    let (start, end, new) = (ids("start_ids")?, ids("end_ids")?, ids("new_ids")?);
    let found = retention_by_id(&start, &end);
    if found.n_gained != (ids("reactivated_ids")?.len() + new.len()) as u64 {
        return Err(format!("{} gained", found.n_gained));
    }
    let counts = CustomerCounts {
        n_start: start.len() as u64,
        n_end: end.len() as u64,
        n_new: new.len() as u64,
    };
    let by_count = retention_by_count(counts).map_err(refused)?.ratio();
    Ok(object([
        ("retention", percent(found.retained)),
        ("churn", percent(found.churned)),
        ("formula_end_minus_new", maybe(by_count.map(|ratio| 100.0 * ratio))),
    ]))
}

fn health_score(inputs: &Inputs) -> Outcome {
    if inputs.text("missing")? != "renormalize" || !inputs.bool("clamp")? {
        return Err("only one way to treat what is missing or beyond an end".to_owned());
    }
    let values = inputs.inner("values")?;
    let mut measured = Vec::new();
    for (name, component) in inputs.map("components")? {
        let component = Inputs(component.clone());
        let direction = match component.text("direction")? {
            "higher_is_better" => Direction::HigherIsBetter,
            "lower_is_better" => Direction::LowerIsBetter,
            other => return Err(format!("{other} is no direction")),
        };
        let (min, max) = (component.f64("min")?, component.f64("max")?);
        let component = Component::new(component.f64("weight")?, min, max, direction);
        let value = values.maybe_f64(name)?;
        measured.push(Measured { component: component.map_err(refused)?, value });
    }
    let found = health(&measured, COVERAGE_MIN_DEFAULT).map_err(refused)?;
    Ok(object([("score", maybe(found.score)), ("coverage", number(found.coverage))]))
}

fn band(inputs: &Inputs) -> Outcome {
    let bands = inputs.inner("bands")?;
    let bands = HealthBands::new(bands.f64("yellow")?, bands.f64("green")?).map_err(refused)?;
    Ok(object([("band", Value::from(bands.band(inputs.f64("score")?).name()))]))
}
