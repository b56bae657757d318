//! What the loader hands to the widget when it takes over, and what it gets back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::sheet::SheetJson;

/// Everything the widget needs to go on where the loader stands.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct MountJson {
    /// The survey in the person's language.
    pub sheet: SheetJson,
    /// Where answers are sent.
    pub endpoint: String,
    /// `cloudevents` or `flat`.
    pub format: String,
    /// The answer's name.
    pub id: String,
    /// The last revision sent; 0 when none was.
    pub revision: u32,
    /// The rating in that revision.
    pub sent_rating: Option<i16>,
    /// The rating chosen.
    pub rating: Option<i16>,
    /// The reasons ticked.
    pub reasons: Vec<String>,
    /// The comment typed.
    pub comment: String,
    /// What the shop attached.
    pub context: BTreeMap<String, String>,
    /// Address of the page.
    pub source: String,
    /// When the survey was shown, in milliseconds since 1970.
    pub opened_ms: f64,
    /// Whether nothing is to be sent.
    #[serde(default)]
    pub test: bool,
}

/// What the score badge needs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct MountScoreJson {
    /// The survey in the person's language.
    pub sheet: SheetJson,
    /// Address of the live stream.
    pub live_url: String,
}

/// What is chosen and typed in a widget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DraftJson {
    /// The rating chosen.
    pub rating: Option<i16>,
    /// The reasons ticked.
    pub reasons: Vec<String>,
    /// The comment typed.
    pub comment: String,
}

/// What the host page is told when a rating was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnsweredJson {
    /// The rating.
    pub rating: i16,
    /// `bottom`, `middle` or `top`.
    pub bucket: &'static str,
}

/// What the host page is told when the answer has arrived. The comment stays with the shop's
/// endpoint: any script on the page can read events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CompletedJson {
    /// The rating.
    pub rating: i16,
    /// The reasons.
    pub reasons: Vec<String>,
    /// The revision stored.
    pub revision: u32,
}
