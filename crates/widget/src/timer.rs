//! Waits with a random part, so that many pages do not come back in the same moment.

use gloo::timers::callback::Timeout;

/// Calls `due` after `delay_ms_min` and a random part of `jitter_ms_max`. Dropping the timer
/// stops it.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a random part of a whole number of milliseconds lies between 0 and that number"
)]
pub(crate) fn after_jitter(
    delay_ms_min: u32,
    jitter_ms_max: u32,
    due: impl FnOnce() + 'static,
) -> Timeout {
    let jitter_ms = (js_sys::Math::random() * f64::from(jitter_ms_max)) as u32;
    Timeout::new(delay_ms_min.saturating_add(jitter_ms), due)
}
