//! Offline now, delivered once later: the answer survives the end of the browser.

use std::time::Duration;

use anyhow::{Result, ensure};
use tempfile::TempDir;
use tests::browser::DESKTOP;
use tests::{Browser, Collector, HostPage, wait_for};

#[tokio::test]
async fn an_answer_given_offline_arrives_once_after_the_browser_was_killed() -> Result<()> {
    let collector = Collector::start().await?;
    let tag = format!(
        "<script async src=\"{}/candor.js\" data-survey=\"post-purchase-nps\"></script>",
        collector.origin
    );
    let page = HostPage::start(&tag, None).await?;
    let profile = TempDir::new()?;
    let browser = Browser::start_in(DESKTOP, profile.path()).await?;
    browser.open(&page.url).await?;
    let survey = browser.survey().await?;
    survey.wait_until("data-engine", "wasm").await?;
    wait_for("what keeps answers to be loaded", async || {
        let script = "return performance.getEntriesByType('resource')
            .some(({ name, responseEnd }) => name.includes('outbox') && responseEnd > 0)";
        Ok((browser.eval(script).await? == true).then_some(()))
    })
    .await?;
    browser.set_offline(true).await?;
    survey.rate(9).await?;
    survey.comment("from a tunnel").await?;
    survey.send().await?;
    survey.wait_until("data-state", "sending").await?;
    wait_for("the answer to be on disk", async || {
        let script = "return indexedDB.databases().then((all) => all.length)";
        Ok((browser.eval(script).await? == 1).then_some(()))
    })
    .await?;
    tokio::time::sleep(Duration::from_secs(1)).await; // the last revision is written as well
    browser.kill().await?;
    ensure!(collector.rows().await?.is_empty(), "it was sent although there is no network");

    let browser = Browser::start_in(DESKTOP, profile.path()).await?;
    browser.open(&page.url).await?;
    let row = collector.row_with_comment("from a tunnel").await?;
    ensure!(row.value == 9 && row.complete, "{row:?}");
    ensure!(collector.rows().await?.len() == 1, "more than one row");
    wait_for("nothing to be left on disk", async || {
        let script = "return indexedDB.databases().then((all) => all.length)";
        Ok((browser.eval(script).await? == 0).then_some(()))
    })
    .await
}
