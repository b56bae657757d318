//! Which answers count as good: the three buckets of a scale, cut at declared points.

use std::fmt;

use crate::metric::Metric;
use crate::scale::{Direction, Scale, ScalePoint};

/// One of the three groups of answers. The metric gives it its everyday name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bucket {
    /// Detractor, dissatisfied, harder.
    Bottom,
    /// Passive, neutral.
    Middle,
    /// Promoter, satisfied, easier.
    Top,
}

impl Bucket {
    /// From worst to best.
    pub const ALL: [Self; 3] = [Self::Bottom, Self::Middle, Self::Top];

    /// The name used in JSON and markup: `bottom`, `middle` or `top`.
    ///
    /// ```
    /// assert_eq!(scoring::Bucket::Top.name(), "top");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bottom => "bottom",
            Self::Middle => "middle",
            Self::Top => "top",
        }
    }

    /// The bucket of that [`name`](Self::name); `None` for any other text.
    ///
    /// ```
    /// assert_eq!(scoring::Bucket::from_name("middle"), Some(scoring::Bucket::Middle));
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bucket| bucket.name() == name)
    }

    /// The field's own plural for this group of answerers, as in the JSON of a score.
    ///
    /// ```
    /// use scoring::{Bucket, Metric};
    /// assert_eq!(Bucket::Top.group_name(Metric::Nps), "promoters");
    /// assert_eq!(Bucket::Bottom.group_name(Metric::Ces), "difficult");
    /// ```
    #[must_use]
    pub const fn group_name(self, metric: Metric) -> &'static str {
        match (metric, self) {
            (Metric::Nps, Self::Top) => "promoters",
            (Metric::Nps, Self::Middle) => "passives",
            (Metric::Nps, Self::Bottom) => "detractors",
            (Metric::Csat, Self::Top) => "satisfied",
            (Metric::Csat | Metric::Ces, Self::Middle) => "neutral",
            (Metric::Csat, Self::Bottom) => "dissatisfied",
            (Metric::Ces, Self::Top) => "easy",
            (Metric::Ces, Self::Bottom) => "difficult",
        }
    }
}

/// Where a scale is cut into buckets, on the scale turned so that higher is better.
///
/// `bottom < middle_from <= middle < top_from <= top`. Without a middle both are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bands {
    middle_from: ScalePoint,
    top_from: ScalePoint,
}

/// Why a scale could not be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BandsError {
    /// There is no agreed cut for this metric on this scale; give one.
    NoStandard {
        /// The metric asked for.
        metric: Metric,
        /// Its scale's lowest point.
        min: i16,
        /// Its scale's highest point.
        max: i16,
    },
    /// The cut lies outside the scale or its parts are in the wrong order.
    OutOfRange {
        /// First point of the middle bucket.
        middle_from: i16,
        /// First point of the top bucket.
        top_from: i16,
    },
}

impl fmt::Display for BandsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStandard { metric, min, max } => write!(
                f,
                "{} has no standard cut on a scale from {min} to {max}; say from which point an \
                 answer counts as good",
                metric.name()
            ),
            Self::OutOfRange { middle_from, top_from } => write!(
                f,
                "a middle from {middle_from} and a top from {top_from} do not cut the scale in order"
            ),
        }
    }
}

impl std::error::Error for BandsError {}

impl Bands {
    /// A declared cut of `scale`, on its points turned so that higher is better.
    ///
    /// # Errors
    /// [`BandsError::OutOfRange`] unless `min < middle_from <= top_from <= max`: there is always a
    /// bottom and a top bucket.
    ///
    /// # Example
    /// ```
    /// use scoring::{Bands, Direction, Scale, ScalePoint};
    /// let scale = Scale::new(1, 10, Direction::HigherIsBetter).unwrap();
    /// assert_eq!(Bands::new(scale, ScalePoint(5), ScalePoint(8))?.top_from(), ScalePoint(8));
    /// assert!(Bands::new(scale, ScalePoint(8), ScalePoint(5)).is_err());
    /// # Ok::<(), scoring::bands::BandsError>(())
    /// ```
    pub const fn new(
        scale: Scale,
        middle_from: ScalePoint,
        top_from: ScalePoint,
    ) -> Result<Self, BandsError> {
        if middle_from.0 <= scale.min() || middle_from.0 > top_from.0 || top_from.0 > scale.max() {
            return Err(BandsError::OutOfRange {
                middle_from: middle_from.0,
                top_from: top_from.0,
            });
        }
        Ok(Self { middle_from, top_from })
    }

    /// The standard cut of a metric on a scale.
    ///
    /// NPS 0–10: detractors to 6, promoters from 9. CSAT 1–5: top-2-box, bottom-2-box; 1–7: top
    /// two, bottom two; three faces: only the top counts; thumbs 0–1. CES 1–7: from 5 easy, to 3
    /// difficult; 1–5 and three faces alike.
    ///
    /// # Errors
    /// [`BandsError::NoStandard`] where the field has no agreed cut, such as CSAT on 1–10.
    ///
    /// # Example
    /// ```
    /// use scoring::{Bands, Bucket, Metric, Scale, ScalePoint};
    /// let bands = Bands::standard(Metric::Nps, Scale::NPS)?;
    /// assert_eq!(bands.bucket(Scale::NPS, ScalePoint(8)), Bucket::Middle);
    /// # Ok::<(), scoring::bands::BandsError>(())
    /// ```
    pub const fn standard(metric: Metric, scale: Scale) -> Result<Self, BandsError> {
        let (middle_from, top_from) = match (metric, scale.min(), scale.max()) {
            (Metric::Nps, 0, 10) if matches!(scale.direction(), Direction::HigherIsBetter) => {
                (7, 9)
            }
            (Metric::Csat, 0, 1) => (1, 1),
            (Metric::Csat | Metric::Ces, 1, 3) => (2, 3),
            (Metric::Csat | Metric::Ces, 1, 5) => (3, 4),
            (Metric::Csat, 1, 7) => (3, 6),
            (Metric::Ces, 1, 7) => (4, 5),
            (_, min, max) => return Err(BandsError::NoStandard { metric, min, max }),
        };
        Ok(Self { middle_from: ScalePoint(middle_from), top_from: ScalePoint(top_from) })
    }

    /// Whether this is the metric's standard cut; a score from any other is to be labelled so.
    ///
    /// False on a scale that has none, such as NPS on 1–10, where no zero can be chosen.
    ///
    /// ```
    /// use scoring::{Bands, Direction, Metric, Scale, ScalePoint};
    /// let one_to_ten = Scale::new(1, 10, Direction::HigherIsBetter).unwrap();
    /// let bands = Bands::new(one_to_ten, ScalePoint(7), ScalePoint(9)).unwrap();
    /// assert!(!bands.is_standard(Metric::Nps, one_to_ten));
    /// ```
    #[must_use]
    pub fn is_standard(self, metric: Metric, scale: Scale) -> bool {
        Self::standard(metric, scale) == Ok(self)
    }

    /// First point of the middle bucket, on the scale turned so that higher is better.
    ///
    /// ```
    /// use scoring::{Bands, Metric, Scale, ScalePoint};
    /// let bands = Bands::standard(Metric::Nps, Scale::NPS)?;
    /// assert_eq!(bands.middle_from(), ScalePoint(7)); // 7 and 8 are passive
    /// # Ok::<(), scoring::bands::BandsError>(())
    /// ```
    #[must_use]
    pub const fn middle_from(self) -> ScalePoint {
        self.middle_from
    }

    /// First point of the top bucket, on the scale turned so that higher is better.
    ///
    /// ```
    /// use scoring::{Bands, Metric, Scale, ScalePoint};
    /// let bands = Bands::standard(Metric::Nps, Scale::NPS)?;
    /// assert_eq!(bands.top_from(), ScalePoint(9)); // 9 and 10 promote
    /// # Ok::<(), scoring::bands::BandsError>(())
    /// ```
    #[must_use]
    pub const fn top_from(self) -> ScalePoint {
        self.top_from
    }

    /// The bucket of an answer, given as the person saw it on `scale`.
    ///
    /// ```
    /// use scoring::{Bands, Bucket, Direction, Metric, Scale, ScalePoint};
    /// let effort = Scale::new(1, 5, Direction::LowerIsBetter).unwrap();
    /// let bands = Bands::standard(Metric::Ces, effort).unwrap();
    /// assert_eq!(bands.bucket(effort, ScalePoint(2)), Bucket::Top); // little effort
    /// ```
    #[must_use]
    pub const fn bucket(self, scale: Scale, point: ScalePoint) -> Bucket {
        let oriented = scale.oriented(point).0;
        if oriented >= self.top_from.0 {
            Bucket::Top
        } else if oriented >= self.middle_from.0 {
            Bucket::Middle
        } else {
            Bucket::Bottom
        }
    }
}
