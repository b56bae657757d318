//! Tests of the public face of `survey`: tables of what is accepted and refused, and laws.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test stops where it cannot go on, and its modules are seen by nobody else"
)]

#[cfg(test)]
mod accept;
#[cfg(test)]
mod definition;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod lint;
#[cfg(test)]
mod locale;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod sheet;
