//! From the sources in `www/` and the bound wasm modules to the files of the web root: minified,
//! named by their content, and knowing each other's names. All in memory; `dist` reads and writes.
//!
//! A file at the top of `www/` that is JavaScript or a stylesheet is written twice: under its own
//! name, which is public and stays, and under a name that holds its content's hash, which may be
//! cached for ever. Where a source says `__CANDOR_CSS__`, it gets the hashed name of `candor.css`;
//! `__WIDGET_JS__` and `__WIDGET_WASM__` are the two files of the module `widget`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};

use crate::wasm::Bound;
use crate::{css, hash, js};

/// Contents by path, relative to the web root, with forward slashes.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The files of the web root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Site {
    /// Every file.
    pub(crate) files: Files,
    /// Public name → name by content, for the files that have both.
    pub(crate) hashed: BTreeMap<String, String>,
}

/// Files that the web root cannot do without.
const REQUIRED: [&str; 3] = ["candor.js", "candor.css", "console/index.html"];

/// Names that a source must ask for somewhere below the folder; a module whose name nobody knows
/// would never be loaded.
const TOKENS_REQUIRED: [(&str, &str); 9] = [
    ("", "__WIDGET_JS__"),
    ("", "__WIDGET_WASM__"),
    ("", "__BADGE_JS__"),
    ("", "__BADGE_WASM__"),
    ("", "__CANDOR_CSS__"),
    ("console/", "__CONSOLE_JS__"),
    ("console/", "__CONSOLE_WASM__"),
    ("console/", "__PREVIEW_JS__"),
    ("console/", "__PREVIEW_WASM__"),
];

/// The web root made of `www` and the wasm `modules`.
///
/// # Errors
/// When a required file or token is missing, a token names no file, files name each other in a
/// circle, or a file is not valid; with the file's name.
pub(crate) fn assemble(www: Files, modules: &[Bound]) -> Result<Site> {
    for name in REQUIRED {
        ensure!(www.contains_key(name), "www/{name} is missing");
    }
    for (folder, token) in TOKENS_REQUIRED {
        let mut texts = www.iter().filter(|(name, _)| name.starts_with(folder) && is_source(name));
        ensure!(
            texts.any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(token)),
            "no file in www/{folder} names {token}, so what it stands for would never be loaded"
        );
    }
    let mut builder = Builder { www, site: Site::default(), under_way: BTreeSet::new() };
    for module in modules {
        builder.add_module(module)?;
    }
    for name in builder.www.keys().cloned().collect::<Vec<_>>() {
        builder.add(&name)?;
    }
    let mut site = builder.site;
    if let Some(bundle) = bundle(&site.files)? {
        site.files.insert(BUNDLE.to_owned(), bundle.into_bytes());
    }
    Ok(site)
}

/// The file that `candor render` makes a script of one survey from: the loader with the stylesheet
/// and the answering module in it, and places for the survey. One request instead of four.
pub(crate) const BUNDLE: &str = "bundle.js";

/// What stands in the loader where a survey's own parts may be.
const EARLY: &str = "\"__EARLY__\"";

/// [`BUNDLE`], where the loader has a place for it.
fn bundle(files: &Files) -> Result<Option<String>> {
    let text = |name: &str| files.get(name).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let Some(loader) = text("candor.js").filter(|loader| loader.contains(EARLY)) else {
        return Ok(None);
    };
    let answer = text("answer.js").context("www/answer.js is missing")?;
    let style = text("candor.css").context("www/candor.css is missing")?;
    ensure!(!answer.starts_with("import"), "www/answer.js cannot be put into one file with others");
    let names = exports(answer);
    ensure!(!names.is_empty(), "www/answer.js exports nothing");
    let body = answer.replace("export const ", "const ").replace("import.meta.url", "candorBase");
    let style = serde_json::to_string(style)?;
    let early = format!(
        "{{survey:__SURVEY__,locale:__LOCALE__,html:__HTML__,css:{style},\
         answer:candorBase=>{{{body};return{{{}}}}}}}",
        names.join(",")
    );
    Ok(Some(loader.replacen(EARLY, &early, 1)))
}

/// The names of what a module exports with its declaration.
fn exports(module: &str) -> Vec<&str> {
    let rest = module.split("export const ").skip(1);
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    rest.map(|rest| rest.split(|c| !is_name(c)).next().unwrap_or_default()).collect()
}

struct Builder {
    www: Files,
    site: Site,
    /// Files whose names by content are being found; meeting one again is a circle.
    under_way: BTreeSet<String>,
}

impl Builder {
    fn add_module(&mut self, module: &Bound) -> Result<()> {
        let js = js::minify(&module.js)
            .with_context(|| format!("minifying the loading code of {}", module.name))?;
        let files = [("js", js.into_bytes()), ("wasm", module.wasm.clone())];
        for (extension, bytes) in files {
            let name = format!("{}.{extension}", module.name);
            let hashed = hash::hashed_name(&name, &bytes);
            self.site.files.insert(hashed.clone(), bytes);
            self.site.hashed.insert(name, hashed);
        }
        Ok(())
    }

    /// Adds the file of that name, and before it those that it names.
    fn add(&mut self, name: &str) -> Result<()> {
        if self.site.files.contains_key(name) {
            return Ok(());
        }
        ensure!(self.under_way.insert(name.to_owned()), "www/{name} names itself in a circle");
        let bytes = self.www.get(name).with_context(|| format!("www/{name} is missing"))?.clone();
        let bytes = if is_source(name) { self.finish(name, bytes)? } else { bytes };
        if has_hashed_copy(name) {
            let hashed = hash::hashed_name(name, &bytes);
            self.site.files.insert(hashed.clone(), bytes.clone());
            self.site.hashed.insert(name.to_owned(), hashed);
        }
        self.site.files.insert(name.to_owned(), bytes);
        self.under_way.remove(name);
        Ok(())
    }

    /// A source with the names it asks for, minified.
    fn finish(&mut self, name: &str, bytes: Vec<u8>) -> Result<Vec<u8>> {
        let mut text =
            String::from_utf8(bytes).with_context(|| format!("www/{name} is not UTF-8"))?;
        for token in tokens(&text) {
            let file = self.hashed_name_of(&token).with_context(|| format!("www/{name}"))?;
            text = text.replace(&token, &file);
        }
        let smaller = match name.rsplit_once('.') {
            Some((_, "js")) => js::minify(&text),
            Some((_, "css")) => css::minify(&text),
            _ => Ok(text),
        };
        Ok(smaller.with_context(|| format!("www/{name}"))?.into_bytes())
    }

    /// The name by content of the file that `token` stands for.
    fn hashed_name_of(&mut self, token: &str) -> Result<String> {
        let known = |site: &Site| {
            let mut names = site.hashed.iter().filter(|(name, _)| token_of(name) == token);
            names.next().map(|(_, hashed)| hashed.clone())
        };
        if let Some(hashed) = known(&self.site) {
            return Ok(hashed);
        }
        let mut sources = self.www.keys().filter(|name| has_hashed_copy(name));
        let Some(source) = sources.find(|name| token_of(name) == token).cloned() else {
            bail!("{token} stands for no file at the top of www/ and for no module");
        };
        self.add(&source)?;
        known(&self.site).with_context(|| format!("{token} got no name"))
    }
}

/// Whether tokens are replaced in the file of that name.
fn is_source(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| matches!(extension, "js" | "css" | "html"))
}

/// Whether the file of that name is also written under its content's name.
fn has_hashed_copy(name: &str) -> bool {
    !name.contains('/') && (name.ends_with(".js") || name.ends_with(".css"))
}

/// The token of a file: `__CANDOR_CSS__` of `candor.css`.
fn token_of(name: &str) -> String {
    format!("__{}__", name.to_uppercase().replace(['.', '-'], "_"))
}

/// Every token in `text`, once: two underscores, capitals, a kind of file, two underscores.
fn tokens(text: &str) -> BTreeSet<String> {
    let is_inside = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let runs = text.split(|c| !is_inside(c)).filter(|run| {
        run.starts_with("__") && ["_JS__", "_CSS__", "_WASM__"].iter().any(|end| run.ends_with(end))
    });
    runs.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_holds_the_loader_the_module_and_the_stylesheet() {
        let files = files(&[
            ("candor.js", "(()=>{const a=\"__EARLY__\";run(a)})()"),
            (
                "answer.js",
                "const b=import.meta.url;export const attach=()=>b,x=1;export const drain=1;",
            ),
            ("candor.css", "a{content:\"b\"}"),
        ]);
        let bundle = bundle(&files).expect("it is made").expect("there is a place for it");
        assert_eq!(
            bundle,
            "(()=>{const a={survey:__SURVEY__,locale:__LOCALE__,html:__HTML__,\
             css:\"a{content:\\\"b\\\"}\",answer:candorBase=>{const b=candorBase;\
             const attach=()=>b,x=1;const drain=1;;return{attach,drain}}};run(a)})()"
        );
        assert_eq!(super::bundle(&Files::new()).expect("nothing is wrong"), None);
    }

    fn files(pairs: &[(&str, &str)]) -> Files {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    fn www() -> Files {
        files(&[
            ("candor.js", "const a = [\"__CANDOR_CSS__\", \"__ANSWER_JS__\"]; // the loader\n"),
            (
                "answer.js",
                "const b = [ \"__WIDGET_JS__\", \"__WIDGET_WASM__\" ];\n\
             const c = [ \"__BADGE_JS__\", \"__BADGE_WASM__\" ];\n",
            ),
            ("candor.css", ".candor { color: red; }\n"),
            (
                "console/index.html",
                "<script src=\"../__CONSOLE_JS__\" data-m=\"__CONSOLE_WASM__\">",
            ),
            ("console/count.js", "const d = [ \"__PREVIEW_JS__\", \"__PREVIEW_WASM__\" ];\n"),
            ("console/console.css", "a { b: c }"),
            ("photo.png", "__WIDGET_JS__ in a picture"),
        ])
    }

    fn modules(wasm: &str) -> Vec<Bound> {
        ["widget", "badge", "console", "preview"]
            .map(|name| Bound {
                name: name.to_owned(),
                js: format!("export const {name} = 1;\n"),
                wasm: wasm.as_bytes().to_vec(),
            })
            .to_vec()
    }

    fn text(site: &Site, name: &str) -> String {
        String::from_utf8(site.files[name].clone()).expect("a text")
    }

    #[track_caller]
    fn check_fails(www: Files, word: &str) {
        let error = assemble(www, &modules("m")).expect_err("it cannot be assembled");
        assert!(format!("{error:#}").contains(word), "{error:#}");
    }

    #[test]
    fn every_token_becomes_the_name_of_a_file_that_is_there() {
        let site = assemble(www(), &modules("m")).expect("it assembles");
        let css = &site.hashed["candor.css"];
        let answer = &site.hashed["answer.js"];
        assert_eq!(text(&site, "candor.js"), format!("const a=[\"{css}\",\"{answer}\"];"));
        assert!(text(&site, answer).contains(&site.hashed["widget.js"]));
        assert!(text(&site, answer).contains(&site.hashed["widget.wasm"]));
        assert!(text(&site, "console/index.html").contains(&site.hashed["console.js"]));
        for (name, hashed) in &site.hashed {
            let public = site.files.get(name);
            assert!(public.is_none_or(|bytes| *bytes == site.files[hashed]), "{name}");
        }
    }

    #[test]
    fn only_what_changed_and_what_names_it_gets_a_new_name() {
        let before = assemble(www(), &modules("m")).expect("it assembles");
        let after = assemble(www(), &modules("n")).expect("it assembles");
        let changed = |name: &str| before.hashed[name] != after.hashed[name];
        for name in ["widget.wasm", "console.wasm", "answer.js", "candor.js"] {
            assert!(changed(name), "{name}");
        }
        for name in ["widget.js", "console.js", "candor.css"] {
            assert!(!changed(name), "{name}");
        }
    }

    #[test]
    fn texts_are_minified_and_pictures_left_alone() {
        let site = assemble(www(), &modules("m")).expect("it assembles");
        assert_eq!(text(&site, "candor.css"), ".candor{color:red}");
        assert_eq!(text(&site, "console/console.css"), "a{b:c}");
        assert_eq!(text(&site, "photo.png"), "__WIDGET_JS__ in a picture");
        assert!(!site.hashed.contains_key("console/console.css"));
    }

    #[test]
    fn a_hole_in_the_web_root_is_named() {
        let mut without = www();
        without.remove("candor.css");
        check_fails(without, "www/candor.css is missing");
        let mut mute = www();
        mute.insert("console/index.html".into(), b"<p>no module</p>".to_vec());
        check_fails(mute, "__CONSOLE_JS__");
        let mut unknown = www();
        unknown.insert("index.html".into(), b"<script src=\"__SHOP_JS__\">".to_vec());
        check_fails(unknown, "www/index.html: __SHOP_JS__");
        let mut circle = www();
        circle.insert(
            "answer.js".into(),
            b"[\"__CANDOR_JS__\",\"__WIDGET_JS__\",\"__WIDGET_WASM__\",\"__BADGE_JS__\",\
              \"__BADGE_WASM__\"]"
                .to_vec(),
        );
        check_fails(circle, "in a circle");
        let mut broken = www();
        broken.insert("candor.css".into(), b"a { b: c".to_vec());
        check_fails(broken, "www/candor.css");
    }
}
