//! Patterns within the limits that a steady process rarely makes. Each rule raises false alarms of
//! its own, so use few.

use crate::interval::Interval;

/// A pattern that counts as a signal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RunRule {
    /// So many values in a row on one side of the centre; 8 is usual, some software takes 7.
    OneSide {
        /// How many in a row.
        length: usize,
    },
    /// So many of the last so many beyond a line on one side, such as 2 of 3 beyond two standard
    /// deviations.
    Beyond {
        /// How many.
        count: usize,
        /// Of how many.
        of: usize,
        /// Distance of the line from the centre, in standard deviations.
        sigmas: f64,
    },
}

impl RunRule {
    /// Eight in a row on one side.
    pub const EIGHT: Self = Self::OneSide { length: 8 };
    /// Two of three beyond two standard deviations.
    pub const TWO_OF_THREE: Self = Self::Beyond { count: 2, of: 3, sigmas: 2.0 };
    /// Four of five beyond one standard deviation.
    pub const FOUR_OF_FIVE: Self = Self::Beyond { count: 4, of: 5, sigmas: 1.0 };
}

/// Indices of the values at which a rule is met.
///
/// `limits` are the chart's limits three standard deviations from its centre. A value on a line is
/// not beyond it, so a constant series never signals. Everything in the unit of the values.
///
/// # Source
/// Western Electric 1956, Statistical Quality Control Handbook.
///
/// # Example
/// ```
/// use scoring::{Interval, trend::{RunRule, run_signals}};
/// let limits = Interval { low: -3.0, high: 3.0 };
/// let values = [0.2, 0.5, 0.1, 0.4, 0.3, 0.6, 0.2, 0.1, 0.3, -0.1];
/// assert_eq!(run_signals(&values, limits, RunRule::EIGHT), [7, 8]);
/// assert_eq!(run_signals(&[0.0; 20], limits, RunRule::EIGHT), []);
/// ```
#[must_use]
pub fn run_signals(values: &[f64], limits: Interval, rule: RunRule) -> Vec<usize> {
    let (count, of, sigmas) = match rule {
        RunRule::OneSide { length } => (length, length, 0.0),
        RunRule::Beyond { count, of, sigmas } => (count, of, sigmas),
    };
    let centre = (limits.low + limits.high) / 2.0;
    let distance = limits.width() / 6.0 * sigmas;
    let above: Vec<bool> = values.iter().map(|value| *value > centre + distance).collect();
    let below: Vec<bool> = values.iter().map(|value| *value < centre - distance).collect();
    let is_met = |sides: &[bool], idx: usize| {
        let window = &sides[(idx + 1).saturating_sub(of)..=idx];
        count > 0 && sides[idx] && window.iter().filter(|&&side| side).count() >= count
    };
    (0..values.len()).filter(|&idx| is_met(&above, idx) || is_met(&below, idx)).collect()
}
