//! Periods put together: rolling windows and buckets wide enough to show. Counts are pooled; scores
//! are never averaged.

use std::ops::Range;

use crate::counts::{Counts, CountsError};
use crate::nps::{Groups, pooled};

/// Mean of the last `window` values at each one, gaps left out.
///
/// `None` where fewer than `n_values_min` of the window are there. For means and durations; for
/// scores use [`rolling_groups`] or [`rolling_counts`], which pool.
///
/// # Example
/// ```
/// use scoring::trend::rolling_mean;
/// let values = [Some(50.0), None, Some(40.0), Some(45.0)];
/// assert_eq!(rolling_mean(&values, 3, 2), [None, None, Some(45.0), Some(42.5)]);
/// ```
#[must_use]
pub fn rolling_mean(
    values: &[Option<f64>],
    window: usize,
    n_values_min: usize,
) -> Vec<Option<f64>> {
    let mean = |window: &[Option<f64>]| {
        let present: Vec<f64> = window.iter().copied().flatten().collect();
        let is_enough = !present.is_empty() && present.len() >= n_values_min;
        let mean = present.iter().sum::<f64>() / present.len() as f64;
        (is_enough && mean.is_finite()).then_some(mean)
    };
    rolling(values, window, mean)
}

/// The groups of the last `window` periods at each one, pooled.
///
/// Shorter at the start of the series. The rolling score is [`Groups::nps`] of each.
///
/// # Example
/// ```
/// use scoring::{nps::Groups, trend::rolling_groups};
/// let periods = [
///     Groups { detractors: 20, passives: 5, promoters: 25 },
///     Groups { detractors: 1, passives: 0, promoters: 0 },
///     Groups { detractors: 200, passives: 300, promoters: 500 },
/// ];
/// let rolling = rolling_groups(&periods, 3);
/// assert!((rolling[2].nps().unwrap() - 28.92).abs() < 0.005); // the mean of the scores is -20
/// ```
#[must_use]
pub fn rolling_groups(periods: &[Groups], window: usize) -> Vec<Groups> {
    rolling(periods, window, pooled)
}

/// The counts of the last `window` periods at each one, pooled.
///
/// # Errors
/// [`CountsError`] when the scales differ or the answers are too many to add.
///
/// # Example
/// ```
/// use scoring::{Counts, Scale, ScalePoint, trend::rolling_counts};
/// let mut day = Counts::new(Scale::NPS);
/// day.add(ScalePoint(9), 10);
/// let rolling = rolling_counts(&[day.clone(), day.clone(), day], 2)?;
/// assert_eq!(rolling.iter().map(Counts::n).collect::<Vec<_>>(), [10, 20, 20]);
/// # Ok::<(), scoring::counts::CountsError>(())
/// ```
pub fn rolling_counts(periods: &[Counts], window: usize) -> Result<Vec<Counts>, CountsError> {
    let merge = |window: &[Counts]| {
        let (first, rest) = window.split_first().expect("a window holds at least its own period");
        let mut sum = first.clone();
        rest.iter().try_for_each(|counts| sum.merge(counts))?;
        Ok(sum)
    };
    rolling(periods, window, merge).into_iter().collect()
}

/// `of` each window that ends at an item; a window of 0 is one of 1.
fn rolling<T, R>(items: &[T], window: usize, of: impl Fn(&[T]) -> R) -> Vec<R> {
    let window = window.max(1);
    (1..=items.len()).map(|end| of(&items[end.saturating_sub(window)..end])).collect()
}

/// Neighbouring periods put together until each holds at least `n_min` answers.
///
/// Returned are ranges of indices in order; what is left over at the end joins the last range. A
/// series with fewer answers in all is one range; an empty series none.
///
/// # Example
/// ```
/// use scoring::trend::widened;
/// assert_eq!(widened(&[12, 20, 31, 5, 7], 30), [0..2, 2..5]);
/// ```
#[must_use]
pub fn widened(n_answers: &[u64], n_min: u64) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let (mut start, mut sum) = (0, 0_u64);
    for (idx, n) in n_answers.iter().enumerate() {
        sum = sum.saturating_add(*n);
        if sum >= n_min {
            ranges.push(start..idx + 1);
            (start, sum) = (idx + 1, 0);
        }
    }
    if start < n_answers.len() {
        match ranges.last_mut() {
            Some(last) => last.end = n_answers.len(),
            None => ranges.push(start..n_answers.len()),
        }
    }
    ranges
}
