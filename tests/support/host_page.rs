//! A shop's page on an origin of its own, with the script tag and any policy.

use anyhow::Result;
use axum::Router;
use axum::http::HeaderName;
use axum::response::Html;
use tokio::net::TcpListener;

/// A running page.
pub struct HostPage {
    /// Its address.
    pub url: String,
}

impl HostPage {
    /// Serves a page with `body`, under `policy` when there is one.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start(body: &str, policy: Option<&str>) -> Result<Self> {
        let page = format!(
            "<!doctype html><html lang=en><meta charset=utf-8><title>A shop</title>\
             <link rel=icon href=data:,><body><h1>A shop</h1>{body}</body></html>"
        );
        let name = HeaderName::from_static("content-security-policy");
        let headers = policy.map(|policy| [(name, policy.to_owned())]);
        let router = Router::new().fallback(move || {
            let (page, headers) = (page.clone(), headers.clone());
            async move { (headers.map(axum::response::AppendHeaders), Html(page)) }
        });
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = format!("http://{}/", listener.local_addr()?);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { url })
    }
}
