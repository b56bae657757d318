//! Average handle time: how long a contact keeps an agent's attention. Waiting in a queue is not in
//! it, holding is, and so is the work after the call.

/// Time spent on contacts, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handling {
    /// Talking.
    pub talk_seconds: u64,
    /// The customer on hold.
    pub hold_seconds: u64,
    /// Work after the contact.
    pub wrap_seconds: u64,
    /// Contacts handled; abandoned ones are not.
    pub n_handled: u64,
}

/// Seconds of attention a handled contact takes; `None` when none was handled.
///
/// # Source
/// Cleveland 2012, Call Center Management on Fast Forward: talk, hold and after-call work over
/// contacts handled.
///
/// # Example
/// ```
/// use service::support::{Handling, aht};
/// let week = Handling {
///     talk_seconds: 668_205, hold_seconds: 99_153, wrap_seconds: 198_306, n_handled: 4311,
/// };
/// assert_eq!(aht(week).map(f64::round), Some(224.0));
/// ```
#[must_use]
pub fn aht(handling: Handling) -> Option<f64> {
    let Handling { talk_seconds, hold_seconds, wrap_seconds, n_handled } = handling;
    let seconds = [talk_seconds, hold_seconds, wrap_seconds].map(u128::from).iter().sum::<u128>();
    (n_handled > 0).then(|| seconds as f64 / n_handled as f64)
}

/// Mean of the handle times of single contacts, in their unit; `None` without any or when one is
/// not finite.
///
/// # Example
/// ```
/// assert_eq!(service::support::aht_of_calls(&[100.0, 150.0, 200.0]), Some(150.0));
/// ```
#[must_use]
pub fn aht_of_calls(handle_times: &[f64]) -> Option<f64> {
    scoring::mean::of_values(handle_times).map(|moments| moments.mean)
}

/// A part of the handle time, as a report happens to give it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// Already a mean per contact; it is not divided again.
    PerContact(f64),
    /// Summed over all contacts.
    Total(f64),
}

/// Handle time per contact from parts of which some are means and some are totals.
///
/// In the unit of the parts. `None` when a total is to be divided among no contacts, or when the
/// result is not finite.
///
/// # Example
/// ```
/// use service::support::{Amount, aht_of_mixed};
/// let parts = [Amount::PerContact(300.0), Amount::PerContact(30.0), Amount::Total(6000.0)];
/// assert_eq!(aht_of_mixed(&parts, 100), Some(390.0));
/// assert_eq!(aht_of_mixed(&parts, 0), None);
/// ```
#[must_use]
pub fn aht_of_mixed(parts: &[Amount], n_handled: u64) -> Option<f64> {
    let per_contact = |part: &Amount| match *part {
        Amount::PerContact(mean) => mean,
        Amount::Total(total) => total / n_handled as f64,
    };
    Some(parts.iter().map(per_contact).sum::<f64>()).filter(|sum| sum.is_finite())
}
