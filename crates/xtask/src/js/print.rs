//! Pieces of JavaScript back to text, with white space only where leaving it out would change what
//! is read: between two names, between `+` and `+`, and at the end of a line that may end a
//! statement.

use std::collections::BTreeMap;

use super::brackets::Enclosed;
use super::tokens::{Kind, Token, is_name};

/// Keywords after which the end of a line may end the statement.
const RESTRICTED: [&str; 9] =
    ["return", "break", "continue", "throw", "yield", "async", "get", "set", "static"];

/// Operators and brackets before which a statement can neither end nor begin.
const CONTINUING: [&str; 39] = [
    ")", "]", ",", ";", ":", ".", "?.", "?", "=", "==", "===", "!=", "!==", "<", ">", "<=", ">=",
    "&&", "||", "??", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "**=", "<<=", ">>=", ">>>=",
    "&&=", "||=", "??=", "%", "&", "|", "/",
];

/// The text of `tokens`, of which those in `renamed` are written as it says, by their index.
pub(super) fn print(tokens: &[Token<'_>], renamed: &BTreeMap<usize, String>) -> String {
    let mut out = String::new();
    for (at, token) in tokens.iter().enumerate() {
        if is_needless(tokens, at) {
            continue;
        }
        if let Some(before) = tokens[..at].last() {
            out.push_str(gap(before, token));
        }
        out.push_str(renamed.get(&at).map_or(token.text, String::as_str));
    }
    out
}

/// Whether the piece at `at` is the `;` of a last statement, which may be left out unless it is the
/// whole statement: `if(a);`.
fn is_needless(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(before) = tokens[..at].last() else { return false };
    tokens[at].is_mark(";")
        && tokens.get(at + 1).is_some_and(|next| next.is_mark("}"))
        && before.encloses != Some(Enclosed::Head)
        && !(before.kind == Kind::Mark && matches!(before.text, "{" | "}" | ";" | ":"))
        && !(before.kind == Kind::Word && matches!(before.text, "else" | "do"))
}

/// What has to stand between two pieces.
fn gap(before: &Token<'_>, token: &Token<'_>) -> &'static str {
    if ends_statement(before, token) {
        return "\n";
    }
    if would_join(before, token) { " " } else { "" }
}

/// Whether a line ends between the two, and may end a statement there.
pub(super) fn ends_statement(before: &Token<'_>, token: &Token<'_>) -> bool {
    if !token.on_new_line || token.is_mark("}") || token.is_mark(";") {
        return false; // those end it anyway
    }
    let continues = token.kind == Kind::Mark && CONTINUING.contains(&token.text);
    match before.kind {
        Kind::Word if RESTRICTED.contains(&before.text) => true,
        Kind::Word | Kind::Number | Kind::Text | Kind::Regex => !continues,
        Kind::Template => before.text.ends_with('`') && !continues,
        Kind::Mark => match (before.text, before.encloses) {
            (")", Some(Enclosed::Head)) | ("}", Some(Enclosed::Block)) => false,
            (")" | "]" | "}" | "++" | "--", _) => !continues,
            _ => false,
        },
    }
}

/// Whether the two, written without a gap, would be read as something else.
fn would_join(before: &Token<'_>, token: &Token<'_>) -> bool {
    let Some(last) = before.text.chars().next_back() else { return false };
    let Some(next) = token.text.chars().next() else { return false };
    if next == '`' || before.kind == Kind::Text || before.kind == Kind::Template {
        return false;
    }
    match (last, next) {
        // A letter behind a regular expression would be a flag of it.
        _ if before.kind == Kind::Regex && is_name(next) => true,
        (last, '#' | '\\') if is_name(last) => true,
        (last, next) if is_name(last) && is_name(next) => true,
        ('+', '+') | ('-', '-') | ('/', '/' | '*') => true,
        // `1 .toFixed()` is no fraction, `a<! --b` no comment of old.
        (_, '.') => before.kind == Kind::Number,
        ('<', '!') => true,
        _ => false,
    }
}
