//! Counts a CSV file with the columns `time`, `channel`, `score` and `reasons`, and says how fast.
//!
//! `cargo run --release -p tables --example count -- FILE [THREADS [ROUNDS]]`

use std::error::Error;
use std::time::Instant;

use scoring::Scale;
use tables::plan::Plan;
use tables::time::PeriodUnit;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let bytes = std::fs::read(args.first().ok_or("which file?")?)?;
    let n_threads = args.get(1).map_or(Ok(1), |text| text.parse())?;
    let n_rounds = args.get(2).map_or(Ok(5), |text| text.parse())?;

    let inspection = tables::inspect(&bytes[..bytes.len().min(tables::inspect::HEAD_BYTES)])?;
    let column = |name: &str| inspection.column(name).ok_or(format!("no column {name}"));
    let plan = Plan {
        segments: vec![vec![column("channel")?]],
        time: Some(inspection.time_plan(column("time")?, PeriodUnit::Month)),
        reasons: Some(inspection.reason_plan(column("reasons")?)),
        ..inspection.bare_plan(column("score")?, Scale::NPS)
    };
    let mut best = f64::INFINITY;
    for _ in 0..n_rounds {
        let begin = Instant::now();
        let tallied = tables::tally::count(&bytes, &plan, n_threads)?;
        let seconds = begin.elapsed().as_secs_f64();
        if seconds < best {
            best = seconds;
            print(&tallied);
        }
        eprintln!("{:.0} MB/s", bytes.len() as f64 / seconds / 1e6);
    }
    eprintln!("best of {n_rounds}: {best:.4} s, {:.0} MB/s", bytes.len() as f64 / best / 1e6);
    Ok(())
}

fn print(tallied: &tables::Tallied) {
    let counts = &tallied.overall.counts;
    let points: Vec<u64> = counts.iter().map(|(_, n)| n).collect();
    eprintln!("n {} missing {} invalid {}", counts.n(), counts.missing(), counts.invalid());
    eprintln!("{points:?}");
}
