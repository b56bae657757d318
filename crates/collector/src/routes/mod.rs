//! One file for each route. A handler reads the request, calls one thing, and writes the answer;
//! what is decided is decided elsewhere.

pub mod comments;
pub(crate) mod files;
pub(crate) mod fragments;
pub(crate) mod health;
pub(crate) mod live;
pub(crate) mod log;
pub(crate) mod page;
pub(crate) mod responses;
pub(crate) mod scores;
pub(crate) mod surveys;
