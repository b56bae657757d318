//! What a survey is and what a valid answer to it is.
//!
//! A [`Definition`] says what is asked, in every language; a [`Sheet`] is a definition in one
//! language, all that one person sees; [`accept`] turns a raw submission into a [`Submission`]
//! that cannot be wrong. This crate knows no JSON, no clock, no network and no browser.
//!
//! Reading order: [`fault`], [`names`], [`locale`], [`definition`], [`words`], [`sheet`], [`lint`],
//! [`personal`], [`submission`].
#![deny(missing_docs)]

pub mod definition;
pub mod fault;
pub mod lint;
pub mod locale;
pub mod names;
pub mod personal;
pub mod sheet;
pub mod submission;
pub mod words;

pub use definition::{
    Action, BucketPlan, BucketTexts, Definition, DefinitionParts, Outline, Question, QuestionParts,
    Style, Texts,
};
pub use fault::Fault;
pub use lint::lint;
pub use locale::Locale;
pub use names::{ReasonId, SurveyId};
pub use personal::without_personal_details;
pub use scoring::{Bands, Bucket, Direction, Metric, Scale, ScalePoint};
pub use sheet::{ReasonOption, Sheet, SheetBucket, SheetParts};
pub use submission::{RawSubmission, Submission, accept};
pub use words::Words;
