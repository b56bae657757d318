//! Smaller JavaScript with the same meaning: comments and needless white space go, and what is
//! declared inside a function gets a short name. Statements, their order and every name that
//! another file, the page or the person debugging a stack of properties could see stay.
//!
//! Written here because the crates that do it either take longer to compile than all the rest of
//! this program, or change the meaning of ordinary code (`a + +b`, a line that ends without `;`).
//! Where it cannot be sure what something means, it says so with the line instead of guessing.

mod brackets;
mod print;
mod tokens;

use anyhow::Result;

/// `source` with the same meaning in fewer bytes.
///
/// # Errors
/// When something does not end or is not closed, or a `/` could be a division as well as the start
/// of a regular expression; with the line.
pub(crate) fn minify(source: &str) -> Result<String> {
    let tokens = tokens::tokenize(source)?;
    Ok(print::print(&tokens))
}
