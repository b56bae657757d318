//! Laws that hold for every input: what is written is read as the same, and no bytes panic.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde_json::Value;
use survey::{RawSubmission, Sheet, SheetParts};
use wire::{
    ReportJson, decode_definition, decode_sheet, decode_submission, encode_cloudevent,
    encode_definition, encode_sheet,
};

use crate::sample::{SURVEYS, definition, event, sheet};

/// Years 0 to 9999, all that RFC 3339 can write.
const WRITABLE_MS: std::ops::Range<i64> = -62_167_219_200_000..253_402_300_800_000;

prop_compose! {
    fn any_raw()(
        (id, source, survey_id) in (any::<String>(), any::<String>(), any::<String>()),
        (survey_version, revision) in (any::<u32>(), any::<u32>()),
        (time_ms, complete, locale) in (WRITABLE_MS, any::<bool>(), any::<String>()),
        (metric, direction) in (any::<String>(), any::<String>()),
        (scale_min, scale_max, value) in (any::<i64>(), any::<i64>(), any::<i64>()),
        (question, comment) in (any::<String>(), any::<String>()),
        reasons in vec(any::<String>(), 0..4),
        context in btree_map(any::<String>(), any::<String>(), 0..4),
        age_ms in option::of(0..=i64::MAX as u64),
    ) -> RawSubmission {
        RawSubmission {
            id, source, survey_id, survey_version, time_ms, revision, complete, locale, metric,
            scale_min, scale_max, direction, value, question, reasons, comment, age_ms,
            context: context.into_iter().collect(),
        }
    }
}

prop_compose! {
    /// A sheet of one of the surveys with other words in every place a word may stand.
    fn any_sheet()(
        (name, _) in prop::sample::select(SURVEYS.to_vec()),
        tag in prop::sample::select(vec!["en", "zh-Hans", "zh-Hant"]),
        version in any::<u32>(),
        texts in vec(any::<String>(), 40),
        word in any::<String>(),
        without_action in any::<[bool; 3]>(),
        n_points in 0..6_usize,
    ) -> Sheet {
        let mut texts = texts.into_iter().cycle();
        let mut next = || texts.next().unwrap();
        let SheetParts { mut outline, locale, words, mut points, mut reasons, mut buckets, .. } =
            sheet(name, tag).parts().clone();
        outline.version = version;
        points.truncate(n_points);
        points.iter_mut().for_each(|(_, text)| *text = next());
        reasons.iter_mut().flat_map(|option| &mut option.labels).for_each(|(_, text)| *text = next());
        for (own, without) in buckets.iter_mut().zip(without_action) {
            (own.prompt, own.comment, own.thanks) = (next(), next(), next());
            own.action.iter_mut().for_each(|action| action.label = next());
            own.action = own.action.take().filter(|_| !without);
        }
        let mut texts: Vec<_> = words.pairs().into_iter().map(|(_, word)| word.to_owned()).collect();
        texts[0] = word;
        let words = survey::Words::from_texts(texts).unwrap();
        let (question, low, high) = (next(), next(), next());
        Sheet::new(SheetParts {
            outline, locale, question, low, high, points, reasons, buckets, words,
        }).unwrap()
    }
}

/// Any JSON value, not too deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(any::<String>(), inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Every valid document of this crate.
fn documents() -> Vec<Value> {
    let mut documents = vec![event()];
    for (name, file) in SURVEYS {
        documents.push(serde_json::from_str(file).unwrap());
        documents.push(serde_json::to_value(encode_sheet(&sheet(name, "en"))).unwrap());
    }
    documents
}

/// Every place of a document, as the steps from its root.
fn n_places(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(n_places).sum(),
        Value::Object(object) => object.values().map(n_places).sum(),
        _ => 0,
    }
}

/// The place of that number, counted from the root down.
fn place(value: &mut Value, nth: usize) -> Option<&mut Value> {
    if nth == 0 {
        return Some(value);
    }
    let mut left = nth - 1;
    let inner: Vec<&mut Value> = match value {
        Value::Array(list) => list.iter_mut().collect(),
        Value::Object(object) => object.values_mut().collect(),
        _ => Vec::new(),
    };
    for child in inner {
        let n = n_places(child);
        if left < n {
            return place(child, left);
        }
        left -= n;
    }
    None
}

prop_compose! {
    /// A valid document with some of its values replaced.
    fn mutated_json()(
        document in prop::sample::select(documents()),
        changes in vec((any::<prop::sample::Index>(), any_json()), 1..4),
    ) -> Value {
        let mut document = document;
        for (at, value) in changes {
            let nth = at.index(n_places(&document));
            if let Some(found) = place(&mut document, nth) {
                *found = value;
            }
        }
        document
    }
}

prop_compose! {
    /// A valid document with some of its bytes replaced, dropped or doubled.
    fn mutated_bytes()(
        document in prop::sample::select(documents()),
        changes in vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..6),
    ) -> Vec<u8> {
        let mut bytes = document.to_string().into_bytes();
        for (at, byte, how) in changes {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, byte),
            }
        }
        bytes
    }
}

/// Reads the bytes as everything this crate reads; what is read must be writable again.
fn read_as_all(bytes: &[u8]) {
    match decode_definition(bytes) {
        Ok(definition) => {
            let written = encode_definition(&definition).to_string();
            assert_eq!(decode_definition(written.as_bytes()), Ok(definition));
        }
        Err(faults) => assert!(!faults.is_empty()),
    }
    match decode_submission(bytes) {
        Ok(raw) => {
            assert_eq!(decode_submission(encode_cloudevent(&raw).as_bytes()), Ok(raw));
        }
        Err(faults) => assert!(!faults.is_empty()),
    }
    if let Ok(texts) = serde_json::from_slice(bytes)
        && let Some(sheet) = decode_sheet(texts)
    {
        assert_eq!(decode_sheet(encode_sheet(&sheet)), Some(sheet));
    }
    if let Ok(report) = serde_json::from_slice::<ReportJson>(bytes) {
        let n = report.n;
        assert!(report.counts().is_none_or(|(_, counts)| counts.n() == n));
    }
}

proptest! {
    #[test]
    fn submissions_survive_the_wire(raw in any_raw()) {
        prop_assert_eq!(decode_submission(encode_cloudevent(&raw).as_bytes()), Ok(raw));
    }

    #[test]
    fn sheets_survive_the_wire(sheet in any_sheet()) {
        prop_assert_eq!(decode_sheet(encode_sheet(&sheet)), Some(sheet));
    }

    #[test]
    fn definitions_in_any_words_survive_the_wire(
        (name, _) in prop::sample::select(SURVEYS.to_vec()),
        text in "\\PC{1,80}",
    ) {
        let mut document = encode_definition(&definition(name));
        document["texts"]["en"]["question"] = text.into();
        if let Ok(definition) = decode_definition(document.to_string().as_bytes()) {
            prop_assert_eq!(encode_definition(&definition), document);
        }
    }

    #[test]
    fn no_bytes_panic(bytes in vec(any::<u8>(), 0..200)) {
        read_as_all(&bytes);
    }

    #[test]
    fn no_json_panics(document in any_json()) {
        read_as_all(document.to_string().as_bytes());
    }

    #[test]
    fn no_change_to_a_valid_document_panics(document in mutated_json()) {
        read_as_all(document.to_string().as_bytes());
    }

    #[test]
    fn no_damage_to_a_valid_document_panics(bytes in mutated_bytes()) {
        read_as_all(&bytes);
    }
}
