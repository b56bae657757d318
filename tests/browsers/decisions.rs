//! Whether a survey shows, and the reason that is told: every row of `tests/files/decisions.json`,
//! each on a page of an origin of its own, where nothing is remembered yet.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::browser::DESKTOP;
use tests::{Browser, Collector, HostPage, project_path, wait_for};

/// What rows may use: whether a survey is shown, a part of it, and the tag once more.
const TOOLS: &str = "
    const host = () => document.querySelector('[data-survey][data-state]');
    const shown = () => host()?.dataset.state === 'ready' && !host().hidden;
    const part = (selector) => host().shadowRoot.querySelector(selector);
    const again = (settings) => {
        candor.destroy();
        candor.init({ survey: 'post-purchase-nps', ...settings });
        return true;
    };";

/// One row of the table.
struct Row {
    name: String,
    /// Attributes of the tag, without `data-`.
    tag: BTreeMap<String, String>,
    path: String,
    /// A script that runs before the tag.
    before: String,
    /// What happens then: each is tried until it returns something that is true.
    steps: Vec<String>,
    shows: bool,
    /// How the reason begins.
    why: String,
}

fn rows() -> Result<Vec<Row>> {
    let text = std::fs::read_to_string(project_path("tests/files/decisions.json"))?;
    let rows: Vec<Value> = serde_json::from_str(&text)?;
    rows.iter().map(|row| read(row).with_context(|| row["name"].to_string())).collect()
}

fn read(row: &Value) -> Result<Row> {
    let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let tag = row["tag"].as_object().context("tag")?.iter();
    let steps = row["steps"].as_array().into_iter().flatten();
    Ok(Row {
        name: text("name"),
        tag: tag
            .map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
            .collect::<Option<_>>()
            .context("an attribute is no text")?,
        path: text("path"),
        before: text("before"),
        steps: steps
            .map(|step| step.as_str().map(str::to_owned))
            .collect::<Option<_>>()
            .context("a step is no text")?,
        shows: row["shows"].as_bool().context("shows")?,
        why: text("why"),
    })
}

/// The body of a page with the tag.
fn body(origin: &str, row: &Row) -> String {
    let mut tag = String::new();
    for (name, value) in &row.tag {
        let value = value.replace('&', "&amp;").replace('"', "&quot;");
        write!(tag, " data-{name}=\"{value}\"").expect("a text takes everything");
    }
    format!(
        "<button id=ask>Ask me</button><script>{TOOLS}{}</script>\
         <script src=\"{origin}/candor.js\" data-survey=\"post-purchase-nps\"{tag}></script>",
        row.before
    )
}

#[tokio::test]
async fn every_decision_is_as_the_table_says() -> Result<()> {
    let collector = Collector::start().await?;
    let browser = Browser::start(DESKTOP).await?;
    let mut wrong = Vec::new();
    for row in rows()? {
        if let Err(error) = check(&collector, &browser, &row).await {
            wrong.push(format!("{}: {error:#}", row.name));
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    browser.expect_quiet_console(&[]).await
}

async fn check(collector: &Collector, browser: &Browser, row: &Row) -> Result<()> {
    ensure!(!row.why.is_empty(), "the row says no reason");
    let page = HostPage::start(&body(&collector.origin, row), None).await?;
    browser.open(&format!("{}{}", page.url, row.path.trim_start_matches('/'))).await?;
    for step in &row.steps {
        wait_for(step, async || {
            // A part that is not there yet throws, and is waited for.
            let script = format!("try {{ return !!({step}); }} catch {{ return false; }}");
            Ok((browser.eval(&script).await? == true).then_some(()))
        })
        .await?;
    }
    let last = Cell::new(Value::Null);
    let decided = wait_for(&row.why, async || {
        let told = browser.eval("return [shown(), candor.why()]").await?;
        let why = told[1].as_str().and_then(|why| why.strip_prefix("post-purchase-nps: "));
        let is_same = why.is_some_and(|why| why.starts_with(&row.why));
        let is_right = is_same && told[0] == row.shows;
        last.set(told);
        Ok(is_right.then_some(()))
    })
    .await;
    decided.with_context(|| format!("it was {}", last.take()))
}
