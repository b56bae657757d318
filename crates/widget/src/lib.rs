//! The form's shell in the browser: takes over a survey that the loader has already shown.
//!
//! Exports `mount`: one conversion and one call. What a form does is decided in `form`, what it
//! looks like in `ui`; [`config`] is what the loader hands over, and here is one file for each
//! thing that only a browser can do: [`send`], [`timer`], [`focus`], [`tell`].

mod config;
mod focus;
mod send;
mod shell;
mod tell;
mod timer;

use form::Event;
use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AppHandle, Renderer};

use crate::config::Config;
use crate::shell::{Shell, ShellProps};

/// A form that was mounted.
#[wasm_bindgen]
pub struct Handle {
    app: AppHandle<Shell>,
}

/// Draws the form into `root` as it stands in `config`, and tells `emit` what happens.
///
/// # Errors
/// A text that names what is wrong with `config`.
#[wasm_bindgen]
pub fn mount(root: Element, config: Config, emit: Function) -> Result<Handle, JsValue> {
    let props = ShellProps::new(config, root.clone(), emit)?;
    Ok(Handle { app: Renderer::<Shell>::with_root_and_props(root, props).render() })
}

#[wasm_bindgen]
impl Handle {
    /// The page is being left or hidden: sends what is not sent.
    pub fn leaving(&self) {
        self.app.send_message(Event::PageLeft);
    }

    /// Takes the form away and lets go of everything.
    pub fn unmount(self) {
        self.app.destroy();
    }
}
