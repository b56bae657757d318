//! Shares of a whole: how sure a share is and whether two of them differ. Everything here is in
//! shares, `[0, 1]`; percent exists only in scores.

mod interval;

pub use interval::wilson;
