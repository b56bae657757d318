//! Builds, serves, tests and measures the project. Nothing of the product lives here, and none of
//! its crates is needed to compile this one.
//!
//! Reading order: [`args`] is what may be asked for; [`dist`] builds the web root out of what
//! [`wasm`] and [`assemble`] make; [`serve`], [`sizes`] and [`steps`] are the other commands, and
//! [`tidy`] is the step that checks what no compiler does.

mod args;
mod assemble;
mod bench;
mod browsers;
mod compress;
mod css;
mod dist;
mod hash;
mod js;
mod manifest;
mod progress;
mod run;
mod serve;
mod sizes;
mod stamp;
mod steps;
mod tidy;
mod toolchain;
mod wasm;
mod workspace;

use std::env;
use std::process::ExitCode;

use anyhow::Result;

use crate::args::Command;
use crate::workspace::Workspace;

fn main() -> ExitCode {
    match carry_out() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            progress::error(&error);
            ExitCode::FAILURE
        }
    }
}

fn carry_out() -> Result<()> {
    let command = args::parse(env::args_os().skip(1))?;
    if command == Command::Help {
        anstream::print!("{}", args::HELP);
        return Ok(());
    }
    let workspace = Workspace::find()?;
    match command {
        Command::Help => Ok(()),
        Command::Serve(options) => serve::serve(&workspace, &options),
        Command::Dist { std } => dist::build(&workspace, std, dist::Program::Plain).map(|_| ()),
        Command::Sizes { all } => sizes::check(&workspace, all),
        Command::Bench { n_rows, n_runs } => bench::bench(&workspace, n_rows, n_runs),
        Command::Test { step } => steps::test(&workspace, step.as_deref()),
    }
}
