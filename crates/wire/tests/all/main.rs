//! Tests of the public face of `wire`: what is read and refused, what is written.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test stops where it cannot go on, and its modules are seen by nobody else"
)]

#[cfg(test)]
mod definition;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod personal;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod submission;
