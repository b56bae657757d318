//! Chromium over WebDriver, with a driver process of its own. Fails a case on any error in the
//! browser's console.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::Survey;

/// What a browser is started with.
#[derive(Clone, Copy, Debug)]
pub struct BrowserConfig {
    /// Whether scripts run at all.
    pub script: bool,
    /// Whether pages see a dark colour scheme.
    pub dark: bool,
    /// Width and height of the page, in pixels.
    pub size: (u32, u32),
}

/// Scripts on, light, a desktop window.
pub const DESKTOP: BrowserConfig = BrowserConfig { script: true, dark: false, size: (1280, 900) };

/// A running browser; closed when dropped, with its driver.
pub struct Browser {
    /// The session.
    pub driver: WebDriver,
    port: u16,
    session: String,
    profile: PathBuf,
    _own_profile: Option<TempDir>,
    _process: Child,
}

/// Ends the session first, also when the case has failed: a driver that is stopped leaves its
/// browser running, and the client's own way to end it on dropping waits for ever here.
impl Drop for Browser {
    fn drop(&mut self) {
        drop(self.driver.clone().leak());
        let end = || -> std::io::Result<()> {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
            stream.set_read_timeout(Some(Duration::from_secs(10)))?;
            let session = &self.session;
            write!(stream, "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")?;
            stream.read(&mut [0; 64]).map(|_| ())
        };
        // A driver that is gone has nothing left to end.
        drop(end());
    }
}

impl Browser {
    /// Starts a browser with an empty profile.
    ///
    /// # Errors
    /// When the driver or the browser is missing.
    pub async fn start(config: BrowserConfig) -> Result<Self> {
        let profile = TempDir::new()?;
        let mut browser = Self::start_in(config, profile.path()).await?;
        browser._own_profile = Some(profile);
        Ok(browser)
    }

    /// Starts a browser with what another one has left behind in `profile`.
    ///
    /// # Errors
    /// When the driver or the browser is missing.
    pub async fn start_in(config: BrowserConfig, profile: &Path) -> Result<Self> {
        let program =
            std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "/usr/bin/chromedriver".to_owned());
        let mut process = Command::new(&program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{program} cannot be started; install chromium-driver"))?;
        let mut lines = BufReader::new(process.stdout.take().context("no output")?).lines();
        let port = loop {
            let line = lines.next_line().await?.context("the driver ended")?;
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                break port.trim_end_matches('.').parse()?;
            }
        };
        // Read on: a driver whose output is not taken away stops.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let capabilities = capabilities(config, profile)?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await?;
        let session = driver.session_id().to_string();
        // No window is narrower than 500 px, so a phone's page is asked for apart.
        let (width, height) = config.size;
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await?;
        let profile = profile.to_owned();
        Ok(Self { driver, port, session, profile, _own_profile: None, _process: process })
    }

    /// Cuts the page off from every network, or connects it again.
    ///
    /// # Errors
    /// When the browser does not take it.
    pub async fn set_offline(&self, is_offline: bool) -> Result<()> {
        let conditions = json!({
            "offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1
        });
        self.driver.cdp().send_raw("Network.emulateNetworkConditions", conditions).await?;
        Ok(())
    }

    /// Ends every process of the browser at once, as a power cut would.
    ///
    /// # Errors
    /// When none was running.
    pub async fn kill(self) -> Result<()> {
        let profile = format!("--user-data-dir={}", self.profile.display());
        let status = Command::new("pkill").args(["-9", "-f", "--", &profile]).status().await?;
        ensure!(status.success(), "no browser was running");
        Ok(())
    }

    /// Opens a page and waits until it is loaded.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn open(&self, url: &str) -> Result<()> {
        Ok(self.driver.goto(url).await?)
    }

    /// The survey on the page, once it can be answered.
    ///
    /// # Errors
    /// When none comes in time.
    pub async fn survey(&self) -> Result<Survey> {
        Survey::on(&self.driver).await
    }

    /// What a script in the page returns.
    ///
    /// # Errors
    /// When it throws.
    pub async fn eval(&self, script: &str) -> Result<Value> {
        Ok(self.driver.execute(script, Vec::new()).await?.json().clone())
    }

    /// The addresses of all requests since the last time this was asked.
    ///
    /// # Errors
    /// When the browser does not say.
    pub async fn requests(&self) -> Result<Vec<String>> {
        let mut urls = Vec::new();
        for entry in self.driver.get_log("performance").await? {
            let message: Value = serde_json::from_str(&entry.message)?;
            if message["message"]["method"] == "Network.requestWillBeSent" {
                let url = &message["message"]["params"]["request"]["url"];
                urls.push(url.as_str().unwrap_or_default().to_owned());
            }
        }
        Ok(urls)
    }

    /// Fails when anything was written to the console as an error, other than what `allowed`
    /// names.
    ///
    /// # Errors
    /// The errors found.
    pub async fn expect_quiet_console(&self, allowed: &[&str]) -> Result<()> {
        let entries = self.driver.get_log("browser").await?;
        let errors: Vec<String> = entries
            .iter()
            .map(|entry| entry.message.clone())
            .filter(|message| !allowed.iter().any(|part| message.contains(part)))
            .collect();
        ensure!(errors.is_empty(), "the console holds: {errors:#?}");
        Ok(())
    }

    /// Saves a picture of what the window shows under `target/pictures`, for people to look at.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn picture(&self, name: &str) -> Result<()> {
        let folder = crate::project_path("target/pictures");
        std::fs::create_dir_all(&folder)?;
        Ok(self.driver.screenshot(&folder.join(format!("{name}.png"))).await?)
    }
}

fn capabilities(config: BrowserConfig, profile: &Path) -> Result<Capabilities> {
    let mut chrome = DesiredCapabilities::chrome();
    let (width, height) = config.size;
    for arg in [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        &format!("--window-size={width},{height}"),
        &format!("--user-data-dir={}", profile.display()),
    ] {
        chrome.add_arg(arg)?;
    }
    if config.dark {
        chrome.add_arg("--blink-settings=preferredColorScheme=0")?;
    }
    if !config.script {
        let key = "profile.managed_default_content_settings.javascript";
        chrome.add_experimental_option("prefs", json!({ key: 2 }))?;
    }
    chrome.set_browser_log_level(LoggingPrefsLogLevel::Severe)?;
    let mut capabilities: Capabilities = chrome.into();
    capabilities.set("goog:loggingPrefs", json!({ "browser": "SEVERE", "performance": "ALL" }))?;
    Ok(capabilities)
}
