//! Charts as SVG with text beside them: nothing is said by a picture alone, and no style
//! attribute is used, which strict pages forbid.

use report::display::decimal_text;
use yew::prelude::*;

/// A line for the whole range, a bar for the interval, a dot for the score.
///
/// `range` is low end, score and high end as parts of the whole range, in [0, 1].
pub fn interval_plot(range: [f64; 3]) -> Html {
    let [low, at, high] = range.map(|share| 2.0 + 96.0 * share);
    let text = |number| decimal_text(number, 1);
    html! {
        <svg class="interval-plot" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="range" x="2" y="3.5" width="96" height="1" rx="0.5" />
            <rect class="interval" x={text(low)} y="2.5" width={text((high - low).max(0.5))} height="3" rx="1.5" />
            <rect class="at" x={text(at - 0.6)} y="1" width="1.2" height="6" rx="0.6" />
        </svg>
    }
}

/// A horizontal bar of `share` of the longest bar, in [0, 1]. Its number stands beside it.
pub fn bar(share: f64) -> Html {
    let width = decimal_text(share.clamp(0.0, 1.0) * 100.0, 1);
    html! {
        <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect x="0" y="0" {width} height="10" rx="1" />
        </svg>
    }
}
