//! Running other programs: their output shown as it comes, or kept and shown when they fail.
//! A program that is not there gives one sentence saying what to install.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow, bail};

/// Runs `command` with its output on our terminal.
///
/// # Errors
/// When it cannot be started or does not end well.
pub(crate) fn stream(command: &mut Command) -> Result<()> {
    let status =
        command.stdin(Stdio::null()).status().map_err(|error| not_started(command, error))?;
    if status.success() {
        return Ok(());
    }
    bail!("`{}` failed ({status})", line(command));
}

/// Runs `command` and returns what it prints.
///
/// # Errors
/// When it cannot be started or does not end well; then with everything that it printed.
pub(crate) fn capture(command: &mut Command) -> Result<String> {
    let output =
        command.stdin(Stdio::null()).output().map_err(|error| not_started(command, error))?;
    if output.status.success() {
        return String::from_utf8(output.stdout)
            .with_context(|| format!("`{}` printed what is not UTF-8", line(command)));
    }
    let printed = [output.stderr, output.stdout].concat();
    let printed = String::from_utf8_lossy(&printed);
    bail!("`{}` failed ({})\n{}", line(command), output.status, printed.trim_end());
}

/// Whether `command` ends well; what it prints does not matter.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// The command as it would be typed, without the program's folder.
pub(crate) fn line(command: &Command) -> String {
    let words = std::iter::once(program(command))
        .chain(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.collect::<Vec<_>>().join(" ")
}

fn program(command: &Command) -> String {
    let path = Path::new(command.get_program());
    path.file_stem().unwrap_or(OsStr::new("?")).to_string_lossy().into_owned()
}

fn not_started(command: &Command, error: std::io::Error) -> anyhow::Error {
    let program = program(command);
    if error.kind() != ErrorKind::NotFound {
        return anyhow::Error::new(error).context(format!("starting {program}"));
    }
    match program.as_str() {
        "cargo" | "rustc" | "rustup" => anyhow!(
            "{program} is not installed or not on the PATH; install Rust with rustup \
             (https://rustup.rs)"
        ),
        "apt-get" => anyhow!("apt-get is not there; this system installs programs another way"),
        _ => anyhow!("{program} is not there; build or install it and try again"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_named_with_what_to_do() {
        let error = capture(&mut Command::new("no-such-folder/rustup")).expect_err("not there");
        assert!(error.to_string().contains("https://rustup.rs"), "{error}");
        let error = stream(&mut Command::new("no-such-program")).expect_err("not there");
        assert!(error.to_string().contains("no-such-program is not there"), "{error}");
    }

    #[test]
    fn a_failing_command_shows_what_it_printed() {
        let mut command = crate::workspace::cargo();
        let error = capture(command.arg("no-such-command")).expect_err("no such command");
        let text = error.to_string();
        assert!(text.starts_with("`cargo no-such-command` failed"), "{text}");
        assert!(text.contains("no such command"), "{text}");
    }

    #[test]
    fn what_a_command_prints_is_returned() {
        let printed = capture(crate::workspace::cargo().arg("--version")).expect("cargo is there");
        assert!(printed.starts_with("cargo "), "{printed}");
    }
}
