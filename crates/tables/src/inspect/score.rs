//! Which column is the score, which question it answers, and on which scale.
//!
//! A scale is guessed only from values that settle it: its highest point has to have been seen. A
//! value outside it is reported and never made to fit.

use scoring::{Direction, Metric, ScalePoint};

use super::exports::Export;
use super::{Column, Hint, Profile, ScoreGuess, names};
use crate::plan::ColumnIdx;

/// Share of the numbers that have to lie on a scale for it to be guessed.
const ON_SCALE_SHARE_MIN: f64 = 0.9;

/// Share of the cells that have to be whole numbers in a column of scores.
const WHOLE_SHARE_MIN: f64 = 0.7;

/// Words of a tool that rates with them: the good one, the bad one, and those for no answer.
const ZENDESK_WORDS: (&str, &str, [&str; 2]) = ("good", "bad", ["offered", "unoffered"]);

/// The column with the score; `None` when no column is, or several could be.
pub(super) fn guess(columns: &[Column], export: Option<Export>) -> Option<ScoreGuess> {
    let header: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    if let Some(export) = export
        && let Some(idx) = export.score_column(&header)
    {
        return Some(of_column(columns, idx, Hint::WrittenBy(export)));
    }
    let named = |(idx, column): (usize, &Column)| {
        let word = names::word_for(&column.name, super::Role::Score)?;
        // A name that says which question it is tells more than one that says "score", and either
        // more than values that fit: among few answers, one wrong one is many.
        let is_telling = names::metric(&column.name).is_some();
        let fits = looks_like_scores(&column.profile);
        let is_whole = column.profile.whole_share() >= WHOLE_SHARE_MIN;
        is_whole.then_some((fits, is_telling, idx, word))
    };
    let mut candidates: Vec<_> = columns.iter().enumerate().filter_map(named).collect();
    candidates.sort_by_key(|&(fits, is_telling, idx, _)| (!fits, !is_telling, idx));
    if let Some(&(_, _, idx, word)) = candidates.first() {
        return Some(of_column(columns, idx, Hint::Name(word)));
    }
    let mut by_values = columns.iter().enumerate().filter(|(_, column)| {
        looks_like_scores(&column.profile)
            && column.profile.n_filled() >= 10
            && !names::is_id(&column.name)
            && range(None, &column.profile).is_some()
    });
    match (by_values.next(), by_values.next()) {
        (Some((idx, _)), None) => Some(of_column(columns, idx, Hint::OnlyOne)),
        _ => None,
    }
}

/// Whether most cells are whole numbers and most of those lie in 0 to 10.
fn looks_like_scores(profile: &Profile) -> bool {
    profile.whole_share() >= WHOLE_SHARE_MIN
        && on_scale_share(profile, (0, 10)) >= ON_SCALE_SHARE_MIN
}

fn of_column(columns: &[Column], idx: usize, first: Hint) -> ScoreGuess {
    let profile = &columns[idx].profile;
    let mut guess = ScoreGuess {
        column: ColumnIdx(idx),
        metric: None,
        range: None,
        direction: None,
        labels: Vec::new(),
        missing_codes: Vec::new(),
        hints: vec![first],
    };
    if is_rated_with_words(profile) {
        let (good, bad, missing) = ZENDESK_WORDS;
        guess.metric = Some(Metric::Csat);
        guess.range = Some((0, 1));
        guess.direction = Some(Direction::HigherIsBetter);
        guess.labels = vec![(good.to_owned(), ScalePoint(1)), (bad.to_owned(), ScalePoint(0))];
        guess.missing_codes = missing.map(str::to_owned).to_vec();
        return guess;
    }
    let mut whole = profile.whole_numbers();
    if let Some((min, _)) = whole.next() {
        let max = whole.next_back().map_or(min, |(max, _)| max);
        guess.hints.push(Hint::WholeNumbers { min, max });
    }
    if let Some((metric, hint)) = metric(columns, idx) {
        guess.metric = Some(metric);
        guess.hints.extend(hint);
    }
    guess.range = range(guess.metric, profile);
    if guess.metric.is_none() {
        guess.metric = guess.range.and_then(metric_of_range);
    }
    match guess.range {
        Some((min, max)) => {
            let outside =
                |&(value, _): &(i64, usize)| !(i64::from(min)..=i64::from(max)).contains(&value);
            let hint = |(value, n)| Hint::OutsideScale { value, n };
            guess.hints.extend(profile.whole_numbers().filter(outside).map(hint));
        }
        None => guess.hints.push(Hint::ScaleUnclear),
    }
    match guess.metric {
        Some(Metric::Nps | Metric::Csat) => guess.direction = Some(Direction::HigherIsBetter),
        Some(Metric::Ces) | None => guess.hints.push(Hint::DirectionUnclear),
    }
    guess
}

fn is_rated_with_words(profile: &Profile) -> bool {
    let (good, bad, missing) = ZENDESK_WORDS;
    let is_one_of =
        |words: &[&str], value: &str| words.iter().any(|word| value.eq_ignore_ascii_case(word));
    let all = [good, bad, missing[0], missing[1]];
    profile.values().any(|(value, _)| is_one_of(&[good, bad], value))
        && profile.values().all(|(value, _)| is_one_of(&all, value))
}

/// The question, by the name of the column or by a column that holds its name in every row.
fn metric(columns: &[Column], idx: usize) -> Option<(Metric, Option<Hint>)> {
    if let Some((metric, word)) = names::metric(&columns[idx].name) {
        return Some((metric, Some(Hint::Name(word))));
    }
    columns.iter().find_map(|column| {
        let mut values = column.profile.values();
        let (value, n) = values.next()?;
        let is_constant = values.next().is_none() && n == column.profile.n_cells();
        let metric = Metric::from_name(&value.to_lowercase()).filter(|_| is_constant)?;
        Some((metric, Some(Hint::OtherColumn(column.name.clone()))))
    })
}

/// The question that is usually asked on a scale when nothing else says which it is.
const fn metric_of_range(range: (i16, i16)) -> Option<Metric> {
    match range {
        (0, 10) => Some(Metric::Nps),
        (1, 5) => Some(Metric::Csat),
        _ => None,
    }
}

/// Lowest and highest point of the scale, where the values settle it.
fn range(metric: Option<Metric>, profile: &Profile) -> Option<(i16, i16)> {
    let usual: &[(i16, i16)] = match metric {
        Some(Metric::Nps) => &[(0, 10)],
        Some(Metric::Csat) => &[(0, 1), (1, 5), (1, 7), (1, 10), (0, 10)],
        Some(Metric::Ces) => &[(1, 5), (1, 7)],
        None => &[(1, 5), (0, 10)],
    };
    let seen = |value: i16| profile.whole_numbers().any(|(own, _)| own == i64::from(value));
    usual.iter().copied().find(|&(min, max)| {
        let settles = match (min, max) {
            // Of the scale of NPS, the better half is enough; nobody uses another that long.
            (0, 10) if metric == Some(Metric::Nps) => (6..=10).any(seen),
            (0, 10) => seen(0) && seen(10),
            (0, 1) => seen(0) && seen(1),
            // A lone 6 or 7 is a code on a scale of five; both together are a longer scale.
            (1, 5) => seen(5) && !(seen(6) && seen(7)),
            (1, 7) => seen(6) && seen(7),
            (_, max) => seen(max),
        };
        settles && on_scale_share(profile, (min, max)) >= ON_SCALE_SHARE_MIN
    })
}

/// Share of the whole numbers that lie within a range; 0 when there are none.
fn on_scale_share(profile: &Profile, (min, max): (i16, i16)) -> f64 {
    let (mut n, mut n_within) = (0, 0);
    for (value, n_seen) in profile.whole_numbers() {
        n += n_seen;
        if (i64::from(min)..=i64::from(max)).contains(&value) {
            n_within += n_seen;
        }
    }
    if n == 0 { 0.0 } else { n_within as f64 / n as f64 }
}
