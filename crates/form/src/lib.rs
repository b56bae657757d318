//! The form as a pure machine: events in, effects and view out.
//!
//! [`update()`] is the only place where the state of a form changes; [`view()`] says exactly what is
//! drawn. This crate has no clock, no randomness, no network, no storage and no browser: the
//! shell carries out the [`Effect`]s and reports back with [`Event`]s.
//!
//! Reading order: [`model`], [`event`], [`delivery`], [`update`](mod@update), [`view`](mod@view).

pub mod delivery;
pub mod event;
pub mod model;
pub mod update;
pub mod view;

pub use delivery::Reply;
pub use event::{Answer, Effect, Event, Part, SendFault};
pub use model::{Draft, Model, Phase, Start};
pub use survey::{Bucket, Locale, Metric, ReasonId, ScalePoint, Sheet, Style, Words};
pub use update::update;
pub use view::{FormState, PointView, ReasonView, ThanksView, View, view};
