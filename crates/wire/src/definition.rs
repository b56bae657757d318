//! Survey files: the JSON an author writes. Its schema is `www/schema/survey-v1.json`; what makes
//! a definition valid is decided by [`survey::Definition::new`].

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use survey::{
    Action, Bands, Bucket, BucketTexts, Definition, DefinitionParts, Fault, Locale, QuestionParts,
    ReasonId, SurveyId, Texts,
};

use crate::reader::Reader;

/// Reads and checks a survey file.
///
/// # Errors
/// Every fault found, with the field it concerns, in the order of the fields' names. An unknown
/// field is a fault, since it is most often a misspelt one. When a field that all else depends on
/// cannot be read, only what could not be read is named.
///
/// # Example
/// ```
/// use survey::Fault;
/// let file = include_bytes!(concat!(
///     env!("CARGO_MANIFEST_DIR"),
///     "/../../www/surveys/post-purchase-nps.json",
/// ));
/// let definition = wire::decode_definition(file).unwrap();
/// assert_eq!(definition.outline().id.as_str(), "post-purchase-nps");
///
/// let misspelt = String::from_utf8_lossy(file).replace("\"thanks\"", "\"thank\"");
/// let faults = wire::decode_definition(misspelt.as_bytes()).unwrap_err();
/// let missing = Fault::new("/texts/en/buckets/top/thanks", "is missing; a text is needed");
/// assert!(faults.contains(&missing));
/// ```
pub fn decode_definition(bytes: &[u8]) -> Result<Definition, Vec<Fault>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let document: Value = serde_json::from_slice(bytes)
        .map_err(|error| vec![Fault::new("", format!("is not JSON: {error}"))])?;
    let faults = RefCell::new(Vec::new());
    let parts = read_definition(&document, &faults);
    let mut faults = faults.into_inner();
    let definition = match parts.map(Definition::new) {
        Some(Err(mut more)) => {
            // What could not be read was replaced by something empty; one fault of it is enough.
            more.retain(|fault| !faults.iter().any(|read| is_within(fault, read)));
            faults.append(&mut more);
            None
        }
        Some(Ok(definition)) => Some(definition),
        None => None,
    };
    faults.sort();
    definition.filter(|_| faults.is_empty()).ok_or(faults)
}

/// Whether `inner` concerns the field of `outer` or a part of it.
fn is_within(inner: &Fault, outer: &Fault) -> bool {
    let rest = inner.pointer.strip_prefix(&outer.pointer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn read_definition(document: &Value, faults: &RefCell<Vec<Fault>>) -> Option<DefinitionParts> {
    let root = Reader::new(document, "", faults)?;
    root.only(&["$schema", "id", "version", "default_locale", "question", "buckets", "texts"]);
    root.optional_text("$schema");
    let id = root.text("id").and_then(|text| named(&root, "id", SurveyId::new(text)));
    let version = root.small_count("version");
    if version == Some(0) {
        root.fault("version", "is 0; versions begin at 1");
    }
    let default_locale =
        root.text("default_locale").and_then(|text| named(&root, "default_locale", tag(text)));
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
    let bands = question.optional_object("bands").map(|bands| {
        bands.only(&["middle_from", "top_from"]);
        (bands.integer("middle_from"), bands.integer("top_from"))
    });
    let scale = question.object("scale")?;
    scale.only(&["min", "max", "direction"]);
    let (min, max) = (scale.integer("min"), scale.integer("max"));
    let direction = scale.text("direction")?.to_owned();
    let bands = match bands {
        Some((middle_from, top_from)) => Some((middle_from?, top_from?)),
        None => None,
    };
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
        let mut reasons = Vec::new();
        for (idx, text) in plan.texts("reasons") {
            match ReasonId::new(text) {
                Ok(reason) if idx == reasons.len() => reasons.push(reason),
                // Behind an entry that could not be read, places would be told wrongly.
                Ok(_) => {}
                Err(detail) => plan.fault_in_list("reasons", idx, detail),
            }
        }
        plans.insert(bucket, reasons);
    }
    plans
}

fn read_texts(texts: &Reader<'_>) -> BTreeMap<Locale, Texts> {
    let mut by_locale = BTreeMap::new();
    for (name, _) in texts.entries() {
        let own = texts.object(name).map_or_else(empty_texts, |own| read_locale(&own));
        if let Some(locale) = named(texts, name, tag(name)) {
            by_locale.insert(locale, own);
        }
    }
    by_locale
}

/// A language tag in its usual case, so that no language can be there twice.
fn tag(text: &str) -> Result<Locale, String> {
    let locale = Locale::new(text)?;
    if locale.as_str() == text { Ok(locale) } else { Err(format!("is written {locale}")) }
}

/// Stands for texts that could not be read, which is a fault already.
fn empty_texts() -> Texts {
    Texts {
        question: String::new(),
        low: String::new(),
        high: String::new(),
        points: BTreeMap::new(),
        reasons: BTreeMap::new(),
        buckets: BTreeMap::new(),
    }
}

fn read_locale(reader: &Reader<'_>) -> Texts {
    reader.only(&["question", "low", "high", "points", "reasons", "buckets"]);
    let mut buckets = BTreeMap::new();
    if let Some(all) = reader.object("buckets") {
        all.only(&Bucket::ALL.map(Bucket::name));
        for bucket in Bucket::ALL {
            if let Some(own) = all.optional_object(bucket.name()) {
                buckets.insert(bucket, read_bucket(&own));
            }
        }
    }
    Texts {
        question: text(reader, "question"),
        low: text(reader, "low"),
        high: text(reader, "high"),
        points: read_words(reader, "points", point),
        reasons: read_words(reader, "reasons", ReasonId::new),
        buckets,
    }
}

fn read_bucket(own: &Reader<'_>) -> BucketTexts {
    own.only(&["prompt", "comment", "thanks", "action", "reasons"]);
    BucketTexts {
        prompt: text(own, "prompt"),
        comment: text(own, "comment"),
        thanks: text(own, "thanks"),
        action: own.optional_object("action").map(|action| {
            action.only(&["label", "url"]);
            Action { label: text(&action, "label"), url: text(&action, "url") }
        }),
        reasons: read_words(own, "reasons", ReasonId::new),
    }
}

/// A text that must be there; empty when it cannot be read, which is a fault already.
fn text(reader: &Reader<'_>, name: &str) -> String {
    reader.text(name).unwrap_or_default().to_owned()
}

/// The number of a point, written in the one usual way.
fn point(name: &str) -> Result<i64, String> {
    let number = name.parse().ok().filter(|number: &i64| number.to_string() == name);
    number.ok_or_else(|| "is not the number of a point".to_owned())
}

/// An object of words by key; empty when absent or null.
fn read_words<K: Ord>(
    reader: &Reader<'_>,
    name: &str,
    read_key: impl Fn(&str) -> Result<K, String>,
) -> BTreeMap<K, String> {
    let Some(words) = reader.optional_object(name) else { return BTreeMap::new() };
    let mut by_key = BTreeMap::new();
    for (key, _) in words.entries() {
        let word = text(&words, key);
        if let Some(key) = named(&words, key, read_key(key)) {
            by_key.insert(key, word);
        }
    }
    by_key
}

/// A definition as the JSON its author would write, every default spelt out.
///
/// ```
/// let file = include_bytes!(concat!(
///     env!("CARGO_MANIFEST_DIR"),
///     "/../../www/surveys/post-purchase-nps.json",
/// ));
/// let definition = wire::decode_definition(file).unwrap();
/// let document = wire::encode_definition(&definition);
/// assert_eq!(document["question"]["bands"]["top_from"], 9); // the standard cut
/// assert_eq!(wire::decode_definition(document.to_string().as_bytes()), Ok(definition));
/// ```
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
        .map(|(locale, texts)| (locale.to_string(), encode_texts(texts)))
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
