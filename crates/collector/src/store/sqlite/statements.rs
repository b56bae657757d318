//! What is said to SQLite, word for word; who says it is in the file above. Names no driver.

use survey::ReasonId;

use crate::store::Period;

/// The answers that a query is about; binds 1 to 7.
macro_rules! answers {
    () => {
        "FROM responses WHERE survey_id = ?1 AND metric = ?2 AND scale_min = ?3 \
         AND scale_max = ?4 AND direction = ?5 AND answered_at_ms >= ?6 AND answered_at_ms < ?7 "
    };
}

pub(super) const COUNTS: &str = concat!("SELECT value, count(*) ", answers!(), "GROUP BY value");
pub(super) const REASON_GIVERS: &str =
    concat!("SELECT value, count(*) ", answers!(), "AND reasons <> '[]' GROUP BY value");
pub(super) const REASONS: &str = concat!(
    "SELECT reason.value, answer.value, count(*) FROM (SELECT value, reasons ",
    answers!(),
    ") AS answer, json_each(answer.reasons) AS reason GROUP BY 1, 2"
);
/// Bind 8 is the format of a period's label.
pub(super) const PERIODS: &str = concat!(
    "SELECT strftime(?8, answered_at_ms / 1000, 'unixepoch'), value, count(*) ",
    answers!(),
    "GROUP BY 1, 2"
);
/// Bind 8 is the path of the context entry, or NULL for the locale; 9 the smallest segment shown;
/// 10 how many are shown; 11 the name of the rest; 12 the name of those without.
pub(super) const SEGMENTS: &str = concat!(
    "WITH answer AS MATERIALIZED (SELECT coalesce(\
       CASE WHEN ?8 IS NULL THEN locale ELSE json_extract(context, ?8) END, ?12\
     ) AS segment, value ",
    answers!(),
    "), shown AS (SELECT segment FROM answer GROUP BY segment HAVING count(*) >= ?9 \
       ORDER BY count(*) DESC, segment LIMIT ?10) \
     SELECT CASE WHEN segment IN (SELECT segment FROM shown) THEN segment ELSE ?11 END, \
       value, count(*) FROM answer GROUP BY 1, 2"
);

pub(super) const ADD_REVISION: &str = "INSERT INTO revisions (survey_id, id, revision, body_hash, received_at_ms) \
     VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
pub(super) const REVISION_HASH: &str =
    "SELECT body_hash FROM revisions WHERE survey_id = ?1 AND id = ?2 AND revision = ?3";
pub(super) const LAST_REVISION: &str = "SELECT revision, body_hash FROM revisions \
     WHERE survey_id = ?1 AND id = ?2 ORDER BY revision DESC LIMIT 1";
pub(super) const PUT_RESPONSE: &str = "INSERT INTO responses (survey_id, id, revision, complete, \
       survey_version, locale, metric, scale_min, scale_max, direction, value, question, reasons, \
       comment, context, source, answered_at_ms, received_at_ms, updated_at_ms, age_ms) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, \
       ?18, ?19) \
     ON CONFLICT (survey_id, id) DO UPDATE SET revision = excluded.revision, \
       complete = excluded.complete, survey_version = excluded.survey_version, \
       locale = excluded.locale, metric = excluded.metric, scale_min = excluded.scale_min, \
       scale_max = excluded.scale_max, direction = excluded.direction, value = excluded.value, \
       question = excluded.question, reasons = excluded.reasons, comment = excluded.comment, \
       context = excluded.context, source = excluded.source, \
       answered_at_ms = excluded.answered_at_ms, updated_at_ms = excluded.updated_at_ms, \
       age_ms = excluded.age_ms \
     WHERE excluded.revision > responses.revision";
pub(super) const ADD_CHANGE: &str = "INSERT INTO survey_changes (survey_id, n_changes) VALUES (?1, 1) \
     ON CONFLICT DO UPDATE SET n_changes = n_changes + 1";
pub(super) const CHANGE: &str = "SELECT n_changes FROM survey_changes WHERE survey_id = ?1";
pub(super) const COMMENTS: &str = "SELECT id, metric, scale_min, scale_max, direction, value, reasons, \
       comment, locale, answered_at_ms FROM responses \
     WHERE survey_id = ?1 AND comment IS NOT NULL \
     ORDER BY answered_at_ms DESC, id DESC LIMIT ?2";

/// Where an entry of the context is. A checked name needs no escaping.
pub(super) fn context_path(name: &ReasonId) -> String {
    format!("$.\"{name}\"")
}

/// How the database writes the label of a period.
pub(super) const fn label_format(period: Period) -> &'static str {
    match period {
        Period::Day => "%Y-%m-%d",
        Period::Week => "%G-W%V",
        Period::Month => "%Y-%m",
    }
}
