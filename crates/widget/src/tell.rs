//! Tells the loader what happened; the loader mirrors states and dispatches the public events.

use form::{FormState, ScalePoint, SendFault};
use js_sys::Function;
use wasm_bindgen::JsValue;

/// The form's public state changed.
pub(crate) fn state(emit: &Function, state: FormState) {
    call(emit, "state", state.name());
}

/// A rating was chosen.
pub(crate) fn answered(emit: &Function, rating: ScalePoint) {
    call(emit, "answered", &rating.to_string());
}

/// The whole answer has arrived: the one last sent.
pub(crate) fn completed(emit: &Function) {
    call(emit, "completed", "");
}

/// Sending failed.
pub(crate) fn failed(emit: &Function, fault: SendFault) {
    call(emit, "failed", fault.name());
}

/// The person closed the survey.
pub(crate) fn closed(emit: &Function) {
    call(emit, "close", "");
}

/// Calls the loader. What a listener on the host page throws is the page's own affair.
fn call(emit: &Function, name: &str, detail: &str) {
    drop(emit.call2(&JsValue::NULL, &JsValue::from_str(name), &JsValue::from_str(detail)));
}
