//! The published schema and the reader say the same. Where one rule compares one part of a file
//! with another, a schema cannot say it; each such rule is named here.

use std::collections::BTreeSet;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Map, Value, json};
use survey::definition::{LOCALES_MAX, REASONS_MAX, TEXT_CHARS_MAX, URL_CHARS_MAX};
use survey::locale::LOCALE_BYTES_MAX;
use survey::names::NAME_BYTES_MAX;
use survey::{Bucket, Direction, Fault, Metric, Style};
use wire::decode_definition;

use crate::sample::{SURVEYS, put, take};

/// Where the schema is said to be, for the validator; nothing is fetched.
const PLACE: &str = "https://candor.invalid/survey-v1.json";
const SCHEMA: &str = include_str!("../../../../www/schema/survey-v1.json");

fn schema() -> Value {
    serde_json::from_str(SCHEMA).unwrap()
}

/// The published schema, ready to judge documents.
struct Validator {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Validator {
    fn is_valid(&self, document: &Value) -> bool {
        self.error(document).is_none()
    }

    fn error(&self, document: &Value) -> Option<String> {
        self.schemas.validate(document, self.index).err().map(|error| format!("{error:#}"))
    }
}

/// Fails when the schema itself does not follow the meta-schema it names.
fn validator() -> Validator {
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    compiler.add_resource(PLACE, schema()).unwrap();
    let index = compiler.compile(PLACE, &mut schemas).unwrap();
    Validator { schemas, index }
}

fn faults(document: &Value) -> Vec<Fault> {
    decode_definition(document.to_string().as_bytes()).err().unwrap_or_default()
}

/// A valid survey that holds every field there is: one reason, faces with words, one language.
fn full() -> Value {
    let told = json!({
        "prompt": "Why?", "comment": "Else?", "thanks": "Thanks.",
        "action": { "label": "Go on", "url": "/next" }, "reasons": { "other": "None of these" }
    });
    json!({
        "$schema": "../schema/survey-v1.json",
        "id": "full",
        "version": 1,
        "default_locale": "en",
        "question": {
            "metric": "csat",
            "scale": { "min": 1, "max": 3, "direction": "higher_is_better" },
            "bands": { "middle_from": 2, "top_from": 3 },
            "style": "faces"
        },
        "buckets": {
            "bottom": { "reasons": ["price", "other"] },
            "middle": { "reasons": ["other"] },
            "top": { "reasons": [] }
        },
        "texts": {
            "en": {
                "question": "Satisfied?", "low": "No", "high": "Yes",
                "points": { "1": "Bad", "2": "Fair", "3": "Good" },
                "reasons": { "price": "Price", "other": "Something else" },
                "buckets": { "bottom": told, "middle": told, "top": told }
            }
        }
    })
}

/// Rules that compare parts of a file and that no schema can say, by the end of their wording.
/// A file that breaks only these passes the schema and is refused by the reader.
const BEYOND_A_SCHEMA: [&str; 10] = [
    "max must be above min",
    "points cannot be shown; at most 11",
    "is longer than 101",
    "do not cut the scale in order",
    "lie off the scale",
    "every face needs a word",
    "lies off the scale",
    "offers this reason",
    "other is the open reason; it comes last",
    "has no texts",
];

#[test]
fn the_schema_is_a_schema() {
    let mut broken = schema();
    validator(); // which reads it by the rules of the draft it names
    put(&mut broken, "/type", json!("survey"));
    let mut compiler = Compiler::new();
    compiler.add_resource(PLACE, broken).unwrap();
    assert!(compiler.compile(PLACE, &mut Schemas::new()).is_err(), "a broken one is refused");
}

#[test]
fn the_surveys_of_the_product_and_the_full_one_pass_both() {
    let validator = validator();
    for (name, file) in SURVEYS {
        let document = serde_json::from_str(file).unwrap();
        assert_eq!(validator.error(&document), None, "{name}");
        let encoded = wire::encode_definition(&decode_definition(file.as_bytes()).unwrap());
        assert!(validator.is_valid(&encoded), "{name} as written by us");
    }
    assert!(validator.is_valid(&full()));
    assert_eq!(faults(&full()), []);
}

#[test]
fn faulty_surveys_fail_both() {
    let validator = validator();
    let check = |pointer: &str, value: Value| {
        let mut document = full();
        put(&mut document, pointer, value.clone());
        assert!(!validator.is_valid(&document), "the schema takes {value} at {pointer}");
        assert!(!faults(&document).is_empty(), "the reader takes {value} at {pointer}");
    };
    check("/id", json!("Not a name"));
    check("/version", json!(0));
    check("/version", json!(1.5));
    check("/default_locale", json!("English"));
    check("/question/metric", json!("NPS"));
    check("/question/scale/direction", json!("up"));
    check("/question/scale/max", json!("3"));
    check("/question/scale/max", json!(40_000));
    check("/question/style", json!("sliders"));
    check("/question/bands", json!({ "middle_from": 2 }));
    check("/buckets/bottom/reasons", json!(["price", "price"]));
    check("/buckets/bottom/reasons", json!(["Price"]));
    check("/buckets/bottom", Value::Null);
    check("/buckets/best", json!({}));
    check("/texts", json!({}));
    check("/texts/en/question", json!(" \n"));
    check("/texts/en/points", Value::Null);
    check("/texts/en/reasons/price", json!(5));
    check("/texts/en/buckets/top/thanks", json!("x".repeat(301)));
    check("/texts/en/buckets/top/action/url", json!("javascript:alert(1)"));
    check("/texts/en/buckets/top/action/url", json!("//evil.example"));
    check("/texts/zh_hans", full()["texts"]["en"].clone());
    check("/colour", json!("red"));
}

#[test]
fn a_scale_without_an_agreed_cut_needs_one_in_both() {
    let validator = validator();
    for metric in Metric::ALL {
        for (min, max) in [(0, 1), (0, 10), (1, 3), (1, 5), (1, 7), (1, 10), (0, 5), (-2, 2)] {
            for direction in [Direction::HigherIsBetter, Direction::LowerIsBetter] {
                let mut document = full();
                let scale = json!({ "min": min, "max": max, "direction": direction.name() });
                put(&mut document, "/question/scale", scale);
                put(&mut document, "/question/metric", json!(metric.name()));
                put(&mut document, "/question/style", json!("numbers"));
                take(&mut document, "/question/bands");
                take(&mut document, "/texts/en/points");
                let is_read = faults(&document).is_empty();
                assert_eq!(validator.is_valid(&document), is_read, "{}", document["question"]);
            }
        }
    }
}

/// Every pointer into a document, the document itself first.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(object) => {
            object.iter().for_each(|(name, inner)| pointers(inner, &format!("{at}/{name}"), found));
        }
        Value::Array(list) => {
            let places = list.iter().enumerate();
            places.for_each(|(idx, inner)| pointers(inner, &format!("{at}/{idx}"), found));
        }
        _ => {}
    }
}

#[test]
fn whatever_is_put_or_missing_anywhere_is_judged_alike() {
    let validator = validator();
    let mut places = Vec::new();
    pointers(&full(), "", &mut places);
    let values = [
        Value::Null,
        json!(true),
        json!(-1),
        json!(0),
        json!(1),
        json!(2),
        json!(3.0),
        json!(12),
        json!(200),
        json!(0.5),
        json!(70_000),
        json!(5e9),
        json!(""),
        json!(" \t"),
        json!("x"),
        json!("EN"),
        json!("fr"),
        json!("faces"),
        json!("x".repeat(301)),
        json!([]),
        json!(["x", "x"]),
        json!(["other", "price"]),
        json!({}),
        json!({ "x": "y" }),
    ];
    let mut met = BTreeSet::new();
    for place in places.iter().filter(|place| !place.is_empty()) {
        let mut missing = full();
        take(&mut missing, place);
        judge(&validator, &missing, &format!("{place} missing"), &mut met);
        for value in &values {
            let mut document = full();
            put(&mut document, place, value.clone());
            judge(&validator, &document, &format!("{value} at {place}"), &mut met);
            if document.pointer(place).is_some_and(Value::is_object) {
                put(&mut document, &format!("{place}/added"), json!("x"));
                judge(&validator, &document, &format!("a field added to {place}"), &mut met);
            }
        }
    }
    assert_eq!(met, BEYOND_A_SCHEMA.into(), "a rule beyond the schema was never met");
}

/// Asserts that schema and reader agree, or that the file breaks only rules no schema can say,
/// which are then noted in `met`.
#[track_caller]
fn judge(validator: &Validator, document: &Value, what: &str, met: &mut BTreeSet<&'static str>) {
    let faults = faults(document);
    if validator.is_valid(document) == faults.is_empty() {
        return;
    }
    assert!(!faults.is_empty(), "{what}: the schema refuses what the reader takes");
    for fault in &faults {
        let rule = BEYOND_A_SCHEMA.into_iter().find(|rule| fault.detail.contains(rule));
        met.insert(rule.unwrap_or_else(|| panic!("{what}: only the reader refuses it: {fault}")));
    }
}

/// The subschema that a `$ref` leads to.
fn resolve<'a>(root: &'a Value, mut schema: &'a Value) -> &'a Value {
    while let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        schema = root.pointer(reference.trim_start_matches('#')).unwrap();
    }
    schema
}

/// Fields the reader knows at `pointer`, as it lists them when it meets one it does not know.
fn fields_of_reader(pointer: &str) -> BTreeSet<String> {
    let mut document = full();
    let added = format!("{pointer}/not_a_field");
    put(&mut document, &added, json!(1));
    let faults = faults(&document);
    let fault = faults.iter().find(|fault| fault.pointer == added).unwrap();
    let (_, known) = fault.detail.split_once("known are ").unwrap();
    known.split(", ").map(str::to_owned).collect()
}

/// Walks schema and full survey side by side and compares the fields of each object.
fn compare_fields(root: &Value, schema: &Value, value: &Value, at: &str, n_objects: &mut usize) {
    let schema = resolve(root, schema);
    let Value::Object(object) = value else {
        if let (Value::Array(list), Some(items)) = (value, schema.get("items")) {
            list.iter().for_each(|inner| compare_fields(root, items, inner, at, n_objects));
        }
        return;
    };
    let fields: Option<&Map<String, Value>> = schema.get("properties").and_then(Value::as_object);
    if let Some(fields) = fields {
        *n_objects += 1;
        let names: BTreeSet<String> = fields.keys().cloned().collect();
        assert_eq!(names, fields_of_reader(at), "fields at {at:?}");
        let here: BTreeSet<String> = object.keys().cloned().collect();
        assert_eq!(here, names, "the full survey lacks a field at {at:?}");
        assert_eq!(schema["additionalProperties"], json!(false), "at {at:?}");
    }
    for (name, inner) in object {
        let own = fields.map_or(&schema["additionalProperties"], |fields| &fields[name]);
        compare_fields(root, own, inner, &format!("{at}/{name}"), n_objects);
    }
}

#[test]
fn every_field_of_the_reader_is_in_the_schema_and_the_other_way_round() {
    let (root, mut n_objects) = (schema(), 0);
    compare_fields(&root, &root, &full(), "", &mut n_objects);
    // File, question, scale, bands, 1 + 3 buckets, 1 language, 1 + 3 buckets in it, 3 actions.
    assert_eq!(n_objects, 16);
}

#[test]
fn every_field_of_the_schema_is_described() {
    fn check(root: &Value, schema: &Value, at: &str) {
        let fields = schema.get("properties").and_then(Value::as_object);
        for (name, field) in fields.into_iter().flatten() {
            let described = field.get("description").or(resolve(root, field).get("description"));
            assert!(described.is_some(), "{at}/{name}");
            check(root, field, &format!("{at}/{name}"));
        }
    }
    let root = schema();
    check(&root, &root, "");
    for (name, definition) in root["$defs"].as_object().unwrap() {
        assert!(definition.get("description").is_some(), "{name}");
        if name != "standard_cut" {
            check(&root, definition, name);
        }
    }
}

#[test]
fn limits_and_names_of_the_schema_are_those_of_the_code() {
    let schema = schema();
    let number = |pointer: &str| schema.pointer(pointer).and_then(Value::as_u64).unwrap();
    assert_eq!(number("/$defs/text/maxLength"), TEXT_CHARS_MAX as u64);
    assert_eq!(number("/$defs/name/maxLength"), NAME_BYTES_MAX as u64);
    assert_eq!(number("/$defs/locale/maxLength"), LOCALE_BYTES_MAX as u64);
    assert_eq!(number("/$defs/action/properties/url/maxLength"), URL_CHARS_MAX as u64);
    assert_eq!(number("/$defs/bucket/properties/reasons/maxItems"), REASONS_MAX as u64);
    assert_eq!(number("/properties/texts/maxProperties"), LOCALES_MAX as u64);
    assert_eq!(number("/properties/version/maximum"), u64::from(u32::MAX));
    let names = |pointer: &str| -> BTreeSet<&str> {
        let list = schema.pointer(pointer).and_then(Value::as_array).unwrap();
        list.iter().filter_map(Value::as_str).collect()
    };
    assert_eq!(
        names("/$defs/question/properties/metric/enum"),
        Metric::ALL.map(Metric::name).into()
    );
    assert_eq!(names("/$defs/question/properties/style/enum"), Style::ALL.map(Style::name).into());
    assert_eq!(
        names("/$defs/scale/properties/direction/enum"),
        [Direction::HigherIsBetter, Direction::LowerIsBetter].map(Direction::name).into()
    );
    assert_eq!(names("/properties/buckets/required"), Bucket::ALL.map(Bucket::name).into());
}

#[test]
fn tags_and_names_and_links_are_judged_alike() {
    let validator = validator();
    let check = |pointer: &str, text: &str| {
        let mut document = full();
        put(&mut document, pointer, json!(text));
        if pointer == "/default_locale" {
            let english = document["texts"]["en"].clone();
            document["texts"] = json!({ text: english });
        }
        assert_eq!(validator.is_valid(&document), faults(&document).is_empty(), "{text:?}");
    };
    for tag in [
        "en",
        "EN",
        "e",
        "engl",
        "yue",
        "zh-Hans",
        "zh-hans",
        "zh_Hans",
        "zh-Hant-TW",
        "pt-BR",
        "pt-br",
        "es-419",
        "de-1996",
        "de-CH-1996",
        "de-1A96",
        "sl-rozaj",
        "sl-Rozaj",
        "en-",
        "en--GB",
        "en-ninechars",
        "en-u-ca-gregory",
        "en-u-CA-gregory",
        "x-y",
        "en-A",
        "en-a",
        "",
        "en\n",
        "en-abcdefg-abcdefg-abcdefg-abc-abcd",
        "en-abcdefg-abcdefg-abcdefg-abc-abcde",
    ] {
        check("/default_locale", tag);
    }
    let long = "n".repeat(65);
    for name in ["a", "A", "9", "_a", "-a", "a_-9", "a b", "a.b", "é", "a\n", "", &long, &long[1..]]
    {
        check("/id", name);
    }
    let path = format!("/{}", "好".repeat(512));
    for url in [
        "/",
        "//",
        "/a//b",
        "/\\a",
        "https://a.example",
        "http://a",
        "https://",
        "https:",
        "a",
        "HTTPS://a.example",
        "mailto:a@b.example",
        "mailto:",
        "javascript:x",
        "/a b",
        "/a\n",
        "/\u{7f}",
        "/退货",
        "/#x",
        "?x",
        "",
        " /",
        &path,
        &path[..path.len() - 3],
    ] {
        check("/texts/en/buckets/top/action/url", url);
    }
}

#[test]
fn a_text_of_space_alone_is_refused_by_both_but_for_two_rare_characters() {
    let validator = validator();
    let check = |text: &str, in_schema: bool, in_reader: bool| {
        let mut document = full();
        put(&mut document, "/texts/en/low", json!(text));
        let judged = (validator.is_valid(&document), faults(&document).is_empty());
        assert_eq!(judged, (in_schema, in_reader), "{text:?}");
    };
    // The validator knows no other spaces; the standard for its expressions does.
    for text in [" ", "\t", "\n", "\u{a0}", "\u{2003}"] {
        check(text, false, false);
    }
    // Unicode and the schema's regular expressions differ on these two, which nobody writes.
    check("\u{feff}", false, true);
    check("\u{85}", true, false);
}
