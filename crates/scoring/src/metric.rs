//! The three questions a survey can ask, by name.

/// Which of the three standard questions was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metric {
    /// Customer satisfaction: how satisfied with this interaction, order or return.
    Csat,
    /// Customer effort score: how easy it was to get an issue handled.
    Ces,
    /// Net promoter score: how likely to recommend.
    Nps,
}

impl Metric {
    /// Every metric, in the order in which they are listed to people.
    pub const ALL: [Self; 3] = [Self::Csat, Self::Ces, Self::Nps];

    /// The name used in JSON, SQL, options and addresses: `csat`, `ces` or `nps`.
    ///
    /// ```
    /// assert_eq!(scoring::Metric::Nps.name(), "nps");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csat => "csat",
            Self::Ces => "ces",
            Self::Nps => "nps",
        }
    }

    /// The metric of that [`name`](Self::name); `None` for any other text.
    ///
    /// ```
    /// assert_eq!(scoring::Metric::from_name("ces"), Some(scoring::Metric::Ces));
    /// assert_eq!(scoring::Metric::from_name("CES"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.name() == name)
    }

    /// Lowest and highest point of the scales the metric is asked on, the usual scale first.
    ///
    /// ```
    /// assert_eq!(scoring::Metric::Csat.scale_ends()[0], (1, 5));
    /// ```
    #[must_use]
    pub const fn scale_ends(self) -> &'static [(i16, i16)] {
        match self {
            Self::Csat => &[(1, 5), (1, 7), (1, 3), (0, 1)],
            Self::Ces => &[(1, 7), (1, 5), (1, 3)],
            Self::Nps => &[(0, 10)],
        }
    }
}
