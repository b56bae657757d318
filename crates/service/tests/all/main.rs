//! Tests of the public face of `service`: reference cases, calendars with real time zones, edges of
//! each metric, and laws.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test stops where it cannot go on, and its modules are seen by nobody else"
)]

#[cfg(test)]
mod calendars;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod customers;
#[cfg(test)]
#[path = "../../../scoring/tests/all/cases/io.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    clippy::useless_format,
    reason = "written for the tests of scoring, which read more"
)]
mod io;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod segments;
#[cfg(test)]
mod tickets;
