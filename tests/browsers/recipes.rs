//! The recipes that can be tried without a shop: each page shows its survey when it says it does.

use anyhow::{Context, Result, ensure};
use tests::browser::DESKTOP;
use tests::{Browser, Collector, wait_for};
use thirtyfour::prelude::*;

async fn why(browser: &Browser, wanted: &str) -> Result<()> {
    wait_for(wanted, async || {
        let told = browser.eval("return window.candor?.why?.('post-purchase-nps')").await?;
        let why = told.as_str().context("no reason yet")?;
        Ok(why.ends_with(wanted).then_some(()))
    })
    .await
}

#[tokio::test]
async fn every_recipe_shows_its_survey() -> Result<()> {
    let collector = Collector::start().await?;
    let browser = Browser::start(DESKTOP).await?;
    let open = async |name: &str| {
        browser.open(&format!("{}/recipes/{name}", collector.origin)).await?;
        browser.picture(&format!("recipe-{name}")).await
    };
    let click = async |selector: &str| -> Result<()> {
        Ok(browser.driver.find(By::Css(selector)).await?.click().await?)
    };

    open("").await?;
    let links = browser.driver.find_all(By::Css("main a[href^='/recipes/']")).await?;
    ensure!(links.len() == 3, "{} recipes can be tried", links.len());

    open("plain.html").await?;
    why(&browser, ": shown").await?;
    let both = "return document.querySelectorAll('[data-state=ready]').length";
    wait_for("both surveys", async || Ok((browser.eval(both).await? == 2).then_some(()))).await?;

    open("tag-manager.html").await?;
    why(&browser, ": waiting for data-layer:purchase").await?;
    click("#purchase").await?;
    why(&browser, ": shown").await?;

    open("single-page.html").await?;
    why(&browser, ": not on this page").await?;
    click("nav a[href$=thanks]").await?;
    why(&browser, ": shown").await?;
    click("nav a[href$=basket]").await?;
    why(&browser, ": not on this page").await?;
    ensure!(!browser.survey().await?.is_shown("legend").await?, "it stayed");
    click("nav a[href$=thanks]").await?;
    why(&browser, ": shown").await?;

    ensure!(collector.rows().await?.is_empty(), "a recipe stored an answer");
    browser.expect_quiet_console(&[]).await
}
