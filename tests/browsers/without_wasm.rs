//! A page whose policy forbids WebAssembly: the survey works all the same.

use anyhow::{Result, ensure};
use tests::browser::DESKTOP;
use tests::{Browser, Collector, HostPage};

#[tokio::test]
async fn a_policy_without_webassembly_costs_no_answer() -> Result<()> {
    let collector = Collector::start().await?;
    let origin = &collector.origin;
    let tag = format!(
        "<script async src=\"{origin}/candor.js\" data-survey=\"post-purchase-nps\"></script>"
    );
    let policy =
        format!("default-src 'none'; img-src data:; script-src {origin}; connect-src {origin}");
    let page = HostPage::start(&tag, Some(&policy)).await?;
    let browser = Browser::start(DESKTOP).await?;
    browser.open(&page.url).await?;
    let survey = browser.survey().await?;
    survey.rate(3).await?;
    survey.wait_until_shown("[data-part=followup]").await?;
    survey.tick("website").await?;
    survey.comment("no wasm here").await?;
    survey.send().await?;
    survey.wait_until("data-state", "done").await?;
    ensure!(survey.attribute("data-engine").await?.as_deref() == Some("html"), "wasm took over");
    let row = collector.row_with_comment("no wasm here").await?;
    ensure!(row.value == 3 && row.reasons == r#"["website"]"#, "{row:?}");
    // The browser itself reports what the page's policy forbids; nothing else may be there.
    browser.expect_quiet_console(&["Content Security Policy"]).await
}
