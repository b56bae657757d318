//! Building the web root: the wasm modules, the sources, the prerendered surveys, compression. It
//! is made beside the old one and swapped in at the end, so a failed build leaves the old one.

use std::env::consts::EXE_SUFFIX;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::assemble::{BUNDLE, Files, assemble};
use crate::stamp::{self, Stamp};
use crate::wasm::StdChoice;
use crate::workspace::{Workspace, cargo};
use crate::{compress, manifest, progress, run, wasm};

/// The folder of the prerendered surveys in the web root.
pub(crate) const FRAGMENTS: &str = "e";

/// The folders of definitions in `www`: the shop's, and those that are only shown.
const SURVEYS: [&str; 2] = ["surveys/", "gallery/surveys/"];

/// How the server's program is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Program {
    /// For this machine, now.
    Plain,
    /// With optimisations.
    Optimised,
    /// Together with the tests of these packages, which have been built in the same run: by itself
    /// its dependencies would get other features and be compiled once more.
    WithTestsOf(&'static [&'static str]),
}

/// Builds the web root and returns the server's program, which is built too, since it renders the
/// surveys.
///
/// # Errors
/// When anything cannot be built. The web root is then what it was.
pub(crate) fn build(workspace: &Workspace, choice: StdChoice, program: Program) -> Result<PathBuf> {
    let _lock = lock(workspace)?;
    let sources = stamp::of_sources(workspace)?;
    let (modules, std) = wasm::modules(workspace, choice)?;
    let candor = candor(workspace, program)?;
    let site = progress::quietly("assembling", || {
        let www = workspace.www();
        let mut sources = read_all(&www)?;
        // Surveys are rendered, and served by the collector; browsers load no definition.
        sources.retain(|name, _| !SURVEYS.iter().any(|folder| name.starts_with(folder)));
        assemble(sources, &modules)
    })?;
    let staging = Staging::new(workspace)?;
    write_all(&staging.folder, &site.files)?;
    progress::quietly("rendering the surveys", || render(workspace, &candor, &staging.folder))?;
    progress::quietly("compressing", || {
        let names = manifest::files_below(&staging.folder)?;
        compress::write_siblings(names.iter().map(|name| staging.folder.join(name)).collect())
    })?;
    manifest::write(&staging.folder, &site.hashed)?;
    stamp::remove(workspace)?;
    staging.swap_in(&workspace.dist())?;
    stamp::write(workspace, &Stamp { sources, std })?;
    progress::note(&format!(
        "{} is built, standard library {}",
        workspace.show(&workspace.dist()),
        std.name()
    ));
    Ok(candor)
}

/// Builds the server and returns its program.
///
/// # Errors
/// When it does not compile.
pub(crate) fn candor(workspace: &Workspace, program: Program) -> Result<PathBuf> {
    let mut command = cargo();
    command.current_dir(&workspace.root);
    match program {
        Program::Plain => command.args(["build", "--package", "candor"]),
        Program::Optimised => command.args(["build", "--package", "candor", "--release"]),
        Program::WithTestsOf(packages) => command
            .args(["test", "--no-run"])
            .args(packages.iter().flat_map(|package| ["--package", package])),
    };
    progress::aloud("building candor", || run::stream(&mut command))?;
    let profile = if program == Program::Optimised { "release" } else { "debug" };
    Ok(workspace.target.join(profile).join(format!("candor{EXE_SUFFIX}")))
}

/// Keeps two builds from working on one web root. It ends with the process that holds it.
fn lock(workspace: &Workspace) -> Result<File> {
    fs::create_dir_all(&workspace.target)?;
    let path = workspace.target.join("dist.lock");
    let file = File::create(&path).with_context(|| format!("creating {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => return Ok(file),
        Err(TryLockError::WouldBlock) => {
            progress::note("waiting for another `cargo xtask` to finish its build");
        }
        Err(TryLockError::Error(error)) => return Err(error).context("locking target/dist.lock"),
    }
    file.lock().context("locking target/dist.lock")?;
    Ok(file)
}

fn read_all(folder: &Path) -> Result<Files> {
    let names = manifest::files_below(folder)?;
    let visible = names.into_iter().filter(|name| !name.split('/').any(|n| n.starts_with('.')));
    visible
        .map(|name| {
            let path = folder.join(&name);
            let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            Ok((name, bytes))
        })
        .collect()
}

fn write_all(folder: &Path, files: &Files) -> Result<()> {
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

/// Has the server render every survey into the web root.
fn render(workspace: &Workspace, candor: &Path, web_root: &Path) -> Result<()> {
    let folder = web_root.join(FRAGMENTS);
    let definitions = SURVEYS.map(|name| workspace.www().join(name));
    for definitions in &definitions {
        let mut command = Command::new(candor);
        command.current_dir(&workspace.root).arg("render").arg(definitions);
        command.arg("--out").arg(&folder).arg("--bundle").arg(web_root.join(BUNDLE));
        run::capture(&mut command)?;
    }
    let names = if folder.is_dir() { manifest::files_below(&folder)? } else { Vec::new() };
    for survey in survey_names(&definitions)? {
        let prefix = format!("{survey}/");
        ensure!(
            names.iter().any(|name| name.starts_with(&prefix) && name.ends_with(".html")),
            "`candor render` wrote no fragment of the survey {survey}"
        );
    }
    Ok(())
}

/// Names of the definitions in `folders`, without their extension.
fn survey_names(folders: &[PathBuf]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for folder in folders {
        let names = manifest::files_below(folder)?;
        let top = names.iter().filter(|name| !name.contains('/'));
        found.extend(top.filter_map(|name| name.strip_suffix(".json").map(str::to_owned)));
    }
    Ok(found)
}

/// A web root in the making, removed again unless it is swapped in.
struct Staging {
    folder: PathBuf,
}

impl Staging {
    fn new(workspace: &Workspace) -> Result<Self> {
        let folder = workspace.target.join("dist.new");
        remove_folder(&folder)?;
        fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
        Ok(Self { folder })
    }

    /// Puts it in the place of `dist`, which is put back when that fails.
    fn swap_in(self, dist: &Path) -> Result<()> {
        let old = self.folder.with_extension("old");
        remove_folder(&old)?;
        let had_old = dist.exists();
        if had_old {
            fs::rename(dist, &old).with_context(|| format!("moving {} away", dist.display()))?;
        }
        if let Err(error) = fs::rename(&self.folder, dist) {
            if had_old {
                fs::rename(&old, dist).context("putting the old web root back")?;
            }
            bail!("putting the new web root in place: {error}");
        }
        remove_folder(&old)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What is left here is removed by the next build as well.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn remove_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(root: &Path) -> Workspace {
        Workspace { root: root.to_owned(), target: root.join("target"), members: Vec::new() }
    }

    #[test]
    fn a_finished_web_root_takes_the_place_of_the_old_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let workspace = workspace(folder.path());
        let dist = workspace.dist();
        for text in ["first", "second"] {
            let staging = Staging::new(&workspace).expect("a staging folder");
            let file = ("console/a.txt".to_owned(), text.as_bytes().to_vec());
            write_all(&staging.folder, &[file].into()).expect("it is written");
            staging.swap_in(&dist).expect("it is swapped in");
            assert_eq!(fs::read_to_string(dist.join("console/a.txt")).expect("there"), text);
        }
        assert_eq!(manifest::files_below(&workspace.target).expect("read"), ["dist/console/a.txt"]);
    }

    #[test]
    fn an_unfinished_web_root_leaves_the_old_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let workspace = workspace(folder.path());
        fs::create_dir_all(workspace.dist()).expect("a folder");
        fs::write(workspace.dist().join("old.txt"), "old").expect("it is written");
        {
            let staging = Staging::new(&workspace).expect("a staging folder");
            fs::write(staging.folder.join("new.txt"), "new").expect("it is written");
        }
        assert_eq!(manifest::files_below(&workspace.target).expect("read"), ["dist/old.txt"]);
    }

    #[test]
    fn hidden_files_are_not_published() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in [".git/a.js", "console/.DS_Store", "candor.js"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, "x").expect("it is written");
        }
        let files = read_all(folder.path()).expect("it reads");
        assert_eq!(files.keys().collect::<Vec<_>>(), ["candor.js"]);
    }

    #[test]
    fn a_second_lock_waits_for_the_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let workspace = workspace(folder.path());
        let first = lock(&workspace).expect("a lock");
        let second = File::create(workspace.target.join("dist.lock")).expect("the file");
        assert!(matches!(second.try_lock(), Err(TryLockError::WouldBlock)));
        drop(first);
        assert!(second.try_lock().is_ok());
    }

    #[test]
    fn only_definitions_are_surveys() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["nps.json", "README.md"] {
            fs::write(folder.path().join(name), "{}").expect("it is written");
        }
        let folders = [folder.path().to_owned()];
        assert_eq!(survey_names(&folders).expect("read"), ["nps"]);
    }
}
