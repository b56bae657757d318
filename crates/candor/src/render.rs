//! `candor render`: every survey in every language as files for a static host.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use collector::{Surveys, pages};

/// Writes every survey in every language as files that any web server or CDN can serve:
/// SURVEY/LOCALE.html and .json, and the survey's own language once more as SURVEY/default. With a
/// bundle also SURVEY/LOCALE.js, a script tag that shows this survey with a single request.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The folder of survey files (*.json)
    surveys: PathBuf,
    /// The folder to write to, served as e/ beside candor.js; made when it is not there
    #[arg(long)]
    out: PathBuf,
    /// The file bundle.js that was built beside candor.js
    #[arg(long)]
    bundle: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let surveys = Surveys::load(&arguments.surveys)?;
    let read = |path: &PathBuf| {
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
    };
    let bundle = arguments.bundle.as_ref().map(read).transpose()?;
    let files = pages::files(&surveys, bundle.as_deref());
    for (name, text) in &files {
        let path = arguments.out.join(name);
        let folder = path.parent().unwrap_or(&arguments.out);
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let (n_surveys, n_files) = (surveys.iter().count(), files.len());
    println!("{n_files} files of {n_surveys} surveys are in {}", arguments.out.display());
    Ok(ExitCode::SUCCESS)
}
