//! Chromium and its driver for the browser tests: found, or installed where the system's package
//! manager can do that without asking.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail, ensure};

use crate::{progress, run};

/// Names under which systems install the browser.
const BROWSERS: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The packages that hold both on Debian and what follows it.
const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// The driver to use, after making sure that a browser is there as well.
///
/// # Errors
/// When either is missing and cannot be installed; the sentence says what to install and how.
pub(crate) fn need_chromedriver() -> Result<PathBuf> {
    if let Some(driver) = env::var_os("CHROMEDRIVER").filter(|driver| !driver.is_empty()) {
        let driver = PathBuf::from(driver);
        ensure!(driver.is_file(), "CHROMEDRIVER names {}, which is not there", driver.display());
        return Ok(driver);
    }
    if let Some(driver) = installed() {
        return Ok(driver);
    }
    install()?;
    match installed() {
        Some(driver) => Ok(driver),
        None => {
            bail!("{} were installed, but their programs are not there", PACKAGES.join(" and "))
        }
    }
}

/// The driver, when it and a browser are installed.
fn installed() -> Option<PathBuf> {
    let folders: Vec<_> = env::split_paths(&env::var_os("PATH")?).collect();
    BROWSERS.iter().find_map(|name| find(name, &folders))?;
    find("chromedriver", &folders)
}

fn find(program: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    folders.iter().map(|folder| folder.join(&name)).find(|path| path.is_file())
}

fn install() -> Result<()> {
    let is_debian = Path::new("/etc/debian_version").exists();
    let is_root = run::capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !(is_debian && is_root) {
        bail!("{}", advice(is_debian));
    }
    progress::aloud("installing Chromium and its driver", || {
        run::stream(apt_get().arg("update"))?;
        run::stream(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(PACKAGES))
    })
}

fn advice(is_debian: bool) -> String {
    let how = if is_debian {
        format!("`sudo apt-get install {}`", PACKAGES.join(" "))
    } else {
        "your system's package manager".to_owned()
    };
    format!(
        "Chromium and chromedriver are not both on the PATH; install them with {how}, or set \
         CHROMEDRIVER to the driver's path"
    )
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_in_the_first_folder_that_has_it() {
        let folders: Vec<_> = (0..3).map(|_| tempfile::tempdir().expect("a folder")).collect();
        let paths: Vec<_> = folders.iter().map(|folder| folder.path().to_owned()).collect();
        let name = format!("chromedriver{}", env::consts::EXE_SUFFIX);
        assert_eq!(find("chromedriver", &paths), None);
        for path in &paths[1..] {
            std::fs::write(path.join(&name), "").expect("it is written");
        }
        assert_eq!(find("chromedriver", &paths), Some(paths[1].join(&name)));
    }

    #[test]
    fn the_advice_says_what_to_install_and_how() {
        assert!(advice(true).contains("sudo apt-get install chromium chromium-driver"));
        assert!(advice(false).contains("package manager"));
    }
}
