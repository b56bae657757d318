//! `cargo xtask test`: every check in order, each with a heading and its time, and a table at the
//! end. A step that fails does not keep the others from running, except those that need it.

use std::process::Command;
use std::time::{Duration, Instant};

use anstream::println;
use anyhow::{Result, bail, ensure};
use owo_colors::OwoColorize;

use crate::dist::Program;
use crate::wasm::StdChoice;
use crate::workspace::{Workspace, cargo};
use crate::{browsers, dist, progress, run, sizes, stamp, tidy, toolchain};

/// One check.
struct Step {
    name: &'static str,
    /// What it does, for the heading.
    about: &'static str,
    /// The step whose result it needs.
    needs: Option<&'static str>,
    run: fn(&Workspace, Scope) -> Result<()>,
}

/// How much of everything is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    /// Every step, one after the other.
    Whole,
    /// One step by its name.
    One,
}

impl Scope {
    /// The server as the steps before have built it, or by itself.
    const fn program(self) -> Program {
        match self {
            Self::Whole => Program::WithTestsOf(&TESTED),
            Self::One => Program::Plain,
        }
    }
}

/// The steps that run only when they are named: lints and docs compile everything once more in
/// another way, which doubles the time of a run from nothing, and are for before a commit; pictures
/// are for people to look at.
const BY_NAME_ONLY: [&str; 3] = ["clippy", "doc", PICTURES];

/// The crates with tests that run on this machine, always chosen together: chosen apart, what they
/// depend on would get other features and be compiled again.
const TESTED: [&str; 11] = [
    "scoring",
    "service",
    "survey",
    "form",
    "report",
    "wire",
    "tables",
    "ui",
    "collector",
    "candor",
    "tests",
];

const STEPS: [Step; 9] = [
    Step { name: "fmt", about: "the layout of the code", needs: None, run: fmt },
    Step { name: "clippy", about: "lints", needs: None, run: clippy },
    Step {
        name: "crates",
        about: "the tests of every crate and their documented examples",
        needs: None,
        run: crates,
    },
    Step { name: "doc", about: "the docs", needs: None, run: doc },
    Step {
        name: "tidy",
        about: "what no compiler checks",
        needs: None,
        run: |workspace, _| tidy::check(workspace),
    },
    Step { name: DIST, about: "what browsers load", needs: None, run: build_dist },
    Step { name: "sizes", about: "its weight", needs: Some(DIST), run: check_sizes },
    Step {
        name: "browsers",
        about: "whole flows in real browsers",
        needs: Some(DIST),
        run: browse,
    },
    Step {
        name: PICTURES,
        about: "every page, wide and narrow, light and dark",
        needs: Some(DIST),
        run: take_pictures,
    },
];

const DIST: &str = "dist";

/// The step, and the browser case that it is.
const PICTURES: &str = "pictures";

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    /// Not run, because what it needs failed.
    Skipped,
}

/// A step that was looked at.
struct Done {
    name: &'static str,
    outcome: Outcome,
    elapsed: Duration,
}

/// Runs every step, or the one named `only` with what it needs.
///
/// # Errors
/// When there is no such step, or when any step fails.
pub(crate) fn test(workspace: &Workspace, only: Option<&str>) -> Result<()> {
    let steps = chosen(&STEPS, only)?;
    if only.is_some_and(|only| STEPS.iter().any(|s| s.name == only && s.needs == Some(DIST)))
        && !stamp::is_fresh(workspace)?
    {
        progress::heading("dist: what the step needs is missing or older than its sources");
        build_dist(workspace, Scope::One)?;
    }
    let scope = if only.is_some() { Scope::One } else { Scope::Whole };
    let done = run_steps(&steps, workspace, scope);
    for line in summary(&done) {
        println!("{line}");
    }
    let n_failed = count(&done, Outcome::Failed);
    ensure!(n_failed == 0, "{} failed", names(&done, Outcome::Failed));
    Ok(())
}

/// The steps to run.
fn chosen<'a>(steps: &'a [Step], only: Option<&str>) -> Result<Vec<&'a Step>> {
    let Some(only) = only else {
        return Ok(steps.iter().filter(|step| !BY_NAME_ONLY.contains(&step.name)).collect());
    };
    let Some(step) = steps.iter().find(|step| step.name == only) else {
        let names: Vec<_> = steps.iter().map(|step| step.name).collect();
        bail!("there is no step `{only}`; there are {}", names.join(", "));
    };
    Ok(vec![step])
}

fn run_steps(steps: &[&Step], workspace: &Workspace, scope: Scope) -> Vec<Done> {
    let mut done: Vec<Done> = Vec::new();
    for step in steps {
        progress::heading(&format!("{}: {}", step.name, step.about));
        let start = Instant::now();
        let needed = done.iter().find(|before| Some(before.name) == step.needs);
        let outcome = match needed {
            Some(needed) if needed.outcome != Outcome::Passed => {
                progress::note(&format!("skipped, since {} did not pass", needed.name));
                Outcome::Skipped
            }
            _ => match (step.run)(workspace, scope) {
                Ok(()) => Outcome::Passed,
                Err(error) => {
                    progress::error(&error);
                    Outcome::Failed
                }
            },
        };
        let elapsed = start.elapsed();
        if outcome != Outcome::Skipped {
            progress::note(&format!("{} took {}", step.name, progress::shown(elapsed)));
        }
        done.push(Done { name: step.name, outcome, elapsed });
    }
    done
}

/// The table of all steps, and a last line that programs may read.
fn summary(done: &[Done]) -> Vec<String> {
    let mut lines = vec![String::new()];
    for Done { name, outcome, elapsed } in done {
        let word = match outcome {
            Outcome::Passed => "passed".green().to_string(),
            Outcome::Failed => "FAILED".red().to_string(),
            Outcome::Skipped => "skipped".yellow().to_string(),
        };
        lines.push(format!("   {name:12} {:>14}   {word}", progress::shown(*elapsed)));
    }
    let total = done.iter().map(|step| step.elapsed).sum();
    lines.push(format!("   {:12} {:>14}", "all", progress::shown(total)));
    lines.push(String::new());
    if count(done, Outcome::Skipped) > 0 {
        lines.push(format!("skipped: {}", names(done, Outcome::Skipped)));
    }
    let (passed, failed) = (count(done, Outcome::Passed), count(done, Outcome::Failed));
    lines.push(format!("{passed} passed, {failed} failed"));
    lines
}

fn count(done: &[Done], outcome: Outcome) -> usize {
    done.iter().filter(|step| step.outcome == outcome).count()
}

fn names(done: &[Done], outcome: Outcome) -> String {
    let names = done.iter().filter(|step| step.outcome == outcome).map(|step| step.name);
    names.collect::<Vec<_>>().join(", ")
}

fn fmt(workspace: &Workspace, _: Scope) -> Result<()> {
    toolchain::need_subcommand("fmt", "rustfmt")?;
    run::stream(in_workspace(workspace).args(["fmt", "--all", "--check"]))
}

fn clippy(workspace: &Workspace, _: Scope) -> Result<()> {
    toolchain::need_subcommand("clippy", "clippy")?;
    let mut command = in_workspace(workspace);
    command.args(["clippy", "--workspace", "--all-targets", "--test", "browsers"]);
    command.args(["--", "-D", "warnings"]);
    run::stream(&mut command)
}

/// The tests of this program run by themselves: with the others, its dependencies would get their
/// features and be compiled a second time.
fn crates(workspace: &Workspace, _: Scope) -> Result<()> {
    let all = run::stream(test_together(workspace).arg("--no-fail-fast"));
    let own = run::stream(in_workspace(workspace).args(["test", "--package", "xtask"]));
    all.and(own)
}

fn doc(workspace: &Workspace, _: Scope) -> Result<()> {
    let mut command = in_workspace(workspace);
    command.args(["doc", "--no-deps", "--workspace"]).env("RUSTDOCFLAGS", "-D warnings");
    run::stream(&mut command)
}

fn build_dist(workspace: &Workspace, scope: Scope) -> Result<()> {
    dist::build(workspace, StdChoice::Prebuilt, scope.program()).map(|_| ())
}

fn check_sizes(workspace: &Workspace, _: Scope) -> Result<()> {
    sizes::check(workspace, false)
}

fn browse(workspace: &Workspace, scope: Scope) -> Result<()> {
    in_browsers(workspace, scope, &["--no-fail-fast", "--", "--skip", PICTURES])
}

fn take_pictures(workspace: &Workspace, scope: Scope) -> Result<()> {
    in_browsers(workspace, scope, &["--", PICTURES])
}

fn in_browsers(workspace: &Workspace, scope: Scope, args: &[&str]) -> Result<()> {
    let driver = browsers::need_chromedriver()?;
    let candor = dist::candor(workspace, scope.program())?;
    let mut command = test_together(workspace);
    command.args(["--test", "browsers"]).args(args);
    // One browser at a time: two on two cores are slower than one after the other, and less steady.
    command.args(["--test-threads", "1"]);
    command.env("CANDOR_BIN", candor).env("CANDOR_WWW", workspace.dist());
    run::stream(command.env("CHROMEDRIVER", driver))
}

/// `cargo test` of everything in [`TESTED`].
fn test_together(workspace: &Workspace) -> Command {
    let mut command = in_workspace(workspace);
    command.arg("test").args(TESTED.iter().flat_map(|package| ["--package", package]));
    command
}

fn in_workspace(workspace: &Workspace) -> Command {
    let mut command = cargo();
    command.current_dir(&workspace.root);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pass(_: &Workspace, _: Scope) -> Result<()> {
        Ok(())
    }

    fn fail(_: &Workspace, _: Scope) -> Result<()> {
        bail!("on purpose")
    }

    fn step(
        name: &'static str,
        needs: Option<&'static str>,
        run: fn(&Workspace, Scope) -> Result<()>,
    ) -> Step {
        Step { name, about: "for a test", needs, run }
    }

    fn outcomes(steps: &[Step]) -> Vec<Outcome> {
        let steps: Vec<_> = steps.iter().collect();
        let workspace = Workspace { root: "w".into(), target: "t".into(), members: Vec::new() };
        run_steps(&steps, &workspace, Scope::Whole).iter().map(|done| done.outcome).collect()
    }

    #[test]
    fn a_failure_stops_only_what_needs_it() {
        let steps = [
            step("a", None, fail),
            step("b", Some("a"), pass),
            step("c", None, pass),
            step("d", Some("c"), pass),
            step("e", Some("b"), pass),
        ];
        use Outcome::{Failed, Passed, Skipped};
        assert_eq!(outcomes(&steps), [Failed, Skipped, Passed, Passed, Skipped]);
    }

    #[test]
    fn a_step_run_alone_does_not_wait_for_what_it_needs() {
        assert_eq!(outcomes(&[step("b", Some("a"), pass)]), [Outcome::Passed]);
    }

    #[test]
    fn the_last_line_counts_the_steps() {
        let done = |name, outcome| Done { name, outcome, elapsed: Duration::from_secs(61) };
        let all = [
            done("a", Outcome::Passed),
            done("b", Outcome::Failed),
            done("c", Outcome::Skipped),
            done("d", Outcome::Passed),
        ];
        let lines = summary(&all);
        assert_eq!(lines.last().map(String::as_str), Some("2 passed, 1 failed"));
        assert!(lines.iter().any(|line| line == "skipped: c"));
        assert!(lines.iter().any(|line| line.contains("4 min 04 s")), "{lines:?}");
    }

    #[test]
    fn every_step_needs_one_that_comes_before() {
        for (at, step) in STEPS.iter().enumerate() {
            let known = |name| STEPS[..at].iter().any(|before| before.name == name);
            assert!(step.needs.is_none_or(known), "{}", step.name);
        }
    }

    #[test]
    fn an_unknown_step_is_answered_with_the_known_ones() {
        let error = chosen(&STEPS, Some("units")).err().expect("unknown").to_string();
        assert!(error.contains("`units`") && error.contains("browsers"), "{error}");
        assert_eq!(chosen(&STEPS, Some("doc")).expect("known").len(), 1);
    }

    /// The crates of the browser have no tests of their own: the browser cases are theirs.
    #[test]
    fn no_crate_with_tests_is_left_out() {
        let browser = ["widget", "badge", "console", "preview"];
        let workspace = Workspace::find().expect("this crate is in it");
        let names = workspace.members.iter().map(|member| member.name.as_str());
        let left: Vec<_> = names
            .filter(|name| !TESTED.contains(name) && !browser.contains(name))
            .filter(|name| !["xtask", "tests"].contains(name))
            .collect();
        assert!(left.is_empty(), "{left:?} would never be tested");
    }

    #[test]
    fn without_a_name_every_step_runs_but_those_that_want_to_be_named() {
        let names: Vec<_> = chosen(&STEPS, None).expect("some").iter().map(|s| s.name).collect();
        assert_eq!(names, ["fmt", "crates", "tidy", DIST, "sizes", "browsers"]);
        assert_eq!(names.len() + BY_NAME_ONLY.len(), STEPS.len());
    }
}
