//! The special functions behind intervals and tests, each in its own file, none of them about
//! surveys.

pub mod normal;
