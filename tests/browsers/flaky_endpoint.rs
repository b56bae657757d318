//! An endpoint of somebody else's that fails twice and then works.

use anyhow::{Result, ensure};
use tests::browser::DESKTOP;
use tests::endpoint::Received;
use tests::{Browser, Collector, Endpoint, HostPage};

/// Answers a survey whose endpoint fails twice, and returns what the endpoint received with
/// `complete` true.
async fn answer(engine: &str, format: &str) -> Result<Vec<Received>> {
    let collector = Collector::start().await?;
    let origin = &collector.origin;
    let endpoint = Endpoint::start(&[500, 500]).await?;
    let tag = format!(
        "<script async src=\"{origin}/candor.js\" data-survey=\"post-purchase-nps\" \
         data-endpoint=\"{}\" data-format=\"{format}\" data-context-order=\"A-7\"></script>",
        endpoint.url
    );
    let policy = (engine == "html").then(|| format!("script-src {origin}"));
    let page = HostPage::start(&tag, policy.as_deref()).await?;
    let browser = Browser::start(DESKTOP).await?;
    browser.open(&page.url).await?;
    let survey = browser.survey().await?;
    if engine == "wasm" {
        survey.wait_until("data-engine", "wasm").await?;
    }
    survey.rate(9).await?;
    survey.tick("quality").await?;
    survey.comment("third time lucky").await?;
    survey.send().await?;
    survey.wait_until("data-state", "done").await?;
    ensure!(survey.attribute("data-engine").await?.as_deref() == Some(engine), "other engine");
    browser.expect_quiet_console(&["500", "Content Security Policy"]).await?;
    Ok(endpoint.received())
}

/// Every revision was sent with one body only, however often.
fn check_revisions(received: &[Received], revision: impl Fn(&Received) -> u64) -> Result<()> {
    for a in received {
        for b in received.iter().filter(|b| revision(b) == revision(a)) {
            ensure!(a.body == b.body, "one revision with two bodies: {a:?} {b:?}");
        }
    }
    let failures = received.iter().filter(|request| request.status == 500).count();
    ensure!(failures == 2, "{failures} failures were met: {received:#?}");
    Ok(())
}

#[tokio::test]
async fn two_failures_are_overcome_by_the_plain_form() -> Result<()> {
    let received = answer("html", "cloudevents").await?;
    check_revisions(&received, |request| request.body["data"]["revision"].as_u64().unwrap_or(0))?;
    let last = &received.last().expect("something was received").body;
    ensure!(last["data"]["complete"] == true, "{last}");
    ensure!(last["data"]["comment"] == "third time lucky", "{last}");
    Ok(())
}

#[tokio::test]
async fn two_failures_are_overcome_by_the_widget() -> Result<()> {
    let received = answer("wasm", "cloudevents").await?;
    check_revisions(&received, |request| request.body["data"]["revision"].as_u64().unwrap_or(0))?;
    let last = received.last().expect("something was received");
    ensure!(last.media_type.starts_with("application/cloudevents+json"), "{last:?}");
    ensure!(last.body["specversion"] == "1.0", "{last:?}");
    ensure!(last.body["data"]["reasons"][0] == "quality", "{last:?}");
    ensure!(last.body["data"]["context"]["order"] == "A-7", "{last:?}");
    Ok(())
}

#[tokio::test]
async fn a_generic_webhook_gets_one_flat_object() -> Result<()> {
    for engine in ["html", "wasm"] {
        let received = answer(engine, "flat").await?;
        let last = received.last().expect("something was received");
        ensure!(last.media_type.starts_with("application/json"), "{last:?}");
        let flat = last.body.as_object().expect("an object");
        ensure!(flat.values().all(|value| !value.is_object() && !value.is_array()), "{flat:?}");
        ensure!(flat["score"] == 9 && flat["context_order"] == "A-7", "{flat:?}");
        ensure!(flat["reasons"] == "quality", "{flat:?}");
    }
    Ok(())
}
