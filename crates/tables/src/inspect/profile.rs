//! What the values of a column look like. What they mean is not here.

use std::collections::BTreeMap;

use crate::cell::{Number, number};
use crate::time::{DateOrder, Zone, day_of_text};

/// Separators of lists within a cell, the most usual first.
const SEPARATORS: [char; 4] = [';', '|', '；', ','];

/// How many different values a column is remembered by.
const VALUES_MAX: usize = 200;

/// How many samples are shown, and how many characters of each.
const SAMPLES_MAX: usize = 5;
const SAMPLE_CHARS_MAX: usize = 80;

/// How many values of each kind a column has, among the records that were looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    n_cells: usize,
    n_empty: usize,
    n_whole: usize,
    n_fraction: usize,
    n_chars: usize,
    n_with_space: usize,
    /// By [`DateOrder`].
    n_times: [usize; 3],
    /// By [`SEPARATORS`].
    n_lists: [usize; 4],
    /// Different values and how often each was seen, up to [`VALUES_MAX`].
    values: BTreeMap<String, usize>,
    is_values_over: bool,
    whole: BTreeMap<i64, usize>,
}

impl Profile {
    pub(super) fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        let mut profile = Self::default();
        cells.for_each(|cell| profile.add(cell.trim()));
        profile
    }

    fn add(&mut self, cell: &str) {
        self.n_cells += 1;
        if cell.is_empty() {
            self.n_empty += 1;
            return;
        }
        match number(cell.as_bytes()) {
            Number::Whole(value) => {
                self.n_whole += 1;
                if self.whole.len() < VALUES_MAX || self.whole.contains_key(&value) {
                    *self.whole.entry(value).or_default() += 1;
                }
            }
            Number::Fraction => self.n_fraction += 1,
            Number::Other => {}
        }
        for (n, order) in self.n_times.iter_mut().zip(DateOrder::ALL) {
            *n += usize::from(day_of_text(cell.as_bytes(), order, Zone::AsWritten).is_some());
        }
        for (n, separator) in self.n_lists.iter_mut().zip(SEPARATORS) {
            *n += usize::from(cell.contains(separator));
        }
        self.n_chars += cell.chars().count();
        self.n_with_space += usize::from(cell.contains(' ') || cell.chars().count() > 30);
        if let Some(n) = self.values.get_mut(cell) {
            *n += 1;
        } else if self.values.len() < VALUES_MAX {
            self.values.insert(cell.to_owned(), 1);
        } else {
            self.is_values_over = true;
        }
    }

    /// Cells that were looked at.
    #[must_use]
    pub const fn n_cells(&self) -> usize {
        self.n_cells
    }

    /// Cells with something in them.
    #[must_use]
    pub const fn n_filled(&self) -> usize {
        self.n_cells - self.n_empty
    }

    /// Share of the filled cells that are whole numbers; 0 when there are none.
    #[must_use]
    pub fn whole_share(&self) -> f64 {
        self.share(self.n_whole)
    }

    /// Share of the filled cells that are numbers; 0 when there are none.
    #[must_use]
    pub fn number_share(&self) -> f64 {
        self.share(self.n_whole + self.n_fraction)
    }

    /// The whole numbers that were seen and how often, from the lowest, at most 200 of them.
    pub fn whole_numbers(&self) -> impl DoubleEndedIterator<Item = (i64, usize)> {
        self.whole.iter().map(|(&value, &n)| (value, n))
    }

    /// How many different values were seen; `None` when there are more than 200.
    #[must_use]
    pub fn n_values(&self) -> Option<usize> {
        (!self.is_values_over).then_some(self.values.len())
    }

    /// The values that were seen and how often, at most 200 of them.
    pub fn values(&self) -> impl Iterator<Item = (&str, usize)> {
        self.values.iter().map(|(value, &n)| (value.as_str(), n))
    }

    /// The order of the dates; `None` when fewer than nine tenths of the filled cells are times.
    #[must_use]
    pub fn date_order(&self) -> Option<DateOrder> {
        let (n, order) = self
            .n_times
            .into_iter()
            .zip(DateOrder::ALL)
            // The first of equals, so that the order that is written most wins.
            .fold(
                (0, DateOrder::YearFirst),
                |best, next| if next.0 > best.0 { next } else { best },
            );
        (n > 0 && self.share(n) >= 0.9).then_some(order)
    }

    /// Whether month and day could as well be the other way round.
    #[must_use]
    pub fn is_date_order_unclear(&self) -> bool {
        let [_, month_first, day_first] = self.n_times;
        matches!(self.date_order(), Some(DateOrder::MonthFirst | DateOrder::DayFirst))
            && month_first == day_first
    }

    /// What separates the lists in the cells; `None` when the cells are no lists.
    #[must_use]
    pub fn separator(&self) -> Option<char> {
        self.n_lists.into_iter().zip(SEPARATORS).find(|(n, _)| *n > 0).map(|(_, char)| char)
    }

    /// Whether the values are texts of several words, most of them different.
    #[must_use]
    pub fn has_long_texts(&self) -> bool {
        let n_filled = self.n_filled();
        let is_varied = self.n_values().is_none_or(|n| n * 2 > n_filled);
        n_filled > 0
            && is_varied
            && self.n_chars >= 12 * n_filled
            && self.n_with_space * 2 > n_filled
    }

    fn share(&self, n: usize) -> f64 {
        match self.n_filled() {
            0 => 0.0,
            n_filled => n as f64 / n_filled as f64,
        }
    }
}

/// The first few different values of a column.
pub(super) fn samples<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut samples: Vec<String> = Vec::new();
    for cell in cells.map(str::trim).filter(|cell| !cell.is_empty()) {
        let sample: String = cell.chars().take(SAMPLE_CHARS_MAX).collect();
        if !samples.contains(&sample) {
            samples.push(sample);
        }
        if samples.len() == SAMPLES_MAX {
            break;
        }
    }
    samples
}
