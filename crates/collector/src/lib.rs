//! The server: takes answers, keeps them, and tells the scores.
//!
//! An answer comes in through a route, is checked by `survey::accept`, waits for the one task that
//! writes, and is acknowledged when it is on disk. Scores are counted from what is stored; no count
//! and no score that a client sends is ever believed.
//!
//! Reading order: [`config`], [`surveys`], [`pages`], [`store`], [`writer`], [`live`], [`error`],
//! [`app`] with the table of routes, [`routes`], [`server`].

pub mod app;
pub mod config;
pub mod error;
mod http;
pub mod live;
pub mod pages;
mod query;
pub mod routes;
pub mod server;
pub mod store;
pub mod surveys;
pub mod writer;

pub use app::{App, Background, Clock, router};
pub use config::{ApiToken, Config, Limits};
pub use error::AppError;
pub use server::{Server, StartError, serve};
pub use surveys::Surveys;
