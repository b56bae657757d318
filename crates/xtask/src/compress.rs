//! Compressed siblings: `candor.js.br` and `candor.js.gz` beside `candor.js`, made once at the
//! highest level so that no server has to compress while somebody waits.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Files up to this many bytes are sent as they are: a packet is not made shorter.
pub(crate) const BYTES_MIN: usize = 256;

/// Extensions of the siblings.
pub(crate) const SIBLINGS: [&str; 2] = ["br", "gz"];

/// Extensions of the files that compression makes smaller. Images, fonts and archives are
/// compressed already.
const COMPRESSIBLE: [&str; 13] = [
    "css",
    "csv",
    "html",
    "ico",
    "js",
    "json",
    "map",
    "mjs",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
    "xml",
];

const BROTLI_QUALITY: i32 = 11;

/// Whether a file of that name gets siblings once it is long enough.
pub(crate) fn is_compressible(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| COMPRESSIBLE.contains(&extension))
}

/// Whether the file of that name is a sibling itself.
pub(crate) fn is_sibling(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| SIBLINGS.contains(&extension))
}

/// Writes the siblings of every one of `files` that should have them, on all processors.
///
/// # Errors
/// When a file cannot be read or a sibling cannot be written.
pub(crate) fn write_siblings(files: Vec<PathBuf>) -> Result<()> {
    let n_workers = thread::available_parallelism().map_or(1, usize::from);
    let queue = Mutex::new(files.into_iter());
    let next = || queue.lock().unwrap_or_else(std::sync::PoisonError::into_inner).next();
    thread::scope(|scope| {
        let work = || -> Result<()> {
            while let Some(file) = next() {
                write_siblings_of(&file)
                    .with_context(|| format!("compressing {}", file.display()))?;
            }
            Ok(())
        };
        let workers: Vec<_> = (0..n_workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })
}

fn write_siblings_of(file: &Path) -> Result<()> {
    if !is_compressible(&file.to_string_lossy()) {
        return Ok(());
    }
    let bytes = fs::read(file)?;
    if bytes.len() <= BYTES_MIN {
        return Ok(());
    }
    let sibling = |extension: &str| PathBuf::from(format!("{}.{extension}", file.display()));
    fs::write(sibling("br"), brotli(&bytes)?)?;
    fs::write(sibling("gz"), gzip(&bytes)?)?;
    Ok(())
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &params)?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn text(n_lines: usize) -> Vec<u8> {
        (0..n_lines).flat_map(|n| format!("line {n} of a survey\n").into_bytes()).collect()
    }

    #[test]
    fn what_is_packed_comes_out_the_same() {
        let bytes = text(500);
        let mut plain = Vec::new();
        let packed = gzip(&bytes).expect("it packs");
        flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut plain).expect("it unpacks");
        assert_eq!(plain, bytes);
        plain.clear();
        let packed = brotli(&bytes).expect("it packs");
        brotli::BrotliDecompress(&mut &packed[..], &mut plain).expect("it unpacks");
        assert_eq!(plain, bytes);
        assert!(packed.len() * 4 < bytes.len());
    }

    #[test]
    fn texts_and_modules_are_compressed_and_images_are_not() {
        for name in ["candor.js", "e/nps/en.html", "widget-0.wasm", "logo.svg", "e/nps/en.json"] {
            assert!(is_compressible(name), "{name}");
        }
        for name in ["photo.png", "photo.webp", "font.woff2", "a.js.br", "README", "js"] {
            assert!(!is_compressible(name), "{name}");
        }
        assert!(is_sibling("candor.js.br") && is_sibling("candor.js.gz"));
        assert!(!is_sibling("candor.js") && !is_sibling("br"));
    }

    #[test]
    fn only_long_compressible_files_get_siblings() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let short = vec![b'a'; BYTES_MIN];
        let long = vec![b'a'; BYTES_MIN + 1];
        for (name, bytes) in [("short.js", &short), ("long.js", &long), ("long.png", &long)] {
            fs::write(path(name), bytes).expect("it is written");
        }
        let files = ["short.js", "long.js", "long.png"].map(path).to_vec();
        write_siblings(files).expect("it compresses");
        assert!(path("long.js.br").exists() && path("long.js.gz").exists());
        assert!(!path("short.js.br").exists() && !path("long.png.gz").exists());
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let error = write_siblings(vec!["no-such-folder/a.js".into()]).expect_err("not there");
        assert!(format!("{error:#}").contains("no-such-folder/a.js"), "{error:#}");
    }
}
