//! Channel mix: where customers do turn to, and where they say they would like to. The two are
//! different metrics and often disagree.

use std::collections::{BTreeMap, BTreeSet};

use scoring::proportion::Part;

/// How often a channel was used or named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelShare<Channel> {
    /// The channel.
    pub channel: Channel,
    /// How often, among all.
    pub part: Part,
}

/// Where contacts came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevealedMix<Channel> {
    /// Contacts per channel among all contacts, the most used first.
    pub shares: Vec<ChannelShare<Channel>>,
    /// The most used channels: more than one when they are even, none without contacts.
    pub leaders: Vec<Channel>,
}

/// Contacts per channel; channels used equally often come in their own order.
///
/// # Example
/// ```
/// use service::support::revealed_mix;
/// let mix = revealed_mix(["chat", "phone", "email", "chat", "phone"]);
/// assert_eq!((mix.shares[0].channel, mix.shares[0].part.share()), ("chat", Some(0.4)));
/// assert_eq!(mix.leaders, ["chat", "phone"]); // even, and not told apart
/// ```
#[must_use]
pub fn revealed_mix<Channel: Ord + Clone>(
    contacts: impl IntoIterator<Item = Channel>,
) -> RevealedMix<Channel> {
    let mut counts = BTreeMap::new();
    let mut n_contacts = 0;
    for channel in contacts {
        *counts.entry(channel).or_insert(0) += 1;
        n_contacts += 1;
    }
    let shares = ranked(counts, n_contacts);
    RevealedMix { leaders: leaders(&shares), shares }
}

/// Which channels people say they prefer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedMix<Channel> {
    /// Respondents who named a channel among all respondents, the most named first. Together they
    /// exceed 1 when people named several.
    pub of_respondents: Vec<ChannelShare<Channel>>,
    /// The same among all that was named; together 1.
    pub of_selections: Vec<ChannelShare<Channel>>,
    /// The most named channels: more than one when they are even, none without respondents.
    pub leaders: Vec<Channel>,
    /// People who named no channel; they are not respondents.
    pub missing: u64,
}

/// Channels by how many respondents named them; naming one twice counts once.
///
/// # Example
/// ```
/// use service::support::stated_mix;
/// let answers = [vec!["chat", "email"], vec!["chat"], vec!["phone", "chat"], vec!["email"], vec![]];
/// let mix = stated_mix(answers);
/// assert_eq!((mix.of_respondents[0].part.share(), mix.missing), (Some(0.75), 1));
/// assert_eq!(mix.of_selections[0].part.share(), Some(0.5));
/// assert_eq!(mix.leaders, ["chat"]);
/// ```
#[must_use]
pub fn stated_mix<Channel: Ord + Clone>(
    answers: impl IntoIterator<Item = impl IntoIterator<Item = Channel>>,
) -> StatedMix<Channel> {
    let mut counts = BTreeMap::new();
    let (mut n_respondents, mut n_selections, mut missing) = (0, 0, 0);
    for answer in answers {
        let named: BTreeSet<Channel> = answer.into_iter().collect();
        if named.is_empty() {
            missing += 1;
            continue;
        }
        n_respondents += 1;
        n_selections += named.len() as u64;
        for channel in named {
            *counts.entry(channel).or_insert(0) += 1;
        }
    }
    let of_respondents = ranked(counts.clone(), n_respondents);
    StatedMix {
        leaders: leaders(&of_respondents),
        of_respondents,
        of_selections: ranked(counts, n_selections),
        missing,
    }
}

fn ranked<Channel>(counts: BTreeMap<Channel, u64>, of: u64) -> Vec<ChannelShare<Channel>> {
    let share = |(channel, count)| ChannelShare {
        channel,
        part: Part::new(count, of).expect("what is counted is among all"),
    };
    let mut shares: Vec<_> = counts.into_iter().map(share).collect();
    shares.sort_by_key(|share| std::cmp::Reverse(share.part.count()));
    shares
}

fn leaders<Channel: Clone>(ranked: &[ChannelShare<Channel>]) -> Vec<Channel> {
    let is_even = |share: &&ChannelShare<Channel>| share.part == ranked[0].part;
    ranked.iter().take_while(is_even).map(|share| share.channel.clone()).collect()
}
