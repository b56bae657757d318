//! How long the intervals of one NPS take from its counts: adjusted Wald, Wald and Tango's score
//! interval together, over groups of many sizes. Run by `cargo xtask bench`.

use std::hint::black_box;
use std::time::Instant;

use scoring::ConfidenceLevel;
use scoring::nps::{Groups, Method, interval};

const METHODS: [Method; 3] = [Method::AdjustedWald, Method::Wald, Method::TangoScore];
const N_SCORES: u64 = 100_000;
const N_ROUNDS: usize = 7;

fn main() {
    let mut rounds_ns: Vec<u128> = (0..N_ROUNDS).map(|_| round_ns()).collect();
    rounds_ns.sort_unstable();
    let each_ns = rounds_ns[N_ROUNDS / 2] / u128::from(N_SCORES);
    println!("all intervals of one NPS from its counts: {each_ns} ns");
}

/// All intervals of many scores, from a handful of answers to a million.
fn round_ns() -> u128 {
    let start = Instant::now();
    for idx in 0..N_SCORES {
        let groups = Groups {
            detractors: idx * 7919 % 9973,
            passives: idx * 104_729 % 100_003,
            promoters: 1 + idx * 1_299_709 % 1_000_003,
        };
        for method in METHODS {
            black_box(interval(black_box(groups), method, ConfidenceLevel::P95));
        }
    }
    start.elapsed().as_nanos()
}
