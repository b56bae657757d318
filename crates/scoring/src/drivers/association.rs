//! How a reason goes along with being a detractor, from the four counts of a 2 by 2 table.

use crate::interval::{ConfidenceLevel, Interval};
use crate::multiple::{AdjustError, benjamini_hochberg};
use crate::nps::Groups;
use crate::pair::Pair;
use crate::proportion::{Part, ZTestKind, fisher_exact, z_test};

/// Who gave a reason, among detractors and among all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mentions {
    /// Detractors who gave it.
    pub detractors_with: u64,
    /// Detractors who did not.
    pub detractors_without: u64,
    /// Others who gave it.
    pub others_with: u64,
    /// Others who did not.
    pub others_without: u64,
}

impl Mentions {
    const fn of_detractors(self) -> Part {
        Part::saturating(self.detractors_with, self.detractors_without)
    }

    const fn of_others(self) -> Part {
        Part::saturating(self.others_with, self.others_without)
    }

    const fn of_all(self) -> Part {
        Part::saturating(
            self.detractors_with.saturating_add(self.others_with),
            self.detractors_without.saturating_add(self.others_without),
        )
    }
}

/// A ratio, not negative, with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// The ratio; 1 means no association.
    pub value: f64,
    /// Its interval.
    pub interval: Interval,
    /// Whether a half was added to each of the four counts because one of them is 0.
    pub is_adjusted: bool,
}

/// How a reason and being a detractor go together. `None` where undefined; nothing is defined for a
/// reason that nobody gave, or without detractors, or without others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Association {
    /// Share among detractors over share among all.
    pub lift: Option<f64>,
    /// Share among detractors over share among the others; `None` when a count is 0.
    pub mention_ratio: Option<Ratio>,
    /// Share of detractors among those who gave it over that among those who did not; `None` when a
    /// count is 0.
    pub detractor_ratio: Option<Ratio>,
    /// Odds of the reason among detractors over those among the others.
    pub odds_ratio: Option<Ratio>,
    /// Pearson's chi-squared without continuity correction, one degree of freedom.
    pub chi_squared: Option<f64>,
    /// Its probability, in `[0, 1]`.
    pub chi_squared_p: Option<f64>,
    /// Fisher's exact two-sided probability, in `[0, 1]`; to be used when a count is small.
    pub fisher_p: Option<f64>,
    /// Phi coefficient, in `[-1, 1]`; positive where detractors give the reason more often.
    pub phi: Option<f64>,
    /// Share of all detractors that would not be if those who gave the reason detracted as rarely as
    /// the rest, in `[0, 1]`: share among detractors times `1 - 1 / detractor_ratio`, not below 0.
    pub explained: Option<f64>,
}

impl Association {
    const UNDEFINED: Self = Self {
        lift: None,
        mention_ratio: None,
        detractor_ratio: None,
        odds_ratio: None,
        chi_squared: None,
        chi_squared_p: None,
        fisher_p: None,
        phi: None,
        explained: None,
    };
}

/// How one reason goes along with being a detractor.
///
/// # Source
/// Katz and others 1978 (ratios of shares), Woolf 1955 with the half of Haldane 1956 and Anscombe
/// 1956 (odds), Miettinen 1974 (share explained).
///
/// # Example
/// ```
/// use scoring::{ConfidenceLevel, drivers::{Mentions, association}};
/// let mentions = Mentions {
///     detractors_with: 30, detractors_without: 70, others_with: 10, others_without: 90,
/// };
/// let found = association(mentions, ConfidenceLevel::P95);
/// assert!((found.lift.unwrap() - 1.5).abs() < 1e-12);
/// assert!((found.mention_ratio.unwrap().value - 3.0).abs() < 1e-12);
/// assert!((found.odds_ratio.unwrap().value - 3.857).abs() < 5e-4);
/// assert!((found.phi.unwrap() - 0.25).abs() < 1e-12);
/// ```
#[must_use]
pub fn association(mentions: Mentions, level: ConfidenceLevel) -> Association {
    let (detractors, others) = (mentions.of_detractors(), mentions.of_others());
    let (Some(share), Some(_), Some(of_all)) =
        (detractors.share(), others.share(), mentions.of_all().share())
    else {
        return Association::UNDEFINED;
    };
    if mentions.of_all().count() == 0 {
        return Association::UNDEFINED;
    }
    let pair = Pair { before: others, after: detractors };
    let z = z_test(pair, ZTestKind::Pooled);
    let given = Part::saturating(mentions.detractors_with, mentions.others_with);
    let not_given = Part::saturating(mentions.detractors_without, mentions.others_without);
    let detractor_ratio = share_ratio(given, not_given, level);
    let n = detractors.of() as f64 + others.of() as f64;
    Association {
        lift: Some(share / of_all),
        mention_ratio: share_ratio(detractors, others, level),
        detractor_ratio,
        odds_ratio: Some(odds_ratio(mentions, level)),
        chi_squared: z.map(|test| test.z * test.z),
        chi_squared_p: z.map(|test| test.p),
        fisher_p: fisher_exact(pair),
        phi: z.map(|test| test.z / n.sqrt()),
        explained: explained(share, given, not_given),
    }
}

/// The first share over the second; `None` unless both are above 0.
fn share_ratio(one: Part, other: Part, level: ConfidenceLevel) -> Option<Ratio> {
    if one.count() == 0 || other.count() == 0 {
        return None;
    }
    let value = one.share()? / other.share()?;
    let part = |part: Part| 1.0 / part.count() as f64 - 1.0 / part.of() as f64;
    let log_error = (part(one) + part(other)).max(0.0).sqrt();
    Some(Ratio { value, interval: around_log(value, log_error, level), is_adjusted: false })
}

fn odds_ratio(mentions: Mentions, level: ConfidenceLevel) -> Ratio {
    let counts = [
        mentions.detractors_with,
        mentions.detractors_without,
        mentions.others_with,
        mentions.others_without,
    ];
    let is_adjusted = counts.contains(&0);
    let added = if is_adjusted { 0.5 } else { 0.0 };
    let [a, b, c, d] = counts.map(|n| n as f64 + added);
    let value = (a / b) * (d / c);
    let log_error = (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt();
    Ratio { value, interval: around_log(value, log_error, level), is_adjusted }
}

fn around_log(value: f64, log_error: f64, level: ConfidenceLevel) -> Interval {
    let factor = (level.z() * log_error).exp();
    Interval { low: value / factor, high: value * factor }
}

/// The attributable share; also defined when nobody without the reason detracts.
fn explained(share: f64, given: Part, not_given: Part) -> Option<f64> {
    let risk = given.share()?;
    if risk <= 0.0 {
        return Some(0.0);
    }
    let other_risk = not_given.share().unwrap_or(risk);
    Some((share * (1.0 - other_risk / risk)).max(0.0))
}

/// When a reason is worth ranking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankOptions {
    /// Probability of the intervals.
    pub level: ConfidenceLevel,
    /// Reasons given by fewer people are left out.
    pub n_mentions_min: u64,
}

impl RankOptions {
    /// 95 %, at least 5 mentions.
    pub const STANDARD: Self = Self { level: ConfidenceLevel::P95, n_mentions_min: 5 };
}

/// A reason with what it goes along with.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedReason<Reason> {
    /// The reason.
    pub reason: Reason,
    /// Its counts.
    pub mentions: Mentions,
    /// How it goes along with being a detractor.
    pub association: Association,
    /// Fisher's probability adjusted for the number of reasons ranked; `None` where undefined.
    pub adjusted_p: Option<f64>,
}

/// Reasons by how many detractors they explain, most first; rare reasons do not win by lift.
///
/// Adjusted by Benjamini and Hochberg over the reasons that are ranked.
///
/// # Example
/// ```
/// use scoring::drivers::{Mentions, RankOptions, rank};
/// let mentions = |with, others_with| Mentions {
///     detractors_with: with, detractors_without: 100 - with,
///     others_with, others_without: 100 - others_with,
/// };
/// let reasons = [("rude", mentions(5, 1)), ("wait", mentions(30, 10)), ("rare", mentions(2, 0))];
/// let ranked = rank(&reasons, &RankOptions::STANDARD);
/// assert_eq!(ranked.iter().map(|r| r.reason).collect::<Vec<_>>(), ["wait", "rude"]);
/// ```
#[must_use]
pub fn rank<Reason: Clone>(
    reasons: &[(Reason, Mentions)],
    options: &RankOptions,
) -> Vec<RankedReason<Reason>> {
    let mut ranked: Vec<_> = reasons
        .iter()
        .filter(|(_, mentions)| mentions.of_all().count() >= options.n_mentions_min)
        .map(|(reason, mentions)| RankedReason {
            reason: reason.clone(),
            mentions: *mentions,
            association: association(*mentions, options.level),
            adjusted_p: None,
        })
        .collect();
    let p_values: Vec<f64> = ranked.iter().filter_map(|r| r.association.fisher_p).collect();
    let adjusted: Result<_, AdjustError> = benjamini_hochberg(&p_values);
    let mut adjusted = adjusted.expect("Fisher's values are probabilities").into_iter();
    for reason in &mut ranked {
        reason.adjusted_p = reason.association.fisher_p.and_then(|_| adjusted.next());
    }
    let weight = |r: &RankedReason<Reason>| r.association.explained.unwrap_or(0.0);
    ranked.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    ranked
}

/// Net promoter score without those who gave a reason, minus the score of all, in points.
///
/// Describes only: it is not what would happen if the reason went away. `None` when the mentioners
/// are not among all, when nobody answered or when nobody is left.
///
/// # Example
/// ```
/// use scoring::{drivers::nps_impact, nps::Groups};
/// let all = Groups { detractors: 30, passives: 30, promoters: 40 };
/// let mentioners = Groups { detractors: 15, passives: 5, promoters: 0 };
/// assert_eq!(nps_impact(all, mentioners), Some(21.25)); // (40 - 15) / 80 - 10 / 100
/// ```
#[must_use]
pub fn nps_impact(all: Groups, mentioners: Groups) -> Option<f64> {
    Some(all.without(mentioners)?.nps()? - all.nps()?)
}
