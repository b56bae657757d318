//! Two answers of the same persons: only those who changed tell anything.

use crate::numerics::binomial::{Split, even_split_p};
use crate::proportion::ZTest;

/// Persons whose two answers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Discordant {
    /// Counted before but not after, or lower after.
    pub only_before: u64,
    /// Counted after but not before, or higher after.
    pub only_after: u64,
}

/// Exact two-sided probability, in `[0, 1]`, that as many or more change one way by chance.
///
/// McNemar's exact test of two paired shares, and the sign test of paired scores. 1 when nobody
/// changed.
///
/// # Source
/// McNemar 1947, Psychometrika 12:153, in its exact binomial form.
///
/// # Example
/// ```
/// use scoring::proportion::{Discordant, mcnemar_exact};
/// let p = mcnemar_exact(Discordant { only_before: 8, only_after: 15 });
/// assert!((p - 0.2100).abs() < 5e-5);
/// ```
#[must_use]
pub fn mcnemar_exact(changed: Discordant) -> f64 {
    even_split_p(Split { one: changed.only_before, other: changed.only_after })
}

/// McNemar's test by the normal distribution, without continuity correction.
///
/// Its statistic is positive where more rose than fell. `None` when nobody changed.
///
/// # Source
/// McNemar 1947, Psychometrika 12:153; Fagerland, Lydersen and Laake 2013, BMC Medical Research
/// Methodology 13:91, who advise against the continuity correction.
///
/// # Example
/// ```
/// use scoring::proportion::{Discordant, mcnemar_z};
/// let test = mcnemar_z(Discordant { only_before: 9, only_after: 16 }).unwrap();
/// assert_eq!(test.z, 1.4); // (16 - 9) / sqrt(16 + 9)
/// ```
#[must_use]
pub fn mcnemar_z(changed: Discordant) -> Option<ZTest> {
    let (fell, rose) = (changed.only_before as f64, changed.only_after as f64);
    (fell + rose > 0.0).then(|| ZTest::of_z((rose - fell) / (fell + rose).sqrt()))
}
