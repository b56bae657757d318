//! 64 bytes at a time as masks of 64 bits, one bit a byte, the lowest bit for the first byte.
//! What the marked bytes mean is not here.

use wide::u8x16;

/// Which of the 64 bytes are among `wanted`.
#[inline(always)]
pub(super) fn positions<const N: usize>(block: &[u8; 64], wanted: [u8; N]) -> u64 {
    if cfg!(any(
        target_arch = "x86_64",
        target_arch = "aarch64",
        all(target_arch = "wasm32", target_feature = "simd128")
    )) {
        positions_by_vectors(block, wanted)
    } else {
        positions_by_words(block, wanted)
    }
}

/// For processors that compare 16 bytes at once.
#[inline(always)]
fn positions_by_vectors<const N: usize>(block: &[u8; 64], wanted: [u8; N]) -> u64 {
    let wanted = wanted.map(u8x16::splat);
    let mut mask = 0;
    for (idx, sixteen) in block.as_chunks::<16>().0.iter().enumerate() {
        let bytes = u8x16::new(*sixteen);
        let fits = wanted.iter().fold(u8x16::ZERO, |fits, &wanted| fits | bytes.simd_eq(wanted));
        mask |= u64::from(fits.to_bitmask()) << (16 * idx);
    }
    mask
}

/// For everything else: eight bytes in one word.
///
/// A byte that fits is zero after the exclusive or; adding 127 to its low seven bits then carries
/// nothing into its top bit, and no byte disturbs its neighbour.
#[inline(always)]
fn positions_by_words<const N: usize>(block: &[u8; 64], wanted: [u8; N]) -> u64 {
    const LOW: u64 = 0x7f * EVERY_BYTE;
    let mut mask = 0;
    for (idx, eight) in block.as_chunks::<8>().0.iter().enumerate() {
        let word = u64::from_le_bytes(*eight);
        let fits = wanted.iter().fold(0, |fits, &wanted| {
            let differs = word ^ (u64::from(wanted) * EVERY_BYTE);
            fits | !(((differs & LOW) + LOW) | differs | LOW)
        });
        let byte = (fits >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        mask |= byte << (8 * idx);
    }
    mask
}

const EVERY_BYTE: u64 = 0x0101_0101_0101_0101;

/// For each bit, whether an odd number of bits is set up to and with it.
#[inline(always)]
pub(super) const fn parity_so_far(mut mask: u64) -> u64 {
    mask ^= mask << 1;
    mask ^= mask << 2;
    mask ^= mask << 4;
    mask ^= mask << 8;
    mask ^= mask << 16;
    mask ^ (mask << 32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn both_ways_find_every_wanted_byte_and_no_other(
            block in prop::array::uniform32((any::<u8>(), any::<u8>())),
        ) {
            let block: Vec<u8> = block.iter().flat_map(|&(a, b)| [a, b]).collect();
            let block: &[u8; 64] = block.as_slice().try_into().unwrap();
            for wanted in [[b',', b'\n', b'\r'], [0, 255, 128], [block[0], block[7], block[63]]] {
                let expected = block
                    .iter()
                    .rev()
                    .fold(0, |mask, byte| mask << 1 | u64::from(wanted.contains(byte)));
                prop_assert_eq!(positions_by_vectors(block, wanted), expected);
                prop_assert_eq!(positions_by_words(block, wanted), expected);
            }
        }

        #[test]
        fn parity_is_the_number_of_bits_so_far(mask: u64) {
            for bit in 0..64 {
                let n_bits = (mask << (63 - bit)).count_ones();
                prop_assert_eq!(parity_so_far(mask) >> bit & 1, u64::from(n_bits % 2));
            }
        }
    }
}
