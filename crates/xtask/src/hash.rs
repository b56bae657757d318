//! Names and checksums that follow from content.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

/// Hexadecimal digits of the content's hash in a file name.
const NAME_DIGITS: usize = 8;

/// SHA-256 of `bytes` in lower-case hexadecimal digits.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}"); // writing to a String cannot fail
        text
    })
}

/// `name` with the start of its content's hash before the extension: `candor-1f3870be.js`.
/// Another content is another name, so the file may be cached for ever.
pub(crate) fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash = sha256_hex(bytes);
    let hash = &hash[..NAME_DIGITS];
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{hash}.{extension}"),
        None => format!("{name}-{hash}"),
    }
}

/// The value of an `integrity` attribute for `bytes`.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_nothing_and_of_abc_are_the_published_ones() {
        let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256_hex(b""), nothing);
        assert!(sha256_hex(b"abc").starts_with("ba7816bf8f01cfea"));
    }

    #[test]
    fn the_integrity_of_nothing_is_the_published_one() {
        let expected = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(integrity(b""), expected);
    }

    #[test]
    fn a_name_changes_with_the_content_and_only_with_it() {
        assert_eq!(hashed_name("candor.js", b"abc"), "candor-ba7816bf.js");
        assert_eq!(hashed_name("candor.js", b"abc"), hashed_name("candor.js", b"abc"));
        assert_ne!(hashed_name("candor.js", b"abc"), hashed_name("candor.js", b"abd"));
        assert_eq!(hashed_name("a.b.wasm", b"abc"), "a.b-ba7816bf.wasm");
        assert_eq!(hashed_name("licence", b"abc"), "licence-ba7816bf");
    }
}
