//! Rows of counters, one for every point of a scale and two for what is missing or invalid.
//! What a row stands for is not here.

use scoring::{Counts, Scale};

use crate::tallied::{Group, WeightSum};

/// Which counter of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot(pub(crate) usize);

/// Rows of counters that all belong to one scale.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    scale: Scale,
    /// Counters in a row.
    width: usize,
    counts: Vec<u64>,
    /// Per point; empty when there are no weights.
    weights: Vec<WeightSum>,
    has_weights: bool,
}

impl Grid {
    pub(crate) const fn new(scale: Scale, has_weights: bool) -> Self {
        let width = scale.n_points() + 2;
        Self { scale, width, counts: Vec::new(), weights: Vec::new(), has_weights }
    }

    /// The counter of cells that are missing.
    pub(crate) const fn missing(scale: Scale) -> Slot {
        Slot(scale.n_points())
    }

    /// The counter of cells that are invalid.
    pub(crate) const fn invalid(scale: Scale) -> Slot {
        Slot(scale.n_points() + 1)
    }

    pub(crate) fn n_rows(&self) -> usize {
        self.counts.len() / self.width
    }

    /// Adds a row of zeros and returns its number.
    pub(crate) fn add_row(&mut self) -> usize {
        let row = self.n_rows();
        self.counts.resize(self.counts.len() + self.width, 0);
        if self.has_weights {
            self.weights.resize(self.weights.len() + self.scale.n_points(), WeightSum::default());
        }
        row
    }

    /// Counts one answer.
    #[inline]
    pub(crate) fn count(&mut self, row: usize, slot: Slot, weight: Option<f64>) {
        self.counts[row * self.width + slot.0] += 1;
        let n_points = self.width - 2;
        if let Some(weight) = weight
            && slot.0 < n_points
        {
            self.weights[row * n_points + slot.0].add(weight);
        }
    }

    /// Adds a row of another grid of the same scale.
    pub(crate) fn merge_row(&mut self, row: usize, other: &Self, other_row: usize) {
        let width = self.width;
        let theirs = &other.counts[other_row * width..][..width];
        for (mine, theirs) in self.counts[row * width..][..width].iter_mut().zip(theirs) {
            *mine += theirs;
        }
        if self.has_weights {
            let n_points = self.scale.n_points();
            let theirs = &other.weights[other_row * n_points..][..n_points];
            for (mine, theirs) in self.weights[row * n_points..][..n_points].iter_mut().zip(theirs)
            {
                mine.merge(theirs);
            }
        }
    }

    /// What was counted in a row.
    pub(crate) fn group(&self, row: usize) -> Group {
        let counters = &self.counts[row * self.width..][..self.width];
        let mut counts = Counts::new(self.scale);
        for (point, &n) in self.scale.points().zip(counters) {
            counts.add(point, n);
        }
        counts.add_unusable(
            counters[Self::missing(self.scale).0],
            counters[Self::invalid(self.scale).0],
        );
        let n_points = self.scale.n_points();
        let weights = self.has_weights.then(|| self.weights[row * n_points..][..n_points].to_vec());
        Group { counts, weights }
    }
}
