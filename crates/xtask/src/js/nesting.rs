//! Which bracket each piece stands in, and which brackets belong together.

use super::brackets::Enclosed;
use super::tokens::{Kind, Token};

/// The pieces of a program with their nesting.
pub(super) struct Program<'p, 'a> {
    /// The pieces.
    pub(super) tokens: &'p [Token<'a>],
    /// For each piece the innermost bracket around it, by index.
    parents: Vec<Option<usize>>,
    /// For each bracket the one that belongs to it, by index.
    partners: Vec<Option<usize>>,
}

impl<'p, 'a> Program<'p, 'a> {
    /// The nesting of `tokens`, whose brackets are all closed.
    pub(super) fn new(tokens: &'p [Token<'a>]) -> Self {
        let mut parents = Vec::with_capacity(tokens.len());
        let mut partners = vec![None; tokens.len()];
        let mut open: Vec<usize> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            if closes(token)
                && let Some(opening) = open.pop()
            {
                partners[opening] = Some(at);
                partners[at] = Some(opening);
            }
            parents.push(open.last().copied());
            if opens(token) {
                open.push(at);
            }
        }
        Self { tokens, parents, partners }
    }

    /// The piece before the one at `at`.
    pub(super) fn before(&self, at: usize) -> Option<&'p Token<'a>> {
        self.tokens[..at].last()
    }

    /// The piece after the one at `at`.
    pub(super) fn after(&self, at: usize) -> Option<&'p Token<'a>> {
        self.tokens.get(at + 1)
    }

    /// The innermost bracket around the piece at `at`.
    pub(super) fn parent(&self, at: usize) -> Option<usize> {
        self.parents[at]
    }

    /// What the innermost bracket around the piece at `at` encloses; `None` outside of all.
    pub(super) fn within(&self, at: usize) -> Option<Enclosed> {
        self.parents[at].map(|parent| self.tokens[parent].encloses.unwrap_or(Enclosed::Template))
    }

    /// The bracket that belongs to the one at `at`; `None` also behind the end of the program.
    pub(super) fn partner(&self, at: usize) -> Option<usize> {
        self.partners.get(at).copied().flatten()
    }

    /// Where the inside of the innermost brackets around `at` that are one of `kinds` ends, and
    /// where it begins; the whole program when there are none.
    pub(super) fn surroundings(&self, at: usize, kinds: &[Enclosed]) -> (usize, usize) {
        let mut parent = self.parents[at];
        while let Some(bracket) = parent {
            if self.tokens[bracket].encloses.is_some_and(|found| kinds.contains(&found)) {
                return (bracket, self.partners[bracket].unwrap_or(self.tokens.len()));
            }
            parent = self.parents[bracket];
        }
        (0, self.tokens.len())
    }

    /// The index after the expression that begins at `at`: where a `,`, `;`, closing bracket, the
    /// `:` of a choice around it, or the end of a line that may end a statement follows.
    pub(super) fn expression_end(&self, at: usize) -> usize {
        let mut n_choices = 0_usize;
        let mut next = at;
        while let Some(token) = self.tokens.get(next) {
            let ends_line =
                next > at && super::print::ends_statement(&self.tokens[next - 1], token);
            let ends_choice = token.is_mark(":") && n_choices == 0;
            if ends_line || ends_choice || closes(token) || is_separator(token) {
                return next;
            }
            n_choices += usize::from(token.is_mark("?"));
            n_choices -= usize::from(token.is_mark(":"));
            next = if opens(token) { self.closing(next) + 1 } else { next + 1 };
        }
        next
    }

    /// The closing bracket of the one that opens at `at`; of a template, its last part.
    fn closing(&self, at: usize) -> usize {
        let mut closing = self.partners[at].unwrap_or(at);
        while closing > at && opens(&self.tokens[closing]) {
            // `}…${` closes one and opens the next; its own partner as an opening is recorded last.
            match self.partners[closing] {
                Some(next) if next > closing => closing = next,
                _ => break,
            }
        }
        closing
    }
}

fn opens(token: &Token<'_>) -> bool {
    match token.kind {
        Kind::Template => token.text.ends_with('{'),
        Kind::Mark => matches!(token.text, "(" | "[" | "{"),
        _ => false,
    }
}

fn closes(token: &Token<'_>) -> bool {
    match token.kind {
        Kind::Template => token.text.starts_with('}'),
        Kind::Mark => matches!(token.text, ")" | "]" | "}"),
        _ => false,
    }
}

fn is_separator(token: &Token<'_>) -> bool {
    token.is_mark(",") || token.is_mark(";")
}
