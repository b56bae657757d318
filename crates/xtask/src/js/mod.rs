//! Smaller JavaScript with the same meaning: comments and needless white space go, and what is
//! declared inside a function gets a short name. Statements, their order and every name that
//! another file, the page or the person debugging a stack of properties could see stay.
//!
//! Written here because the crates that do it either take longer to compile than all the rest of
//! this program, or change the meaning of ordinary code (`a + +b`, a line that ends without `;`).
//! Where it cannot be sure what something means, it says so with the line instead of guessing.

mod brackets;
mod nesting;
mod print;
mod rename;
mod roles;
mod scopes;
mod tokens;

use anyhow::Result;

/// `source` with the same meaning in fewer bytes.
///
/// # Errors
/// When something does not end or is not closed, or a `/` could be a division as well as the start
/// of a regular expression; with the line.
pub(crate) fn minify(source: &str) -> Result<String> {
    let tokens = tokens::tokenize(source)?;
    let renamed = rename::short_names(&nesting::Program::new(&tokens));
    Ok(print::print(&tokens, &renamed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        let once = minify(source).expect("it is a program");
        assert_eq!(once, expected);
        assert_eq!(minify(&once).expect("still a program"), once, "a second time");
    }

    #[track_caller]
    fn check_fails(source: &str, word: &str) {
        let error = format!("{:#}", minify(source).expect_err("it is broken"));
        assert!(error.contains(word), "{error}");
    }

    #[test]
    fn comments_and_needless_space_go() {
        check(
            "// a\nconst a = 1 ; /* b\n */ const c = { d : [ 1 , 2 ] } ;\n",
            "const a=1;const c={d:[1,2]};",
        );
        check("if (a) {\n  b();\n} else {\n  c();\n}\n", "if(a){b()}else{c()}");
        check("", "");
        check("/* only a comment */", "");
    }

    #[test]
    fn what_would_be_read_as_something_else_stays_apart() {
        check("a + +b", "a+ +b");
        check("a - -b - --c", "a- -b- --c");
        check("a ++ + b", "a++ +b");
        check("typeof a in b", "typeof a in b");
        check("1 .toFixed()", "1 .toFixed()");
        check("a / /b/.c", "a/ /b/.c");
        check("/b/ in c", "/b/ in c");
        check("a ? .5 : b", "a?.5:b");
        check("a < !--b", "a< !--b");
        check("return `a`", "return`a`");
        check("#a in b", "#a in b");
    }

    #[test]
    fn the_end_of_a_line_that_ends_a_statement_stays() {
        check("a = b\nc = d", "a=b\nc=d");
        check("a = b\n(c)", "a=b\n(c)");
        check("return\na", "return\na");
        check("a\n++b", "a\n++b");
        check("f()\ng()", "f()\ng()");
        check("x = function () {}\ny()", "x=function(){}\ny()");
        check("class A {\n  b = 1\n  c = 2\n  *d() {}\n}", "class A{b=1\nc=2\n*d(){}}");
    }

    #[test]
    fn the_end_of_a_line_within_a_statement_goes() {
        check("a =\n  b +\n  c", "a=b+c");
        check("a\n  .b()\n  ?.c()", "a.b()?.c()");
        check("f(\n  a,\n  b,\n)", "f(a,b,)");
        check("a\n  ? b\n  : c", "a?b:c");
        check("if (a)\n  b()", "if(a)b()");
        check("while (a) {\n}\nb()", "while(a){}b()");
    }

    #[test]
    fn an_empty_statement_stays() {
        check("{ while (a); }", "{while(a);}");
        check("{ for (;;); }", "{for(;;);}");
        check("{ if (a) b(); else; }", "{if(a)b();else;}");
        check("{ a(); }", "{a()}");
    }

    #[test]
    fn what_is_quoted_is_left_alone() {
        check("a = 'it\\'s // \"no\"  comment'", "a='it\\'s // \"no\"  comment'");
        check(
            "a = `x  ${ b  + `y ${ {c : 1}.c } // z` } /* w */`",
            "a=`x  ${b+`y ${{c:1}.c} // z`} /* w */`",
        );
        check("a = `\\${ b  } $ {  $${ c }`", "a=`\\${ b  } $ {  $${c}`");
        check("a = /[/'\"]  \\/ `/gu.test( b )", "a=/[/'\"]  \\/ `/gu.test(b)");
    }

    #[test]
    fn a_slash_is_understood_from_what_stands_before_it() {
        check("a = b / c / d", "a=b/c/d");
        check("a = (b) / c / d", "a=(b)/c/d");
        check("a[0] / b / c", "a[0]/b/c");
        check("a++ / b / c", "a++/b/c");
        check("if (a) / b  /.test(c)", "if(a)/ b  /.test(c)");
        check("return / b  /", "return/ b  /");
        check("a.return / b  / c", "a.return/b/c");
        check("x = { a : 1 } / b  / c", "x={a:1}/b/c");
        check("{ a } / b  /.test(c)", "{a}/ b  /.test(c)");
        check("a => / b  /", "a=>/ b  /");
        check("`${a}` / b  / c", "`${a}`/b/c");
    }

    #[test]
    fn braces_are_understood_from_what_stands_before_them() {
        check("switch (a) { case 1: { b() }\n/ c  /.d() }", "switch(a){case 1:{b()}/ c  /.d()}");
        check("x = a ? { b : 1 } : { c : 2 }\n/ d  / e", "x=a?{b:1}:{c:2}/d/e");
        check("try { a() } catch { b() }\nc()", "try{a()}catch{b()}c()");
        check(
            "class A extends B { static { a() }\n c() {} }",
            "class A extends B{static{a()}c(){}}",
        );
        check("x = { class : 1, if (a) { b } }", "x={class:1,if(a){b}}");
    }

    #[test]
    fn a_broken_program_is_refused_with_the_line() {
        check_fails("a\n/* b", "line 2");
        check_fails("a\n\n'b", "line 3");
        check_fails("a = `b ${", "not closed");
        check_fails("f(]", "line 1");
        check_fails("{ a", "not closed");
        check_fails("x = function () {} / a / b", "divide");
    }
}
