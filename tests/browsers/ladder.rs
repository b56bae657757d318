//! Where not even the prerendered survey may be fetched: the hosted page in a frame, and where frames
//! are forbidden a link to it. Where there is no such survey, nothing.

use anyhow::{Context, Result, ensure};
use tests::browser::DESKTOP;
use tests::{Browser, Collector, HostPage, wait_for};
use thirtyfour::prelude::*;

fn tag(collector: &Collector, survey: &str) -> String {
    let origin = &collector.origin;
    format!("<script async src=\"{origin}/candor.js\" data-survey={survey}></script>")
}

async fn why(browser: &Browser, wanted: &str) -> Result<()> {
    wait_for(wanted, async || {
        let told = browser.eval("return window.candor?.why()").await?;
        Ok(told.as_str().is_some_and(|told| told.ends_with(wanted)).then_some(()))
    })
    .await
}

#[tokio::test]
async fn a_page_that_forbids_requests_gets_a_frame_or_a_link() -> Result<()> {
    let collector = Collector::start().await?;
    let origin = &collector.origin;
    let browser = Browser::start(DESKTOP).await?;

    let policy = format!("script-src {origin}; connect-src 'none'");
    let page = HostPage::start(&tag(&collector, "post-purchase-nps"), Some(&policy)).await?;
    browser.open(&page.url).await?;
    why(&browser, "shown in a frame").await?;
    let survey = browser.survey().await?;
    survey.part("iframe").await?.enter_frame().await?;
    let answer = async |selector: &str| -> Result<()> {
        wait_for(selector, async || {
            Ok(Some(browser.driver.find(By::Css(selector)).await?.click().await?))
        })
        .await
    };
    answer("label:has(input[name=rating][value='9'])").await?;
    answer("button[type=submit]:not([name])").await?;
    wait_for("a row", async || Ok((collector.rows().await?.len() == 1).then_some(()))).await?;
    ensure!(collector.rows().await?[0].value == 9, "another rating");
    browser.driver.enter_default_frame().await?;

    let policy = format!("script-src {origin}; connect-src 'none'; frame-src 'none'");
    let page = HostPage::start(&tag(&collector, "post-purchase-nps"), Some(&policy)).await?;
    browser.open(&page.url).await?;
    why(&browser, "shown as a link").await?;
    let link = browser.survey().await?.part("a").await?;
    let url = link.prop("href").await?.context("the link leads nowhere")?;
    ensure!(url == format!("{origin}/s/post-purchase-nps?lang=en"), "{url}");
    Ok(())
}

#[tokio::test]
async fn a_survey_that_does_not_exist_shows_nothing_and_says_why() -> Result<()> {
    let collector = Collector::start().await?;
    let browser = Browser::start(DESKTOP).await?;
    let page = HostPage::start(&tag(&collector, "no-such-survey"), None).await?;
    browser.open(&page.url).await?;
    why(&browser, "there is no such survey").await?;
    let parts =
        browser.eval("return document.querySelector('[data-state=failed]').offsetHeight").await?;
    ensure!(parts == 0, "{parts} px of nothing are shown");
    Ok(())
}
