//! Small numbers for texts that come again and again: segment values, periods, reasons.
//! What is counted under a number is not here.

/// Numbers texts in the order in which they first appear, up to fixed limits.
#[derive(Clone, Debug)]
pub(crate) struct Interner {
    /// The texts, one after the other.
    bytes: Vec<u8>,
    /// Where each text ends in `bytes`.
    ends: Vec<usize>,
    /// At least half are empty. The length is a power of two.
    slots: Vec<Slot>,
    n_max: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: Key,
    /// 1 + the number of the text, or 0 in an empty slot.
    number: u32,
}

/// What stands for a text. Up to [`SHORT_BYTES`] bytes, texts of equal keys are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Key {
    words: [u64; 2],
    n_bytes: u32,
}

const SHORT_BYTES: usize = 16;

/// No more bytes of different texts than this are remembered.
pub(crate) const INTERNED_BYTES_MAX: usize = 1 << 22;
const _: () = assert!(INTERNED_BYTES_MAX < u32::MAX as usize);

impl Interner {
    pub(crate) fn new(n_max: usize) -> Self {
        Self { bytes: Vec::new(), ends: Vec::new(), slots: vec![Slot::default(); 64], n_max }
    }

    pub(crate) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of a number that was given out.
    pub(crate) fn text(&self, id: usize) -> &[u8] {
        let start = if id == 0 { 0 } else { self.ends[id - 1] };
        &self.bytes[start..self.ends[id]]
    }

    /// Every text, in the order of the numbers.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|id| self.text(id))
    }

    /// The number of `text`; `None` when it is new and one of the limits is reached.
    #[inline]
    pub(crate) fn id(&mut self, text: &[u8]) -> Option<usize> {
        let key = Key::of(text);
        let mask = self.slots.len() - 1;
        let mut at = key.place() & mask;
        loop {
            let slot = &self.slots[at];
            if slot.number == 0 {
                return self.add(text, key);
            }
            let id = slot.number as usize - 1;
            if slot.key == key && (text.len() <= SHORT_BYTES || self.text(id) == text) {
                return Some(id);
            }
            at = (at + 1) & mask;
        }
    }

    #[cold]
    fn add(&mut self, text: &[u8], key: Key) -> Option<usize> {
        let id = self.len();
        if id >= self.n_max || self.bytes.len() + text.len() > INTERNED_BYTES_MAX {
            return None;
        }
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
        let number = u32::try_from(id + 1).expect("n_max of every interner is below 2^32");
        if self.len() * 2 > self.slots.len() {
            let wider = vec![Slot::default(); self.slots.len() * 2];
            let narrower = std::mem::replace(&mut self.slots, wider);
            narrower.into_iter().filter(|slot| slot.number > 0).for_each(|slot| self.place(slot));
        }
        self.place(Slot { key, number });
        Some(id)
    }

    fn place(&mut self, slot: Slot) {
        let mask = self.slots.len() - 1;
        let mut at = slot.key.place() & mask;
        while self.slots[at].number != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = slot;
    }
}

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

impl Key {
    /// The first and the last bytes of a short text, which may overlap; a hash of a long one.
    #[inline]
    fn of(text: &[u8]) -> Self {
        let words = match text.len() {
            0 => [0, 0],
            n @ 1..=3 => {
                let [first, middle, last] = [text[0], text[n / 2], text[n - 1]].map(u64::from);
                [first | middle << 8 | last << 16, 0]
            }
            4..=8 => {
                let [first, last] = [text.first_chunk(), text.last_chunk()]
                    .map(|four| four.map_or(0, |four| u64::from(u32::from_le_bytes(*four))));
                [first | last << 32, 0]
            }
            9..=SHORT_BYTES => [text.first_chunk(), text.last_chunk()]
                .map(|eight| eight.map_or(0, |eight| u64::from_le_bytes(*eight))),
            _ => [hash(text), 0],
        };
        // Longer than can be remembered, and so never equal to what is.
        Self { words, n_bytes: u32::try_from(text.len()).unwrap_or(u32::MAX) }
    }

    #[allow(clippy::cast_possible_truncation, reason = "only some bits choose a slot")]
    #[inline]
    fn place(self) -> usize {
        let [first, last] = self.words;
        let mixed = first ^ last.wrapping_mul(FACTOR).rotate_left(32) ^ u64::from(self.n_bytes);
        (mixed.wrapping_mul(FACTOR) >> 32) as usize
    }
}

/// Mixes eight bytes at a time. The limits keep what a chosen collision can cost small.
fn hash(text: &[u8]) -> u64 {
    let mix = |hash: u64, word: u64| {
        let product = (hash ^ word).wrapping_mul(FACTOR);
        product ^ (product >> 32)
    };
    let (words, rest) = text.as_chunks::<8>();
    let whole = words.iter().fold(text.len() as u64, |h, word| mix(h, u64::from_le_bytes(*word)));
    let last = rest.iter().fold(0, |word, &byte| word << 8 | u64::from(byte));
    mix(whole, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_one_number_and_different_texts_have_different_ones() {
        let mut interner = Interner::new(10_000);
        let texts: Vec<String> = (0..5_000).map(|n| format!("{n:x}")).collect();
        for round in 0..2 {
            for (n, text) in texts.iter().enumerate() {
                assert_eq!(interner.id(text.as_bytes()), Some(n), "round {round}");
            }
        }
        assert!(interner.texts().eq(texts.iter().map(String::as_bytes)));
    }

    #[test]
    fn texts_of_any_length_are_told_apart_by_any_byte() {
        let mut interner = Interner::new(10_000);
        let mut texts: Vec<Vec<u8>> = Vec::new();
        for n_bytes in 0..40 {
            texts.push(vec![0; n_bytes]);
            for other in 0..n_bytes {
                let mut text = vec![0; n_bytes];
                text[other] = b'x';
                texts.push(text);
            }
        }
        for _ in 0..2 {
            for (n, text) in texts.iter().enumerate() {
                assert_eq!(interner.id(text), Some(n), "{text:?}");
            }
        }
    }

    #[test]
    fn texts_beyond_the_limit_have_no_number_but_known_ones_keep_theirs() {
        let mut interner = Interner::new(2);
        assert_eq!(interner.id(b""), Some(0));
        assert_eq!(interner.id(b"a"), Some(1));
        assert_eq!(interner.id(b"b"), None);
        assert_eq!(interner.id(b"a"), Some(1));
        let mut interner = Interner::new(10);
        assert_eq!(interner.id(&vec![b'x'; INTERNED_BYTES_MAX]), Some(0));
        assert_eq!(interner.id(b"a"), None);
    }
}
