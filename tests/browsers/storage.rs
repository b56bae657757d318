//! Storage that is blocked, broken, full or slow keeps no answer from arriving, and nobody on the
//! page hears of it.

use anyhow::{Context, Result, ensure};
use tests::browser::DESKTOP;
use tests::{Browser, Collector, HostPage};

/// What is wrong with the browser's database, as a script that runs before everything else.
const FAULTS: [(&str, &str); 7] = [
    ("throws", "Object.defineProperty(window, 'indexedDB', { get() { throw new Error('no'); } });"),
    ("missing", "Object.defineProperty(window, 'indexedDB', { value: undefined });"),
    (
        "rejects",
        "IDBFactory.prototype.open = () => {
            const request = {};
            setTimeout(() => request.onerror(new Event('error')));
            return request;
        };",
    ),
    ("hangs", "IDBFactory.prototype.open = () => ({});"),
    ("aborts", "IDBObjectStore.prototype.put = function () { this.transaction.abort(); };"),
    (
        "full",
        "IDBObjectStore.prototype.put = () => {
            throw new DOMException('full', 'QuotaExceededError');
        };",
    ),
    (
        "deleted",
        "addEventListener('candor:answered', () => indexedDB.deleteDatabase('candor'));
         addEventListener('candor:completed', () => indexedDB.deleteDatabase('candor'));",
    ),
];

const SURVEYS: [(&str, i64); 3] =
    [("post-purchase-nps", 9), ("post-resolution-csat", 4), ("return-ces", 6)];

/// Keeps what was thrown and not caught.
const WATCH: &str = "
    window.uncaught = [];
    addEventListener('error', (event) => uncaught.push(String(event.message)));
    addEventListener('unhandledrejection', (event) => uncaught.push(String(event.reason)));";

#[tokio::test]
async fn broken_storage_keeps_no_answer_from_arriving() -> Result<()> {
    let collector = Collector::start().await?;
    let browser = Browser::start(DESKTOP).await?;
    for (idx, (fault, script)) in FAULTS.into_iter().enumerate() {
        let (survey, rating) = SURVEYS[idx % SURVEYS.len()];
        answer(&collector, &browser, survey, rating, fault, script)
            .await
            .with_context(|| format!("storage that is {fault}"))?;
    }
    ensure!(collector.rows().await?.len() == FAULTS.len(), "more or fewer rows than answers");
    browser.expect_quiet_console(&[]).await
}

async fn answer(
    collector: &Collector,
    browser: &Browser,
    name: &str,
    rating: i64,
    fault: &str,
    script: &str,
) -> Result<()> {
    let page = HostPage::start(
        &format!(
            "<script>{WATCH}{script}</script>\
             <script async src=\"{}/candor.js\" data-survey=\"{name}\"></script>",
            collector.origin
        ),
        None,
    )
    .await?;
    browser.open(&page.url).await?;
    let survey = browser.survey().await?;
    survey.rate(rating).await?;
    survey.comment(fault).await?;
    survey.send().await?;
    survey.wait_until("data-state", "done").await?;
    let row = collector.row_with_comment(fault).await?;
    ensure!(row.value == rating && row.complete, "{row:?}");
    let uncaught = browser.eval("return uncaught").await?;
    ensure!(uncaught.as_array().is_some_and(Vec::is_empty), "uncaught: {uncaught}");
    Ok(())
}
