//! How often each reason was given, with both bases printed.

use std::collections::{BTreeMap, BTreeSet};

use crate::proportion::Part;

/// How often one reason was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonShare<Reason> {
    /// The reason.
    pub reason: Reason,
    /// Those who gave it among all asked.
    pub of_all: Part,
    /// Those who gave it among those who gave any.
    pub of_answering: Part,
}

/// Every reason given, most frequent first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonShares<Reason> {
    /// The reasons; those given equally often in their own order.
    pub reasons: Vec<ReasonShare<Reason>>,
    /// Those who gave at least one reason.
    pub n_answering: u64,
    /// Those who gave none.
    pub n_without: u64,
}

/// How often each reason was given by the people asked, one list of reasons a person.
///
/// A person may give several, so shares can add up to more than 1; a reason repeated by one person
/// counts once.
///
/// # Example
/// ```
/// use scoring::drivers::reason_shares;
/// let shares = reason_shares(&[vec!["wait"], vec!["wait", "price"], vec![]]);
/// assert_eq!(shares.reasons[0].reason, "wait");
/// assert_eq!(shares.reasons[0].of_answering.share(), Some(1.0));
/// assert_eq!((shares.reasons[0].of_all.of(), shares.n_without), (3, 1));
/// ```
#[must_use]
pub fn reason_shares<Reason: Ord + Clone>(people: &[Vec<Reason>]) -> ReasonShares<Reason> {
    let mut n_mentions: BTreeMap<&Reason, u64> = BTreeMap::new();
    for reasons in people {
        for reason in reasons.iter().collect::<BTreeSet<_>>() {
            *n_mentions.entry(reason).or_default() += 1;
        }
    }
    let n_without = people.iter().filter(|reasons| reasons.is_empty()).count() as u64;
    let n_answering = people.len() as u64 - n_without;
    let mut reasons: Vec<_> = n_mentions
        .into_iter()
        .map(|(reason, n)| ReasonShare {
            reason: reason.clone(),
            of_all: Part::saturating(n, people.len() as u64 - n),
            of_answering: Part::saturating(n, n_answering - n),
        })
        .collect();
    reasons.sort_by_key(|share| std::cmp::Reverse(share.of_all.count()));
    ReasonShares { reasons, n_answering, n_without }
}
