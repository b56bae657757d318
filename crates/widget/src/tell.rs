//! Tells the loader what happened; the loader mirrors states and dispatches the public events.

use form::{Answer, Bucket, FormState, ScalePoint, SendFault};
use js_sys::Function;
use wasm_bindgen::JsValue;
use wire::told;

/// The form's public state changed.
pub(crate) fn state(emit: &Function, state: FormState) {
    call(emit, "state", state.name());
}

/// A rating was chosen.
pub(crate) fn answered(emit: &Function, rating: ScalePoint, bucket: Bucket) {
    call(emit, "answered", &told::answered(rating.0, bucket.name()));
}

/// The whole answer has arrived.
pub(crate) fn completed(emit: &Function, answer: &Answer) {
    let reasons: Vec<String> = answer.reasons.iter().map(ToString::to_string).collect();
    call(emit, "completed", &told::completed(answer.rating.0, &reasons, answer.revision));
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
