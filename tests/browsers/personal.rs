//! Personal details in a comment: taken out before it is sent, and said so beside it.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::browser::DESKTOP;
use tests::{Browser, Collector, Endpoint, HostPage, project_path, wait_for};

const COMMENT: &str = "Late again. Call 555-123-4567 or mail jo@shop.example";

#[tokio::test]
async fn what_nobody_asked_for_does_not_leave_the_page() -> Result<()> {
    let collector = Collector::start().await?;
    let endpoint = Endpoint::start(&[]).await?;
    let tag = format!(
        "<script async src=\"{}/candor.js\" data-survey=post-purchase-nps data-endpoint=\"{}\" \
         data-format=flat></script>",
        collector.origin, endpoint.url
    );
    let page = HostPage::start(&tag, None).await?;
    let browser = Browser::start(DESKTOP).await?;
    browser.open(&page.url).await?;
    let survey = browser.survey().await?;
    survey.rate(3).await?;
    survey.comment(COMMENT).await?;
    wait_for("the note", async || {
        let note = survey.part("[data-part=personal]").await?.text().await?;
        Ok(note.contains("removed before sending").then_some(()))
    })
    .await?;
    browser.picture("personal-note").await?;
    survey.send().await?;
    survey.wait_until("data-state", "done").await?;
    let last = endpoint.received().pop().context("nothing was sent")?;
    ensure!(last.body["comment"] == "Late again. Call [phone] or mail [mail]", "{}", last.body);
    browser.expect_quiet_console(&[]).await
}

#[tokio::test]
async fn the_browser_takes_out_what_the_collector_does() -> Result<()> {
    let collector = Collector::start().await?;
    let page = HostPage::start("", None).await?;
    let browser = Browser::start(DESKTOP).await?;
    browser.open(&page.url).await?;
    let cases = std::fs::read_to_string(project_path("tests/files/personal.json"))?;
    browser
        .eval(&format!(
            "import('{}/personal.js').then((module) => {{
                window.told = {cases}.map(([comment]) => module.withoutPersonalDetails(comment));
            }});",
            collector.origin
        ))
        .await?;
    let told = wait_for("the module", async || {
        let told = browser.eval("return window.told").await?;
        Ok(told.as_array().cloned())
    })
    .await?;
    let cases: Vec<[Value; 2]> = serde_json::from_str(&cases)?;
    ensure!(told.len() == cases.len(), "{} of {} cases", told.len(), cases.len());
    for ([comment, kept], told) in cases.iter().zip(&told) {
        ensure!(told == kept, "{comment} became {told}, not {kept}");
    }
    Ok(())
}
