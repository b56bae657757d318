//! What each name in a program is: a variable, a property, or a property and a variable at once as
//! in `{ name }`. It follows from where the name stands.

use super::brackets::Enclosed;
use super::nesting::Program;
use super::print::ends_statement;
use super::tokens::{Kind, Token};

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A variable's name.
    Variable,
    /// Key and variable at once: `{ name }`, `{ name = 1 }`.
    Shorthand,
    /// A name that must stay, and with it every variable of that name: a label, an import, an
    /// export, or a word that is a keyword in some places.
    Fixed,
    /// No variable: a keyword, a property, or no word at all.
    Other,
}

/// Words that are never names.
const RESERVED: [&str; 43] = [
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "import",
    "in",
    "instanceof",
    "let",
    "new",
    "null",
    "of",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
    "arguments",
];

/// Words before the name of a member.
const MODIFIERS: [&str; 4] = ["get", "set", "async", "static"];

/// Whether `word` can be no variable's new name.
pub(super) fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word) || matches!(word, "eval" | "undefined" | "NaN" | "Infinity" | "as")
}

/// The role of every piece of `program`.
pub(super) fn roles(program: &Program<'_, '_>) -> Vec<Role> {
    let mut roles: Vec<_> = (0..program.tokens.len()).map(|at| role(program, at)).collect();
    for at in 0..program.tokens.len() {
        for fixed in module_names(program, at) {
            let token = &program.tokens[fixed];
            if token.kind == Kind::Word && !RESERVED.contains(&token.text) {
                roles[fixed] = Role::Fixed; // also before `as`, where it looks like a key
            }
        }
    }
    roles
}

fn role(program: &Program<'_, '_>, at: usize) -> Role {
    let token = &program.tokens[at];
    let before = program.before(at);
    let is_property = before.is_some_and(|b| b.is_mark(".") || b.is_mark("?."));
    if token.kind != Kind::Word || is_property || token.text.starts_with('#') {
        return Role::Other;
    }
    let next = |mark: &str| program.after(at).is_some_and(|after| after.is_mark(mark));
    match program.within(at) {
        Some(Enclosed::Object) if is_object_key(program, at) => {
            return if next(",") || next("}") || next("=") { Role::Shorthand } else { Role::Other };
        }
        Some(Enclosed::Class) if is_member(program, at) => return Role::Other,
        _ => {}
    }
    if RESERVED.contains(&token.text) {
        return Role::Other;
    }
    let is_label = next(":") && begins_statement(program, at);
    let is_jump = before.is_some_and(|b| b.is_word("break") || b.is_word("continue"));
    let is_fixed = (is_jump && !token.on_new_line)
        || is_label
        || is_reserved(token.text)
        || MODIFIERS.contains(&token.text)
        || token.text.contains('\\');
    if is_fixed { Role::Fixed } else { Role::Variable }
}

/// Whether the piece at `at` begins a statement.
pub(super) fn begins_statement(program: &Program<'_, '_>, at: usize) -> bool {
    let among_statements =
        matches!(program.within(at), None | Some(Enclosed::Block | Enclosed::Function));
    let Some(before) = program.before(at) else { return true };
    among_statements
        && (matches!(before.encloses, Some(Enclosed::Head | Enclosed::Block))
            || (before.encloses.is_some() && before.is_mark("{"))
            || before.is_mark(";")
            || before.is_mark(":")
            || before.is_word("else")
            || before.is_word("do")
            || ends_statement(before, &program.tokens[at]))
}

/// Whether the word at `at`, directly in an object, stands where a key does.
fn is_object_key(program: &Program<'_, '_>, at: usize) -> bool {
    match program.before(at) {
        Some(before) if before.is_mark("{") || before.is_mark(",") => true,
        Some(before) if is_modifier(before) => is_object_key(program, at - 1),
        _ => false,
    }
}

/// Whether the word at `at`, directly in a class, is the name of a member or a word before it.
fn is_member(program: &Program<'_, '_>, at: usize) -> bool {
    match program.before(at) {
        Some(before) if before.is_mark("{") || before.is_mark("}") || before.is_mark(";") => true,
        Some(before) if is_modifier(before) && is_member(program, at - 1) => true,
        Some(before) => ends_statement(before, &program.tokens[at]),
        None => false,
    }
}

fn is_modifier(token: &Token<'_>) -> bool {
    token.is_mark("*") || (token.kind == Kind::Word && MODIFIERS.contains(&token.text))
}

/// Whether `program` is an ES module, whose own names no other script sees.
pub(super) fn is_module(program: &Program<'_, '_>) -> bool {
    (0..program.tokens.len()).any(|at| is_module_statement(program, at))
}

fn is_module_statement(program: &Program<'_, '_>, at: usize) -> bool {
    let token = &program.tokens[at];
    let next = |mark: &str| program.after(at).is_some_and(|after| after.is_mark(mark));
    program.within(at).is_none()
        && !program.before(at).is_some_and(|b| b.is_mark(".") || b.is_mark("?."))
        && (token.is_word("export") || (token.is_word("import") && !next("(") && !next(".")))
}

/// The words of the import or export that begins at `at` which must stay as they are.
fn module_names(program: &Program<'_, '_>, at: usize) -> std::ops::Range<usize> {
    if !is_module_statement(program, at) {
        return 0..0;
    }
    if program.after(at).is_some_and(|after| after.is_word("default")) {
        return 0..0;
    }
    if program.after(at).is_some_and(|after| after.is_mark("{")) {
        return at + 1..program.partner(at + 1).unwrap_or(at + 1);
    }
    // `import a, {b} from "c"` up to the text; `export const a =`, `export function a(`.
    let is_import = program.tokens[at].is_word("import");
    let is_end = |token: &Token<'_>| {
        let is_list_end = !is_import && ["=", "(", "{", ";"].iter().any(|mark| token.is_mark(mark));
        token.kind == Kind::Text || is_list_end
    };
    let length = program.tokens[at..].iter().position(is_end);
    at..length.map_or(program.tokens.len(), |length| at + length)
}
