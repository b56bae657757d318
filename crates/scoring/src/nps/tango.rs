//! Tango's score interval of a paired difference, applied to promoters and detractors.

use crate::interval::{ConfidenceLevel, Interval};
use crate::nps::Groups;

/// Halvings of the range; more than a number has digits.
const HALVINGS: u32 = 90;

/// The score interval in points; `None` when nobody answered.
pub(super) fn interval(groups: Groups, level: ConfidenceLevel) -> Option<Interval> {
    if groups.n() == 0 {
        return None;
    }
    let z = level.z();
    let high = highest_accepted(groups, z);
    let swapped = Groups { detractors: groups.promoters, promoters: groups.detractors, ..groups };
    let low = -highest_accepted(swapped, z);
    Some(Interval { low: 100.0 * low, high: 100.0 * high })
}

/// The highest net share, in `[-1, 1]`, that the score test does not reject at `z`.
fn highest_accepted(groups: Groups, z: f64) -> f64 {
    let (mut accepted, mut rejected) = (groups.nps().unwrap_or(0.0) / 100.0, 1.0);
    if accepted >= 1.0 {
        return 1.0;
    }
    for _ in 0..HALVINGS {
        let middle = 0.5 * (accepted + rejected);
        if statistic(groups, middle) >= -z {
            accepted = middle;
        } else {
            rejected = middle;
        }
    }
    accepted
}

/// The score statistic for a true net share of `net`; it falls as `net` rises.
fn statistic(groups: Groups, net: f64) -> f64 {
    if net < 0.0 {
        let swapped =
            Groups { detractors: groups.promoters, promoters: groups.detractors, ..groups };
        return -statistic(swapped, -net);
    }
    let n = groups.n() as f64;
    let (up, down) = (groups.promoters as f64, groups.detractors as f64);
    // The most likely share of detractors under that net share solves a quadratic equation.
    let b = (2.0 * n - up + down) * net - up - down;
    let c = -down * net * (1.0 - net);
    let root = (b * b - 8.0 * n * c).sqrt();
    // Two forms of the same solution; each is exact where the other cancels.
    let share = if b > 0.0 { -2.0 * c / (root + b) } else { (root - b) / (4.0 * n) };
    let variance = n * (2.0 * share + net * (1.0 - net));
    (up - down - n * net) / variance.max(f64::MIN_POSITIVE).sqrt()
}
