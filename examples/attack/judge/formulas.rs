//! Families and formulas of statements for all k, as the engine reads them.

use relucert::certificate::{FamilyNetwork, Formula, StatedRational};
use relucert::exact::Surd;
use relucert::family::{Expression, Family, Neuron, parse};
use relucert::realization::Domain;

use super::{Doubt, given, holds, known};

/// A family whose k is moved by `shift`: the entries at k + shift.
pub fn family(stated: &FamilyNetwork, shift: u64) -> Result<Family, Doubt> {
    let rows = stated.a.len() == stated.m && stated.c.len() == stated.m;
    let lengths = stated.a.iter().all(|row| row.len() == stated.d)
        && stated.c.iter().all(|row| row.len() == stated.outputs);
    holds(rows && lengths, "a family of no shape")?;
    let row = |row: &[Formula]| -> Result<Vec<Expression>, Doubt> {
        row.iter().map(|f| expression(f, shift)).collect()
    };
    let neurons = stated.a.iter().zip(&stated.c).enumerate();
    let neurons = neurons.map(|(i, (a, c))| {
        let mut inner = row(a)?;
        if let Some(b) = &stated.b {
            let bias = given(b.get(i), "a family of no shape")?;
            inner.push(expression(bias, shift)?);
        }
        Ok(Neuron::of(inner, row(c)?))
    });
    let neurons = neurons.collect::<Result<Vec<_>, Doubt>>()?;
    let offset = stated.e.as_deref().map(row).transpose()?;
    given(Family::new(neurons, offset).ok(), "a family of no shape")
}

/// A box with inner points.
pub fn box_of(domain: &[(StatedRational, StatedRational)]) -> Result<Domain, Doubt> {
    let sides = domain.iter().map(|(l, u)| (l.0.clone(), u.0.clone()));
    given(Domain::new(sides.collect()).ok(), "a box without inside")
}

/// The formula at k + shift.
pub fn expression(formula: &Formula, shift: u64) -> Result<Expression, Doubt> {
    let text = formula.to_string().replace('k', &format!("(k+{shift})"));
    known(parse(&text).ok(), "a formula the engine does not read")
}

pub fn at(formula: &Formula, k: u64) -> Result<Surd, Doubt> {
    let value = expression(formula, 0)?.at(k);
    given(value, "a formula is not defined at some k")
}
