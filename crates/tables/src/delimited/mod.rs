//! Records of delimited text (CSV and its relatives): where they end, whatever quotes they hold,
//! and where a file can be cut so that its parts can be counted at the same time.
//! What the cells mean is not here.

mod masks;
mod split;
mod splitter;

pub use split::{WINDOW_BYTES, record_start, split_points};
pub(crate) use splitter::Splitter;

use crate::encoding::Encoding;

/// The byte between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`, which spreadsheets write where a comma is the decimal sign.
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Pipe,
}

impl Delimiter {
    /// Every delimiter, the most usual first.
    pub const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Pipe];

    /// The delimiter itself; all of them are ASCII.
    ///
    /// ```
    /// assert_eq!(tables::delimited::Delimiter::Tab.byte(), b'\t');
    /// ```
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }

    /// The name used in options and JSON: `comma`, `semicolon`, `tab` or `pipe`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
            Self::Pipe => "pipe",
        }
    }

    /// The delimiter of that [`name`](Self::name), or written as itself; `None` for other text.
    ///
    /// ```
    /// use tables::delimited::Delimiter;
    /// assert_eq!(Delimiter::from_name(";"), Some(Delimiter::Semicolon));
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.name() == name || name.as_bytes() == [d.byte()])
    }
}

/// How a delimited file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// How its characters are written.
    pub encoding: Encoding,
    /// What stands between its cells.
    pub delimiter: Delimiter,
    /// How many records come before the first answer: 0, 1, or 2 where a survey tool writes the
    /// question above the options.
    pub header_rows: usize,
}

impl Dialect {
    /// UTF-8, commas, one header row.
    pub const STANDARD: Self =
        Self { encoding: Encoding::Utf8, delimiter: Delimiter::Comma, header_rows: 1 };
}

/// A record longer than this is not read: usually it is a quote that nobody closed.
pub const RECORD_BYTES_MAX: usize = 1 << 20;
