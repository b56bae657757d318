//! A smaller stylesheet with the same meaning: comments and needless white space go, nothing else
//! is touched. Values, selectors and their order stay as they were written.

use anyhow::{Result, bail};

/// Characters beside which white space never means anything.
/// `>` compares in a media query and combines in a selector: neither needs a space.
const NO_SPACE_AROUND: &str = "{};,>~";

/// `source` without comments and needless white space.
///
/// # Errors
/// When a comment, a string or a bracket does not end; with the line.
///
/// # Example
/// `a :hover { width: calc(1px + 2px) ; }` becomes `a :hover{width:calc(1px + 2px)}`: the spaces
/// before `:hover` and around `+` have a meaning.
pub(crate) fn minify(source: &str) -> Result<String> {
    let mut out = String::with_capacity(source.len());
    let mut brackets = Vec::new();
    let mut gap = Gap::Nothing;
    let mut at = 0;
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at..];
        let length = match c {
            '/' if rest.starts_with("/*") => {
                gap = gap.max(Gap::Comment);
                comment_bytes(rest)
            }
            c if c.is_ascii_whitespace() => {
                gap = Gap::Space;
                Some(1)
            }
            _ => {
                separate(&mut out, gap, c);
                gap = Gap::Nothing;
                take(&mut out, &mut brackets, rest)
            }
        };
        let Some(length) = length else {
            let line = source[..at].matches('\n').count() + 1;
            bail!("line {line}: `{}` does not end or does not belong there", head(rest));
        };
        at += length;
    }
    if let Some(open) = brackets.last() {
        bail!("`{open}` is not closed");
    }
    Ok(out)
}

/// What stood between two things that are written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Nothing,
    Comment,
    Space,
}

/// Writes a space before `next` where one has a meaning.
fn separate(out: &mut String, gap: Gap, next: char) {
    let Some(last) = out.chars().next_back() else { return };
    let is_meant = match gap {
        Gap::Nothing => false,
        // `.a/**/.b` is one element, `1px/**/2px` are two lengths.
        Gap::Comment => is_name(last) && (is_name(next) || matches!(next, '(' | '%')),
        Gap::Space => space_is_meant(last, next),
    };
    if is_meant {
        out.push(' ');
    }
}

fn space_is_meant(last: char, next: char) -> bool {
    // An empty custom property is `--a: ;`; older browsers refuse `--a:;`.
    if last == ':' {
        return matches!(next, ';' | '}');
    }
    // No space goes from before a colon or a `(`: `a :hover` is not `a:hover`, `not (` not `not(`.
    !(NO_SPACE_AROUND.contains(last)
        || NO_SPACE_AROUND.contains(next)
        || matches!(last, '(' | '[')
        || matches!(next, ')' | ']' | '!'))
}

/// Writes what `rest` begins with and returns its length in bytes, or `None` when it is broken.
fn take(out: &mut String, brackets: &mut Vec<char>, rest: &str) -> Option<usize> {
    let c = rest.chars().next()?;
    let length = match c {
        '"' | '\'' => string_bytes(rest)?,
        '\\' => c.len_utf8() + rest[1..].chars().next()?.len_utf8(),
        _ => c.len_utf8(),
    };
    match c {
        '{' | '(' | '[' => brackets.push(c),
        '}' | ')' | ']' => {
            let open = brackets.pop()?;
            if !matches!((open, c), ('{', '}') | ('(', ')') | ('[', ']')) {
                return None;
            }
            if c == '}' && out.ends_with(';') {
                out.pop();
            }
        }
        _ => {}
    }
    out.push_str(&rest[..length]);
    Some(length)
}

fn comment_bytes(rest: &str) -> Option<usize> {
    Some(rest[2..].find("*/")? + 4)
}

/// The length of the string literal that `rest` begins with, quotes included.
fn string_bytes(rest: &str) -> Option<usize> {
    let quote = rest.chars().next()?;
    let mut escaped = false;
    for (offset, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return None,
            c if c == quote => return Some(offset + c.len_utf8()),
            _ => {}
        }
    }
    None
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

/// The first few characters, for a message.
fn head(rest: &str) -> String {
    rest.chars().take_while(|c| *c != '\n').take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        let once = minify(source).expect("it is a stylesheet");
        assert_eq!(once, expected);
        assert_eq!(minify(&once).expect("still a stylesheet"), once, "a second time");
    }

    #[test]
    fn comments_and_needless_space_go() {
        check(
            "/* a */ a , b > c {\n  color: red ;\n\n margin: 0 auto;\n}\n",
            "a,b>c{color:red;margin:0 auto}",
        );
        check("a { b: c }\n\n/* d */\n@media print { a { b: c } }", "a{b:c}@media print{a{b:c}}");
        check("", "");
    }

    #[test]
    fn a_comment_neither_joins_nor_separates() {
        check(".a/* x */.b{}", ".a.b{}");
        check(".a /* x */ .b{}", ".a .b{}");
        check("a{margin:1px/* x */2px}", "a{margin:1px 2px}");
        check("@media print and/**/(color){}", "@media print and (color){}");
    }

    #[test]
    fn space_with_a_meaning_stays_in_selectors() {
        check("a :hover b{}", "a :hover b{}");
        check(".a.b .c + .d ~ .e{}", ".a.b .c + .d~.e{}");
        check("a { &:hover , & :focus { b: c } }", "a{&:hover,& :focus{b:c}}");
        check(":host( [data-x=\"a  /* b */\"] ) {}", ":host([data-x=\"a  /* b */\"]){}");
        check(".p:has(:checked) [data-x] {}", ".p:has(:checked) [data-x]{}");
        check(".sm\\:x\\ y {}", ".sm\\:x\\ y{}");
    }

    #[test]
    fn space_with_a_meaning_stays_in_conditions() {
        check(
            "@media (min-width: 3px) and (max-width: 5px) {}",
            "@media (min-width:3px) and (max-width:5px){}",
        );
        check("@supports not (x: y) {}", "@supports not (x:y){}");
        check("@container card (width > 300px) {}", "@container card (width>300px){}");
    }

    #[test]
    fn space_with_a_meaning_stays_in_values() {
        check("a{width:calc( 1px + (2px * 3) )}", "a{width:calc(1px + (2px * 3))}");
        check("a{margin:-1px  0 !important}", "a{margin:-1px 0!important}");
        check(
            "a{grid-area:1 / 2;font:12px/1.5 \"A  B\", serif}",
            "a{grid-area:1 / 2;font:12px/1.5 \"A  B\",serif}",
        );
        check(
            "a{background:url( \"a b.png\" ) no-repeat}",
            "a{background:url(\"a b.png\") no-repeat}",
        );
        check(
            "a{color:rgb(0 0 0 / .5);content:'\\'  ;'}",
            "a{color:rgb(0 0 0 / .5);content:'\\'  ;'}",
        );
        check(":root{--empty: ;--x: a  b; --last: ; }", ":root{--empty: ;--x:a b;--last: }");
        check("a{content:\"评分 \"}", "a{content:\"评分 \"}");
    }

    #[test]
    fn a_broken_stylesheet_is_refused_with_the_place() {
        #[track_caller]
        fn check_fails(source: &str, word: &str) {
            let error = minify(source).expect_err("it is broken").to_string();
            assert!(error.contains(word), "{error}");
        }
        check_fails("a{}\n/* b", "line 2: `/* b`");
        check_fails("a{\n\ncontent:\"x\n}", "line 3");
        check_fails("a{b:c", "`{` is not closed");
        check_fails("a{b:c)}", "`)}`");
        check_fails("a{}}", "line 1");
    }
}
