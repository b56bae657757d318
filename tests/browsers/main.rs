//! The cases, one file each. Every case starts its own program, database and browser.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test stops where it cannot go on, and its modules are seen by nobody else"
)]

mod coming_back;
mod decisions;
mod file_preview;
mod flaky_endpoint;
mod gallery;
mod keyboard;
mod ladder;
mod leaving;
mod offline;
mod one_file;
mod personal;
mod pictures;
mod read_aloud;
mod recipes;
mod storage;
mod storefront;
mod take_over;
mod without_script;
mod without_wasm;
