//! The Yew components: the form, the page behind a link, the score badge and the charts.
//!
//! Components draw what their props say and hand on what the person does; they decide nothing.
//! The same components are rendered to HTML on the host and mounted in the browser. This crate
//! names no browser interface beyond the events that Yew hands it.

pub mod charts;
pub mod form_view;
pub mod icons;
pub mod page;
#[cfg(feature = "ssr")]
mod render;
pub mod report_view;
pub mod score_badge;

pub use form_view::{PageFields, form_view};
pub use page::{Page, PageConfig, PageStage};
#[cfg(feature = "ssr")]
pub use render::{render_form, render_page};
pub use report::badge;
pub use report_view::{ReportView, ScoreCard, metric_title};
pub use score_badge::score_badge;
