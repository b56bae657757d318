//! A page that the browser brings back as it was left sends nothing a second time.

use anyhow::{Result, ensure};
use tests::browser::DESKTOP;
use tests::{Browser, Collector, Endpoint, HostPage, wait_for};

#[tokio::test]
async fn a_page_that_comes_back_sends_nothing_twice() -> Result<()> {
    let collector = Collector::start().await?;
    let browser = Browser::start(DESKTOP).await?;
    let endpoint = Endpoint::start(&[]).await?;
    let tag = format!(
        "<script async src=\"{}/candor.js\" data-survey=return-ces data-endpoint=\"{}\"></script>",
        collector.origin, endpoint.url
    );
    let host = HostPage::start(&tag, None).await?;
    browser.open(&host.url).await?;
    let survey = browser.survey().await?;
    survey.wait_until("data-engine", "wasm").await?;
    survey.rate(2).await?;
    survey.send().await?;
    survey.wait_until("data-state", "done").await?;
    let sent = endpoint.received().len();
    browser.open("about:blank").await?;
    browser.driver.back().await?;
    // As it was left, or as new; in neither case is anything sent.
    wait_for("the page", async || {
        let states =
            "return document.querySelectorAll('[data-state=done],[data-state=ready]').length";
        Ok((browser.eval(states).await? == 1).then_some(()))
    })
    .await?;
    let found = endpoint.received().len();
    ensure!(found == sent, "{found} requests instead of {sent}");
    Ok(())
}
