//! The component that holds the form's model: hands events to `form::update`, carries out the
//! effects, draws the view. It decides nothing.

use std::rc::Rc;

use form::{Draft, Effect, Event, FormState, Model, Part, Reply, ScalePoint, Start, update, view};
use gloo::timers::callback::Timeout;
use js_sys::Function;
use ui::FormView;
use wasm_bindgen::JsValue;
use web_sys::Element;
use wire::{DraftJson, MountJson};
use yew::prelude::*;

use crate::submission::Envelope;
use crate::{focus, leaving, send, tell, timer};

/// What the form starts from. Fixed: a form is mounted once.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ShellProps {
    model: Rc<Model>,
    envelope: Rc<Envelope>,
    root: Element,
    emit: Function,
}

impl ShellProps {
    /// The start of a form from what the loader handed over.
    ///
    /// # Errors
    /// The name of the field that does not hold what is needed.
    pub(crate) fn new(config: MountJson, root: Element, emit: Function) -> Result<Self, JsValue> {
        let envelope = Rc::new(Envelope::of(&config));
        let sheet = Rc::new(config.sheet.into_sheet().map_err(JsValue::from_str)?);
        let named = |name: &String| {
            sheet.reasons.iter().find(|option| option.id.as_str() == name).map(|o| o.id.clone())
        };
        let draft = Draft {
            rating: config.rating.map(ScalePoint),
            reasons: config.reasons.iter().filter_map(named).collect(),
            comment: config.comment,
        };
        let start = Start {
            draft,
            revision: config.revision,
            sent_rating: config.sent_rating.map(ScalePoint),
        };
        let model = Rc::new(Model::new(Rc::clone(&sheet), start));
        Ok(Self { model, envelope, root, emit })
    }
}

/// The form's shell.
pub(crate) struct Shell {
    model: Rc<Model>,
    state: FormState,
    /// Body of the last revision made: a revision is always sent with the same bytes.
    body: Option<(u32, String)>,
    settle: Option<Timeout>,
    retry: Option<Timeout>,
    focus: Option<Part>,
}

impl Component for Shell {
    type Message = Event;
    type Properties = ShellProps;

    fn create(ctx: &Context<Self>) -> Self {
        let model = Rc::clone(&ctx.props().model);
        let state = view(&model).state;
        Self { model, state, body: None, settle: None, retry: None, focus: None }
    }

    fn update(&mut self, ctx: &Context<Self>, event: Event) -> bool {
        let (model, effects) = update((*self.model).clone(), event);
        let changed = *self.model != model;
        self.model = Rc::new(model);
        for effect in effects {
            self.carry_out(ctx, effect);
        }
        let state = view(&self.model).state;
        if state != self.state {
            self.state = state;
            tell::state(&ctx.props().emit, state);
        }
        changed
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        html! { <FormView view={view(&self.model)} on_event={ctx.link().callback(|event| event)} /> }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        if let Some(part) = self.focus.take() {
            focus::move_to(&ctx.props().root, part);
        }
    }
}

impl Shell {
    /// What is chosen and typed now.
    pub(crate) fn draft(&self) -> DraftJson {
        let draft = self.model.draft();
        DraftJson {
            rating: draft.rating.map(|point| point.0),
            reasons: draft.reasons.iter().map(ToString::to_string).collect(),
            comment: draft.comment.clone(),
        }
    }

    fn carry_out(&mut self, ctx: &Context<Self>, effect: Effect) {
        let props = ctx.props();
        let link = ctx.link().clone();
        match effect {
            Effect::Send { seq, answer } => {
                self.retry = None;
                let body = self.body_of(props, &answer);
                let replied = Callback::from(move |reply: Reply| {
                    link.send_message(Event::Replied { seq, reply })
                });
                send::send(&props.envelope, body, replied);
            }
            Effect::SendOnLeaving { answer } => {
                let body = self.body_of(props, &answer);
                leaving::send(&props.envelope, &body);
            }
            Effect::StartSettleTimer { seq, delay_ms } => {
                let due = move || link.send_message(Event::RatingSettled { seq });
                self.settle = Some(Timeout::new(delay_ms, due));
            }
            Effect::StartRetryTimer { seq, delay_ms_min, jitter_ms_max } => {
                let due = move || link.send_message(Event::RetryDue { seq });
                self.retry = Some(timer::after_jitter(delay_ms_min, jitter_ms_max, due));
            }
            Effect::Focus(part) => self.focus = Some(part),
            Effect::TellAnswered { rating, bucket } => tell::answered(&props.emit, rating, bucket),
            Effect::TellCompleted(answer) => tell::completed(&props.emit, &answer),
            Effect::TellFailed(fault) => tell::failed(&props.emit, fault),
            Effect::TellClosed => tell::closed(&props.emit),
        }
    }

    /// The body of a revision, made once.
    fn body_of(&mut self, props: &ShellProps, answer: &form::Answer) -> String {
        match &self.body {
            Some((revision, body)) if *revision == answer.revision => body.clone(),
            _ => {
                let body = props.envelope.body(self.model.sheet(), answer, js_sys::Date::now());
                self.body = Some((answer.revision, body.clone()));
                body
            }
        }
    }
}
