//! The analyst's console in the browser: a live view of one survey, and a preview that scores a
//! file without sending it anywhere.
//!
//! Counting is done by `tables`, scoring by `report`, drawing by `ui`. Here is what only a
//! browser can do: read a file in slices, ask the collector, listen to its stream.

mod app;
mod file;
mod live;
mod preview;
// One stream for both shells; each is a module of its own that nothing can be imported from.
#[path = "../../badge/src/stream.rs"]
mod stream;

use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::Renderer;

/// Draws the console into `root` and keeps it there as long as the page is.
#[wasm_bindgen]
pub fn mount(root: Element) {
    Renderer::<app::App>::with_root(root).render();
}
