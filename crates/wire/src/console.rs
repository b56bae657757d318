//! What the console reads from the collector besides reports: the list of surveys and the last
//! comments.

use serde::Deserialize;

/// One survey in the list of surveys.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SurveyEntryJson {
    /// Its name.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// `csat`, `ces` or `nps`.
    pub metric: String,
    /// The question in its default language.
    pub question: String,
    /// The languages it is asked in.
    pub locales: Vec<String>,
}

/// The list of surveys.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SurveyListJson {
    /// In order of their names.
    pub surveys: Vec<SurveyEntryJson>,
}

/// One answer with a comment.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CommentJson {
    /// The rating.
    pub value: i16,
    /// `bottom`, `middle` or `top`; `None` on a scale without agreed buckets.
    pub bucket: Option<String>,
    /// The reasons.
    pub reasons: Vec<String>,
    /// The comment.
    pub comment: String,
    /// Language the survey was shown in.
    pub locale: String,
    /// When it was given, in RFC 3339.
    pub answered_at: String,
}

/// The last comments.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CommentListJson {
    /// Newest first.
    pub responses: Vec<CommentJson>,
}
