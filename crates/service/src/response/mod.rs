//! Who answers a survey, of how many: the way from sending to the last question, and the response
//! rates that survey researchers agreed on. What was answered is not here; see [`scoring`].

mod aapor;
mod funnel;

pub use aapor::{AaporRates, Dispositions, DispositionsError, aapor_rates, eligible_share};
pub use funnel::{Funnel, FunnelError, FunnelRates, Stage, funnel_rates};
