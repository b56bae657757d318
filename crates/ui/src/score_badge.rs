//! The score badge of `<candor-score>`: the score, its interval and its number of answers.

use report::badge::BadgeView;
use yew::prelude::*;

use crate::charts::interval_plot;

/// The score badge; `None` until the first counts have come. It is announced politely when it moves.
pub fn score_badge(view: Option<&BadgeView>) -> Html {
    let Some(view) = view else {
        return html! { <div class="badge" data-state="waiting" aria-busy="true" /> };
    };
    html! {
        <div class="badge" data-state={view.state} data-metric={view.metric.name()} role="status">
            if let Some(value) = &view.value {
                <span class="badge-value" data-part="value">{ value }</span>
            }
            if let Some(range) = view.range {
                { interval_plot(range) }
            }
            if let Some(interval) = &view.interval {
                <span class="badge-interval" data-part="interval">{ interval }</span>
            }
            <span class="badge-answers" data-part="answers">{ &view.answers }</span>
        </div>
    }
}
