//! The last comments of a file. Most that are kept on the way make room for later ones, so they
//! stay bytes until the end, in room that is used again.

use std::collections::VecDeque;

use scoring::Scale;

use crate::cell::Record;
use crate::grid::Slot;
use crate::plan::{COMMENT_CHARS_MAX, COMMENTS_KEPT_MAX, CommentPlan};
use crate::tallied::Comment;

use super::{RowPlace, text_of};

/// Keeps the last comments.
#[derive(Clone, Debug)]
pub(super) struct CommentKeeper {
    plan: CommentPlan,
    n_kept_max: usize,
    kept: VecDeque<Kept>,
}

#[derive(Clone, Debug)]
struct Kept {
    place: RowPlace,
    slot: Slot,
    /// The beginning of the cell.
    begin: Vec<u8>,
}

impl CommentKeeper {
    pub(super) fn new(plan: CommentPlan) -> Self {
        Self { plan, n_kept_max: plan.n_kept.min(COMMENTS_KEPT_MAX), kept: VecDeque::new() }
    }

    pub(super) fn keep(
        &mut self,
        record: &Record<'_>,
        place: RowPlace,
        slot: Slot,
        unquoted: &mut Vec<u8>,
    ) {
        let cell = record.cell(self.plan.column.0, unquoted).unwrap_or_default();
        if cell.is_empty() || self.n_kept_max == 0 {
            return;
        }
        let is_full = self.kept.len() >= self.n_kept_max;
        let mut begin = match is_full.then(|| self.kept.pop_front()).flatten() {
            Some(oldest) => oldest.begin,
            None => Vec::new(),
        };
        begin.clear();
        // No character is longer than four bytes, so the rest need not be kept.
        begin.extend_from_slice(&cell[..cell.len().min(COMMENT_CHARS_MAX * 4)]);
        self.kept.push_back(Kept { place, slot, begin });
    }

    /// Adds the comments of what follows; `shift` says where its rows stand then.
    pub(super) fn merge(&mut self, next: Self, shift: impl Fn(&mut usize, &mut u64)) {
        self.kept.extend(next.kept.into_iter().map(|mut kept| {
            shift(&mut kept.place.0, &mut kept.place.1);
            kept
        }));
        self.kept.drain(..self.kept.len().saturating_sub(self.n_kept_max));
    }

    /// The comments as text, the oldest first.
    pub(super) fn comments(&self, scale: Scale) -> Vec<Comment> {
        let comment = |kept: &Kept| Comment {
            file_idx: kept.place.0,
            row: kept.place.1,
            score: scale.points().nth(kept.slot.0),
            text: text_of(&kept.begin, COMMENT_CHARS_MAX),
        };
        self.kept.iter().map(comment).collect()
    }
}
