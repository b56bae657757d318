//! Shares of a whole: how sure a share is and whether two of them differ. Everything here is in
//! shares, `[0, 1]`; percent exists only in scores.

mod change;
mod difference;
mod interval;
mod paired;
mod part;

pub use change::{Change, ChangeTest, change};
pub use difference::{ZTest, ZTestKind, fisher_exact, newcombe, z_test};
pub(crate) use interval::wilson_of_share;
pub use interval::{Method, estimate, interval, wilson};
pub use paired::{Discordant, mcnemar_exact, mcnemar_z};
pub use part::{Part, PartError};
