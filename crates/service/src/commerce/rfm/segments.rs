//! Segments: names for ranges of the three scores.

use std::ops::RangeInclusive;

use scoring::proportion::Part;

use crate::commerce::rfm::scores::RfmScore;

/// A name for customers whose three scores all lie in a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentRule<'a> {
    /// What they are called.
    pub name: &'a str,
    /// Which recency scores.
    pub recency: RangeInclusive<u8>,
    /// Which frequency scores.
    pub frequency: RangeInclusive<u8>,
    /// Which monetary scores.
    pub monetary: RangeInclusive<u8>,
}

impl SegmentRule<'_> {
    fn holds(&self, score: RfmScore) -> bool {
        self.recency.contains(&score.recency)
            && self.frequency.contains(&score.frequency)
            && self.monetary.contains(&score.monetary)
    }
}

const fn rule(
    name: &'static str,
    recency: RangeInclusive<u8>,
    frequency: RangeInclusive<u8>,
    monetary: RangeInclusive<u8>,
) -> SegmentRule<'static> {
    SegmentRule { name, recency, frequency, monetary }
}

/// Widely used rules for scores of 1 to 5. They overlap, so their order matters.
///
/// # Source
/// Documentation of the R package rfm, segments of `rfm_table_order`.
pub const STANDARD_RULES: [SegmentRule<'static>; 10] = [
    rule("Champions", 5..=5, 5..=5, 5..=5),
    rule("Potential Loyalist", 3..=5, 3..=5, 2..=5),
    rule("Loyal Customers", 2..=4, 2..=4, 2..=4),
    rule("Promising", 3..=4, 1..=3, 3..=5),
    rule("New Customers", 4..=5, 1..=3, 1..=5),
    rule("Can't Lose Them", 1..=2, 3..=4, 4..=5),
    rule("At Risk", 1..=2, 2..=5, 4..=5),
    rule("Need Attention", 1..=3, 3..=5, 3..=5),
    rule("About To Sleep", 2..=3, 1..=3, 1..=4),
    rule("Lost", 1..=1, 1..=5, 1..=5),
];

/// What a customer is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment<'a> {
    /// By the first rule that holds.
    Named(&'a str),
    /// No rule holds.
    Other,
}

/// The segment of a customer: the first rule that holds, and [`Segment::Other`] when none does.
///
/// # Example
/// ```
/// use service::commerce::rfm::{RfmScore, STANDARD_RULES, Segment, segment};
/// let score = |recency, frequency, monetary| RfmScore { recency, frequency, monetary };
/// assert_eq!(segment(score(5, 5, 5), &STANDARD_RULES), Segment::Named("Champions"));
/// assert_eq!(segment(score(3, 4, 3), &STANDARD_RULES), Segment::Named("Potential Loyalist"));
/// assert_eq!(segment(score(5, 5, 5), &[]), Segment::Other);
/// ```
#[must_use]
pub fn segment<'a>(score: RfmScore, rules: &[SegmentRule<'a>]) -> Segment<'a> {
    let found = rules.iter().find(|rule| rule.holds(score));
    found.map_or(Segment::Other, |rule| Segment::Named(rule.name))
}

/// How many customers a segment holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SegmentShare<'a> {
    /// Which segment.
    pub segment: Segment<'a>,
    /// Its customers among all.
    pub part: Part,
}

/// Customers per segment in the order of the rules, empty segments included, other customers last.
///
/// Two rules of one name are one segment. The shares add up to 1.
///
/// # Example
/// ```
/// use service::commerce::rfm::{RfmScore, STANDARD_RULES, segment_mix};
/// let score = |recency, frequency, monetary| RfmScore { recency, frequency, monetary };
/// let mix = segment_mix(&[score(5, 5, 5), score(3, 4, 3)], &STANDARD_RULES);
/// assert_eq!(mix.len(), 11);
/// assert_eq!(mix[0].part.share(), Some(0.5));
/// ```
#[must_use]
pub fn segment_mix<'a>(scores: &[RfmScore], rules: &[SegmentRule<'a>]) -> Vec<SegmentShare<'a>> {
    let found: Vec<Segment<'a>> = scores.iter().map(|score| segment(*score, rules)).collect();
    let mut segments: Vec<Segment<'a>> = Vec::new();
    for named in rules.iter().map(|rule| Segment::Named(rule.name)).chain([Segment::Other]) {
        if !segments.contains(&named) {
            segments.push(named);
        }
    }
    let share = |segment| {
        let count = found.iter().filter(|other| **other == segment).count();
        let part = Part::new(count as u64, found.len() as u64);
        SegmentShare { segment, part: part.expect("what is counted is among all") }
    };
    segments.into_iter().map(share).collect()
}
