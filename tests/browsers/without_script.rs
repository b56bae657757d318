//! The page behind a link with scripts switched off in the browser.

use anyhow::{Result, ensure};
use tests::browser::{BrowserConfig, DESKTOP};
use tests::{Browser, Collector, wait_for};
use thirtyfour::prelude::*;

const NO_SCRIPT: BrowserConfig = BrowserConfig { script: false, ..DESKTOP };

#[tokio::test]
async fn the_page_behind_a_link_works_without_script() -> Result<()> {
    let collector = Collector::start().await?;
    let browser = Browser::start(NO_SCRIPT).await?;
    browser.open(&format!("{}/s/post-resolution-csat?lang=en", collector.origin)).await?;
    let driver = &browser.driver;
    let followup = driver.find(By::Css("[data-part=followup]")).await?;
    ensure!(!followup.is_displayed().await?, "the follow-up comes too early");
    driver.find(By::XPath("//input[@name='rating'][@value='2']/..")).await?.click().await?;
    wait_for("the follow-up", async || Ok(followup.is_displayed().await?.then_some(()))).await?;
    driver.find(By::Css("textarea[name=comment]")).await?.send_keys("no script here").await?;
    driver.find(By::Css("button[type=submit]")).await?.click().await?;
    let row = collector.row_with_comment("no script here").await?;
    ensure!(row.value == 2 && row.complete, "{row:?}");
    let thanks = driver.find(By::Css("[data-part=thanks]")).await?;
    ensure!(thanks.is_displayed().await?, "no thanks are shown");
    browser.picture("page-done").await
}

#[tokio::test]
async fn send_without_a_rating_says_what_is_missing_and_keeps_nothing() -> Result<()> {
    let collector = Collector::start().await?;
    let browser = Browser::start(NO_SCRIPT).await?;
    let (status, body) = collector
        .request("POST", "/s/return-ces", "application/x-www-form-urlencoded", "comment=hello")
        .await?;
    ensure!(status == 422, "{status}");
    ensure!(body.contains("hello") && body.contains("role=\"status\""), "{body}");
    ensure!(collector.rows().await?.is_empty(), "something was stored");
    browser.open(&format!("{}/s/return-ces", collector.origin)).await?;
    ensure!(collector.rows().await?.is_empty(), "looking at the page stored something");
    Ok(())
}
