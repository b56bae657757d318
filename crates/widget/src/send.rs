//! Has the loader send a revision, and reports what came of it. One try; when to try again is
//! decided in `form`. How a page sends (in which format, without cookies, with a time limit, on
//! leaving) is the loader's: it has to know for the plain form, and knows once for both.

use form::{Answer, Reply};
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use yew::Callback;
use yew::platform::spawn_local;

use crate::config::Config;

/// Sends `answer` to the endpoint and tells `replied`.
pub(crate) fn send(config: &Config, answer: &Answer, replied: Callback<Reply>) {
    let Answer { revision, complete, rating, comment, .. } = answer;
    let reply = config.post(*revision, *complete, rating.0, reasons(answer), comment);
    let reply = JsFuture::from(reply);
    spawn_local(async move {
        let reply = reply.await.ok().and_then(|reply| reply.dyn_into::<Array>().ok());
        // The status, 0 for none, and for how many milliseconds the server wants to be left alone.
        let number = |at| reply.as_ref().and_then(|reply| reply.get(at).as_f64()).unwrap_or(0.0);
        let status = whole(number(0)).and_then(|number| u16::try_from(number).ok());
        replied.emit(Reply::of_status(status, whole(number(1))));
    });
}

/// Sends `answer` while the page goes away.
pub(crate) fn send_leaving(config: &Config, answer: &Answer) {
    let Answer { revision, complete, rating, comment, .. } = answer;
    config.post_leaving(*revision, *complete, rating.0, reasons(answer), comment);
}

fn reasons(answer: &Answer) -> Vec<String> {
    answer.reasons.iter().map(ToString::to_string).collect()
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
