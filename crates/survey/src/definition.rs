//! A survey as its author wrote it, checked: what is asked, how answers fall into buckets, what
//! is asked next in each, in every language. How it is written down as JSON is in `wire`.

mod check;

use std::collections::BTreeMap;

use scoring::{Bands, Bucket, Metric, Scale, ScalePoint};

use crate::fault::Fault;
use crate::locale::Locale;
use crate::names::{ReasonId, SurveyId};

/// Most reasons offered in one bucket, the open one included.
pub const REASONS_MAX: usize = 12;
/// Most languages of one survey.
pub const LOCALES_MAX: usize = 64;
/// The longest text an author may write, in characters.
pub const TEXT_CHARS_MAX: usize = 300;
/// The longest address of an action, in characters.
pub const URL_CHARS_MAX: usize = 512;
/// Most points of a scale that can be shown as a row of buttons.
pub const SCALE_POINTS_SHOWN_MAX: usize = 11;

/// How the points of a scale are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Their numbers.
    Numbers,
    /// Stars, filled up to the chosen one.
    Stars,
    /// Faces from sad to glad, with words.
    Faces,
    /// Thumb down, thumb up.
    Thumbs,
}

impl Style {
    /// Every style.
    pub const ALL: [Self; 4] = [Self::Numbers, Self::Stars, Self::Faces, Self::Thumbs];

    /// The name used in JSON and markup.
    ///
    /// ```
    /// assert_eq!(survey::Style::Faces.name(), "faces");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Numbers => "numbers",
            Self::Stars => "stars",
            Self::Faces => "faces",
            Self::Thumbs => "thumbs",
        }
    }

    /// The style of that [`name`](Self::name); `None` for any other text.
    ///
    /// ```
    /// use survey::Style;
    /// assert_eq!(Style::from_name("stars"), Some(Style::Stars));
    /// assert_eq!(Style::from_name("sliders"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.name() == name)
    }
}

/// The rating question as the author wrote it, unchecked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionParts {
    /// `csat`, `ces` or `nps`.
    pub metric: String,
    /// Lowest point.
    pub min: i64,
    /// Highest point.
    pub max: i64,
    /// `higher_is_better` or `lower_is_better`.
    pub direction: String,
    /// First points of the middle and top buckets, when the standard cut is not wanted.
    pub bands: Option<(i64, i64)>,
    /// How the points are drawn.
    pub style: String,
}

/// The rating question, checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Which of the three standard questions.
    pub metric: Metric,
    /// What may be answered.
    pub scale: Scale,
    /// How answers fall into buckets.
    pub bands: Bands,
    /// How the points are drawn.
    pub style: Style,
}

impl Question {
    /// The bucket an answer falls into.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    /// # let definition = Definition::new(parts).unwrap();
    /// let question = definition.outline().question; // satisfaction from 1 to 5
    /// assert_eq!(question.bucket(ScalePoint(4)), Bucket::Top);
    /// assert_eq!(question.bucket(ScalePoint(3)), Bucket::Middle);
    /// ```
    #[must_use]
    pub const fn bucket(&self, point: ScalePoint) -> Bucket {
        self.bands.bucket(self.scale, point)
    }
}

/// Which reasons are offered to one bucket, in the author's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketPlan {
    /// Names of the reasons; `other` is the open one and comes last.
    pub reasons: Vec<ReasonId>,
}

/// Something the person may do after answering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What the link says.
    pub label: String,
    /// Where it leads: an `https:`, `http:` or `mailto:` address, or a path of the same site.
    pub url: String,
}

/// What one bucket is told, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketTexts {
    /// Asks for reasons.
    pub prompt: String,
    /// Asks for a comment.
    pub comment: String,
    /// Thanks for the answer.
    pub thanks: String,
    /// Offers something to do next.
    pub action: Option<Action>,
    /// Labels of reasons where this bucket words them its own way.
    pub reasons: BTreeMap<ReasonId, String>,
}

/// Everything the author wrote, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    /// The rating question.
    pub question: String,
    /// What the lowest point means.
    pub low: String,
    /// What the highest point means.
    pub high: String,
    /// Words for single points, by their number.
    pub points: BTreeMap<i64, String>,
    /// Labels of reasons.
    pub reasons: BTreeMap<ReasonId, String>,
    /// What each bucket is told.
    pub buckets: BTreeMap<Bucket, BucketTexts>,
}

/// A survey as it was read, unchecked: the input of [`Definition::new`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefinitionParts {
    /// Name of the survey.
    pub id: SurveyId,
    /// Goes up with every change of question, scale or reasons.
    pub version: u32,
    /// The language used when the person's own is not offered.
    pub default_locale: Locale,
    /// The rating question.
    pub question: QuestionParts,
    /// Reasons by bucket.
    pub buckets: BTreeMap<Bucket, Vec<ReasonId>>,
    /// The words, by language.
    pub texts: BTreeMap<Locale, Texts>,
}

/// The part of a survey that is the same in every language: what an answer is checked against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Name of the survey.
    pub id: SurveyId,
    /// Its version.
    pub version: u32,
    /// The rating question.
    pub question: Question,
    /// What is asked next, by bucket in the order of [`Bucket::ALL`].
    pub buckets: [BucketPlan; 3],
}

impl Outline {
    /// What is asked next of one bucket.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    /// # let definition = Definition::new(parts).unwrap();
    /// let plan = definition.outline().bucket(Bucket::Middle);
    /// assert_eq!(plan.reasons, [ReasonId::new("speed").unwrap(), ReasonId::new("other").unwrap()]);
    /// ```
    #[must_use]
    pub const fn bucket(&self, bucket: Bucket) -> &BucketPlan {
        match bucket {
            Bucket::Bottom => &self.buckets[0],
            Bucket::Middle => &self.buckets[1],
            Bucket::Top => &self.buckets[2],
        }
    }
}

/// A survey that can be asked: every language complete, every reason labelled, the scale cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    outline: Outline,
    default_locale: Locale,
    texts: BTreeMap<Locale, Texts>,
}

impl Definition {
    /// The checked definition.
    ///
    /// # Errors
    /// Every fault found, with the field each concerns: an unknown metric, style or direction, a
    /// scale that is none or too long to be shown, a missing bucket, a reason offered twice, an
    /// open reason that is not the last, a language without a needed text, a text that is empty or
    /// too long, a word for a point off the scale, a link that could run code.
    ///
    /// # Example
    /// ```
    /// use std::collections::BTreeMap;
    /// use survey::{
    ///     Bucket, BucketTexts, Definition, DefinitionParts, Fault, Locale, QuestionParts, SurveyId,
    ///     Texts,
    /// };
    /// let told = |thanks: &str| BucketTexts {
    ///     prompt: "Why?".into(),
    ///     comment: "Anything else?".into(),
    ///     thanks: thanks.into(),
    ///     action: None,
    ///     reasons: BTreeMap::new(),
    /// };
    /// let english = Texts {
    ///     question: "Did we help?".into(),
    ///     low: "No".into(),
    ///     high: "Yes".into(),
    ///     points: BTreeMap::new(),
    ///     reasons: BTreeMap::new(),
    ///     buckets: Bucket::ALL.map(|bucket| (bucket, told("Thank you."))).into(),
    /// };
    /// let parts = DefinitionParts {
    ///     id: SurveyId::new("help").unwrap(),
    ///     version: 1,
    ///     default_locale: Locale::new("en").unwrap(),
    ///     question: QuestionParts {
    ///         metric: "csat".into(),
    ///         min: 0,
    ///         max: 1,
    ///         direction: "higher_is_better".into(),
    ///         bands: None,
    ///         style: "thumbs".into(),
    ///     },
    ///     buckets: Bucket::ALL.map(|bucket| (bucket, Vec::new())).into(),
    ///     texts: BTreeMap::from([(Locale::new("en").unwrap(), english)]),
    /// };
    /// assert!(Definition::new(parts.clone()).is_ok());
    ///
    /// let mut faulty = parts;
    /// faulty.question.style = "sliders".into();
    /// let detail = "\"sliders\" is not a style; use numbers, stars, faces or thumbs";
    /// assert_eq!(Definition::new(faulty), Err(vec![Fault::new("/question/style", detail)]));
    /// ```
    pub fn new(parts: DefinitionParts) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let question = check::check_question(&parts.question, &mut faults);
        let plans = check::check_plans(&parts, &mut faults);
        check::check_languages(&parts, &mut faults);
        let (Some(question), Some(buckets), true) = (question, plans, faults.is_empty()) else {
            return Err(faults);
        };
        let outline = Outline { id: parts.id, version: parts.version, question, buckets };
        Ok(Self { outline, default_locale: parts.default_locale, texts: parts.texts })
    }

    /// The part that is the same in every language.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    /// let definition = Definition::new(parts).unwrap();
    /// assert_eq!(definition.outline().id.as_str(), "help");
    /// ```
    #[must_use]
    pub const fn outline(&self) -> &Outline {
        &self.outline
    }

    /// The language used when the person's own is not offered.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    /// let definition = Definition::new(parts).unwrap();
    /// assert_eq!(definition.default_locale().as_str(), "en");
    /// ```
    #[must_use]
    pub const fn default_locale(&self) -> &Locale {
        &self.default_locale
    }

    /// The texts, by language; at least the default one.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    /// let definition = Definition::new(parts).unwrap();
    /// assert_eq!(definition.texts()[definition.default_locale()].low, "No");
    /// ```
    #[must_use]
    pub const fn texts(&self) -> &BTreeMap<Locale, Texts> {
        &self.texts
    }

    /// The offered language closest to the wanted one; the default when none is close.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_definition.txt")]
    /// let definition = Definition::new(parts).unwrap();
    /// let finnish = Locale::new("fi").unwrap();
    /// assert_eq!(definition.locale_for(&finnish).as_str(), "en");
    /// ```
    #[must_use]
    pub fn locale_for(&self, wanted: &Locale) -> &Locale {
        wanted.closest(self.texts.keys()).unwrap_or(&self.default_locale)
    }
}
