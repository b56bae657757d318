//! Seeded randomness for resampling. The same seed gives the same numbers on every machine.

use crate::numerics::binomial;

/// A small generator whose whole state is one number.
///
/// # Source
/// Steele, Lea and Flood 2014, "Fast Splittable Pseudorandom Number Generators": SplitMix64.
pub(crate) struct Random {
    state: u64,
}

impl Random {
    pub(crate) const fn from_seed(seed: u64) -> Self {
        Self { state: seed }
    }

    const fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Uniform, strictly between 0 and 1.
    fn unit(&mut self) -> f64 {
        ((self.next_u64() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// Successes in `n` trials of probability `p`; `n` is a whole number, `p` lies in `[0, 1]`.
    pub(crate) fn binomial(&mut self, n: f64, p: f64) -> f64 {
        if n <= 0.0 || p <= 0.0 {
            0.0
        } else if p >= 1.0 {
            n
        } else if p > 0.5 {
            n - self.binomial(n, 1.0 - p)
        } else if n * p < 10.0 {
            self.binomial_by_inversion(n, p)
        } else {
            self.binomial_by_rejection(n, p)
        }
    }

    /// Walks up the distribution function from 0; short because the mean is below 10.
    fn binomial_by_inversion(&mut self, n: f64, p: f64) -> f64 {
        let odds = p / (1.0 - p);
        let mut left = self.unit();
        let mut probability = (n * (-p).ln_1p()).exp();
        let mut k = 0.0;
        while left > probability && k < n {
            left -= probability;
            k += 1.0;
            probability *= odds * (n - k + 1.0) / k;
            if probability < f64::MIN_POSITIVE {
                break; // what is left of the unit is rounding
            }
        }
        k
    }

    /// Hörmann 1993, "The Generation of Binomial Random Variates", algorithm BTRS.
    fn binomial_by_rejection(&mut self, n: f64, p: f64) -> f64 {
        let spread = (n * p * (1.0 - p)).sqrt();
        let b = 1.15 + 2.53 * spread;
        let a = -0.0873 + 0.0248 * b + 0.01 * p;
        let centre = n * p + 0.5;
        let alpha = (2.83 + 5.1 / b) * spread;
        let at_mode = binomial::ln_probability(((n + 1.0) * p).floor(), n, p);
        loop {
            let u = self.unit() - 0.5;
            let v = self.unit();
            let edge = 0.5 - u.abs();
            let k = ((2.0 * a / edge + b) * u + centre).floor();
            if edge >= 0.07 && v <= 0.92 - 4.2 / b {
                return k;
            }
            if k < 0.0 || k > n {
                continue;
            }
            let bound = (v * alpha / (a / (edge * edge) + b)).ln();
            if bound <= binomial::ln_probability(k, n, p) - at_mode {
                return k;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_first_number_of_seed_zero_is_the_published_one() {
        assert_eq!(Random::from_seed(0).next_u64(), 0xE220_A839_7B1D_CDAF);
    }

    /// Mean and variance within four standard errors, in the inversion and the rejection range.
    #[track_caller]
    fn check_moments(n: f64, p: f64) {
        let mut random = Random::from_seed(7);
        let draws: Vec<f64> = (0..20_000).map(|_| random.binomial(n, p)).collect();
        let count = draws.len() as f64;
        let mean = draws.iter().sum::<f64>() / count;
        let variance = draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count;
        let expected = n * p * (1.0 - p);
        assert!((mean - n * p).abs() < 4.0 * (expected / count).sqrt(), "mean {mean}");
        assert!((variance / expected - 1.0).abs() < 4.0 * (2.1 / count).sqrt(), "{variance}");
        assert!(draws.iter().all(|&k| (0.0..=n).contains(&k)));
    }

    #[test]
    fn binomial_draws_have_the_right_mean_and_variance() {
        check_moments(20.0, 0.3);
        check_moments(100.0, 0.3);
        check_moments(100.0, 0.93);
        check_moments(1e9, 0.25);
    }
}
