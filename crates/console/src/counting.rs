//! The worker that counts a file, and what it says. What it does is in `www/console/count.js`.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{File, MessageEvent, Worker};
use wire::preview::{ChoiceJson, CountedJson, InspectionJson};
use yew::Callback;

/// What the worker says.
pub(crate) enum Told {
    /// It has loaded all it needs.
    Ready,
    /// What the file seems to be.
    Inspected(Box<InspectionJson>),
    /// How much has been counted, in [0, 1].
    Progressed(f64),
    /// What was counted.
    Counted(Box<CountedJson>),
    /// Why there is nothing to show.
    Failed(String),
}

/// A worker, ended when it is dropped.
pub(crate) struct Counting {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(JsValue)>,
}

impl Drop for Counting {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Counting {
    /// Starts the worker that `make` makes; it says what it has to say by `told`.
    ///
    /// # Errors
    /// What the person should know when it cannot be started.
    pub(crate) fn new(make: &js_sys::Function, told: Callback<Told>) -> Result<Self, String> {
        let made = make.call0(&JsValue::NULL).ok().and_then(|made| made.dyn_into::<Worker>().ok());
        let worker = made.ok_or("This browser does not let the page count files.")?;
        let failed = told.clone();
        let on_message = Closure::new(move |event: MessageEvent| {
            if let Some(message) = read(&event.data()) {
                told.emit(message);
            }
        });
        let on_error = Closure::new(move |_: JsValue| {
            let fault = "What counts the file could not be loaded. Reload the page and try again.";
            failed.emit(Told::Failed(fault.to_owned()));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self { worker, _on_message: on_message, _on_error: on_error })
    }

    /// Looks at a file.
    pub(crate) fn look_at(&self, file: &File) {
        self.post("file", file);
    }

    /// Counts the file by a choice; what was being counted before is given up.
    pub(crate) fn count(&self, choice: &ChoiceJson) {
        self.post("choice", &choice.to_json().into());
    }

    /// Gives up what is being counted.
    pub(crate) fn stop(&self) {
        self.post("stop", &JsValue::TRUE);
    }

    fn post(&self, name: &str, value: &JsValue) {
        let message = Object::new();
        // Neither fails: the object is ours, and what is sent can be copied.
        let _ = Reflect::set(&message, &name.into(), value);
        let _ = self.worker.post_message(&message);
    }
}

/// A message of the worker; `None` for one of another version.
fn read(message: &JsValue) -> Option<Told> {
    let field = |name: &str| Reflect::get(message, &name.into()).ok();
    let text = |name: &str| field(name)?.as_string();
    if field("ready").is_some_and(|ready| ready.is_truthy()) {
        return Some(Told::Ready);
    }
    if let Some(share) = field("share").and_then(|share| share.as_f64()) {
        return Some(Told::Progressed(share));
    }
    if let Some(json) = text("inspected") {
        return InspectionJson::from_json(&json).map(|found| Told::Inspected(Box::new(found)));
    }
    if let Some(json) = text("counted") {
        return CountedJson::from_json(&json).map(|found| Told::Counted(Box::new(found)));
    }
    text("fault").map(Told::Failed)
}
