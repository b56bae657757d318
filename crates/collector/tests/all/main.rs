//! Routes, pages, storage and the server, in one program: each further one would be linked again.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test stops where it cannot go on, and its modules are seen by nobody else"
)]

mod common;
mod live;
mod page;
mod routes;
mod server;
mod store {
    pub mod contract;
    pub mod memory;
}
mod stores;
mod submissions;
