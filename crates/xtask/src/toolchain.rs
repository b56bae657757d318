//! What the Rust toolchain must hold for us, and fetching what it lacks: the wasm target, the
//! sources of the standard library, rustfmt and clippy.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::{progress, run, workspace};

/// The target of everything that browsers run.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Makes sure that [`WASM_TARGET`] is installed.
///
/// # Errors
/// When it is not and rustup cannot add it; the sentence says what to do by hand.
pub(crate) fn need_wasm_target() -> Result<()> {
    let installed = || Ok::<_, anyhow::Error>(rustlib()?.join(WASM_TARGET).join("lib").is_dir());
    if installed()? {
        return Ok(());
    }
    let mut command = Command::new("rustup");
    command.args(["target", "add", WASM_TARGET]);
    let added =
        progress::aloud(&format!("adding the target {WASM_TARGET}"), || run::stream(&mut command));
    match added {
        Ok(()) if installed()? => Ok(()),
        Ok(()) => bail!(
            "rustup added {WASM_TARGET} to another toolchain than the `rustc` on the PATH; \
             install it for that one"
        ),
        Err(error) => Err(error.context(format!(
            "the target {WASM_TARGET} is missing; install it with `rustup target add {WASM_TARGET}`"
        ))),
    }
}

/// Whether the sources of the standard library are there, after one attempt to fetch them.
///
/// # Errors
/// When rustc cannot be asked where it keeps things.
pub(crate) fn has_std_sources() -> Result<bool> {
    let there = || Ok::<_, anyhow::Error>(rustlib()?.join("src/rust/library/std").is_dir());
    if there()? {
        return Ok(true);
    }
    let mut command = Command::new("rustup");
    command.args(["component", "add", "rust-src"]);
    let added = progress::quietly("looking for the sources of the standard library", || {
        Ok(run::succeeds(&mut command))
    })?;
    Ok(added && there()?)
}

/// Makes sure that a cargo subcommand from the toolchain (`fmt`, `clippy`) is there.
///
/// # Errors
/// When it is not and rustup cannot add it; the sentence says what to do by hand.
pub(crate) fn need_subcommand(name: &str, component: &str) -> Result<()> {
    let works = || run::succeeds(workspace::cargo().args([name, "--version"]));
    if works()
        || (run::succeeds(Command::new("rustup").args(["component", "add", component])) && works())
    {
        return Ok(());
    }
    bail!("`cargo {name}` is missing; install it with `rustup component add {component}`");
}

/// The folder in which the toolchain keeps its libraries.
fn rustlib() -> Result<PathBuf> {
    let sysroot = run::capture(Command::new("rustc").args(["--print", "sysroot"]))?;
    Ok(PathBuf::from(sysroot.trim()).join("lib/rustlib"))
}
