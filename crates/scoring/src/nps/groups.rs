//! The three groups of answerers and what follows from them without any uncertainty.

/// How many promoters, passives and detractors answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Groups {
    /// Would rather not recommend.
    pub detractors: u64,
    /// In between. They count in the number of answers.
    pub passives: u64,
    /// Would recommend.
    pub promoters: u64,
}

impl Groups {
    /// All who answered; saturates at [`u64::MAX`].
    #[must_use]
    pub const fn n(self) -> u64 {
        self.detractors.saturating_add(self.passives).saturating_add(self.promoters)
    }

    /// Net promoter score in points, -100 to 100; `None` when nobody answered.
    ///
    /// # Source
    /// Reichheld 2003, "The One Number You Need to Grow", Harvard Business Review 81(12).
    ///
    /// # Example
    /// ```
    /// use scoring::nps::Groups;
    /// let groups = Groups { detractors: 30, passives: 30, promoters: 40 };
    /// assert_eq!(groups.nps(), Some(10.0));
    /// assert_eq!(Groups::default().nps(), None);
    /// ```
    #[must_use]
    pub fn nps(self) -> Option<f64> {
        let n = self.n();
        let net = i128::from(self.promoters) - i128::from(self.detractors);
        (n > 0).then(|| (100 * net) as f64 / n as f64)
    }
}
