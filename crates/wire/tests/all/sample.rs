//! The surveys that come with the product, and one answer; tests change one thing at a time.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;
use survey::{Definition, Locale, RawSubmission, Sheet};
use wire::decode_definition;

/// Every survey file, by name.
pub(crate) const SURVEYS: [(&str, &str); 3] = [
    ("post-purchase-nps", include_str!("../../../../www/surveys/post-purchase-nps.json")),
    ("post-resolution-csat", include_str!("../../../../www/surveys/post-resolution-csat.json")),
    ("return-ces", include_str!("../../../../www/surveys/return-ces.json")),
];

/// The survey of that name, read once.
pub(crate) fn definition(name: &str) -> Definition {
    static DEFINITIONS: LazyLock<BTreeMap<&str, Definition>> = LazyLock::new(|| {
        SURVEYS.map(|(name, file)| (name, decode_definition(file.as_bytes()).unwrap())).into()
    });
    DEFINITIONS[name].clone()
}

pub(crate) fn sheet(name: &str, tag: &str) -> Sheet {
    Sheet::of(&definition(name), &Locale::new(tag).unwrap())
}

/// A complete answer with every field filled.
pub(crate) fn raw() -> RawSubmission {
    RawSubmission {
        id: "01935b2e-7c4a-7def-8a11-2b3c4d5e6f70".into(),
        source: "https://shop.example/thanks".into(),
        survey_id: "post-purchase-nps".into(),
        survey_version: 3,
        time_ms: 1_795_338_764_120,
        revision: 2,
        complete: true,
        locale: "zh-Hans".into(),
        metric: "nps".into(),
        scale_min: 0,
        scale_max: 10,
        direction: "higher_is_better".into(),
        value: 9,
        question: "您将我们推荐给朋友或同事的可能性有多大？".into(),
        reasons: vec!["delivery".into(), "price".into()],
        comment: "Two lines\nand a \"quote\" 👍".into(),
        context: vec![("order".into(), "A-1001".into()), ("plan".into(), "pro".into())],
        age_ms: Some(5_120),
    }
}

/// The sample answer as a JSON value.
pub(crate) fn event() -> Value {
    serde_json::from_str(&wire::encode_cloudevent(&raw())).unwrap()
}

/// Puts `value` at `pointer`; the object or list that holds it must exist.
#[track_caller]
pub(crate) fn put(document: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = split(pointer);
    match document.pointer_mut(parent).unwrap() {
        Value::Object(object) => drop(object.insert(name, value)),
        Value::Array(list) => list[name.parse::<usize>().unwrap()] = value,
        other => panic!("{parent} holds {other}"),
    }
}

/// Takes away what is at `pointer`.
#[track_caller]
pub(crate) fn take(document: &mut Value, pointer: &str) {
    let (parent, name) = split(pointer);
    match document.pointer_mut(parent).unwrap() {
        Value::Object(object) => drop(object.remove(&name).unwrap()),
        Value::Array(list) => drop(list.remove(name.parse().unwrap())),
        other => panic!("{parent} holds {other}"),
    }
}

fn split(pointer: &str) -> (&str, String) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    (parent, name.replace("~1", "/").replace("~0", "~"))
}
