//! JavaScript in pieces: what each is, and where lines ended. What brackets enclose is decided in
//! `brackets`, which also knows whether a `/` divides.

use anyhow::{Result, bail};

use super::brackets::{Brackets, Enclosed};

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, a keyword, or a private name with its `#`.
    Word,
    /// A number.
    Number,
    /// A string literal.
    Text,
    /// A template literal, or the part of one before, between or after its `${…}`.
    Template,
    /// A regular expression with its flags.
    Regex,
    /// An operator or a bracket.
    Mark,
}

/// One piece of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// What it is.
    pub(super) kind: Kind,
    /// As it is written.
    pub(super) text: &'a str,
    /// Whether a line ended between the piece before and this one.
    pub(super) on_new_line: bool,
    /// For a bracket: what it opens or closes.
    pub(super) encloses: Option<Enclosed>,
}

impl Token<'_> {
    /// Whether it is that operator or bracket.
    pub(super) fn is_mark(&self, text: &str) -> bool {
        self.kind == Kind::Mark && self.text == text
    }

    /// Whether it is that keyword or name.
    pub(super) fn is_word(&self, text: &str) -> bool {
        self.kind == Kind::Word && self.text == text
    }
}

/// Operators of more than one character, longest first.
const LONG_MARKS: [&str; 34] = [
    ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=",
    "<=", ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=",
    "<<", ">>", "**", "=",
];

/// The pieces of `source`, without comments and white space.
///
/// # Errors
/// When something does not end, a bracket is not closed, or a `/` is ambiguous; with the line.
pub(super) fn tokenize(source: &str) -> Result<Vec<Token<'_>>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut brackets = Brackets::default();
    let mut on_new_line = false;
    let mut at = 0;
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at..];
        let here = || format!("line {}", source[..at].matches('\n').count() + 1);
        if let Some(length) = gap_bytes(rest) {
            let Some(length) = length else { bail!("{}: a comment does not end", here()) };
            on_new_line |= rest[..length].contains(['\n', '\r', '\u{2028}', '\u{2029}']);
            at += length;
            continue;
        }
        let found = match c {
            '"' | '\'' => string_bytes(rest).map(|length| (Kind::Text, length)),
            '`' => template_bytes(rest).map(|length| (Kind::Template, length)),
            '}' if brackets.in_template() => {
                template_bytes(rest).map(|length| (Kind::Template, length))
            }
            '/' if brackets.regex_may_start(&tokens).map_err(|e| e.context(here()))? => {
                regex_bytes(rest).map(|length| (Kind::Regex, length))
            }
            _ => Some(plain(rest)),
        };
        let Some((kind, length)) = found else {
            bail!("{}: `{c}` begins something that does not end", here());
        };
        let token = Token { kind, text: &rest[..length], on_new_line, encloses: None };
        let encloses = brackets.follow(&tokens, &token).map_err(|e| e.context(here()))?;
        tokens.push(Token { encloses, ..token });
        on_new_line = false;
        at += length;
    }
    brackets.ensure_closed()?;
    Ok(tokens)
}

/// Whether `c` may stand in a name.
pub(super) fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '\u{200c}' | '\u{200d}')
}

/// The length of the white space or comment that `rest` begins with: `None` when it begins with
/// neither, `Some(None)` when the comment does not end.
fn gap_bytes(rest: &str) -> Option<Option<usize>> {
    if rest.starts_with("//") {
        return Some(Some(rest.find(['\n', '\r', '\u{2028}', '\u{2029}']).unwrap_or(rest.len())));
    }
    if let Some(inside) = rest.strip_prefix("/*") {
        return Some(inside.find("*/").map(|length| length + 4));
    }
    let c = rest.chars().next()?;
    (c.is_whitespace() || c == '\u{feff}').then_some(Some(c.len_utf8()))
}

/// A name, a number or an operator: what needs no look at its surroundings.
fn plain(rest: &str) -> (Kind, usize) {
    let mut chars = rest.chars();
    let first = chars.next().unwrap_or_default();
    let second = chars.next().unwrap_or_default();
    if first.is_ascii_digit() || (first == '.' && second.is_ascii_digit()) {
        return (Kind::Number, number_bytes(rest));
    }
    if is_name(first) || matches!(first, '#' | '\\') {
        let end = rest[first.len_utf8()..].find(|c| !is_name(c) && !matches!(c, '\\' | '{' | '}'));
        let word = &rest[..end.map_or(rest.len(), |end| end + first.len_utf8())];
        return (Kind::Word, word_bytes(word));
    }
    let long = LONG_MARKS.into_iter().find(|mark| rest.starts_with(mark)).filter(|mark| {
        // `a?.5:1` chooses between numbers.
        *mark != "?." || !rest[2..].starts_with(|c: char| c.is_ascii_digit())
    });
    (Kind::Mark, long.map_or(first.len_utf8(), str::len))
}

/// The length of the name that `word` begins with. Braces belong to it only in `\u{…}`.
fn word_bytes(word: &str) -> usize {
    let mut in_escape = false;
    for (at, c) in word.char_indices() {
        match c {
            '{' if word[..at].ends_with("\\u") => in_escape = true,
            '}' if in_escape => in_escape = false,
            '{' | '}' => return at,
            _ => {}
        }
    }
    word.len()
}

fn number_bytes(rest: &str) -> usize {
    let is_hexadecimal = rest.starts_with("0x") || rest.starts_with("0X");
    let mut previous = '\0';
    for (at, c) in rest.char_indices() {
        let is_exponent_sign =
            matches!(c, '+' | '-') && matches!(previous, 'e' | 'E') && !is_hexadecimal;
        if !(is_name(c) || c == '.' || is_exponent_sign) {
            return at;
        }
        previous = c;
    }
    rest.len()
}

/// The length of the string literal that `rest` begins with, quotes included.
fn string_bytes(rest: &str) -> Option<usize> {
    let quote = rest.chars().next()?;
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' | '\r' => return None,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The length of the part of a template that `rest` begins with: from a backtick or a `}` up to
/// the next backtick or `${`, all included.
fn template_bytes(rest: &str) -> Option<usize> {
    let mut escaped = false;
    let mut after_dollar = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '`' => return Some(at + 1),
            '{' if after_dollar => return Some(at + 1),
            '$' => {
                after_dollar = true;
                continue;
            }
            _ => {}
        }
        after_dollar = false;
    }
    None
}

/// The length of the regular expression that `rest` begins with, flags included.
fn regex_bytes(rest: &str) -> Option<usize> {
    let mut escaped = false;
    let mut in_class = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' | '\r' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => {
                let flags = rest[at + 1..].find(|c| !is_name(c)).unwrap_or(rest.len() - at - 1);
                return Some(at + 1 + flags);
            }
            _ => {}
        }
    }
    None
}
