//! The standard normal distribution: quantile, distribution function and two-sided tail.

use crate::numerics::erfc::erfc;

/// Probability that a standard normal variable is at most `x`, in `[0, 1]`.
///
/// Relative error below 1e-12 also far in the lower tail. `x` is any number but NaN.
///
/// # Example
/// ```
/// use scoring::numerics::normal::cdf;
/// assert_eq!(cdf(0.0), 0.5);
/// assert!((cdf(1.959_963_984_540_054) - 0.975).abs() < 1e-14);
/// ```
#[must_use]
pub fn cdf(x: f64) -> f64 {
    0.5 * erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// Probability that a standard normal variable lies at least as far from 0 as `z`, in `[0, 1]`.
///
/// Taken from the tail and never as one minus the rest, which would cancel to 0 above 8.3.
///
/// # Example
/// ```
/// use scoring::numerics::normal::two_sided_p;
/// assert!((two_sided_p(-1.959_963_984_540_054) - 0.05).abs() < 1e-15);
/// assert!(two_sided_p(8.5) > 1.8e-17);
/// ```
#[must_use]
pub fn two_sided_p(z: f64) -> f64 {
    erfc(z.abs() * std::f64::consts::FRAC_1_SQRT_2)
}

/// The deviate below which a standard normal variable falls with probability `p`.
///
/// `None` unless `0 < p < 1`: the ends are infinite. Relative error about 1e-16 over the range.
///
/// # Source
/// Wichura 1988, Applied Statistics 37:477, algorithm AS 241, the seven-figure-pair version
/// PPND16.
///
/// # Example
/// ```
/// use scoring::numerics::normal::quantile;
/// assert!((quantile(0.975).unwrap() - 1.959_963_984_540_054).abs() < 1e-12);
/// assert_eq!(quantile(0.5), Some(0.0));
/// assert_eq!(quantile(1.0), None);
/// ```
#[must_use]
pub fn quantile(p: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    Some(if p <= 0.5 { lower_quantile(p) } else { -lower_quantile(1.0 - p) })
}

/// [`quantile`] for `0 < p <= 0.5`; the caller vouches for the range. Never positive.
pub(crate) fn lower_quantile(p: f64) -> f64 {
    debug_assert!(p > 0.0 && p <= 0.5, "{p} is not in the lower half");
    let q = p - 0.5;
    if q >= -0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(r, &CENTRE);
    }
    let r = (-p.ln()).sqrt();
    if r <= 5.0 { -ratio(r - 1.6, &MIDDLE) } else { -ratio(r - 5.0, &TAIL) }
}

/// Numerator over denominator, each from the highest power down.
fn ratio(x: f64, [numerator, denominator]: &[[f64; 8]; 2]) -> f64 {
    let horner = |c: &[f64; 8]| c.iter().fold(0.0, |sum, c| sum * x + c);
    horner(numerator) / horner(denominator)
}

/// Coefficients for probabilities between 0.075 and 0.925.
const CENTRE: [[f64; 8]; 2] = [
    [
        2.509_080_928_730_122_7e3,
        3.343_057_558_358_813e4,
        6.726_577_092_700_87e4,
        4.592_195_393_154_987e4,
        1.373_169_376_550_946e4,
        1.971_590_950_306_551_3e3,
        1.331_416_678_917_843_8e2,
        3.387_132_872_796_366_5e0,
    ],
    [
        5.226_495_278_852_854e3,
        2.872_908_573_572_194_3e4,
        3.930_789_580_009_271e4,
        2.121_379_430_158_659_7e4,
        5.394_196_021_424_751e3,
        6.871_870_074_920_579e2,
        4.231_333_070_160_091e1,
        1.0,
    ],
];

/// Coefficients for probabilities down to about 1.4e-11.
const MIDDLE: [[f64; 8]; 2] = [
    [
        7.745_450_142_783_414e-4,
        2.272_384_498_926_918_4e-2,
        2.417_807_251_774_506e-1,
        1.270_458_252_452_368_4e0,
        3.647_848_324_763_204_5e0,
        5.769_497_221_460_691e0,
        4.630_337_846_156_546e0,
        1.423_437_110_749_683_5e0,
    ],
    [
        1.050_750_071_644_416_9e-9,
        5.475_938_084_995_345e-4,
        1.519_866_656_361_645_7e-2,
        1.481_039_764_274_800_8e-1,
        6.897_673_349_851e-1,
        1.676_384_830_183_803_8e0,
        2.053_191_626_637_759e0,
        1.0,
    ],
];

/// Coefficients for the far tail.
const TAIL: [[f64; 8]; 2] = [
    [
        2.010_334_399_292_288_1e-7,
        2.711_555_568_743_487_6e-5,
        1.242_660_947_388_078_4e-3,
        2.653_218_952_657_612_4e-2,
        2.965_605_718_285_048_7e-1,
        1.784_826_539_917_291_3e0,
        5.463_784_911_164_114e0,
        6.657_904_643_501_103e0,
    ],
    [
        2.044_263_103_389_939_7e-15,
        1.421_511_758_316_446e-7,
        1.846_318_317_510_054_8e-5,
        7.868_691_311_456_133e-4,
        1.487_536_129_085_061_5e-2,
        1.369_298_809_227_358e-1,
        5.998_322_065_558_88e-1,
        1.0,
    ],
];
