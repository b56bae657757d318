//! The live view of one survey: its score as it moves, and the last comments.

use gloo::net::http::Request;
use ui::ReportView;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlSelectElement;
use wire::ReportJson;
use wire::console::{CommentJson, CommentListJson, SurveyEntryJson, SurveyListJson};
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::stream::Stream;

/// What can happen to the live view.
pub(crate) enum Message {
    /// The list of surveys has come, or why it has not.
    Listed(Result<Vec<SurveyEntryJson>, String>),
    /// The person chose another survey.
    Chosen(usize),
    /// New counts have come.
    Counted(Box<ReportJson>),
    /// The last comments have come, or why they have not.
    Commented(Result<Vec<CommentJson>, String>),
}

/// The live view.
pub(crate) struct Live {
    surveys: Vec<SurveyEntryJson>,
    chosen_idx: usize,
    report: Option<ReportJson>,
    comments: Result<Vec<CommentJson>, String>,
    fault: Option<String>,
    stream: Option<Stream>,
}

impl Component for Live {
    type Message = Message;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link().clone();
        spawn_local(async move {
            let listed = fetch::<SurveyListJson>("/v1/surveys").await;
            link.send_message(Message::Listed(listed.map(|list| list.surveys)));
        });
        Self {
            surveys: Vec::new(),
            chosen_idx: 0,
            report: None,
            comments: Ok(Vec::new()),
            fault: None,
            stream: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Listed(Ok(surveys)) => {
                self.surveys = surveys;
                self.listen(ctx, wanted_idx(&self.surveys));
            }
            Message::Listed(Err(fault)) => self.fault = Some(fault),
            Message::Chosen(idx) => self.listen(ctx, idx),
            Message::Counted(report) => {
                self.report = Some(*report);
                self.ask_for_comments(ctx);
            }
            Message::Commented(comments) => self.comments = comments,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        if let Some(fault) = &self.fault {
            return html! { <p class="error" role="alert">{ fault }</p> };
        }
        let Some(survey) = self.surveys.get(self.chosen_idx) else {
            return html! { <p class="muted" aria-busy="true">{ "Asking for the surveys…" }</p> };
        };
        html! {
            <div data-part="live" data-survey={survey.id.clone()}>
                { self.choice(ctx) }
                <p class="muted">{ &survey.question }</p>
                if let Some(report) = self.report.as_ref().and_then(ReportJson::rescored) {
                    <ReportView {report} />
                } else {
                    <p class="muted" aria-busy="true">{ "Waiting for the first counts…" }</p>
                }
                { self.comment_list() }
            </div>
        }
    }
}

impl Live {
    /// Turns to another survey.
    fn listen(&mut self, ctx: &Context<Self>, idx: usize) {
        let Some(survey) = self.surveys.get(idx) else { return };
        self.chosen_idx = idx;
        self.report = None;
        self.comments = Ok(Vec::new());
        let url = format!("/v1/surveys/{}/live", survey.id);
        let on_report = ctx.link().batch_callback(|report: JsValue| {
            serde_wasm_bindgen::from_value(report)
                .ok()
                .map(|report| Message::Counted(Box::new(report)))
        });
        self.stream = Stream::open(&url, on_report);
    }

    fn ask_for_comments(&self, ctx: &Context<Self>) {
        let Some(survey) = self.surveys.get(self.chosen_idx) else { return };
        let url = format!("/v1/surveys/{}/responses?limit=20", survey.id);
        let link = ctx.link().clone();
        spawn_local(async move {
            let commented = fetch::<CommentListJson>(&url).await;
            link.send_message(Message::Commented(commented.map(|list| list.responses)));
        });
    }

    fn choice(&self, ctx: &Context<Self>) -> Html {
        let chosen = ctx.link().batch_callback(|event: Event| {
            let select = event.target()?.dyn_into::<HtmlSelectElement>().ok()?;
            Some(Message::Chosen(usize::try_from(select.selected_index()).ok()?))
        });
        let option = |(idx, survey): (usize, &SurveyEntryJson)| {
            let selected = idx == self.chosen_idx;
            html! { <option value={survey.id.clone()} {selected}>{ &survey.id }</option> }
        };
        html! {
            <label class="field">
                { "Survey" }
                <select class="select" name="survey" onchange={chosen}>
                    { for self.surveys.iter().enumerate().map(option) }
                </select>
            </label>
        }
    }

    fn comment_list(&self) -> Html {
        let body = match &self.comments {
            Err(fault) => html! { <p class="notice">{ fault }</p> },
            Ok(comments) if comments.is_empty() => {
                html! { <p class="muted">{ "No comments yet." }</p> }
            }
            Ok(comments) => {
                html! { <ol class="comments">{ for comments.iter().map(comment) }</ol> }
            }
        };
        html! {
            <div class="card" data-part="comments"><h2>{ "Last comments" }</h2>{ body }</div>
        }
    }
}

fn comment(comment: &CommentJson) -> Html {
    html! {
        <li class="comment" data-bucket={comment.bucket.clone()}>
            <strong class="comment-value">{ comment.value }</strong>
            <p lang={comment.locale.clone()} dir="auto">{ &comment.comment }</p>
            <p class="muted">
                if !comment.reasons.is_empty() {
                    { format!("{} · ", comment.reasons.join(", ")) }
                }
                <time datetime={comment.answered_at.clone()}>{ moment(&comment.answered_at) }</time>
            </p>
        </li>
    }
}

/// A time as the reader's own browser writes it.
fn moment(answered_at: &str) -> String {
    let date = js_sys::Date::new(&answered_at.into());
    String::from(date.to_locale_string("default", &js_sys::Object::new().into()))
}

/// The survey named in the address (`#live/post-purchase-nps`), else the first.
fn wanted_idx(surveys: &[SurveyEntryJson]) -> usize {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    let wanted = hash.as_deref().and_then(|hash| hash.strip_prefix("#live/"));
    surveys.iter().position(|survey| Some(survey.id.as_str()) == wanted).unwrap_or(0)
}

/// Asks the collector that served this page.
///
/// # Errors
/// What went wrong, for the person to read; the collector's own words where it gave any.
async fn fetch<T: serde::de::DeserializeOwned>(url: &str) -> Result<T, String> {
    let unreachable = |_| format!("The collector cannot be reached ({url}).");
    let response = Request::get(url).send().await.map_err(unreachable)?;
    let text = response.text().await.map_err(unreachable)?;
    let value = js_sys::JSON::parse(&text);
    if !response.ok() {
        let detail = value
            .ok()
            .and_then(|problem| js_sys::Reflect::get(&problem, &"detail".into()).ok()?.as_string());
        return Err(
            detail.unwrap_or_else(|| format!("The collector answered {}.", response.status()))
        );
    }
    let not_understood = || format!("The answer of {url} is not understood.");
    serde_wasm_bindgen::from_value(value.map_err(|_| not_understood())?)
        .map_err(|_| not_understood())
}
