//! `candor check`: says everything that is wrong or unwise in survey files.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use collector::Surveys;
use collector::surveys::load_file;
use survey::lint;

/// Says everything that is wrong with survey files, each fault with its file and its field, and what
/// is unwise: questions that lead or are two, labels too long for a telephone.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Survey files, or folders of them
    #[arg(required = true)]
    surveys: Vec<PathBuf>,
    /// Fails on advice as well
    #[arg(long)]
    strict: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut code = ExitCode::SUCCESS;
    for path in &arguments.surveys {
        match check(path) {
            Ok(surveys) => {
                for survey in surveys.iter() {
                    let advice = lint(survey);
                    for line in &advice {
                        println!("{}: advice: {line}", path.display());
                    }
                    if arguments.strict && !advice.is_empty() {
                        code = ExitCode::FAILURE;
                    }
                }
                println!("{}: all right, {}", path.display(), told(&surveys));
            }
            Err(faults) => {
                eprintln!("{faults}");
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}

/// What a right file or folder holds, or everything that is wrong with it.
fn check(path: &Path) -> Result<Surveys, String> {
    if path.is_dir() {
        return Surveys::load(path).map_err(|error| error.to_string());
    }
    let definition = load_file(path).map_err(|faults| faults.to_string())?;
    Ok(Surveys::new([definition]))
}

/// One survey with its version and languages, several by name.
fn told(surveys: &Surveys) -> String {
    let mut all = surveys.iter();
    let (Some(definition), None) = (all.next(), all.next()) else {
        return surveys.names().join(", ");
    };
    let outline = definition.outline();
    let locales: Vec<&str> = definition.texts().keys().map(|locale| locale.as_str()).collect();
    format!("{} version {} in {}", outline.id, outline.version, locales.join(", "))
}
