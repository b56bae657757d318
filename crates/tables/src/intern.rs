//! Small numbers for texts that come again and again: segment values, periods, reasons.
//! What is counted under a number is not here.

/// Numbers texts in the order in which they first appear, up to fixed limits.
#[derive(Clone, Debug)]
pub(crate) struct Interner {
    /// The texts, one after the other.
    bytes: Vec<u8>,
    /// Where each text ends in `bytes`.
    ends: Vec<usize>,
    hashes: Vec<u64>,
    /// 1 + the number of a text, or 0; at least half are 0. The length is a power of two.
    slots: Vec<u32>,
    n_max: usize,
}

/// No more bytes of different texts than this are remembered.
pub(crate) const INTERNED_BYTES_MAX: usize = 1 << 22;

impl Interner {
    pub(crate) fn new(n_max: usize) -> Self {
        Self { bytes: Vec::new(), ends: Vec::new(), hashes: Vec::new(), slots: vec![0; 64], n_max }
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
        let hash = hash(text);
        let mask = self.slots.len() - 1;
        let mut at = low_bits(hash) & mask;
        loop {
            match self.slots[at] {
                0 => return self.add(text, hash),
                slot => {
                    let id = slot as usize - 1;
                    if self.hashes[id] == hash && self.text(id) == text {
                        return Some(id);
                    }
                }
            }
            at = (at + 1) & mask;
        }
    }

    #[cold]
    fn add(&mut self, text: &[u8], hash: u64) -> Option<usize> {
        let id = self.len();
        if id >= self.n_max || self.bytes.len() + text.len() > INTERNED_BYTES_MAX {
            return None;
        }
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
        self.hashes.push(hash);
        if self.len() * 2 > self.slots.len() {
            self.slots = vec![0; self.slots.len() * 2];
            for id in 0..self.len() {
                self.place(id);
            }
        } else {
            self.place(id);
        }
        Some(id)
    }

    fn place(&mut self, id: usize) {
        let mask = self.slots.len() - 1;
        let mut at = low_bits(self.hashes[id]) & mask;
        while self.slots[at] != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = u32::try_from(id + 1).expect("n_max of every interner is below 2^32");
    }
}

#[allow(clippy::cast_possible_truncation, reason = "only the low bits choose a slot")]
#[inline]
const fn low_bits(hash: u64) -> usize {
    hash as usize
}

/// Mixes eight bytes at a time. The limits keep what a chosen collision can cost small.
#[inline]
fn hash(text: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
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
