//! Whether there are more promoters than detractors at all.

use crate::nps::adjusted_wald::Spread;
use crate::nps::{ChangeMethod, Groups};
use crate::numerics::binomial::{Split, even_split_p};
use crate::proportion::ZTest;

/// Normal test that the net promoter score is 0.
///
/// `None` when nobody answered, and under plain Wald when all answered alike.
///
/// # Example
/// ```
/// use scoring::nps::{ChangeMethod, Groups, zero_test};
/// let groups = Groups { detractors: 8, passives: 13, promoters: 15 };
/// let test = zero_test(groups, ChangeMethod::Wald).unwrap();
/// assert!((test.p - 0.132_373_9).abs() < 1e-7);
/// ```
#[must_use]
pub fn zero_test(groups: Groups, method: ChangeMethod) -> Option<ZTest> {
    let spread = match method {
        ChangeMethod::AdjustedWald => Spread::adjusted(groups)?,
        ChangeMethod::Wald => Spread::wald(groups)?,
    };
    (spread.standard_error > 0.0).then(|| ZTest::of_z(spread.centre / spread.standard_error))
}

/// Exact two-sided probability, in `[0, 1]`, of a split as uneven if promoting and detracting were
/// equally likely. Passives do not matter; 1 when there are only passives or nobody.
///
/// # Source
/// The sign test; the same as McNemar's exact test of promoters against detractors.
///
/// # Example
/// ```
/// use scoring::nps::{Groups, zero_test_exact};
/// let groups = Groups { detractors: 8, passives: 13, promoters: 15 };
/// assert!((zero_test_exact(groups) - 0.2100).abs() < 5e-5);
/// ```
#[must_use]
pub fn zero_test_exact(groups: Groups) -> f64 {
    even_split_p(Split { one: groups.promoters, other: groups.detractors })
}
