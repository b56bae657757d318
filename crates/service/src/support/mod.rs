//! Metrics of a support desk, from tickets and contacts. Speed without quality is easily gamed, so
//! show satisfaction and first contact resolution beside every time. Whether tickets lead to orders
//! is not here; see [`crate::commerce`].

mod aht;
mod channel;
mod fcr;
mod frt;
mod handled;
mod resolution;
mod sla;
mod ttr;

pub use aht::{Amount, Handling, aht, aht_of_calls, aht_of_mixed};
pub use channel::{ChannelShare, RevealedMix, StatedMix, revealed_mix, stated_mix};
pub use fcr::{
    Fcr, FcrTicket, fcr, fcr_gross, fcr_net, fcr_of_mail, fcr_of_resolved, fcr_surveyed,
    fcr_without_window,
};
pub use frt::{
    Author, FirstResponse, FirstResponses, Reply, Responder, TicketReplies, answered_within,
    first_response, first_responses,
};
pub use handled::{AgentWork, Credit, Handled, TicketWork, handled, tickets_by_agent};
pub use resolution::{ResolutionCounts, ResolutionRate, resolution_counts, resolution_rate};
pub use sla::{
    Attainment, Clock, TargetCounts, TargetState, attainment, attainment_per_policy,
    attainment_per_ticket, is_met, target_state,
};
pub use ttr::{Progress, Resolution, Resolutions, Step, TicketSteps, resolution, resolutions};
