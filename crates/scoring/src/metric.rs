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
}
