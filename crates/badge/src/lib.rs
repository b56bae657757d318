//! The live score of `<candor-score>`: listens to a collector's counts and scores them in the page.
//!
//! Exports `mount`: one conversion and one call. A module of its own, because a page with a form
//! seldom shows a score and would carry its weight. What the score is belongs to `scoring`, what
//! the badge says to `report`, what it looks like to `ui`.

mod badge;
mod stream;

use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AppHandle, Renderer};

use crate::badge::{Badge, BadgeMessage, BadgeProps};

/// A score badge that was mounted.
#[wasm_bindgen]
pub struct Handle {
    app: AppHandle<Badge>,
}

/// Draws the score badge into `root`, with the words of `sheet`, and keeps it at the counts of the
/// stream at `live_url`.
///
/// # Errors
/// A text that names what is wrong with `sheet`.
#[wasm_bindgen]
pub fn mount(root: Element, sheet: Vec<String>, live_url: String) -> Result<Handle, JsValue> {
    let props = BadgeProps::new(sheet, live_url)?;
    Ok(Handle { app: Renderer::<Badge>::with_root_and_props(root, props).render() })
}

#[wasm_bindgen]
impl Handle {
    /// Counts a rating just given on this page, until the live counts hold it.
    pub fn given(&self, rating: i16) {
        self.app.send_message(BadgeMessage::Given(rating));
    }

    /// Takes the badge away and closes its stream.
    pub fn unmount(self) {
        self.app.destroy();
    }
}
