//! `candor check`: says everything that is wrong with survey files.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use collector::Surveys;
use collector::surveys::load_file;

/// Says everything that is wrong with survey files, each fault with its file and its field.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Survey files, or folders of them
    #[arg(required = true)]
    surveys: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut code = ExitCode::SUCCESS;
    for path in &arguments.surveys {
        match check(path) {
            Ok(found) => println!("{}: {found}", path.display()),
            Err(faults) => {
                eprintln!("{faults}");
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}

/// What a right file or folder holds, or everything that is wrong with it.
fn check(path: &Path) -> Result<String, String> {
    if path.is_dir() {
        let surveys = Surveys::load(path).map_err(|error| error.to_string())?;
        return Ok(format!("all right, {}", surveys.names().join(", ")));
    }
    let definition = load_file(path).map_err(|faults| faults.to_string())?;
    let outline = definition.outline();
    let locales: Vec<&str> = definition.texts().keys().map(|locale| locale.as_str()).collect();
    let (id, version, locales) = (&outline.id, outline.version, locales.join(", "));
    Ok(format!("all right, {id} version {version} in {locales}"))
}
