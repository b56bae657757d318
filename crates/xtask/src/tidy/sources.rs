//! Rust sources: how they begin, how long they are, and what the pure crates must not name.

use super::{Finding, Texts};

/// Lines of one file, not counting its tests.
const LINES_MAX: usize = 400;

/// Crates that take everything as arguments: no browser, no clock, no randomness, no files.
const PURE: [&str; 7] = ["scoring", "service", "survey", "form", "wire", "tables", "report"];

/// What a pure crate must not name, and why.
const IMPURE: [(&str, &str); 15] = [
    ("web_sys", "a browser"),
    ("js_sys", "a browser"),
    ("gloo", "a browser"),
    ("wasm_bindgen", "a browser"),
    ("SystemTime", "a clock"),
    ("Instant::now", "a clock"),
    ("Timestamp::now", "a clock"),
    ("Zoned::now", "a clock"),
    ("rand::", "randomness"),
    ("getrandom", "randomness"),
    ("now_v7", "a clock"),
    ("new_v4", "randomness"),
    ("std::fs", "files"),
    ("std::net", "the network"),
    ("std::env", "the environment"),
];

/// Everything wrong with the Rust files in `texts`.
pub(super) fn check(texts: &Texts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, text) in texts.iter().filter(|(file, _)| file.ends_with(".rs")) {
        let mut find = |line: usize, fault: String| {
            findings.push(Finding { file: file.clone(), line, fault });
        };
        if !text.starts_with("//!") {
            find(1, "begins without `//!` saying what lives here and what must not".to_owned());
        }
        if is_test_file(file) {
            continue;
        }
        let n_lines = code(text).count();
        if n_lines > LINES_MAX {
            find(LINES_MAX + 1, format!("{n_lines} lines without tests; {LINES_MAX} at most"));
        }
        if is_pure(file) {
            for (line, name, what) in impure_names(text) {
                find(line, format!("a pure crate names {what}: {name}"));
            }
        }
    }
    findings
}

/// The lines of a file without its tests, which stand at its end.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().take_while(|line| !line.trim_start().starts_with("#[cfg(test)]"))
}

/// Whether the whole file is tests.
fn is_test_file(file: &str) -> bool {
    file.split('/').any(|part| part == "tests") || file.ends_with("/tests.rs")
}

/// Whether the file is part of a pure crate, rather than of its benches or examples.
fn is_pure(file: &str) -> bool {
    PURE.iter().any(|name| file.starts_with(&format!("crates/{name}/src/")))
}

/// Line, name and kind of everything impure in the code, comments left out.
fn impure_names(text: &str) -> Vec<(usize, &'static str, &'static str)> {
    let lines = code(text).enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    lines
        .flat_map(|(at, line)| {
            let named = IMPURE.into_iter().filter(|(name, _)| names(line, name));
            named.map(move |(name, what)| (at + 1, name, what))
        })
        .collect()
}

/// Whether `line` holds `name` as a name of its own rather than the end of a longer one.
fn names(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
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
    fn every_rust_file_says_what_lives_there() {
        check_found("crates/ui/src/a.rs", "//! Charts.\n", &[]);
        check_found("crates/ui/src/a.rs", "use std::fmt;\n", &["crates/ui/src/a.rs:1: begins"]);
        check_found("tests/src/a.rs", "use std::fmt;\n", &["tests/src/a.rs:1: begins"]);
        check_found("www/a.js", "const a = 1;\n", &[]);
    }

    #[test]
    fn a_file_has_at_most_400_lines_without_its_tests() {
        let code = "//! x\n".to_owned() + &"fn a() {}\n".repeat(LINES_MAX - 1);
        let tests = "#[cfg(test)]\nmod tests {}\n".to_owned() + &"// t\n".repeat(500);
        check_found("crates/ui/src/a.rs", &(code.clone() + &tests), &[]);
        let longer = code + "fn b() {}\n" + &tests;
        check_found("crates/ui/src/a.rs", &longer, &["a.rs:401: 401 lines"]);
        check_found("crates/ui/tests/a.rs", &longer, &[]);
        check_found("crates/ui/src/a/tests.rs", &longer, &[]);
    }

    #[test]
    fn a_pure_crate_names_nothing_impure() {
        let impure = "//! x\nuse std::time::Instant;\nlet t = Instant::now();\nuse rand::rng;\n";
        check_found(
            "crates/form/src/a.rs",
            impure,
            &["a.rs:3: a pure crate names a clock", "a.rs:4: a pure crate names randomness"],
        );
        check_found("crates/widget/src/a.rs", impure, &[]);
        check_found("crates/form/tests/a.rs", impure, &[]);
        check_found("crates/form/src/a.rs", "//! No web_sys here.\nlet operand::x = 1;\n", &[]);
        let test = "//! x\n#[cfg(test)]\nmod tests { use std::fs; }\n";
        check_found("crates/form/src/a.rs", test, &[]);
        check_found("crates/wire/src/a.rs", "//! x\nuse std::fs;\n", &["names files"]);
    }
}
