//! Sends a submission while the page goes away. Nothing is reported: nobody is left to hear it.

use gloo::net::http::Request;
use yew::platform::spawn_local;

use crate::submission::Envelope;

/// Hands `body` to the browser to be sent even after the page is gone. A beacon carries the same
/// JSON as `text/plain`, which needs no permission request first.
pub(crate) fn send(envelope: &Envelope, body: &str) {
    if envelope.test {
        return;
    }
    let navigator = web_sys::window().map(|window| window.navigator());
    let taken = navigator.is_some_and(|navigator| {
        navigator.send_beacon_with_opt_str(&envelope.endpoint, Some(body)).unwrap_or(false)
    });
    if taken {
        return;
    }
    // The browser's space for beacons is used up; an ordinary request may still leave in time.
    let request = Request::post(&envelope.endpoint)
        .header("content-type", "text/plain")
        .body(body.to_owned());
    if let Ok(request) = request {
        spawn_local(async move { drop(request.send().await) });
    }
}
