//! `cargo xtask bench`: how long `candor score` takes for a large file, beside what analysts use
//! today, in the same run on the same file. Whoever finds other counts than those that were written
//! has no time. Never part of the tests: only ratios within one run mean anything.

mod sample;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anstream::println;
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::workspace::{Workspace, cargo};
use crate::{progress, run};

const DUCKDB: &str = include_str!("duckdb.py");
const POLARS: &str = include_str!("polars.py");
const RIVALS: [&str; 3] = ["duckdb", "polars", "pyarrow"];

/// One program that counts the file.
struct Contestant {
    name: &'static str,
    command: Box<dyn Fn(&Path) -> Command>,
    /// What it prints as counts; `None` for a floor, which only reads.
    counts: Option<fn(&Value) -> Result<Value>>,
}

/// What was measured of one contestant.
#[derive(Default)]
struct Measured {
    times: Vec<Duration>,
    peak_kib: u64,
}

/// Measures `n_runs` runs of every contestant over a file of `n_rows` answers.
///
/// # Errors
/// When something cannot be built, or a contestant finds other counts.
pub(crate) fn bench(workspace: &Workspace, n_rows: u64, n_runs: u32) -> Result<()> {
    let folder = workspace.target.join("bench");
    std::fs::create_dir_all(&folder)?;
    progress::heading("building candor with optimisations");
    run::stream(cargo().current_dir(&workspace.root).args([
        "build",
        "--release",
        "--package",
        "candor",
    ]))?;
    let (file, expected) = sample_file(&folder, n_rows)?;
    let contestants = contestants(workspace, &folder);
    let n_bytes = std::fs::metadata(&file)?.len();
    progress::heading(&format!(
        "{n_rows} answers, {:.0} MB, {n_runs} runs each",
        n_bytes as f64 / 1e6
    ));
    let mut measured: BTreeMap<&str, Measured> = BTreeMap::new();
    // Round by round, so that whatever else the machine does meets everyone alike.
    for round in 0..=n_runs {
        for contestant in &contestants {
            let mut command = (contestant.command)(&file);
            let (elapsed, peak_kib, printed) =
                timed(&mut command).with_context(|| format!("running {}", contestant.name))?;
            if let Some(counts) = contestant.counts {
                let printed: Value = serde_json::from_str(&printed)?;
                let found = counts(&printed)?;
                ensure!(
                    found == expected,
                    "{} counts otherwise:\n{found}\n{expected}",
                    contestant.name
                );
            }
            let entry = measured.entry(contestant.name).or_default();
            entry.peak_kib = entry.peak_kib.max(peak_kib);
            if round > 0 {
                entry.times.push(elapsed); // the first round fills caches
            }
        }
    }
    let ours = median(&measured["candor score"].times);
    println!("{:<22} {:>10} {:>10} {:>12}", "", "median", "peak MiB", "to candor");
    for contestant in &contestants {
        let Measured { times, peak_kib } = &measured[contestant.name];
        let time = median(times);
        println!(
            "{:<22} {:>7} ms {:>10} {:>10.2} ×",
            contestant.name,
            time.as_millis(),
            peak_kib / 1024,
            time.as_secs_f64() / ours.as_secs_f64()
        );
    }
    progress::heading("intervals");
    run::stream(cargo().current_dir(&workspace.root).args([
        "bench",
        "--package",
        "scoring",
        "--bench",
        "intervals",
    ]))
}

/// The file of that many answers and its counts, made when it is not there.
fn sample_file(folder: &Path, n_rows: u64) -> Result<(PathBuf, Value)> {
    let file = folder.join(format!("answers-{n_rows}.csv"));
    let told = folder.join(format!("answers-{n_rows}.json"));
    if !file.exists() || !told.exists() {
        let counts = progress::quietly(&format!("writing {n_rows} answers"), || {
            sample::write(&file, n_rows)
        })?;
        std::fs::write(&told, counts.to_string())?;
    }
    let written: Value = serde_json::from_str(&std::fs::read_to_string(told)?)?;
    Ok((file, scored(&written)?))
}

/// Candor on one thread and on all, a floor, and the rivals that can be installed.
fn contestants(workspace: &Workspace, folder: &Path) -> Vec<Contestant> {
    let program = workspace.target.join("release").join("candor");
    let ours = |name, threads: &'static str| {
        let program = program.clone();
        let command = move |file: &Path| {
            let mut command = Command::new(&program);
            command.arg("score").arg(file).args(["--metric", "nps", "--column", "score"]);
            command.args(["--by", "channel", "--time", "time", "--period", "month"]);
            command.args(["--reasons", "reasons", "--separator", ";", "--suppress-below", "0"]);
            command.args(["--format", "json", "--quiet"]);
            if !threads.is_empty() {
                command.args(["--threads", threads]);
            }
            command
        };
        Contestant { name, command: Box::new(command), counts: Some(candor_counts) }
    };
    let mut list = vec![
        Contestant {
            name: "wc -l (a floor)",
            command: Box::new(|file| {
                let mut command = Command::new("wc");
                command.arg("-l").arg(file);
                command
            }),
            counts: None,
        },
        ours("candor score", ""),
        ours("candor, one thread", "1"),
    ];
    match python(folder) {
        Ok(python) => {
            for (name, script) in [("DuckDB", DUCKDB), ("Polars", POLARS)] {
                let python = python.clone();
                let command = move |file: &Path| {
                    let mut command = Command::new(&python);
                    command.arg("-c").arg(script).arg(file);
                    command
                };
                list.push(Contestant { name, command: Box::new(command), counts: Some(scored) });
            }
        }
        Err(error) => progress::note(&format!("without the rivals: {error:#}")),
    }
    list
}

/// A Python with the rivals in it.
fn python(folder: &Path) -> Result<PathBuf> {
    let python = folder.join("python/bin/python");
    if !run::succeeds(Command::new(&python).args(["-c", "import duckdb, polars, pyarrow"])) {
        progress::quietly("installing DuckDB and Polars", || {
            run::capture(Command::new("python3").args(["-m", "venv"]).arg(folder.join("python")))?;
            let mut pip = Command::new(&python);
            run::capture(pip.args(["-m", "pip", "install", "--quiet"]).args(RIVALS))
        })?;
    }
    Ok(python)
}

/// Runs a command, and returns how long it took, its peak memory in KiB and what it printed.
fn timed(command: &mut Command) -> Result<(Duration, u64, String)> {
    let begin = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut stdout = child.stdout.take().context("its output is read")?;
    let reading = std::thread::spawn(move || std::io::read_to_string(&mut stdout));
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak_kib = 0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        // Where there is no such file, the peak stays 0.
        let told = std::fs::read_to_string(&status_file).unwrap_or_default();
        let peak = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = peak.and_then(|rest| rest.trim().strip_suffix(" kB")?.parse().ok());
        peak_kib = peak_kib.max(kib.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(1));
    };
    let elapsed = begin.elapsed();
    if !status.success() {
        bail!("it failed ({status})");
    }
    let printed = reading.join().ok().context("its output is read")??;
    Ok((elapsed, peak_kib, printed))
}

fn median(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// Counts of promoters, passives and detractors as what everyone can say: how many, and the score.
fn scored(counts: &Value) -> Result<Value> {
    let mut by_month: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
    for (channel, months) in counts["by_month"].as_object().context("by_month is an object")? {
        for (month, groups) in months.as_object().context("months are an object")? {
            let group = |idx: usize| groups[idx].as_u64().unwrap_or(0);
            let (promoters, detractors) = (group(0), group(2));
            let n = promoters + group(1) + detractors;
            if n > 0 {
                let points = (promoters as f64 - detractors as f64) / n as f64 * 100.0;
                let cell = json!({ "n": n, "nps": rounded(points) });
                by_month.entry(channel.clone()).or_default().insert(month.clone(), cell);
            }
        }
    }
    Ok(json!({
        "missing": counts["missing"], "invalid": counts["invalid"],
        "distribution": counts["distribution"], "by_month": by_month, "reasons": counts["reasons"],
    }))
}

/// What `candor score` prints, in the shape of [`scored`].
fn candor_counts(report: &Value) -> Result<Value> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut by_month: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
    for segment in list(&report["segments"]) {
        let channel = segment["by"]["channel"].as_str().context("a segment is a channel")?;
        for part in list(&segment["trend"]) {
            let month = part["period"].as_str().context("a part is a period")?.to_owned();
            if let Some(points) = part["value"].as_f64() {
                let cell = json!({ "n": part["n"], "nps": rounded(points) });
                by_month.entry(channel.to_owned()).or_default().insert(month, cell);
            }
        }
    }
    let reasons: BTreeMap<String, Value> = list(&report["reasons"])
        .into_iter()
        .filter(|row| row["among"] == "detractors")
        .filter_map(|row| Some((row["reason"].as_str()?.to_owned(), row["n"].clone())))
        .collect();
    let distribution: Vec<Value> =
        list(&report["distribution"]).into_iter().map(|point| point["n"].clone()).collect();
    Ok(json!({
        "missing": report["missing"], "invalid": report["invalid"],
        "distribution": distribution, "by_month": by_month, "reasons": reasons,
    }))
}

/// Nine decimals: what two ways of dividing the same counts agree on.
fn rounded(points: f64) -> String {
    format!("{points:.9}")
}
