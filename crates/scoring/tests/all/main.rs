//! Reference cases, figures of other software, published figures, and laws that hold for all input.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test stops where it cannot go on, and its modules are seen by nobody else"
)]

mod cases;
mod laws;
mod oracles;
mod published;
