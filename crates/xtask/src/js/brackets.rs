//! What each bracket of a program encloses: a block, an object, a function's body, the head of an
//! `if`. It follows from what stands before the bracket, so no syntax tree is needed.

use anyhow::{Result, bail};

use super::tokens::{Kind, Token};

/// What a pair of brackets encloses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Enclosed {
    /// The head of `if`, `for`, `while`, `with`, `switch` or `catch`.
    Head,
    /// Arguments, parameters, or an expression.
    Parentheses,
    /// An index or a list.
    Square,
    /// Statements.
    Block,
    /// An object, a pattern, or the names of an import or export.
    Object,
    /// The body of a function or method.
    Function,
    /// The members of a class.
    Class,
    /// The `${…}` of a template.
    Template,
}

const HEAD_WORDS: [&str; 6] = ["if", "for", "while", "with", "switch", "catch"];

/// Keywords after which a block begins.
const BLOCK_WORDS: [&str; 5] = ["else", "do", "try", "finally", "static"];

/// Keywords after which an expression begins.
const OPERAND_WORDS: [&str; 15] = [
    "return",
    "typeof",
    "instanceof",
    "in",
    "of",
    "new",
    "delete",
    "void",
    "throw",
    "do",
    "else",
    "case",
    "yield",
    "await",
    "default",
];

/// Keywords after which a `{` holds names.
const NAME_LIST_WORDS: [&str; 5] = ["import", "export", "const", "let", "var"];

/// The brackets that are open.
#[derive(Debug, Default)]
pub(super) struct Brackets {
    outside: Level,
    open: Vec<(Enclosed, Level)>,
}

/// What was read at one depth of brackets so far.
#[derive(Clone, Copy, Debug, Default)]
struct Level {
    /// `?` whose `:` is still to come.
    n_choices: usize,
    /// The last `:` belonged to a `?`.
    colon_chose: bool,
    /// `class` was read and its `{` is still to come.
    class_begun: bool,
}

impl Brackets {
    /// Whether the innermost bracket is the `${` of a template.
    pub(super) fn in_template(&self) -> bool {
        self.open.last().is_some_and(|(enclosed, _)| *enclosed == Enclosed::Template)
    }

    /// Whether a `/` after `before` begins a regular expression; if not, it divides.
    ///
    /// # Errors
    /// When it could be both.
    pub(super) fn regex_may_start(&self, before: &[Token<'_>]) -> Result<bool> {
        let Some(last) = before.last() else { return Ok(true) };
        Ok(match last.kind {
            Kind::Number | Kind::Text | Kind::Regex => false,
            Kind::Template => last.text.ends_with('{'),
            Kind::Word => !is_property(before) && OPERAND_WORDS.contains(&last.text),
            Kind::Mark => match (last.text, last.encloses) {
                (")", enclosed) => enclosed == Some(Enclosed::Head),
                ("}", Some(Enclosed::Object)) => false,
                ("}", Some(Enclosed::Block)) => true,
                ("}", _) => {
                    bail!("a `/` after this `}}` could divide or begin a regular expression")
                }
                ("]" | "++" | "--", _) => false,
                _ => true,
            },
        })
    }

    /// Takes note of `token`, which stands after `before`; for a bracket, says what it encloses.
    ///
    /// # Errors
    /// When it closes what is not open.
    pub(super) fn follow(
        &mut self,
        before: &[Token<'_>],
        token: &Token<'_>,
    ) -> Result<Option<Enclosed>> {
        match token.kind {
            Kind::Word => {
                self.level().class_begun |= token.text == "class" && !is_property_next(before);
                Ok(None)
            }
            Kind::Template => {
                if token.text.starts_with('}') {
                    self.open.pop();
                }
                if token.text.ends_with('{') {
                    self.open.push((Enclosed::Template, Level::default()));
                }
                Ok(None)
            }
            Kind::Mark => self.follow_mark(before, token.text),
            Kind::Number | Kind::Text | Kind::Regex => Ok(None),
        }
    }

    /// Succeeds when no bracket is open.
    ///
    /// # Errors
    /// Naming what is still open.
    pub(super) fn ensure_closed(&self) -> Result<()> {
        match self.open.last() {
            None => Ok(()),
            Some((enclosed, _)) => bail!("{enclosed:?} is not closed at the end"),
        }
    }

    fn level(&mut self) -> &mut Level {
        self.open.last_mut().map_or(&mut self.outside, |(_, level)| level)
    }

    fn follow_mark(&mut self, before: &[Token<'_>], mark: &str) -> Result<Option<Enclosed>> {
        let level = self.level();
        match mark {
            "?" => level.n_choices += 1,
            ":" => {
                level.colon_chose = level.n_choices > 0;
                level.n_choices = level.n_choices.saturating_sub(1);
                level.class_begun = false; // it was a key of that name
            }
            "(" | "[" | "{" => {
                let enclosed = self.opened(before, mark);
                self.open.push((enclosed, Level::default()));
                return Ok(Some(enclosed));
            }
            ")" | "]" | "}" => {
                return match self.open.pop() {
                    Some((enclosed, _)) if closing(enclosed) == mark => Ok(Some(enclosed)),
                    _ => bail!("`{mark}` closes what is not open"),
                };
            }
            _ => {}
        }
        Ok(None)
    }

    fn opened(&mut self, before: &[Token<'_>], mark: &str) -> Enclosed {
        let last = before.last();
        match mark {
            "[" => Enclosed::Square,
            "(" => {
                if last.is_some_and(|last| last.is_word("class")) {
                    self.level().class_begun = false; // it is a method of that name
                }
                if is_head(before) { Enclosed::Head } else { Enclosed::Parentheses }
            }
            _ if std::mem::take(&mut self.level().class_begun) => Enclosed::Class,
            _ => self.braces(before),
        }
    }

    fn braces(&mut self, before: &[Token<'_>]) -> Enclosed {
        let Some(last) = before.last() else { return Enclosed::Block };
        match last.kind {
            Kind::Word if BLOCK_WORDS.contains(&last.text) => Enclosed::Block,
            Kind::Word
                if OPERAND_WORDS.contains(&last.text) || NAME_LIST_WORDS.contains(&last.text) =>
            {
                Enclosed::Object
            }
            Kind::Template if last.text.ends_with('{') => Enclosed::Object,
            Kind::Word | Kind::Number | Kind::Text | Kind::Regex | Kind::Template => {
                Enclosed::Block
            }
            Kind::Mark => match (last.text, last.encloses) {
                (")", Some(Enclosed::Head)) => Enclosed::Block,
                (")" | "=>", _) => Enclosed::Function,
                (";" | "}" | "]", _) => Enclosed::Block,
                ("{", Some(Enclosed::Block | Enclosed::Function)) => Enclosed::Block,
                (":", _) => self.after_colon(),
                _ => Enclosed::Object,
            },
        }
    }

    /// After `case 1:` and after a label there is a block; after a key and in a choice an object.
    fn after_colon(&mut self) -> Enclosed {
        let among_statements = matches!(
            self.open.last().map(|(enclosed, _)| *enclosed),
            None | Some(Enclosed::Block | Enclosed::Function)
        );
        if among_statements && !self.level().colon_chose {
            Enclosed::Block
        } else {
            Enclosed::Object
        }
    }
}

fn closing(enclosed: Enclosed) -> &'static str {
    match enclosed {
        Enclosed::Head | Enclosed::Parentheses => ")",
        Enclosed::Square => "]",
        _ => "}",
    }
}

/// Whether the last of `tokens` is a property's name: `a.in`, `a?.of`.
fn is_property(tokens: &[Token<'_>]) -> bool {
    let Some((_, before)) = tokens.split_last() else { return false };
    is_property_next(before)
}

/// Whether a word after `before` is a property's name.
fn is_property_next(before: &[Token<'_>]) -> bool {
    before.last().is_some_and(|last| last.is_mark(".") || last.is_mark("?."))
}

/// Whether a `(` after `before` opens the head of a statement.
fn is_head(before: &[Token<'_>]) -> bool {
    let Some((last, rest)) = before.split_last() else { return false };
    if last.is_word("await") {
        return rest.last().is_some_and(|token| token.is_word("for"));
    }
    last.kind == Kind::Word && HEAD_WORDS.contains(&last.text) && !is_property_next(rest)
}
