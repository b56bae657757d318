//! Listens to the collector's live stream. The browser reconnects by itself and says where it
//! stopped.

use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventSource, MessageEvent};
use yew::Callback;

/// A live stream; dropping it closes it.
pub(crate) struct Stream {
    source: EventSource,
    _listener: EventListener,
}

impl Stream {
    /// Opens the stream at `url` and hands every report to `on_report` as the browser parsed it.
    /// `None` where the page forbids it.
    pub(crate) fn open(url: &str, on_report: Callback<JsValue>) -> Option<Self> {
        let source = EventSource::new(url).ok()?;
        let listener = EventListener::new(&source, "score", move |event| {
            let message =
                event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
            let report = message.and_then(|text| js_sys::JSON::parse(&text).ok());
            if let Some(report) = report {
                on_report.emit(report);
            }
        });
        Some(Self { source, _listener: listener })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.close();
    }
}
