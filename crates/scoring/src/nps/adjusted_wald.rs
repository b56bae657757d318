//! The default interval of the net promoter score, and the three answers it is made with.

use crate::interval::{ConfidenceLevel, Interval};
use crate::nps::Groups;

/// Answers added before the Wald formula: 0.75 detractors, 1.5 passives, 0.75 promoters.
const ADDED_PER_END: f64 = 0.75;
const ADDED: f64 = 3.0;

/// A net score as a normal variable: where it lies and how far it strays, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    pub(crate) centre: f64,
    pub(crate) standard_error: f64,
}

impl Spread {
    /// As answered; `None` when nobody answered.
    pub(crate) fn wald(groups: Groups) -> Option<Self> {
        Some(Self { centre: groups.nps()?, standard_error: groups.standard_error()? })
    }

    /// With the three answers added; `None` when nobody answered.
    pub(crate) fn adjusted(groups: Groups) -> Option<Self> {
        if groups.n() == 0 {
            return None;
        }
        let n = groups.n() as f64 + ADDED;
        let promoters = (groups.promoters as f64 + ADDED_PER_END) / n;
        let detractors = (groups.detractors as f64 + ADDED_PER_END) / n;
        let net = promoters - detractors;
        let variance = promoters + detractors - net * net;
        Some(Self { centre: 100.0 * net, standard_error: 100.0 * (variance / n).sqrt() })
    }

    pub(crate) fn interval(self, level: ConfidenceLevel) -> Interval {
        Interval::around(self.centre, level.z() * self.standard_error)
    }
}

/// Adjusted Wald interval of the net promoter score in points, clipped to -100 to 100.
///
/// Three answers are added, a quarter of them detractors and a quarter promoters, at every
/// confidence level; the score itself stays as answered. The width is never zero, also when all
/// agree. With one or two answers the score may lie just outside. `None` when nobody answered.
///
/// # Source
/// Rocks 2016, "Interval Estimation for the Net Promoter Score", The American Statistician 70:365,
/// the variant with three answers added in a triangle.
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, nps};
/// let groups = nps::Groups { detractors: 8, passives: 13, promoters: 15 };
/// let interval = nps::adjusted_wald(groups, ConfidenceLevel::P95).unwrap();
/// assert!((interval.low - -6.28).abs() < 0.005 && (interval.high - 42.18).abs() < 0.005);
/// ```
#[must_use]
pub fn adjusted_wald(groups: Groups, level: ConfidenceLevel) -> Option<Interval> {
    Some(Spread::adjusted(groups)?.interval(level).clipped(-100.0, 100.0))
}
