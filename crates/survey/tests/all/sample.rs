//! One survey and one answer to it, valid as they stand; tests change one thing at a time.

use std::collections::BTreeMap;

use survey::{
    Action, Bucket, BucketTexts, Definition, DefinitionParts, Locale, Outline, QuestionParts,
    RawSubmission, ReasonId, SurveyId, Texts,
};

/// When the sample answer was given, in milliseconds since 1970.
pub(crate) const ANSWERED_AT_MS: i64 = 1_795_338_764_120;

pub(crate) fn locale(tag: &str) -> Locale {
    Locale::new(tag).unwrap()
}

pub(crate) fn reason(name: &str) -> ReasonId {
    ReasonId::new(name).unwrap()
}

pub(crate) fn reasons(names: &[&str]) -> Vec<ReasonId> {
    names.iter().map(|name| reason(name)).collect()
}

/// Texts that name their language, so that a test sees which one was taken.
pub(crate) fn texts(tag: &str) -> Texts {
    let labels = ["delivery", "price", "website", "choice", "other"];
    let told = |bucket: Bucket| BucketTexts {
        prompt: format!("{tag} prompt {}", bucket.name()),
        comment: format!("{tag} comment {}", bucket.name()),
        thanks: format!("{tag} thanks {}", bucket.name()),
        action: (bucket == Bucket::Top)
            .then(|| Action { label: format!("{tag} review"), url: "/#reviews".into() }),
        reasons: match bucket {
            Bucket::Top => BTreeMap::from([(reason("delivery"), format!("{tag} fast delivery"))]),
            Bucket::Bottom | Bucket::Middle => BTreeMap::new(),
        },
    };
    Texts {
        question: format!("{tag} question"),
        low: format!("{tag} low"),
        high: format!("{tag} high"),
        points: BTreeMap::from([(5, format!("{tag} five"))]),
        reasons: labels.map(|name| (reason(name), format!("{tag} {name}"))).into(),
        buckets: Bucket::ALL.map(|bucket| (bucket, told(bucket))).into(),
    }
}

/// Version 3 of a survey on the 0–10 scale in English and Traditional Chinese.
pub(crate) fn parts() -> DefinitionParts {
    DefinitionParts {
        id: SurveyId::new("post-purchase-nps").unwrap(),
        version: 3,
        default_locale: locale("en"),
        question: QuestionParts {
            metric: "nps".into(),
            min: 0,
            max: 10,
            direction: "higher_is_better".into(),
            bands: None,
            style: "numbers".into(),
        },
        buckets: BTreeMap::from([
            (Bucket::Bottom, reasons(&["delivery", "website", "other"])),
            (Bucket::Middle, reasons(&["price", "delivery", "other"])),
            (Bucket::Top, reasons(&["delivery", "choice"])),
        ]),
        texts: ["en", "zh-Hant"].map(|tag| (locale(tag), texts(tag))).into(),
    }
}

pub(crate) fn definition() -> Definition {
    Definition::new(parts()).unwrap()
}

pub(crate) fn outline() -> Outline {
    definition().outline().clone()
}

/// A complete answer of 9 to [`parts`].
pub(crate) fn raw() -> RawSubmission {
    RawSubmission {
        id: "01935b2e-7c4a-7def-8a11-2b3c4d5e6f70".into(),
        source: "https://shop.example/thanks".into(),
        survey_id: "post-purchase-nps".into(),
        survey_version: 3,
        time_ms: ANSWERED_AT_MS,
        revision: 2,
        complete: true,
        locale: "zh-Hant".into(),
        metric: "nps".into(),
        scale_min: 0,
        scale_max: 10,
        direction: "higher_is_better".into(),
        value: 9,
        question: "zh-Hant question".into(),
        reasons: vec!["delivery".into(), "choice".into()],
        comment: "Arrived a day early.".into(),
        context: vec![("order".into(), "A-1001".into())],
        age_ms: Some(5_120),
    }
}
