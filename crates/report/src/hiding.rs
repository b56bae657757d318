//! Hides what would tell, by subtraction, a score that is suppressed: a second segment, a second
//! period. Which scores are suppressed in the first place is not here; see `scored`.

use std::collections::BTreeMap;

use scoring::suppression::hidden_cells;
use scoring::{Score, State};

use crate::report::Report;

/// Where the score of all answers is.
const ALL: usize = 0;

/// Scores of groups that together are another group. Both are places in one list of scores.
struct Parts {
    whole: usize,
    parts: Vec<usize>,
}

/// Hides scores until none that is suppressed can be worked out from its whole and the others.
///
/// Segments make up all answers, and so do periods; the periods of a segment make up the segment,
/// and the segments of a period the period. Where the whole is shown and one part alone is hidden,
/// the smallest other part is hidden with it; where the whole is hidden, its parts would add up to
/// it, so all are; where one part is hidden and is all of the whole, so is the whole. Hiding one may
/// bare another, so this goes on until nothing changes.
pub(crate) fn hide_companions(report: &mut Report) {
    // At the place `ALL`.
    let mut scores: Vec<&mut Score> = vec![&mut report.score];
    let mut period_idxs: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &mut report.trend {
        period_idxs.insert(&row.period, scores.len());
        scores.push(&mut row.score);
    }
    let mut made_of = vec![Parts { whole: ALL, parts: period_idxs.values().copied().collect() }];
    let mut divisions: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
    let mut cells: BTreeMap<(Vec<&str>, usize), Vec<usize>> = BTreeMap::new();
    for segment in &mut report.segments {
        let columns: Vec<&str> = segment.by.keys().map(String::as_str).collect();
        let whole = scores.len();
        scores.push(&mut segment.score);
        let mut parts = Vec::new();
        for row in &mut segment.trend {
            if let Some(&period) = period_idxs.get(row.period.as_str()) {
                cells.entry((columns.clone(), period)).or_default().push(scores.len());
            }
            parts.push(scores.len());
            scores.push(&mut row.score);
        }
        divisions.entry(columns).or_default().push(whole);
        made_of.push(Parts { whole, parts });
    }
    made_of.extend(divisions.into_values().map(|parts| Parts { whole: ALL, parts }));
    made_of.extend(cells.into_iter().map(|((_, whole), parts)| Parts { whole, parts }));
    while made_of.iter().filter(|parts| hide_within(parts, &mut scores)).count() > 0 {}
}

/// Whether anything had to be hidden.
fn hide_within(Parts { whole, parts }: &Parts, scores: &mut [&mut Score]) -> bool {
    let is_hidden = |idx: &usize| scores[*idx].state == State::Suppressed;
    let to_hide: Vec<usize> = if is_hidden(whole) {
        parts.clone()
    } else if *whole != ALL && is_alone(parts, scores) {
        vec![*whole]
    } else {
        // What is hidden already counts as a cell below the threshold, whyever it is hidden.
        let size = |idx: &usize| if is_hidden(idx) { 1 } else { scores[*idx].n.saturating_mul(2) };
        let sizes: Vec<u64> = parts.iter().map(size).collect();
        hidden_cells(&sizes, 2, true).into_iter().map(|cell| parts[cell]).collect()
    };
    let mut is_changed = false;
    for idx in to_hide {
        if scores[idx].state.is_shown() {
            hide(scores[idx]);
            is_changed = true;
        }
    }
    is_changed
}

/// Whether the whole is the one part that holds any answers, and that one is hidden.
fn is_alone(parts: &[usize], scores: &[&mut Score]) -> bool {
    let mut filled = parts.iter().filter(|&&idx| scores[idx].state != State::NoData);
    filled.next().is_some_and(|&idx| scores[idx].state == State::Suppressed)
        && filled.next().is_none()
}

fn hide(score: &mut Score) {
    score.state = State::Suppressed;
    (score.value, score.interval, score.mean, score.shares) = (None, None, None, None);
}
