//! What the end-to-end tests need: the program, a browser, pages that embed the survey, and an
//! endpoint that misbehaves on demand. No case lives here; see `tests/browsers`.

pub mod browser;
pub mod collector;
pub mod endpoint;
pub mod host_page;
pub mod survey;

pub use browser::Browser;
pub use collector::Collector;
pub use endpoint::Endpoint;
pub use host_page::HostPage;
pub use survey::Survey;

use std::future::Future;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// How long anything may take before a case fails. Generous: machines that run tests are busy.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Asks `probe` until it gives something.
///
/// # Errors
/// When nothing came in time, naming `what` was waited for; or the last error of the probe.
pub async fn wait_for<T, F>(what: &str, mut probe: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<Option<T>>>,
{
    let start = Instant::now();
    loop {
        let last = probe().await;
        if let Ok(Some(found)) = last {
            return Ok(found);
        }
        if start.elapsed() > PATIENCE {
            match last {
                Err(error) => bail!("waited for {what}: {error:#}"),
                Ok(_) => bail!("waited for {what} in vain"),
            }
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A path inside the project.
///
/// # Panics
/// Never: the tests are built inside the project.
#[must_use]
pub fn project_path(relative: &str) -> std::path::PathBuf {
    let tests = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().expect("the tests lie inside the project").join(relative)
}
