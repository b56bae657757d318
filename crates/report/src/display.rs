//! Numbers as people read them. Rounded once, here, half away from zero; never "-0".

use scoring::display::{Rounding, round};
use scoring::{Interval, Metric, Score};

/// A number with so many decimals: `39.84` with 0 decimals is `40`. Empty for what is no number.
#[must_use]
pub fn decimal_text(number: f64, decimals: u8) -> String {
    round(number, decimals, Rounding::HalfAwayFromZero).unwrap_or_default()
}

/// Decimals shown of a score: none of NPS, one of percentages.
#[must_use]
pub const fn value_decimals(metric: Metric) -> u8 {
    match metric {
        Metric::Nps => 0,
        Metric::Csat | Metric::Ces => 1,
    }
}

/// A score as text with its unit: `40` or `79.3 %`.
///
/// ```
/// use report::{Metric, display::value_text};
/// assert_eq!(value_text(Metric::Nps, -19.6), "-20");
/// assert_eq!(value_text(Metric::Csat, 79.274), "79.3 %");
/// ```
#[must_use]
pub fn value_text(metric: Metric, value: f64) -> String {
    let number = decimal_text(value, value_decimals(metric));
    match metric {
        Metric::Nps => number,
        Metric::Csat | Metric::Ces => format!("{number} %"),
    }
}

/// A share of the whole as text: 0.5 is `50 %`.
#[must_use]
pub fn share_text(share: f64) -> String {
    format!("{} %", decimal_text(share * 100.0, 0))
}

/// Where a value lies on the metric's whole range, in [0, 1]; for drawing.
#[must_use]
pub fn range_share(metric: Metric, value: f64) -> f64 {
    let share = match metric {
        Metric::Nps => (value + 100.0) / 200.0,
        Metric::Csat | Metric::Ces => value / 100.0,
    };
    share.clamp(0.0, 1.0)
}

/// The two ends of a score's interval as text, when it has one.
#[must_use]
pub fn interval_texts(score: &Score) -> Option<(String, String)> {
    let Interval { low, high } = score.interval?;
    Some((value_text(score.metric, low), value_text(score.metric, high)))
}
