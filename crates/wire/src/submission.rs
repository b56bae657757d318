//! Submissions: CloudEvents 1.0 in structured mode, read and written. Whether an answer is valid is
//! decided by [`survey::accept`].

use std::cell::RefCell;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::Value;
use survey::{Fault, RawSubmission};

use crate::reader::Reader;
use crate::time::{format_utc, parse_rfc3339};

/// The event type of a submission.
pub const EVENT_TYPE: &str = "candor.response.v1";
/// The media type of a CloudEvent in structured mode.
pub const EVENT_MEDIA_TYPE: &str = "application/cloudevents+json";

/// Reads a submission from the bytes of a CloudEvents document.
///
/// # Errors
/// Every field that is missing or of another kind than needed; one fault without a field when the
/// bytes are not JSON.
///
/// # Example
/// ```
/// use survey::Fault;
#[doc = include_str!("../doc/sample_submission.txt")]
/// let json = wire::encode_cloudevent(&raw);
/// assert_eq!(wire::decode_submission(json.as_bytes()), Ok(raw));
///
/// let half = json.replace("\"value\":9", "\"value\":8.5");
/// let fault = Fault::new("/data/rating/value", "is 8.5; a whole number is needed");
/// assert_eq!(wire::decode_submission(half.as_bytes()), Err(vec![fault]));
/// ```
pub fn decode_submission(bytes: &[u8]) -> Result<RawSubmission, Vec<Fault>> {
    let document: Value = serde_json::from_slice(bytes)
        .map_err(|error| vec![Fault::new("", format!("is not JSON: {error}"))])?;
    let faults = RefCell::new(Vec::new());
    let submission = read_event(&document, &faults);
    let faults = faults.into_inner();
    submission.filter(|_| faults.is_empty()).ok_or(faults)
}

fn read_event(document: &Value, faults: &RefCell<Vec<Fault>>) -> Option<RawSubmission> {
    let event = Reader::new(document, "", faults)?;
    for (name, wanted) in [("specversion", "1.0"), ("type", EVENT_TYPE)] {
        if let Some(given) = event.text(name).filter(|given| *given != wanted) {
            let given: String = given.chars().take(40).collect();
            event.fault(name, format!("is {given:?}; {wanted:?} is needed"));
        }
    }
    let (id, source, time) = (event.text("id"), event.text("source"), event.text("time"));
    let time_ms = time.and_then(parse_rfc3339);
    if time.is_some() && time_ms.is_none() {
        event.fault("time", "is not an RFC 3339 time such as 2026-11-22T09:12:44.120Z");
    }
    let data = event.object("data")?;
    let survey = data.object("survey");
    let (survey_id, survey_version) = survey
        .as_ref()
        .map_or((None, None), |survey| (survey.text("id"), survey.small_count("version")));
    if let (Some(subject), Some(id)) = (event.optional_text("subject"), survey_id)
        && subject != id
    {
        event.fault("subject", format!("is not data.survey.id, which is {id:?}"));
    }
    let (revision, complete) = (data.small_count("revision"), data.boolean("complete"));
    let locale = data.text("locale");
    let reasons = data.texts("reasons").into_iter().map(|(_, name)| name.to_owned()).collect();
    let comment = data.optional_text("comment").unwrap_or_default().to_owned();
    let (context, age_ms) = (data.text_map("context"), data.optional_count("age_ms"));
    let rating = data.object("rating")?;
    let (metric, value) = (rating.text("metric"), rating.integer("value"));
    let question = rating.optional_text("question").unwrap_or_default().to_owned();
    let scale = rating.object("scale")?;
    let (scale_min, scale_max) = (scale.integer("min"), scale.integer("max"));
    let direction = scale.text("direction")?;
    Some(RawSubmission {
        id: id?.to_owned(),
        source: source?.to_owned(),
        survey_id: survey_id?.to_owned(),
        survey_version: survey_version?,
        time_ms: time_ms?,
        revision: revision?,
        complete: complete?,
        locale: locale?.to_owned(),
        metric: metric?.to_owned(),
        scale_min: scale_min?,
        scale_max: scale_max?,
        direction: direction.to_owned(),
        value: value?,
        question,
        reasons,
        comment,
        context,
        age_ms,
    })
}

#[derive(Serialize)]
struct EventJson<'a> {
    specversion: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    id: &'a str,
    source: &'a str,
    subject: &'a str,
    time: String,
    datacontenttype: &'static str,
    data: DataJson<'a>,
}

#[derive(Serialize)]
struct DataJson<'a> {
    survey: SurveyJson<'a>,
    revision: u32,
    complete: bool,
    locale: &'a str,
    rating: RatingJson<'a>,
    reasons: &'a [String],
    #[serde(skip_serializing_if = "str::is_empty")]
    comment: &'a str,
    #[serde(serialize_with = "as_map")]
    context: &'a [(String, String)],
    #[serde(skip_serializing_if = "Option::is_none")]
    age_ms: Option<u64>,
}

#[derive(Serialize)]
struct SurveyJson<'a> {
    id: &'a str,
    version: u32,
}

#[derive(Serialize)]
struct RatingJson<'a> {
    metric: &'a str,
    scale: ScaleJson<'a>,
    value: i64,
    question: &'a str,
}

#[derive(Serialize)]
struct ScaleJson<'a> {
    min: i64,
    max: i64,
    direction: &'a str,
}

fn as_map<S: Serializer>(pairs: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for (name, text) in pairs {
        map.serialize_entry(name, text)?;
    }
    map.end()
}

/// A submission as a CloudEvents document.
///
/// ```
#[doc = include_str!("../doc/sample_submission.txt")]
/// let json = wire::encode_cloudevent(&raw);
/// assert!(json.starts_with(r#"{"specversion":"1.0","type":"candor.response.v1","id":"01935b2e-"#));
/// ```
#[must_use]
pub fn encode_cloudevent(raw: &RawSubmission) -> String {
    let event = EventJson {
        specversion: "1.0",
        kind: EVENT_TYPE,
        id: &raw.id,
        source: &raw.source,
        subject: &raw.survey_id,
        time: format_utc(raw.time_ms),
        datacontenttype: "application/json",
        data: DataJson {
            survey: SurveyJson { id: &raw.survey_id, version: raw.survey_version },
            revision: raw.revision,
            complete: raw.complete,
            locale: &raw.locale,
            rating: RatingJson {
                metric: &raw.metric,
                scale: ScaleJson {
                    min: raw.scale_min,
                    max: raw.scale_max,
                    direction: &raw.direction,
                },
                value: raw.value,
                question: &raw.question,
            },
            reasons: &raw.reasons,
            comment: &raw.comment,
            context: &raw.context,
            age_ms: raw.age_ms,
        },
    };
    serde_json::to_string(&event).expect("texts, numbers and lists are always JSON")
}
