//! One metric over time: what moves, what is noise, and when to raise an alarm. Which instant falls
//! into which period is not here, because that needs time zones.
//!
//! The alarm is a control chart on counts; "significant change" is a test of two periods; an arrow is
//! the sign of an interval. Testing every day against yesterday finds something by luck.

mod control;
mod delta;
mod period;
mod runs;
mod slope;

pub use control::{
    Chart, ChartPoint, Cusum, CusumOptions, Ewma, EwmaLimits, EwmaOptions, Side, TrendError, Xmr,
    cusum, ewma, p_chart, p_chart_around, spread_limits, xmr,
};
pub use delta::{Arrow, Delta, Sign, arrow, delta};
pub use period::{rolling_counts, rolling_groups, rolling_mean, widened};
pub use runs::{RunRule, run_signals};
pub use slope::{Kendall, Line, Point, TheilSen, kendall, linear, points, theil_sen};
