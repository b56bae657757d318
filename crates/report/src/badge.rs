//! The score badge: what `<candor-score>` says, from counts and the product's words.

use scoring::{Counts, Metric, Score, ScoreOptions, State, score};
use survey::Words;

use crate::display::{decimal_text, interval_texts, range_share, value_text};

/// Exactly what the badge draws.
#[derive(Clone, Debug, PartialEq)]
pub struct BadgeView {
    /// `no_data`, `suppressed`, `low_n` or `ok`.
    pub state: &'static str,
    /// The metric.
    pub metric: Metric,
    /// The score; `None` while there are too few answers.
    pub value: Option<String>,
    /// In which range the true score probably lies.
    pub interval: Option<String>,
    /// Low end, score and high end as parts of the whole range, in [0, 1]; for drawing.
    pub range: Option<[f64; 3]>,
    /// How many answers there are, or how many are missing until there is a score.
    pub answers: String,
}

/// The badge of `counts`.
///
/// ```
/// use report::{Counts, Metric, Scale, badge::badge};
/// let words = survey::Words::in_locale(&survey::Locale::new("en").unwrap());
/// let mut counts = Counts::new(Scale::NPS);
/// counts.record(9);
/// let view = badge(Metric::Nps, &counts, &words);
/// assert_eq!((view.value, view.answers.as_str()), (None, "1 of 5 answers needed for a score"));
/// ```
#[must_use]
pub fn badge(metric: Metric, counts: &Counts, words: &Words) -> BadgeView {
    let shown = score(metric, counts, &ScoreOptions::STANDARD).ok();
    let Some((score, value)) = shown.and_then(|score| Some((score, score.value?))) else {
        return badge_of_few(metric, counts.n(), words);
    };
    BadgeView {
        state: score.state.name(),
        metric,
        value: Some(value_text(metric, value)),
        interval: interval_sentence(&score, words),
        range: range(score),
        answers: words.score_answers().replace("{n}", &counts.n().to_string()),
    }
}

/// The badge of a score that is hidden because only `n` have answered.
#[must_use]
pub fn badge_of_few(metric: Metric, n: u64, words: &Words) -> BadgeView {
    let options = ScoreOptions::STANDARD;
    let state = if n == 0 { State::NoData } else { State::Suppressed };
    let needed = options.suppress_below.to_string();
    let answers = words.score_few().replace("{n}", &n.to_string()).replace("{needed}", &needed);
    BadgeView { state: state.name(), metric, value: None, interval: None, range: None, answers }
}

/// The interval in words: "37 to 42 at 95 % confidence".
#[must_use]
pub fn interval_sentence(score: &Score, words: &Words) -> Option<String> {
    let (low, high) = interval_texts(score)?;
    let confidence = format!("{} %", decimal_text(score.confidence_level * 100.0, 0));
    let sentence = words.score_interval().replace("{low}", &low).replace("{high}", &high);
    Some(sentence.replace("{confidence}", &confidence))
}

/// Low end, score and high end as parts of the whole range.
fn range(score: Score) -> Option<[f64; 3]> {
    let interval = score.interval?;
    let at = |value| range_share(score.metric, value);
    Some([at(interval.low), at(score.value?), at(interval.high)])
}
