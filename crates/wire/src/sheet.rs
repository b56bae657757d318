//! A sheet (a survey in one language) on its way from the host to the widget. Short names: the
//! sheet is fetched with the widget's WebAssembly.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use survey::{
    Action, Bands, Bucket, BucketPlan, Direction, Locale, Metric, Outline, Question, ReasonId,
    ReasonOption, Scale, ScalePoint, Sheet, SheetBucket, SheetParts, Style, SurveyId, Words,
};

/// A sheet as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetJson {
    survey: String,
    version: u32,
    locale: String,
    metric: String,
    min: i16,
    max: i16,
    direction: String,
    middle_from: i16,
    top_from: i16,
    style: String,
    question: String,
    low: String,
    high: String,
    points: Vec<(i16, String)>,
    reasons: Vec<ReasonJson>,
    buckets: Vec<BucketJson>,
    words: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct ReasonJson {
    id: String,
    /// Bucket name and label, for each bucket that offers it.
    labels: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct BucketJson {
    /// Names of the reasons, in order.
    reasons: Vec<String>,
    prompt: String,
    comment: String,
    thanks: String,
    /// Label and address.
    action: Option<(String, String)>,
}

impl From<&Sheet> for SheetJson {
    fn from(sheet: &Sheet) -> Self {
        let Question { metric, scale, bands, style } = sheet.outline.question;
        let bucket_json = |(plan, texts): (&BucketPlan, &SheetBucket)| BucketJson {
            reasons: plan.reasons.iter().map(ToString::to_string).collect(),
            prompt: texts.prompt.clone(),
            comment: texts.comment.clone(),
            thanks: texts.thanks.clone(),
            action: texts.action.as_ref().map(|a| (a.label.clone(), a.url.clone())),
        };
        let reason_json = |option: &ReasonOption| ReasonJson {
            id: option.id.to_string(),
            labels: option.labels.iter().map(|(b, l)| (b.name().to_owned(), l.clone())).collect(),
        };
        Self {
            survey: sheet.outline.id.to_string(),
            version: sheet.outline.version,
            locale: sheet.locale.to_string(),
            metric: metric.name().to_owned(),
            min: scale.min(),
            max: scale.max(),
            direction: scale.direction().name().to_owned(),
            middle_from: bands.middle_from().0,
            top_from: bands.top_from().0,
            style: style.name().to_owned(),
            question: sheet.question.clone(),
            low: sheet.low.clone(),
            high: sheet.high.clone(),
            points: sheet.points.iter().map(|(point, word)| (point.0, word.clone())).collect(),
            reasons: sheet.reasons.iter().map(reason_json).collect(),
            buckets: sheet.outline.buckets.iter().zip(&sheet.buckets).map(bucket_json).collect(),
            words: sheet
                .words
                .pairs()
                .into_iter()
                .map(|(name, word)| (name.to_owned(), word.to_owned()))
                .collect(),
        }
    }
}

impl SheetJson {
    /// The sheet as JSON text.
    ///
    /// ```
    #[doc = include_str!("../doc/sample_sheet.txt")]
    /// let json = SheetJson::from(&sheet).to_json();
    /// assert!(json.starts_with(r#"{"survey":"post-purchase-nps","version":1,"locale":"en","#));
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("texts, numbers and lists are always JSON")
    }

    /// The sheet that was written down.
    ///
    /// # Errors
    /// The name of the first field that does not hold what a sheet needs, which happens when the
    /// widget and the host are of different versions.
    ///
    /// # Example
    /// ```
    #[doc = include_str!("../doc/sample_sheet.txt")]
    /// let text = SheetJson::from(&sheet).to_json();
    /// let json: SheetJson = serde_json::from_str(&text).unwrap();
    /// assert_eq!(json.into_sheet(), Ok(sheet));
    ///
    /// let json: SheetJson = serde_json::from_str(&text.replace("higher_is", "taller_is")).unwrap();
    /// assert_eq!(json.into_sheet(), Err("direction"));
    /// ```
    pub fn into_sheet(mut self) -> Result<Sheet, &'static str> {
        let metric = Metric::from_name(&self.metric).ok_or("metric")?;
        let direction = Direction::from_name(&self.direction).ok_or("direction")?;
        let scale = Scale::new(self.min, self.max, direction).map_err(|_| "scale")?;
        let bands = Bands::new(scale, ScalePoint(self.middle_from), ScalePoint(self.top_from))
            .map_err(|_| "bands")?;
        let style = Style::from_name(&self.style).ok_or("style")?;
        let points = self.points.into_iter();
        let points = points.map(|(point, word)| Some((scale.point(i64::from(point))?, word)));
        let points = points.collect::<Option<_>>().ok_or("points")?;
        let mut plans = Vec::new();
        let mut texts = Vec::new();
        for bucket in self.buckets {
            let reasons = bucket.reasons.iter().map(|name| ReasonId::new(name));
            let reasons = reasons.collect::<Result<_, _>>().map_err(|_| "reasons")?;
            plans.push(BucketPlan { reasons });
            texts.push(SheetBucket {
                prompt: bucket.prompt,
                comment: bucket.comment,
                thanks: bucket.thanks,
                action: bucket.action.map(|(label, url)| Action { label, url }),
            });
        }
        let mut reasons = Vec::new();
        for reason in self.reasons {
            let mut labels = Vec::new();
            for (bucket, label) in reason.labels {
                labels.push((Bucket::from_name(&bucket).ok_or("labels")?, label));
            }
            let id = ReasonId::new(&reason.id).map_err(|_| "reasons")?;
            reasons.push(ReasonOption { id, labels });
        }
        let parts = SheetParts {
            outline: Outline {
                id: SurveyId::new(&self.survey).map_err(|_| "survey")?,
                version: self.version,
                question: Question { metric, scale, bands, style },
                buckets: plans.try_into().map_err(|_| "buckets")?,
            },
            locale: Locale::new(&self.locale).map_err(|_| "locale")?,
            question: self.question,
            low: self.low,
            high: self.high,
            points,
            reasons,
            buckets: texts.try_into().map_err(|_| "buckets")?,
            words: Words::from_lookup(|name| self.words.remove(name))?,
        };
        Sheet::new(parts).map_err(|_| "reasons")
    }
}
