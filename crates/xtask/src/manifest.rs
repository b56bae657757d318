//! `manifest.json` in the web root: every file that a browser may load, with the name to load it
//! by, its sizes and its checksum. It is written by `dist` and read by nobody in the page.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::workspace::shown;
use crate::{compress, hash};

/// Its name in the web root.
pub(crate) const FILE: &str = "manifest.json";

/// Sizes of one file as it travels, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sizes {
    /// Not compressed.
    pub(crate) raw: u64,
    /// With gzip; the raw size where there is no such sibling.
    pub(crate) gzip: u64,
    /// With brotli; the raw size where there is no such sibling.
    pub(crate) brotli: u64,
}

/// Sizes of the file at `path` and of its siblings.
///
/// # Errors
/// When it is not there.
pub(crate) fn sizes(path: &Path) -> Result<Sizes> {
    let bytes = |path: &Path| fs::metadata(path).map(|metadata| metadata.len());
    let raw = bytes(path).with_context(|| format!("{} is missing", path.display()))?;
    let sibling = |extension: &str| {
        bytes(Path::new(&format!("{}.{extension}", path.display()))).unwrap_or(raw)
    };
    Ok(Sizes { raw, gzip: sibling("gz"), brotli: sibling("br") })
}

/// Every file below `folder`, as paths relative to it with forward slashes, in order.
///
/// # Errors
/// When a folder cannot be read.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        let entries = fs::read_dir(&next).with_context(|| format!("reading {}", next.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                waiting.push(path);
            } else if let Ok(relative) = path.strip_prefix(folder) {
                found.push(shown(relative));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Writes the manifest of the web root `folder`, whose `hashed` names are given by public name.
///
/// # Errors
/// When a file cannot be read or the manifest cannot be written.
pub(crate) fn write(folder: &Path, hashed: &BTreeMap<String, String>) -> Result<()> {
    let copies: BTreeMap<&str, &str> =
        hashed.iter().map(|(name, file)| (file.as_str(), name.as_str())).collect();
    let mut entries = BTreeMap::new();
    for file in files_below(folder)? {
        // A file with both names is listed once, under the public one.
        if compress::is_sibling(&file) || hashed.contains_key(&file) {
            continue;
        }
        let path = folder.join(&file);
        let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        let Sizes { raw, gzip, brotli } = sizes(&path)?;
        let integrity = hash::integrity(&bytes);
        let name = copies.get(file.as_str()).copied().unwrap_or(&file).to_owned();
        entries.insert(
            name,
            json!({ "file": file, "bytes": raw, "gzip": gzip, "brotli": brotli,
                    "integrity": integrity }),
        );
    }
    let text = serde_json::to_string_pretty(&entries)?;
    fs::write(folder.join(FILE), text + "\n").context("writing the manifest")
}

/// Public name → name to load it by, as [`write()`] has left them in the web root `folder`.
///
/// # Errors
/// When nothing was built there.
pub(crate) fn read(folder: &Path) -> Result<BTreeMap<String, String>> {
    let text = fs::read_to_string(folder.join(FILE)).with_context(|| {
        format!("nothing is built in {}; run `cargo xtask dist` first", folder.display())
    })?;
    let entries: BTreeMap<String, Value> =
        serde_json::from_str(&text).context("the manifest is broken")?;
    let pair = |(name, entry): (String, Value)| -> Result<(String, String)> {
        let file = entry["file"].as_str().context("the manifest has an entry without a file")?;
        Ok((name, file.to_owned()))
    };
    entries.into_iter().map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_listed_once_with_sizes_and_checksum() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        fs::create_dir_all(root.join("e/nps")).expect("a folder");
        let put = |name: &str, text: &str| fs::write(root.join(name), text).expect("it is written");
        put("candor.js", "abc");
        put("candor-ba7816bf.js", "abc");
        put("candor-ba7816bf.js.br", "a");
        put("widget-00000000.wasm", "wasm");
        put("e/nps/en.html", "<p>");
        let hashed = [("candor.js", "candor-ba7816bf.js"), ("widget.wasm", "widget-00000000.wasm")];
        let hashed = hashed.map(|(name, file)| (name.to_owned(), file.to_owned())).into();
        write(root, &hashed).expect("it is written");

        let text = fs::read_to_string(root.join(FILE)).expect("it is there");
        let manifest: Value = serde_json::from_str(&text).expect("it is JSON");
        let names: Vec<_> = manifest.as_object().expect("an object").keys().cloned().collect();
        assert_eq!(names, ["candor.js", "e/nps/en.html", "widget.wasm"]);
        assert_eq!(manifest["candor.js"]["file"], "candor-ba7816bf.js");
        assert_eq!(manifest["candor.js"]["bytes"], 3);
        assert_eq!(manifest["candor.js"]["gzip"], 3);
        assert_eq!(manifest["candor.js"]["brotli"], 1);
        assert_eq!(manifest["candor.js"]["integrity"], hash::integrity(b"abc"));
        assert_eq!(manifest["e/nps/en.html"]["file"], "e/nps/en.html");
        assert_eq!(read(root).expect("it is read")["widget.wasm"], "widget-00000000.wasm");
    }

    #[test]
    fn an_empty_web_root_says_what_to_run() {
        let folder = tempfile::tempdir().expect("a folder");
        let error = read(folder.path()).expect_err("there is nothing");
        assert!(error.to_string().contains("cargo xtask dist"), "{error}");
    }
}
