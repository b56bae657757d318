//! When a number may be shown: too few answers point at persons, and a hidden cell can be found
//! by subtraction. How sure a shown number is, is not here; see [`crate::interval`].

use crate::interval::ConfidenceLevel;
use crate::proportion::{self, Method, Part};

/// Whether a score can be shown, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nobody answered.
    NoData,
    /// Too few answers to show without pointing at persons.
    Suppressed,
    /// Shown, but few.
    LowN,
    /// Enough answers.
    Ok,
}

impl State {
    /// The name used in JSON: `no_data`, `suppressed`, `low_n` or `ok`.
    ///
    /// ```
    /// assert_eq!(scoring::State::LowN.name(), "low_n");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoData => "no_data",
            Self::Suppressed => "suppressed",
            Self::LowN => "low_n",
            Self::Ok => "ok",
        }
    }

    /// The state of that [`name`](Self::name); `None` for any other text.
    ///
    /// ```
    /// use scoring::State;
    /// assert_eq!(State::from_name("low_n"), Some(State::LowN));
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [Self::NoData, Self::Suppressed, Self::LowN, Self::Ok];
        all.into_iter().find(|state| state.name() == name)
    }

    /// Whether numbers are shown in this state.
    ///
    /// ```
    /// assert!(scoring::State::LowN.is_shown());
    /// assert!(!scoring::State::Suppressed.is_shown());
    /// ```
    #[must_use]
    pub const fn is_shown(self) -> bool {
        matches!(self, Self::LowN | Self::Ok)
    }
}

/// Below which numbers of answers something is hidden or flagged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Fewer answers than this are not shown.
    pub suppress_below: u64,
    /// Fewer answers than this are flagged.
    pub flag_below: u64,
}

impl Thresholds {
    /// Nothing shown below 5 answers, flagged below 30.
    pub const STANDARD: Self = Self { suppress_below: 5, flag_below: 30 };

    /// Everything is shown as soon as there is one answer.
    pub const NONE: Self = Self { suppress_below: 0, flag_below: 0 };

    /// The state of a number made from `n` answers.
    ///
    /// # Example
    /// ```
    /// use scoring::{State, suppression::Thresholds};
    /// assert_eq!(Thresholds::STANDARD.state(0), State::NoData);
    /// assert_eq!(Thresholds::STANDARD.state(4), State::Suppressed);
    /// assert_eq!(Thresholds::STANDARD.state(29), State::LowN);
    /// assert_eq!(Thresholds::STANDARD.state(30), State::Ok);
    /// ```
    #[must_use]
    pub const fn state(self, n: u64) -> State {
        if n == 0 {
            State::NoData
        } else if n < self.suppress_below {
            State::Suppressed
        } else if n < self.flag_below {
            State::LowN
        } else {
            State::Ok
        }
    }
}

/// Which cells of one row to hide so that none below the threshold can be worked out.
///
/// Every cell from 1 to `suppress_below - 1` is hidden. When exactly one is hidden and the row's
/// total is shown, subtraction would reveal it, so the smallest other cell that is not empty is
/// hidden too. Returned are indices into `cells`, ascending. An empty cell is no secret.
///
/// # Source
/// Washington State Department of Health, "Department of Health Agency Standards for Reporting Data
/// with Small Numbers": secondary suppression.
///
/// # Example
/// ```
/// use scoring::suppression::hidden_cells;
/// assert_eq!(hidden_cells(&[3, 40, 57], 5, true), [0, 1]);
/// assert_eq!(hidden_cells(&[3, 40, 57], 5, false), [0]);
/// assert_eq!(hidden_cells(&[0, 40, 57], 5, true), []);
/// ```
#[must_use]
pub fn hidden_cells(cells: &[u64], suppress_below: u64, is_total_shown: bool) -> Vec<usize> {
    let is_small = |n: u64| (1..suppress_below).contains(&n);
    let mut hidden: Vec<usize> = (0..cells.len()).filter(|&idx| is_small(cells[idx])).collect();
    if let ([only], true) = (hidden.as_slice(), is_total_shown) {
        let companion = (0..cells.len())
            .filter(|idx| idx != only && cells[*idx] > 0)
            .min_by_key(|&idx| cells[idx]);
        hidden.extend(companion);
        hidden.sort_unstable();
    }
    hidden
}

/// What the National Center for Health Statistics prints of an estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reporting {
    /// Not printed.
    NotReported,
    /// Printed with a mark.
    ReportedUnreliable,
    /// Printed.
    Reliable,
}

impl Reporting {
    /// The name used in JSON: `not_reported`, `reported_unreliable` or `reliable`.
    ///
    /// ```
    /// use scoring::suppression::Reporting;
    /// assert_eq!(Reporting::NotReported.name(), "not_reported");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotReported => "not_reported",
            Self::ReportedUnreliable => "reported_unreliable",
            Self::Reliable => "reliable",
        }
    }
}

/// The rule of the National Home and Hospice Care Survey for an estimate from `n` answers.
///
/// Fewer than 30 are not reported; fewer than 60, or a standard error of 30 % of the estimate or
/// more, are marked. `relative_standard_error` is a share, not percent; one that is not a number is
/// treated as unreliable.
///
/// # Source
/// National Center for Health Statistics, NHHCS, "Estimation and publication criteria".
///
/// # Example
/// ```
/// use scoring::suppression::{Reporting, nhhcs};
/// assert_eq!(nhhcs(500, 0.45), Reporting::ReportedUnreliable);
/// assert_eq!(nhhcs(60, 0.29), Reporting::Reliable);
/// assert_eq!(nhhcs(29, 0.01), Reporting::NotReported);
/// ```
#[must_use]
pub fn nhhcs(n: u64, relative_standard_error: f64) -> Reporting {
    if n < 30 {
        Reporting::NotReported
    } else if n >= 60 && relative_standard_error < 0.30 {
        Reporting::Reliable
    } else {
        Reporting::ReportedUnreliable
    }
}

/// The later rule of the same centre for a share: what counts is the width of its exact interval.
///
/// Not reported below 30 answers, with a 95 % interval of 0.30 or wider, or, between 0.05 and 0.30,
/// wider than 1.3 times the share. A share of exactly 0 or 1 is marked for a statistician.
///
/// # Source
/// Parker and others 2017, "National Center for Health Statistics Data Presentation Standards for
/// Proportions", Vital and Health Statistics 2(175).
///
/// # Example
/// ```
/// use scoring::{proportion::Part, suppression::{Reporting, nchs_share}};
/// assert_eq!(nchs_share(Part::new(500, 1000)?), Reporting::Reliable);
/// assert_eq!(nchs_share(Part::new(15, 30)?), Reporting::NotReported); // about 0.37 wide
/// assert_eq!(nchs_share(Part::new(0, 1000)?), Reporting::ReportedUnreliable);
/// # Ok::<(), scoring::proportion::PartError>(())
/// ```
#[must_use]
pub fn nchs_share(part: Part) -> Reporting {
    let interval = proportion::interval(part, Method::ClopperPearson, ConfidenceLevel::P95);
    let (Some(share), Some(interval)) = (part.share(), interval) else {
        return Reporting::NotReported;
    };
    let width = interval.width();
    let is_too_wide = width >= 0.30 || (width > 0.05 && width > 1.30 * share);
    if part.of() < 30 || is_too_wide {
        Reporting::NotReported
    } else if part.count() == 0 || part.rest() == 0 {
        Reporting::ReportedUnreliable
    } else {
        Reporting::Reliable
    }
}
