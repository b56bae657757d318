//! Where each declared name of a program holds. Where that cannot be told for sure, less is
//! claimed, never more: a name used outside of what is claimed keeps its name everywhere.

use super::brackets::Enclosed;
use super::nesting::Program;
use super::roles::{Role, begins_statement};
use super::tokens::{Kind, Token};

/// A declared name and the pieces among which it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Declared<'a> {
    /// The name.
    pub(super) name: &'a str,
    /// Index of the first piece.
    pub(super) start: usize,
    /// Index after the last piece.
    pub(super) end: usize,
    /// Whether it is declared outside of every function and block.
    pub(super) outermost: bool,
}

/// Brackets in which a `let`, `const`, `class` or `function` holds.
const BLOCKS: [Enclosed; 3] = [Enclosed::Block, Enclosed::Function, Enclosed::Head];

/// Every name that `program` declares.
pub(super) fn declarations<'a>(program: &Program<'_, 'a>, roles: &[Role]) -> Vec<Declared<'a>> {
    let mut found = Declarations { program, roles, all: Vec::new() };
    for (at, token) in program.tokens.iter().enumerate() {
        let is_property = program.before(at).is_some_and(|b| b.is_mark(".") || b.is_mark("?."));
        if is_property || (token.kind == Kind::Word && roles[at] != Role::Other) {
            continue;
        }
        match token.text {
            "const" | "let" if token.kind == Kind::Word => found.bindings(at, &BLOCKS),
            "var" if token.kind == Kind::Word => found.bindings(at, &[Enclosed::Function]),
            "class" if token.kind == Kind::Word => found.class(at),
            "function" if token.kind == Kind::Word => found.function(at),
            "=>" => found.arrow(at),
            "{" if token.encloses == Some(Enclosed::Function) => found.parameters(at),
            "(" if program.before(at).is_some_and(|before| before.is_word("catch")) => {
                found.caught(at);
            }
            _ => {}
        }
    }
    found.all
}

struct Declarations<'f, 'p, 'a> {
    program: &'f Program<'p, 'a>,
    roles: &'f [Role],
    all: Vec<Declared<'a>>,
}

impl<'p, 'a> Declarations<'_, 'p, 'a> {
    fn token(&self, at: usize) -> Option<&'p Token<'a>> {
        self.program.tokens.get(at)
    }

    fn is_mark(&self, at: usize, mark: &str) -> bool {
        self.token(at).is_some_and(|token| token.is_mark(mark))
    }

    /// The name at `at` holds from `start` to `end`.
    fn add(&mut self, at: usize, (start, end): (usize, usize)) {
        let is_name =
            matches!(self.roles.get(at), Some(Role::Variable | Role::Shorthand | Role::Fixed));
        if is_name && let Some(token) = self.token(at) {
            let outermost = (start, end) == (0, self.program.tokens.len());
            self.all.push(Declared { name: token.text, start, end, outermost });
        }
    }

    /// `const a = 1, {b} = c`: the names hold in the innermost of `brackets` around them.
    fn bindings(&mut self, keyword: usize, brackets: &[Enclosed]) {
        let place = self.in_head(keyword).filter(|_| brackets.contains(&Enclosed::Head));
        let place = place.unwrap_or_else(|| self.program.surroundings(keyword, brackets));
        let mut at = keyword + 1;
        loop {
            at = self.pattern(at, place);
            at = self.skip_default(at);
            if !self.is_mark(at, ",") {
                return;
            }
            at += 1;
        }
    }

    /// Where a name declared in the head of a `for` holds: in the head and what follows it.
    fn in_head(&self, at: usize) -> Option<(usize, usize)> {
        let head = self.program.parent(at)?;
        if self.token(head)?.encloses != Some(Enclosed::Head) {
            return None;
        }
        let body = self.program.partner(head)? + 1;
        let end = if self.is_mark(body, "{") {
            self.program.partner(body)?
        } else {
            self.program.expression_end(body)
        };
        Some((head, end))
    }

    /// Declares the names of the pattern that begins at `at`, and returns the index after it.
    fn pattern(&mut self, at: usize, place: (usize, usize)) -> usize {
        let Some(token) = self.token(at) else { return at };
        if token.is_mark("...") {
            return self.pattern(at + 1, place);
        }
        let end = match (token.text, self.program.partner(at)) {
            ("{" | "[", Some(end)) if token.kind == Kind::Mark => end,
            _ => {
                self.add(at, place);
                return at + 1;
            }
        };
        let mut next = at + 1;
        while next < end {
            if self.is_mark(next, ",") {
                next += 1;
                continue;
            }
            if token.text == "{"
                && self.roles[next] != Role::Shorthand
                && !self.is_mark(next, "...")
            {
                next = self.key(next);
            }
            next = self.pattern(next, place);
            next = self.skip_default(next);
        }
        end + 1
    }

    /// The index after the key `a:` or `[a]:` that begins at `at`.
    fn key(&self, at: usize) -> usize {
        let end = if self.is_mark(at, "[") { self.program.partner(at).unwrap_or(at) } else { at };
        if self.is_mark(end + 1, ":") { end + 2 } else { end + 1 }
    }

    /// The index after `= value`, if that is what begins at `at`.
    fn skip_default(&self, at: usize) -> usize {
        if self.is_mark(at, "=") { self.program.expression_end(at + 1) } else { at }
    }

    /// The names of the list of parameters whose `(` is at `open`.
    fn list(&mut self, open: usize, end: usize) {
        let Some(close) = self.program.partner(open) else { return };
        let mut at = open + 1;
        while at < close {
            at = if self.is_mark(at, ",") { at + 1 } else { self.pattern(at, (open, end)) };
            at = self.skip_default(at);
        }
    }

    /// The parameters of the function or method whose body opens at `body`.
    fn parameters(&mut self, body: usize) {
        let is_list = body > 0 && self.is_mark(body - 1, ")");
        let ends = (self.program.partner(body), self.program.partner(body.saturating_sub(1)));
        if let (true, (Some(end), Some(open))) = (is_list, ends) {
            self.list(open, end);
        }
    }

    /// The parameters of the arrow function whose `=>` is at `at`.
    fn arrow(&mut self, at: usize) {
        let end = self.program.expression_end(at + 1);
        if at > 0 && self.is_mark(at - 1, ")") {
            if let Some(open) = self.program.partner(at - 1) {
                self.list(open, end);
            }
        } else if at > 0 {
            self.add(at - 1, (at - 1, end));
        }
    }

    /// `catch (error) { … }`, whose `(` is at `open`; a `catch` without one declares nothing.
    fn caught(&mut self, open: usize) {
        if !self.is_mark(open, "(") {
            return;
        }
        let close = self.program.partner(open);
        let end = close.and_then(|close| self.program.partner(close + 1));
        if let Some(end) = end {
            self.list(open, end);
        }
    }

    /// `function name(…) { … }`, whose keyword is at `at`.
    fn function(&mut self, at: usize) {
        let name = if self.is_mark(at + 1, "*") { at + 2 } else { at + 1 };
        let body = self.program.partner(name + 1).map(|close| close + 1);
        self.named(at, name, body);
    }

    /// `class Name { … }`, whose keyword is at `at`.
    fn class(&mut self, at: usize) {
        let mut body = at + 2;
        while self.token(body).is_some_and(|token| token.encloses != Some(Enclosed::Class)) {
            body = self.program.partner(body).filter(|end| *end > body).unwrap_or(body) + 1;
        }
        self.named(at, at + 1, Some(body));
    }

    /// A declaration holds in the block around it, an expression's own name within itself only.
    fn named(&mut self, keyword: usize, name: usize, body: Option<usize>) {
        let first = match self.program.before(keyword) {
            Some(before) if before.is_word("async") => keyword - 1,
            _ => keyword,
        };
        let is_exported =
            self.program.before(first).is_some_and(|b| b.is_word("export") || b.is_word("default"));
        if is_exported || begins_statement(self.program, first) {
            self.add(name, self.program.surroundings(keyword, &BLOCKS));
        } else if let Some(end) = body.and_then(|body| self.program.partner(body)) {
            self.add(name, (keyword, end));
        }
    }
}
