//! What a person sees while something takes time: a spinner with the elapsed time on a terminal,
//! plain lines elsewhere. Nothing is computed here.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use anstream::{eprintln, println};
use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use owo_colors::OwoColorize;

const TICK: Duration = Duration::from_millis(100);

/// Prints a heading.
pub(crate) fn heading(text: &str) {
    println!("\n{}", format!("== {text}").bold());
}

/// Prints one line of information.
pub(crate) fn note(text: &str) {
    println!("   {text}");
}

/// Prints an error with its causes, the way cargo does.
pub(crate) fn error(error: &anyhow::Error) {
    eprintln!("{}: {error:#}", "error".red().bold());
}

/// A time for people: `0.4 s`, `12.3 s`, `4 min 05 s`.
pub(crate) fn shown(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    if seconds < 60 {
        return format!("{:.1} s", elapsed.as_secs_f64());
    }
    format!("{} min {:02} s", seconds / 60, seconds % 60)
}

/// Does `work`, which prints nothing, and says for how long it has been going on.
///
/// # Errors
/// Those of `work`.
pub(crate) fn quietly<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    let spinner = std::io::stderr().is_terminal().then(|| {
        let style = ProgressStyle::with_template("   {spinner} {msg} ({elapsed})")
            .unwrap_or_else(|_| ProgressStyle::default_spinner());
        let spinner = ProgressBar::new_spinner().with_style(style).with_message(what.to_owned());
        spinner.enable_steady_tick(TICK);
        spinner
    });
    if spinner.is_none() {
        note(&format!("{what} …"));
    }
    let result = work();
    if let Some(spinner) = spinner {
        spinner.finish_and_clear();
    }
    if result.is_ok() {
        note(&format!("{what}: {}", shown(start.elapsed())));
    }
    result
}

/// Does `work`, which prints its own progress, under a line that says what it is.
///
/// # Errors
/// Those of `work`.
pub(crate) fn aloud<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    note(&format!("{what} …"));
    let result = work();
    if result.is_ok() {
        note(&format!("{what}: {}", shown(start.elapsed())));
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short_to_read() {
        assert_eq!(shown(Duration::from_millis(440)), "0.4 s");
        assert_eq!(shown(Duration::from_millis(59_940)), "59.9 s");
        assert_eq!(shown(Duration::from_secs(245)), "4 min 05 s");
    }

    #[test]
    fn the_result_of_the_work_is_passed_on() {
        assert_eq!(quietly("counting", || Ok(3)).expect("it works"), 3);
        let error = aloud("failing", || -> Result<()> { anyhow::bail!("no") });
        assert_eq!(error.expect_err("it fails").to_string(), "no");
    }
}
