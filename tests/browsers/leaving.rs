//! Closing the page right after Send loses nothing: the answer arrives then, or from the next page.

use anyhow::{Context, Result, ensure};
use tests::browser::DESKTOP;
use tests::{Browser, Collector, HostPage};

/// How long after Send the page is left.
const STAYS_MS: [u32; 3] = [0, 10, 50];

#[tokio::test]
async fn an_answer_arrives_although_the_page_is_left_at_once() -> Result<()> {
    let collector = Collector::start().await?;
    let browser = Browser::start(DESKTOP).await?;
    let tag = format!(
        "<script async src=\"{}/candor.js\" data-survey=\"post-purchase-nps\"></script>",
        collector.origin
    );
    let page = HostPage::start(&tag, None).await?;
    for stay_ms in STAYS_MS {
        let comment = format!("left after {stay_ms} ms");
        browser.open(&page.url).await?;
        let survey = browser.survey().await?;
        survey.rate(3).await?;
        survey.comment(&comment).await?;
        let script = format!(
            "document.querySelector('[data-survey][data-state]').shadowRoot
                .querySelector('button[type=submit]').click();
             setTimeout(() => {{ location.href = '/next'; }}, {stay_ms});"
        );
        browser.eval(&script).await?;
        let row = collector.row_with_comment(&comment).await.context(comment)?;
        ensure!(row.value == 3 && row.complete, "{row:?}");
    }
    ensure!(collector.rows().await?.len() == STAYS_MS.len(), "more or fewer rows than answers");
    Ok(())
}
