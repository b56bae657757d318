//! Values of options that several subcommands take. What an option is for is said where it is.

use report::Metric;
use scoring::ConfidenceLevel;

/// A metric by its name.
pub(crate) fn metric(name: &str) -> Result<Metric, String> {
    Metric::from_name(name).ok_or_else(|| "it is nps, csat or ces".to_owned())
}

/// A probability as a confidence level.
pub(crate) fn confidence(text: &str) -> Result<ConfidenceLevel, String> {
    let level = text.parse().ok().and_then(|level| ConfidenceLevel::new(level).ok());
    level.ok_or_else(|| "it is a probability between 0 and 1; 0.95 is usual".to_owned())
}
