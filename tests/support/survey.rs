//! A survey on a page, as a person meets it: by the public markup inside its open shadow root.

use anyhow::{Context, Result};
use thirtyfour::prelude::*;

use crate::wait_for;

/// The host element of a survey and what is inside it.
pub struct Survey {
    host: WebElement,
    root: WebElement,
}

impl Survey {
    /// The survey on the page shown, once it can be answered.
    ///
    /// # Errors
    /// When none comes in time.
    pub async fn on(driver: &WebDriver) -> Result<Self> {
        let host = wait_for("a survey that can be answered", async || {
            let hosts = driver.find_all(By::Css("[data-state=ready]")).await?;
            Ok(hosts.into_iter().next())
        })
        .await?;
        let root = host.get_shadow_root().await?;
        Ok(Self { host, root })
    }

    /// The part of the survey that a selector names, once it is there.
    ///
    /// # Errors
    /// When there is none.
    pub async fn part(&self, selector: &str) -> Result<WebElement> {
        wait_for(selector, async || {
            let parts = self.root.find_all(By::Css(selector)).await?;
            Ok(parts.into_iter().next())
        })
        .await
    }

    /// Whether a part can be seen now.
    ///
    /// # Errors
    /// When there is no such part.
    pub async fn is_shown(&self, selector: &str) -> Result<bool> {
        wait_for(selector, async || Ok(Some(self.part(selector).await?.is_displayed().await?)))
            .await
    }

    /// Waits until a part can be seen.
    ///
    /// # Errors
    /// When it does not come in time.
    pub async fn wait_until_shown(&self, selector: &str) -> Result<()> {
        let shown = async || Ok(self.part(selector).await?.is_displayed().await?.then_some(()));
        wait_for(&format!("{selector} to be shown"), shown).await
    }

    /// Clicks a part as a person would: a radio button or box by its label. Between finding and
    /// clicking, the widget may take over and put an equal part in its place; then that is clicked.
    ///
    /// # Errors
    /// When it is not there or something else lies over it.
    pub async fn click(&self, selector: &str) -> Result<()> {
        wait_for(selector, async || {
            let part = self.part(selector).await?;
            let target = match part.tag_name().await?.as_str() {
                "input" => part.find(By::XPath("..")).await?,
                _ => part,
            };
            target.click().await.with_context(|| format!("{selector} cannot be clicked"))?;
            Ok(Some(()))
        })
        .await
    }

    /// Chooses a point of the scale.
    ///
    /// # Errors
    /// When it cannot be clicked.
    pub async fn rate(&self, value: i64) -> Result<()> {
        self.click(&format!("input[name=rating][value='{value}']")).await
    }

    /// Ticks a reason.
    ///
    /// # Errors
    /// When it cannot be clicked.
    pub async fn tick(&self, reason: &str) -> Result<()> {
        self.click(&format!("input[name=reason][value='{reason}']")).await
    }

    /// Types a comment.
    ///
    /// # Errors
    /// When the field does not take it.
    pub async fn comment(&self, text: &str) -> Result<()> {
        let selector = "textarea[name=comment]";
        wait_for(selector, async || Ok(Some(self.part(selector).await?.send_keys(text).await?)))
            .await
    }

    /// Presses Send.
    ///
    /// # Errors
    /// When it cannot be clicked.
    pub async fn send(&self) -> Result<()> {
        self.click("button[type=submit]").await
    }

    /// Waits until the host element has an attribute of this value.
    ///
    /// # Errors
    /// When it does not come in time.
    pub async fn wait_until(&self, attribute: &str, value: &str) -> Result<()> {
        wait_for(&format!("{attribute} {value}"), async || {
            Ok((self.attribute(attribute).await?.as_deref() == Some(value)).then_some(()))
        })
        .await
    }

    /// An attribute of the host element.
    ///
    /// # Errors
    /// When the page is gone.
    pub async fn attribute(&self, name: &str) -> Result<Option<String>> {
        Ok(self.host.attr(name).await?)
    }
}
