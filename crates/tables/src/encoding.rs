//! From bytes in one of seven encodings to UTF-8, and how to tell which one it is.
//! What the text means is not here.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

/// An encoding that exported tables are found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// UTF-8, and therefore ASCII.
    Utf8,
    /// UTF-16, low byte first: what Excel calls "Unicode text".
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Simplified Chinese; includes GBK and GB2312.
    Gb18030,
    /// Traditional Chinese.
    Big5,
    /// Japanese, as Windows writes it.
    ShiftJis,
    /// Western European; includes ISO 8859-1.
    Windows1252,
}

impl Encoding {
    /// Every encoding, in the order in which they are offered to people.
    pub const ALL: [Self; 7] = [
        Self::Utf8,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Gb18030,
        Self::Big5,
        Self::ShiftJis,
        Self::Windows1252,
    ];

    /// The name used in options and JSON, the one of the Encoding Standard in lower case.
    ///
    /// ```
    /// assert_eq!(tables::Encoding::ShiftJis.name(), "shift_jis");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Gb18030 => "gb18030",
            Self::Big5 => "big5",
            Self::ShiftJis => "shift_jis",
            Self::Windows1252 => "windows-1252",
        }
    }

    /// The encoding that a label such as `utf8`, `GBK` or `latin1` stands for.
    ///
    /// `None` for a label that is unknown or stands for an encoding that is not offered.
    ///
    /// ```
    /// use tables::Encoding;
    /// assert_eq!(Encoding::from_name("GBK"), Some(Encoding::Gb18030));
    /// assert_eq!(Encoding::from_name("koi8-r"), None);
    /// ```
    #[must_use]
    pub fn from_name(label: &str) -> Option<Self> {
        encoding_rs::Encoding::for_label(label.as_bytes()).and_then(Self::from_standard)
    }

    fn from_standard(standard: &'static encoding_rs::Encoding) -> Option<Self> {
        if standard == encoding_rs::GBK {
            return Some(Self::Gb18030);
        }
        Self::ALL.into_iter().find(|encoding| encoding.standard() == standard)
    }

    fn standard(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Gb18030 => encoding_rs::GB18030,
            Self::Big5 => encoding_rs::BIG5,
            Self::ShiftJis => encoding_rs::SHIFT_JIS,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
        }
    }
}

/// What an encoding was recognised by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EncodingHint {
    /// The file begins with a byte order mark.
    ByteOrderMark,
    /// Only ASCII so far, which reads the same in most encodings.
    Ascii,
    /// Not ASCII, and valid UTF-8 throughout; other encodings hardly ever are by chance.
    ValidUtf8,
    /// Zero bytes stand at every other place, as in UTF-16 without a mark.
    ZeroBytes,
    /// The frequencies of letters or characters fit.
    Frequencies,
    /// Valid throughout, and gives nothing but Chinese characters and punctuation.
    OnlyChinese,
    /// Nothing fits; Western European was assumed, and may well be wrong.
    NothingFits,
    /// A person said so.
    Given,
}

/// How many bytes of a file are looked at to tell its encoding.
pub const DETECT_BYTES_MAX: usize = 1 << 20;

/// The encoding of a file from its first bytes, and what it was recognised by.
///
/// The order is: byte order mark, strict UTF-8, zero bytes at every other place, frequencies. A
/// character that is cut off at the end of `head` is not held against an encoding. At most
/// [`DETECT_BYTES_MAX`] bytes are looked at.
///
/// # Example
/// ```
/// use tables::encoding::{Encoding, EncodingHint, detect};
/// assert_eq!(detect("评分\n9".as_bytes()), (Encoding::Utf8, EncodingHint::ValidUtf8));
/// assert_eq!(detect(b"s\0c\0\n\x009\0"), (Encoding::Utf16Le, EncodingHint::ZeroBytes));
/// ```
#[must_use]
pub fn detect(head: &[u8]) -> (Encoding, EncodingHint) {
    let head = &head[..head.len().min(DETECT_BYTES_MAX)];
    if let Some((standard, _)) = encoding_rs::Encoding::for_bom(head) {
        let encoding = Encoding::from_standard(standard)
            .expect("a byte order mark stands for UTF-8 or UTF-16, and both are offered");
        return (encoding, EncodingHint::ByteOrderMark);
    }
    // Zero bytes are valid UTF-8 and ASCII, so they have to be looked for first.
    if let Some(encoding) = utf16_by_zero_bytes(head) {
        return (encoding, EncodingHint::ZeroBytes);
    }
    if is_utf8_so_far(head) {
        let hint = if head.is_ascii() { EncodingHint::Ascii } else { EncodingHint::ValidUtf8 };
        return (Encoding::Utf8, hint);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, false);
    // A top-level domain would turn every Big5 file into GBK or the reverse.
    match Encoding::from_standard(detector.guess(None, Utf8Detection::Deny)) {
        Some(encoding) => (encoding, EncodingHint::Frequencies),
        None if is_only_chinese(head) => (Encoding::Gb18030, EncodingHint::OnlyChinese),
        None => (Encoding::Windows1252, EncodingHint::NothingFits),
    }
}

fn is_utf8_so_far(head: &[u8]) -> bool {
    std::str::from_utf8(head).is_err_and(|error| error.error_len().is_none())
        || std::str::from_utf8(head).is_ok()
}

/// UTF-16 without a mark: text with ASCII in it has zeros on one side only.
fn utf16_by_zero_bytes(head: &[u8]) -> Option<Encoding> {
    let pairs = head.as_chunks::<2>().0;
    let zeros_first = pairs.iter().filter(|pair| pair[0] == 0).count();
    let zeros_second = pairs.iter().filter(|pair| pair[1] == 0).count();
    // Delimiters, digits and line ends alone are more than a tenth of any table.
    let many = pairs.len() / 10 + 1;
    if zeros_second >= many && zeros_first * 20 < zeros_second {
        Some(Encoding::Utf16Le)
    } else if zeros_first >= many && zeros_second * 20 < zeros_first {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

fn is_only_chinese(head: &[u8]) -> bool {
    let mut text = String::with_capacity(head.len() * 2);
    let (result, _) = encoding_rs::GB18030
        .new_decoder_without_bom_handling()
        .decode_to_string_without_replacement(head, &mut text, false);
    matches!(result, encoding_rs::DecoderResult::InputEmpty)
        && text.chars().all(|c| {
            c.is_ascii()
                || matches!(c, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}'
                    | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '‘' | '’' | '—' | '…')
        })
}

/// Turns the bytes of one file, given in pieces, into UTF-8 without a byte order mark.
#[derive(Debug)]
pub(crate) enum Decoder {
    /// Passed on as they are; only the mark has to be taken off.
    Utf8 {
        /// The first bytes, until it is clear whether they are a mark; `None` once it is.
        first: Option<Vec<u8>>,
    },
    Other {
        decoder: Box<encoding_rs::Decoder>,
        text: Vec<u8>,
    },
}

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";
const DECODED_BYTES: usize = 1 << 16;

impl Decoder {
    /// For a file from its beginning, or for a later part of it, which has no mark.
    pub(crate) fn new(encoding: Encoding, is_part: bool) -> Self {
        if encoding == Encoding::Utf8 {
            return Self::Utf8 { first: (!is_part).then(Vec::new) };
        }
        let standard = encoding.standard();
        let decoder = if is_part {
            standard.new_decoder_without_bom_handling()
        } else {
            standard.new_decoder_with_bom_removal()
        };
        Self::Other { decoder: Box::new(decoder), text: vec![0; DECODED_BYTES] }
    }

    /// Decodes one more piece and hands on what is complete.
    pub(crate) fn push(&mut self, bytes: &[u8], mut each: impl FnMut(&[u8])) {
        match self {
            Self::Utf8 { first: None } => each(bytes),
            Self::Utf8 { first } => {
                let mut begun = first.take().unwrap_or_default();
                let n_taken = bytes.len().min(UTF8_MARK.len() - begun.len());
                begun.extend_from_slice(&bytes[..n_taken]);
                if UTF8_MARK.starts_with(&begun) && begun.len() < UTF8_MARK.len() {
                    *first = Some(begun);
                    return;
                }
                if begun != UTF8_MARK {
                    each(&begun);
                }
                each(&bytes[n_taken..]);
            }
            Self::Other { decoder, text } => decode(decoder, text, bytes, false, &mut each),
        }
    }

    /// Whether nothing is held back because more could follow.
    pub(crate) const fn is_empty(&self) -> bool {
        match self {
            Self::Utf8 { first } => match first {
                Some(begun) => begun.is_empty(),
                None => true,
            },
            // There is no way to ask; nobody cuts a file in another encoding.
            Self::Other { .. } => true,
        }
    }

    /// Hands on what was held back because more could have followed.
    pub(crate) fn finish(&mut self, mut each: impl FnMut(&[u8])) {
        match self {
            Self::Utf8 { first } => {
                if let Some(begun) = first.take() {
                    each(&begun);
                }
            }
            Self::Other { decoder, text } => decode(decoder, text, &[], true, &mut each),
        }
    }
}

fn decode(
    decoder: &mut encoding_rs::Decoder,
    text: &mut [u8],
    mut bytes: &[u8],
    is_last: bool,
    each: &mut impl FnMut(&[u8]),
) {
    loop {
        let (result, n_read, n_written, _) = decoder.decode_to_utf8(bytes, text, is_last);
        bytes = &bytes[n_read..];
        each(&text[..n_written]);
        if result == encoding_rs::CoderResult::InputEmpty {
            return;
        }
    }
}

/// All of `bytes` as text. What cannot be decoded becomes U+FFFD; a cut-off end is left out.
pub(crate) fn text_of(encoding: Encoding, bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len());
    Decoder::new(encoding, false).push(bytes, |piece| text.extend_from_slice(piece));
    text
}
