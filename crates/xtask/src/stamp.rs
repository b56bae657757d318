//! Whether the web root is older than what it is made of: a hash of the sources and the kind of
//! build, kept beside it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::wasm::Std;
use crate::workspace::Workspace;
use crate::{hash, manifest};

/// What the web root was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Hash of the sources.
    pub(crate) sources: String,
    /// The standard library of its modules.
    pub(crate) std: Std,
}

/// Folders and files that the web root follows from.
const SOURCES: [&str; 5] = [".cargo", "Cargo.lock", "Cargo.toml", "crates", "www"];

/// The hash of everything that the web root follows from.
///
/// # Errors
/// When a source cannot be read.
pub(crate) fn of_sources(workspace: &Workspace) -> Result<String> {
    let mut hashes = String::new();
    for source in SOURCES {
        let path = workspace.root.join(source);
        if path.is_dir() {
            for name in manifest::files_below(&path)? {
                add(&mut hashes, &format!("{source}/{name}"), &path.join(name))?;
            }
        } else if path.is_file() {
            add(&mut hashes, source, &path)?;
        }
    }
    Ok(hash::sha256_hex(hashes.as_bytes()))
}

/// What the web root was made of, if it is there and was finished.
pub(crate) fn read(workspace: &Workspace) -> Option<Stamp> {
    if !workspace.dist().join(manifest::FILE).is_file() {
        return None;
    }
    let stamp: Value = serde_json::from_str(&fs::read_to_string(path(workspace)).ok()?).ok()?;
    let sources = stamp["sources"].as_str()?.to_owned();
    Some(Stamp { sources, std: Std::from_name(stamp["std"].as_str()?)? })
}

/// Whether the web root is there and made of the sources as they are.
///
/// # Errors
/// When a source cannot be read.
pub(crate) fn is_fresh(workspace: &Workspace) -> Result<bool> {
    let sources = of_sources(workspace)?;
    Ok(read(workspace).is_some_and(|stamp| stamp.sources == sources))
}

/// Keeps `stamp` beside the web root.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write(workspace: &Workspace, stamp: &Stamp) -> Result<()> {
    let json = json!({ "sources": stamp.sources, "std": stamp.std.name() });
    fs::write(path(workspace), format!("{json:#}\n")).context("writing the build's stamp")
}

/// Forgets what the web root was made of.
///
/// # Errors
/// When the stamp is there and cannot be removed.
pub(crate) fn remove(workspace: &Workspace) -> Result<()> {
    let path = path(workspace);
    if path.exists() {
        fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
    }
    Ok(())
}

fn path(workspace: &Workspace) -> PathBuf {
    workspace.target.join("dist.stamp.json")
}

fn add(hashes: &mut String, name: &str, path: &Path) -> Result<()> {
    let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    hashes.push_str(&format!("{name} {}\n", hash::sha256_hex(&bytes)));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_root_is_stale_once_a_source_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        let workspace =
            Workspace { root: root.into(), target: root.join("target"), members: Vec::new() };
        fs::create_dir_all(root.join("www")).expect("a folder");
        fs::create_dir_all(workspace.dist()).expect("a folder");
        fs::write(root.join("www/candor.js"), "1").expect("it is written");
        fs::write(workspace.dist().join(manifest::FILE), "{}").expect("it is written");
        assert!(!is_fresh(&workspace).expect("readable"), "never built");

        let sources = of_sources(&workspace).expect("readable");
        let stamp = Stamp { sources, std: Std::Rebuilt };
        write(&workspace, &stamp).expect("it is written");
        assert_eq!(read(&workspace), Some(stamp));
        assert!(is_fresh(&workspace).expect("readable"));

        fs::write(root.join("www/candor.js"), "2").expect("it is written");
        assert!(!is_fresh(&workspace).expect("readable"), "a source changed");
        fs::write(root.join("www/candor.js"), "1").expect("it is written");
        assert!(is_fresh(&workspace).expect("readable"), "changed back");
        fs::rename(root.join("www/candor.js"), root.join("www/other.js")).expect("it is renamed");
        assert!(!is_fresh(&workspace).expect("readable"), "a source was renamed");
    }

    #[test]
    fn a_web_root_that_is_gone_has_no_stamp() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        let workspace = Workspace { root: root.into(), target: root.into(), members: Vec::new() };
        let stamp = Stamp { sources: "0".into(), std: Std::Prebuilt };
        write(&workspace, &stamp).expect("it is written");
        assert_eq!(read(&workspace), None);
        remove(&workspace).expect("it is removed");
        remove(&workspace).expect("it is gone already");
    }
}
