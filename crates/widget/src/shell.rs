//! The component that holds the form's model: hands events to `form::update`, carries out the
//! effects, draws the view. It decides nothing.

use std::cell::Cell;
use std::rc::Rc;

use form::{Draft, Effect, Event, FormState, Model, Part, Reply, ScalePoint, Start, update, view};
use gloo::timers::callback::Timeout;
use js_sys::Function;
use ui::form_view;
use wasm_bindgen::JsValue;
use web_sys::Element;
use wire::decode_sheet;
use yew::prelude::*;

use crate::config::Config;
use crate::{focus, send, tell, timer};

/// What the form starts from. Fixed: a form is mounted once.
#[derive(Clone, Properties)]
pub(crate) struct ShellProps {
    start: Rc<Cell<Option<Model>>>,
    config: Config,
    root: Element,
    emit: Function,
}

impl PartialEq for ShellProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.start, &other.start)
    }
}

impl ShellProps {
    /// The start of a form from what the loader handed over.
    ///
    /// # Errors
    /// `sheet` when the sheet is of another version.
    pub(crate) fn new(config: Config, root: Element, emit: Function) -> Result<Self, JsValue> {
        let sheet = decode_sheet(config.sheet()).ok_or("sheet")?;
        let named = |name: &String| {
            sheet.reasons.iter().find(|option| option.id.as_str() == name).map(|o| o.id.clone())
        };
        let draft = Draft {
            rating: config.rating().map(ScalePoint),
            reasons: config.reasons().iter().filter_map(named).collect(),
            comment: config.comment(),
        };
        let start = Start {
            draft,
            revision: config.revision(),
            sent_rating: config.sent_rating().map(ScalePoint),
        };
        let model = Model::new(Rc::new(sheet), start);
        Ok(Self { start: Rc::new(Cell::new(Some(model))), config, root, emit })
    }
}

/// The form's shell.
pub(crate) struct Shell {
    model: Model,
    state: FormState,
    settle: Option<Timeout>,
    retry: Option<Timeout>,
    focus: Option<Part>,
}

impl Component for Shell {
    type Message = Event;
    type Properties = ShellProps;

    fn create(ctx: &Context<Self>) -> Self {
        let model = ctx.props().start.take().expect("a form is mounted once");
        let state = view(&model).state;
        Self { model, state, settle: None, retry: None, focus: None }
    }

    fn update(&mut self, ctx: &Context<Self>, event: Event) -> bool {
        let (model, effects) = update(self.model.clone(), event);
        self.model = model;
        for effect in effects {
            self.carry_out(ctx, effect);
        }
        let state = view(&self.model).state;
        if state != self.state {
            self.state = state;
            tell::state(&ctx.props().emit, state);
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        form_view(&view(&self.model), &ctx.link().callback(|event| event), None)
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        if let Some(part) = self.focus.take() {
            focus::move_to(&ctx.props().root, part);
        }
    }
}

impl Shell {
    fn carry_out(&mut self, ctx: &Context<Self>, effect: Effect) {
        let props = ctx.props();
        let link = ctx.link().clone();
        match effect {
            Effect::Send { seq, answer } => {
                self.retry = None;
                let replied = Callback::from(move |reply: Reply| {
                    link.send_message(Event::Replied { seq, reply })
                });
                send::send(&props.config, &answer, replied);
            }
            Effect::SendOnLeaving { answer } => send::send_leaving(&props.config, &answer),
            Effect::StartSettleTimer { seq, delay_ms } => {
                let due = move || link.send_message(Event::RatingSettled { seq });
                self.settle = Some(Timeout::new(delay_ms, due));
            }
            Effect::StartRetryTimer { seq, delay_ms_min, jitter_ms_max } => {
                let due = move || link.send_message(Event::RetryDue { seq });
                self.retry = Some(timer::after_jitter(delay_ms_min, jitter_ms_max, due));
            }
            Effect::Focus(part) => self.focus = Some(part),
            Effect::TellAnswered { rating, .. } => tell::answered(&props.emit, rating),
            Effect::TellCompleted(_) => tell::completed(&props.emit),
            Effect::TellFailed(fault) => tell::failed(&props.emit, fault),
            Effect::TellClosed => tell::closed(&props.emit),
        }
    }
}
