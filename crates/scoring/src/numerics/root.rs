//! Where a function crosses zero, in few evaluations.

/// Evaluations at most; a bracket halved so often is narrower than any number tells apart.
const EVALUATIONS_MAX: u32 = 100;

/// The last place, seen from `inside`, at which `f` is not below 0. `f` is continuous, at least 0
/// at `inside` and below 0 at `outside`, and crosses 0 once between them.
///
/// # Source
/// Chandrupatla 1997, Advances in Engineering Software 28:145: inverse quadratic steps where three
/// points promise one, halving elsewhere.
pub(crate) fn last_inside(f: impl Fn(f64) -> f64, inside: f64, outside: f64) -> f64 {
    // The newest point, and the one across the root from it.
    let (mut a, mut b) = (outside, inside);
    let (mut at_a, mut at_b) = (f(a), f(b).max(f64::MIN_POSITIVE));
    let is_inside = |value: f64| value >= 0.0;
    let mut share = 0.5;
    for _ in 0..EVALUATIONS_MAX {
        let next = a + share * (b - a);
        let at_next = f(next);
        // And the one before.
        let (c, at_c) = if is_inside(at_next) == is_inside(at_a) {
            (a, at_a)
        } else {
            let before = (b, at_b);
            (b, at_b) = (a, at_a);
            before
        };
        (a, at_a) = (next, at_next);
        let nearest = if at_a.abs() < at_b.abs() { a } else { b };
        let tolerance = 2.0 * f64::EPSILON * nearest.abs().max(f64::EPSILON);
        let share_min = tolerance / (b - a).abs();
        if share_min > 0.5 {
            break;
        }
        let along = (a - b) / (c - b);
        let risen = (at_a - at_b) / (at_c - at_b);
        share = if risen * risen < along && (1.0 - risen) * (1.0 - risen) < 1.0 - along {
            let first = at_a / (at_b - at_a) * at_c / (at_b - at_c);
            let second = (c - a) / (b - a) * at_a / (at_c - at_a) * at_b / (at_c - at_b);
            first + second
        } else {
            0.5
        };
        share = share.clamp(share_min, 1.0 - share_min);
    }
    if is_inside(at_a) { a } else { b }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[track_caller]
    fn check(f: impl Fn(f64) -> f64, inside: f64, outside: f64, root: f64) {
        let n = Cell::new(0);
        let counted = |x: f64| {
            n.set(n.get() + 1);
            f(x)
        };
        let found = last_inside(counted, inside, outside);
        assert!((found - root).abs() <= 1e-15 * root.abs().max(1.0), "{found} is not {root}");
        assert!(n.get() <= 60, "{} evaluations", n.get());
    }

    #[test]
    fn roots_of_many_kinds_are_found() {
        check(|x| 2.0 - x * x, 0.0, 2.0, std::f64::consts::SQRT_2);
        check(|x| x - 0.25, 1.0, -1.0, 0.25);
        check(|x| 1.0 - x, 0.0, 1e9, 1.0);
        check(|x| (0.5 - x).cbrt(), 0.0, 1.0, 0.5);
        check(|x| if x < 0.1 { 1e-300 } else { -1e300 }, 0.0, 1.0, 0.1);
        // At 0 already where it starts, and crossing further on.
        check(|x| x * (0.75 - x), 0.0, 1.0, 0.75);
    }
}
