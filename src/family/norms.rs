//! Seminorm and jump norm of a difference of families, with proofs.

use super::difference::{Difference, direction};
use super::domain::{positive, stated};
use super::expression::{Expression, dot};
use super::polynomial::{Place, Signs};
use super::quotient::Quotient;
use super::sketch::{Draft, Sketch};
use super::unproved::{Contradiction, Misfit, TooMany, Unproved};
use crate::certificate::{Formula, Holds, Node, SectionFact};
use crate::exact::Rational;
use crate::exact::lp::{Coordinates, StrictSolution, eliminate};
use crate::realization::Domain;
use crate::watch::Watch;

/// Most kinks whose regions are listed.
const MOST_KINKS: usize = 12;

/// The kinks as rows over Q(k), and the radicands their normals were freed from.
struct Regions<'a> {
    difference: &'a Difference,
    place: Place,
    rows: Vec<(Vec<Quotient>, Quotient)>,
    /// What is positive on all points that are spoken of, numbered after the kinks in circuits.
    positive: Vec<Vec<Quotient>>,
    watch: Watch,
}

/// The largest entry found, and where.
struct Best {
    value: Expression,
    output: usize,
    input: usize,
    signs: Vec<bool>,
    point: Vec<Quotient>,
}

impl<'a> Regions<'a> {
    fn new(
        sketch: &Sketch,
        place: Place,
        difference: &'a Difference,
        domain: Option<&Domain>,
    ) -> Result<Regions<'a>, Unproved> {
        let kinks = &difference.kinks;
        if kinks.len() > MOST_KINKS {
            let (found, most) = (kinks.len(), MOST_KINKS);
            return Err(TooMany::Kinks { found, most }.into());
        }
        let rows = kinks.iter().map(|kink| direction(&kink.normal));
        let rows = rows.collect::<Option<Vec<_>>>();
        let constants = |row: Vec<Rational>| row.into_iter().map(Quotient::constant).collect();
        let positive = positive(difference.columns, difference.is_affine(), domain);
        Ok(Regions {
            difference,
            place,
            rows: rows.ok_or(Misfit::KinkNormal)?,
            positive: positive.into_iter().map(constants).collect(),
            watch: sketch.watch().clone(),
        })
    }
}

impl Regions<'_> {
    fn feasible(&self, signs: &[bool]) -> Result<StrictSolution<Quotient>, Unproved> {
        let oriented = self.rows.iter().zip(signs).map(|((row, _), plus)| {
            let entry = |x: &Quotient| if *plus { x.clone() } else { x.neg() };
            row.iter().map(entry).collect()
        });
        let dimension = self.difference.linear.first().map_or(0, Vec::len);
        let mut oriented: Vec<Vec<Quotient>> = oriented.collect();
        oriented.extend(self.positive.iter().cloned());
        let mut place = self.place;
        let found = eliminate(
            &mut place,
            &oriented,
            dimension,
            Coordinates::Simple,
            &self.watch,
        );
        Ok(found?)
    }

    /// M + ½ Σ_decided ε_H J_H at one entry.
    fn entry(&self, signs: &[bool], output: usize, input: usize) -> Expression {
        let mut twice = self.difference.linear[output][input].mul(&Expression::integer(2));
        for (kink, plus) in self.difference.kinks.iter().zip(signs) {
            let jump = &kink.jump[output][input];
            twice = if *plus {
                twice.add(jump)
            } else {
                twice.sub(jump)
            };
        }
        twice.half()
    }

    fn entries(&self) -> Vec<(usize, usize)> {
        let columns = self.difference.columns;
        let outputs = 0..self.difference.linear.len();
        outputs
            .flat_map(|l| (0..columns).map(move |j| (l, j)))
            .collect()
    }

    /// Goes through all regions.
    fn search(
        &self,
        sketch: &Sketch,
        signs: &mut Vec<bool>,
        best: &mut Option<Best>,
    ) -> Result<(), Unproved> {
        let StrictSolution::Point(point) = self.feasible(signs)? else {
            return Ok(());
        };
        if signs.len() < self.rows.len() {
            for plus in [true, false] {
                signs.push(plus);
                self.search(sketch, signs, best)?;
                signs.pop();
            }
            return Ok(());
        }
        for (output, input) in self.entries() {
            let value = sketch.abs(&self.entry(signs, output, input));
            let larger = best
                .as_ref()
                .is_none_or(|b| sketch.is_positive(&value.sub(&b.value)));
            if larger {
                let (signs, point) = (signs.clone(), point.clone());
                *best = Some(Best {
                    value,
                    output,
                    input,
                    signs,
                    point,
                });
            }
        }
        Ok(())
    }

    /// What a bound leaf obliges to see, if all of it is so.
    fn bounded(
        &self,
        sketch: &Sketch,
        signs: &[bool],
        bound: &Expression,
    ) -> Option<Vec<Expression>> {
        let mut needs = Vec::new();
        for (output, input) in self.entries() {
            let entry = self.entry(signs, output, input);
            let mut slack = bound.clone();
            for kink in &self.difference.kinks[signs.len()..] {
                let size = sketch.abs(&kink.jump[output][input]);
                slack = slack.sub(&size.half());
                needs.push(size);
            }
            needs.push(slack.sub(&entry));
            needs.push(slack.add(&entry));
        }
        needs
            .iter()
            .all(|need| sketch.is_non_negative(need))
            .then_some(needs)
    }

    fn grow(
        &self,
        sketch: &mut Sketch,
        signs: &mut Vec<bool>,
        bound: &Expression,
        tree: &mut Tree,
    ) -> Result<(), Unproved> {
        if let Some(needs) = self.bounded(sketch, signs, bound) {
            needs
                .into_iter()
                .try_for_each(|need| sketch.non_negative(need))?;
            tree.nodes.push(Node::Bound);
            return Ok(());
        }
        if let StrictSolution::Farkas(multipliers) = self.feasible(signs)? {
            return self.refute(sketch, signs, multipliers, tree);
        }
        if signs.len() == self.rows.len() {
            return Err(Contradiction::Largest.into());
        }
        tree.nodes.push(Node::Split(signs.len()));
        for plus in [true, false] {
            signs.push(plus);
            self.grow(sketch, signs, bound, tree)?;
            signs.pop();
        }
        Ok(())
    }
}

impl Regions<'_> {
    /// A leaf where no region is.
    fn refute(
        &self,
        sketch: &mut Sketch,
        signs: &[bool],
        multipliers: Vec<(usize, Quotient)>,
        tree: &mut Tree,
    ) -> Result<(), Unproved> {
        let mut circuit = Vec::new();
        for (h, multiplier) in multipliers {
            if let Some(beyond) = h.checked_sub(signs.len()) {
                let whole = Expression::from(multiplier);
                sketch.positive(whole.clone())?;
                circuit.push((self.rows.len() + beyond, sketch.formula(&whole)?));
                continue;
            }
            // Σ λ ε n = 0 for the freed normals n = a/√s.
            let root = Expression::sqrt(&self.rows[h].1);
            let whole = Expression::from(multiplier).div(&root);
            let whole = whole.ok_or(Contradiction::Root)?;
            sketch.positive(whole.clone())?;
            let signed = if signs[h] { whole } else { whole.neg() };
            circuit.push((h, sketch.formula(&signed)?));
        }
        tree.nodes.push(Node::Farkas(tree.circuits.len()));
        tree.circuits.push(circuit);
        Ok(())
    }

    /// The point is on these sides at every k.
    fn inside(
        &self,
        sketch: &mut Sketch,
        signs: &[bool],
        point: &[Expression],
    ) -> Result<(), Unproved> {
        for (kink, plus) in self.difference.kinks.iter().zip(signs) {
            let side = dot(&kink.normal, point);
            sketch.positive(if *plus { side } else { side.neg() })?;
        }
        Ok(())
    }

    /// All regions, in preorder.
    fn list(
        &self,
        sketch: &mut Sketch,
        signs: &mut Vec<bool>,
        tree: &mut Tree,
        points: &mut Vec<Vec<Formula>>,
    ) -> Result<(), Unproved> {
        let mut point = match self.feasible(signs)? {
            StrictSolution::Farkas(multipliers) => {
                return self.refute(sketch, signs, multipliers, tree);
            }
            StrictSolution::Point(point) => point,
        };
        if signs.len() < self.rows.len() {
            tree.nodes.push(Node::Split(signs.len()));
            for plus in [true, false] {
                signs.push(plus);
                self.list(sketch, signs, tree, points)?;
                signs.pop();
            }
            return Ok(());
        }
        if let (true, Some(last)) = (self.difference.is_affine(), point.last().cloned()) {
            let last = last.inverse().ok_or(Contradiction::NoRegion)?;
            point.iter_mut().for_each(|x| *x = x.mul(&last));
        }
        let mut point: Vec<Expression> = point.into_iter().map(Expression::from).collect();
        self.inside(sketch, signs, &point)?;
        for row in &self.positive {
            let row: Vec<Expression> = row.iter().cloned().map(Expression::from).collect();
            sketch.positive(dot(&row, &point))?;
        }
        point.truncate(self.difference.columns);
        points.push(sketch.formulas(&point)?);
        tree.nodes.push(Node::Bound);
        Ok(())
    }
}

/// The regions of the kinks of a difference, inside a box if there is one; then the difference is affine.
///
/// # Errors
/// Too many kinks, or normals of different roots.
pub fn regions(
    mut sketch: Sketch,
    place: Place,
    difference: &Difference,
    domain: Option<&Domain>,
) -> Result<Draft, Unproved> {
    let regions = Regions::new(&sketch, place, difference, domain)?;
    let (mut tree, mut points) = (Tree::default(), Vec::new());
    regions.list(&mut sketch, &mut Vec::new(), &mut tree, &mut points)?;
    Ok(Draft {
        holds: Holds::Regions {
            domain: domain.map(stated),
            points,
        },
        value: None,
        steps: vec![SectionFact::Regions {
            circuits: tree.circuits,
            nodes: tree.nodes,
        }],
        sketch,
    })
}

#[derive(Default)]
struct Tree {
    nodes: Vec<Node>,
    circuits: Vec<Vec<(usize, Formula)>>,
}

/// The seminorm of a difference.
///
/// # Errors
/// There are too many kinks, or a normal is not a rational vector times one root.
pub fn seminorm(
    mut sketch: Sketch,
    place: Place,
    difference: &Difference,
) -> Result<Draft, Unproved> {
    let regions = Regions::new(&sketch, place, difference, None)?;
    let mut best = None;
    regions.search(&sketch, &mut Vec::new(), &mut best)?;
    let best = best.ok_or(Contradiction::NoRegion)?;
    let mut tree = Tree::default();
    regions.grow(&mut sketch, &mut Vec::new(), &best.value, &mut tree)?;
    let point: Vec<Expression> = best.point.iter().cloned().map(Expression::from).collect();
    regions.inside(&mut sketch, &best.signs, &point)?;
    if let (true, Some(last)) = (difference.is_affine(), point.last()) {
        sketch.positive(last.clone())?;
    }
    sketch.non_negative(best.value.clone())?;
    let value = sketch.formula(&best.value)?;
    let steps = vec![
        SectionFact::AtLeast {
            point: sketch.formulas(&point)?,
            output: best.output,
            input: best.input,
            value: value.clone(),
        },
        SectionFact::AtMost {
            bound: value.clone(),
            circuits: tree.circuits,
            nodes: tree.nodes,
        },
    ];
    Ok(Draft {
        holds: Holds::Seminorm { value },
        value: Some(best.value),
        steps,
        sketch,
    })
}

/// The jump norm of a difference.
///
/// # Errors
/// The kinks are not distinct everywhere.
pub fn jump_norm(mut sketch: Sketch, difference: &Difference) -> Result<Draft, Unproved> {
    difference.distinct(&mut sketch)?;
    let (mut largest, mut place) = (Expression::zero(), [0; 3]);
    for (h, kink) in difference.kinks.iter().enumerate() {
        for (l, row) in kink.jump.iter().enumerate() {
            for (j, entry) in row[..difference.columns].iter().enumerate() {
                let size = sketch.abs(entry);
                if sketch.is_positive(&size.sub(&largest)) {
                    (largest, place) = (size, [h, l, j]);
                }
            }
        }
    }
    for entry in difference
        .kinks
        .iter()
        .flat_map(|kink| difference.jump(kink))
    {
        sketch.non_negative(largest.sub(entry))?;
        sketch.non_negative(largest.add(entry))?;
    }
    debug_assert!(sketch.signs(&largest) != Signs::NEGATIVE);
    let value = sketch.formula(&largest)?;
    let [kink, output, input] = place;
    let step = SectionFact::JumpNorm {
        value: value.clone(),
        kink,
        output,
        input,
    };
    Ok(Draft {
        holds: Holds::JumpNorm { value },
        value: Some(largest),
        steps: vec![step],
        sketch,
    })
}

/// That a difference is zero.
///
/// # Errors
/// It is not.
pub fn equal(mut sketch: Sketch, difference: &Difference) -> Result<Draft, Unproved> {
    difference.vanishes(&mut sketch)?;
    let steps = vec![SectionFact::Equal {}];
    Ok(Draft {
        holds: Holds::Equal { domain: None },
        value: None,
        steps,
        sketch,
    })
}
