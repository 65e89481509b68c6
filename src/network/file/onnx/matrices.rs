//! `Gemm` and `MatMul`, where one factor is known.

use num_traits::One as _;

use super::arithmetic::{Binary, elementwise, scaled};
use super::fault::{Fault, shape_words};
use super::machine::{Call, Machine};
use super::row::{Mixer, inner_product};
use super::tensor::{Elements, Tensor, broadcast, count, repeated, walk};
use crate::exact::Rational;

/// α·A·B + β·C, the factors transposed where the attributes say so.
pub(super) fn gemm(call: &mut Call<'_, '_>, machine: &mut Machine) -> Result<Tensor, Fault> {
    call.knows(&["alpha", "beta", "transA", "transB"])?;
    call.takes(2, 3)?;
    let (mut a, mut b) = (call.take(0)?, call.take(1)?);
    for (tensor, name) in [(&mut a, "transA"), (&mut b, "transB")] {
        let &[rows, columns] = tensor.shape.as_slice() else {
            let found = format!("a factor of shape {}", shape_words(&tensor.shape));
            return Err(Fault::wrong(found, "a matrix"));
        };
        if call.is_set(name)? {
            let places = walk(&[columns, rows], &[1, columns], 0, &mut machine.budget)?;
            *tensor = tensor.select(vec![columns, rows], &places, &mut machine.budget)?;
        }
    }
    let mut y = multiplied(&a, &b, machine)?;
    let [alpha, beta] = ["alpha", "beta"].map(|name| call.float(name));
    let factor = |value: Option<Rational>| value.filter(|value| !value.is_one());
    if let Some(alpha) = factor(alpha?) {
        y = scaled(y, &[alpha], &[], machine)?;
    }
    let beta = factor(beta?);
    if call.optional(2).is_none() {
        return Ok(y);
    }
    let mut c = call.take(2)?;
    if let Some(beta) = beta {
        c = scaled(c, &[beta], &[], machine)?;
    }
    if !broadcast(&c.shape, &y.shape).is_ok_and(|shape| shape == y.shape) {
        let found = format!("an input C of shape {}", shape_words(&c.shape));
        return Err(Fault::wrong(
            found,
            format!("one that fits into {}", shape_words(&y.shape)),
        ));
    }
    elementwise(y, c, Binary::Add, machine)
}

/// A·B as numpy has it: vectors, matrices and stacks of matrices.
pub(super) fn matmul(call: &mut Call<'_, '_>, machine: &mut Machine) -> Result<Tensor, Fault> {
    call.knows(&[])?;
    call.takes(2, 2)?;
    let (a, b) = (call.take(0)?, call.take(1)?);
    multiplied(&a, &b, machine)
}

/// A vector is a matrix of one row on the left, of one column on the right, and this side is taken out again.
fn multiplied(a: &Tensor, b: &Tensor, machine: &mut Machine) -> Result<Tensor, Fault> {
    let misfit = || {
        let found = format!(
            "factors of shapes {} and {}",
            shape_words(&a.shape),
            shape_words(&b.shape)
        );
        Fault::wrong(found, "as many columns in the first as rows in the second")
    };
    let (left, m, k) = match a.shape.as_slice() {
        [] => return Err(misfit()),
        [k] => (&[][..], 1, *k),
        [stack @ .., m, k] => (stack, *m, *k),
    };
    let (right, rows, n) = match b.shape.as_slice() {
        [] => return Err(misfit()),
        [k] => (&[][..], *k, 1),
        [stack @ .., k, n] => (stack, *k, *n),
    };
    if rows != k {
        return Err(misfit());
    }
    let stack = broadcast(left, right).map_err(|_| misfit())?;
    let mut shape = stack.clone();
    shape.extend((a.shape.len() > 1).then_some(m));
    shape.extend((b.shape.len() > 1).then_some(n));
    let total = count(&shape);
    machine.budget.numbers(total)?;
    if m > 1 || !stack.is_empty() {
        let products = total.and_then(|total| total.checked_mul(k));
        machine.budget.products(products.unwrap_or(usize::MAX))?;
    }
    let budget = &mut machine.budget;
    let (left, right) = (
        repeated(left, &stack, budget)?,
        repeated(right, &stack, budget)?,
    );
    let places = || {
        let matrices = left.iter().zip(&right);
        let matrices = matrices.map(|(left, right)| (left * m * k, right * k * n));
        matrices.flat_map(move |(left, right)| {
            (0..m).flat_map(move |i| (0..n).map(move |j| (left + i * k, right + j)))
        })
    };
    let elements = match (&a.elements, &b.elements) {
        (Elements::Constant(a), Elements::Constant(b)) => {
            let values = places().map(|(left, right)| {
                budget.products(k)?;
                let pairs = (0..k).map(|l| (&a[left + l], &b[right + l * n]));
                inner_product(pairs.collect(), budget)
            });
            Elements::Constant(values.collect::<Result<_, _>>()?)
        }
        (Elements::Computed { rows, level }, Elements::Constant(b)) => {
            let mixer = Mixer::new(rows);
            let mixed = places().map(|(left, right)| {
                let parts = (0..k).map(|l| (left + l, &b[right + l * n]));
                mixer.mix(&parts.collect::<Vec<_>>(), budget)
            });
            Elements::Computed {
                rows: mixed.collect::<Result<_, _>>()?,
                level: *level,
            }
        }
        (Elements::Constant(a), Elements::Computed { rows, level }) => {
            let mixer = Mixer::new(rows);
            let mixed = places().map(|(left, right)| {
                let parts = (0..k).map(|l| (right + l * n, &a[left + l]));
                mixer.mix(&parts.collect::<Vec<_>>(), budget)
            });
            Elements::Computed {
                rows: mixed.collect::<Result<_, _>>()?,
                level: *level,
            }
        }
        (Elements::Computed { .. }, Elements::Computed { .. }) => {
            return Err(Fault::wrong(
                "a product of two matrices that the model computes from its input",
                "one constant: only then is the network piecewise linear",
            ));
        }
    };
    let kind = if a.constant().is_some() {
        b.kind
    } else {
        a.kind
    };
    Ok(Tensor {
        shape,
        kind,
        elements,
    })
}
