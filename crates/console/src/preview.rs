//! The file preview: choose a file, see what it seems to be, correct it, and read its score. All
//! of it happens in this page; the file is sent nowhere.

use report::{Metric, Report, Scale, ScoreOptions, report};
use tables::inspect::{HEAD_BYTES, Inspection};
use tables::{Plan, Tallied, Tally, inspect};
use ui::ReportView;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, File, HtmlInputElement, HtmlSelectElement};
use wire::ReportJson;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::file::{SLICE_BYTES, read_slice};

/// Which number counts, as the person may choose it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Choice {
    metric: Metric,
    scale: Scale,
    column_idx: usize,
}

/// What can happen to the preview.
pub(crate) enum Message {
    /// A file was chosen or dropped.
    Chosen(File),
    /// Something is dragged over the drop zone, or no longer.
    Hovered(bool),
    /// The beginning of the file has been looked at.
    Inspected(Result<Box<Inspection>, String>),
    /// The person corrected what counts.
    Corrected(Choice),
    /// So much of the file has been counted.
    Progressed(u32, f64),
    /// The file has been counted.
    Counted(u32, Result<Box<Tallied>, String>),
}

/// The preview.
pub(crate) struct Preview {
    file: Option<File>,
    inspection: Option<Inspection>,
    choice: Option<Choice>,
    /// Number of the count under way; what comes from an older one is dropped.
    seq: u32,
    progress: Option<f64>,
    tallied: Option<Tallied>,
    fault: Option<String>,
    hovered: bool,
}

impl Component for Preview {
    type Message = Message;
    type Properties = ();

    fn create(_ctx: &Context<Self>) -> Self {
        Self {
            file: None,
            inspection: None,
            choice: None,
            seq: 0,
            progress: None,
            tallied: None,
            fault: None,
            hovered: false,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Chosen(file) => self.look_at(ctx, file),
            Message::Hovered(hovered) => self.hovered = hovered,
            Message::Inspected(Err(fault)) => self.fault = Some(fault),
            Message::Inspected(Ok(inspection)) => {
                self.choice = Some(first_choice(&inspection));
                self.inspection = Some(*inspection);
                self.count(ctx);
            }
            Message::Corrected(choice) => {
                self.choice = Some(choice);
                self.count(ctx);
            }
            Message::Progressed(seq, share) if seq == self.seq => self.progress = Some(share),
            Message::Counted(seq, counted) if seq == self.seq => {
                self.progress = None;
                match counted {
                    Ok(tallied) => self.tallied = Some(*tallied),
                    Err(fault) => self.fault = Some(fault),
                }
            }
            Message::Progressed(..) | Message::Counted(..) => return false,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        html! {
            <div data-part="preview">
                { self.drop_zone(ctx) }
                if let Some(fault) = &self.fault {
                    <p class="error" role="alert">{ fault }</p>
                }
                { self.choices(ctx) }
                if let Some(share) = self.progress {
                    <label class="progress">
                        { "Counting…" }
                        <progress max="1" value={format!("{share:.3}")} />
                    </label>
                }
                { self.result() }
            </div>
        }
    }
}

impl Preview {
    /// Starts anew with another file.
    fn look_at(&mut self, ctx: &Context<Self>, file: File) {
        *self = Self {
            seq: self.seq + 1,
            file: Some(file.clone()),
            ..<Self as Component>::create(ctx)
        };
        let link = ctx.link().clone();
        spawn_local(async move {
            let head = read_slice(&file, 0.0, HEAD_BYTES as f64).await;
            let inspected = head.and_then(|head| inspect(&head).map_err(|error| error.to_string()));
            link.send_message(Message::Inspected(inspected.map(Box::new)));
        });
    }

    /// Counts the file by the present choice.
    fn count(&mut self, ctx: &Context<Self>) {
        let (Some(file), Some(inspection), Some(choice)) =
            (self.file.clone(), &self.inspection, self.choice)
        else {
            return;
        };
        let plan = inspection.full_plan(tables::ColumnIdx(choice.column_idx), choice.scale);
        self.seq += 1;
        self.fault = None;
        self.tallied = None;
        self.progress = Some(0.0);
        let (seq, link) = (self.seq, ctx.link().clone());
        spawn_local(async move {
            let told = link.clone();
            let progressed = move |share| told.send_message(Message::Progressed(seq, share));
            let counted = count_file(&file, &plan, progressed).await;
            link.send_message(Message::Counted(seq, counted.map(Box::new)));
        });
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
            let chosen = file.map(Message::Chosen);
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
                    { "CSV, TSV or semicolons, in any usual encoding. It stays in this browser." }
                </span>
                <input type="file" accept=".csv,.tsv,.txt,text/csv" onchange={picked} />
                if let Some(file) = &self.file {
                    <span>{ file.name() }</span>
                }
            </label>
        }
    }

    /// Which column, metric and scale; each can be corrected.
    fn choices(&self, ctx: &Context<Self>) -> Html {
        let (Some(inspection), Some(choice)) = (&self.inspection, self.choice) else {
            return html! {};
        };
        let column = select(ctx, move |idx| Choice { column_idx: idx, ..choice });
        let metric = select(ctx, move |idx| {
            let metric = Metric::ALL[idx.min(Metric::ALL.len() - 1)];
            Choice { metric, scale: usual_scales(metric)[0], ..choice }
        });
        let scale = select(ctx, move |idx| {
            let scales = usual_scales(choice.metric);
            Choice { scale: scales[idx.min(scales.len() - 1)], ..choice }
        });
        let columns = inspection.columns.iter().map(|column| column.name.clone());
        let metrics = Metric::ALL.map(|metric| ui::metric_title(metric).to_owned());
        let scales = usual_scales(choice.metric);
        let scale_idx = scales.iter().position(|scale| *scale == choice.scale).unwrap_or(0);
        html! {
            <div class="card" data-part="choices">
                <h2>{ "What counts" }</h2>
                <label class="field">
                    { "Column" }
                    <select class="select" name="column" onchange={column}>
                        { options(columns, choice.column_idx) }
                    </select>
                </label>
                <label class="field">
                    { "Metric" }
                    <select class="select" name="metric" onchange={metric}>
                        { options(metrics.into_iter(), metric_idx(choice.metric)) }
                    </select>
                </label>
                <label class="field">
                    { "Scale" }
                    <select class="select" name="scale" onchange={scale}>
                        { options(scales.into_iter().map(scale_title), scale_idx) }
                    </select>
                </label>
                if inspection.score.is_none() {
                    <p class="notice">
                        { "Which column holds the score is not clear from the file. Please check." }
                    </p>
                }
            </div>
        }
    }

    fn result(&self) -> Html {
        let (Some(tallied), Some(choice)) = (&self.tallied, self.choice) else { return html! {} };
        let report = match made_report(choice, tallied) {
            Ok(report) => report,
            Err(fault) => return html! { <p class="error" role="alert">{ fault }</p> },
        };
        let json = ReportJson::from(&report).to_json_pretty();
        html! {
            <>
                <ReportView {report} />
                { bad_cells(tallied) }
                <details class="card">
                    <summary>{ "As JSON, the same as candor score --format json" }</summary>
                    <pre data-part="result-json">{ json }</pre>
                </details>
            </>
        }
    }
}

/// The report of a counted file.
fn made_report(choice: Choice, tallied: &Tallied) -> Result<Report, String> {
    let input = tallied.report_input(choice.metric);
    report(&input, &ScoreOptions::STANDARD).map_err(|error| error.to_string())
}

/// The cells that could not be used, with where they are and why.
fn bad_cells(tallied: &Tallied) -> Html {
    let n_total = tallied.faults.n_total();
    if n_total == 0 {
        return html! {};
    }
    html! {
        <details class="card" data-part="bad-cells">
            <summary>{ format!("{n_total} cells could not be used") }</summary>
            <ul>{ for tallied.faults.first().iter().take(100).map(|cell| html! {
                <li>{ cell.to_string() }</li>
            }) }</ul>
        </details>
    }
}

/// Counts the whole file, slice by slice, and says how far it is.
async fn count_file(file: &File, plan: &Plan, progressed: impl Fn(f64)) -> Result<Tallied, String> {
    let mut tally = Tally::new(plan).map_err(|error| error.to_string())?;
    let mut from = 0.0;
    while from < file.size() {
        let slice = read_slice(file, from, from + SLICE_BYTES).await?;
        tally.push(&slice);
        from += SLICE_BYTES;
        progressed((from / file.size()).min(1.0));
        // Lets the page draw and listen between two slices.
        yew::platform::time::sleep(std::time::Duration::ZERO).await;
    }
    tally.finish().map_err(|error| error.to_string())
}

/// What the file seems to hold; the first column and NPS when nothing is clear.
fn first_choice(inspection: &Inspection) -> Choice {
    let guess = inspection.score.as_ref();
    let metric = guess.and_then(|guess| guess.metric).unwrap_or(Metric::Nps);
    let scale = guess.and_then(|guess| guess.scale());
    Choice {
        metric,
        scale: scale.unwrap_or_else(|| usual_scales(metric)[0]),
        column_idx: guess.map_or(0, |guess| guess.column.0),
    }
}

/// The scales a metric is asked on, the usual one first.
fn usual_scales(metric: Metric) -> Vec<Scale> {
    use report::Direction::{HigherIsBetter, LowerIsBetter};
    let scale = |min, max, direction| Scale::new(min, max, direction).ok();
    let scales = match metric {
        Metric::Nps => vec![Some(Scale::NPS)],
        Metric::Csat => [(1, 5), (1, 7), (1, 3), (0, 1)]
            .into_iter()
            .map(|(min, max)| scale(min, max, HigherIsBetter))
            .collect(),
        Metric::Ces => [(1, 7), (1, 5), (1, 3)]
            .into_iter()
            .flat_map(|(min, max)| {
                [HigherIsBetter, LowerIsBetter].map(|direction| scale(min, max, direction))
            })
            .collect(),
    };
    scales.into_iter().flatten().collect()
}

fn scale_title(scale: Scale) -> String {
    let better = match scale.direction() {
        report::Direction::HigherIsBetter => "higher is better",
        report::Direction::LowerIsBetter => "lower is better",
    };
    format!("{} to {}, {better}", scale.min(), scale.max())
}

fn metric_idx(metric: Metric) -> usize {
    Metric::ALL.iter().position(|known| *known == metric).unwrap_or(0)
}

fn options(titles: impl Iterator<Item = String>, chosen_idx: usize) -> Html {
    titles
        .enumerate()
        .map(|(idx, title)| html! { <option selected={idx == chosen_idx}>{ title }</option> })
        .collect()
}

/// A callback that corrects the choice by the index of the option taken.
fn select(ctx: &Context<Preview>, correct: impl Fn(usize) -> Choice + 'static) -> Callback<Event> {
    ctx.link().batch_callback(move |event: Event| {
        let select = event.target()?.dyn_into::<HtmlSelectElement>().ok()?;
        Some(Message::Corrected(correct(usize::try_from(select.selected_index()).ok()?)))
    })
}
