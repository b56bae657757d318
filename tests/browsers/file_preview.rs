//! A file is scored in the browser, and nothing of it leaves the browser.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::browser::DESKTOP;
use tests::{Browser, Collector, project_path, wait_for};
use thirtyfour::prelude::*;

/// Opens the preview, and returns its file field once what counts files is loaded.
async fn opened(browser: &Browser, collector: &Collector) -> Result<WebElement> {
    browser.open(&format!("{}/console/#preview", collector.origin)).await?;
    wait_for("what counts the file to be loaded", async || {
        let script =
            "return document.querySelector('[data-part=preview][data-state=ready]') !== null";
        Ok((browser.eval(script).await? == true).then_some(()))
    })
    .await?;
    Ok(browser.driver.find(By::Css("input[type=file]")).await?)
}

/// The result as JSON, once it is there.
async fn result(browser: &Browser) -> Result<Value> {
    let text = wait_for("the result", async || {
        let script = "return document.querySelector('[data-part=result-json]')?.textContent";
        Ok(browser.eval(script).await?.as_str().map(str::to_owned))
    })
    .await?;
    Ok(serde_json::from_str(&text)?)
}

#[tokio::test]
async fn a_file_is_scored_without_a_single_request() -> Result<()> {
    let collector = Collector::start().await?;
    let browser = Browser::start(DESKTOP).await?;
    let input = opened(&browser, &collector).await?;
    // The live view has asked for what it shows by now; from here on nothing may be asked.
    wait_for("the live view to be connected", async || {
        let script =
            "return document.querySelector('[data-part=live] [data-part=report]') !== null";
        Ok((browser.eval(script).await? == true).then_some(()))
    })
    .await?;
    browser.requests().await?;
    let file = project_path("tests/files/nps.csv");
    input.send_keys(file.to_str().context("a path in UTF-8")?).await?;
    let result = result(&browser).await?;
    ensure!(result["metric"] == "nps" && result["n"] == 8, "{result}");
    ensure!(result["missing"] == 1 && result["invalid"] == 1, "{result}");
    // Four promoters, two detractors, eight answers.
    ensure!(result["value"] == 25.0, "{result}");
    ensure!(result["distribution"].as_array().map(Vec::len) == Some(11), "{result}");
    let shown = browser
        .eval("return document.querySelector('[data-part=preview] [data-part=value]').textContent")
        .await?;
    ensure!(shown == "25", "{shown}");
    let requests = browser.requests().await?;
    ensure!(requests.is_empty(), "requests were made: {requests:?}");
    browser.picture("console-preview").await?;
    browser.expect_quiet_console(&[]).await
}

#[tokio::test]
async fn a_long_count_can_be_stopped_and_another_file_chosen() -> Result<()> {
    let collector = Collector::start().await?;
    let browser = Browser::start(DESKTOP).await?;
    let input = opened(&browser, &collector).await?;
    let folder = tempfile::tempdir()?;
    let long = folder.path().join("long.csv");
    let row = format!("2026-01-31T09:30:00Z,shop,9,\"{}\"\n", "not bad, ".repeat(12));
    let header = "time,channel,score,comment\n";
    std::fs::write(&long, [header, &row.repeat(1_000_000)].concat())?;
    // Whoever presses Stop the moment it shows must not be too late, so the page does.
    browser
        .eval(
            "new MutationObserver((_, observer) => {
               const stop = document.querySelector('button[name=stop]');
               if (stop) { observer.disconnect(); document.title = 'stopped'; stop.click(); }
             }).observe(document.body, { childList: true, subtree: true })",
        )
        .await?;
    input.send_keys(long.to_str().context("a path in UTF-8")?).await?;
    wait_for("the count to be stopped", async || {
        let script = "return document.title === 'stopped' && !document.querySelector('progress')";
        Ok((browser.eval(script).await? == true).then_some(()))
    })
    .await?;
    // Counted by the same worker, which would have told of the long file by then.
    let file = project_path("tests/files/nps.csv");
    input.send_keys(file.to_str().context("a path in UTF-8")?).await?;
    let result = result(&browser).await?;
    ensure!(result["n"] == 8, "{result}");
    browser.expect_quiet_console(&[]).await
}
