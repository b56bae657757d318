//! Survey files: the JSON an author writes. Its schema is `www/schema/survey-v1.json`; what makes
//! a definition valid is decided by [`survey::Definition::new`].

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use survey::{
    Action, Bands, Bucket, BucketTexts, Definition, DefinitionParts, Fault, Locale, QuestionParts,
    ReasonId, SurveyId, Texts,
};

use crate::reader::{Reader, escape};

/// Reads and checks a survey file.
///
/// # Errors
/// Every fault found, with the field it concerns; an unknown field is a fault, since it is most
/// often a misspelt one.
pub fn decode_definition(bytes: &[u8]) -> Result<Definition, Vec<Fault>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let document: Value = serde_json::from_slice(bytes)
        .map_err(|error| vec![Fault::new("", format!("is not JSON: {error}"))])?;
    let faults = RefCell::new(Vec::new());
    let parts = read_definition(&document, &faults);
    let mut faults = faults.into_inner();
    let Some(parts) = parts else { return Err(faults) };
    match Definition::new(parts) {
        Ok(definition) if faults.is_empty() => Ok(definition),
        Ok(_) => Err(faults),
        Err(more) => {
            faults.extend(more);
            faults.sort();
            faults.dedup_by(|a, b| a.pointer == b.pointer);
            Err(faults)
        }
    }
}

fn read_definition(document: &Value, faults: &RefCell<Vec<Fault>>) -> Option<DefinitionParts> {
    let root = Reader::new(document, "", faults)?;
    root.only(&["$schema", "id", "version", "default_locale", "question", "buckets", "texts"]);
    let id = root.text("id").and_then(|text| named(&root, "id", SurveyId::new(text)));
    let version = root.small_count("version");
    if version == Some(0) {
        root.fault("version", "is 0; versions begin at 1");
    }
    let default_locale = root
        .text("default_locale")
        .and_then(|text| named(&root, "default_locale", Locale::new(text)));
    let question = root.object("question").and_then(|question| read_question(&question));
    let buckets = root.object("buckets").map(|buckets| read_buckets(&buckets));
    let texts = root.object("texts").map(|texts| read_texts(&texts));
    Some(DefinitionParts {
        id: id?,
        version: version?,
        default_locale: default_locale?,
        question: question?,
        buckets: buckets?,
        texts: texts?,
    })
}

/// The value, or a fault of the field it came from.
fn named<T>(reader: &Reader<'_>, name: &str, value: Result<T, String>) -> Option<T> {
    value.map_err(|detail| reader.fault(name, detail)).ok()
}

fn read_question(question: &Reader<'_>) -> Option<QuestionParts> {
    question.only(&["metric", "scale", "bands", "style"]);
    let metric = question.text("metric");
    let style = question.optional_text("style").unwrap_or("numbers").to_owned();
    let bands = question.optional_object("bands").and_then(|bands| {
        bands.only(&["middle_from", "top_from"]);
        Some((bands.integer("middle_from")?, bands.integer("top_from")?))
    });
    let scale = question.object("scale")?;
    scale.only(&["min", "max", "direction"]);
    let (min, max) = (scale.integer("min"), scale.integer("max"));
    let direction = scale.text("direction")?.to_owned();
    Some(QuestionParts {
        metric: metric?.to_owned(),
        min: min?,
        max: max?,
        direction,
        bands,
        style,
    })
}

fn read_buckets(buckets: &Reader<'_>) -> BTreeMap<Bucket, Vec<ReasonId>> {
    buckets.only(&Bucket::ALL.map(Bucket::name));
    let mut plans = BTreeMap::new();
    for bucket in Bucket::ALL {
        let Some(plan) = buckets.optional_object(bucket.name()) else { continue };
        plan.only(&["reasons"]);
        let reasons = plan.texts("reasons").into_iter();
        let reasons = reasons.filter_map(|text| named(&plan, "reasons", ReasonId::new(text)));
        plans.insert(bucket, reasons.collect());
    }
    plans
}

fn read_texts(texts: &Reader<'_>) -> BTreeMap<Locale, Texts> {
    let mut by_locale = BTreeMap::new();
    for (tag, value) in texts.entries() {
        let locale = named(texts, tag, Locale::new(tag));
        let Some(reader) = Reader::new(value, &texts.at(tag), texts.faults()) else { continue };
        if let (Some(locale), Some(texts)) = (locale, read_locale(&reader)) {
            by_locale.insert(locale, texts);
        }
    }
    by_locale
}

fn read_locale(reader: &Reader<'_>) -> Option<Texts> {
    reader.only(&["question", "low", "high", "points", "reasons", "buckets"]);
    let mut points = BTreeMap::new();
    for (name, word) in reader.text_map("points") {
        match name.parse() {
            Ok(point) => drop(points.insert(point, word)),
            Err(_) => reader.fault("points", format!("{name:?} is not a point of the scale")),
        }
    }
    let (question, low, high) = (reader.text("question"), reader.text("low"), reader.text("high"));
    let reasons = read_labels(reader);
    let mut buckets = BTreeMap::new();
    if let Some(all) = reader.object("buckets") {
        all.only(&Bucket::ALL.map(Bucket::name));
        for bucket in Bucket::ALL {
            let texts = all.optional_object(bucket.name()).and_then(|own| read_bucket(&own));
            if let Some(texts) = texts {
                buckets.insert(bucket, texts);
            }
        }
    }
    Some(Texts {
        question: question?.to_owned(),
        low: low?.to_owned(),
        high: high?.to_owned(),
        points,
        reasons,
        buckets,
    })
}

fn read_labels(reader: &Reader<'_>) -> BTreeMap<ReasonId, String> {
    let labels = reader.text_map("reasons").into_iter();
    labels
        .filter_map(|(name, label)| Some((named(reader, "reasons", ReasonId::new(&name))?, label)))
        .collect()
}

fn read_bucket(own: &Reader<'_>) -> Option<BucketTexts> {
    own.only(&["prompt", "comment", "thanks", "action", "reasons"]);
    let (prompt, comment, thanks) = (own.text("prompt"), own.text("comment"), own.text("thanks"));
    let action = own.optional_object("action").and_then(|action| {
        action.only(&["label", "url"]);
        let (label, url) = (action.text("label"), action.text("url"));
        Some(Action { label: label?.to_owned(), url: url?.to_owned() })
    });
    Some(BucketTexts {
        prompt: prompt?.to_owned(),
        comment: comment?.to_owned(),
        thanks: thanks?.to_owned(),
        action,
        reasons: read_labels(own),
    })
}

/// A definition as the JSON its author would write, every default spelt out.
#[must_use]
pub fn encode_definition(definition: &Definition) -> Value {
    let outline = definition.outline();
    let question = &outline.question;
    let (scale, bands): (_, Bands) = (question.scale, question.bands);
    let buckets: Map<String, Value> = Bucket::ALL
        .into_iter()
        .map(|bucket| {
            let names: Vec<&str> =
                outline.bucket(bucket).reasons.iter().map(ReasonId::as_str).collect();
            (bucket.name().to_owned(), json!({ "reasons": names }))
        })
        .collect();
    let texts: Map<String, Value> = definition
        .texts()
        .iter()
        .map(|(l, texts)| (escape(l.as_str()), encode_texts(texts)))
        .collect();
    json!({
        "id": outline.id.as_str(),
        "version": outline.version,
        "default_locale": definition.default_locale().as_str(),
        "question": {
            "metric": question.metric.name(),
            "scale": {
                "min": scale.min(), "max": scale.max(), "direction": scale.direction().name()
            },
            "bands": { "middle_from": bands.middle_from().0, "top_from": bands.top_from().0 },
            "style": question.style.name()
        },
        "buckets": buckets,
        "texts": texts
    })
}

fn encode_texts(texts: &Texts) -> Value {
    let labels = |reasons: &BTreeMap<ReasonId, String>| -> Map<String, Value> {
        reasons.iter().map(|(id, label)| (id.to_string(), label.as_str().into())).collect()
    };
    let buckets: Map<String, Value> = texts
        .buckets
        .iter()
        .map(|(bucket, own)| {
            let action = own.action.as_ref().map(|a| json!({ "label": a.label, "url": a.url }));
            let encoded = json!({
                "prompt": own.prompt, "comment": own.comment, "thanks": own.thanks,
                "action": action, "reasons": labels(&own.reasons)
            });
            (bucket.name().to_owned(), encoded)
        })
        .collect();
    let points: Map<String, Value> =
        texts.points.iter().map(|(p, word)| (p.to_string(), word.as_str().into())).collect();
    json!({
        "question": texts.question, "low": texts.low, "high": texts.high, "points": points,
        "reasons": labels(&texts.reasons), "buckets": buckets
    })
}
