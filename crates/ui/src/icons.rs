//! Pictures drawn as SVG: faces, stars, thumbs and the cross that closes. All in the text colour.

use form::Style;
use yew::prelude::*;

/// The cross on the button that closes the survey.
pub fn cross() -> Html {
    html! {
        <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M6 6 18 18M18 6 6 18" />
        </svg>
    }
}

/// The picture of one point; nothing where points are numbers.
pub fn point_picture(style: Style, point_idx: usize, n_points: usize) -> Html {
    match style {
        Style::Numbers => html! {},
        Style::Faces => face(point_idx, n_points),
        Style::Stars => html! {
            <svg viewBox="0 0 24 24" aria-hidden="true">
                <path d="m12 3 2.8 5.9 6.4.8-4.7 4.4 1.2 6.4L12 17.4l-5.7 3.1 1.2-6.4L2.8 9.7l6.4-.8z" />
            </svg>
        },
        Style::Thumbs => html! {
            <svg viewBox="0 0 24 24" aria-hidden="true" class={if point_idx == 0 { "down" } else { "up" }}>
                <path d="M7 11v9H4v-9zm0 0 4-8c1.7 0 2.5 1.2 2.2 2.8L12.6 9H19a2 2 0 0 1 2 2.4l-1.4 7A2 2 0 0 1 17.6 20H7" />
            </svg>
        },
    }
}

/// A face whose mouth goes from sad at the first point to glad at the last.
fn face(point_idx: usize, n_points: usize) -> Html {
    // Gladness in tenths from -10 to 10: whole numbers keep the markup short and stable.
    let gladness = 20 * point_idx / n_points.saturating_sub(1).max(1);
    let ends_tenths = 165 - gladness;
    let middle_tenths = 125 + 3 * gladness;
    let tenths = |n: usize| format!("{}.{}", n / 10, n % 10);
    let mouth = format!("M8 {e}Q12 {m} 16 {e}", e = tenths(ends_tenths), m = tenths(middle_tenths));
    html! {
        <svg viewBox="0 0 24 24" aria-hidden="true">
            <circle cx="12" cy="12" r="10" />
            <path d="M9 9v1M15 9v1" />
            <path d={mouth} />
        </svg>
    }
}
