//! The program as people and programs use it: arguments and files in, text and exit code out.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test stops where it cannot go on, and its modules are seen by nobody else"
)]

mod program;
mod score;
mod service;
