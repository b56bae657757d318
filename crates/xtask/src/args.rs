//! The command line: what was asked for, read once. Nothing is carried out here.

use std::ffi::OsString;

use anyhow::{Result, bail};
use lexopt::prelude::*;

use crate::wasm::StdChoice;

/// What `cargo xtask help` prints.
pub(crate) const HELP: &str = "\
Builds, serves, tests and measures the project.

Usage: cargo xtask <command>

  serve [--port 8080] [--release] [--sample] [--std KIND] [-- ARGS]
      Build everything and serve the demo, the console and the collector on one address.
      --release  build the server with optimisations
      --sample   hand --sample to `candor serve`
      ARGS       go to `candor serve` as they are

  dist [--std KIND]
      Build what browsers load into target/dist: minified, named by content, compressed.
      --std KIND  prebuilt  the toolchain's own standard library
                  rebuilt   the standard library rebuilt for size (needs the component rust-src)
                  auto      rebuilt where that can be had (the default of dist);
                            serve rebuilds only what an earlier build has left in the cache

  sizes [--all]
      Sizes of target/dist against crates/xtask/budget.json; fails when something is over.
      --all  list every prerendered survey, not only the largest of each folder

  bench [--rows 1000000] [--runs 5]
      Measure `candor score` on a large file beside DuckDB and Polars, which are installed into
      target/bench

  test [STEP]
      Run the checks that every change must pass, or one with what it needs:
      fmt crates tidy dist sizes browsers; by name only: clippy doc
";

/// The port that `serve` listens on unless told otherwise.
pub(crate) const PORT_STANDARD: u16 = 8080;

/// One thing to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Print [`HELP`].
    Help,
    /// Build everything and serve it.
    Serve(Serve),
    /// Build what browsers load.
    Dist {
        /// Which standard library the wasm modules get.
        std: StdChoice,
    },
    /// Compare the built files with the budget.
    Sizes {
        /// Whether every prerendered survey has its own line.
        all: bool,
    },
    /// Measure `candor score` beside its rivals.
    Bench {
        /// Answers in the file.
        n_rows: u64,
        /// Runs of each contestant.
        n_runs: u32,
    },
    /// Run every check, or the one named.
    Test {
        /// The only step to run.
        step: Option<String>,
    },
}

/// How to serve.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Serve {
    /// Port on the loopback address.
    pub(crate) port: u16,
    /// Whether the server is built with optimisations.
    pub(crate) release: bool,
    /// Whether the server fills an empty database with sample answers.
    pub(crate) sample: bool,
    /// Which standard library the wasm modules get; `None` takes what is quickest.
    pub(crate) std: Option<StdChoice>,
    /// Arguments for the server, after `--`.
    pub(crate) rest: Vec<OsString>,
}

/// The command that `args` (without the program's name) ask for.
///
/// # Errors
/// One sentence naming the argument that is unknown or has no sensible value.
pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command> {
    let mut parser = lexopt::Parser::from_args(args);
    let Some(first) = parser.next()? else { return Ok(Command::Help) };
    let name = match first {
        Value(name) => name.string()?,
        Long("help") | Short('h') => return Ok(Command::Help),
        other => return Err(other.unexpected().into()),
    };
    match name.as_str() {
        "help" => Ok(Command::Help),
        "serve" => serve(&mut parser),
        "dist" => dist(&mut parser),
        "sizes" => sizes(&mut parser),
        "bench" => bench(&mut parser),
        "test" => test(&mut parser),
        _ => bail!(
            "there is no command `{name}`; there are serve, dist, sizes, bench and test \
             (see `cargo xtask help`)"
        ),
    }
}

fn serve(parser: &mut lexopt::Parser) -> Result<Command> {
    let mut serve =
        Serve { port: PORT_STANDARD, release: false, sample: false, std: None, rest: Vec::new() };
    loop {
        if let Some(mut rest) = parser.try_raw_args()
            && rest.peek().is_some_and(|next| next == "--")
        {
            rest.next();
            serve.rest = rest.collect();
            return Ok(Command::Serve(serve));
        }
        match parser.next()? {
            None => return Ok(Command::Serve(serve)),
            Some(Long("port") | Short('p')) => serve.port = parser.value()?.parse()?,
            Some(Long("release")) => serve.release = true,
            Some(Long("sample")) => serve.sample = true,
            Some(Long("std")) => serve.std = Some(std_choice(parser)?),
            Some(Long("help") | Short('h')) => return Ok(Command::Help),
            Some(other) => return Err(other.unexpected().into()),
        }
    }
}

fn dist(parser: &mut lexopt::Parser) -> Result<Command> {
    let mut std = StdChoice::Auto;
    while let Some(arg) = parser.next()? {
        match arg {
            Long("std") => std = std_choice(parser)?,
            Long("help") | Short('h') => return Ok(Command::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Dist { std })
}

fn sizes(parser: &mut lexopt::Parser) -> Result<Command> {
    let mut all = false;
    while let Some(arg) = parser.next()? {
        match arg {
            Long("all") => all = true,
            Long("help") | Short('h') => return Ok(Command::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Sizes { all })
}

fn bench(parser: &mut lexopt::Parser) -> Result<Command> {
    let (mut n_rows, mut n_runs) = (1_000_000, 5);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("rows") => n_rows = parser.value()?.parse()?,
            Long("runs") => n_runs = parser.value()?.parse()?,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Bench { n_rows, n_runs })
}

fn test(parser: &mut lexopt::Parser) -> Result<Command> {
    let mut step = None;
    while let Some(arg) = parser.next()? {
        match arg {
            Value(name) if step.is_none() => step = Some(name.string()?),
            Long("help") | Short('h') => return Ok(Command::Help),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Command::Test { step })
}

fn std_choice(parser: &mut lexopt::Parser) -> Result<StdChoice> {
    let value = parser.value()?.string()?;
    match value.as_str() {
        "auto" => Ok(StdChoice::Auto),
        "prebuilt" => Ok(StdChoice::Prebuilt),
        "rebuilt" => Ok(StdChoice::Rebuilt),
        _ => bail!("--std is prebuilt, rebuilt or auto, not `{value}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &Command) {
        let found = parse(line.split_whitespace().map(OsString::from)).expect("a valid line");
        assert_eq!(&found, expected);
    }

    #[track_caller]
    fn check_fails(line: &str, word: &str) {
        let error =
            parse(line.split_whitespace().map(OsString::from)).expect_err("an invalid line");
        assert!(error.to_string().contains(word), "{error} does not name {word}");
    }

    fn plain() -> Serve {
        Serve { port: 8080, release: false, sample: false, std: None, rest: Vec::new() }
    }

    #[test]
    fn every_command_is_understood() {
        check("", &Command::Help);
        check("--help", &Command::Help);
        check("serve", &Command::Serve(plain()));
        check("serve --port 9000", &Command::Serve(Serve { port: 9000, ..plain() }));
        check(
            "serve --port=9000 --release --sample --std=prebuilt",
            &Command::Serve(Serve {
                port: 9000,
                release: true,
                sample: true,
                std: Some(StdChoice::Prebuilt),
                ..plain()
            }),
        );
        check("dist", &Command::Dist { std: StdChoice::Auto });
        check("dist --std rebuilt", &Command::Dist { std: StdChoice::Rebuilt });
        check("sizes --all", &Command::Sizes { all: true });
        check("test", &Command::Test { step: None });
        check("test tidy", &Command::Test { step: Some("tidy".into()) });
    }

    #[test]
    fn what_follows_two_dashes_goes_to_the_server() {
        let rest = vec!["--log".into(), "debug".into(), "--port".into()];
        check(
            "serve --release -- --log debug --port",
            &Command::Serve(Serve { release: true, rest, ..plain() }),
        );
    }

    #[test]
    fn a_mistake_is_named() {
        check_fails("sevre", "sevre");
        check_fails("serve --prot 1", "--prot");
        check_fails("serve --port 99999", "99999");
        check_fails("dist --std mine", "mine");
        check_fails("test unit doc", "doc");
    }
}
