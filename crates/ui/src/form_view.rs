//! The form of a survey. Its markup is public: themes, tag managers and tests hold on to the
//! names used here, and the stylesheet decides from them what is visible.

use form::view::BucketText;
use form::{Event, PointView, ReasonView, ThanksView, View};
use wasm_bindgen::JsCast;
use yew::prelude::*;

use crate::icons::{cross, point_picture};

/// What the form carries when it stands on a page of its own and is sent without script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageFields {
    /// Where it is sent.
    pub action: String,
    /// The answer's name, made when the page was.
    pub id: String,
}

/// The form of a survey as it stands in `view`; `on_event` is told what the person does, and `page`
/// is present on a page of its own.
///
/// A function and no component: a form is drawn from one place, and what a component needs besides
/// is weight in every shop's page.
pub fn form_view(view: &View, on_event: &Callback<Event>, page: Option<&PageFields>) -> Html {
    let tell = |event: Event| on_event.reform(move |_: MouseEvent| event.clone());
    let words = &view.sheet.words;
    let question = view.sheet.outline.question;
    html! {
        <section
            class="candor"
            data-state={view.state.name()}
            data-bucket={view.bucket.map(form::Bucket::name)}
            data-metric={question.metric.name()}
            data-style={question.style.name()}
            lang={view.sheet.locale.to_string()}
            dir={if view.sheet.locale.is_right_to_left() { "rtl" } else { "ltr" }}
        >
            { form(view, on_event, page) }
            <div data-part="failed" tabindex="-1">
                <p>{ &view.failure }</p>
                if view.can_retry {
                    <button type="button" name="retry" onclick={tell(Event::RetryPressed)}>
                        { words.retry() }
                    </button>
                }
            </div>
            <div data-part="thanks" tabindex="-1">{ for view.thanks.iter().map(thanks) }</div>
            <p
                role="status"
                data-sending={of_host(&words.sending())}
                data-retrying={of_host(&words.retrying())}
                data-sent={of_host(&words.sent())}
                data-choose={of_host(&words.choose())}
                data-failed={of_host(&words.failed())}
                data-refused={of_host(&words.refused())}
            >
                { &view.status }
            </p>
        </section>
    }
}

/// What the markup carries for the loader, which answers for the form while it is plain HTML. Drawn
/// in the browser, the form answers for itself.
fn of_host(text: &dyn ToString) -> Option<String> {
    cfg!(feature = "ssr").then(|| text.to_string())
}

fn form(view: &View, on_event: &Callback<Event>, page: Option<&PageFields>) -> Html {
    let on_submit = on_event.reform(|event: SubmitEvent| {
        event.prevent_default();
        Event::Submitted
    });
    let tell = |event: Event| on_event.reform(move |_: MouseEvent| event.clone());
    let sheet = &view.sheet;
    let words = &sheet.words;
    let scale = sheet.outline.question.scale;
    html! {
        <form
            method="post"
            novalidate=true
            action={page.map(|page| page.action.clone())}
            data-survey={sheet.outline.id.to_string()}
            data-version={of_host(&sheet.outline.version)}
            data-min={of_host(&scale.min())}
            data-max={of_host(&scale.max())}
            data-direction={of_host(&scale.direction().name())}
            data-locale={of_host(&sheet.locale)}
            onsubmit={on_submit}
        >
            if let Some(page) = page {
                <input type="hidden" name="id" value={page.id.clone()} />
                <input type="hidden" name="version" value={sheet.outline.version.to_string()} />
                <input type="hidden" name="locale" value={sheet.locale.to_string()} />
            } else {
                <button
                    type="button"
                    name="close"
                    aria-label={words.close().to_owned()}
                    onclick={tell(Event::ClosePressed)}
                >
                    { cross() }
                </button>
            }
            { rating(view, on_event) }
            // On a page of its own nothing is sent before Send is pressed.
            if page.is_none() {
                <p class="notice">{ words.notice() }</p>
            }
            <div data-part="followup">
                { reasons(view, on_event) }
                { comment(view, on_event) }
                <div class="actions">
                    <button type="submit">{ words.send() }</button>
                    if page.is_some() {
                        <button type="submit" name="skip" value="1">{ words.skip() }</button>
                    } else {
                        <button type="button" name="skip" onclick={tell(Event::Skipped)}>
                            { words.skip() }
                        </button>
                    }
                </div>
            </div>
        </form>
    }
}

/// The rating question: native radio buttons, so that keys and names work by themselves.
fn rating(view: &View, on_event: &Callback<Event>) -> Html {
    let on_leave = on_event.clone();
    let left = Callback::from(move |event: FocusEvent| {
        if leaves_group(&event) {
            on_leave.emit(Event::RatingLeft);
        }
    });
    let n_points = view.points.len();
    html! {
        <fieldset class="rating" aria-invalid={view.rating_wanted.then_some("true")} onfocusout={left}>
            <legend>{ &view.sheet.question }</legend>
            <div class="points">
                { for view.points.iter().map(|point| point_label(view, point, n_points, on_event)) }
            </div>
            <div class="ends" aria-hidden="true">
                <span>{ &view.sheet.low }</span>
                <span>{ &view.sheet.high }</span>
            </div>
        </fieldset>
    }
}

/// Whether the focus goes somewhere outside the rating question. Where it goes is unknown when
/// the window itself loses it; then nothing has been left.
fn leaves_group(event: &FocusEvent) -> bool {
    let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::HtmlInputElement>().ok());
    event.related_target().is_some() && to.is_none_or(|input| input.name() != "rating")
}

fn point_label(
    view: &View,
    point: &PointView,
    n_points: usize,
    on_event: &Callback<Event>,
) -> Html {
    let picked = point.point;
    html! {
        <label key={point.point_idx}>
            <input
                type="radio"
                name="rating"
                value={point.point.to_string()}
                data-bucket={point.bucket.name()}
                aria-label={point.spoken.clone()}
                checked={point.checked}
                onchange={on_event.reform(move |_: yew::Event| Event::RatingPicked(picked))}
            />
            { point_picture(view.sheet.outline.question.style, point.point_idx, n_points) }
            <span>{ point.word.clone().unwrap_or_else(|| point.point.to_string()) }</span>
        </label>
    }
}

fn reasons(view: &View, on_event: &Callback<Event>) -> Html {
    if view.reasons.is_empty() {
        return html! {};
    }
    html! {
        <fieldset class="reasons">
            <legend>{ for view.prompts.iter().map(bucket_text) }</legend>
            { for view.reasons.iter().map(|reason| reason_label(reason, on_event)) }
        </fieldset>
    }
}

fn reason_label(reason: &ReasonView, on_event: &Callback<Event>) -> Html {
    let id = reason.id.clone();
    let toggled = on_event.reform(move |_: yew::Event| Event::ReasonToggled(id.clone()));
    html! {
        <label key={reason.id.as_str()} data-in={reason.buckets.clone()}>
            <input
                type="checkbox"
                name="reason"
                value={reason.id.to_string()}
                checked={reason.checked}
                onchange={toggled}
            />
            {
                match reason.labels.as_slice() {
                    [one] => html! { <span>{ &one.text }</span> },
                    several => several.iter().map(bucket_text).collect(),
                }
            }
        </label>
    }
}

fn comment(view: &View, on_event: &Callback<Event>) -> Html {
    let edited = on_event.reform(|event: InputEvent| {
        Event::CommentEdited(event.target_unchecked_into::<web_sys::HtmlTextAreaElement>().value())
    });
    let personal = view.sheet.words.personal().to_owned();
    html! {
        <>
            <label class="comment">
                { for view.comment_labels.iter().map(bucket_text) }
                <textarea
                    name="comment"
                    rows="3"
                    maxlength={view.comment_chars_max.to_string()}
                    value={view.comment.clone()}
                    oninput={edited}
                />
            </label>
            // Filled by the loader while the comment holds what will be taken out.
            <p data-part="personal" aria-live="polite" data-text={personal} />
        </>
    }
}

fn bucket_text(text: &BucketText) -> Html {
    html! { <span data-in={text.buckets.clone()}>{ &text.text }</span> }
}

fn thanks(thanks: &ThanksView) -> Html {
    let bucket = thanks.bucket.name();
    html! {
        <>
            <p data-in={bucket}>{ &thanks.text }</p>
            if let Some((label, url)) = &thanks.action {
                <a data-in={bucket} href={url.clone()} rel="noopener">{ label }</a>
            }
        </>
    }
}
