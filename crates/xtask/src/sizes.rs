//! The weight of the web root against the budget in `budget.json`, in bytes as sent with brotli.
//!
//! The first view is what has to arrive before a shopper sees the survey and can answer it: the
//! loader with its second half, the stylesheet and the largest prerendered survey, one by one or all
//! in one file. A module is its wasm with its loading code; how much it may weigh depends on which
//! standard library it has.

use std::collections::BTreeMap;
use std::fs;

use anstream::println;
use anyhow::{Context, Result, bail};
use owo_colors::OwoColorize;
use serde_json::Value;

use crate::dist::FRAGMENTS;
use crate::manifest::{self, Sizes};
use crate::stamp;
use crate::wasm::Std;
use crate::workspace::Workspace;

/// The files of the first view, besides the largest fragment.
const FIRST_VIEW: [&str; 3] = ["candor.js", "candor.css", "answer.js"];

/// The budget, relative to the checkout.
const BUDGET_FILE: &str = "crates/xtask/budget.json";

/// What may be sent at most, in bytes with brotli.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Budget {
    /// Single files by public name.
    files: BTreeMap<String, u64>,
    /// Each prerendered survey.
    fragment: u64,
    /// Loader, answering, stylesheet and the largest prerendered survey together.
    first_view: u64,
    /// Each module with its loading code.
    modules: BTreeMap<String, u64>,
}

/// One file of the web root.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    name: String,
    sizes: Sizes,
}

/// One thing that the budget limits.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Limit {
    name: String,
    /// What it weighs; `None` when it was not built.
    bytes: Option<u64>,
    bytes_max: u64,
}

impl Limit {
    /// The sentence about a limit that does not hold.
    fn fault(&self) -> Option<String> {
        let Self { name, bytes, bytes_max } = self;
        match bytes {
            None => Some(format!("{name} is in the budget but was not built")),
            Some(bytes) if bytes > bytes_max => Some(format!(
                "{name} is {} bytes over its budget: {bytes} of {bytes_max}",
                bytes - bytes_max
            )),
            Some(_) => None,
        }
    }
}

/// Prints the sizes of the web root and compares them with the budget.
///
/// # Errors
/// When nothing was built, or naming everything that is over and by how much.
pub(crate) fn check(workspace: &Workspace, all: bool) -> Result<()> {
    let dist = workspace.dist();
    let mut rows = Vec::new();
    for (name, file) in manifest::read(&dist)? {
        rows.push(Row { sizes: manifest::sizes(&dist.join(file))?, name });
    }
    let stamp = stamp::read(workspace)
        .context("the build was not finished; run `cargo xtask dist` first")?;
    let path = workspace.root.join(BUDGET_FILE);
    let text = fs::read_to_string(&path).with_context(|| format!("reading {BUDGET_FILE}"))?;
    let budget = budget(&text, stamp.std).context(BUDGET_FILE)?;
    let limits = limits(&rows, &budget);
    print(&rows, &limits, stamp.std, all);
    let faults: Vec<_> = limits.iter().filter_map(Limit::fault).collect();
    if faults.is_empty() {
        return Ok(());
    }
    bail!("{}", faults.join("\n"))
}

/// The budget in `text` for modules with that standard library.
fn budget(text: &str, std: Std) -> Result<Budget> {
    let json: Value = serde_json::from_str(text)?;
    let number = |value: &Value, name: &str| {
        value.as_u64().with_context(|| format!("{name} is not a number of bytes"))
    };
    let map = |value: &Value, name: &str, pick: &dyn Fn(&Value) -> Value| {
        let entries = value.as_object().with_context(|| format!("{name} is not an object"))?;
        let pairs =
            entries.iter().map(|(name, value)| Ok((name.clone(), number(&pick(value), name)?)));
        pairs.collect::<Result<BTreeMap<_, _>>>()
    };
    Ok(Budget {
        files: map(&json["files"], "files", &Value::clone)?,
        fragment: number(&json["fragment"], "fragment")?,
        first_view: number(&json["first_view"], "first_view")?,
        modules: map(&json["modules"], "modules", &|value| value[std.name()].clone())?,
    })
}

/// Everything that `budget` limits, with what it weighs in `rows`.
fn limits(rows: &[Row], budget: &Budget) -> Vec<Limit> {
    let brotli = |name: &str| rows.iter().find(|row| row.name == name).map(|row| row.sizes.brotli);
    let sum = |names: &[&str]| names.iter().map(|name| brotli(name)).sum::<Option<u64>>();
    let limit = |name: &str, bytes: Option<u64>, bytes_max: u64| Limit {
        name: name.to_owned(),
        bytes,
        bytes_max,
    };
    let fragments: Vec<_> = rows.iter().filter(|row| is_fragment(&row.name)).collect();
    let largest = fragments.iter().map(|row| row.sizes.brotli).max();
    let mut limits: Vec<_> =
        budget.files.iter().map(|(name, max)| limit(name, brotli(name), *max)).collect();
    if fragments.is_empty() {
        limits.push(limit("a prerendered survey", None, budget.fragment));
    }
    limits.extend(
        fragments.iter().map(|row| limit(&row.name, Some(row.sizes.brotli), budget.fragment)),
    );
    let first_view = sum(&FIRST_VIEW).zip(largest).map(|(files, fragment)| files + fragment);
    limits.push(limit(FIRST_VIEW_NAME, first_view, budget.first_view));
    let bundles = rows.iter().filter(|row| is_bundle(&row.name)).map(|row| row.sizes.brotli);
    if let Some(largest) = bundles.max() {
        limits.push(limit(BUNDLE_NAME, Some(largest), budget.first_view));
    }
    for (module, max) in &budget.modules {
        let bytes = sum(&[&format!("{module}.js"), &format!("{module}.wasm")]);
        limits.push(limit(&format!("{module} (wasm and its loading code)"), bytes, *max));
    }
    limits
}

const FIRST_VIEW_NAME: &str = "first view (loader, answering, stylesheet, largest survey)";

const BUNDLE_NAME: &str = "first view in one file (largest survey)";

fn is_fragment(name: &str) -> bool {
    name.ends_with(".html") && is_rendered(name)
}

fn is_bundle(name: &str) -> bool {
    name.ends_with(".js") && is_rendered(name)
}

fn is_rendered(name: &str) -> bool {
    name.split('/').next() == Some(FRAGMENTS) && name.contains('/')
}

/// Which rows are printed: all, or of the prerendered surveys only the largest page and the largest
/// sheet of each folder, with their number.
fn shown_rows(rows: &[Row], all: bool) -> Vec<(String, Sizes)> {
    let mut shown: Vec<(String, Sizes)> = Vec::new();
    let mut groups: BTreeMap<(String, String), Vec<&Row>> = BTreeMap::new();
    for row in rows {
        let folder = row.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let extension = row.name.rsplit_once('.').map_or("", |(_, extension)| extension);
        if all || folder.split('/').next() != Some(FRAGMENTS) {
            shown.push((row.name.clone(), row.sizes));
        } else {
            groups.entry((folder.to_owned(), extension.to_owned())).or_default().push(row);
        }
    }
    for ((folder, extension), rows) in groups {
        if let Some(largest) = rows.iter().max_by_key(|row| row.sizes.brotli) {
            let name = format!("{folder}/*.{extension} (largest of {})", rows.len());
            shown.push((name, largest.sizes));
        }
    }
    shown
}

fn print(rows: &[Row], limits: &[Limit], std: Std, all: bool) {
    let shown = shown_rows(rows, all);
    let names = shown.iter().map(|(name, _)| name).chain(limits.iter().map(|limit| &limit.name));
    let width = names.map(String::len).max().unwrap_or_default();
    println!("   standard library: {}", std.name());
    let head = format!("   {:width$} {:>9} {:>9} {:>9}", "bytes", "raw", "gzip", "brotli");
    println!("{}", head.bold());
    for (name, Sizes { raw, gzip, brotli }) in shown {
        println!("   {name:width$} {raw:>9} {gzip:>9} {brotli:>9}");
    }
    let head = format!("   {:width$} {:>9} {:>9} {:>9}", "budget", "brotli", "at most", "left");
    println!("\n{}", head.bold());
    for limit in limits {
        let is_over = limit.fault().is_some();
        // Every fragment has the same limit, so those that keep it need no line each.
        if is_fragment(&limit.name) && !is_over && !all {
            continue;
        }
        let bytes = limit.bytes.map_or("–".to_owned(), |bytes| bytes.to_string());
        let left = limit.bytes.map_or("–".to_owned(), |bytes| {
            format!("{}", i128::from(limit.bytes_max) - i128::from(bytes))
        });
        let line = format!("   {:width$} {bytes:>9} {:>9} {left:>9}", limit.name, limit.bytes_max);
        if is_over { println!("{}", line.red()) } else { println!("{line}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUDGET: &str = r#"{ "files": {"candor.js": 50, "candor.css": 40}, "fragment": 30,
        "first_view": 100, "modules": {"widget": {"prebuilt": 700, "rebuilt": 500}} }"#;

    fn row(name: &str, brotli: u64) -> Row {
        Row { name: name.to_owned(), sizes: Sizes { raw: 4 * brotli, gzip: 2 * brotli, brotli } }
    }

    fn light() -> Vec<Row> {
        vec![
            row("candor.css", 40),
            row("answer.js", 0),
            row("candor.js", 50),
            row("e/ces/en.html", 5),
            row("e/nps/en.html", 10),
            row("e/nps/en.json", 99),
            row("widget.js", 100),
            row("widget.wasm", 400),
        ]
    }

    #[track_caller]
    fn faults(rows: &[Row], std: Std) -> Vec<String> {
        let budget = budget(BUDGET, std).expect("a budget");
        limits(rows, &budget).iter().filter_map(Limit::fault).collect()
    }

    fn with(name: &str, brotli: u64) -> Vec<Row> {
        let mut rows = light();
        rows.retain(|row| row.name != name);
        rows.push(row(name, brotli));
        rows
    }

    #[test]
    fn what_weighs_exactly_its_budget_is_within_it() {
        assert_eq!(faults(&light(), Std::Rebuilt), Vec::<String>::new());
    }

    #[test]
    fn what_is_over_is_named_with_by_how_much() {
        let one = |name, brotli| faults(&with(name, brotli), Std::Rebuilt);
        assert_eq!(
            one("e/ces/en.html", 11),
            ["first view (loader, answering, stylesheet, largest survey) is \
            1 bytes over its budget: 101 of 100"]
        );
        assert_eq!(
            one("widget.wasm", 401),
            ["widget (wasm and its loading code) is 1 bytes over \
            its budget: 501 of 500"]
        );
        assert_eq!(
            one("e/nps/en.html", 31)[0],
            "e/nps/en.html is 1 bytes over its budget: 31 of 30"
        );
        assert!(one("candor.js", 57)[0].contains("candor.js is 7 bytes over"));
        assert_eq!(faults(&with("widget.wasm", 600), Std::Prebuilt), Vec::<String>::new());
    }

    #[test]
    fn what_was_not_built_is_a_fault() {
        let mut rows = light();
        rows.retain(|row| row.name != "widget.js");
        assert!(faults(&rows, Std::Rebuilt)[0].contains("was not built"));
        rows.retain(|row| !is_fragment(&row.name));
        let found = faults(&rows, Std::Rebuilt);
        assert!(found.iter().any(|fault| fault.starts_with("a prerendered survey")), "{found:?}");
    }

    #[test]
    fn a_survey_in_one_file_has_the_budget_of_the_first_view() {
        let rows = with("e/nps/en.js", 101);
        assert_eq!(
            faults(&rows, Std::Rebuilt),
            ["first view in one file (largest survey) is 1 bytes over its budget: 101 of 100"]
        );
    }

    #[test]
    fn a_sheet_is_no_fragment() {
        assert!(is_fragment("e/nps/en.html"));
        assert!(!is_fragment("e/nps/en.json"));
        assert!(!is_fragment("index.html"));
        assert!(!is_fragment("console/index.html"));
    }

    #[test]
    fn prerendered_surveys_share_a_line_unless_all_are_wanted() {
        let rows = [row("candor.js", 1), row("e/nps/de.html", 2), row("e/nps/en.html", 3)];
        assert_eq!(shown_rows(&rows, true).len(), 3);
        let shown = shown_rows(&rows, false);
        assert_eq!(shown[1].0, "e/nps/*.html (largest of 2)");
        assert_eq!(shown[1].1.brotli, 3);
    }

    #[test]
    fn the_budget_that_is_checked_in_can_be_read() {
        let text = include_str!("../budget.json");
        let budget = budget(text, Std::Prebuilt).expect("a budget");
        assert!(budget.files.contains_key("candor.js"));
        assert!(budget.modules["widget"] > 0);
        assert!(self::budget("{}", Std::Prebuilt).is_err());
    }
}
