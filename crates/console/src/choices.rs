//! The fields by which a person says what counts: their options, and what each changes.

use report::{Direction, Metric, Scale};
use wire::preview::ChoiceJson;
use yew::prelude::*;

pub(crate) fn field(
    title: &'static str,
    name: &'static str,
    onchange: Callback<Event>,
    options: Html,
) -> Html {
    html! {
        <label class="field">
            { title }
            <select class="select" {name} {onchange}>{ options }</select>
        </label>
    }
}

/// Another metric, on its usual scale.
pub(crate) fn take_metric(choice: &mut ChoiceJson, idx: usize) {
    let metric = Metric::ALL[idx.min(Metric::ALL.len() - 1)];
    metric.name().clone_into(&mut choice.metric);
    take_scale(choice, 0);
}

/// One of the metric's usual scales.
pub(crate) fn take_scale(choice: &mut ChoiceJson, idx: usize) {
    let scales = usual_scales(Metric::from_name(&choice.metric).unwrap_or(Metric::Nps));
    if let Some(scale) = scales.get(idx) {
        (choice.min, choice.max) = (scale.min(), scale.max());
        scale.direction().name().clone_into(&mut choice.direction);
    }
}

/// The scales a metric is asked on, the usual one first. Effort is asked both ways.
pub(crate) fn usual_scales(metric: Metric) -> Vec<Scale> {
    let directions: &[Direction] = match metric {
        Metric::Ces => &[Direction::HigherIsBetter, Direction::LowerIsBetter],
        Metric::Csat | Metric::Nps => &[Direction::HigherIsBetter],
    };
    let ends = metric.scale_ends().iter();
    ends.flat_map(|&(min, max)| {
        directions.iter().filter_map(move |&direction| Scale::new(min, max, direction).ok())
    })
    .collect()
}

pub(crate) fn scale_title(scale: Scale) -> String {
    let better = match scale.direction() {
        Direction::HigherIsBetter => "higher is better",
        Direction::LowerIsBetter => "lower is better",
    };
    format!("{} to {}, {better}", scale.min(), scale.max())
}

pub(crate) fn metric_idx(metric: Metric) -> usize {
    Metric::ALL.iter().position(|known| *known == metric).unwrap_or(0)
}

pub(crate) fn options(titles: impl Iterator<Item = String>, chosen_idx: usize) -> Html {
    titles
        .enumerate()
        .map(|(idx, title)| html! { <option selected={idx == chosen_idx}>{ title }</option> })
        .collect()
}
