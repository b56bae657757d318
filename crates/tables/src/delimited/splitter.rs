//! Cuts delimited text, given in pieces, into records.
//!
//! The rules are those of RFC 4180 where it says something, and those of the `csv` crate where
//! it does not: a quote means something only at the beginning of a cell; within quotes a doubled
//! quote is one; LF, CR and CRLF all end a record; empty lines are no records.

use std::ops::Range;

use super::RECORD_BYTES_MAX;
use super::masks::{parity_so_far, positions};
use crate::cell::{BEFORE_FIRST, Record};

/// So much is looked through before its records are handed on: little enough that it is still in
/// the fastest cache by then.
const CHUNK_BYTES: usize = 1 << 15;
const _: () = assert!(CHUNK_BYTES.is_multiple_of(64) && RECORD_BYTES_MAX < u32::MAX as usize);

/// How many bits of a mask are written down without asking whether there are so many.
const WRITTEN_AT_ONCE: usize = 6;

/// What is to be known about the bytes before a block of 64.
#[derive(Clone, Copy, Debug)]
struct Quoting {
    /// All ones within quotes, otherwise zero.
    inside: u64,
    /// 1 when the byte before ended a cell or closed a quote, so that a quote may open.
    may_open: u64,
}

impl Quoting {
    const AT_RECORD_START: Self = Self { inside: 0, may_open: 1 };

    /// Of the possible ends of cells in a block of `n_bytes`, those that are not within quotes.
    ///
    /// A quote that stands in the middle of a cell is text. The first one that opens where none
    /// may open is taken out, which turns every later one around, until none is left.
    #[inline(always)]
    fn real_ends(&mut self, mut quotes: u64, ends: u64, n_bytes: usize) -> u64 {
        loop {
            let quoted = parity_so_far(quotes) ^ self.inside;
            let real = ends & !quoted;
            let before_opening = real | (quotes & !quoted);
            let wrong = quotes & quoted & !(before_opening << 1 | self.may_open);
            if wrong == 0 {
                let last = n_bytes - 1;
                self.inside = (quoted >> last & 1).wrapping_neg();
                self.may_open = before_opening >> last & 1;
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
    /// Of one chunk, behind [`BEFORE_FIRST`]: where its cells end, and with them its records.
    ends: Vec<u32>,
    /// Of one chunk: where its records end.
    record_ends: Vec<u32>,
    /// The bytes of the record under way that came in earlier chunks; empty when it is too long.
    begun: Vec<u8>,
    /// The marks of that record so far.
    begun_marks: Vec<u32>,
    /// How many bytes of the record under way came in earlier chunks.
    n_begun: usize,
}

impl Splitter {
    pub(crate) const fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            quoting: Quoting::AT_RECORD_START,
            ends: Vec::new(),
            record_ends: Vec::new(),
            begun: Vec::new(),
            begun_marks: Vec::new(),
            n_begun: 0,
        }
    }

    /// Hands on every record that ends in `piece`; `None` for one that is too long.
    pub(crate) fn push(&mut self, piece: &[u8], mut each: impl FnMut(Option<Record<'_>>)) {
        for chunk in piece.chunks(CHUNK_BYTES) {
            let (n_ends, n_records) = self.look_through(chunk);
            self.hand_on(chunk, n_ends, n_records, &mut each);
        }
    }

    /// Finds the ends of cells and of records, and returns how many of each there are.
    fn look_through(&mut self, chunk: &[u8]) -> (usize, usize) {
        // Room for an end at every byte, and for what is written without being asked for.
        let n_room = 1 + chunk.len() + 64;
        if self.ends.len() < n_room {
            self.ends.resize(n_room, 0);
            self.record_ends.resize(n_room, 0);
        }
        self.ends[0] = BEFORE_FIRST;
        let (mut n_ends, mut n_records, mut at) = (1, 0, 0);
        let (blocks, rest) = chunk.as_chunks::<64>();
        let mut quoting = self.quoting;
        for block in blocks {
            let (ends, lines) = self.ends_in(block, 64, &mut quoting);
            n_ends = write_down::<WRITTEN_AT_ONCE>(&mut self.ends, n_ends, at, ends);
            n_records = write_down::<1>(&mut self.record_ends, n_records, at, lines);
            at += 64;
        }
        if !rest.is_empty() {
            // A zero byte is neither a quote nor an end.
            let mut block = [0; 64];
            block[..rest.len()].copy_from_slice(rest);
            let (ends, lines) = self.ends_in(&block, rest.len(), &mut quoting);
            n_ends = write_down::<WRITTEN_AT_ONCE>(&mut self.ends, n_ends, at, ends);
            n_records = write_down::<1>(&mut self.record_ends, n_records, at, lines);
        }
        self.quoting = quoting;
        (n_ends, n_records)
    }

    /// Where cells end in a block, and where records do.
    #[inline(always)]
    fn ends_in(&self, block: &[u8; 64], n_bytes: usize, quoting: &mut Quoting) -> (u64, u64) {
        let lines = positions(block, *b"\n\r");
        let possible = positions(block, [self.delimiter]) | lines;
        let ends = quoting.real_ends(positions(block, *b"\""), possible, n_bytes);
        (ends, ends & lines)
    }

    /// Hands on the records of a chunk that was looked through, and keeps what is not whole.
    #[inline(always)]
    fn hand_on(
        &mut self,
        chunk: &[u8],
        n_ends: usize,
        n_records: usize,
        each: &mut impl FnMut(Option<Record<'_>>),
    ) {
        // Which mark stands before the record, and how many cells the one before had.
        let (mut first, mut n_cells) = (0, 1);
        for record in 0..n_records {
            let end = self.record_ends[record];
            // Most records have as many cells as the one before.
            let ends = &self.ends[..n_ends];
            if ends.get(first + n_cells) != Some(&end) {
                n_cells = 1 + ends[first + 1..].iter().take_while(|cell| **cell != end).count();
            }
            let marks = first..first + n_cells + 1;
            first += n_cells;
            if self.n_begun > 0 {
                self.end_begun(&chunk[..=end as usize], marks, each);
            } else if self.ends[marks.start].wrapping_add(1) < end {
                let marks = &self.ends[marks];
                each(Some(Record { bytes: chunk, marks, has_quotes: true }));
            }
        }
        self.begin(chunk, first, n_ends);
    }

    /// Hands on the record under way, of which these are the last bytes.
    #[cold]
    fn end_begun(
        &mut self,
        bytes: &[u8],
        marks: Range<usize>,
        each: &mut impl FnMut(Option<Record<'_>>),
    ) {
        // Without the line end.
        if self.n_begun + bytes.len() - 1 > RECORD_BYTES_MAX {
            each(None);
        } else {
            self.extend_begun(bytes, marks);
            let (bytes, marks) = (&self.begun, &self.begun_marks);
            each(Some(Record { bytes, marks, has_quotes: true }));
        }
        self.n_begun = 0;
    }

    /// Keeps the bytes of a chunk behind its last record, whose end is the mark `first`.
    fn begin(&mut self, chunk: &[u8], first: usize, n_ends: usize) {
        let rest = &chunk[self.ends[first].wrapping_add(1) as usize..];
        if rest.is_empty() {
            return;
        }
        if self.n_begun == 0 {
            self.begun.clear();
            self.begun_marks.clear();
            self.begun_marks.push(BEFORE_FIRST);
        }
        if self.n_begun + rest.len() > RECORD_BYTES_MAX {
            (self.begun, self.begun_marks) = (Vec::new(), Vec::new());
        } else {
            self.extend_begun(rest, first..n_ends);
        }
        self.n_begun += rest.len();
    }

    /// Adds bytes to the record under way, and where cells end in them, the first mark left out:
    /// it stands right before the bytes.
    fn extend_begun(&mut self, bytes: &[u8], marks: Range<usize>) {
        let before = self.ends[marks.start].wrapping_add(1);
        let n_begun = u32::try_from(self.n_begun).expect("no record kept is so long");
        let ends = self.ends[marks].iter().skip(1);
        self.begun_marks.extend(ends.map(|end| end - before + n_begun));
        self.begun.extend_from_slice(bytes);
    }

    /// Hands on the last record when no line end follows it, and starts anew.
    ///
    /// Returns whether the text ended within quotes.
    pub(crate) fn finish(&mut self, mut each: impl FnMut(Option<Record<'_>>)) -> bool {
        let is_unclosed = self.quoting.inside != 0;
        if self.n_begun > RECORD_BYTES_MAX {
            each(None);
        } else if let Ok(n_begun @ 1..) = u32::try_from(self.n_begun) {
            self.begun_marks.push(n_begun);
            let (bytes, marks) = (&self.begun, &self.begun_marks);
            each(Some(Record { bytes, marks, has_quotes: true }));
        }
        *self = Self::new(self.delimiter);
        is_unclosed
    }

    /// Whether everything so far is whole records, so that another record may begin.
    pub(crate) const fn is_at_record_start(&self) -> bool {
        self.n_begun == 0
    }
}

/// Writes the places of the bits of a mask into `out` from `n` on, counted from `at`, and returns
/// how many there are by then. `AT_ONCE` are written without a branch, whether or not they are set:
/// the next ones take their place.
#[inline(always)]
fn write_down<const AT_ONCE: usize>(out: &mut [u32], n: usize, at: u32, mut mask: u64) -> usize {
    let room = &mut out[n..n + 64];
    let n = n + mask.count_ones() as usize;
    for place in &mut room[..AT_ONCE] {
        *place = at + mask.trailing_zeros();
        mask &= mask.wrapping_sub(1);
    }
    if mask != 0 {
        for place in &mut room[AT_ONCE..] {
            *place = at + mask.trailing_zeros();
            mask &= mask - 1;
            if mask == 0 {
                break;
            }
        }
    }
    n
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
            records.push((0..record.n_cells()).map(cell).collect());
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
