//! Reads a file that the person chose, slice by slice. The file stays in the browser.

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// How much is read at once: enough to keep the reader busy, little enough to keep the page alive.
pub(crate) const SLICE_BYTES: f64 = 1024.0 * 1024.0;

/// The bytes of a part of the file; fewer at its end.
///
/// # Errors
/// What the person should know when the file can no longer be read.
pub(crate) async fn read_slice(file: &File, from: f64, to: f64) -> Result<Vec<u8>, String> {
    let gone = |_| format!("{} can no longer be read; choose it again.", file.name());
    let blob = file.slice_with_f64_and_f64(from, to.min(file.size())).map_err(gone)?;
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(gone)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
