//! What a cell of the score column says: a point of the scale, nothing, or nothing usable.
//! A value outside the scale is never moved onto it.

use scoring::{Scale, ScalePoint};

use crate::cell::{Number, number};
use crate::fault::Fault;
use crate::grid::{Grid, Slot};

/// Reads the cells of a column of scores or ratings.
#[derive(Clone, Debug)]
pub(crate) struct ScoreReader {
    scale: Scale,
    missing_numbers: Vec<i64>,
    /// In small letters.
    missing_words: Vec<Vec<u8>>,
    /// In small letters.
    labels: Vec<(Vec<u8>, Slot)>,
    /// What cells of one byte say, and behind those what cells of two digits say, which most are;
    /// [`UNUSABLE`] for a fault.
    short: Vec<u16>,
}

/// In place of a slot.
const UNUSABLE: u16 = u16::MAX;

impl ScoreReader {
    /// Every label stands for a point of the scale.
    pub(crate) fn new(
        scale: Scale,
        missing_codes: &[String],
        labels: &[(String, ScalePoint)],
    ) -> Self {
        let in_small_letters = |text: &str| text.trim().as_bytes().to_ascii_lowercase();
        let mut reader = Self {
            scale,
            missing_numbers: Vec::new(),
            missing_words: Vec::new(),
            labels: Vec::new(),
            short: Vec::new(),
        };
        for code in missing_codes {
            match number(code.trim().as_bytes()) {
                Number::Whole(value) => reader.missing_numbers.push(value),
                _ => reader.missing_words.push(in_small_letters(code)),
            }
        }
        for (label, point) in labels {
            let slot = point_slot(scale, i64::from(point.0))
                .expect("a plan is checked before anything is counted");
            reader.labels.push((in_small_letters(label), slot));
        }
        let slot = |cell: &[u8]| match reader.read_any(cell.trim_ascii()) {
            (Slot(slot), None) => u16::try_from(slot).unwrap_or(UNUSABLE),
            (_, Some(_)) => UNUSABLE,
        };
        let one_byte = (0..=u8::MAX).map(|byte| slot(&[byte]));
        let two_digits = (0..100).map(|n| slot(&[b'0' + n / 10, b'0' + n % 10]));
        reader.short = one_byte.chain(two_digits).collect();
        reader
    }

    /// Where a cell without spaces around it is counted, and what is wrong with it.
    #[inline]
    pub(crate) fn read(&self, cell: &[u8]) -> (Slot, Option<Fault>) {
        let short = match *cell {
            [byte] => usize::from(byte),
            [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
                256 + usize::from(tens - b'0') * 10 + usize::from(ones - b'0')
            }
            [] => return (Grid::missing(self.scale), None),
            _ => return self.read_any(cell),
        };
        match self.short[short] {
            UNUSABLE => self.read_any(cell),
            slot => (Slot(usize::from(slot)), None),
        }
    }

    fn read_any(&self, cell: &[u8]) -> (Slot, Option<Fault>) {
        let invalid = Grid::invalid(self.scale);
        if cell.is_empty() || is_among(&self.missing_words, cell) {
            return (Grid::missing(self.scale), None);
        }
        let label = self.labels.iter().find(|(label, _)| label.eq_ignore_ascii_case(cell));
        if let Some((_, slot)) = label {
            return (*slot, None);
        }
        match number(cell) {
            Number::Whole(value) if self.missing_numbers.contains(&value) => {
                (Grid::missing(self.scale), None)
            }
            Number::Whole(value) => match point_slot(self.scale, value) {
                Some(slot) => (slot, None),
                None => (invalid, Some(Fault::OutOfRange)),
            },
            Number::Fraction => (invalid, Some(Fault::NotWhole)),
            Number::Other => (invalid, Some(Fault::NotANumber)),
        }
    }
}

fn is_among(words: &[Vec<u8>], cell: &[u8]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(cell))
}

fn point_slot(scale: Scale, value: i64) -> Option<Slot> {
    let point = scale.point(value)?;
    usize::try_from(i32::from(point.0) - i32::from(scale.min())).ok().map(Slot)
}

#[cfg(test)]
mod tests {
    use scoring::Direction;

    use super::*;

    fn reader() -> ScoreReader {
        let scale = Scale::new(1, 5, Direction::HigherIsBetter).unwrap();
        let codes = ["0", "6", " Blank", "3.5"].map(ToOwned::to_owned);
        let labels = [("Very good".into(), ScalePoint(5)), ("+".into(), ScalePoint(4))];
        ScoreReader::new(scale, &codes, &labels)
    }

    #[track_caller]
    fn check(cell: &str, slot: usize, fault: Option<Fault>) {
        assert_eq!(reader().read(cell.as_bytes()), (Slot(slot), fault), "{cell}");
    }

    #[test]
    fn whole_numbers_on_the_scale_are_its_points() {
        check("1", 0, None);
        check("5", 4, None);
        check("5.0", 4, None);
        check("+2", 1, None);
    }

    #[test]
    fn empty_cells_and_declared_codes_are_missing() {
        for cell in ["", "0", "6", "6.0", "-0", "blank", "BLANK", "3.5"] {
            check(cell, 5, None);
        }
    }

    #[test]
    fn labels_stand_for_their_point() {
        check("very good", 4, None);
        check("+", 3, None);
    }

    #[test]
    fn what_is_not_on_the_scale_is_invalid_and_says_why() {
        check("7", 6, Some(Fault::OutOfRange));
        check("-1", 6, Some(Fault::OutOfRange));
        check("99999999999999999999", 6, Some(Fault::OutOfRange));
        check("4.5", 6, Some(Fault::NotWhole));
        check("n/a", 6, Some(Fault::NotANumber));
        check("?", 6, Some(Fault::NotANumber));
    }
}
