//! The component of `<candor-score>`: scores the live counts in the page, with the same code that
//! scores everywhere.

use std::rc::Rc;

use form::{Metric, Sheet, Words};
use ui::ScoreBadge;
use ui::badge::{BadgeView, badge, badge_of_few};
use wasm_bindgen::JsValue;
use wire::{MountScoreJson, ReportJson};
use yew::prelude::*;

use crate::stream::Stream;

/// What the badge starts from.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct BadgeProps {
    sheet: Rc<Sheet>,
    live_url: String,
}

impl BadgeProps {
    /// The start of a badge from what the loader handed over.
    ///
    /// # Errors
    /// The name of the field that does not hold what is needed.
    pub(crate) fn new(config: MountScoreJson) -> Result<Self, JsValue> {
        let sheet = Rc::new(config.sheet.into_sheet().map_err(JsValue::from_str)?);
        Ok(Self { sheet, live_url: config.live_url })
    }
}

/// What can happen to a badge.
pub(crate) enum BadgeMessage {
    /// New counts have come.
    Counted(ReportJson),
    /// A rating was given on this page.
    Given(i16),
}

/// The badge.
pub(crate) struct Badge {
    report: Option<ReportJson>,
    given: Option<i16>,
    _stream: Option<Stream>,
}

impl Component for Badge {
    type Message = BadgeMessage;
    type Properties = BadgeProps;

    fn create(ctx: &Context<Self>) -> Self {
        let on_report = ctx.link().callback(BadgeMessage::Counted);
        let stream = Stream::open(&ctx.props().live_url, on_report);
        Self { report: None, given: None, _stream: stream }
    }

    fn update(&mut self, _ctx: &Context<Self>, message: BadgeMessage) -> bool {
        match message {
            BadgeMessage::Counted(report) => {
                self.report = Some(report);
                // Whatever was given here is in the counts now, or will be with the next ones.
                self.given = None;
            }
            BadgeMessage::Given(rating) => self.given = Some(rating),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let words = &ctx.props().sheet.words;
        let view = self.report.as_ref().and_then(|report| self.badge(report, words));
        html! { <ScoreBadge {view} /> }
    }
}

impl Badge {
    /// What the badge says of a report, with the rating given here on top.
    fn badge(&self, report: &ReportJson, words: &Words) -> Option<BadgeView> {
        let metric = Metric::from_name(&report.metric)?;
        let n_given = u64::from(self.given.is_some());
        let Some((_, mut counts)) = report.counts() else {
            return Some(badge_of_few(metric, report.n + n_given, words));
        };
        if let Some(rating) = self.given {
            counts.record(rating.into());
        }
        Some(badge(metric, &counts, words))
    }
}
