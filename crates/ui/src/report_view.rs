//! A report as people read it: the score with its interval, the distribution, reasons, segments
//! and trend. Every picture has its numbers beside it.

use form::Metric;
use report::display::{decimal_text, interval_texts, range_share, share_text, value_text};
use report::{Bucket, ReasonRow, Report, Score, State};
use yew::prelude::*;

use crate::charts::{bar, interval_plot};

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct ReportViewProps {
    /// The report.
    pub report: Report,
}

/// A whole report.
#[component]
pub fn ReportView(props: &ReportViewProps) -> Html {
    let report = &props.report;
    html! {
        <div class="report" data-part="report" data-state={report.score.state.name()}>
            <ScoreCard score={report.score} />
            { distribution(report) }
            { reasons(report) }
            { segments(report) }
            { trend(report) }
        </div>
    }
}

/// What is shown of a score.
#[derive(Clone, PartialEq, Properties)]
pub struct ScoreCardProps {
    /// The score.
    pub score: Score,
}

/// The score in large, with what is needed to judge it.
#[component]
pub fn ScoreCard(props: &ScoreCardProps) -> Html {
    let score = &props.score;
    html! {
        <div class="card" data-part="score">
            <h2>{ metric_title(score.metric) }</h2>
            if let Some(value) = score.value {
                <p class="score-value" data-part="value">{ value_text(score.metric, value) }</p>
            } else {
                <p class="state" data-part="state">{ state_sentence(score) }</p>
            }
            if let Some((low, high)) = interval_texts(score) {
                <p class="score-interval" data-part="interval">
                    { format!("{low} to {high}") }
                    <span class="muted">
                        {
                            format!(
                                " {} % interval, {}",
                                decimal_text(score.confidence_level * 100.0, 0),
                                method_title(score.method)
                            )
                        }
                    </span>
                </p>
            }
            if let Some(range) = range(score) {
                { interval_plot(range) }
            }
            <p class="score-n" data-part="n">{ answers_sentence(score) }</p>
            if score.state == State::LowN {
                <p class="notice">
                    { "Fewer than 30 answers: look at the interval, not at the number." }
                </p>
            }
            if let Some(mean) = score.mean {
                <p class="muted">{ format!("Mean answer {}", decimal_text(mean, 2)) }</p>
            }
        </div>
    }
}

/// What a metric is called in full.
#[must_use]
pub const fn metric_title(metric: Metric) -> &'static str {
    match metric {
        Metric::Csat => "Customer satisfaction (CSAT)",
        Metric::Ces => "Customer effort (CES)",
        Metric::Nps => "Net promoter score (NPS)",
    }
}

fn method_title(method: &str) -> &str {
    match method {
        "adjusted_wald" => "adjusted Wald",
        "wilson" => "Wilson score",
        "linearised" => "weighted",
        "wilson_effective_n" => "Wilson score of the weighted",
        other => other,
    }
}

fn state_sentence(score: &Score) -> String {
    match score.state {
        State::NoData => "No answers yet".to_owned(),
        _ => format!("{} answers: too few to show a score", score.n),
    }
}

fn answers_sentence(score: &Score) -> String {
    let mut sentence = format!("{} answers", score.n);
    if score.missing > 0 {
        sentence.push_str(&format!(", {} left empty", score.missing));
    }
    if score.invalid > 0 {
        sentence.push_str(&format!(", {} not usable", score.invalid));
    }
    sentence
}

fn range(score: &Score) -> Option<[f64; 3]> {
    let interval = score.interval?;
    let at = |value| range_share(score.metric, value);
    Some([at(interval.low), at(score.value?), at(interval.high)])
}

/// One row a point: the point, a bar, the number.
fn distribution(report: &Report) -> Html {
    let n_most = report.counts.iter().map(|(_, n)| n).max().unwrap_or(0);
    if n_most == 0 {
        return html! {};
    }
    let scale = report.counts.scale();
    let bands = report.bands;
    html! {
        <div class="card" data-part="distribution">
            <h2>{ "Distribution" }</h2>
            <table class="distribution">
                <thead class="visually-hidden">
                    <tr><th>{ "Answer" }</th><th>{ "Share" }</th><th>{ "Answers" }</th></tr>
                </thead>
                <tbody>
                    { for report.counts.iter().map(|(point, n)| html! {
                        <tr key={point.0} data-bucket={bands.bucket(scale, point).name()}>
                            <th class="bar-label" scope="row">{ point.to_string() }</th>
                            <td class="bar">{ bar(n as f64 / n_most as f64) }</td>
                            <td class="bar-n">{ n }</td>
                        </tr>
                    }) }
                </tbody>
            </table>
            { shares(&report.score) }
        </div>
    }
}

/// The three groups with their shares.
fn shares(score: &Score) -> Html {
    let Some(shares) = score.shares else { return html! {} };
    let rows = [
        (Bucket::Bottom, shares.bottom),
        (Bucket::Middle, shares.middle),
        (Bucket::Top, shares.top),
    ];
    html! {
        <ul class="shares">
            { for rows.into_iter().map(|(bucket, share)| html! {
                <li key={bucket.name()} data-bucket={bucket.name()}>
                    <strong>{ share_text(share) }</strong>
                    { " " }{ bucket.group_name(score.metric) }
                </li>
            }) }
        </ul>
    }
}

fn reasons(report: &Report) -> Html {
    if report.reasons.is_empty() {
        return html! {};
    }
    let metric = report.score.metric;
    let share = |share: Option<f64>| share.map(share_text).unwrap_or_default();
    let row = |row: &ReasonRow| {
        html! {
            <tr data-bucket={row.bucket.name()}>
                <th scope="row">{ &row.reason }</th>
                <td>{ row.bucket.group_name(metric) }</td>
                <td>{ row.n }</td>
                <td>{ share(row.share_of_bucket) }</td>
                <td>{ share(row.share_of_givers) }</td>
            </tr>
        }
    };
    html! {
        <div class="card" data-part="reasons">
            <h2>{ "Reasons" }</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Reasons">
                <table class="segments">
                    <thead>
                        <tr>
                            <th>{ "Reason" }</th><th>{ "Among" }</th><th>{ "Answers" }</th>
                            <th>{ "Of the group" }</th><th>{ "Of those who named any" }</th>
                        </tr>
                    </thead>
                    <tbody>{ for report.reasons.iter().map(row) }</tbody>
                </table>
            </div>
        </div>
    }
}

fn segments(report: &Report) -> Html {
    let row = |by: String, score: &Score| {
        html! { <tr><th scope="row">{ by }</th>{ score_cells(score) }</tr> }
    };
    let rows = report.segments.iter().map(|segment| {
        let values: Vec<String> = segment.by.values().map(|v| or_empty(v)).collect();
        row(values.join(", "), &segment.score)
    });
    score_table("segments", "Segments", "Segment", rows.collect())
}

fn trend(report: &Report) -> Html {
    let rows = report.trend.iter().map(|part| {
        html! { <tr><th scope="row">{ &part.period }</th>{ score_cells(&part.score) }</tr> }
    });
    score_table("trend", "Trend", "Period", rows.collect())
}

fn or_empty(value: &str) -> String {
    if value.is_empty() { "(empty)".to_owned() } else { value.to_owned() }
}

fn score_cells(score: &Score) -> Html {
    let value = score.value.map(|value| value_text(score.metric, value));
    let interval = interval_texts(score).map(|(low, high)| format!("{low} to {high}"));
    html! {
        <>
            <td>{ value.unwrap_or_else(|| "–".to_owned()) }</td>
            <td>{ interval.unwrap_or_default() }</td>
            <td class="plot">
                if let Some(range) = range(score) {
                    { interval_plot(range) }
                }
            </td>
            <td>{ score.n }</td>
        </>
    }
}

fn score_table(
    part: &'static str,
    title: &'static str,
    first: &'static str,
    rows: Vec<Html>,
) -> Html {
    if rows.is_empty() {
        return html! {};
    }
    html! {
        <div class="card" data-part={part}>
            <h2>{ title }</h2>
            <div class="scroll" tabindex="0" role="region" aria-label={title}>
                <table class="segments">
                    <thead>
                        <tr>
                            <th>{ first }</th><th>{ "Score" }</th><th>{ "Interval" }</th>
                            <th><span class="visually-hidden">{ "Picture" }</span></th>
                            <th>{ "Answers" }</th>
                        </tr>
                    </thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </div>
    }
}
