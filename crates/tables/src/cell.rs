//! One record and its cells: where they begin and end, without quotes, and as whole numbers.
//! Which column means what is not here.

/// One record: where its cells are in some bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'a> {
    /// The record and perhaps what stands around it.
    pub(crate) bytes: &'a [u8],
    /// Positions in `bytes` around the cells: of the byte before the first cell, and of the byte
    /// after each. Before the first byte there is [`BEFORE_FIRST`].
    pub(crate) marks: &'a [u32],
    /// Whether a quote at the beginning of a cell is a sign and not text.
    pub(crate) has_quotes: bool,
}

/// The position before the first byte: one more is 0.
pub(crate) const BEFORE_FIRST: u32 = u32::MAX;

impl<'a> Record<'a> {
    /// How many cells there are.
    #[inline]
    pub(crate) const fn n_cells(&self) -> usize {
        self.marks.len().saturating_sub(1)
    }

    /// The cell of a column without its quotes and without spaces around it.
    ///
    /// `None` when the record is too short. `unquoted` is used where quotes stand within.
    #[inline]
    pub(crate) fn cell<'b>(&self, idx: usize, unquoted: &'b mut Vec<u8>) -> Option<&'b [u8]>
    where
        'a: 'b,
    {
        let cell = self.raw(idx)?;
        // Most cells have neither quotes nor spaces: one look at both ends tells.
        match cell {
            [] => Some(cell),
            [first, ..] if self.has_quotes && *first == b'"' => {
                Some(without_quotes(cell, unquoted).trim_ascii())
            }
            [first, .., last] if *first > b' ' && *last > b' ' => Some(cell),
            [only] if *only > b' ' => Some(cell),
            _ => Some(cell.trim_ascii()),
        }
    }

    /// The same with its spaces.
    #[cfg(test)]
    pub(crate) fn text<'b>(&self, idx: usize, unquoted: &'b mut Vec<u8>) -> Option<&'b [u8]>
    where
        'a: 'b,
    {
        let cell = self.raw(idx)?;
        let is_quoted = self.has_quotes && cell.first() == Some(&b'"');
        Some(if is_quoted { without_quotes(cell, unquoted) } else { cell })
    }

    /// The cell as it stands in the file.
    #[inline]
    fn raw(&self, idx: usize) -> Option<&'a [u8]> {
        let &[before, end] = self.marks.get(idx..idx + 2)? else { return None };
        self.bytes.get(before.wrapping_add(1) as usize..end as usize)
    }
}

/// Cells that are put together one by one.
#[cfg(any(feature = "json", feature = "xlsx"))]
#[derive(Debug, Default)]
pub(crate) struct Cells {
    bytes: Vec<u8>,
    marks: Vec<u32>,
}

#[cfg(any(feature = "json", feature = "xlsx"))]
impl Cells {
    /// Begins another record.
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.marks.clear();
        self.marks.push(BEFORE_FIRST);
    }

    /// Adds a cell. What lies 4 GiB into a record cannot be reached; no file holds so much.
    pub(crate) fn push(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        self.marks.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
        self.bytes.push(0);
    }

    /// What was put together.
    pub(crate) fn record(&self) -> Record<'_> {
        Record { bytes: &self.bytes, marks: &self.marks, has_quotes: false }
    }
}

/// What a quoted cell says. Text after the closing quote belongs to it, as spreadsheets read it.
fn without_quotes<'a: 'b, 'b>(cell: &'a [u8], unquoted: &'b mut Vec<u8>) -> &'b [u8] {
    if let [b'"', inner @ .., b'"'] = cell
        && !inner.contains(&b'"')
    {
        return inner;
    }
    unquoted.clear();
    let mut rest = &cell[1..];
    while let Some(at) = rest.iter().position(|&byte| byte == b'"') {
        unquoted.extend_from_slice(&rest[..at]);
        if rest.get(at + 1) != Some(&b'"') {
            rest = &rest[at + 1..];
            break;
        }
        unquoted.push(b'"');
        rest = &rest[at + 2..];
    }
    unquoted.extend_from_slice(rest);
    unquoted
}

/// A cell as text that tells apart what differs: a byte that is not UTF-8 becomes `\xE9`.
pub(crate) fn key_text(cell: &[u8]) -> String {
    let mut text = String::with_capacity(cell.len());
    for chunk in cell.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02X}"));
        }
    }
    text
}

/// What a cell is when read as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    /// `9`, `+9`, `9.0`; a number beyond 18 digits is only as large as `i64` can say.
    Whole(i64),
    /// `8.5`.
    Fraction,
    /// Anything else.
    Other,
}

/// Reads `cell`, which has no spaces around it, as a decimal number with an optional sign.
///
/// A whole number written with a fraction of zeros is that whole number, because spreadsheets
/// write 9 as `9.0`. A comma is not read as a decimal sign: `1,000` is not 1.
pub(crate) fn number(cell: &[u8]) -> Number {
    let (is_negative, digits) = match cell {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, cell),
    };
    let n_whole = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (whole, fraction) = digits.split_at(n_whole);
    let is_fraction = match fraction {
        [] => false,
        [b'.', decimals @ ..]
            if !decimals.is_empty() && decimals.iter().all(u8::is_ascii_digit) =>
        {
            decimals.iter().any(|&digit| digit != b'0')
        }
        _ => return Number::Other,
    };
    if whole.is_empty() {
        return Number::Other;
    }
    if is_fraction {
        return Number::Fraction;
    }
    let value = whole.iter().try_fold(0_i64, |value, digit| {
        value.checked_mul(10)?.checked_add(i64::from(digit - b'0'))
    });
    match (value, is_negative) {
        (Some(value), false) => Number::Whole(value),
        (Some(value), true) => Number::Whole(-value),
        (None, false) => Number::Whole(i64::MAX),
        (None, true) => Number::Whole(i64::MIN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, expected: Number) {
        assert_eq!(number(cell.as_bytes()), expected, "{cell}");
    }

    #[test]
    fn whole_numbers_are_read_with_sign_and_zero_fraction() {
        check("9", Number::Whole(9));
        check("+9", Number::Whole(9));
        check("-1", Number::Whole(-1));
        check("007", Number::Whole(7));
        check("9.0", Number::Whole(9));
        check("10.000", Number::Whole(10));
        check("-0", Number::Whole(0));
    }

    #[test]
    fn fractions_are_numbers_but_not_whole() {
        check("8.5", Number::Fraction);
        check("-0.1", Number::Fraction);
        check("99999999999999999999.5", Number::Fraction);
    }

    #[test]
    fn everything_else_is_not_a_number() {
        for cell in ["", "-", ".", "9.", ".0", "1e1", "1,000", "９", "0x9", "9 9", "n/a", "٩"] {
            check(cell, Number::Other);
        }
    }

    #[test]
    fn numbers_beyond_what_can_be_said_stay_out_of_every_scale() {
        check("99999999999999999999", Number::Whole(i64::MAX));
        check("-99999999999999999999", Number::Whole(i64::MIN));
    }

    #[test]
    fn quotes_are_taken_off_and_doubled_quotes_are_one() {
        for (cell, expected) in [
            (r#""a""#, "a"),
            (r#""""#, ""),
            (r#""a""b""#, r#"a"b"#),
            (r#""""""#, r#"""#),
            (r#""a"b"#, "ab"),
            (r#""a"b"c""#, r#"ab"c""#),
            (r#""unclosed"#, "unclosed"),
            (r#"""#, ""),
        ] {
            let unquoted = &mut Vec::new();
            assert_eq!(without_quotes(cell.as_bytes(), unquoted), expected.as_bytes(), "{cell}");
        }
    }
}
