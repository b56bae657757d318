//! Small symmetric linear algebra for regressions on a handful of predictors.

/// A square symmetric matrix, row by row.
pub(crate) type Matrix = Vec<Vec<f64>>;

/// Share of the pivot below which a column counts as a combination of the ones before it.
const PIVOT_MIN: f64 = 1e-10;

/// Solves `matrix * x = right` for a positive definite matrix; `None` when it is not.
pub(crate) fn solve(matrix: &[Vec<f64>], right: &[f64]) -> Option<Vec<f64>> {
    let n = right.len();
    let mut lower = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
            let rest = matrix[i][j] - known;
            if i > j {
                lower[i][j] = rest / lower[j][j];
            } else if rest > PIVOT_MIN * matrix[i][i] {
                lower[i][i] = rest.sqrt();
            } else {
                return None;
            }
        }
    }
    let mut x = right.to_vec();
    for i in 0..n {
        let known: f64 = (0..i).map(|k| lower[i][k] * x[k]).sum();
        x[i] = (x[i] - known) / lower[i][i];
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|k| lower[k][i] * x[k]).sum();
        x[i] = (x[i] - known) / lower[i][i];
    }
    Some(x)
}

/// Eigenvalues, and eigenvectors as columns, of a symmetric matrix.
///
/// # Source
/// Jacobi's method of cyclic rotations; Golub and Van Loan 2013, Matrix Computations, section 8.5.
pub(crate) fn eigen(matrix: &[Vec<f64>]) -> (Vec<f64>, Matrix) {
    let n = matrix.len();
    let mut a: Matrix = matrix.to_vec();
    let mut vectors: Matrix =
        (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    let scale: f64 = a.iter().flatten().map(|x| x * x).sum();
    for _ in 0..60 {
        let off: f64 =
            (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| a[i][j].powi(2)).sum();
        if off <= 1e-32 * scale {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut a, &mut vectors, p, q);
            }
        }
    }
    ((0..n).map(|i| a[i][i]).collect(), vectors)
}

/// Turns the plane of `p` and `q`, `p < q`, so that their common entry vanishes.
fn rotate(a: &mut Matrix, vectors: &mut Matrix, p: usize, q: usize) {
    if a[p][q].abs() < f64::MIN_POSITIVE {
        return;
    }
    let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
    let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    let turned = |kp: f64, kq: f64| (cosine * kp - sine * kq, sine * kp + cosine * kq);
    for row in a.iter_mut().chain(vectors) {
        (row[p], row[q]) = turned(row[p], row[q]);
    }
    let (above, below) = a.split_at_mut(q);
    for (pk, qk) in above[p].iter_mut().zip(below[0].iter_mut()) {
        (*pk, *qk) = turned(*pk, *qk);
    }
}

#[cfg(test)]
mod tests {
    use super::{eigen, solve};

    #[test]
    fn a_solution_satisfies_its_equations() {
        let matrix = vec![vec![4.0, 1.0, 0.5], vec![1.0, 3.0, 0.2], vec![0.5, 0.2, 2.0]];
        let x = solve(&matrix, &[1.0, 2.0, 3.0]).unwrap();
        for (row, right) in matrix.iter().zip([1.0, 2.0, 3.0]) {
            let left: f64 = row.iter().zip(&x).map(|(a, x)| a * x).sum();
            assert!((left - right).abs() < 1e-12);
        }
    }

    #[test]
    fn a_singular_matrix_has_no_solution() {
        assert_eq!(solve(&[vec![1.0, 1.0], vec![1.0, 1.0]], &[1.0, 1.0]), None);
    }

    #[test]
    fn eigenvectors_rebuild_the_matrix() {
        let matrix = vec![vec![2.0, 0.3, -0.4], vec![0.3, 1.0, 0.1], vec![-0.4, 0.1, 1.5]];
        let (values, vectors) = eigen(&matrix);
        for i in 0..3 {
            for j in 0..3 {
                let rebuilt: f64 = (0..3).map(|k| values[k] * vectors[i][k] * vectors[j][k]).sum();
                assert!((rebuilt - matrix[i][j]).abs() < 1e-12);
            }
        }
    }
}
