//! The form's shell in the browser: takes over a survey that the loader has already shown.
//!
//! Exports `mount` and `mount_score`: one conversion and one call each. What a form does is
//! decided in `form`, what it looks like in `ui`; here is one file for each thing that only a
//! browser can do: [`send`], [`leaving`], [`timer`], [`focus`], [`tell`], [`stream`].

mod badge;
mod focus;
mod leaving;
mod send;
mod shell;
mod stream;
mod submission;
mod tell;
mod timer;

use form::Event;
use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use wire::{DraftJson, MountJson, MountScoreJson};
use yew::{AppHandle, Renderer};

use crate::badge::{Badge, BadgeMessage, BadgeProps};
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
pub fn mount(root: Element, config: JsValue, emit: Function) -> Result<Handle, JsValue> {
    let config: MountJson = serde_wasm_bindgen::from_value(config)?;
    let props = ShellProps::new(config, root.clone(), emit)?;
    Ok(Handle { app: Renderer::<Shell>::with_root_and_props(root, props).render() })
}

#[wasm_bindgen]
impl Handle {
    /// What is chosen and typed now.
    ///
    /// # Errors
    /// When the browser cannot make the object.
    pub fn answer(&self) -> Result<JsValue, JsValue> {
        let draft = self.app.get_component().map(|shell| shell.draft());
        let draft = draft.unwrap_or(DraftJson {
            rating: None,
            reasons: Vec::new(),
            comment: String::new(),
        });
        Ok(serde_wasm_bindgen::to_value(&draft)?)
    }

    /// The page is being left or hidden: sends what is not sent.
    pub fn leaving(&self) {
        self.app.send_message(Event::PageLeft);
    }

    /// Takes the form away and lets go of everything.
    pub fn unmount(self) {
        self.app.destroy();
    }
}

/// A score badge that was mounted.
#[wasm_bindgen]
pub struct ScoreHandle {
    app: AppHandle<Badge>,
}

/// Draws the score badge into `root` and keeps it at the collector's live counts.
///
/// # Errors
/// A text that names what is wrong with `config`.
#[wasm_bindgen]
pub fn mount_score(root: Element, config: JsValue) -> Result<ScoreHandle, JsValue> {
    let config: MountScoreJson = serde_wasm_bindgen::from_value(config)?;
    let props = BadgeProps::new(config)?;
    Ok(ScoreHandle { app: Renderer::<Badge>::with_root_and_props(root, props).render() })
}

#[wasm_bindgen]
impl ScoreHandle {
    /// Counts a rating just given on this page, until the live counts hold it.
    pub fn given(&self, rating: i16) {
        self.app.send_message(BadgeMessage::Given(rating));
    }

    /// Takes the badge away and closes its stream.
    pub fn unmount(self) {
        self.app.destroy();
    }
}
