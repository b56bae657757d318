//! The command-line program: one file or folder for each subcommand, what several of them need
//! (`cells`, `input`, `options`), and no work of its own.

mod cells;
mod check;
mod input;
mod options;
mod plan;
mod render;
mod score;
mod serve;
mod service;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  faults were found, or the work could not be done; standard error says which
  2  the command line is not right";

/// Asks customers one question, keeps their answers, and says how sure the score is.
#[derive(Debug, Parser)]
#[command(name = "candor", version, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Arguments),
    Render(render::Arguments),
    Check(check::Arguments),
    Score(Box<score::Arguments>),
    Service(service::Arguments),
    Plan(plan::Arguments),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Render(arguments) => render::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Score(arguments) => score::run(&arguments),
        Command::Service(arguments) => service::run(&arguments),
        Command::Plan(arguments) => plan::run(&arguments),
    };
    done.unwrap_or_else(|error| {
        eprintln!("candor: {error:#}");
        ExitCode::FAILURE
    })
}
