//! What must not be left in any text of the checkout: marks of unfinished work, tests that do not
//! run or are meant to fail, and folders of the machine it was written on.

use super::{Finding, Texts};

/// Marks that count only as whole words in capitals. Written in halves, since this file is read too.
const WORDS: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];

/// What counts wherever it stands, and in which files; no extension means every file.
const PHRASES: [(&str, Option<&str>); 8] = [
    (concat!("todo", "!("), Some("rs")),
    (concat!("unimplemented", "!("), Some("rs")),
    (concat!("dbg", "!("), Some("rs")),
    (concat!("#[", "ignore"), Some("rs")),
    (concat!("should_", "panic"), Some("rs")),
    (concat!("debug", "ger;"), Some("js")),
    (concat!("not implemented", " yet"), None),
    (concat!("coming", " soon"), None),
];

/// Folders that exist on one machine only. The flag says whether a person's name follows.
const FOLDERS: [(&str, bool); 5] = [
    (concat!("/ho", "me/"), true),
    (concat!("/Us", "ers/"), true),
    (concat!(":\\Us", "ers\\"), true),
    (concat!("/ro", "ot/"), false),
    (concat!("/wo", "rk/"), false),
];

/// Every leftover in `texts`.
pub(super) fn check(texts: &Texts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, text) in texts {
        for (at, line) in text.lines().enumerate() {
            for fault in faults(file, line) {
                findings.push(Finding { file: file.clone(), line: at + 1, fault });
            }
        }
    }
    findings
}

fn faults(file: &str, line: &str) -> Vec<String> {
    let words = WORDS.into_iter().filter(|word| has_word(line, word));
    let lower = line.to_lowercase();
    let phrases = PHRASES.into_iter().filter(|(phrase, extension)| {
        let applies = extension.is_none_or(|e| file.rsplit_once('.').is_some_and(|(_, f)| f == e));
        applies && lower.contains(phrase)
    });
    let left = words.chain(phrases.map(|(phrase, _)| phrase));
    let folders = FOLDERS.into_iter().filter(|(folder, named)| has_folder(line, folder, *named));
    left.map(|what| format!("left behind: {what}"))
        .chain(folders.map(|(folder, _)| format!("a folder of one machine: {folder}")))
        .collect()
}

/// Whether `line` holds `word` with no letter, digit or underscore beside it.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        ![before, after].into_iter().flatten().any(|c| c.is_alphanumeric() || c == '_')
    })
}

/// Whether `line` holds an absolute path into `folder`; the same letters within an address or a
/// relative path are not one.
fn has_folder(line: &str, folder: &str, named: bool) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let is_inside = folder.starts_with('/')
            && before.is_some_and(|c| c.is_alphanumeric() || "._-~}$*".contains(c));
        let after = &line[at + folder.len()..];
        let name = after.split(['/', '\\']).next().unwrap_or_default();
        let is_name = !name.is_empty()
            && name.len() < after.len()
            && name.chars().all(|c| c.is_alphanumeric() || "._-".contains(c));
        !is_inside && (!named || is_name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_n(file: &str, line: &str, n_expected: usize) {
        let texts = [(file.to_owned(), format!("first\n{line}\n"))].into();
        let found = check(&texts);
        assert_eq!(found.len(), n_expected, "{found:?}");
        assert!(found.iter().all(|finding| finding.line == 2 && finding.file == file));
    }

    #[test]
    fn marks_of_unfinished_work_are_found() {
        check_n("a.md", concat!("TO", "DO: write this"), 1);
        check_n("a.css", concat!("/* FIX", "ME (XX", "X) */"), 2);
        check_n("a.rs", concat!("fn a() { todo", "!() }"), 1);
        check_n("a.html", concat!("<p>Coming", " soon</p>"), 1);
        check_n("a.rs", "let todo = Vec::new(); // AUTODOC", 0);
        check_n("a.json", "\"es\": \"todo (todos)\"", 0);
    }

    #[test]
    fn tests_that_do_not_run_or_mean_to_fail_are_found() {
        check_n("a.rs", concat!("#[", "ignore = \"slow\"]"), 1);
        check_n("a.rs", concat!("#[should_", "panic]"), 1);
        check_n("a.md", concat!("no `should_", "panic`"), 0);
    }

    #[test]
    fn folders_of_one_machine_are_found() {
        check_n("a.toml", concat!("path = \"/ho", "me/jane/candor\""), 1);
        check_n("a.md", concat!("open C:\\Us", "ers\\jane\\candor"), 1);
        check_n("a.rs", concat!("\"/ro", "ot/.cargo\""), 1);
        check_n("a.rs", concat!("\"/wo", "rk/main\""), 1);
        check_n("a.html", concat!("<a href=\"https://shop.example/ho", "me/page/1\">"), 0);
        check_n("a.rs", concat!("target/wo", "rk/x and $HOME/ro", "ot/"), 0);
        check_n("a.js", concat!("route(\"/ho", "me/\")"), 0);
    }
}
