//! Where a file can be cut so that its parts can be counted at the same time.
//!
//! From the middle of a file nobody can know for certain whether a line end stands within quotes.
//! So a cut is a guess, made by reading a window of the file both ways; whether it was right is
//! known once the part before it has been counted, and [`crate::Tally::merge`] refuses to join
//! two parts that do not meet between two records. Counting is exact either way: a wrong guess
//! costs time only.

use super::Dialect;
use crate::encoding::Encoding;

/// How many bytes after the wanted place are read to find a good place to cut.
pub const WINDOW_BYTES: usize = 1 << 16;

/// Places at which to cut `bytes` into at most `n_parts` parts of about the same size.
///
/// In ascending order, each strictly within the file and, by the best guess, where a record
/// begins. Fewer than `n_parts - 1` when records are long; none at all in an encoding whose
/// characters may contain the bytes of a delimiter.
///
/// # Example
/// ```
/// use tables::delimited::{Dialect, split_points};
/// let file = b"score\n9\n10\n7\n8\n";
/// assert_eq!(split_points(file, Dialect::STANDARD, 2), [8]); // before the 10
/// ```
#[must_use]
pub fn split_points(bytes: &[u8], dialect: Dialect, n_parts: usize) -> Vec<usize> {
    let mut points: Vec<usize> = Vec::new();
    for idx in 1..n_parts {
        let wanted = bytes.len() / n_parts * idx;
        let window = &bytes[wanted..bytes.len().min(wanted + WINDOW_BYTES)];
        if let Some(offset) = record_start(window, dialect) {
            let point = wanted + offset;
            if point < bytes.len() && points.last().is_none_or(|&last| last < point) {
                points.push(point);
            }
        }
    }
    points
}

/// Where in `window`, bytes from the middle of a file, a record most probably begins.
///
/// `None` when no record seems to end in the window, or when the encoding cannot be cut. The
/// window should have about [`WINDOW_BYTES`] bytes.
#[must_use]
pub fn record_start(window: &[u8], dialect: Dialect) -> Option<usize> {
    if !matches!(dialect.encoding, Encoding::Utf8 | Encoding::Windows1252) {
        return None;
    }
    let delimiter = dialect.delimiter.byte();
    let outside = Reading::of(window, delimiter, false);
    let inside = Reading::of(window, delimiter, true);
    let chosen = if inside.n_odd_quotes < outside.n_odd_quotes { inside } else { outside };
    chosen.record_start
}

/// What a window looks like when its beginning is taken to be within or outside quotes.
#[derive(Debug)]
struct Reading {
    /// Quotes that open in the middle of a cell or close before its end.
    n_odd_quotes: usize,
    record_start: Option<usize>,
}

impl Reading {
    fn of(window: &[u8], delimiter: u8, begins_inside: bool) -> Self {
        let mut reading = Self { n_odd_quotes: 0, record_start: None };
        let mut is_inside = begins_inside;
        let is_end = |byte: u8| byte == delimiter || byte == b'\n' || byte == b'\r';
        let mut at = 0;
        while let Some(&byte) = window.get(at) {
            let next = window.get(at + 1).copied();
            match (is_inside, byte) {
                (true, b'"') if next == Some(b'"') => at += 1,
                (true, b'"') => {
                    is_inside = false;
                    reading.n_odd_quotes += usize::from(next.is_some_and(|next| !is_end(next)));
                }
                (false, b'"') if at == 0 || is_end(window[at - 1]) => is_inside = true,
                (false, b'"') => reading.n_odd_quotes += 1,
                (false, b'\n' | b'\r') if reading.record_start.is_none() => {
                    reading.record_start = Some(at + 1);
                }
                _ => {}
            }
            at += 1;
        }
        reading
    }
}
