//! Files of every kind: what they are taken for, and what is counted in them.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test stops where it cannot go on, and its modules are seen by nobody else"
)]

mod counting;
mod inspecting;
#[cfg(feature = "json")]
mod json;
#[cfg(feature = "xlsx")]
mod xlsx;
