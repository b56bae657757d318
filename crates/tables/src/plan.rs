//! What to count in a file: which column is what, on which scale, and what else to divide by.
//! Guessing any of it is not here; see [`mod@crate::inspect`].

use scoring::duplicates::Keep;
use scoring::{Scale, ScalePoint};

use crate::delimited::Dialect;
use crate::time::{DateOrder, PeriodUnit, Zone};

/// Which column, counted from 0 from the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnIdx(pub usize);

/// What kind of file it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// CSV or a relative of it.
    Delimited(Dialect),
    /// JSON: an array of objects, or objects one after the other. Objects within objects give
    /// columns such as `person.country`.
    #[cfg(feature = "json")]
    Json,
    /// One sheet of an Excel workbook.
    #[cfg(feature = "xlsx")]
    Xlsx {
        /// Name of the sheet.
        sheet: String,
        /// How many rows come before the first answer.
        header_rows: usize,
    },
}

impl Format {
    /// How many records come before the first answer.
    #[must_use]
    pub const fn header_rows(&self) -> usize {
        match self {
            Self::Delimited(dialect) => dialect.header_rows,
            #[cfg(feature = "json")]
            Self::Json => 0,
            #[cfg(feature = "xlsx")]
            Self::Xlsx { header_rows, .. } => *header_rows,
        }
    }
}

/// Everything that a count depends on besides the bytes of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What kind of file it is.
    pub format: Format,
    /// Names of the columns from left to right.
    pub columns: Vec<String>,
    /// The column with the score.
    pub score: ColumnIdx,
    /// The scale of the score, with its direction.
    pub scale: Scale,
    /// Cells of the score that mean "no answer", besides empty ones.
    ///
    /// A code that is a whole number also fits when it is written `6.0`; other codes fit whether
    /// in capitals or not. A code that lies on the scale is missing all the same.
    pub missing_codes: Vec<String>,
    /// Words that stand for a point of the scale, such as `good` for 1; in capitals or not.
    pub labels: Vec<(String, ScalePoint)>,
    /// What to divide by. Several columns in one entry are divided by together.
    pub segments: Vec<Vec<ColumnIdx>>,
    /// When the answer was given, and the periods to divide by.
    pub time: Option<TimePlan>,
    /// The column with the weight of the answer.
    pub weight: Option<ColumnIdx>,
    /// Whose answers count once; see [`Tally::duplicates`](crate::Tally::duplicates).
    pub person: Option<PersonPlan>,
    /// Where the reasons are.
    pub reasons: Option<ReasonPlan>,
    /// What was rated beside the score.
    pub ratings: Option<RatingPlan>,
    /// Which comments to keep.
    pub comments: Option<CommentPlan>,
}

/// When an answer was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimePlan {
    /// The column with the time.
    pub column: ColumnIdx,
    /// Length of a period.
    pub period: PeriodUnit,
    /// The order of year, month and day.
    pub date_order: DateOrder,
    /// In whose day an instant falls.
    pub zone: Zone,
}

/// Who answered, and which of several answers of one person counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonPlan {
    /// The column that says who. An empty cell is nobody's, and counts.
    pub column: ColumnIdx,
    /// Which answer counts.
    pub keep: Keep,
    /// The column that says when, and the order of its dates. Without one, and where it cannot be
    /// read, answers are taken to come in order of time.
    pub time: Option<(ColumnIdx, DateOrder)>,
}

/// Where the reasons of an answer are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonPlan {
    /// The column with all reasons, or one column for each reason where a survey tool writes them
    /// apart.
    pub columns: Vec<ColumnIdx>,
    /// What stands between two reasons in one cell; `None` when a cell is one reason.
    pub separator: Option<char>,
}

/// Ratings of single things beside the score, all on one scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingPlan {
    /// One column a rating.
    pub columns: Vec<ColumnIdx>,
    /// Their scale, with its direction.
    pub scale: Scale,
    /// Cells that mean "no rating", besides empty ones; see [`Plan::missing_codes`].
    pub missing_codes: Vec<String>,
}

/// Which comments to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommentPlan {
    /// The column with the comment.
    pub column: ColumnIdx,
    /// How many of the last comments are kept, at most [`COMMENTS_KEPT_MAX`].
    pub n_kept: usize,
}

/// No more comments than this are kept.
pub const COMMENTS_KEPT_MAX: usize = 10_000;

/// No more characters of a comment than this are kept.
pub const COMMENT_CHARS_MAX: usize = 2_000;

/// Why a plan cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// A column that the file does not have.
    #[error("column {given} was asked for, but there are {n_columns}")]
    NoSuchColumn {
        /// The column asked for, counted from 1.
        given: usize,
        /// Columns of the file.
        n_columns: usize,
    },
    /// A label stands for a point outside the scale.
    #[error("the label {label:?} stands for {point}, which is outside the scale")]
    LabelOutsideScale {
        /// The label.
        label: String,
        /// What it stands for.
        point: ScalePoint,
    },
    /// A segment, the reasons or the ratings have no column at all.
    #[error("a segment, the reasons or the ratings name no column")]
    NoColumns,
}

impl Plan {
    /// Counts the score and nothing else.
    #[must_use]
    pub const fn new(format: Format, columns: Vec<String>, score: ColumnIdx, scale: Scale) -> Self {
        Self {
            format,
            columns,
            score,
            scale,
            missing_codes: Vec::new(),
            labels: Vec::new(),
            segments: Vec::new(),
            time: None,
            weight: None,
            person: None,
            reasons: None,
            ratings: None,
            comments: None,
        }
    }

    /// The column of that name: the first that is the same, otherwise the first that differs only
    /// in capitals or spaces around it. `None` when there is none.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<ColumnIdx> {
        column_named(&self.columns, name)
    }

    /// Name of a column; empty when there is none.
    pub(crate) fn name(&self, column: ColumnIdx) -> &str {
        self.columns.get(column.0).map_or("", String::as_str)
    }

    /// Whether the plan can be followed.
    ///
    /// # Errors
    /// [`PlanError`] when it names a column that is not there, a label outside the scale, or no
    /// column where there must be one.
    pub fn check(&self) -> Result<(), PlanError> {
        let lists = self
            .segments
            .iter()
            .chain(self.reasons.iter().map(|plan| &plan.columns))
            .chain(self.ratings.iter().map(|plan| &plan.columns));
        if lists.clone().any(Vec::is_empty) {
            return Err(PlanError::NoColumns);
        }
        let single = [
            Some(self.score),
            self.time.map(|plan| plan.column),
            self.weight,
            self.person.map(|plan| plan.column),
            self.person.and_then(|plan| Some(plan.time?.0)),
            self.comments.map(|plan| plan.column),
        ];
        let n_columns = self.columns.len();
        for column in single.into_iter().flatten().chain(lists.flatten().copied()) {
            if column.0 >= n_columns {
                return Err(PlanError::NoSuchColumn { given: column.0 + 1, n_columns });
            }
        }
        for (label, point) in &self.labels {
            if self.scale.point(i64::from(point.0)).is_none() {
                let label = label.clone();
                return Err(PlanError::LabelOutsideScale { label, point: *point });
            }
        }
        Ok(())
    }
}

/// See [`Plan::column`].
pub(crate) fn column_named(columns: &[String], name: &str) -> Option<ColumnIdx> {
    let same = columns.iter().position(|column| column == name);
    let alike = || {
        let name = name.trim().to_lowercase();
        columns.iter().position(|column| column.trim().to_lowercase() == name)
    };
    same.or_else(alike).map(ColumnIdx)
}
