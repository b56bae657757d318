//! What the documentation of a formula has to have: an example that runs, and its errors. What it
//! says is not looked at.

use super::{Finding, Texts};

/// Crates whose public functions are each shown at work.
const SHOWN: [&str; 2] = ["crates/scoring/src/", "crates/service/src/"];

/// Public functions without an example, or with a `Result` and no word about its errors.
pub(super) fn check(texts: &Texts) -> Vec<Finding> {
    let mut findings = Vec::new();
    let shown = |file: &str| SHOWN.iter().any(|folder| file.starts_with(folder));
    for (file, text) in texts.iter().filter(|(file, _)| shown(file) && file.ends_with(".rs")) {
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim_start)
            .take_while(|line| !line.starts_with("#[cfg(test)]"))
            .collect();
        for (idx, line) in lines.iter().enumerate() {
            let Some(name) = public_function(line) else { continue };
            let doc = doc_above(&lines[..idx]);
            let mut find = |fault: &str| {
                let fault = format!("`{name}` {fault}");
                findings.push(Finding { file: file.clone(), line: idx + 1, fault });
            };
            if !doc.iter().any(|line| line.starts_with("/// ```")) {
                find("is documented without an example that runs");
            }
            if returns_result(&lines[idx..]) && !doc.contains(&"/// # Errors") {
                find("is documented without its errors");
            }
        }
    }
    findings
}

/// The name of the public function that begins in `line`.
fn public_function(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("pub ")?;
    let rest = rest.strip_prefix("const ").unwrap_or(rest).strip_prefix("fn ")?;
    rest.split(['(', '<']).next()
}

/// The documentation right above, attributes left out.
fn doc_above<'a>(above: &[&'a str]) -> Vec<&'a str> {
    let is_part = |line: &&&str| line.starts_with("///") || line.starts_with("#[");
    above.iter().rev().take_while(is_part).copied().collect()
}

/// Whether the signature that begins these lines returns a `Result`.
fn returns_result(lines: &[&str]) -> bool {
    let signature = lines.iter().take(20).map(|line| line.trim_end());
    let mut signature = signature.scan(false, |is_over, line| {
        let was_over = std::mem::replace(is_over, line.ends_with('{') || line.ends_with('}'));
        (!was_over).then_some(line)
    });
    signature.any(|line| line.split_once("->").is_some_and(|(_, to)| to.contains("Result<")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_found(file: &str, text: &str, expected: &[&str]) {
        let texts = [(file.to_owned(), text.to_owned())].into();
        let found: Vec<_> = check(&texts).iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "{found} does not say {expected}");
        }
    }

    #[test]
    fn a_public_function_of_scoring_has_an_example() {
        let file = "crates/scoring/src/a.rs";
        let without = "/// A half.\n#[must_use]\npub const fn half() -> f64 {\n    0.5\n}\n";
        let fault = "a.rs:3: `half` is documented without an example";
        check_found(file, without, &[fault]);
        check_found("crates/service/src/b/a.rs", without, &[fault]);
        check_found("crates/ui/src/a.rs", without, &[]);
        let with = without.replace("#[must_use]", "///\n/// ```\n/// ```\n#[must_use]");
        check_found(file, &with, &[]);
        check_found(file, &without.replace("pub const", "pub(crate) const"), &[]);
        check_found(file, &format!("#[cfg(test)]\n{without}"), &[]);
    }

    #[test]
    fn a_public_function_says_how_it_fails() {
        let file = "crates/service/src/a.rs";
        let text = "/// ```\n/// ```\npub fn a<T>(\n    t: T,\n) -> Result<T, E> {\n";
        check_found(file, text, &["a.rs:3: `a` is documented without its errors"]);
        check_found(file, &format!("/// # Errors\n{text}"), &[]);
        let next = "/// ```\n/// ```\npub fn a() -> u8 {\n    0\n}\nfn b() -> Result<T, E> {\n";
        check_found(file, next, &[]);
    }
}
