//! Cuts delimited text, given in pieces, into records.
//!
//! The rules are those of RFC 4180 where it says something, and those of the `csv` crate where
//! it does not: a quote means something only at the beginning of a cell; within quotes a doubled
//! quote is one; LF, CR and CRLF all end a record; empty lines are no records.

use super::RECORD_BYTES_MAX;
use super::masks::{parity_so_far, positions};
use crate::cell::Record;

/// What is to be known about the bytes before a block of 64.
#[derive(Clone, Copy, Debug)]
struct Quoting {
    /// All ones within quotes, otherwise zero.
    inside: u64,
    /// 1 when the byte before ended a cell.
    after_end: u64,
    /// 1 when the byte before closed a quote.
    after_close: u64,
}

impl Quoting {
    const AT_RECORD_START: Self = Self { inside: 0, after_end: 1, after_close: 0 };

    /// Of the possible ends of cells in a block of `n_bytes`, those that are not within quotes.
    ///
    /// A quote that stands in the middle of a cell is text. The first one that opens where none
    /// may open is taken out, which turns every later one around, until none is left.
    #[inline(always)]
    fn real_ends(&mut self, mut quotes: u64, ends: u64, n_bytes: usize) -> u64 {
        let last = n_bytes - 1;
        if quotes == 0 {
            let real = ends & !self.inside;
            self.after_end = real >> last & 1;
            self.after_close = 0;
            return real;
        }
        loop {
            let quoted = parity_so_far(quotes) ^ self.inside;
            let real = ends & !quoted;
            let closing = quotes & !quoted;
            let may_open = (real | closing) << 1 | self.after_end | self.after_close;
            let wrong = quotes & quoted & !may_open;
            if wrong == 0 {
                self.inside = (quoted >> last & 1).wrapping_neg();
                self.after_end = real >> last & 1;
                self.after_close = closing >> last & 1;
                return real;
            }
            quotes &= !(wrong & wrong.wrapping_neg());
        }
    }
}

/// Where the splitting of one file has got to.
#[derive(Debug)]
pub(crate) struct Splitter {
    delimiter: u8,
    quoting: Quoting,
    /// Ends of the cells of the record under way, counted from its beginning.
    ends: Vec<usize>,
    /// The bytes of the record under way that came in earlier pieces; empty when it is too long.
    begun: Vec<u8>,
    /// How many bytes of the record under way came in earlier pieces.
    n_begun: usize,
}

impl Splitter {
    pub(crate) const fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            quoting: Quoting::AT_RECORD_START,
            ends: Vec::new(),
            begun: Vec::new(),
            n_begun: 0,
        }
    }

    /// Hands on every record that ends in `piece`; `None` for one that is too long.
    pub(crate) fn push(&mut self, piece: &[u8], mut each: impl FnMut(Option<Record<'_>>)) {
        // Where the record under way begins, once it is one that begins in this piece.
        let mut start = 0;
        let (blocks, rest) = piece.as_chunks::<64>();
        for (idx, block) in blocks.iter().enumerate() {
            self.block(piece, idx * 64, block, 64, &mut start, &mut each);
        }
        if !rest.is_empty() {
            // A zero byte is neither a quote nor an end.
            let mut block = [0; 64];
            block[..rest.len()].copy_from_slice(rest);
            self.block(piece, blocks.len() * 64, &block, rest.len(), &mut start, &mut each);
        }
        self.n_begun += piece.len() - start;
        if self.n_begun > RECORD_BYTES_MAX {
            self.begun = Vec::new();
        } else {
            self.begun.extend_from_slice(&piece[start..]);
        }
    }

    #[inline(always)]
    fn block(
        &mut self,
        piece: &[u8],
        block_at: usize,
        block: &[u8; 64],
        n_bytes: usize,
        start: &mut usize,
        each: &mut impl FnMut(Option<Record<'_>>),
    ) {
        let quotes = positions(block, [b'"']);
        let ends = positions(block, [self.delimiter, b'\n', b'\r']);
        let mut ends = self.quoting.real_ends(quotes, ends, n_bytes);
        while ends != 0 {
            let place = ends.trailing_zeros() as usize;
            ends &= ends - 1;
            let at = block_at + place;
            let end = at + self.n_begun - *start;
            if end <= RECORD_BYTES_MAX {
                self.ends.push(end);
            }
            if block[place & 63] != self.delimiter {
                self.end_record(piece, *start, at, each);
                *start = at + 1;
            }
        }
    }

    #[inline(always)]
    fn end_record(
        &mut self,
        piece: &[u8],
        start: usize,
        at: usize,
        each: &mut impl FnMut(Option<Record<'_>>),
    ) {
        let n_bytes = at + self.n_begun - start;
        if n_bytes > RECORD_BYTES_MAX {
            each(None);
        } else if self.n_begun > 0 {
            self.begun.extend_from_slice(&piece[start..=at]);
            each(Some(Record { bytes: &self.begun, ends: &self.ends, has_quotes: true }));
        } else if n_bytes > 0 {
            let bytes = &piece[start..=at];
            each(Some(Record { bytes, ends: &self.ends, has_quotes: true }));
        }
        self.begun.clear();
        self.n_begun = 0;
        self.ends.clear();
    }

    /// Hands on the last record when no line end follows it, and starts anew.
    ///
    /// Returns whether the text ended within quotes.
    pub(crate) fn finish(&mut self, mut each: impl FnMut(Option<Record<'_>>)) -> bool {
        let is_unclosed = self.quoting.inside != 0;
        if self.n_begun > RECORD_BYTES_MAX {
            each(None);
        } else if self.n_begun > 0 {
            self.ends.push(self.n_begun);
            each(Some(Record { bytes: &self.begun, ends: &self.ends, has_quotes: true }));
        }
        *self = Self::new(self.delimiter);
        is_unclosed
    }

    /// Whether everything so far is whole records, so that another record may begin.
    pub(crate) const fn is_at_record_start(&self) -> bool {
        self.n_begun == 0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What the csv crate makes of it, with its records of any length and no header.
    fn expected(text: &[u8], delimiter: u8) -> Vec<Vec<Vec<u8>>> {
        csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text)
            .into_byte_records()
            .map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect())
            .collect()
    }

    fn found(text: &[u8], delimiter: u8, piece_bytes: usize) -> Vec<Vec<Vec<u8>>> {
        let mut records = Vec::new();
        let mut unquoted = Vec::new();
        let mut splitter = Splitter::new(delimiter);
        let mut each = |record: Option<Record<'_>>| {
            let record = record.expect("no record here is too long");
            let cell = |idx| record.text(idx, &mut unquoted).unwrap().to_vec();
            records.push((0..record.ends.len()).map(cell).collect());
        };
        for piece in text.chunks(piece_bytes) {
            splitter.push(piece, &mut each);
        }
        splitter.finish(&mut each);
        records
    }

    #[track_caller]
    fn check(text: &str, cells: &[&[&str]]) {
        let cells: Vec<Vec<Vec<u8>>> = cells
            .iter()
            .map(|record| record.iter().map(|cell| cell.as_bytes().to_vec()).collect())
            .collect();
        assert_eq!(found(text.as_bytes(), b',', text.len().max(1)), cells, "{text:?}");
        assert_eq!(found(text.as_bytes(), b',', 1), cells, "{text:?} byte by byte");
        assert_eq!(expected(text.as_bytes(), b','), cells, "{text:?} by the csv crate");
    }

    #[test]
    fn records_end_at_line_ends_outside_quotes() {
        check("", &[]);
        check("\n\r\n\r", &[]);
        check("a", &[&["a"]]);
        check("a,b\r\nc,d\n", &[&["a", "b"], &["c", "d"]]);
        check("a,\n,b", &[&["a", ""], &["", "b"]]);
        check("\"a\nb\",\"c,d\"\n", &[&["a\nb", "c,d"]]);
        check("\"\"\"\"\n", &[&["\""]]);
        check("\"\"\n", &[&[""]]);
    }

    #[test]
    fn a_quote_within_a_cell_is_text() {
        check("5\" screen,b\nc", &[&["5\" screen", "b"], &["c"]]);
        check("a\"\"b,\"c\"\n", &[&["a\"\"b", "c"]]);
        check(" \"a,b\"\n", &[&[" \"a", "b\""]]);
        check("\"a\"b\"c,d\"\n", &[&["ab\"c", "d\""]]);
    }

    #[test]
    fn a_quote_is_understood_across_the_edge_of_a_block() {
        for n_before in 58..70 {
            let before = "x".repeat(n_before);
            let text = format!("{before},\"a\"\",\"\"b\"\n{before}\"\",c\n");
            let records = found(text.as_bytes(), b',', text.len());
            assert_eq!(records, expected(text.as_bytes(), b','), "{n_before}");
            assert_eq!(records.len(), 2, "{n_before}");
        }
    }

    proptest! {
        #[test]
        fn records_are_those_of_the_csv_crate(
            text in "([a ]{0,2}|[\",;\n\r]{0,3}|\"[a,\n\"]{0,5}\"[,\n]|[a-z,]{0,40}|[😀é]){0,60}",
            delimiter in prop::sample::select(vec![b',', b';']),
            piece_bytes in 1_usize..130,
        ) {
            let text = text.as_bytes();
            prop_assert_eq!(found(text, delimiter, piece_bytes), expected(text, delimiter));
        }
    }
}
