//! A survey in one language: all that one person sees of it, and what the answer is checked
//! against. The browser loads one sheet and never a whole definition.

use scoring::{Bucket, ScalePoint};

use crate::definition::{Action, Definition, Outline, Texts};
use crate::locale::Locale;
use crate::names::ReasonId;
use crate::words::Words;

/// A reason as offered: one option, worded once or differently by bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonOption {
    /// Its name.
    pub id: ReasonId,
    /// Its label in each bucket that offers it.
    pub labels: Vec<(Bucket, String)>,
}

/// What one bucket is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetBucket {
    /// Asks for reasons.
    pub prompt: String,
    /// Asks for a comment.
    pub comment: String,
    /// Thanks for the answer.
    pub thanks: String,
    /// Offers something to do next.
    pub action: Option<Action>,
}

/// The parts of a sheet, as they travel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetParts {
    /// What is the same in every language.
    pub outline: Outline,
    /// The language of all texts.
    pub locale: Locale,
    /// The rating question.
    pub question: String,
    /// What the lowest point means.
    pub low: String,
    /// What the highest point means.
    pub high: String,
    /// Words of the points that have any.
    pub points: Vec<(ScalePoint, String)>,
    /// Every reason once, in the order of first mention from the worst bucket to the best, the
    /// open one last.
    pub reasons: Vec<ReasonOption>,
    /// What each bucket is told, in the order of [`Bucket::ALL`].
    pub buckets: [SheetBucket; 3],
    /// The product's own words.
    pub words: Words,
}

/// A survey in one language, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet(SheetParts);

impl Sheet {
    /// A sheet from parts that were made by [`Sheet::of`] elsewhere.
    ///
    /// # Errors
    /// The name of a reason that a bucket offers without a label.
    ///
    /// # Example
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    /// let definition = Definition::new(parts).unwrap();
    /// let sheet = Sheet::of(&definition, definition.default_locale());
    /// assert_eq!(Sheet::new(sheet.parts().clone()), Ok(sheet.clone()));
    ///
    /// let mut parts = sheet.parts().clone();
    /// parts.reasons.clear();
    /// assert_eq!(Sheet::new(parts), Err(ReasonId::new("price").unwrap()));
    /// ```
    pub fn new(parts: SheetParts) -> Result<Self, ReasonId> {
        for bucket in Bucket::ALL {
            for reason in &parts.outline.bucket(bucket).reasons {
                let labelled = |option: &ReasonOption| {
                    option.id == *reason && option.labels.iter().any(|(b, _)| *b == bucket)
                };
                if !parts.reasons.iter().any(labelled) {
                    return Err(reason.clone());
                }
            }
        }
        Ok(Self(parts))
    }

    /// The definition in the offered language closest to `wanted`.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    /// let definition = Definition::new(parts).unwrap();
    /// let sheet = Sheet::of(&definition, &Locale::new("en-AU").unwrap());
    /// assert_eq!((sheet.locale.as_str(), sheet.low.as_str()), ("en", "No"));
    /// let ids: Vec<&str> = sheet.reasons.iter().map(|option| option.id.as_str()).collect();
    /// assert_eq!(ids, ["price", "speed", "other"]);
    /// ```
    #[must_use]
    pub fn of(definition: &Definition, wanted: &Locale) -> Self {
        let locale = definition.locale_for(wanted).clone();
        let texts = &definition.texts()[&locale];
        let outline = definition.outline().clone();
        let points = outline.question.scale.points();
        let points = points
            .filter_map(|point| Some((point, texts.points.get(&i64::from(point.0))?.clone())))
            .collect();
        Self(SheetParts {
            question: texts.question.clone(),
            low: texts.low.clone(),
            high: texts.high.clone(),
            points,
            reasons: reason_options(&outline, texts),
            buckets: Bucket::ALL.map(|bucket| {
                let own = &texts.buckets[&bucket];
                SheetBucket {
                    prompt: own.prompt.clone(),
                    comment: own.comment.clone(),
                    thanks: own.thanks.clone(),
                    action: own.action.clone(),
                }
            }),
            words: Words::in_locale(&locale),
            outline,
            locale,
        })
    }

    /// The parts, for writing the sheet down.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    /// let definition = Definition::new(parts).unwrap();
    /// let sheet = Sheet::of(&definition, definition.default_locale());
    /// assert_eq!(sheet.parts().question, "Did we help?");
    /// ```
    #[must_use]
    pub const fn parts(&self) -> &SheetParts {
        &self.0
    }
}

impl std::ops::Deref for Sheet {
    type Target = SheetParts;

    fn deref(&self) -> &SheetParts {
        &self.0
    }
}

/// Every reason once, with its label in each bucket that offers it.
fn reason_options(outline: &Outline, texts: &Texts) -> Vec<ReasonOption> {
    let mut options: Vec<ReasonOption> = Vec::new();
    for bucket in Bucket::ALL {
        let own = &texts.buckets[&bucket].reasons;
        for reason in &outline.bucket(bucket).reasons {
            let label = own.get(reason).or_else(|| texts.reasons.get(reason));
            // A checked definition labels every reason it offers.
            let Some(label) = label.cloned() else { continue };
            match options.iter_mut().find(|option| option.id == *reason) {
                Some(option) => option.labels.push((bucket, label)),
                None => {
                    options.push(ReasonOption { id: reason.clone(), labels: vec![(bucket, label)] })
                }
            }
        }
    }
    // Stable: everything else keeps the author's order.
    options.sort_by_key(|option| option.id.is_other());
    options
}
