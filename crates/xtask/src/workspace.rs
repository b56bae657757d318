//! Where things are: the checkout, cargo's target directory, what is built into it, and which crate
//! declares which dependency. Nothing is built or written here.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::run;

/// The checkout and what cargo says about it.
#[derive(Clone, Debug)]
pub(crate) struct Workspace {
    /// The folder that holds the workspace's Cargo.toml.
    pub(crate) root: PathBuf,
    /// Cargo's target directory.
    pub(crate) target: PathBuf,
    /// Every crate of the workspace.
    pub(crate) members: Vec<Member>,
}

/// One crate of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// Its name.
    pub(crate) name: String,
    /// Its Cargo.toml.
    pub(crate) manifest: PathBuf,
    /// Names of its normal dependencies, ours and others'.
    pub(crate) dependencies: Vec<String>,
}

impl Workspace {
    /// The workspace that the current folder belongs to.
    ///
    /// # Errors
    /// When cargo is missing, or the current folder is in no workspace.
    pub(crate) fn find() -> Result<Self> {
        let mut command = cargo();
        command.args(["metadata", "--no-deps", "--format-version", "1"]);
        Self::from_metadata(&run::capture(&mut command)?)
    }

    /// The workspace that `cargo metadata --no-deps` describes in `json`.
    fn from_metadata(json: &str) -> Result<Self> {
        let metadata: Value = serde_json::from_str(json).context("reading cargo's metadata")?;
        let path = |key: &str| -> Result<PathBuf> {
            let text = metadata[key].as_str().with_context(|| format!("no {key} in metadata"))?;
            Ok(PathBuf::from(text))
        };
        let packages = metadata["packages"].as_array().context("no packages in metadata")?;
        let members = packages.iter().map(member).collect::<Result<_>>()?;
        Ok(Self { root: path("workspace_root")?, target: path("target_directory")?, members })
    }

    /// What browsers load, once built.
    pub(crate) fn dist(&self) -> PathBuf {
        self.target.join("dist")
    }

    /// The web root's sources.
    pub(crate) fn www(&self) -> PathBuf {
        self.root.join("www")
    }

    /// The survey definitions.
    pub(crate) fn surveys(&self) -> PathBuf {
        self.root.join("www").join("surveys")
    }

    /// A path for people: relative to the checkout where it lies in it, with forward slashes.
    pub(crate) fn show(&self, path: &Path) -> String {
        shown(path.strip_prefix(&self.root).unwrap_or(path))
    }
}

/// A path as text with forward slashes.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The cargo that runs us, so that one toolchain builds everything.
pub(crate) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn member(package: &Value) -> Result<Member> {
    let text = |key: &str| package[key].as_str().with_context(|| format!("a package has no {key}"));
    let dependencies =
        package["dependencies"].as_array().context("a package has no dependencies")?;
    let normal = dependencies.iter().filter(|dependency| dependency["kind"].is_null());
    Ok(Member {
        name: text("name")?.to_owned(),
        manifest: PathBuf::from(text("manifest_path")?),
        dependencies: normal
            .filter_map(|dependency| dependency["name"].as_str().map(str::to_owned))
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_normal_dependencies_are_read_from_the_metadata() {
        let json = r#"{"workspace_root":"/w","target_directory":"/w/target","packages":[
            {"name":"form","manifest_path":"/w/crates/form/Cargo.toml","dependencies":[
                {"name":"survey","kind":null},{"name":"proptest","kind":"dev"},
                {"name":"cc","kind":"build"},{"name":"gloo","kind":null,"target":"cfg(unix)"}]}]}"#;
        let workspace = Workspace::from_metadata(json).expect("valid metadata");
        assert_eq!(workspace.dist(), Path::new("/w/target/dist"));
        assert_eq!(workspace.members.len(), 1);
        assert_eq!(workspace.members[0].dependencies, ["survey", "gloo"]);
    }

    #[test]
    fn a_path_in_the_checkout_is_shown_from_its_root() {
        let workspace = Workspace { root: "/w".into(), target: "/w/t".into(), members: vec![] };
        assert_eq!(workspace.show(Path::new("/w/www/candor.js")), "www/candor.js");
        assert_eq!(workspace.show(Path::new("/elsewhere/a")), "/elsewhere/a");
    }
}
