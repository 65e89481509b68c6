//! A parametrization with fewer kinks than neurons near Γ: some neurons move to the lines of the kinks, the others stay on their lines, and
//! how much each contributes is solved for (N2), as in Example 2.4. One output.

use num_traits::Zero as _;

use super::difference::{Difference, direction};
use super::expression::Expression;
use super::network::{Family, Neuron};
use super::quotient::Quotient;
use super::sketch::Sketch;
use crate::exact::Rational;
use crate::exact::lp::{Coordinates, StrictSolution, eliminate};
use crate::exact::scalar::minors;

/// A neuron on its line: a = λ·normal and c = ±p/λ for a mass p.
struct Moved {
    normal: Vec<Quotient>,
    /// The sign of c.
    positive: bool,
    /// The least and the largest λ.
    scale: [Quotient; 2],
    /// The least and the largest |c|.
    size: [Quotient; 2],
}

struct Solver<'a> {
    sketch: &'a Sketch,
}

impl Solver<'_> {
    fn positive(&self, q: &Quotient) -> bool {
        self.sketch.is_positive(&q.clone().into())
    }

    fn max(&self, a: Quotient, b: Quotient) -> Quotient {
        if self.positive(&b.sub(&a)) { b } else { a }
    }

    fn min(&self, a: Quotient, b: Quotient) -> Quotient {
        if self.positive(&b.sub(&a)) { a } else { b }
    }

    fn parallel(&self, a: &[Expression], b: &[Expression]) -> bool {
        minors(a, b).iter().all(|m| self.sketch.is_zero(m))
    }

    /// The λ for which λ·normal is within v of a, and the |c| within v of c.
    fn moved(&self, neuron: &Neuron, normal: Vec<Quotient>, v: &Quotient) -> Option<Moved> {
        let c = neuron.outer().first()?.to_quotient()?;
        let positive = self.positive(&c);
        let c = if positive { c } else { c.neg() };
        let (mut low, mut high) = (Quotient::zero(), None::<Quotient>);
        for (n, a) in normal.iter().zip(neuron.inner()) {
            let (n, a) = if self.positive(&n.neg()) {
                (n.neg(), a.neg())
            } else {
                (n.clone(), a.clone())
            };
            let Some(inverse) = n.inverse() else { continue };
            let a = a.to_quotient()?;
            low = self.max(low, a.sub(v).mul(&inverse));
            let end = a.add(v).mul(&inverse);
            high = Some(match high {
                Some(high) => self.min(high, end),
                None => end,
            });
        }
        let size = [self.max(Quotient::zero(), c.sub(v)), c.add(v)];
        Some(Moved {
            normal,
            positive,
            scale: [low, high?],
            size,
        })
    }

    /// Masses inside their bounds that satisfy `rows`·p = `right`.
    fn masses(
        &self,
        rows: Vec<(Vec<Quotient>, Quotient)>,
        moved: &[Moved],
        wanted: Coordinates,
    ) -> Option<Vec<Quotient>> {
        let (pivots, rows) = reduced(rows, moved.len())?;
        let free: Vec<usize> = (0..moved.len()).filter(|j| !pivots.contains(j)).collect();
        // p_i as a row over (free masses, 1).
        let mass = |i: usize| -> Vec<Quotient> {
            match pivots.iter().position(|p| *p == i) {
                Some(at) => {
                    let (row, right) = &rows[at];
                    free.iter()
                        .map(|&j| row[j].neg())
                        .chain([right.clone()])
                        .collect()
                }
                None => free
                    .iter()
                    .map(|&j| {
                        if i == j {
                            Quotient::one()
                        } else {
                            Quotient::zero()
                        }
                    })
                    .chain([Quotient::zero()])
                    .collect(),
            }
        };
        let mut inequalities = Vec::new();
        for (i, neuron) in moved.iter().enumerate() {
            let [low, high] = [0, 1].map(|end: usize| neuron.scale[end].mul(&neuron.size[end]));
            let shifted = |sign: &Quotient, by: Quotient| {
                let mut row: Vec<Quotient> = mass(i).iter().map(|x| x.mul(sign)).collect();
                if let Some(last) = row.last_mut() {
                    *last = last.add(&by);
                }
                row
            };
            inequalities.push(shifted(&Quotient::one(), low.neg()));
            inequalities.push(shifted(&Quotient::one().neg(), high));
        }
        let unit = (0..free.len())
            .map(|_| Quotient::zero())
            .chain([Quotient::one()]);
        inequalities.push(unit.collect());
        let StrictSolution::Point(point) = eliminate(
            &mut self.sketch.place(),
            &inequalities,
            free.len() + 1,
            wanted,
            self.sketch.watch(),
        )
        .ok()?
        else {
            return None;
        };
        let last = point.last()?.inverse()?;
        let value = |i| {
            mass(i)
                .iter()
                .zip(&point)
                .fold(Quotient::zero(), |sum, (x, y)| sum.add(&x.mul(y)))
                .mul(&last)
        };
        Some((0..moved.len()).map(value).collect())
    }
}

type Reduced = (Vec<usize>, Vec<(Vec<Quotient>, Quotient)>);

/// The reduced row echelon form of a system of equations, with its pivot columns; `None` if it contradicts itself.
fn reduced(mut rows: Vec<(Vec<Quotient>, Quotient)>, unknowns: usize) -> Option<Reduced> {
    let (mut pivots, mut done): Reduced = (Vec::new(), Vec::new());
    for column in 0..unknowns {
        let Some(found) = rows.iter().position(|(row, _)| !row[column].is_zero()) else {
            continue;
        };
        let (row, right) = rows.swap_remove(found);
        let inverse = row[column].inverse()?;
        let lead: Vec<Quotient> = row.iter().map(|x| x.mul(&inverse)).collect();
        let right = right.mul(&inverse);
        for (other, value) in rows.iter_mut().chain(&mut done) {
            let factor = other[column].clone();
            for (x, y) in other.iter_mut().zip(&lead) {
                *x = x.sub(&factor.mul(y));
            }
            *value = value.sub(&factor.mul(&right));
        }
        done.push((lead, right));
        pivots.push(column);
    }
    rows.iter()
        .all(|(_, right)| right.is_zero())
        .then_some((pivots, done))
}

/// Parametrizations of R(Θ) within v of Γ, where kink h goes to neuron `places[h]` of Γ together with all neurons on its line. Several: they
/// differ in how a mass is divided between inner and outer weights.
pub fn candidates(
    sketch: &Sketch,
    gamma: &Family,
    theta: &Family,
    v: &Expression,
    places: &[usize],
) -> Vec<Family> {
    let found = solve(&Solver { sketch }, gamma, theta, v, places);
    found.unwrap_or_default()
}

fn solve(
    solver: &Solver,
    gamma: &Family,
    theta: &Family,
    v: &Expression,
    places: &[usize],
) -> Option<Vec<Family>> {
    // Moving groups of neurons would move the output bias too.
    if gamma.outputs() != 1 || theta.offset().is_some() {
        return None;
    }
    let v = v.to_quotient()?;
    let function =
        Difference::new(&mut solver.sketch.clone(), theta, None, &Rational::zero()).ok()?;
    let neurons = gamma.neurons();
    let (mut moved, mut dead) = (Vec::new(), vec![false; neurons.len()]);
    for (i, neuron) in neurons.iter().enumerate() {
        let zero = |row: &[Expression]| row.iter().all(|e| solver.sketch.is_zero(e));
        if zero(neuron.inner()) || zero(neuron.outer()) {
            dead[i] = true;
            if places.contains(&i) {
                return None;
            }
            continue;
        }
        let own = places.iter().position(|p| *p == i);
        let kink = own.or_else(|| {
            places
                .iter()
                .position(|p| solver.parallel(neurons[*p].inner(), neuron.inner()))
        });
        let normal = match kink {
            None => direction(neuron.inner())?.0,
            Some(h) => {
                let normal = direction(&function.kinks[h].normal)?.0;
                let products = normal
                    .iter()
                    .zip(neuron.inner())
                    .map(|(n, a)| a.mul(&n.clone().into()));
                let side = products.fold(Expression::zero(), |sum, p| sum.add(&p));
                let opposite = solver.sketch.signs(&side).negative;
                if opposite {
                    normal.iter().map(Quotient::neg).collect()
                } else {
                    normal
                }
            }
        };
        moved.push(solver.moved(neuron, normal, &v)?);
    }
    let equations = equations(solver, &moved, &function)?;
    let wanted = [Coordinates::Simple, Coordinates::Middle];
    let masses = wanted.map(|wanted| solver.masses(equations.clone(), &moved, wanted));
    let build = |masses: &[Quotient], strategy: usize| -> Option<Family> {
        let mut next = moved.iter().zip(masses);
        let neuron = |(i, old): (usize, &Neuron)| {
            if dead[i] {
                return Some(old.clone());
            }
            let (moved, mass) = next.next()?;
            let [low, high] = &moved.size;
            let above = solver.max(moved.scale[0].clone(), mass.mul(&high.inverse()?));
            let below = match low.inverse() {
                Some(inverse) => solver.min(moved.scale[1].clone(), mass.mul(&inverse)),
                None => moved.scale[1].clone(),
            };
            let fits =
                |x: &Quotient| !solver.positive(&x.sub(&below)) && !solver.positive(&above.sub(x));
            let scale = match strategy {
                0 if fits(&Quotient::one()) => Quotient::one(),
                0 | 1 => below,
                _ => above,
            };
            let c = mass.mul(&scale.inverse()?);
            let c = if moved.positive { c } else { c.neg() };
            let inner = moved.normal.iter().map(|n| n.mul(&scale).into()).collect();
            Some(Neuron::of(inner, vec![c.into()]))
        };
        let neurons = neurons.iter().enumerate().map(neuron);
        Family::new(neurons.collect::<Option<_>>()?, None).ok()
    };
    let all = masses
        .iter()
        .flatten()
        .flat_map(|masses| (0..3).map(move |s| (masses, s)));
    Some(
        all.filter_map(|(masses, strategy)| build(masses, strategy))
            .collect(),
    )
}

/// On every line the jump of R(Θ), and its linear part, as equations for the masses.
fn equations(
    solver: &Solver,
    moved: &[Moved],
    function: &Difference,
) -> Option<Vec<(Vec<Quotient>, Quotient)>> {
    let signed = |neuron: &Moved, x: &Quotient| if neuron.positive { x.clone() } else { x.neg() };
    let inputs = function.linear.first()?.len();
    let mut rows = Vec::new();
    // Σ ±p n = 2M.
    for j in 0..inputs {
        let row = moved.iter().map(|m| signed(m, &m.normal[j])).collect();
        rows.push((
            row,
            function.linear[0][j]
                .add(&function.linear[0][j])
                .to_quotient()?,
        ));
    }
    let whole = |row: &[Quotient]| -> Vec<Expression> {
        row.iter().cloned().map(Expression::from).collect()
    };
    let mut lines: Vec<(Vec<Expression>, Vec<Expression>)> = function
        .kinks
        .iter()
        .map(|kink| (kink.normal.clone(), kink.jump[0].clone()))
        .collect();
    for neuron in moved {
        let normal = whole(&neuron.normal);
        if !lines.iter().any(|(line, _)| solver.parallel(line, &normal)) {
            lines.push((normal, vec![Expression::zero(); inputs]));
        }
    }
    for (line, jump) in &lines {
        let side = |neuron: &Moved| -> Option<bool> {
            let normal = whole(&neuron.normal);
            let products = || line.iter().zip(&normal).map(|(x, y)| x.mul(y));
            solver
                .parallel(line, &normal)
                .then(|| products().any(|p| solver.sketch.is_positive(&p)))
        };
        let sides: Vec<Option<bool>> = moved.iter().map(side).collect();
        for (j, right) in jump.iter().enumerate() {
            let entry = |(neuron, side): (&Moved, &Option<bool>)| match side {
                None => Quotient::zero(),
                Some(true) => signed(neuron, &neuron.normal[j]),
                Some(false) => signed(neuron, &neuron.normal[j]).neg(),
            };
            rows.push((
                moved.iter().zip(&sides).map(entry).collect(),
                right.to_quotient()?,
            ));
        }
    }
    Some(rows)
}
