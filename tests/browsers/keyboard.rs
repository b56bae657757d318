//! The whole survey by keyboard alone: one stop for the scale, nothing sent by choosing, nothing
//! taken from the page around it.

use anyhow::{Context, Result, ensure};
use tests::browser::DESKTOP;
use tests::{Browser, Collector, HostPage, wait_for};
use thirtyfour::prelude::*;

/// What has the focus: inside the survey its name and value, outside its id or kind.
const FOCUSED: &str = "
    let at = document.activeElement;
    if (!at.shadowRoot) return at.id || at.localName;
    at = at.shadowRoot.activeElement;
    return (at.name || at.dataset.part || at.type) + (at.name && at.value ? ' ' + at.value : '');";

/// How the part that has the focus is marked: the width of its outline or of its label's, in
/// pixels.
const RING: &str = "
    const at = document.activeElement.shadowRoot.activeElement;
    const widths = [at, at.closest('label'), at.nextElementSibling].map((part) =>
        part && getComputedStyle(part).outlineStyle !== 'none' ? parseFloat(getComputedStyle(part).outlineWidth) : 0);
    return Math.max(...widths);";

async fn press(browser: &Browser, keys: &str) -> Result<()> {
    Ok(browser.driver.action_chain().send_keys(keys).perform().await?)
}

async fn expect_focus(browser: &Browser, wanted: &str) -> Result<()> {
    let focused = browser.eval(FOCUSED).await?;
    ensure!(focused == wanted, "the focus is on {focused}, not on {wanted}");
    Ok(())
}

async fn expect_ring(browser: &Browser) -> Result<()> {
    let width_px = browser.eval(RING).await?;
    ensure!(width_px.as_f64().is_some_and(|width| width >= 2.0), "the ring is {width_px} px wide");
    Ok(())
}

fn key(key: &Key) -> String {
    char::from(key.clone()).to_string()
}

#[tokio::test]
async fn a_popover_is_answered_without_a_mouse() -> Result<()> {
    let collector = Collector::start().await?;
    let body = format!(
        "<button id=buy>Buy</button>\
         <script async src=\"{}/candor.js\" data-survey=post-purchase-nps></script>",
        collector.origin
    );
    let page = HostPage::start(&body, None).await?;
    let browser = Browser::start(DESKTOP).await?;
    browser.open(&page.url).await?;
    let survey = browser.survey().await?;
    survey.wait_until("data-engine", "wasm").await?;
    let (tab, right, enter) = (key(&Key::Tab), key(&Key::Right), key(&Key::Enter));

    // Showing takes nothing from the page, and neither does Escape.
    expect_focus(&browser, "body").await?;
    press(&browser, &tab).await?;
    expect_focus(&browser, "buy").await?;
    press(&browser, &key(&Key::Escape)).await?;
    ensure!(survey.is_shown("legend").await?, "Escape on the page closed the survey");

    press(&browser, &tab).await?;
    expect_focus(&browser, "close").await?;
    expect_ring(&browser).await?;
    press(&browser, &tab).await?;
    expect_focus(&browser, "rating 0").await?;
    press(&browser, &right.repeat(3)).await?;
    expect_focus(&browser, "rating 3").await?;
    expect_ring(&browser).await?;
    ensure!(collector.rows().await?.is_empty(), "a step on the scale was sent");
    survey.wait_until_shown("[data-part=followup]").await?;

    // One stop for the scale, however many points it has.
    press(&browser, &tab).await?;
    let first = browser.eval(FOCUSED).await?;
    let first = first.as_str().and_then(|name| name.strip_prefix("reason ")).context("a reason")?;
    expect_ring(&browser).await?;
    press(&browser, " ").await?;
    let ticked = survey.part(&format!("input[name=reason][value={first}]")).await?;
    ensure!(ticked.is_selected().await?, "{first} is not ticked");
    for _ in 0..20 {
        press(&browser, &tab).await?;
        if browser.eval(FOCUSED).await? == "comment" {
            break;
        }
    }
    expect_focus(&browser, "comment").await?;
    expect_ring(&browser).await?;
    press(&browser, "by keys").await?;
    press(&browser, &tab).await?;
    expect_focus(&browser, "submit").await?;
    expect_ring(&browser).await?;
    press(&browser, &enter).await?;
    survey.wait_until("data-state", "done").await?;
    wait_for("the focus on the thanks", async || expect_focus(&browser, "thanks").await.map(Some))
        .await?;
    let row = collector.row_with_comment("by keys").await?;
    ensure!(row.value == 3 && row.reasons == format!("[\"{first}\"]"), "{row:?}");
    browser.expect_quiet_console(&[]).await
}

#[tokio::test]
async fn a_modal_keeps_the_focus_and_gives_it_back() -> Result<()> {
    let collector = Collector::start().await?;
    let body = format!(
        "<button id=buy>Buy</button>\
         <script async src=\"{}/candor.js\" data-survey=return-ces data-display=modal \
          data-trigger=\"click:#buy\"></script>",
        collector.origin
    );
    let page = HostPage::start(&body, None).await?;
    let browser = Browser::start(DESKTOP).await?;
    browser.open(&page.url).await?;
    let tab = key(&Key::Tab);
    wait_for("the script", async || {
        Ok((browser.eval("return !!window.candor?.version").await? == true).then_some(()))
    })
    .await?;
    press(&browser, &tab).await?;
    expect_focus(&browser, "buy").await?;
    press(&browser, &key(&Key::Enter)).await?;
    let survey = browser.survey().await?;
    survey.wait_until_shown("legend").await?;
    for _ in 0..12 {
        press(&browser, &tab).await?;
        let focused = browser.eval(FOCUSED).await?;
        ensure!(focused != "buy", "the focus left the modal");
    }
    press(&browser, &key(&Key::Escape)).await?;
    wait_for("the focus on the page", async || expect_focus(&browser, "buy").await.map(Some))
        .await?;
    ensure!(!survey.is_shown("legend").await?, "Escape did not close it");
    browser.expect_quiet_console(&[]).await
}
