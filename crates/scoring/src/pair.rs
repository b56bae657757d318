//! Two measurements of one thing.

/// What is compared; every difference is `after` minus `before`, sign kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair<T> {
    /// The earlier period, or the segment compared against.
    pub before: T,
    /// The later period, or the segment looked at.
    pub after: T,
}
