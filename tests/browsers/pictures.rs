//! Pictures of what people see, for people to look at: under `target/pictures`, wide and narrow,
//! light and dark. The README's pictures are copies of these.

use std::time::Duration;

use anyhow::{Result, ensure};
use tests::browser::BrowserConfig;
use tests::{Browser, Collector, wait_for};

#[tokio::test]
async fn pictures_of_every_page_are_made() -> Result<()> {
    let collector = Collector::start().await?;
    for value in [0, 3, 6, 7, 7, 8, 8, 8, 9, 9, 9, 9, 9, 10, 10, 10, 10, 10, 10, 10] {
        collector.answer_nps(value).await?;
    }
    for (look, dark) in [("light", false), ("dark", true)] {
        for (width, size) in [("wide", (1280, 900)), ("narrow", (320, 720))] {
            let browser = Browser::start(BrowserConfig { script: true, dark, size }).await?;
            let name = |page: &str| format!("{page}-{width}-{look}");
            browser.open(&format!("{}/", collector.origin)).await?;
            let survey = browser.survey().await?;
            tokio::time::sleep(Duration::from_secs(1)).await; // until nothing moves
            let page_width = browser.eval("return innerWidth").await?;
            ensure!(page_width == size.0, "the page is {page_width} px wide");
            browser.picture(&name("storefront")).await?;
            survey.rate(9).await?;
            tokio::time::sleep(Duration::from_secs(1)).await; // until nothing moves
            browser.picture(&name("storefront-followup")).await?;
            for page in ["resolved", "return"] {
                browser.open(&format!("{}/{page}/", collector.origin)).await?;
                browser.survey().await?;
                browser.picture(&name(page)).await?;
            }
            browser.open(&format!("{}/s/post-resolution-csat", collector.origin)).await?;
            browser.picture(&name("page")).await?;
            browser.open(&format!("{}/console/#live/post-purchase-nps", collector.origin)).await?;
            wait_for("the score on the console", async || {
                let script = "return document.querySelector('[data-part=value]') !== null";
                Ok((browser.eval(script).await? == true).then_some(()))
            })
            .await?;
            browser.picture(&name("console")).await?;
            // A collector that is too busy for the moment asks to be left alone; nothing is lost.
            browser.expect_quiet_console(&["503"]).await?;
        }
    }
    Ok(())
}
