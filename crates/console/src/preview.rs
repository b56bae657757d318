//! The file preview: choose a file, see what it seems to be, correct it, and read its score. The
//! file is counted by a worker of this page and is sent nowhere.

use report::{Metric, Scale};
use ui::ReportView;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, File, HtmlInputElement, HtmlSelectElement};
use wire::preview::{ChoiceJson, ColumnJson, CountedJson, InspectionJson};
use yew::prelude::*;

use crate::choices::{
    field, metric_idx, options, scale_title, take_metric, take_scale, usual_scales,
};
use crate::counting::{Counting, Told};

/// What can happen to the preview.
pub(crate) enum Message {
    /// A file was chosen; the field shows its name.
    Chosen(File),
    /// A file was dropped.
    Dropped(File),
    /// Something is dragged over the drop zone, or no longer.
    Hovered(bool),
    /// The person corrected what counts.
    Corrected(Box<ChoiceJson>),
    /// The person does not want to wait.
    Stopped,
    /// The worker has something to say.
    Told(Told),
}

/// The preview.
pub(crate) struct Preview {
    /// The worker; made when the preview is first looked at.
    counting: Option<Counting>,
    /// Whether the worker has loaded all it needs.
    is_ready: bool,
    dropped_name: Option<String>,
    inspection: Option<InspectionJson>,
    choice: Option<ChoiceJson>,
    /// How much has been counted, while it is.
    progress: Option<f64>,
    counted: Option<Box<CountedJson>>,
    fault: Option<String>,
    hovered: bool,
}

/// What the console's page hands over.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct PreviewProps {
    /// Makes the worker that counts.
    pub(crate) make_worker: js_sys::Function,
    /// Whether the preview is looked at.
    pub(crate) is_shown: bool,
}

impl Component for Preview {
    type Message = Message;
    type Properties = PreviewProps;

    fn create(ctx: &Context<Self>) -> Self {
        let mut preview = Self::empty();
        preview.wake(ctx);
        preview
    }

    fn changed(&mut self, ctx: &Context<Self>, _before: &PreviewProps) -> bool {
        self.wake(ctx);
        false
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Chosen(file) => self.look_at(ctx, &file),
            Message::Dropped(file) => {
                self.look_at(ctx, &file);
                self.dropped_name = Some(file.name());
            }
            Message::Hovered(hovered) => self.hovered = hovered,
            Message::Corrected(choice) => self.count(*choice),
            Message::Stopped => {
                self.progress = None;
                if let Some(counting) = &self.counting {
                    counting.stop();
                }
            }
            Message::Told(Told::Ready) => self.is_ready = true,
            Message::Told(Told::Inspected(inspection)) => {
                self.count(inspection.choice.clone());
                self.inspection = Some(*inspection);
            }
            Message::Told(Told::Progressed(share)) if self.progress.is_some() => {
                self.progress = Some(share);
            }
            Message::Told(Told::Progressed(_)) => return false,
            Message::Told(Told::Counted(counted)) => {
                self.progress = None;
                self.counted = Some(counted);
            }
            Message::Told(Told::Failed(fault)) => {
                self.progress = None;
                self.fault = Some(fault);
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let stop = ctx.link().callback(|_: MouseEvent| Message::Stopped);
        html! {
            <div data-part="preview" data-state={if self.is_ready { "ready" } else { "waiting" }}>
                { self.drop_zone(ctx) }
                if let Some(fault) = &self.fault {
                    <p class="error" role="alert">{ fault }</p>
                }
                { self.choices(ctx) }
                if let Some(share) = self.progress {
                    <div class="progress">
                        <label>
                            { "Counting…" }
                            <progress max="1" value={format!("{share:.3}")} />
                        </label>
                        <button class="button" type="button" name="stop" onclick={stop}>
                            { "Stop" }
                        </button>
                    </div>
                }
                { self.result() }
            </div>
        }
    }
}

impl Preview {
    const fn empty() -> Self {
        Self {
            counting: None,
            is_ready: false,
            dropped_name: None,
            inspection: None,
            choice: None,
            progress: None,
            counted: None,
            fault: None,
            hovered: false,
        }
    }

    /// Makes the worker as soon as somebody looks, so that nothing is loaded once a file is chosen.
    fn wake(&mut self, ctx: &Context<Self>) {
        if self.counting.is_some() || !ctx.props().is_shown {
            return;
        }
        match Counting::new(&ctx.props().make_worker, ctx.link().callback(Message::Told)) {
            Ok(counting) => self.counting = Some(counting),
            Err(fault) => self.fault = Some(fault),
        }
    }

    /// Starts anew with another file.
    fn look_at(&mut self, ctx: &Context<Self>, file: &File) {
        let (counting, is_ready) = (self.counting.take(), self.is_ready);
        *self = Self { counting, is_ready, ..Self::empty() };
        self.wake(ctx);
        if let Some(counting) = &self.counting {
            counting.look_at(file);
        }
    }

    /// Counts the file by a choice.
    fn count(&mut self, choice: ChoiceJson) {
        self.fault = None;
        self.counted = None;
        self.progress = Some(0.0);
        if let Some(counting) = &self.counting {
            counting.count(&choice);
        }
        self.choice = Some(choice);
    }

    fn drop_zone(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let picked = link.batch_callback(|event: Event| {
            let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
            Some(Message::Chosen(input.files()?.get(0)?))
        });
        let over = link.callback(|event: DragEvent| {
            event.prevent_default();
            Message::Hovered(true)
        });
        let left = link.callback(|_: DragEvent| Message::Hovered(false));
        let dropped = link.batch_callback(|event: DragEvent| {
            event.prevent_default();
            let file = event.data_transfer().and_then(|it| it.files()?.get(0));
            let chosen = file.map(Message::Dropped);
            [Message::Hovered(false)].into_iter().chain(chosen).collect::<Vec<_>>()
        });
        html! {
            <label
                class={classes!("dropzone", self.hovered.then_some("over"))}
                ondragover={over}
                ondragleave={left}
                ondrop={dropped}
            >
                <strong>{ "Drop a file here, or choose one" }</strong>
                <span class="muted">
                    { "CSV, TSV, semicolons or JSON, in any usual encoding. It stays in this browser." }
                </span>
                <input type="file" accept=".csv,.tsv,.txt,.json,.ndjson,.jsonl,text/csv,application/json" onchange={picked} />
                if let Some(name) = &self.dropped_name {
                    <span>{ name }</span>
                }
            </label>
        }
    }

    /// What each column is for; everything can be corrected.
    fn choices(&self, ctx: &Context<Self>) -> Html {
        let (Some(inspection), Some(choice)) = (&self.inspection, &self.choice) else {
            return html! {};
        };
        let corrected = |correct: fn(&mut ChoiceJson, usize)| {
            let choice = choice.clone();
            select(ctx, move |idx| {
                let mut choice = choice.clone();
                correct(&mut choice, idx);
                choice
            })
        };
        let metric = Metric::from_name(&choice.metric).unwrap_or(Metric::Nps);
        let scales = usual_scales(metric);
        let is_chosen = |scale: &Scale| {
            (scale.min(), scale.max(), scale.direction().name())
                == (choice.min, choice.max, choice.direction.as_str())
        };
        let scale_idx = scales.iter().position(is_chosen).unwrap_or(0);
        let columns = &inspection.columns;
        let names = columns.iter().map(|column| column.name.clone());
        let maybe = |title, name, chosen: Option<usize>, correct: fn(&mut ChoiceJson, usize)| {
            let names = std::iter::once("–".to_owned()).chain(names.clone());
            let chosen_idx = chosen.map_or(0, |column| column + 1);
            field(title, name, corrected(correct), options(names, chosen_idx))
        };
        let periods = ["day", "week", "month"];
        let period_idx = periods.iter().position(|unit| **unit == choice.period).unwrap_or(2);
        let metrics = Metric::ALL.map(|metric| ui::metric_title(metric).to_owned());
        html! {
            <div class="card" data-part="choices">
                <h2>{ "What counts" }</h2>
                <p class="muted" data-part="kind">{ &inspection.kind }</p>
                <div class="fields">
                    { field("Score", "column", corrected(|choice, idx| choice.column = idx),
                        options(names.clone(), choice.column)) }
                    { field("Metric", "metric", corrected(take_metric),
                        options(metrics.into_iter(), metric_idx(metric))) }
                    { field("Scale", "scale", corrected(take_scale),
                        options(scales.into_iter().map(scale_title), scale_idx)) }
                    { maybe("Segments", "segment", choice.segment, |choice, idx| choice.segment = idx.checked_sub(1)) }
                    { maybe("Time", "time", choice.time, |choice, idx| choice.time = idx.checked_sub(1)) }
                    if choice.time.is_some() {
                        { field("Period", "period", corrected(|choice, idx| {
                            choice.period = ["day", "week", "month"][idx.min(2)].to_owned();
                        }), options(periods.map(str::to_owned).into_iter(), period_idx)) }
                    }
                    { maybe("Reasons", "reasons", choice.reasons, |choice, idx| choice.reasons = idx.checked_sub(1)) }
                    { maybe("Comment", "comment", choice.comment, |choice, idx| choice.comment = idx.checked_sub(1)) }
                    { maybe("Weight", "weight", choice.weight, |choice, idx| choice.weight = idx.checked_sub(1)) }
                </div>
                if !inspection.is_clear {
                    <p class="notice">
                        { "Which column holds the score is not clear from the file. Please check." }
                    </p>
                } else if !inspection.hints.is_empty() {
                    <p class="muted">{ format!("About the score: {}.", inspection.hints.join("; ")) }</p>
                }
                { columns_seen(columns) }
            </div>
        }
    }

    fn result(&self) -> Html {
        let Some(counted) = &self.counted else { return html! {} };
        let Some(report) = counted.report.rescored() else {
            return html! { <p class="error" role="alert">{ "The counts do not fit the score." }</p> };
        };
        let json = counted.report.to_json_pretty();
        html! {
            <>
                <ReportView {report} />
                { comments(counted) }
                { bad_cells(counted) }
                <details class="card">
                    <summary>{ "As JSON, the same as candor score --format json" }</summary>
                    <pre data-part="result-json">{ json }</pre>
                </details>
            </>
        }
    }
}

/// Every column with its first values and what it was taken for.
fn columns_seen(columns: &[ColumnJson]) -> Html {
    let row = |column: &ColumnJson| {
        let role = column.role.as_deref().unwrap_or("–").to_owned();
        html! {
            <tr>
                <th scope="row">{ &column.name }</th>
                <td>{ column.samples.join(", ") }</td>
                <td>{ role }</td>
                <td>{ column.hints.join("; ") }</td>
            </tr>
        }
    };
    html! {
        <details>
            <summary>{ format!("{} columns", columns.len()) }</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="Columns">
                <table class="segments">
                    <thead>
                        <tr><th>{ "Column" }</th><th>{ "Values" }</th><th>{ "Seems to be" }</th><th>{ "Because" }</th></tr>
                    </thead>
                    <tbody>{ for columns.iter().map(row) }</tbody>
                </table>
            </div>
        </details>
    }
}

/// The last comments of the file.
fn comments(counted: &CountedJson) -> Html {
    if counted.comments.is_empty() {
        return html! {};
    }
    html! {
        <details class="card" data-part="file-comments">
            <summary>{ format!("The last {} comments", counted.comments.len()) }</summary>
            <ul>{ for counted.comments.iter().map(|comment| html! {
                <li>
                    <strong>{ comment.score.map_or_else(|| "–".to_owned(), |score| score.to_string()) }</strong>
                    { format!(" {} ", comment.text) }
                    <span class="muted">{ format!("row {}", comment.row) }</span>
                </li>
            }) }</ul>
        </details>
    }
}

/// The cells that could not be used, with where they are and why.
fn bad_cells(counted: &CountedJson) -> Html {
    if counted.n_faults == 0 {
        return html! {};
    }
    html! {
        <details class="card" data-part="bad-cells">
            <summary>{ format!("{} cells could not be used", counted.n_faults) }</summary>
            <ul>{ for counted.faults.iter().map(|fault| html! { <li>{ fault }</li> }) }</ul>
        </details>
    }
}

/// A callback that corrects the choice by the index of the option taken.
fn select(
    ctx: &Context<Preview>,
    correct: impl Fn(usize) -> ChoiceJson + 'static,
) -> Callback<Event> {
    ctx.link().batch_callback(move |event: Event| {
        let select = event.target()?.dyn_into::<HtmlSelectElement>().ok()?;
        let idx = usize::try_from(select.selected_index()).ok()?;
        Some(Message::Corrected(Box::new(correct(idx))))
    })
}
