//! A survey as its author wrote it, checked: what is asked, how answers fall into buckets, what
//! is asked next in each, in every language. How it is written down as JSON is in `wire`.

use std::collections::BTreeMap;

use scoring::{Bands, Bucket, Direction, Metric, Scale, ScalePoint};

use crate::fault::Fault;
use crate::locale::Locale;
use crate::names::{ReasonId, SurveyId};

/// Most reasons offered in one bucket, the open one included.
pub const REASONS_MAX: usize = 12;
/// Most languages of one survey.
pub const LOCALES_MAX: usize = 64;
/// The longest text an author may write, in characters.
pub const TEXT_CHARS_MAX: usize = 300;

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
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Numbers => "numbers",
            Self::Stars => "stars",
            Self::Faces => "faces",
            Self::Thumbs => "thumbs",
        }
    }

    /// The style of that [`name`](Self::name).
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
    /// scale that is none, a missing bucket, a language without a needed text, a text that is
    /// empty or too long.
    pub fn new(parts: DefinitionParts) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let question = check_question(&parts.question, &mut faults);
        let plans = check_plans(&parts, &mut faults);
        check_languages(&parts, &mut faults);
        let (Some(question), Some(buckets), true) = (question, plans, faults.is_empty()) else {
            return Err(faults);
        };
        let outline = Outline { id: parts.id, version: parts.version, question, buckets };
        Ok(Self { outline, default_locale: parts.default_locale, texts: parts.texts })
    }

    /// The part that is the same in every language.
    #[must_use]
    pub const fn outline(&self) -> &Outline {
        &self.outline
    }

    /// The language used when the person's own is not offered.
    #[must_use]
    pub const fn default_locale(&self) -> &Locale {
        &self.default_locale
    }

    /// The texts, by language; at least the default one.
    #[must_use]
    pub const fn texts(&self) -> &BTreeMap<Locale, Texts> {
        &self.texts
    }

    /// The offered language closest to the wanted one; the default when none is close.
    #[must_use]
    pub fn locale_for(&self, wanted: &Locale) -> &Locale {
        wanted.closest(self.texts.keys()).unwrap_or(&self.default_locale)
    }
}

/// The checked question, or its faults.
fn check_question(parts: &QuestionParts, faults: &mut Vec<Fault>) -> Option<Question> {
    let n_faults = faults.len();
    let mut fault = |field: &str, detail: String| {
        faults.push(Fault::new(format!("/question/{field}"), detail));
    };
    let metric = Metric::from_name(&parts.metric);
    if metric.is_none() {
        fault("metric", format!("{:?} is not a metric; use csat, ces or nps", parts.metric));
    }
    let direction = Direction::from_name(&parts.direction);
    if direction.is_none() {
        let detail = "is not a direction; use higher_is_better or lower_is_better";
        fault("scale/direction", format!("{:?} {detail}", parts.direction));
    }
    let style = Style::from_name(&parts.style);
    if style.is_none() {
        fault(
            "style",
            format!("{:?} is not a style; use numbers, stars, faces or thumbs", parts.style),
        );
    }
    let ends = (i16::try_from(parts.min), i16::try_from(parts.max));
    let scale = match (ends, direction) {
        ((Ok(min), Ok(max)), Some(direction)) => {
            Scale::new(min, max, direction).map_err(|error| fault("scale", error.to_string())).ok()
        }
        ((Ok(_), Ok(_)), None) => None,
        _ => {
            fault("scale", format!("{} to {} is not a scale", parts.min, parts.max));
            None
        }
    };
    let bands =
        check_bands(parts, metric?, scale?).map_err(|detail| fault("bands", detail)).ok()?;
    let style = style?;
    if scale?.n_points() > 11 {
        fault("scale", format!("{} points cannot be shown; at most 11", scale?.n_points()));
    }
    (faults.len() == n_faults).then_some(Question { metric: metric?, scale: scale?, bands, style })
}

/// The declared cut, or the standard one.
fn check_bands(parts: &QuestionParts, metric: Metric, scale: Scale) -> Result<Bands, String> {
    let Some((middle_from, top_from)) = parts.bands else {
        return Bands::standard(metric, scale).map_err(|error| error.to_string());
    };
    match (scale.point(middle_from), scale.point(top_from)) {
        (Some(middle), Some(top)) => {
            Bands::new(scale, middle, top).map_err(|error| error.to_string())
        }
        _ => {
            Err(format!("a middle from {middle_from} and a top from {top_from} lie off the scale"))
        }
    }
}

/// The plan of each bucket, or its faults.
fn check_plans(parts: &DefinitionParts, faults: &mut Vec<Fault>) -> Option<[BucketPlan; 3]> {
    let mut plans = Vec::new();
    for bucket in Bucket::ALL {
        let pointer = format!("/buckets/{}", bucket.name());
        let Some(reasons) = parts.buckets.get(&bucket) else {
            faults.push(Fault::new(pointer, "is missing; every bucket needs its reasons"));
            continue;
        };
        if reasons.len() > REASONS_MAX {
            let detail = format!("offers {} reasons; at most {REASONS_MAX}", reasons.len());
            faults.push(Fault::new(pointer.clone(), detail));
        }
        for (idx, reason) in reasons.iter().enumerate() {
            if reasons[..idx].contains(reason) {
                let at = format!("{pointer}/reasons/{idx}");
                faults.push(Fault::new(at, format!("{reason} is offered twice")));
            }
        }
        plans.push(BucketPlan { reasons: reasons.clone() });
    }
    plans.try_into().ok()
}

/// Finds what is missing or too long in any language.
fn check_languages(parts: &DefinitionParts, faults: &mut Vec<Fault>) {
    if !parts.texts.contains_key(&parts.default_locale) {
        let detail = format!("{} has no texts", parts.default_locale);
        faults.push(Fault::new("/default_locale", detail));
    }
    if parts.texts.len() > LOCALES_MAX {
        let detail = format!("has {} languages; at most {LOCALES_MAX}", parts.texts.len());
        faults.push(Fault::new("/texts", detail));
    }
    for (locale, texts) in &parts.texts {
        let at = format!("/texts/{locale}");
        for (field, text) in
            [("question", &texts.question), ("low", &texts.low), ("high", &texts.high)]
        {
            check_text(format!("{at}/{field}"), text, faults);
        }
        if parts.question.style == "faces" {
            for point in parts.question.min..=parts.question.max.min(parts.question.min + 10) {
                if !texts.points.contains_key(&point) {
                    let detail = "is missing; every face needs a word";
                    faults.push(Fault::new(format!("{at}/points/{point}"), detail));
                }
            }
        }
        for (point, text) in &texts.points {
            check_text(format!("{at}/points/{point}"), text, faults);
        }
        for bucket in Bucket::ALL {
            check_bucket_texts(parts, texts, bucket, &at, faults);
        }
    }
}

/// Finds what is missing or too long for one bucket in one language.
fn check_bucket_texts(
    parts: &DefinitionParts,
    texts: &Texts,
    bucket: Bucket,
    at: &str,
    faults: &mut Vec<Fault>,
) {
    let at_bucket = format!("{at}/buckets/{}", bucket.name());
    let Some(own) = texts.buckets.get(&bucket) else {
        faults.push(Fault::new(at_bucket, "is missing; every bucket needs its own words"));
        return;
    };
    for (field, text) in
        [("prompt", &own.prompt), ("comment", &own.comment), ("thanks", &own.thanks)]
    {
        check_text(format!("{at_bucket}/{field}"), text, faults);
    }
    if let Some(action) = &own.action {
        check_text(format!("{at_bucket}/action/label"), &action.label, faults);
        if !is_safe_url(&action.url) {
            let detail = "is not an https, http or mailto address or a path beginning with /";
            faults.push(Fault::new(format!("{at_bucket}/action/url"), detail));
        }
    }
    for reason in parts.buckets.get(&bucket).into_iter().flatten() {
        match own.reasons.get(reason).or_else(|| texts.reasons.get(reason)) {
            Some(label) => check_text(format!("{at}/reasons/{reason}"), label, faults),
            None => {
                let detail = format!("is missing; {} offers this reason", bucket.name());
                faults.push(Fault::new(format!("{at}/reasons/{reason}"), detail));
            }
        }
    }
}

fn check_text(pointer: String, text: &str, faults: &mut Vec<Fault>) {
    let n_chars = text.chars().count();
    if text.trim().is_empty() {
        faults.push(Fault::new(pointer, "is empty"));
    } else if n_chars > TEXT_CHARS_MAX {
        let detail = format!("has {n_chars} characters; at most {TEXT_CHARS_MAX}");
        faults.push(Fault::new(pointer, detail));
    }
}

/// Whether a link to `url` cannot run code: only web, mail and same-site addresses.
fn is_safe_url(url: &str) -> bool {
    let printable = url.bytes().all(|b| b > b' ' && b != 0x7f);
    let same_site = url.starts_with('/') && !url.starts_with("//");
    printable
        && (same_site || ["https://", "http://", "mailto:"].iter().any(|s| url.starts_with(s)))
}
