//! How every question looks, light and dark, from left to right and from right to left: compared with
//! the pictures in `tests/pictures/gallery/`, which people have looked at.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::browser::{BrowserConfig, DESKTOP};
use tests::{Browser, Collector, project_path, wait_for};
use thirtyfour::prelude::*;

/// How many surveys the gallery shows.
const N_SURVEYS: usize = 11;

/// A pixel differs when one of its colours does by more than this, of 255: less is the smoothing of
/// edges, which no two machines do alike.
const COLOUR_DIFFERENCE_MAX: u8 = 48;
/// So many of the pixels may differ.
const DIFFERENT_SHARE_MAX: f64 = 0.01;

const PAGE: BrowserConfig = BrowserConfig { size: (460, 900), ..DESKTOP };

/// The share of the pixels of two pictures that differ; 1 when one is larger.
const DIFFERENCE: &str = "
    const bitmap = (bytes) => createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
    return (async () => {
        const both = await Promise.all([bitmap(arguments[0]), bitmap(arguments[1])]);
        const [{ width, height }, other] = both;
        if (other.width !== width || other.height !== height) return 1;
        const [a, b] = both.map((picture) => {
            const context = new OffscreenCanvas(width, height).getContext('2d');
            context.drawImage(picture, 0, 0);
            return context.getImageData(0, 0, width, height).data;
        });
        let different = 0;
        for (let at = 0; at < a.length; at += 4) {
            const by = Math.max(...[0, 1, 2].map((of) => Math.abs(a[at + of] - b[at + of])));
            if (by > arguments[2]) different += 1;
        }
        return different / (width * height);
    })();";

async fn difference(browser: &Browser, a: &[u8], b: &[u8]) -> Result<f64> {
    let arguments = vec![Value::from(a), Value::from(b), Value::from(COLOUR_DIFFERENCE_MAX)];
    let told = browser.driver.execute(DIFFERENCE, arguments).await?;
    told.json().as_f64().context("the pictures cannot be compared")
}

#[tokio::test]
async fn every_question_looks_as_it_did() -> Result<()> {
    let collector = Collector::start().await?;
    let browser = Browser::start(PAGE).await?;
    let mut wrong = Vec::new();
    for theme in ["light", "dark"] {
        for locale in ["en", "ar"] {
            let address = format!("{}/gallery/?theme={theme}&locale={locale}", collector.origin);
            browser.open(&address).await?;
            let surveys = wait_for("every survey", async || {
                let drawn = By::Css("candor-survey[data-state=ready][data-engine=wasm]");
                let surveys = browser.driver.find_all(drawn).await?;
                Ok((surveys.len() == N_SURVEYS).then_some(surveys))
            })
            .await?;
            for survey in surveys {
                let name = survey.attr("data-survey").await?.context("a survey without a name")?;
                let name = format!("{name}-{theme}-{locale}.png");
                survey.scroll_into_view().await?;
                let picture = survey.screenshot_as_png().await?;
                let kept = std::fs::read(project_path("tests/pictures/gallery").join(&name));
                let by = match kept {
                    Ok(kept) => difference(&browser, &kept, &picture).await?,
                    Err(_) => 1.0,
                };
                if by > DIFFERENT_SHARE_MAX {
                    let folder = project_path("target/pictures/gallery");
                    std::fs::create_dir_all(&folder)?;
                    std::fs::write(folder.join(&name), picture)?;
                    wrong.push(format!("{name} by {:.1} % of its pixels", by * 100.0));
                }
            }
        }
    }
    ensure!(
        wrong.is_empty(),
        "these look otherwise; look at target/pictures/gallery, and copy to tests/pictures/gallery \
         what is right:\n{}",
        wrong.join("\n")
    );
    browser.expect_quiet_console(&[]).await
}
