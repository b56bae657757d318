//! Tells the loader what happened; the loader mirrors states and dispatches the public events.

use form::{Answer, Bucket, FormState, ScalePoint, SendFault};
use js_sys::Function;
use wasm_bindgen::JsValue;
use wire::{AnsweredJson, CompletedJson};

/// The form's public state changed.
pub(crate) fn state(emit: &Function, state: FormState) {
    call(emit, "state", &JsValue::from_str(state.name()));
}

/// A rating was chosen.
pub(crate) fn answered(emit: &Function, rating: ScalePoint, bucket: Bucket) {
    let detail = AnsweredJson { rating: rating.0, bucket: bucket.name() };
    call(emit, "answered", &serde_wasm_bindgen::to_value(&detail).unwrap_or(JsValue::NULL));
}

/// The whole answer has arrived.
pub(crate) fn completed(emit: &Function, answer: &Answer) {
    let detail = CompletedJson {
        rating: answer.rating.0,
        reasons: answer.reasons.iter().map(ToString::to_string).collect(),
        revision: answer.revision,
    };
    call(emit, "completed", &serde_wasm_bindgen::to_value(&detail).unwrap_or(JsValue::NULL));
}

/// Sending failed.
pub(crate) fn failed(emit: &Function, fault: SendFault) {
    call(emit, "failed", &JsValue::from_str(fault.name()));
}

/// The person closed the survey.
pub(crate) fn closed(emit: &Function) {
    call(emit, "close", &JsValue::NULL);
}

/// Calls the loader. What a listener on the host page throws is the page's own affair.
fn call(emit: &Function, name: &str, detail: &JsValue) {
    drop(emit.call2(&JsValue::NULL, &JsValue::from_str(name), detail));
}
