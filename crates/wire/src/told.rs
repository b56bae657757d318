//! What the widget tells the page it is mounted in, as JSON text.

use serde::Serialize;

use crate::submission::text_of;

#[derive(Serialize)]
struct AnsweredJson {
    rating: i16,
    bucket: &'static str,
}

/// Told when a rating was chosen.
///
/// ```
/// assert_eq!(wire::told::answered(9, "top"), r#"{"rating":9,"bucket":"top"}"#);
/// ```
#[must_use]
pub fn answered(rating: i16, bucket: &'static str) -> String {
    text_of(&AnsweredJson { rating, bucket })
}

#[derive(Serialize)]
struct CompletedJson<'a> {
    rating: i16,
    reasons: &'a [String],
    revision: u32,
}

/// Told when the answer has arrived. The comment stays with the shop's endpoint: any script on the
/// page can read events.
///
/// ```
/// let told = wire::told::completed(9, &["price".to_owned()], 2);
/// assert_eq!(told, r#"{"rating":9,"reasons":["price"],"revision":2}"#);
/// ```
#[must_use]
pub fn completed(rating: i16, reasons: &[String], revision: u32) -> String {
    text_of(&CompletedJson { rating, reasons, revision })
}
