//! From the script tag on the storefront to the live score in another window.

use anyhow::{Result, ensure};
use serde_json::Value;
use tests::browser::DESKTOP;
use tests::{Browser, Collector, wait_for};

/// Number of answers shown on the console's page.
async fn shown_n(browser: &Browser) -> Result<Option<String>> {
    let script = "return document.querySelector('[data-part=live] [data-part=n]')?.textContent";
    Ok(browser.eval(script).await?.as_str().map(str::to_owned))
}

#[tokio::test]
async fn an_answer_on_the_storefront_moves_the_live_score_in_another_window() -> Result<()> {
    let collector = Collector::start().await?;
    for value in [0, 6, 7, 8, 8, 9, 9, 9, 10, 10] {
        collector.answer_nps(value).await?;
    }
    let browser = Browser::start(DESKTOP).await?;
    browser.open(&format!("{}/console/#live/post-purchase-nps", collector.origin)).await?;
    wait_for("ten answers on the console", async || {
        Ok(shown_n(&browser).await?.filter(|n| n.starts_with("10 ")))
    })
    .await?;
    let console = browser.driver.window().await?;
    let storefront = browser.driver.new_tab().await?;
    browser.driver.switch_to_window(storefront).await?;
    browser.open(&format!("{}/", collector.origin)).await?;

    let survey = browser.survey().await?;
    survey.wait_until("data-engine", "wasm").await?;
    ensure!(!survey.is_shown("[data-part=followup]").await?, "the follow-up comes too early");
    survey.rate(9).await?;
    survey.wait_until_shown("[data-part=followup]").await?;
    survey.tick("delivery").await?;
    survey.comment("Well packed — 包装很好").await?;
    survey.send().await?;
    survey.wait_until("data-state", "done").await?;
    survey.wait_until_shown("[data-part=thanks]").await?;

    let row = collector.row_with_comment("Well packed — 包装很好").await?;
    ensure!(row.value == 9 && row.complete, "{row:?}");
    ensure!(row.reasons == r#"["delivery"]"#, "{row:?}");
    let context: Value = serde_json::from_str(&row.context)?;
    ensure!(context["order"] == "A-1001", "{row:?}");
    let rows = collector.rows().await?;
    ensure!(rows.len() == 11, "one person's answer is {} rows", rows.len() - 10);

    browser.expect_quiet_console(&[]).await?;
    browser.driver.switch_to_window(console).await?;
    wait_for("eleven answers on the console", async || {
        Ok(shown_n(&browser).await?.filter(|n| n.starts_with("11 ")))
    })
    .await?;
    let shown = browser
        .eval("return document.querySelector('[data-part=live] [data-part=value]').textContent")
        .await?;
    let scores = collector.scores("post-purchase-nps").await?;
    let value = scores["value"].as_f64().map(|value| format!("{value:.0}"));
    ensure!(shown.as_str().map(str::to_owned) == value, "{shown} is not {value:?}");
    ensure!(scores["n"] == 11 && scores["low"].is_f64() && scores["high"].is_f64(), "{scores}");
    browser.expect_quiet_console(&[]).await
}
