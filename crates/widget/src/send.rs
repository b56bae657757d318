//! Has the loader send a submission, and reports what came of it. One try; when to try again is
//! decided in `form`. How a page sends (without cookies, with a time limit, on leaving) is the
//! loader's: it has to know for the plain form, and knows once for both.

use form::Reply;
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use yew::Callback;
use yew::platform::spawn_local;

use crate::submission::Envelope;

/// Posts `body` to the endpoint and tells `replied`.
pub(crate) fn send(envelope: &Envelope, body: &str, replied: Callback<Reply>) {
    let reply = JsFuture::from(envelope.config.post(body));
    spawn_local(async move {
        let reply = reply.await.ok().and_then(|reply| reply.dyn_into::<Array>().ok());
        // The status, 0 for none, and for how many milliseconds the server wants to be left alone.
        let number = |at| reply.as_ref().and_then(|reply| reply.get(at).as_f64()).unwrap_or(0.0);
        replied.emit(Reply::of_status(status(number(0)), wait_ms(number(1))));
    });
}

fn status(number: f64) -> Option<u16> {
    whole(number).and_then(|number| u16::try_from(number).ok())
}

fn wait_ms(number: f64) -> Option<u32> {
    whole(number)
}

/// `None` for 0, which stands for nothing.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number beyond the range becomes the end of the range"
)]
fn whole(number: f64) -> Option<u32> {
    Some(number as u32).filter(|number| *number > 0)
}
