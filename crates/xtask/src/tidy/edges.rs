//! Which crate may use which of our crates. What is absent matters as much as what is there: the
//! reasons are in `crates/README.md`.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result};

use super::Finding;
use crate::workspace::{Member, Workspace};

/// Crate, and the crates of ours that it may use. Only normal dependencies count: a test may use
/// what it needs.
const ALLOWED: [(&str, &[&str]); 15] = [
    ("scoring", &[]),
    ("service", &["scoring"]),
    ("survey", &["scoring"]),
    ("form", &["survey"]),
    ("wire", &["survey", "scoring", "report"]),
    ("tables", &["report", "survey", "scoring"]),
    ("report", &["scoring", "service", "survey"]),
    ("ui", &["form", "report"]),
    ("widget", &["ui", "form", "wire"]),
    ("badge", &["ui", "report", "survey", "wire"]),
    ("preview", &["report", "tables", "wire"]),
    ("console", &["ui", "report", "wire"]),
    ("collector", &["ui", "report", "survey", "wire"]),
    ("candor", &["collector", "tables", "report", "wire", "survey", "scoring", "service"]),
    ("xtask", &[]),
];

/// Crates that may use anything: they ship nothing.
const FREE: [&str; 1] = ["tests"];

/// Edges between our crates that are not in the table.
///
/// # Errors
/// When a manifest cannot be read.
pub(super) fn check(workspace: &Workspace) -> Result<Vec<Finding>> {
    let ours: BTreeSet<&str> =
        workspace.members.iter().map(|member| member.name.as_str()).collect();
    let mut findings = Vec::new();
    for member in &workspace.members {
        for (wanted, fault) in faults(member, &ours) {
            let text = fs::read_to_string(&member.manifest)
                .with_context(|| format!("reading {}", member.manifest.display()))?;
            let file = workspace.show(&member.manifest);
            findings.push(Finding { file, line: line_of(&text, &wanted), fault });
        }
    }
    Ok(findings)
}

/// What is wrong with the dependencies of `member`: the entry of its manifest, and the sentence.
fn faults(member: &Member, ours: &BTreeSet<&str>) -> Vec<(String, String)> {
    let name = &member.name;
    if FREE.contains(&name.as_str()) {
        return Vec::new();
    }
    let Some((_, allowed)) = ALLOWED.iter().find(|(crate_name, _)| crate_name == name) else {
        let fault = format!("{name} has no row in the table of crates/xtask/src/tidy/edges.rs");
        return vec![("name".to_owned(), fault)];
    };
    let used = member.dependencies.iter().filter(|used| ours.contains(used.as_str()));
    used.filter(|used| !allowed.contains(&used.as_str()))
        .map(|used| {
            let may = if allowed.is_empty() { "none of ours".into() } else { allowed.join(", ") };
            (used.clone(), format!("{name} must not use {used}; it may use {may}"))
        })
        .collect()
}

/// The line of the entry `key` in a manifest, from 1; 1 when it has none of its own.
fn line_of(manifest: &str, key: &str) -> usize {
    let begins =
        |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.starts_with([' ', '=', '.']));
    manifest.lines().position(begins).map_or(1, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str, dependencies: &[&str]) -> Member {
        Member {
            name: name.to_owned(),
            manifest: "Cargo.toml".into(),
            dependencies: dependencies.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    #[track_caller]
    fn check_faults(name: &str, dependencies: &[&str], n_expected: usize) {
        let ours = ALLOWED.iter().map(|(name, _)| *name).chain(FREE).collect();
        let found = faults(&member(name, dependencies), &ours);
        assert_eq!(found.len(), n_expected, "{found:?}");
    }

    #[test]
    fn an_edge_of_the_table_is_allowed_and_no_other() {
        check_faults("form", &["survey", "serde"], 0);
        check_faults("form", &["survey", "ui", "wire"], 2);
        check_faults("scoring", &["survey"], 1);
        check_faults("xtask", &["anyhow"], 0);
        check_faults("xtask", &["scoring"], 1);
        check_faults("tests", &["scoring", "collector", "xtask"], 0);
        check_faults("no-such-crate", &[], 1);
    }

    #[test]
    fn the_table_has_no_circle() {
        // A crate may come after those that it uses, until none is left.
        let mut left: Vec<_> = ALLOWED.to_vec();
        while !left.is_empty() {
            let names: Vec<&str> = left.iter().map(|(name, _)| *name).collect();
            let n_before = left.len();
            left.retain(|(_, uses)| uses.iter().any(|used| names.contains(used)));
            assert!(left.len() < n_before, "a circle among {names:?}");
        }
    }

    #[test]
    fn a_planted_edge_is_found_with_its_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let manifest = folder.path().join("Cargo.toml");
        let text = "[package]\nname = \"scoring\"\n[dependencies]\nsurvey.workspace = true\n";
        fs::write(&manifest, text).expect("it is written");
        let root = folder.path().to_owned();
        let scoring = Member { manifest, ..member("scoring", &["survey"]) };
        let members = vec![scoring, member("survey", &[])];
        let workspace = Workspace { target: root.join("target"), root, members };
        let found = check(&workspace).expect("readable");
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].to_string(),
            "Cargo.toml:4: scoring must not use survey; it may use none of ours"
        );
    }
}
