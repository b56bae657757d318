//! What the eye and the finger need on the narrowest phone, in every language, light and dark:
//! nothing outside the page, nothing cut off, targets large enough, text that stands out.

use anyhow::{Result, ensure};
use serde_json::Value;
use tests::browser::{BrowserConfig, DESKTOP};
use tests::{Browser, Collector, HostPage};

const PHONE: BrowserConfig = BrowserConfig { size: (320, 720), ..DESKTOP };
const SURVEYS: [&str; 3] = ["post-purchase-nps", "post-resolution-csat", "return-ces"];

/// Languages whose words are long or whose script is tall.
const WIDEST: [&str; 3] = ["ar", "de", "th"];

/// Every fault of the form in `root`, as a list of texts. A target is at least 24 by 24 pixels; text
/// has a contrast of at least 4.5 to what is behind it (3 from 24 px on), see WCAG 2.2.
const FAULTS: &str = "
    const faults = [];
    for (const animation of root.getAnimations()) animation.finish();
    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide > 0) faults.push(`the page is ${wide} px too wide`);
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const paint = (colours) => {
        canvas.fillStyle = '#fff';
        for (const colour of ['#fff', ...colours]) {
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
        }
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const luminance = (rgb) => {
        const [r, g, b] = rgb.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a, b) => {
        const [low, high] = [luminance(a), luminance(b)].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
    };
    /* Native inputs lie over what is seen of them, so what is behind a text is asked of its parents. */
    const behind = (part) => {
        const colours = [];
        for (let at = part; at; at = at.parentElement ?? at.getRootNode().host) {
            const input = at.localName === 'label' && at.querySelector('input');
            if (input) colours.unshift(getComputedStyle(input).backgroundColor);
            colours.unshift(getComputedStyle(at).backgroundColor);
        }
        return colours;
    };
    const seen = (part) => part.checkVisibility({ visibilityProperty: true }) && part.getClientRects().length > 0;
    for (const part of root.querySelectorAll('input,button,textarea,a')) {
        if (!seen(part)) continue;
        const { width, height, left, right } = (part.closest('label') ?? part).getBoundingClientRect();
        const name = `${part.name || part.localName} ${part.value}`;
        if (width < 24 || height < 24) faults.push(`${name} is ${width} by ${height} px`);
        if (left < 0 || right > innerWidth) faults.push(`${name} is outside the page`);
    }
    for (const part of root.querySelectorAll('legend,label,span,p,button,a')) {
        const text = [...part.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join('');
        if (!text || !seen(part)) continue;
        const style = getComputedStyle(part);
        const { left, right } = part.getBoundingClientRect();
        if (left < -1 || right > innerWidth + 1) faults.push(`\"${text}\" is outside the page`);
        if (part.scrollWidth > part.clientWidth + 1 && style.display !== 'inline') faults.push(`\"${text}\" is cut off`);
        const back = behind(part);
        const ratio = contrast(paint(back), paint([...back, style.color]));
        const needed = parseFloat(style.fontSize) >= 24 ? 3 : 4.5;
        if (ratio < needed) faults.push(`\"${text}\" has a contrast of ${ratio.toFixed(2)}`);
    }
    return faults;";

async fn faults(browser: &Browser, root: &str) -> Result<Vec<Value>> {
    let faults = browser.eval(&format!("const root = {root};{FAULTS}")).await?;
    Ok(faults.as_array().cloned().unwrap_or_else(|| vec![Value::from("nothing was told")]))
}

async fn languages(collector: &Collector) -> Result<Vec<String>> {
    let survey: Value =
        serde_json::from_str(&collector.get("/v1/surveys/post-purchase-nps").await?.1)?;
    Ok(survey["texts"].as_object().into_iter().flatten().map(|(tag, _)| tag.clone()).collect())
}

#[tokio::test]
#[ignore = "not seen to pass yet: run it by its name"]
async fn a_page_behind_a_link_fits_the_narrowest_phone_in_every_language() -> Result<()> {
    let collector = Collector::start().await?;
    let tags = languages(&collector).await?;
    ensure!(tags.len() == 20, "{} languages", tags.len());
    let browser = Browser::start(PHONE).await?;
    let mut wrong = Vec::new();
    for (survey_idx, survey) in SURVEYS.into_iter().enumerate() {
        for (tag_idx, tag) in tags.iter().enumerate() {
            // A page takes a second or two: each language with one survey, the widest with all.
            if tag_idx % SURVEYS.len() != survey_idx && !WIDEST.contains(&tag.as_str()) {
                continue;
            }
            browser.open(&format!("{}/s/{survey}?lang={tag}", collector.origin)).await?;
            browser.eval("document.querySelector('[name=rating]').click()").await?;
            let found = faults(&browser, "document").await?;
            if !found.is_empty() {
                wrong.push(format!("{survey} {tag}: {found:?}"));
            }
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

#[tokio::test]
#[ignore = "not seen to pass yet: run it by its name"]
async fn a_popover_fits_the_narrowest_phone_before_and_after_the_widget() -> Result<()> {
    let collector = Collector::start().await?;
    let mut wrong = Vec::new();
    for dark in [false, true] {
        let browser = Browser::start(BrowserConfig { dark, ..PHONE }).await?;
        for survey in SURVEYS {
            // Colours are the same in every language.
            for tag in if dark { &["en"][..] } else { &["en", "ar", "th"] } {
                let body = format!(
                    "<script async src=\"{}/candor.js\" data-survey={survey} data-locale={tag}></script>",
                    collector.origin
                );
                let page = HostPage::start(&body, None).await?;
                browser.open(&page.url).await?;
                let form = browser.survey().await?;
                form.wait_until("data-engine", "wasm").await?;
                browser.picture(&format!("phone-{survey}-{tag}-{dark}")).await?;
                form.click("input[name=rating]").await?;
                form.wait_until_shown("[data-part=followup]").await?;
                let root = "document.querySelector('[data-survey][data-state]').shadowRoot";
                let found = faults(&browser, root).await?;
                if !found.is_empty() {
                    wrong.push(format!("{survey} {tag} dark {dark}: {found:?}"));
                }
            }
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

#[tokio::test]
#[ignore = "not seen to pass yet: run it by its name"]
async fn a_shops_own_accent_can_be_read_whatever_it_is() -> Result<()> {
    let collector = Collector::start().await?;
    let mut wrong = Vec::new();
    for dark in [false, true] {
        let browser = Browser::start(BrowserConfig { dark, ..PHONE }).await?;
        for accent in ["#ffe14d", "#808080", "#00b8d9", "#ff5630", "#0a0a3c", "#f8f8f8"] {
            let body = format!(
                "<style>:root {{ --candor-accent: {accent} }}</style>\
                 <script async src=\"{}/candor.js\" data-survey=return-ces></script>",
                collector.origin
            );
            let page = HostPage::start(&body, None).await?;
            browser.open(&page.url).await?;
            let form = browser.survey().await?;
            form.click("input[name=rating]").await?;
            form.wait_until_shown("[data-part=followup]").await?;
            let root = "document.querySelector('[data-survey][data-state]').shadowRoot";
            let found = faults(&browser, root).await?;
            if !found.is_empty() {
                wrong.push(format!("{accent} dark {dark}: {found:?}"));
            }
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}
