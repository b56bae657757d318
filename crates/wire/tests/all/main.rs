//! Tests of the public face of `wire`: what is read and refused, what is written.

#[cfg(test)]
mod definition;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod submission;
