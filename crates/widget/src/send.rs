//! Sends a submission and reports what came of it. One try; when to try again is decided in
//! `form`.

use form::Reply;
use gloo::net::http::Request;
use web_sys::AbortSignal;
use yew::Callback;
use yew::platform::spawn_local;

use crate::submission::Envelope;

/// How long an endpoint may take before it counts as unreachable.
const ANSWER_MS_MAX: u32 = 15_000;

/// Posts `body` to the endpoint and tells `replied`.
pub(crate) fn send(envelope: &Envelope, body: String, replied: Callback<Reply>) {
    if envelope.test {
        replied.emit(Reply::Stored);
        return;
    }
    let signal = AbortSignal::timeout_with_u32(ANSWER_MS_MAX);
    let request = Request::post(&envelope.endpoint)
        .header("content-type", envelope.media_type())
        .abort_signal(Some(&signal))
        .body(body);
    let Ok(request) = request else {
        // An address that is none: no later try can help.
        replied.emit(Reply::Refused);
        return;
    };
    spawn_local(async move {
        let reply = match request.send().await {
            Ok(response) => {
                let after = response.headers().get("retry-after");
                let after_ms = after.and_then(|text| text.parse::<u32>().ok());
                let after_ms = after_ms.map(|seconds| seconds.min(3600) * 1000);
                Reply::of_status(Some(response.status()), after_ms)
            }
            Err(_) => Reply::of_status(None, None),
        };
        replied.emit(reply);
    });
}
