//! The cases, one file each. Every case starts its own program, database and browser.

mod file_preview;
mod flaky_endpoint;
mod pictures;
mod storefront;
mod take_over;
mod without_script;
mod without_wasm;
