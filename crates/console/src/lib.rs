//! The analyst's console in the browser: a live view of one survey, and a preview that scores a
//! file without sending it anywhere.
//!
//! Files are counted by the module `preview` in a worker, scores are made by `report`, drawn by
//! `ui`. Here is what only a browser can do: talk to that worker, ask the collector, listen to its
//! stream.

mod app;
mod choices;
mod counting;
mod live;
mod preview;
// One stream for both shells; each is a module of its own that nothing can be imported from.
#[path = "../../badge/src/stream.rs"]
mod stream;

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::Renderer;

/// Draws the console into `root` and keeps it there as long as the page is. `make_worker` makes
/// the worker that counts files; it is called when the first one is chosen.
#[wasm_bindgen]
pub fn mount(root: Element, make_worker: Function) {
    Renderer::<app::App>::with_root_and_props(root, app::AppProps { make_worker }).render();
}
