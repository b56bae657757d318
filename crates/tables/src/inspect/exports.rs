//! Tools whose exports are recognised by their columns.
//!
//! What each rests on, and where it was seen:
//! - Formbricks: `No.`, `Response ID`, `Timestamp`, `Finished`, `Survey ID`, `Formbricks ID
//!   (internal)`, `User ID`, `Tags`; from the export function of its source (2025).
//! - SurveyMonkey: `Respondent ID`, `Collector ID`, `Start Date`, `End Date`, `IP Address`, `Email
//!   Address`, `First Name`, `Last Name`, `Custom Data 1`, older ones without the spaces; from
//!   programs that read such files. The second row holds options and `Response` or `Open-Ended
//!   Response`, and nothing below `Respondent ID`.
//! - Typeform: `#` first; `Response Type`, `Start Date (UTC)`, `Stage Date (UTC)`, `Submit Date
//!   (UTC)`, `Network ID` last; from published data and programs that read it.
//! - Zendesk: `Satisfaction Score` beside `Assignee`, `Group`, `Via` or `Requester` in its ticket
//!   exports, from programs that read them; `ticket_id`, `assignee_id`, `score` of its published
//!   interface, whose scores are good, bad, offered and unoffered.
//! - Delighted: `person`, `survey_type`, `score`, `comment`, `permalink` of its published
//!   interface, and person properties whose names begin with `Delighted `.
//! - Qualtrics: `StartDate`, `EndDate`, `Progress`, `ResponseId`; its third row holds `ImportId`.

/// A tool that writes files of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Export {
    /// delighted.com
    Delighted,
    /// formbricks.com
    Formbricks,
    /// qualtrics.com
    Qualtrics,
    /// surveymonkey.com
    SurveyMonkey,
    /// typeform.com
    Typeform,
    /// zendesk.com
    Zendesk,
}

impl Export {
    /// What the tool calls itself.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Delighted => "Delighted",
            Self::Formbricks => "Formbricks",
            Self::Qualtrics => "Qualtrics",
            Self::SurveyMonkey => "SurveyMonkey",
            Self::Typeform => "Typeform",
            Self::Zendesk => "Zendesk",
        }
    }

    /// The name used in JSON, such as `surveymonkey`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Delighted => "delighted",
            Self::Formbricks => "formbricks",
            Self::Qualtrics => "qualtrics",
            Self::SurveyMonkey => "surveymonkey",
            Self::Typeform => "typeform",
            Self::Zendesk => "zendesk",
        }
    }

    /// The tool that writes such a header row; `None` when it is none of them.
    pub(super) fn of_header(header: &[String]) -> Option<Self> {
        let names: Vec<String> = header.iter().map(|name| plain(name)).collect();
        let has = |name: &str| names.iter().any(|own| own == name);
        let any = |some: &[&str]| some.iter().any(|name| has(name));
        let all = |some: &[&str]| some.iter().all(|name| has(name));
        if all(&["responseid", "surveyid"])
            && (has("no.") || names.iter().any(|name| name.starts_with("formbricksid")))
        {
            Some(Self::Formbricks)
        } else if all(&["respondentid", "collectorid"]) {
            Some(Self::SurveyMonkey)
        } else if has("#") && any(&["submitdate(utc)", "startdate(utc)", "networkid"]) {
            Some(Self::Typeform)
        } else if all(&["startdate", "enddate", "responseid"]) {
            Some(Self::Qualtrics)
        } else if all(&["surveytype", "score", "permalink"])
            || header.iter().any(|name| is_delighted_property(name))
        {
            Some(Self::Delighted)
        } else if has("satisfactionscore")
            && any(&["assignee", "group", "via", "requester", "ticketid"])
            || all(&["ticketid", "assigneeid", "score"])
            || has("satisfactionrating.score")
        {
            Some(Self::Zendesk)
        } else {
            None
        }
    }

    /// The column that holds the score, where the tool has one for it.
    pub(super) fn score_column(self, header: &[String]) -> Option<usize> {
        let wanted: &[&str] = match self {
            Self::Zendesk => &["satisfactionscore", "satisfactionrating.score", "score"],
            Self::Delighted => &["score"],
            Self::Formbricks | Self::Qualtrics | Self::SurveyMonkey | Self::Typeform => &[],
        };
        first_of(header, wanted)
    }

    /// The column that holds the time of the answer.
    pub(super) fn time_column(self, header: &[String]) -> Option<usize> {
        let wanted: &[&str] = match self {
            Self::Delighted => &["createdat", "respondedat"],
            Self::Formbricks => &["timestamp"],
            Self::Qualtrics => &["recordeddate", "enddate"],
            Self::SurveyMonkey => &["enddate", "datemodified", "startdate"],
            Self::Typeform => &["submitdate(utc)", "startdate(utc)"],
            // A ticket has no column for the time of the rating; solving comes shortly before.
            Self::Zendesk => &["solvedat", "updatedat", "createdat"],
        };
        first_of(header, wanted)
    }

    /// How many header rows the tool writes, given the first records of a file of its.
    pub(super) fn header_rows(self, records: &[Vec<String>]) -> usize {
        let cell = |row: usize, idx: usize| {
            records.get(row).and_then(|record| record.get(idx)).map_or("", String::as_str)
        };
        match self {
            Self::SurveyMonkey if records.len() > 1 => {
                let id = records[0].iter().position(|name| plain(name) == "respondentid");
                1 + usize::from(id.is_some_and(|id| cell(1, id).is_empty()))
            }
            Self::Qualtrics if cell(2, 0).contains("ImportId") => 3,
            _ => 1,
        }
    }
}

fn is_delighted_property(name: &str) -> bool {
    ["Delighted Source", "Delighted Device Type", "Delighted Browser", "Delighted Operating System"]
        .iter()
        .any(|property| name.trim().eq_ignore_ascii_case(property))
}

fn first_of(header: &[String], wanted: &[&str]) -> Option<usize> {
    wanted.iter().find_map(|wanted| header.iter().position(|name| plain(name) == *wanted))
}

/// A name without spaces, underscores and capitals.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace() && *c != '_').flat_map(char::to_lowercase).collect()
}
