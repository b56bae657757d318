//! The six response rates of the American Association for Public Opinion Research. They differ in
//! whether half an interview counts, and in how many of the unknown are taken to be eligible.

use std::fmt;

use scoring::proportion::Part;

/// What became of every case of a sample.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dispositions {
    /// Complete interviews, I.
    pub n_complete: u64,
    /// Partial interviews, P.
    pub n_partial: u64,
    /// Refusals and break-offs, R.
    pub n_refusal: u64,
    /// Never reached, NC.
    pub n_non_contact: u64,
    /// Eligible but not interviewed for another reason, O.
    pub n_other: u64,
    /// Unknown whether there is a household or person at all, UH.
    pub n_unknown_household: u64,
    /// Unknown for another reason, UO.
    pub n_unknown_other: u64,
}

/// Why dispositions give no rates.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum DispositionsError {
    /// The share of eligible cases among the unknown does not lie in `[0, 1]`.
    ShareOutOfRange {
        /// What was given.
        eligible_share: f64,
    },
    /// The counts together do not fit.
    TooMany,
}

impl fmt::Display for DispositionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ShareOutOfRange { eligible_share } => {
                write!(f, "{eligible_share} of the unknown cannot be eligible; it is outside 0..=1")
            }
            Self::TooMany => write!(f, "the counts together exceed {}", u64::MAX),
        }
    }
}

impl std::error::Error for DispositionsError {}

/// The six response rates, from the strictest base to the most generous.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AaporRates {
    /// Complete interviews among all cases, unknown ones included: the lowest of the six.
    pub rr1: Part,
    /// The same with partial interviews counted.
    pub rr2: Part,
    /// Complete interviews among the eligible and an estimated share of the unknown, in `[0, 1]`;
    /// no interval, because the base is itself an estimate. `None` when the base is 0.
    pub rr3: Option<f64>,
    /// The same with partial interviews counted.
    pub rr4: Option<f64>,
    /// Complete interviews among the eligible only.
    pub rr5: Part,
    /// The same with partial interviews counted: the highest of the six.
    pub rr6: Part,
}

/// Response rates RR1 to RR6; `eligible_share` is e, the share of the unknown taken to be eligible.
///
/// A widget that knows everybody it was shown to has no unknown cases: RR2 and RR6 are then equal
/// and are its response rate.
///
/// # Errors
/// [`DispositionsError`] when `eligible_share` is outside `[0, 1]` or the counts do not fit.
///
/// # Source
/// AAPOR, Standard Definitions, 10th edition, section on response rates.
///
/// # Example
/// ```
/// use service::response::{Dispositions, aapor_rates};
/// let cases = Dispositions {
///     n_complete: 400, n_partial: 50, n_refusal: 100, n_non_contact: 300, n_other: 50,
///     n_unknown_household: 80, n_unknown_other: 20,
/// };
/// let rates = aapor_rates(&cases, 0.6)?;
/// assert_eq!((rates.rr1.share(), rates.rr2.share()), (Some(0.4), Some(0.45)));
/// assert_eq!(rates.rr4, Some(450.0 / 960.0)); // 0.6 of 100 unknown
/// assert_eq!(rates.rr6.share(), Some(0.5));
/// # Ok::<(), service::response::DispositionsError>(())
/// ```
pub fn aapor_rates(
    cases: &Dispositions,
    eligible_share: f64,
) -> Result<AaporRates, DispositionsError> {
    if !(0.0..=1.0).contains(&eligible_share) {
        return Err(DispositionsError::ShareOutOfRange { eligible_share });
    }
    let n_complete = cases.n_complete;
    let n_interviews = sum(&[n_complete, cases.n_partial])?;
    let n_eligible = sum(&[n_interviews, cases.n_refusal, cases.n_non_contact, cases.n_other])?;
    let n_unknown = sum(&[cases.n_unknown_household, cases.n_unknown_other])?;
    let n_all = sum(&[n_eligible, n_unknown])?;
    let part = |count, of| Part::new(count, of).expect("interviews are among the eligible");
    let base = n_eligible as f64 + eligible_share * n_unknown as f64;
    let weighted = |count: u64| (base > 0.0).then(|| count as f64 / base);
    Ok(AaporRates {
        rr1: part(n_complete, n_all),
        rr2: part(n_interviews, n_all),
        rr3: weighted(n_complete),
        rr4: weighted(n_interviews),
        rr5: part(n_complete, n_eligible),
        rr6: part(n_interviews, n_eligible),
    })
}

/// An estimate of e: the eligible among all cases whose eligibility is known, in `[0, 1]`.
///
/// `n_ineligible` are cases known not to belong to the population. `None` when nothing is known.
/// It supposes that the unknown are like the known, which has to be argued for every survey.
///
/// # Source
/// Proportional allocation, called the CASRO method in AAPOR's Standard Definitions.
///
/// # Example
/// ```
/// use service::response::{Dispositions, eligible_share};
/// let cases = Dispositions { n_complete: 40, n_refusal: 20, ..Dispositions::default() };
/// assert_eq!(eligible_share(&cases, 40), Some(0.6));
/// ```
#[must_use]
pub fn eligible_share(cases: &Dispositions, n_ineligible: u64) -> Option<f64> {
    let Dispositions { n_complete, n_partial, n_refusal, n_non_contact, n_other, .. } = *cases;
    let counts = [n_complete, n_partial, n_refusal, n_non_contact, n_other];
    let n_eligible = counts.iter().map(|n| *n as f64).sum::<f64>();
    let n_known = n_eligible + n_ineligible as f64;
    (n_known > 0.0).then(|| n_eligible / n_known)
}

fn sum(counts: &[u64]) -> Result<u64, DispositionsError> {
    let add = |sum: u64, more: &u64| sum.checked_add(*more).ok_or(DispositionsError::TooMany);
    counts.iter().try_fold(0, add)
}
