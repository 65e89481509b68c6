//! Functionals that decide who is in F, found among the coordinates and by exact linear programs.

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::modular::Reduced;
use super::system::{Combination, System};
use crate::exact::linear::kernel_basis;
use crate::exact::lp::{StrictSolution, strict_feasibility};
use crate::watch::{Stop, Watch};

/// Largest dimension of a linear program that is tried.
const MOST_DIMENSIONS: usize = 64;
/// Most equations combined to show that they have no common solution.
const MOST_COMBINED: usize = 128;

/// Decides what coordinates and linear programs decide. All that a linear relaxation 0 ≤ x_i ≤ 1 forces to 0 or 1 is found where the
/// linear program is small enough.
///
/// # Errors
/// The limit that was met; what is decided by then stands.
pub(super) fn force(system: &mut System, watch: &Watch) -> Result<(), Stop> {
    coordinates(system, watch)?;
    if system.impossible {
        return Ok(());
    }
    let undecided = system.undecided();
    let reduced = system.reduce(&undecided);
    if let Some(contradiction) = reduced.contradiction {
        refute(system, &undecided, &reduced, contradiction, watch)?;
    } else if program(system, &undecided, &reduced.chosen, watch)? {
        coordinates(system, watch)?;
    }
    Ok(())
}

/// Coordinates with both signs, until none decides anything.
fn coordinates(system: &mut System, watch: &Watch) -> Result<(), Stop> {
    loop {
        let mut changed = false;
        for equation in 0..system.equations() {
            watch.check()?;
            for sign in [1, -1] {
                changed |= system.force(&vec![(equation, sign.into())]);
            }
        }
        if !changed || system.impossible {
            return Ok(());
        }
    }
}

/// Equations without a common rational solution: a combination with coefficients 0 and a right-hand side below 0.
fn refute(
    system: &mut System,
    undecided: &[usize],
    reduced: &Reduced,
    contradiction: usize,
    watch: &Watch,
) -> Result<(), Stop> {
    let mut equations = reduced.chosen.clone();
    equations.push(contradiction);
    if equations.len() > MOST_COMBINED {
        return Ok(());
    }
    let columns: Vec<Vec<BigInt>> = undecided
        .iter()
        .map(|&i| column(system, &equations, i))
        .collect();
    for vector in kernel_basis(&columns, equations.len(), watch)? {
        let combination: Combination = equations.iter().copied().zip(vector).collect();
        let negated = combination.iter().map(|(e, y)| (*e, -y)).collect();
        if system.force(&combination) || system.force(&negated) {
            break;
        }
    }
    Ok(())
}

fn column(system: &System, equations: &[usize], i: usize) -> Vec<BigInt> {
    let entries = equations.iter();
    entries.map(|&e| system.entry(e, i).clone()).collect()
}

/// A functional that forces as much as any. Vectors (v_i, e_i), (0, e_i) and (−t, −1, …, −1): one that is not negative on any of
/// them, (ℓ, u), has ⟨ℓ,t⟩ ≤ −Σ u_i ≤ Σ min(0, ⟨ℓ,v_i⟩), which is what a forcing functional needs. For t = 0 the v_i alone do.
fn program(
    system: &mut System,
    undecided: &[usize],
    equations: &[usize],
    watch: &Watch,
) -> Result<bool, Stop> {
    let target: Vec<BigInt> = equations.iter().map(|&e| system.remaining(e)).collect();
    let vectors: Vec<Vec<BigInt>> = undecided
        .iter()
        .map(|&i| column(system, equations, i))
        .collect();
    let (r, n) = (equations.len(), undecided.len());
    let lifted = target.iter().any(|t| !t.is_zero());
    let dimension = if lifted { r + n } else { r };
    if dimension > MOST_DIMENSIONS {
        return Ok(false);
    }
    let mut rows = Vec::new();
    for (k, mut vector) in vectors.into_iter().enumerate() {
        if lifted {
            let mut unit = vec![BigInt::zero(); n];
            unit[k] = BigInt::one();
            rows.push([vec![BigInt::zero(); r], unit.clone()].concat());
            vector.extend(unit);
        }
        rows.push(vector);
    }
    if lifted {
        let row = target.iter().map(|t| -t);
        rows.push(row.chain(vec![-BigInt::one(); n]).collect());
    }
    let Some(functional) = most_positive(&rows, dimension, watch)? else {
        return Ok(false);
    };
    let combination = equations.iter().copied().zip(functional).collect();
    Ok(system.force(&combination))
}

/// A functional that is not negative on any row and positive on every row that such a functional can be positive on; `None` if there
/// are no rows of the latter kind. Rows with a positive combination to zero are those where it must vanish.
fn most_positive(
    rows: &[Vec<BigInt>],
    dimension: usize,
    watch: &Watch,
) -> Result<Option<Vec<BigInt>>, Stop> {
    let mut vanishing: Vec<usize> = Vec::new();
    loop {
        let fixed: Vec<Vec<BigInt>> = vanishing.iter().map(|&i| rows[i].clone()).collect();
        let basis = kernel_basis(&fixed, dimension, watch)?;
        let others: Vec<usize> = (0..rows.len()).filter(|i| !vanishing.contains(i)).collect();
        if others.is_empty() || basis.is_empty() {
            return Ok(None);
        }
        let product =
            |x: &[BigInt], y: &[BigInt]| -> BigInt { x.iter().zip(y).map(|(x, y)| x * y).sum() };
        let mapped: Vec<Vec<BigInt>> = others
            .iter()
            .map(|&i| basis.iter().map(|b| product(b, &rows[i])).collect())
            .collect();
        match strict_feasibility(&mapped, basis.len(), watch)? {
            StrictSolution::Point(point) => {
                let mut functional = vec![BigInt::zero(); dimension];
                for (factor, b) in point.iter().zip(&basis) {
                    for (sum, entry) in functional.iter_mut().zip(b) {
                        *sum += factor * entry;
                    }
                }
                return Ok(Some(functional));
            }
            StrictSolution::Farkas(circuit) => {
                vanishing.extend(circuit.iter().map(|(k, _)| others[*k]));
            }
        }
    }
}
