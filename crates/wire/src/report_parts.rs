//! The parts of a report's JSON that not every report has: weighting, drivers, importance, a
//! comparison.

use ::report::{Arrow, Comparison, Importance, ImportanceRow, RankedReason};
use scoring::drivers::Ratio;
use serde::{Deserialize, Serialize};

use crate::report::PartScoreJson;

/// What weighting did to the score, as JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeightingJson {
    /// The score with every answer counted once.
    pub unweighted: Option<f64>,
    /// As many equally weighted answers would be as sure.
    pub n_effective: f64,
    /// By how much weighting inflates the variance.
    pub design_effect: f64,
}

/// How one reason goes along with a rating in the worst bucket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DriverJson {
    /// Name of the reason.
    pub reason: String,
    /// Answers of the worst bucket that named it.
    pub n_worst: u64,
    /// All other answers that named it.
    pub n_others: u64,
    /// Share in the worst bucket over share among all.
    pub lift: Option<f64>,
    /// Share of worst ratings among those who named it over that among those who did not.
    pub risk_ratio: Option<RatioJson>,
    /// Odds of the reason in the worst bucket over those among the others.
    pub odds_ratio: Option<RatioJson>,
    /// Share of the worst ratings that goes along with it, in [0, 1].
    pub explained: Option<f64>,
    /// Fisher's two-sided probability, adjusted for the number of reasons.
    pub p: Option<f64>,
}

/// A ratio with its interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RatioJson {
    /// The ratio; 1 means no association.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// How much of the score goes along with each of several ratings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportanceJson {
    /// `shapley` or `relative_weights`.
    pub method: String,
    /// Answers that have a score and every rating.
    pub n: u64,
    /// Share of the score's variance that all ratings explain together; `null` when `error` says
    /// why.
    pub r_squared: Option<f64>,
    /// Why none can be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// One a rating, the most important first.
    pub ratings: Vec<ImportanceRowJson>,
}

/// The importance of one rating.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportanceRowJson {
    /// Name of the rating.
    pub rating: String,
    /// Answers with this rating.
    pub n: u64,
    /// Its part of the explained variance; all parts add up to 1.
    pub share: Option<f64>,
    /// Standardised coefficient in the regression on all ratings.
    pub coefficient: Option<f64>,
    /// Share of answers in the two best points, in [0, 1].
    pub top_2_box: Option<f64>,
    /// `improve`, `keep`, `watch` or `maintain`.
    pub quadrant: Option<String>,
}

/// Two scores and their difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparisonJson {
    /// The period or segment compared against.
    pub before: ComparedJson,
    /// The one looked at.
    pub after: ComparedJson,
    /// `after` minus `before`, in the unit of the score.
    pub difference: Option<f64>,
    /// Lower end of the interval of the difference.
    pub low: Option<f64>,
    /// Upper end of the interval of the difference.
    pub high: Option<f64>,
    /// Two-sided probability of such a difference where there is none.
    pub p: Option<f64>,
    /// `adjusted_wald`, `pooled_z`, `fisher_exact` or `weighted_z`.
    pub test: String,
    /// `up`, `down` or `unclear`.
    pub direction: Option<String>,
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComparedJson {
    /// Its name, such as `2026-W05`.
    pub name: String,
    /// Its score.
    #[serde(flatten)]
    pub score: PartScoreJson,
}

impl From<&RankedReason<String>> for DriverJson {
    fn from(row: &RankedReason<String>) -> Self {
        let ratio = |ratio: Option<Ratio>| {
            ratio.map(|ratio| RatioJson {
                value: ratio.value,
                low: ratio.interval.low,
                high: ratio.interval.high,
            })
        };
        Self {
            reason: row.reason.clone(),
            n_worst: row.mentions.detractors_with,
            n_others: row.mentions.others_with,
            lift: row.association.lift,
            risk_ratio: ratio(row.association.detractor_ratio),
            odds_ratio: ratio(row.association.odds_ratio),
            explained: row.association.explained,
            p: row.adjusted_p,
        }
    }
}

impl From<&Importance> for ImportanceJson {
    fn from(importance: &Importance) -> Self {
        Self {
            method: importance.method.to_owned(),
            n: importance.n,
            r_squared: importance.r_squared.ok(),
            error: importance.r_squared.err().map(|error| error.to_string()),
            ratings: importance.rows.iter().map(ImportanceRowJson::from).collect(),
        }
    }
}

impl From<&ImportanceRow> for ImportanceRowJson {
    fn from(row: &ImportanceRow) -> Self {
        Self {
            rating: row.rating.clone(),
            n: row.n,
            share: row.driver.map(|driver| driver.share),
            coefficient: row.driver.map(|driver| driver.coefficient),
            top_2_box: row.top_2_box,
            quadrant: row.quadrant.map(|quadrant| quadrant.name().to_owned()),
        }
    }
}

impl From<&Comparison> for ComparisonJson {
    fn from(comparison: &Comparison) -> Self {
        let Comparison { names, scores, difference, interval, p, test, arrow } = comparison;
        let side = |name: &str, score| ComparedJson { name: name.to_owned(), score };
        let direction = |arrow: &Arrow| match arrow {
            Arrow::Up => "up".to_owned(),
            Arrow::Down => "down".to_owned(),
            Arrow::Unclear => "unclear".to_owned(),
        };
        Self {
            before: side(&names.before, (&scores.before).into()),
            after: side(&names.after, (&scores.after).into()),
            difference: *difference,
            low: interval.map(|interval| interval.low),
            high: interval.map(|interval| interval.high),
            p: *p,
            test: (*test).to_owned(),
            direction: arrow.as_ref().map(direction),
        }
    }
}
