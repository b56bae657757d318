//! A file is scored in the browser, and nothing of it leaves the browser.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::browser::DESKTOP;
use tests::{Browser, Collector, project_path, wait_for};
use thirtyfour::prelude::*;

#[tokio::test]
async fn a_file_is_scored_without_a_single_request() -> Result<()> {
    let collector = Collector::start().await?;
    let browser = Browser::start(DESKTOP).await?;
    browser.open(&format!("{}/console/#preview", collector.origin)).await?;
    let input = wait_for("the file field", async || {
        Ok(browser.driver.find_all(By::Css("input[type=file]")).await?.into_iter().next())
    })
    .await?;
    // The live view has asked for what it shows by now; from here on nothing may be asked.
    wait_for("the live view to be connected", async || {
        let script =
            "return document.querySelector('[data-part=live] [data-part=report]') !== null";
        Ok((browser.eval(script).await? == true).then_some(()))
    })
    .await?;
    wait_for("what counts the file to be loaded", async || {
        let script =
            "return document.querySelector('[data-part=preview][data-state=ready]') !== null";
        Ok((browser.eval(script).await? == true).then_some(()))
    })
    .await?;
    browser.requests().await?;
    let file = project_path("tests/files/nps.csv");
    input.send_keys(file.to_str().context("a path in UTF-8")?).await?;
    let text = wait_for("the result", async || {
        let script = "return document.querySelector('[data-part=result-json]')?.textContent";
        Ok(browser.eval(script).await?.as_str().map(str::to_owned))
    })
    .await?;
    let result: Value = serde_json::from_str(&text)?;
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
