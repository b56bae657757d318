//! Which answers are left out because the same person gave another one.

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;

use scoring::duplicates::kept;

use crate::cell::Record;
use crate::plan::PersonPlan;
use crate::time::WallTime;

/// Which row of which file.
pub(crate) type RowPlace = (usize, u64);

/// A person, as the two halves of a hash of their name: names are not kept.
type Person = (u64, u64);

/// One answer: who gave it, and when. Without a time, its place in the file stands for it.
type Seen = (Option<Person>, (i64, usize));

/// Who answered in which row, from a first reading of the file.
#[derive(Clone, Debug)]
pub(super) struct Persons {
    plan: PersonPlan,
    places: Vec<RowPlace>,
    seen: Vec<Seen>,
}

impl Persons {
    pub(super) const fn new(plan: PersonPlan) -> Self {
        Self { plan, places: Vec::new(), seen: Vec::new() }
    }

    /// Notes who gave the answer in `record`.
    pub(super) fn note(&mut self, record: &Record<'_>, place: RowPlace, unquoted: &mut Vec<u8>) {
        let cell = record.cell(self.plan.column.0, unquoted).unwrap_or_default().trim_ascii();
        let person = (!cell.is_empty()).then(|| (hash(1, cell), hash(2, cell)));
        let second = self.plan.time.and_then(|(column, order)| {
            let time = WallTime::of_text(record.cell(column.0, unquoted)?, order)?;
            Some(time.utc_second())
        });
        let before = self.seen.last().map_or(i64::MIN, |(_, (second, _))| *second);
        self.seen.push((person, (second.unwrap_or(before), self.seen.len())));
        self.places.push(place);
    }

    /// Adds what was noted in what follows; `shift` says where its rows stand then.
    pub(super) fn merge(&mut self, next: Self, shift: impl Fn(&mut usize, &mut u64)) {
        let n_before = self.seen.len();
        let later =
            next.seen.into_iter().map(|(who, (second, idx))| (who, (second, idx + n_before)));
        self.seen.extend(later);
        self.places.extend(next.places.into_iter().map(|(mut file_idx, mut row)| {
            shift(&mut file_idx, &mut row);
            (file_idx, row)
        }));
    }

    /// The rows that are not counted, in ascending order.
    pub(super) fn duplicates(&self) -> Vec<RowPlace> {
        let mut is_kept = vec![false; self.seen.len()];
        kept(&self.seen, self.plan.keep).into_iter().for_each(|idx| is_kept[idx] = true);
        let places = self.places.iter().zip(is_kept);
        places.filter(|(_, is_kept)| !is_kept).map(|(place, _)| *place).collect()
    }
}

fn hash(key: u8, cell: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write_u8(key);
    hasher.write(cell);
    hasher.finish()
}
