//! Whether a share changed: difference, interval and the test that suits the counts.

use crate::interval::{ConfidenceLevel, Interval};
use crate::pair::Pair;
use crate::proportion::{Part, ZTest, ZTestKind, fisher_exact, newcombe, z_test};

/// Which test a change was judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeTest {
    /// The pooled normal test.
    Pooled,
    /// Fisher's exact test, because fewer than 5 were expected in some cell.
    Fisher,
}

impl ChangeTest {
    /// The name used in JSON: `pooled_z` or `fisher_exact`.
    ///
    /// ```
    /// assert_eq!(scoring::proportion::ChangeTest::Fisher.name(), "fisher_exact");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pooled => "pooled_z",
            Self::Fisher => "fisher_exact",
        }
    }
}

/// How two shares differ, all in shares and not in percent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// `after - before`, in `[-1, 1]`.
    pub difference: f64,
    /// Newcombe's interval of the difference.
    pub interval: Interval,
    /// The pooled normal test; `None` where all or none in both groups counted.
    pub z_test: Option<ZTest>,
    /// Two-sided probability in `[0, 1]` by the test named in `test`.
    pub p: f64,
    /// The test behind `p`.
    pub test: ChangeTest,
}

/// The change of a share between two periods or segments; `None` when either is empty.
///
/// The interval is Newcombe's. The probability is the pooled normal test's, or Fisher's where some
/// cell is expected to hold fewer than 5. Two intervals that overlap are not a test.
///
/// # Source
/// Newcombe 1998, Statistics in Medicine 17:873; the limit of 5 after Cochran 1954.
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, Pair, proportion::{ChangeTest, Part, change}};
/// let pair = Pair { before: Part::new(2643, 3334)?, after: Part::new(2206, 2688)? };
/// let change = change(pair, ConfidenceLevel::P95).unwrap();
/// assert!((change.difference - 0.027_943).abs() < 1e-6 && (change.p - 0.0065).abs() < 1e-4);
/// assert_eq!(change.test, ChangeTest::Pooled);
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
#[must_use]
pub fn change(pair: Pair<Part>, level: ConfidenceLevel) -> Option<Change> {
    let difference = pair.after.share()? - pair.before.share()?;
    let interval = newcombe(pair, level)?;
    let z_test = z_test(pair, ZTestKind::Pooled);
    let by_z = z_test.filter(|_| smallest_expected(pair) >= 5.0);
    let (p, test) = match by_z {
        Some(z_test) => (z_test.p, ChangeTest::Pooled),
        None => (fisher_exact(pair)?, ChangeTest::Fisher),
    };
    Some(Change { difference, interval, z_test, p, test })
}

/// The smallest of the four counts expected if both groups had the same share.
fn smallest_expected(Pair { before, after }: Pair<Part>) -> f64 {
    let n = before.of() as f64 + after.of() as f64;
    let counted = before.count() as f64 + after.count() as f64;
    before.of().min(after.of()) as f64 * counted.min(n - counted) / n
}
