//! The component of `<candor-score>`: scores the live counts in the page, with the same code that
//! scores everywhere.

use std::rc::Rc;

use report::Metric;
use report::badge::{BadgeView, badge, badge_of_few};
use survey::Words;
use ui::score_badge;
use wasm_bindgen::JsValue;
use wire::{CountsJson, decode_words};
use yew::prelude::*;

use crate::stream::Stream;

/// What the badge starts from.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct BadgeProps {
    words: Rc<Words>,
    live_url: String,
}

impl BadgeProps {
    /// The start of a badge from what the loader handed over.
    ///
    /// # Errors
    /// `words` when the sheet is of another version.
    pub(crate) fn new(sheet: Vec<String>, live_url: String) -> Result<Self, JsValue> {
        let words = decode_words(sheet).ok_or("words")?;
        Ok(Self { words: Rc::new(words), live_url })
    }
}

/// What can happen to a badge.
pub(crate) enum BadgeMessage {
    /// A report has come.
    Counted(JsValue),
    /// A rating was given on this page.
    Given(i16),
}

/// The badge.
pub(crate) struct Badge {
    counts: Option<CountsJson>,
    given: Option<i16>,
    _stream: Option<Stream>,
}

impl Component for Badge {
    type Message = BadgeMessage;
    type Properties = BadgeProps;

    fn create(ctx: &Context<Self>) -> Self {
        let on_report = ctx.link().callback(BadgeMessage::Counted);
        let stream = Stream::open(&ctx.props().live_url, on_report);
        Self { counts: None, given: None, _stream: stream }
    }

    fn update(&mut self, _ctx: &Context<Self>, message: BadgeMessage) -> bool {
        match message {
            BadgeMessage::Counted(report) => {
                let Ok(counts) = serde_wasm_bindgen::from_value(report) else { return false };
                self.counts = Some(counts);
                // Whatever was given here is in the counts now, or will be with the next ones.
                self.given = None;
            }
            BadgeMessage::Given(rating) => self.given = Some(rating),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let words = &ctx.props().words;
        let view = self.counts.as_ref().and_then(|counts| self.badge(counts, words));
        score_badge(view.as_ref())
    }
}

impl Badge {
    /// What the badge says of the counts, with the rating given here on top.
    fn badge(&self, live: &CountsJson, words: &Words) -> Option<BadgeView> {
        let metric = Metric::from_name(&live.metric)?;
        let n_given = u64::from(self.given.is_some());
        let Some((_, mut counts)) = live.counts() else {
            return Some(badge_of_few(metric, live.n + n_given, words));
        };
        if let Some(rating) = self.given {
            counts.record(rating.into());
        }
        Some(badge(metric, &counts, words))
    }
}
