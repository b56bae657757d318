//! Tickets and orders in, service metrics out: how fast, how often at once, who stays, who buys.
//!
//! Everything here is a pure function of its arguments. This crate knows time zones, because working
//! hours and calendar months have one, but no clock: whoever calls says what time it is. It does not
//! know files, stores or browsers. Shares come as [`scoring::proportion::Part`], exact counts whose
//! interval and state are [`scoring::proportion::estimate`]; ratios that may exceed 1 have none.
//! Money is whole numbers of a currency's smallest unit, so sums are exact.
//!
//! Reading order: [`time`] measures durations and names periods, [`support`] looks at tickets,
//! [`response`] at who answers a survey, [`reputation`] at public ratings, [`commerce`] at orders
//! and customers, and [`health`] at all of it.

pub mod commerce;
pub mod health;
pub mod reputation;
pub mod response;
pub mod support;
pub mod time;
