//! Net promoter score: promoters minus detractors among all who answered, in points from -100 to
//! 100. Cutting the scale into the three groups is not here; see [`crate::bands`].

mod adjusted_wald;
mod groups;

pub use adjusted_wald::adjusted_wald;
pub use groups::Groups;
