//! The widget takes over a survey that is already being answered; the person notices nothing.

use anyhow::{Result, ensure};
use tests::browser::DESKTOP;
use tests::{Browser, Collector, HostPage};

#[tokio::test]
async fn what_was_chosen_and_typed_before_is_still_there() -> Result<()> {
    let collector = Collector::start().await?;
    let tag = format!(
        "<script async src=\"{}/candor.js\" data-survey=\"post-purchase-nps\"></script>\
         <button id=elsewhere>Elsewhere</button>",
        collector.origin
    );
    let page = HostPage::start(&tag, None).await?;
    let browser = Browser::start(DESKTOP).await?;
    browser.open(&page.url).await?;
    let survey = browser.survey().await?;
    survey.rate(9).await?;
    survey.tick("delivery").await?;
    survey.comment("typed early").await?;
    // Leaving the text field lets the widget come in, if it has not yet.
    survey.click("input[name=reason][value=price]").await?;
    survey.wait_until("data-engine", "wasm").await?;
    for (selector, property, wanted) in [
        ("input[name=rating][value='9']", "checked", "true"),
        ("input[name=reason][value=delivery]", "checked", "true"),
        ("input[name=reason][value=price]", "checked", "true"),
        ("textarea[name=comment]", "value", "typed early"),
    ] {
        let held = survey.part(selector).await?.prop(property).await?;
        ensure!(held.as_deref() == Some(wanted), "{selector}: {held:?}");
    }
    survey.send().await?;
    survey.wait_until("data-state", "done").await?;
    let row = collector.row_with_comment("typed early").await?;
    ensure!(row.reasons == r#"["delivery","price"]"#, "{row:?}");
    ensure!(collector.rows().await?.len() == 1, "more than one row");
    browser.expect_quiet_console(&[]).await
}
