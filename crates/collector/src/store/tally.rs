//! From rows of text and numbers to counts and comments, alike for every database. Names no driver.

use std::collections::BTreeMap;

use report::{Counts, Direction, Metric, Scale, ScalePoint, SegmentInput, SegmentKey};

use super::{CommentRow, StoreError};

/// Counts per name from rows of a name, a point and a number of answers.
pub(super) fn by_name(scale: Scale, rows: Vec<(String, i16, i64)>) -> BTreeMap<String, Counts> {
    let mut named = BTreeMap::new();
    for (name, value, n) in rows {
        let counts = named.entry(name).or_insert_with(|| Counts::new(scale));
        counts.add(ScalePoint(value), n_rows(n));
    }
    named
}

/// A number of rows; the database never counts below zero.
pub(super) fn n_rows(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

/// Segments with the most answers first, names in order where equal.
pub(super) fn largest_first(column: &str, named: BTreeMap<String, Counts>) -> Vec<SegmentInput> {
    let segment = |(name, counts)| {
        SegmentInput::of_counts(SegmentKey::from([(column.to_owned(), name)]), counts)
    };
    let mut segments: Vec<_> = named.into_iter().map(segment).collect();
    segments.sort_by_key(|segment| std::cmp::Reverse(segment.group.counts.n()));
    segments
}

/// The columns of a comment: id, metric, lowest and highest point, direction, rating, reasons as
/// JSON, comment, locale, time.
pub(super) type CommentColumns =
    (String, String, i16, i16, String, i64, String, String, String, i64);

pub(super) fn comment_row(columns: CommentColumns) -> Result<CommentRow, StoreError> {
    let (id, metric, min, max, direction, value, reasons, comment, locale, answered_at_ms) =
        columns;
    let unreadable = |what: &str| StoreError::Unreadable(format!("{what} of answer {id}"));
    let scale = Direction::from_name(&direction)
        .and_then(|direction| Scale::new(min, max, direction).ok())
        .ok_or_else(|| unreadable("the scale"))?;
    let metric = Metric::from_name(&metric).ok_or_else(|| unreadable("the metric"))?;
    let reasons = serde_json::from_str(&reasons).map_err(|_| unreadable("the reasons"))?;
    Ok(CommentRow { metric, scale, value, reasons, comment, locale, answered_at_ms, id })
}
