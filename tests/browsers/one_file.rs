//! The survey whose tag names it and its language in the address: one request until it can be
//! answered, and everything else as with the usual tag.

use anyhow::{Result, ensure};
use tests::browser::DESKTOP;
use tests::{Browser, Collector, HostPage};

#[tokio::test]
async fn one_request_shows_the_survey() -> Result<()> {
    let collector = Collector::start().await?;
    let origin = &collector.origin;
    let tag = format!("<script async src=\"{origin}/e/post-purchase-nps/de.js\"></script>");
    let policy = format!("script-src {origin}");
    let page = HostPage::start(&tag, Some(&policy)).await?;
    let browser = Browser::start(DESKTOP).await?;
    browser.requests().await?;
    browser.open(&page.url).await?;
    let survey = browser.survey().await?;
    let legend = survey.part("legend").await?.text().await?;
    ensure!(legend.contains("empfehlen"), "it asks {legend}");
    survey.rate(8).await?;
    survey.wait_until_shown("[data-part=followup]").await?;
    // What is fetched when the page is idle comes from elsewhere in the folder.
    let early: Vec<String> = browser
        .requests()
        .await?
        .into_iter()
        .filter(|url| ["/e/", "candor", "answer"].iter().any(|part| url.contains(part)))
        .filter(|url| !url.ends_with(".json"))
        .collect();
    ensure!(early == [format!("{origin}/e/post-purchase-nps/de.js")], "{early:?}");
    survey.comment("one file").await?;
    survey.send().await?;
    survey.wait_until("data-state", "done").await?;
    ensure!(collector.row_with_comment("one file").await?.value == 8, "another rating");
    Ok(())
}

#[tokio::test]
async fn the_widget_takes_over_from_one_file_too() -> Result<()> {
    let collector = Collector::start().await?;
    let tag = format!(
        "<script async src=\"{}/e/return-ces/en.js\" data-display=inline></script>",
        collector.origin
    );
    let page = HostPage::start(&tag, None).await?;
    let browser = Browser::start(DESKTOP).await?;
    browser.open(&page.url).await?;
    let survey = browser.survey().await?;
    survey.wait_until("data-engine", "wasm").await?;
    survey.rate(6).await?;
    survey.comment("taken over").await?;
    survey.send().await?;
    survey.wait_until("data-state", "done").await?;
    ensure!(collector.row_with_comment("taken over").await?.value == 6, "another rating");
    browser.expect_quiet_console(&[]).await
}
