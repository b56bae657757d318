//! Cases of trends and alarms.

use scoring::nps::{Groups, mean_of_segments};
use scoring::proportion::Part;
use scoring::trend::{
    Chart, CusumOptions, EwmaLimits, EwmaOptions, Point, Sign, cusum, delta, ewma, kendall, linear,
    p_chart, points, rolling_groups, rolling_mean, theil_sen, xmr,
};
use scoring::{Interval, Pair};
use serde_json::Value;

use super::io::{Inputs, Outcome, maybe, number, object, refused};
use super::net::named_groups;

pub fn run(metric: &str, inputs: &Inputs) -> Option<Outcome> {
    Some(match metric {
        "trend.p_chart" => shares_chart(inputs),
        "trend.xmr" => values_chart(inputs),
        "trend.ewma" => average_chart(inputs),
        "trend.cusum" => sums_chart(inputs),
        "trend.delta" => step(inputs),
        "trend.linear" => series(inputs).map(|points| line(&points)),
        "trend.theil_sen" => series(inputs).map(|points| {
            let found = theil_sen(&points);
            object([
                ("slope", maybe(found.map(|found| found.slope))),
                ("intercept", maybe(found.map(|found| found.intercept))),
            ])
        }),
        "trend.kendall" => series(inputs).map(|points| {
            let found = kendall(&points);
            object([
                ("tau_b", maybe(found.map(|found| found.tau))),
                ("p_value", maybe(found.map(|found| found.p))),
            ])
        }),
        "trend.rolling_mean" => rolling(inputs),
        "trend.rolling_nps" => rolling_score(inputs),
        _ => return None,
    })
}

fn list(values: impl IntoIterator<Item = Option<f64>>) -> Value {
    values.into_iter().map(maybe).collect::<Vec<_>>().into()
}

/// These cases count from one.
fn from_one(signals: &[usize]) -> Value {
    signals.iter().map(|idx| idx + 1).collect::<Vec<_>>().into()
}

fn limits(chart: &Chart, end: fn(Interval) -> f64) -> impl Iterator<Item = Option<f64>> {
    chart.points.iter().map(move |point| point.limits.map(end))
}

fn shares_chart(inputs: &Inputs) -> Outcome {
    let parts: Vec<Part> = inputs
        .u64s("defectives")?
        .into_iter()
        .zip(inputs.u64s("sizes")?)
        .map(|(count, of)| Part::new(count, of).map_err(refused))
        .collect::<Result<_, _>>()?;
    let chart = p_chart(&parts).ok_or("nobody answered")?;
    let first = chart.points[0].limits;
    Ok(object([
        ("center", number(chart.centre)),
        ("lcl", maybe(first.map(|limits| limits.low))),
        ("ucl", maybe(first.map(|limits| limits.high))),
        ("out_of_control_1based", from_one(&chart.signals())),
    ]))
}

fn values_chart(inputs: &Inputs) -> Outcome {
    let found = xmr(&inputs.f64s("values")?);
    let signals = found.as_ref().map(|found| from_one(&found.chart.signals()));
    Ok(object([
        ("center", maybe(found.as_ref().map(|found| found.chart.centre))),
        ("lcl", maybe(found.as_ref().map(|found| found.limits.low))),
        ("ucl", maybe(found.as_ref().map(|found| found.limits.high))),
        ("mr_bar", maybe(found.as_ref().map(|found| found.mean_moving_range))),
        ("out_of_control", signals.into()),
    ]))
}

fn average_chart(inputs: &Inputs) -> Outcome {
    let options = EwmaOptions {
        lambda: inputs.f64("lambda")?,
        sigmas: inputs.f64("l")?,
        target: inputs.f64("target")?,
        sigma: inputs.f64("sigma")?,
        limits: match inputs.text("limits")? {
            "time_varying" => EwmaLimits::TimeVarying,
            "asymptotic" => EwmaLimits::Asymptotic,
            other => return Err(format!("{other} are no limits")),
        },
    };
    let chart = ewma(&inputs.f64s("values")?, &options).map_err(refused)?;
    Ok(object([
        ("ewma", list(chart.points.iter().map(|point| point.value))),
        ("lcl", list(limits(&chart, |limits| limits.low))),
        ("ucl", list(limits(&chart, |limits| limits.high))),
        ("out_of_control", from_one(&chart.signals())),
    ]))
}

fn sums_chart(inputs: &Inputs) -> Outcome {
    let options =
        CusumOptions { target: inputs.f64("target")?, k: inputs.f64("k")?, h: inputs.f64("h")? };
    let sums = cusum(&inputs.f64s("values")?, &options).map_err(refused)?;
    Ok(object([
        ("s_hi", list(sums.high.into_iter().map(Some))),
        ("s_lo", list(sums.low.into_iter().map(Some))),
        ("first_signal_index_1based", sums.first_signal.map(|idx| idx + 1).into()),
    ]))
}

fn step(inputs: &Inputs) -> Outcome {
    let sign = if inputs.text("metric")? == "nps" { Sign::Signed } else { Sign::Unsigned };
    let before = inputs.maybe_f64("previous")?;
    let delta = delta(Pair { before, after: inputs.maybe_f64("current")? }, sign);
    Ok(object([
        ("delta_points", maybe(delta.points)),
        ("percent_change", maybe(delta.percent_change)),
    ]))
}

fn series(inputs: &Inputs) -> Result<Vec<Point>, String> {
    Ok(points(&inputs.maybe_f64s("values")?))
}

fn line(points: &[Point]) -> Value {
    let line = linear(points);
    object([
        ("slope", maybe(line.map(|line| line.slope))),
        ("intercept", maybe(line.map(|line| line.intercept))),
        ("r", maybe(line.and_then(|line| line.r))),
        ("p_value", maybe(line.and_then(|line| line.p))),
        ("slope_se", maybe(line.and_then(|line| line.slope_standard_error))),
    ])
}

fn window(inputs: &Inputs, key: &str) -> Result<usize, String> {
    usize::try_from(inputs.u64(key)?).map_err(refused)
}

fn rolling(inputs: &Inputs) -> Outcome {
    let values = inputs.maybe_f64s("values")?;
    let means = rolling_mean(&values, window(inputs, "window")?, window(inputs, "min_periods")?);
    Ok(object([("values", list(means))]))
}

fn rolling_score(inputs: &Inputs) -> Outcome {
    let periods: Vec<Groups> =
        inputs.inners("periods")?.iter().map(named_groups).collect::<Result<_, _>>()?;
    let last = rolling_groups(&periods, window(inputs, "window")?).pop();
    Ok(object([
        ("pooled", maybe(last.and_then(Groups::nps))),
        ("wrong_mean_of_scores", maybe(mean_of_segments(&periods))),
    ]))
}
