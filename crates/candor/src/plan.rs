//! `candor plan`: how many answers, and how many people to ask, before asking them.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Result, bail, ensure};
use clap::{Args, ValueEnum};
use report::{Metric, Pair};
use scoring::ConfidenceLevel;
use scoring::plan::{
    Power, invitations, n_for_nps, n_for_nps_difference, n_for_share, n_for_share_difference,
    n_of_finite,
};

const EXAMPLES: &str = "\
Examples:
  candor plan --metric nps --margin 5
  candor plan --metric csat --expected 80 --margin 3 --population 2000 --response-rate 24
  candor plan --metric nps --difference 5 --promoters 50 --detractors 20";

/// Say how many answers a score needs.
///
/// Either `--margin`: to know a score to within so many points; or `--difference`: to notice that
/// two scores differ by so many points.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// What is measured: nps, csat or ces.
    #[arg(long, value_parser = crate::options::metric)]
    metric: Metric,
    /// How far the score may be from the truth, in points, either way.
    #[arg(
        long,
        value_name = "POINTS",
        conflicts_with = "difference",
        required_unless_present = "difference"
    )]
    margin: Option<f64>,
    /// Which difference of two scores should be noticed, in points.
    #[arg(long, value_name = "POINTS")]
    difference: Option<f64>,
    /// Percent expected to be satisfied or to find it easy; the worst case, 50, when left out.
    #[arg(long, value_name = "PERCENT")]
    expected: Option<f64>,
    /// Percent of promoters expected; with --detractors. The worst case when left out.
    #[arg(long, value_name = "PERCENT", requires = "detractors")]
    promoters: Option<f64>,
    /// Percent of detractors expected; with --promoters.
    #[arg(long, value_name = "PERCENT", requires = "promoters")]
    detractors: Option<f64>,
    /// Probability that the interval holds the true score.
    #[arg(long, value_name = "SHARE", default_value = "0.95", value_parser = crate::options::confidence)]
    confidence: ConfidenceLevel,
    /// Probability to notice the difference when it is there.
    #[arg(long, default_value_t = 0.8)]
    power: f64,
    /// How many people there are to be asked; many when left out.
    #[arg(long, value_name = "N")]
    population: Option<u64>,
    /// Percent of those asked who answer, to say how many to ask.
    #[arg(long, value_name = "PERCENT")]
    response_rate: Option<f64>,
    /// What is written to standard output.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
}

/// What was found.
#[derive(Debug)]
struct Answer {
    /// Answers needed, in each group where two are compared.
    n: u64,
    /// 1, or 2 where two scores are compared.
    groups: u64,
    /// People to ask in all; `None` where the response rate is not known.
    invitations: Option<u64>,
}

/// Computes and writes the answer.
///
/// # Errors
/// Which number is out of its range.
pub(crate) fn run(args: &Arguments) -> Result<ExitCode> {
    let answer = answer(args)?;
    let mut out = io::stdout().lock();
    match args.format {
        Format::Json => {
            let json = serde_json::json!({
                "metric": args.metric.name(),
                "confidence": args.confidence.get(),
                "power": args.difference.map(|_| args.power),
                "n": answer.n,
                "groups": answer.groups,
                "invitations": answer.invitations,
            });
            writeln!(out, "{json:#}")?;
        }
        Format::Table => {
            let each = if answer.groups > 1 { " in each of the two groups" } else { "" };
            writeln!(out, "{} answers{each}", answer.n)?;
            if let Some(invitations) = answer.invitations {
                writeln!(out, "{invitations} people to ask in all")?;
            }
            writeln!(out, "{}", assumed(args))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn answer(args: &Arguments) -> Result<Answer> {
    let level = args.confidence;
    let Ok(power) = Power::new(args.power) else {
        bail!("--power {} is not between 0 and 1; 0.8 is usual", args.power);
    };
    if let Some(margin) = args.margin {
        ensure!(
            margin > 0.0 && margin <= 100.0,
            "--margin {margin} is not between 0 and 100 points"
        );
    }
    if let Some(points) = args.difference {
        ensure!(
            points > 0.0 && points <= 200.0,
            "--difference {points} is no difference of scores"
        );
    }
    let is_nps = args.metric == Metric::Nps;
    ensure!(is_nps || args.promoters.is_none(), "--promoters and --detractors are for NPS");
    ensure!(!is_nps || args.expected.is_none(), "--expected is for CSAT and CES");
    let n = match (args.margin, args.difference) {
        (Some(margin), _) if is_nps => n_for_nps(variance(args)?, margin, level)?,
        (Some(margin), _) => n_for_share(expected(args)?, margin / 100.0, level)?,
        (None, Some(points)) if is_nps => {
            n_for_nps_difference(variance(args)?, points, level, power)?
        }
        (None, Some(points)) => {
            let before = expected(args)?;
            // Away from the nearer end, so that the second share is one, and the worse case.
            let step = if before <= 0.5 { points } else { -points } / 100.0;
            let shares = Pair { before, after: before + step };
            n_for_share_difference(shares, level, power)?
        }
        (None, None) => bail!("say --margin or --difference"),
    };
    let n = args.population.map_or(n, |people| n_of_finite(n, people));
    let groups = if args.difference.is_some() { 2 } else { 1 };
    let invitations = match args.response_rate {
        Some(percent) => Some(groups * invitations(n, percent / 100.0)?),
        None => None,
    };
    Ok(Answer { n, groups, invitations })
}

/// The share expected.
fn expected(args: &Arguments) -> Result<f64> {
    let percent = args.expected.unwrap_or(50.0);
    ensure!((0.0..=100.0).contains(&percent), "--expected {percent} is not a percentage");
    Ok(percent / 100.0)
}

/// The variance of one answer counted as -1, 0 or 1; 1 where nothing is known.
fn variance(args: &Arguments) -> Result<f64> {
    let (Some(promoters), Some(detractors)) = (args.promoters, args.detractors) else {
        return Ok(1.0);
    };
    let is_split = promoters >= 0.0 && detractors >= 0.0 && promoters + detractors <= 100.0;
    ensure!(is_split, "--promoters and --detractors are percentages of all, together at most 100");
    let (top, bottom) = (promoters / 100.0, detractors / 100.0);
    Ok(top + bottom - (top - bottom).powi(2))
}

/// What the number rests on, so that nobody takes it for more.
fn assumed(args: &Arguments) -> String {
    let confidence = args.confidence.get() * 100.0;
    let mut text = format!("at {confidence} % confidence");
    if args.difference.is_some() {
        text += &format!(" and {} % power", args.power * 100.0);
    }
    text += match (args.metric, args.promoters, args.expected) {
        (Metric::Nps, None, _) => {
            ", in the worst case: half promoters, half detractors. --promoters and --detractors of \
             the last period need fewer"
        }
        (Metric::Csat | Metric::Ces, _, None) if args.margin.is_some() => {
            ", in the worst case: 50 percent. --expected needs fewer"
        }
        _ => ", if the shares are as expected",
    };
    text
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    fn planned(line: &str) -> Result<Answer> {
        let words = std::iter::once("plan").chain(line.split_whitespace());
        answer(&Line::try_parse_from(words)?.arguments)
    }

    #[track_caller]
    fn check(line: &str, n: u64, invitations: Option<u64>) {
        let found = planned(line).expect("it is right");
        assert_eq!((found.n, found.invitations), (n, invitations));
    }

    #[test]
    fn published_sample_sizes_come_out() {
        check("--metric csat --margin 5", 385, None);
        check("--metric csat --margin 5 --population 1000", 279, None);
        check("--metric ces --margin 5 --response-rate 24", 385, Some(1605));
        check("--metric csat --expected 80 --difference 5", 1094, None);
        check(
            "--metric nps --margin 10 --promoters 50 --detractors 50 --confidence 0.9",
            268,
            None,
        );
        check("--metric nps --difference 10 --promoters 50 --detractors 0", 390, None);
    }

    #[track_caller]
    fn check_refused(line: &str, part: &str) {
        let error = planned(line).expect_err("it is wrong").to_string();
        assert!(error.contains(part), "{error}");
    }

    #[test]
    fn a_number_out_of_its_range_is_named() {
        check_refused("--metric nps --margin 5 --confidence 95", "between 0 and 1");
        check_refused("--metric nps --margin 0", "--margin 0");
        check_refused("--metric csat --margin 5 --expected 120", "--expected 120");
        check_refused("--metric nps --margin 5 --promoters 70 --detractors 40", "at most 100");
        check_refused("--metric csat --margin 5 --promoters 1 --detractors 1", "are for NPS");
        check_refused("--metric nps", "--margin");
    }
}
