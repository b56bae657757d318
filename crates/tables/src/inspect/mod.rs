//! Guesses what a file is and what its columns mean, from its first bytes, and says why.
//!
//! Every guess is shown with what it rests on and can be overruled; where the names and the values
//! do not settle it, there is no guess. What the guess is used for is a [`Plan`].

mod columns;
mod exports;
mod names;
mod profile;
mod score;
mod sniff;

use std::fmt;

use scoring::{Direction, Metric, Scale, ScalePoint};

use crate::delimited::Delimiter;
use crate::encoding::{Encoding, EncodingHint};
use crate::plan::{ColumnIdx, CommentPlan, Format, Plan, ReasonPlan, TimePlan, column_named};
use crate::time::{DateOrder, PeriodUnit, Zone};

pub use exports::Export;
pub use profile::Profile;

/// How many bytes from the beginning of a file are enough for [`inspect`].
pub const HEAD_BYTES: usize = 1 << 18;

/// No more records than this are looked at.
pub const RECORDS_MAX: usize = 1_000;

/// What a file seems to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// The kind of file, with everything needed to read it.
    pub format: Format,
    /// What the encoding was recognised by; `None` where a format has only one.
    pub encoding_hint: Option<EncodingHint>,
    /// The tool that wrote the file, when its columns give it away.
    pub export: Option<Export>,
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// How many answers were looked at.
    pub n_rows_seen: usize,
    /// The column with the score and what it measures; `None` when that is not clear.
    pub score: Option<ScoreGuess>,
}

/// What the file was taken for, to follow "read as": `text in utf-8, comma between cells`.
impl fmt::Display for Inspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(export) = &self.export {
            write!(f, "an export of {}: ", export.title())?;
        }
        match &self.format {
            Format::Delimited(dialect) => {
                let (encoding, delimiter) = (dialect.encoding.name(), dialect.delimiter.name());
                write!(f, "text in {encoding}, {delimiter} between cells")
            }
            #[cfg(feature = "json")]
            Format::Json => f.write_str("JSON"),
            #[cfg(feature = "xlsx")]
            Format::Xlsx { sheet, .. } => write!(f, "sheet {sheet:?} of a workbook"),
        }
    }
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name in the header, or `column 3` when there is no header.
    pub name: String,
    /// The first few different values.
    pub samples: Vec<String>,
    /// What its values look like.
    pub profile: Profile,
    /// What it is for, and why that is thought; `None` when nothing is clear.
    pub guess: Option<RoleGuess>,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The answer to the question that is scored.
    Score,
    /// When the answer was given.
    Time,
    /// What to divide by.
    Segment,
    /// How much the answer counts.
    Weight,
    /// The reasons that were picked.
    Reasons,
    /// What the person wrote.
    Comment,
}

impl Role {
    /// The name used in JSON: `score`, `time`, `segment`, `weight`, `reasons` or `comment`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Time => "time",
            Self::Segment => "segment",
            Self::Weight => "weight",
            Self::Reasons => "reasons",
            Self::Comment => "comment",
        }
    }
}

/// What a column seems to be for.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleGuess {
    /// What it is for.
    pub role: Role,
    /// What the guess rests on; never empty.
    pub hints: Vec<Hint>,
}

/// One thing that a guess rests on, or that has to be known to judge it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Hint {
    /// The name of the column holds this word.
    Name(&'static str),
    /// The tool that wrote the file uses this column for it.
    WrittenBy(Export),
    /// Its values are whole numbers in this range.
    WholeNumbers {
        /// The lowest.
        min: i64,
        /// The highest.
        max: i64,
    },
    /// Its values are times, with dates in this order.
    Times(DateOrder),
    /// Dates such as 3/4/2026 fit the order, and none tells month from day.
    MonthOrDay,
    /// It has only so many different values.
    FewValues(usize),
    /// Its values are texts of several words.
    LongTexts,
    /// Its values are lists, separated by this.
    Lists(char),
    /// No other column has such values.
    OnlyOne,
    /// Another column says which question was asked.
    OtherColumn(String),
    /// A value outside the scale, and how often it was seen: a code, or a mistake.
    OutsideScale {
        /// The value.
        value: i64,
        /// How often it was seen.
        n: usize,
    },
    /// The values do not settle which scale it is.
    ScaleUnclear,
    /// Whether high or low is good cannot be seen from the values.
    DirectionUnclear,
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(word) => write!(f, "the name says “{word}”"),
            Self::WrittenBy(export) => write!(f, "{} writes it so", export.title()),
            Self::WholeNumbers { min, max } => write!(f, "whole numbers from {min} to {max}"),
            Self::Times(order) => write!(f, "times, dates in the order {}", order.name()),
            Self::MonthOrDay => f.write_str("no date tells month from day; please check"),
            Self::FewValues(n) => write!(f, "{n} different values"),
            Self::LongTexts => f.write_str("texts of several words"),
            Self::Lists(separator) => write!(f, "lists separated by “{separator}”"),
            Self::OnlyOne => f.write_str("no other column has such values"),
            Self::OtherColumn(name) => write!(f, "the column “{name}” says so"),
            Self::OutsideScale { value, n } => {
                write!(f, "{value} was seen {n} times and is not on the scale")
            }
            Self::ScaleUnclear => f.write_str("the values do not settle which scale it is"),
            Self::DirectionUnclear => {
                f.write_str("whether high or low is good cannot be seen from the values")
            }
        }
    }
}

/// The column with the score, and as much about it as can be said honestly.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreGuess {
    /// Which column.
    pub column: ColumnIdx,
    /// Which question was asked.
    pub metric: Option<Metric>,
    /// Lowest and highest point of the scale.
    pub range: Option<(i16, i16)>,
    /// Which end of the scale is good. Never guessed for effort.
    pub direction: Option<Direction>,
    /// Words that stand for points, where a tool writes words.
    pub labels: Vec<(String, ScalePoint)>,
    /// Words that a tool writes where there is no answer.
    pub missing_codes: Vec<String>,
    /// What the guess rests on, and what has to be known to judge it.
    pub hints: Vec<Hint>,
}

impl ScoreGuess {
    /// The scale; `None` unless both its ends and its direction are known.
    #[must_use]
    pub fn scale(&self) -> Option<Scale> {
        let (min, max) = self.range?;
        Scale::new(min, max, self.direction?).ok()
    }
}

/// What a person says about a file, against what it seems to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// How its characters are written.
    pub encoding: Option<Encoding>,
    /// What stands between its cells.
    pub delimiter: Option<Delimiter>,
    /// How many rows come before the first answer.
    pub header_rows: Option<usize>,
}

/// Why a file is no table that can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InspectError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is something else.
    #[error("this is {what}, not a table")]
    NotATable {
        /// What it is, with its article.
        what: &'static str,
    },
    /// This program was built without the part that reads such files.
    #[error("this program was built without support for {what}")]
    NotInThisBuild {
        /// The kind of file.
        what: &'static str,
    },
    /// The workbook cannot be read.
    #[cfg(feature = "xlsx")]
    #[error(transparent)]
    Xlsx(#[from] crate::xlsx::XlsxError),
    /// The JSON holds no objects.
    #[cfg(feature = "json")]
    #[error("the JSON holds no objects with answers")]
    NoObjects,
}

/// Says what a file seems to be, from its first bytes.
///
/// [`HEAD_BYTES`] are enough for text. A workbook has to be whole.
///
/// # Errors
/// [`InspectError`] when it is no table that can be read.
///
/// # Example
/// ```
/// use scoring::{Metric, Scale};
/// let inspection = tables::inspect(
///     b"\xEF\xBB\xBFdate;channel;nps\n2026-01-31;email;9\n2026-02-01;web;10\n2026-02-01;web;0\n",
/// )?;
/// let score = inspection.score.as_ref().unwrap();
/// assert_eq!(score.metric, Some(Metric::Nps));
/// assert_eq!(score.scale(), Some(Scale::NPS));
/// # Ok::<(), tables::inspect::InspectError>(())
/// ```
pub fn inspect(head: &[u8]) -> Result<Inspection, InspectError> {
    inspect_as(head, Overrides::default())
}

/// The same as [`inspect`], where a person knows better about some of it.
///
/// # Errors
/// [`InspectError`] when it is no table that can be read.
pub fn inspect_as(head: &[u8], overrides: Overrides) -> Result<Inspection, InspectError> {
    let sheet = sniff::sheet(head, overrides)?;
    Ok(columns::inspection(sheet))
}

impl Inspection {
    /// Names of the columns, as [`Plan::columns`] wants them.
    #[must_use]
    pub fn column_names(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.name.clone()).collect()
    }

    /// The column of that name; see [`Plan::column`].
    #[must_use]
    pub fn column(&self, name: &str) -> Option<ColumnIdx> {
        column_named(&self.column_names(), name)
    }

    /// The first column that seems to be for `role`.
    #[must_use]
    pub fn column_for(&self, role: Role) -> Option<ColumnIdx> {
        self.columns_for(role).next()
    }

    /// Every column that seems to be for `role`.
    pub fn columns_for(&self, role: Role) -> impl Iterator<Item = ColumnIdx> {
        self.columns.iter().enumerate().filter_map(move |(idx, column)| {
            column.guess.as_ref().is_some_and(|guess| guess.role == role).then_some(ColumnIdx(idx))
        })
    }

    /// Counts a column on a scale, and nothing else.
    #[must_use]
    pub fn bare_plan(&self, score: ColumnIdx, scale: Scale) -> Plan {
        let mut plan = Plan::new(self.format.clone(), self.column_names(), score, scale);
        if let Some(guess) = &self.score
            && guess.column == score
            && guess.range == Some((scale.min(), scale.max()))
        {
            plan.labels = guess.labels.clone();
            plan.missing_codes = guess.missing_codes.clone();
        }
        plan
    }

    /// Counts a column on a scale, by every segment and by month, with the reasons, weights and
    /// the last hundred comments: everything that a column was recognised for.
    #[must_use]
    pub fn full_plan(&self, score: ColumnIdx, scale: Scale) -> Plan {
        let other = |role| self.columns_for(role).find(|&column| column != score);
        let mut plan = self.bare_plan(score, scale);
        plan.segments = self
            .columns_for(Role::Segment)
            .filter(|&column| column != score)
            .map(|column| vec![column])
            .collect();
        plan.time = other(Role::Time).map(|column| self.time_plan(column, PeriodUnit::Month));
        plan.weight = other(Role::Weight);
        plan.reasons = other(Role::Reasons).map(|column| self.reason_plan(column));
        plan.comments = other(Role::Comment).map(|column| CommentPlan { column, n_kept: 100 });
        plan
    }

    /// The plan that follows from all guesses; `None` when the score or its scale is not clear.
    #[must_use]
    pub fn suggested_plan(&self) -> Option<Plan> {
        let score = self.score.as_ref()?;
        Some(self.full_plan(score.column, score.scale()?))
    }

    /// How to read a column of times: in the order of its dates, with days in UTC.
    #[must_use]
    pub fn time_plan(&self, column: ColumnIdx, period: PeriodUnit) -> TimePlan {
        let order = self.columns.get(column.0).and_then(|column| column.profile.date_order());
        let date_order = order.unwrap_or(DateOrder::YearFirst);
        TimePlan { column, period, date_order, zone: Zone::UTC }
    }

    /// How to read a column of reasons.
    #[must_use]
    pub fn reason_plan(&self, column: ColumnIdx) -> ReasonPlan {
        let separator = self.columns.get(column.0).and_then(|column| column.profile.separator());
        ReasonPlan { columns: vec![column], separator: Some(separator.unwrap_or(';')) }
    }
}
