//! What a compiler does not check: which crate may use which, how files begin and how long they
//! are, what pure crates must not name, which examples documentation lacks, and what must not be
//! left behind. Every check collects all of its findings.

mod docs;
mod edges;
mod leftovers;
mod sources;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use anstream::println;
use anyhow::{Context, Result, ensure};

use crate::progress;
use crate::workspace::{Workspace, shown};

/// Something to put right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    /// The file, relative to the checkout.
    file: String,
    /// The line, from 1.
    line: usize,
    /// What is wrong.
    fault: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.fault)
    }
}

/// Text files by path, relative to the checkout with forward slashes.
type Texts = BTreeMap<String, String>;

/// Folders that hold nothing of ours.
const FOREIGN_FOLDERS: [&str; 3] = ["target", "node_modules", ".git"];

/// Extensions of the files that are read. Tables of data (csv) are not: any word may stand there.
const TEXT_EXTENSIONS: [&str; 14] = [
    "css", "html", "js", "json", "md", "mjs", "rs", "sh", "sql", "svg", "toml", "txt", "yaml",
    "yml",
];

/// Runs every check on the checkout and prints what it finds.
///
/// # Errors
/// When something is found, or the checkout cannot be read.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let texts = read_texts(&workspace.root)?;
    let mut findings = edges::check(workspace)?;
    findings.extend(sources::check(&texts));
    findings.extend(docs::check(&texts));
    findings.extend(leftovers::check(&texts));
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    ensure!(findings.is_empty(), "{} to put right", findings.len());
    progress::note(&format!("{} files, nothing to put right", texts.len()));
    Ok(())
}

/// Every text file of the checkout.
fn read_texts(root: &Path) -> Result<Texts> {
    let mut texts = Texts::new();
    let mut waiting = vec![root.to_owned()];
    while let Some(folder) = waiting.pop() {
        let entries =
            fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_dir() {
                if !FOREIGN_FOLDERS.contains(&name.as_str()) {
                    waiting.push(path);
                }
            } else if is_text(&path) {
                let Ok(text) = fs::read_to_string(&path) else { continue }; // not UTF-8
                let relative = path.strip_prefix(root).unwrap_or(&path);
                texts.insert(shown(relative), text);
            }
        }
    }
    Ok(texts)
}

fn is_text(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| TEXT_EXTENSIONS.contains(&extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(root: &Path, name: &str, text: &str) {
        let path = root.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("it is written");
    }

    #[test]
    fn planted_faults_are_all_found_and_the_check_fails() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        put(root, "crates/form/src/lib.rs", "fn main() {}\n");
        put(root, "www/candor.js", concat!("// TO", "DO: later\n"));
        put(root, "target/debug/build/out.rs", "fn generated() {}\n");
        let workspace =
            Workspace { root: root.into(), target: root.join("target"), members: Vec::new() };
        let error = check(&workspace).expect_err("there are faults").to_string();
        assert_eq!(error, "2 to put right");
    }

    #[test]
    fn a_tidy_checkout_passes() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        put(root, "crates/form/src/lib.rs", "//! The form.\n");
        put(root, "crates/form/src/photo.png", "not a text");
        let workspace =
            Workspace { root: root.into(), target: root.join("target"), members: Vec::new() };
        check(&workspace).expect("nothing to put right");
    }

    #[test]
    fn a_finding_is_shown_the_way_editors_understand() {
        let finding = Finding { file: "a/b.rs".into(), line: 7, fault: "too long".into() };
        assert_eq!(finding.to_string(), "a/b.rs:7: too long");
    }
}
