//! From a crate to what a browser loads: building for wasm with the toolchain's standard library or
//! one rebuilt for size, binding, and checking that the result is a valid module. File names and
//! compression are not here; see `assemble` and `compress`.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::toolchain::{self, WASM_TARGET};
use crate::workspace::{Workspace, cargo};
use crate::{progress, run};

/// The crates that browsers run. Each is built by itself: built together, their dependencies would
/// get the features that only the other one needs.
pub(crate) const MODULES: [&str; 4] = ["widget", "badge", "console", "preview"];

/// The one that counts files of a million rows, which is built to be quick and not to be small: with
/// instructions for 16 bytes at once, and the standard library as it is.
const QUICK: &str = "preview";
const QUICK_FLAG: &str = "-Ctarget-feature=+simd128";

/// Flags of the rebuilt standard library: a panic ends the module at once, without a message.
const REBUILT_FLAGS: [&str; 4] =
    ["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none", "-Zfmt-debug=none"];

/// The bytes that every wasm module of version 1 begins with.
const WASM_HEADER: [u8; 8] = *b"\0asm\x01\0\0\0";

/// Which standard library was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StdChoice {
    /// Rebuilt where that is possible.
    Auto,
    /// The toolchain's own.
    Prebuilt,
    /// Rebuilt, or fail.
    Rebuilt,
}

/// Which standard library a module has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Std {
    /// The toolchain's own.
    Prebuilt,
    /// Rebuilt for size.
    Rebuilt,
}

impl Std {
    /// The name used on the command line and in the budget: `prebuilt` or `rebuilt`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Prebuilt => "prebuilt",
            Self::Rebuilt => "rebuilt",
        }
    }

    /// The one of that [`name`](Self::name).
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Prebuilt, Self::Rebuilt].into_iter().find(|std| std.name() == name)
    }
}

/// A module ready to be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bound {
    /// Name of its crate.
    pub(crate) name: String,
    /// The JavaScript that loads it, an ES module, not minified.
    pub(crate) js: String,
    /// The module.
    pub(crate) wasm: Vec<u8>,
}

/// Builds and binds every one of [`MODULES`], and says which standard library they got.
///
/// # Errors
/// When a crate does not compile, cannot be bound, or the standard library asked for cannot be had.
pub(crate) fn modules(workspace: &Workspace, choice: StdChoice) -> Result<(Vec<Bound>, Std)> {
    toolchain::need_wasm_target()?;
    let mut std = resolve(choice)?;
    if std == Std::Rebuilt && choice == StdChoice::Auto {
        let first = compile(workspace, MODULES[0], std);
        // A fault in our own code is reported as such; only a standard library that cannot be
        // rebuilt (its own dependencies out of reach, say) is a reason to go on without it.
        if let Err(error) = first {
            ensure!(!has_rebuilt_std(workspace), error);
            progress::note("the standard library could not be rebuilt; using the toolchain's own");
            std = Std::Prebuilt;
        }
    }
    let mut bound = Vec::new();
    for name in MODULES {
        let raw = compile(workspace, name, std)?;
        bound.push(progress::quietly(&format!("binding {name}"), || bind(name, &raw))?);
    }
    Ok((bound, std))
}

/// What `serve` uses unless told otherwise: rebuilt only when an earlier build has left it behind.
pub(crate) fn quickest(workspace: &Workspace) -> StdChoice {
    if has_rebuilt_std(workspace) { StdChoice::Auto } else { StdChoice::Prebuilt }
}

/// Checks that `wasm` is a module that a browser can compile, and returns its number of sections.
///
/// # Errors
/// With the place of the first fault.
pub(crate) fn validate(wasm: &[u8]) -> Result<usize> {
    ensure!(wasm.starts_with(&WASM_HEADER), "it does not begin like a wasm module");
    wasmparser::Validator::new().validate_all(wasm)?;
    let mut n_sections = 0;
    for payload in wasmparser::Parser::new(0).parse_all(wasm) {
        n_sections += usize::from(payload?.as_section().is_some());
    }
    Ok(n_sections)
}

fn resolve(choice: StdChoice) -> Result<Std> {
    match choice {
        StdChoice::Prebuilt => Ok(Std::Prebuilt),
        StdChoice::Rebuilt => {
            ensure!(
                toolchain::has_std_sources()?,
                "the standard library's sources are missing; install them with \
                 `rustup component add rust-src`"
            );
            ensure!(
                flags_are_known(),
                "this rustc does not know the flags for rebuilding the standard library ({}); \
                 use `--std prebuilt`",
                REBUILT_FLAGS.join(" ")
            );
            Ok(Std::Rebuilt)
        }
        StdChoice::Auto if toolchain::has_std_sources()? && flags_are_known() => Ok(Std::Rebuilt),
        StdChoice::Auto => Ok(Std::Prebuilt),
    }
}

/// Whether this rustc understands [`REBUILT_FLAGS`], which are not stable and may change.
fn flags_are_known() -> bool {
    let mut command = Command::new("rustc");
    command.env("RUSTC_BOOTSTRAP", "1").args(REBUILT_FLAGS);
    run::succeeds(command.args(["--target", WASM_TARGET, "--print", "cfg"]))
}

/// Compiles one crate and returns the module as the compiler left it.
fn compile(workspace: &Workspace, name: &str, std: Std) -> Result<PathBuf> {
    let is_quick = name == QUICK;
    let std = if is_quick { Std::Prebuilt } else { std };
    let target = target_folder(workspace, std);
    let mut command = cargo();
    command.current_dir(&workspace.root);
    command.args(["build", "--package", name, "--profile", "wasm", "--target", WASM_TARGET]);
    command.arg("--target-dir").arg(&target);
    let mut flags = remap_flags(workspace);
    flags.extend(is_quick.then(|| QUICK_FLAG.to_owned()));
    if std == Std::Rebuilt {
        command.args(["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]);
        command.env("RUSTC_BOOTSTRAP", "1");
        flags.extend(REBUILT_FLAGS.map(str::to_owned));
    }
    // The modules are the same whoever builds them, so flags from outside are not taken over.
    command.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    progress::aloud(&format!("building {name} for wasm, standard library {}", std.name()), || {
        run::stream(&mut command)
    })?;
    Ok(module_folder(&target).join(format!("{name}.wasm")))
}

/// A rebuilt standard library has a folder of its own, so that neither build evicts the other.
fn target_folder(workspace: &Workspace, std: Std) -> PathBuf {
    match std {
        Std::Prebuilt => workspace.target.clone(),
        Std::Rebuilt => workspace.target.join("wasm-tiny"),
    }
}

fn module_folder(target: &Path) -> PathBuf {
    target.join(WASM_TARGET).join("wasm")
}

fn has_rebuilt_std(workspace: &Workspace) -> bool {
    let deps = module_folder(&target_folder(workspace, Std::Rebuilt)).join("deps");
    let Ok(mut files) = deps.read_dir() else { return false };
    files.any(|file| file.is_ok_and(|f| f.file_name().to_string_lossy().starts_with("libstd-")))
}

/// Keeps the folders of whoever builds out of the modules, which makes them the same everywhere.
fn remap_flags(workspace: &Workspace) -> Vec<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        env::var_os("HOME")
            .or_else(|| env::var_os("USERPROFILE"))
            .map(|h| Path::new(&h).join(".cargo"))
    });
    let mut flags = vec![format!("--remap-path-prefix={}=candor", workspace.root.display())];
    flags.extend(home.map(|home| format!("--remap-path-prefix={}=cargo", home.display())));
    flags
}

fn bind(name: &str, raw: &Path) -> Result<Bound> {
    let mut output = Bindgen::new()
        .input_path(raw)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .out_name(name)
        .generate_output()
        .with_context(|| format!("binding {}", raw.display()))?;
    ensure!(
        output.snippets().values().all(Vec::is_empty) && output.local_modules().is_empty(),
        "{name} brings JavaScript files of its own, which a module of one file cannot load; \
         remove the dependency that has them"
    );
    let wasm = output.wasm_mut().emit_wasm();
    validate(&wasm).with_context(|| format!("{name} is not a valid wasm module"))?;
    Ok(Bound { name: name.to_owned(), js: output.js().to_owned(), wasm })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with one function type: header, then section 1 of four bytes.
    const SMALL: [u8; 14] = [0, b'a', b's', b'm', 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0];

    #[test]
    fn a_valid_module_has_its_sections_counted() {
        assert_eq!(validate(&SMALL).expect("it is valid"), 1);
        assert_eq!(validate(&WASM_HEADER).expect("it is valid"), 0);
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(validate(b"<!doctype html>").is_err());
        assert!(validate(&SMALL[..13]).is_err(), "cut off");
        let mut broken = SMALL;
        broken[11] = 0x61;
        assert!(validate(&broken).is_err(), "not a type");
    }

    #[test]
    fn a_standard_library_is_found_by_its_name() {
        for std in [Std::Prebuilt, Std::Rebuilt] {
            assert_eq!(Std::from_name(std.name()), Some(std));
        }
        assert_eq!(Std::from_name("auto"), None);
    }
}
