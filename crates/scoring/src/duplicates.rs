//! Which answer counts when one person answered the same survey more than once.

use std::collections::BTreeMap;

/// Which of several answers is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Keep {
    /// The one given first.
    First,
    /// The one given last, the default: people correct themselves.
    #[default]
    Latest,
    /// All of them.
    All,
}

/// Indices of the rows to count, ascending.
///
/// Each row is who answered (usually survey and customer) and when. Rows of the same time keep the
/// order they have. Rows without a known person are nobody's duplicate: give them as `None`.
///
/// # Example
/// ```
/// use scoring::duplicates::{Keep, kept};
/// let rows = [(Some("ann"), 1), (Some("bob"), 2), (Some("ann"), 3), (None, 1), (None, 1)];
/// assert_eq!(kept(&rows, Keep::Latest), [1, 2, 3, 4]);
/// assert_eq!(kept(&rows, Keep::First), [0, 1, 3, 4]);
/// assert_eq!(kept(&rows, Keep::All), [0, 1, 2, 3, 4]);
/// ```
#[must_use]
pub fn kept<Person: Ord, Time: Ord>(rows: &[(Option<Person>, Time)], keep: Keep) -> Vec<usize> {
    let mut of_person: BTreeMap<&Person, usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for (idx, (person, time)) in rows.iter().enumerate() {
        let (Some(person), false) = (person, keep == Keep::All) else {
            kept.push(idx);
            continue;
        };
        of_person
            .entry(person)
            .and_modify(|other| {
                let is_better = match keep {
                    Keep::First => *time < rows[*other].1,
                    Keep::Latest | Keep::All => *time >= rows[*other].1,
                };
                if is_better {
                    *other = idx;
                }
            })
            .or_insert(idx);
    }
    kept.extend(of_person.into_values());
    kept.sort_unstable();
    kept
}
