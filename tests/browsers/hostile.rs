//! Pages that spoil what they share with the survey: it looks and works as on any other page, and
//! the page hears and feels nothing of it.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::browser::DESKTOP;
use tests::host_page::HEAD;
use tests::{Browser, Collector, HostPage, wait_for};

/// A page: what stands before the tag, and its policy, in which `{origin}` is the collector's.
struct Host {
    name: &'static str,
    before: &'static str,
    policy: Option<&'static str>,
    engine: &'static str,
}

const fn page(name: &'static str, before: &'static str) -> Host {
    Host { name, before, policy: None, engine: "wasm" }
}

const HOSTS: [Host; 16] = [
    page("plain", ""),
    page("everything unset", "<style>* { all: unset } *::before, *::after { all: unset }</style>"),
    page(
        "everything reset by force",
        "<style>* { margin: 9px !important; padding: 9px !important; font: 30px/3 serif !important;
            color: red !important; display: block !important; width: 40px !important;
            letter-spacing: 5px !important; text-transform: uppercase !important }</style>",
    ),
    page("a root of 62.5 %", "<style>html { font-size: 62.5% } body { line-height: 3 }</style>"),
    page("a root of 30 px", "<style>html { font-size: 30px; word-spacing: 9px }</style>"),
    page(
        "prototypes that are frozen",
        "<script>for (const it of [Object, Array, String, Function, Promise, Map, Set, Error, RegExp])
            Object.freeze(it.prototype);</script>",
    ),
    page(
        "objects that hold more than they should",
        "<script>Object.prototype.extra = 'x'; Array.prototype.extra = () => {};
            Object.prototype.method = 'PUT'; Object.prototype.mode = 'same-origin';
            Object.prototype.body = 'x'; Object.prototype.capture = true;</script>",
    ),
    page(
        "lists and texts that write themselves as JSON",
        "<script>Array.prototype.toJSON = () => 'broken'; String.prototype.toJSON = () => 'broken';
            Object.prototype.toJSON = () => 'broken';</script>",
    ),
    page("a base elsewhere", "<base href='https://elsewhere.example/deep/'>"),
    page("the tag twice", "{tag}"),
    page("text from right to left", "<script>document.documentElement.dir = 'rtl'</script>"),
    Host {
        name: "a policy without WebAssembly",
        before: "",
        policy: Some(
            "default-src 'none'; script-src 'unsafe-inline' {origin}; connect-src {origin};
             img-src data:",
        ),
        engine: "html",
    },
    Host {
        name: "a policy with WebAssembly",
        before: "",
        policy: Some(
            "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' {origin};
             connect-src {origin}; img-src data:; style-src 'self'",
        ),
        engine: "wasm",
    },
    Host {
        name: "trusted types",
        before: "",
        policy: Some("require-trusted-types-for 'script'"),
        engine: "wasm",
    },
    Host {
        name: "trusted types by name",
        before: "",
        policy: Some("require-trusted-types-for 'script'; trusted-types candor"),
        engine: "wasm",
    },
    Host {
        name: "storage that is forbidden",
        before: "<script>for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
            Object.defineProperty(window, name, { get() { throw new Error('no'); } });</script>",
        policy: None,
        engine: "wasm",
    },
];

/// Watches the page from its first moment.
const WATCH: &str = "<script>
    window.watched = { uncaught: [], shift: 0, names: [] };
    addEventListener('error', (event) => watched.uncaught.push(String(event.message)));
    addEventListener('unhandledrejection', (event) => watched.uncaught.push(String(event.reason)));
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) watched.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    watched.names = Object.getOwnPropertyNames(window);
</script>";

/// Where the parts of the survey stand and how they look, as one text. Read without any method
/// that the page may have changed.
const LOOKS: &str = "
    const host = document.querySelector('[data-survey][data-state]');
    const at = host.getBoundingClientRect();
    let looks = '';
    for (const part of host.shadowRoot.querySelectorAll('legend,label,span,input,button,textarea,p')) {
        const { x, y, width, height } = part.getBoundingClientRect();
        const { fontSize, color, letterSpacing, textTransform } = getComputedStyle(part);
        looks += `${part.localName} ${Math.round(x - at.x)} ${Math.round(y - at.y)} ${Math.round(width)} ` +
            `${Math.round(height)} ${fontSize} ${color} ${letterSpacing} ${textTransform}\\n`;
    }
    return looks;";

/// What the page has noticed, as one text.
const NOTICED: &str = "
    let names = '';
    for (const name of Object.getOwnPropertyNames(window)) {
        if (watched.names.indexOf(name) < 0 && !/cdc_|^[$]/.test(name)) names += name + ' ';
    }
    return `${names}; ${watched.shift}; ${watched.uncaught.join(', ')}`;";

#[tokio::test]
#[ignore = "not seen to pass yet: run it by its name"]
async fn on_pages_that_spoil_everything_it_looks_and_works_as_on_any_other() -> Result<()> {
    let collector = Collector::start().await?;
    let browser = Browser::start(DESKTOP).await?;
    let mut plain = None;
    let mut wrong = Vec::new();
    for host in &HOSTS {
        if let Err(error) = check(&collector, &browser, host, &mut plain).await {
            wrong.push(format!("{}: {error:#}", host.name));
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    ensure!(collector.rows().await?.len() == HOSTS.len(), "more or fewer rows than answers");
    Ok(())
}

async fn check(
    collector: &Collector,
    browser: &Browser,
    host: &Host,
    plain: &mut Option<Value>,
) -> Result<()> {
    let origin = &collector.origin;
    let tag =
        format!("<script async src=\"{origin}/candor.js\" data-survey=post-purchase-nps></script>");
    let before = host.before.replace("{tag}", &tag);
    // In the head, where a tag manager puts it and where there is no body yet.
    let html = format!("<!doctype html>{HEAD}{WATCH}{before}{tag}<body><h1>A shop</h1><p>Things");
    let policy = host.policy.map(|policy| policy.replace("{origin}", origin).replace('\n', " "));
    let page = HostPage::start_whole(&html, policy.as_deref()).await?;
    browser.open(&page.url).await?;
    let survey = browser.survey().await?;
    survey.wait_until("data-engine", host.engine).await?;
    let looks = browser.eval(LOOKS).await?;
    let usual = plain.get_or_insert_with(|| looks.clone());
    let differs = looks.as_str().zip(usual.as_str()).and_then(|(looks, usual)| {
        looks.lines().zip(usual.lines()).find(|(look, usual)| look != usual)
    });
    ensure!(differs.is_none(), "it looks unlike on a plain page: {differs:?}");
    ensure!(looks == *usual, "it has more or fewer parts than on a plain page");
    survey.rate(9).await?;
    survey.tick("delivery").await?;
    survey.comment(host.name).await?;
    survey.send().await?;
    survey.wait_until("data-state", "done").await?;
    let row = collector.row_with_comment(host.name).await?;
    ensure!(row.value == 9 && row.complete && row.reasons == r#"["delivery"]"#, "{row:?}");
    let noticed = wait_for("what the page noticed", async || {
        Ok(browser.eval(NOTICED).await?.as_str().map(str::to_owned))
    })
    .await?;
    let mut parts = noticed.splitn(3, "; ");
    let mut next = || parts.next().context("a part is missing");
    let (names, shift, uncaught) = (next()?, next()?, next()?);
    ensure!(names.trim() == "candor", "globals: {names}");
    ensure!(shift.parse::<f64>()? == 0.0, "the layout shifted by {shift}");
    ensure!(uncaught.is_empty(), "uncaught: {uncaught}");
    Ok(())
}
