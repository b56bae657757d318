//! A sheet (a survey in one language) on its way from the host to the widget: a list of texts in a
//! fixed order, lists preceded by their length.
//!
//! Not an object: what reads named fields of several kinds and complains of each in words makes a
//! shop's page load 15 kB more. The first text names the order; who does not know it reads nothing.

use std::str::FromStr;
use std::vec::IntoIter;

use survey::{
    Action, Bands, Bucket, BucketPlan, Direction, Locale, Metric, Outline, Question, ReasonId,
    ReasonOption, Scale, ScalePoint, Sheet, SheetBucket, SheetParts, Style, SurveyId, Words,
};

/// Names the order of the texts. It changes with the order.
const FORM: &str = "candor.sheet.1";

/// A sheet as texts.
///
/// ```
#[doc = include_str!("../doc/sample_sheet.txt")]
/// let texts = wire::encode_sheet(&sheet);
/// assert_eq!(texts[0], "candor.sheet.1");
/// assert!(texts.iter().any(|text| text == "post-purchase-nps"));
/// ```
#[must_use]
pub fn encode_sheet(sheet: &Sheet) -> Vec<String> {
    let Question { metric, scale, bands, style } = sheet.outline.question;
    let mut texts = vec![FORM.to_owned()];
    let put = &mut |text: &dyn ToString| texts.push(text.to_string());
    put_all(put, &sheet.words.pairs(), |put, (_, word)| put(word));
    put(&sheet.outline.id);
    put(&sheet.outline.version);
    put(&sheet.locale);
    put(&metric.name());
    put(&scale.min());
    put(&scale.max());
    put(&scale.direction().name());
    put(&bands.middle_from().0);
    put(&bands.top_from().0);
    put(&style.name());
    put(&sheet.question);
    put(&sheet.low);
    put(&sheet.high);
    put_all(put, &sheet.points, |put, (point, word)| {
        put(&point.0);
        put(word);
    });
    put_all(put, &sheet.reasons, |put, option| {
        put(&option.id);
        put_all(put, &option.labels, |put, (bucket, label)| {
            put(&bucket.name());
            put(label);
        });
    });
    for (plan, told) in sheet.outline.buckets.iter().zip(&sheet.buckets) {
        put_all(put, &plan.reasons, |put, reason| put(reason));
        put(&told.prompt);
        put(&told.comment);
        put(&told.thanks);
        put_all(put, told.action.as_slice(), |put, action| {
            put(&action.label);
            put(&action.url);
        });
    }
    texts
}

type Put<'a> = &'a mut dyn FnMut(&dyn ToString);

fn put_all<T>(put: Put<'_>, list: &[T], each: impl Fn(Put<'_>, &T)) {
    put(&list.len());
    list.iter().for_each(|item| each(put, item));
}

/// A sheet as JSON text: what is served at `/e/{survey}/{locale}.json`.
#[must_use]
pub fn sheet_json(sheet: &Sheet) -> String {
    serde_json::to_string(&encode_sheet(sheet)).expect("texts are always JSON")
}

/// The sheet that was written down as `texts`. `None` when they do not hold one, which happens when
/// the widget and the host are of different versions.
///
/// ```
#[doc = include_str!("../doc/sample_sheet.txt")]
/// let mut texts = wire::encode_sheet(&sheet);
/// assert_eq!(wire::decode_sheet(texts.clone()), Some(sheet));
///
/// let direction = texts.iter().position(|text| text == "higher_is_better").unwrap();
/// texts[direction] = "taller_is_better".to_owned();
/// assert_eq!(wire::decode_sheet(texts), None);
/// ```
#[must_use]
pub fn decode_sheet(texts: Vec<String>) -> Option<Sheet> {
    let mut texts = Texts::new(texts);
    let words = texts.list(Texts::text);
    let (id, version, locale) = (texts.text(), texts.number(), texts.text());
    let metric = texts.text();
    let (min, max, direction) = (texts.number(), texts.number(), texts.text());
    let (middle_from, top_from, style) = (texts.number(), texts.number(), texts.text());
    let (question, low, high) = (texts.text(), texts.text(), texts.text());
    let points = texts.list(|texts| (ScalePoint(texts.number()), texts.text()));
    let reasons = texts.list(|texts| (texts.text(), texts.list(Texts::pair)));
    let buckets = Bucket::ALL.map(|_| {
        let reasons = texts.list(Texts::text);
        let (prompt, comment, thanks) = (texts.text(), texts.text(), texts.text());
        let action = texts.list(Texts::pair).pop().map(|(label, url)| Action { label, url });
        (reasons, SheetBucket { prompt, comment, thanks, action })
    });
    if texts.is_faulty {
        return None;
    }
    let scale = Scale::new(min, max, Direction::from_name(&direction)?).ok()?;
    let label = |(bucket, label): (String, String)| Some((Bucket::from_name(&bucket)?, label));
    let reason = |(id, labels): (String, Vec<(String, String)>)| {
        let labels = labels.into_iter().map(label).collect::<Option<_>>()?;
        Some(ReasonOption { id: ReasonId::new(&id).ok()?, labels })
    };
    let plan = |reasons: &Vec<String>| {
        let reasons = reasons.iter().map(|id| ReasonId::new(id).ok()).collect::<Option<_>>()?;
        Some(BucketPlan { reasons })
    };
    let [(bottom, bottom_told), (middle, middle_told), (top, top_told)] = buckets;
    let parts = SheetParts {
        outline: Outline {
            id: SurveyId::new(&id).ok()?,
            version,
            question: Question {
                metric: Metric::from_name(&metric)?,
                scale,
                bands: Bands::new(scale, ScalePoint(middle_from), ScalePoint(top_from)).ok()?,
                style: Style::from_name(&style)?,
            },
            buckets: [plan(&bottom)?, plan(&middle)?, plan(&top)?],
        },
        locale: Locale::new(&locale).ok()?,
        question,
        low,
        high,
        points,
        reasons: reasons.into_iter().map(reason).collect::<Option<_>>()?,
        buckets: [bottom_told, middle_told, top_told],
        words: Words::from_texts(words)?,
    };
    Sheet::new(parts).ok()
}

/// The product's own words of the sheet that was written down as `texts`, for those who need
/// nothing else of it. `None` when the reader and the host are of different versions.
///
/// ```
#[doc = include_str!("../doc/sample_sheet.txt")]
/// assert_eq!(wire::decode_words(wire::encode_sheet(&sheet)), Some(sheet.words.clone()));
/// assert_eq!(wire::decode_words(vec!["candor.sheet.0".to_owned()]), None);
/// ```
#[must_use]
pub fn decode_words(texts: Vec<String>) -> Option<Words> {
    let mut texts = Texts::new(texts);
    let words = texts.list(Texts::text);
    if texts.is_faulty { None } else { Words::from_texts(words) }
}

/// The texts not yet read. What is missing or no number is read as empty or 0 and remembered: to
/// stop at each of fifty places is weight in every shop's page.
struct Texts {
    left: IntoIter<String>,
    is_faulty: bool,
}

impl Texts {
    /// The texts after the one that names their order.
    fn new(texts: Vec<String>) -> Self {
        let mut left = texts.into_iter();
        let is_faulty = left.next().is_none_or(|form| form != FORM);
        Self { left, is_faulty }
    }

    fn text(&mut self) -> String {
        self.left.next().unwrap_or_else(|| {
            self.is_faulty = true;
            String::new()
        })
    }

    fn number<T: FromStr + Default>(&mut self) -> T {
        self.text().parse().unwrap_or_else(|_| {
            self.is_faulty = true;
            T::default()
        })
    }

    fn pair(&mut self) -> (String, String) {
        (self.text(), self.text())
    }

    /// As many as the next text says, or as there are.
    fn list<T>(&mut self, item: impl Fn(&mut Self) -> T) -> Vec<T> {
        let n: usize = self.number();
        let mut list = Vec::new();
        while list.len() < n && !self.is_faulty {
            list.push(item(self));
        }
        list
    }
}
