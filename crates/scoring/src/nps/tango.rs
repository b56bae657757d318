//! Tango's score interval of a paired difference, applied to promoters and detractors.

use crate::interval::{ConfidenceLevel, Interval};
use crate::nps::Groups;
use crate::numerics::root::last_inside;

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
    let found = groups.nps().unwrap_or(0.0) / 100.0;
    if found >= 1.0 {
        return 1.0;
    }
    last_inside(|net| margin(groups, net, z), found, 1.0)
}

/// By how many answers a true net share of `net` is clear of being rejected; below 0 where it is.
fn margin(groups: Groups, net: f64, z: f64) -> f64 {
    let n = groups.n() as f64;
    let more = groups.promoters as f64 - groups.detractors as f64 - n * net;
    more + z * (n * variance(groups, net)).sqrt()
}

/// The variance of one answer under a true net share of `net`, with the most likely groups.
fn variance(groups: Groups, net: f64) -> f64 {
    let (up, down) = (groups.promoters as f64, groups.detractors as f64);
    // The smaller group of the two solves a quadratic equation; from below it is the promoters.
    let (net, up, down) = if net < 0.0 { (-net, down, up) } else { (net, up, down) };
    let n = groups.n() as f64;
    let b = (2.0 * n - up + down) * net - up - down;
    let c = -down * net * (1.0 - net);
    let root = (b * b - 8.0 * n * c).sqrt();
    // Two forms of the same solution; each is exact where the other cancels.
    let share = if b > 0.0 { -2.0 * c / (root + b) } else { (root - b) / (4.0 * n) };
    (2.0 * share + net * (1.0 - net)).max(0.0)
}
