//! What a screen reader is told of each form: roles, names and states as the browser hands them out,
//! compared with `tests/files/read_aloud/`, before and after the widget has taken over.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::browser::DESKTOP;
use tests::{Browser, Collector, HostPage, project_path, wait_for};

/// A survey and the answer that opens its follow-up.
const SURVEYS: [(&str, i64); 3] =
    [("post-purchase-nps", 3), ("post-resolution-csat", 5), ("return-ces", 4)];

/// States that are told, and those worth nothing when they are what one expects.
const STATES: [&str; 7] =
    ["checked", "disabled", "invalid", "required", "live", "multiline", "modal"];

/// Roles that are read out as nothing of their own.
const SILENT: [&str; 4] = ["none", "generic", "InlineTextBox", "StaticText"];

/// A line for each thing that is read out, deeper ones further in.
fn lines(nodes: &[Value], id: &str, depth: usize, lines: &mut String) -> Result<()> {
    let node =
        nodes.iter().find(|node| node["nodeId"] == id).context("a node that is not there")?;
    let role = node["role"]["value"].as_str().unwrap_or_default();
    let is_told = node["ignored"] != true && !SILENT.contains(&role);
    if is_told {
        let name = node["name"]["value"].as_str().unwrap_or_default();
        write!(lines, "{}{role} \"{name}\"", "  ".repeat(depth))?;
        for property in node["properties"].as_array().into_iter().flatten() {
            let state = property["name"].as_str().unwrap_or_default();
            let value = &property["value"]["value"];
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            if STATES.contains(&state) && value != "false" {
                write!(lines, " {state}={value}")?;
            }
        }
        lines.push('\n');
    }
    for child in node["childIds"].as_array().into_iter().flatten() {
        let child = child.as_str().context("a child without a name")?;
        self::lines(nodes, child, depth + usize::from(is_told), lines)?;
    }
    Ok(())
}

/// The survey as it is read out.
async fn told(browser: &Browser) -> Result<String> {
    let cdp = browser.driver.cdp();
    let tree = cdp.send_raw("Accessibility.getFullAXTree", json!({})).await?;
    let nodes = tree["nodes"].as_array().context("no tree")?;
    let region = nodes
        .iter()
        .find(|node| node["role"]["value"] == "region" && node["ignored"] != true)
        .context("no region")?;
    let mut text = String::new();
    lines(nodes, region["nodeId"].as_str().context("no name")?, 0, &mut text)?;
    Ok(text)
}

fn kept_file(name: &str) -> PathBuf {
    project_path("tests/files/read_aloud").join(format!("{name}.txt"))
}

#[tokio::test]
async fn every_form_is_read_out_as_it_was_meant() -> Result<()> {
    let collector = Collector::start().await?;
    let browser = Browser::start(DESKTOP).await?;
    let mut wrong = Vec::new();
    for (name, rating) in SURVEYS {
        for engine in ["html", "wasm"] {
            // The widget stays away from a page whose policy forbids WebAssembly.
            let policy = format!("script-src {}", collector.origin);
            let policy = (engine == "html").then_some(policy.as_str());
            let tag = format!(
                "<script async src=\"{}/candor.js\" data-survey={name}></script>",
                collector.origin
            );
            let page = HostPage::start(&tag, policy).await?;
            browser.open(&page.url).await?;
            let survey = browser.survey().await?;
            survey.wait_until("data-engine", engine).await?;
            let before = told(&browser).await?;
            survey.rate(rating).await?;
            survey.wait_until_shown("[data-part=followup]").await?;
            let after = told(&browser).await?;
            let found = format!("As it comes:\n{before}\nAfter {rating} was chosen:\n{after}");
            let kept = std::fs::read_to_string(kept_file(name)).unwrap_or_default();
            if found != kept {
                let new = project_path("target").join(format!("{name}-{engine}.txt"));
                std::fs::write(&new, &found)?;
                wrong.push(format!("{name} with {engine} is in {}", new.display()));
            }
        }
    }
    ensure!(
        wrong.is_empty(),
        "read out otherwise; look, and copy to tests/files/read_aloud what is right:\n{}",
        wrong.join("\n")
    );
    Ok(())
}

/// Words that arrive one after the other in the status, as a screen reader hears them.
const LISTEN: &str = "
    window.heard = [];
    const status = document.querySelector('[data-survey][data-state]').shadowRoot.querySelector('[role=status]');
    if (status.textContent.trim()) heard.push('at mount: ' + status.textContent);
    new MutationObserver(() => heard.push(status.textContent.trim()))
        .observe(status, { childList: true, characterData: true, subtree: true });";

#[tokio::test]
async fn what_becomes_of_an_answer_is_announced() -> Result<()> {
    let collector = Collector::start().await?;
    let browser = Browser::start(DESKTOP).await?;
    for engine in ["html", "wasm"] {
        let policy = format!("script-src 'unsafe-inline' {}", collector.origin);
        let policy = (engine == "html").then_some(policy.as_str());
        let tag = format!(
            "<script async src=\"{}/candor.js\" data-survey=return-ces></script>",
            collector.origin
        );
        let page = HostPage::start(&tag, policy).await?;
        browser.open(&page.url).await?;
        let survey = browser.survey().await?;
        survey.wait_until("data-engine", engine).await?;
        browser.eval(LISTEN).await?;
        survey.rate(6).await?;
        survey.send().await?;
        survey.wait_until("data-state", "done").await?;
        wait_for("the last word", async || {
            let heard = browser.eval("return heard.filter(Boolean).join(' / ')").await?;
            let heard = heard.as_str().unwrap_or_default();
            Ok((heard == "Sending… / Sent. Thank you.").then_some(()))
        })
        .await
        .with_context(|| format!("with {engine}"))?;
    }
    Ok(())
}
