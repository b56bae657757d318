//! Tests of the public face of `wire`: what is read and refused, what is written, and that the
//! published schema says the same as the reader.

#[cfg(test)]
mod definition;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod sample;
#[cfg(test)]
#[cfg(test)]
mod snapshots;
#[cfg(test)]
mod submission;
