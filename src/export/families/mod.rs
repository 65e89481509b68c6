//! Claims for all k: families whose numbers are sums of powers of k times square roots of such sums with positive coefficients.

mod coq;
mod number;
mod tokens;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, Zero as _};

use crate::certificate::{
    AgainstForAllK, Among, Binding, Choices, FamilyNetwork, ForAllK, Formula, Fraction, Holds,
    Node, Range, Section, SectionFact, StatedRational, Step,
};
use crate::report::Certificate;

use self::number::{Number, number};
use super::refusal::{NotCovered, not_covered};

type Domain = Vec<(StatedRational, StatedRational)>;

pub(super) struct Family {
    inputs: usize,
    outputs: usize,
    /// Inner and outer weights.
    rows: Vec<[Vec<Number>; 2]>,
    /// b and e.
    biases: Option<[Vec<Number>; 2]>,
}

pub(super) struct Families {
    gamma: Family,
    theta: Option<Family>,
    sections: Vec<(Range, Stated)>,
    real: Option<u64>,
}

/// What a section says, with its evidence.
enum Stated {
    /// On a box, or everywhere.
    Equal(Option<Domain>),
    Seminorm {
        value: Number,
        point: Vec<Number>,
        output: usize,
        input: usize,
        tree: Vec<Branch>,
    },
    Separated {
        distance: Number,
        above: Option<Number>,
        far: Far,
    },
    Nearest {
        among: Among,
        phi: Family,
        distance: Number,
        above: Option<Number>,
        far: Far,
    },
    Reparametrization {
        phi: Family,
        distance: Number,
    },
    SupNorm {
        domain: Domain,
        value: Number,
        point: Vec<Number>,
    },
    Lift(Family),
    JumpNorm(Number),
    Flips(Vec<Vec<usize>>, Chosen),
    Minimal {
        phi: Family,
        lower: usize,
        normals: Vec<Vec<Number>>,
        /// Why no orientations of the kinks fit.
        all: Option<Chosen>,
        /// The same with one of them left out.
        but_one: Vec<Chosen>,
    },
    LocalMinimum {
        /// x and y.
        samples: Vec<[Vec<Number>; 2]>,
        loss: Number,
        radius: Number,
    },
}

/// A node of a tree, in preorder.
enum Branch {
    Split(usize),
    Bound,
    Circuit(Vec<(usize, Number)>),
}

/// Why there are no other sets.
struct Chosen {
    free: Vec<usize>,
    /// For those that are not free.
    functionals: Vec<Vec<Number>>,
}

/// Why nothing is nearer.
struct Far {
    /// Whether networks have biases.
    affine: bool,
    against: Against,
    reason: Reason,
}

enum Against {
    Both,
    /// In N*.
    Fixed,
    /// Functionals.
    AsTheyAre(Vec<Vec<Number>>),
    /// Normals of the kinks of R(Θ).
    Lines(Vec<Vec<Number>>),
}

enum Reason {
    Hall {
        level: Number,
        sources: Vec<usize>,
        places: Vec<usize>,
        bindings: Vec<Vec<Binding>>,
    },
    /// An entry of the output bias.
    Bias(usize),
}

/// The claim, as far as it is covered.
pub(super) fn families(certificate: &Certificate, claim: &ForAllK) -> Result<Families, NotCovered> {
    let sections = claim.sections.iter().enumerate();
    let sections = sections.map(|(index, section)| {
        let steps = certificate.steps.iter().filter_map(|step| match step {
            Step::Section(step) if step.section == index => Some(&step.by),
            _ => None,
        });
        let steps: Vec<&SectionFact> = steps.collect();
        Ok((section.range, stated(section, &steps, claim)?))
    });
    Ok(Families {
        gamma: family(&claim.gamma)?,
        theta: claim.theta.as_ref().map(family).transpose()?,
        sections: sections.collect::<Result<_, NotCovered>>()?,
        real: claim.real,
    })
}

fn stated(
    section: &Section,
    steps: &[&SectionFact],
    claim: &ForAllK,
) -> Result<Stated, NotCovered> {
    let above = |above: &Option<Formula>| above.as_ref().map(number).transpose();
    Ok(match &section.holds {
        Holds::Equal { domain } => Stated::Equal(domain.clone()),
        Holds::Seminorm { value } => {
            let found = steps.iter().find_map(|step| match step {
                SectionFact::AtLeast {
                    point,
                    output,
                    input,
                    ..
                } => Some((point, *output, *input)),
                _ => None,
            });
            let Some((point, output, input)) = found else {
                return not_covered("a certificate without a fact that its claim needs");
            };
            let found = steps.iter().find_map(|step| match step {
                SectionFact::AtMost {
                    circuits, nodes, ..
                } => Some((circuits, nodes)),
                _ => None,
            });
            let Some((circuits, nodes)) = found else {
                return not_covered("a certificate without a fact that its claim needs");
            };
            Stated::Seminorm {
                value: number(value)?,
                point: row(point)?,
                output,
                input,
                tree: tree(circuits, nodes)?,
            }
        }
        Holds::Separated {
            distance,
            above: larger,
        } => Stated::Separated {
            distance: number(distance)?,
            above: above(larger)?,
            far: far(steps, claim, section.range)?,
        },
        Holds::Nearest {
            among,
            phi,
            distance,
            above: larger,
        } => Stated::Nearest {
            among: *among,
            phi: family(phi)?,
            distance: number(distance)?,
            above: above(larger)?,
            far: far(steps, claim, section.range)?,
        },
        Holds::SupNorm { domain, value } => {
            let found = steps.iter().find_map(|step| match step {
                SectionFact::SupNorm { point, .. } => Some(point),
                _ => None,
            });
            let Some(point) = found else {
                return not_covered("a certificate without a fact that its claim needs");
            };
            Stated::SupNorm {
                domain: domain.clone(),
                value: number(value)?,
                point: row(point)?,
            }
        }
        Holds::Reparametrization { phi, distance } => Stated::Reparametrization {
            phi: family(phi)?,
            distance: number(distance)?,
        },
        Holds::JumpNorm { .. } if affine(claim) => {
            return not_covered("'jump-norm' for all k of networks with biases");
        }
        Holds::JumpNorm { value } => Stated::JumpNorm(number(value)?),
        Holds::Flips { sets } => {
            let found = steps.iter().find_map(|step| match step {
                SectionFact::Flips { choices, .. } => Some(choices),
                _ => None,
            });
            let Some(choices) = found else {
                return not_covered("a certificate without a fact that its claim needs");
            };
            Stated::Flips(sets.clone(), chosen(choices)?)
        }
        Holds::Minimal { lower, upper, phi } => {
            if *upper != phi.m {
                return not_covered("'minimal' for all k of no neurons");
            }
            let among = |line: Option<usize>| {
                steps.iter().find_map(|step| match step {
                    SectionFact::NoOrientation {
                        line: found,
                        choices,
                    } if *found == line => Some(choices),
                    _ => None,
                })
            };
            let normals = normals(&claim.gamma, affine(claim), section.range)?;
            let but_one = (0..normals.len()).map_while(|kink| {
                let choices = among(Some(kink))?;
                Some(chosen(choices).map(|chosen| chosen.without(kink)))
            });
            Stated::Minimal {
                phi: family(phi)?,
                lower: *lower,
                all: among(None).map(chosen).transpose()?,
                but_one: but_one.collect::<Result<_, _>>()?,
                normals,
            }
        }
        Holds::Lift { phi } => Stated::Lift(family(phi)?),
        Holds::LocalMinimum {
            samples,
            loss,
            radius,
        } => {
            let samples = samples
                .iter()
                .map(|sample| Ok([row(&sample.x)?, row(&sample.y)?]));
            Stated::LocalMinimum {
                samples: samples.collect::<Result<_, NotCovered>>()?,
                loss: number(loss)?,
                radius: number(radius)?,
            }
        }
        holds => return not_covered(format!("'{}' of this kind for all k", holds.kind())),
    })
}

fn tree(circuits: &[Vec<(usize, Formula)>], nodes: &[Node]) -> Result<Vec<Branch>, NotCovered> {
    let each = nodes.iter().map(|node| match node {
        Node::Split(kink) => Ok(Branch::Split(*kink)),
        Node::Bound => Ok(Branch::Bound),
        Node::Farkas(circuit) => {
            let members = circuits.get(*circuit).into_iter().flatten();
            let members = members.map(|(kink, factor)| Ok((*kink, number(factor)?)));
            Ok(Branch::Circuit(members.collect::<Result<_, NotCovered>>()?))
        }
        _ => not_covered("a node of a tree for all k"),
    });
    each.collect()
}

impl Chosen {
    /// With one more that is free, as it is not there.
    fn without(mut self, index: usize) -> Self {
        self.free.push(index);
        self.free.sort_unstable();
        self
    }
}

fn chosen(choices: &Choices) -> Result<Chosen, NotCovered> {
    Ok(Chosen {
        free: choices.free.clone(),
        functionals: table(&choices.functionals)?,
    })
}

fn far(steps: &[&SectionFact], claim: &ForAllK, range: Range) -> Result<Far, NotCovered> {
    let functionals = steps.iter().find_map(|step| match step {
        SectionFact::Independent { functionals } => Some(functionals),
        _ => None,
    });
    let as_they_are = || match functionals {
        Some(functionals) => Ok(Against::AsTheyAre(table(functionals)?)),
        None => not_covered("a certificate without a fact that its claim needs"),
    };
    let affine = affine(claim);
    for step in steps {
        let (against, reason) = match step {
            SectionFact::Apart {
                value,
                against,
                sources,
                places,
                bindings,
            } => {
                let against = match against {
                    AgainstForAllK::Both => Against::Both,
                    AgainstForAllK::Fixed => Against::Fixed,
                    AgainstForAllK::AsTheyAre => as_they_are()?,
                    AgainstForAllK::Lines => match &claim.theta {
                        Some(theta) => Against::Lines(normals(theta, affine, range)?),
                        None => return not_covered("this claim without Θ"),
                    },
                };
                let reason = Reason::Hall {
                    level: number(value)?,
                    sources: sources.clone(),
                    places: places.clone(),
                    bindings: bindings.clone(),
                };
                (against, reason)
            }
            SectionFact::OutputBias { output, .. } => (as_they_are()?, Reason::Bias(*output)),
            _ => continue,
        };
        return Ok(Far {
            affine,
            against,
            reason,
        });
    }
    not_covered("a certificate without a fact that its claim needs")
}

fn affine(claim: &ForAllK) -> bool {
    let theta = claim.theta.as_ref();
    claim.gamma.b.is_some() || theta.is_some_and(|theta| theta.b.is_some())
}

/// One (a, b) of each class of parallel ones with slopes whose jumps do not cancel, in the order of their first neurons; without roots these are seen at
/// one k of the range, where nothing vanishes by chance.
fn normals(
    network: &FamilyNetwork,
    affine: bool,
    range: Range,
) -> Result<Vec<Vec<Number>>, NotCovered> {
    /// A class: its line, its first normal, and its jumps.
    type Class = (Vec<BigRational>, Vec<Formula>, Vec<BigRational>);
    let k = BigRational::from_integer(match range {
        Range::At(k) => BigInt::from(k),
        _ => BigInt::from(1_000_003),
    });
    let at = |row: &[Formula]| {
        let values = row.iter().map(|formula| at_one_k(formula, &k));
        values.collect::<Option<Vec<_>>>()
    };
    let mut classes: Vec<Class> = Vec::new();
    for (i, (a, c)) in network.a.iter().zip(&network.c).enumerate() {
        let mut normal = a.clone();
        if affine {
            let bias = network.b.as_ref().and_then(|b| b.get(i)).cloned();
            normal.push(bias.unwrap_or_else(zero));
        }
        let (Some(inner), Some(outer)) = (at(&normal), at(c)) else {
            return not_covered("lines with square roots for all k");
        };
        let Some(first) = inner.iter().take(network.d).find(|x| !x.is_zero()) else {
            continue;
        };
        let line: Vec<BigRational> = inner.iter().map(|x| x / first).collect();
        let jumps = outer.iter().map(|x| x * first.abs());
        match classes.iter_mut().find(|(known, ..)| *known == line) {
            Some((.., sums)) => sums.iter_mut().zip(jumps).for_each(|(sum, x)| *sum += x),
            None => {
                let jumps = jumps.collect();
                classes.push((line, normal, jumps));
            }
        }
    }
    let kinks = classes
        .iter()
        .filter(|(.., jumps)| jumps.iter().any(|x| !x.is_zero()));
    kinks.map(|(_, normal, _)| row(normal)).collect()
}

fn zero() -> Formula {
    let rational = Fraction {
        numerator: Vec::new(),
        denominator: vec![BigInt::one()],
    };
    Formula {
        rational,
        terms: Vec::new(),
    }
}

/// The value at k, if there are no roots.
fn at_one_k(formula: &Formula, k: &BigRational) -> Option<BigRational> {
    let polynomial = |coefficients: &[BigInt]| {
        let coefficients = coefficients.iter().rev();
        coefficients.fold(BigRational::zero(), |sum, x| {
            sum * k + BigRational::from_integer(x.clone())
        })
    };
    let Fraction {
        numerator,
        denominator,
    } = &formula.rational;
    formula
        .terms
        .is_empty()
        .then(|| polynomial(numerator) / polynomial(denominator))
}

fn family(network: &FamilyNetwork) -> Result<Family, NotCovered> {
    let rows = network.a.iter().zip(&network.c);
    let rows = rows.map(|(a, c)| Ok([row(a)?, row(c)?]));
    let biases = match (&network.b, &network.e) {
        (Some(b), e) => Some([row(b)?, row(e.as_deref().unwrap_or_default())?]),
        (None, _) => None,
    };
    Ok(Family {
        inputs: network.d,
        outputs: network.outputs,
        rows: rows.collect::<Result<_, NotCovered>>()?,
        biases,
    })
}

fn table(rows: &[Vec<Formula>]) -> Result<Vec<Vec<Number>>, NotCovered> {
    rows.iter().map(|formulas| row(formulas)).collect()
}

fn row(row: &[Formula]) -> Result<Vec<Number>, NotCovered> {
    row.iter().map(number).collect()
}
