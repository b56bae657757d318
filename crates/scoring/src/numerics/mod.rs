//! The special functions behind intervals and tests, each in its own file, none of them about
//! surveys.

pub mod beta;
pub mod binomial;
pub mod erfc;
pub mod gamma;
pub(crate) mod linear;
pub mod normal;
pub mod quantile;
pub(crate) mod random;
pub(crate) mod root;
pub mod student;
