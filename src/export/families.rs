//! Claims for all k: families whose numbers are sums of powers of k times square roots of such sums with positive coefficients.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, Zero as _};

use crate::certificate::{
    AgainstForAllK, Among, Binding, FamilyNetwork, ForAllK, Formula, Fraction, Holds, Node, Range,
    Section, SectionFact, StatedRational, Step,
};
use crate::report::Certificate;

use super::refusal::{NotCovered, not_covered};
use super::terms::{binding, ends, indices_of};

/// Pairs (q, z) of q·k^z.
pub(super) type Powers = Vec<(BigRational, i64)>;

/// Σ f·√g, pairs (f, g); the coefficients of g are positive integers.
pub(super) struct Number(pub Vec<(Powers, Vec<(BigInt, i64)>)>);

pub(super) struct Family {
    pub inputs: usize,
    pub outputs: usize,
    /// Inner and outer weights.
    pub rows: Vec<[Vec<Number>; 2]>,
}

pub(super) struct Families {
    pub gamma: Family,
    pub theta: Option<Family>,
    pub sections: Vec<(Range, Stated)>,
    pub real: Option<u64>,
}

/// What a section says, with its evidence.
pub(super) enum Stated {
    Equal,
    Seminorm {
        value: Number,
        point: Vec<Number>,
        output: usize,
        input: usize,
    },
    Separated {
        distance: Number,
        above: Option<Number>,
        far: Far,
    },
    Nearest {
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
        domain: Vec<(StatedRational, StatedRational)>,
        value: Number,
        point: Vec<Number>,
    },
}

/// Why nothing is nearer.
pub(super) struct Far {
    pub against: Against,
    pub level: Number,
    pub sources: Vec<usize>,
    pub places: Vec<usize>,
    pub bindings: Vec<Vec<Binding>>,
}

pub(super) enum Against {
    Both,
    /// Functionals.
    AsTheyAre(Vec<Vec<Number>>),
    /// Normals of the kinks of R(Θ).
    Lines(Vec<Vec<Number>>),
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
        Holds::Equal { domain: None } => Stated::Equal,
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
            let split = steps.iter().any(|step| match step {
                SectionFact::AtMost { nodes, .. } => nodes[..] != [Node::Bound],
                _ => false,
            });
            if split {
                return not_covered("seminorms for all k by trees with splits");
            }
            Stated::Seminorm {
                value: number(value)?,
                point: row(point)?,
                output,
                input,
            }
        }
        Holds::Separated {
            distance,
            above: larger,
        } => Stated::Separated {
            distance: number(distance)?,
            above: above(larger)?,
            far: far(steps, claim)?,
        },
        Holds::Nearest {
            among: Among::All,
            phi,
            distance,
            above: larger,
        } => Stated::Nearest {
            phi: family(phi)?,
            distance: number(distance)?,
            above: above(larger)?,
            far: far(steps, claim)?,
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
        holds => return not_covered(format!("'{}' of this kind for all k", holds.kind())),
    })
}

fn far(steps: &[&SectionFact], claim: &ForAllK) -> Result<Far, NotCovered> {
    let functionals = steps.iter().find_map(|step| match step {
        SectionFact::Independent { functionals } => Some(functionals),
        _ => None,
    });
    let found = steps.iter().find_map(|step| match step {
        SectionFact::Apart {
            value,
            against,
            sources,
            places,
            bindings,
        } => Some((value, against, sources, places, bindings)),
        _ => None,
    });
    let Some((value, against, sources, places, bindings)) = found else {
        return not_covered("distances for all k by output biases");
    };
    let against = match (against, functionals) {
        (AgainstForAllK::Both, _) => Against::Both,
        (AgainstForAllK::AsTheyAre, Some(functionals)) => {
            let rows = functionals.iter().map(|functional| row(functional));
            Against::AsTheyAre(rows.collect::<Result<_, _>>()?)
        }
        (AgainstForAllK::Lines, _) => Against::Lines(normals(claim)?),
        _ => return not_covered("distances for all k in N*"),
    };
    Ok(Far {
        against,
        level: number(value)?,
        sources: sources.clone(),
        places: places.clone(),
        bindings: bindings.clone(),
    })
}

/// One a of each class of parallel ones whose jumps do not cancel, in the order of their first neurons; without roots these are seen at one k.
fn normals(claim: &ForAllK) -> Result<Vec<Vec<Number>>, NotCovered> {
    /// A class: its line, its first a, and its jumps.
    type Class<'a> = (Vec<BigRational>, &'a [Formula], Vec<BigRational>);
    let at = |row: &[Formula]| row.iter().map(at_one_k).collect::<Option<Vec<_>>>();
    let mut classes: Vec<Class<'_>> = Vec::new();
    for (a, c) in claim
        .theta
        .iter()
        .flat_map(|theta| theta.a.iter().zip(&theta.c))
    {
        let (Some(inner), Some(outer)) = (at(a), at(c)) else {
            return not_covered("lines with square roots for all k");
        };
        let Some(first) = inner.iter().find(|x| !x.is_zero()).cloned() else {
            continue;
        };
        let line: Vec<BigRational> = inner.iter().map(|x| x / &first).collect();
        let jumps = outer.iter().map(|x| x * first.abs());
        match classes.iter_mut().find(|(known, ..)| *known == line) {
            Some((.., sums)) => sums.iter_mut().zip(jumps).for_each(|(sum, x)| *sum += x),
            None => classes.push((line, a, jumps.collect())),
        }
    }
    let kinks = classes
        .iter()
        .filter(|(.., jumps)| jumps.iter().any(|x| !x.is_zero()));
    kinks.map(|(_, a, _)| row(a)).collect()
}

/// The value at some k where nothing vanishes by chance.
fn at_one_k(formula: &Formula) -> Option<BigRational> {
    let k = BigRational::from_integer(BigInt::from(1_000_003));
    let polynomial = |coefficients: &[BigInt]| {
        let coefficients = coefficients.iter().rev();
        coefficients.fold(BigRational::zero(), |sum, x| {
            sum * &k + BigRational::from_integer(x.clone())
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
    if network.b.is_some() {
        return not_covered("families with biases");
    }
    let rows = network.a.iter().zip(&network.c);
    let rows = rows.map(|(a, c)| Ok([row(a)?, row(c)?]));
    Ok(Family {
        inputs: network.d,
        outputs: network.outputs,
        rows: rows.collect::<Result<_, NotCovered>>()?,
    })
}

fn row(row: &[Formula]) -> Result<Vec<Number>, NotCovered> {
    row.iter().map(number).collect()
}

fn number(formula: &Formula) -> Result<Number, NotCovered> {
    let mut terms = Vec::new();
    if !formula.rational.numerator.is_empty() {
        terms.push((powers(&formula.rational)?, vec![(BigInt::one(), 0)]));
    }
    for (coefficient, radicand) in &formula.terms {
        // √(p/(c·k^j)) = √(c·p·k^−j)/c.
        let (c, _) = monomial(radicand)?;
        let scaled = powers(radicand)?.into_iter().map(|(q, z)| (q * &c * &c, z));
        let integers = scaled.map(|(q, z)| match q.is_positive() {
            true => Ok((q.to_integer(), z)),
            false => not_covered("square roots for all k of sums with negative coefficients"),
        });
        let outside = powers(coefficient)?.into_iter().map(|(q, z)| (q / &c, z));
        terms.push((outside.collect(), integers.collect::<Result<_, _>>()?));
    }
    Ok(Number(terms))
}

/// Coefficient and power of a denominator.
fn monomial(fraction: &Fraction) -> Result<(BigRational, i64), NotCovered> {
    let mut terms = fraction
        .denominator
        .iter()
        .zip(0..)
        .filter(|(c, _)| !c.is_zero());
    match (terms.next(), terms.next()) {
        (Some((c, power)), None) => Ok((BigRational::from_integer(c.clone()), power)),
        _ => not_covered("denominators for all k that are no powers of k"),
    }
}

fn powers(fraction: &Fraction) -> Result<Powers, NotCovered> {
    let (c, power) = monomial(fraction)?;
    let numerator = fraction
        .numerator
        .iter()
        .zip(0..)
        .filter(|(x, _)| !x.is_zero());
    let terms = numerator.map(|(x, z)| (BigRational::from_integer(x.clone()) / &c, z - power));
    Ok(terms.collect())
}

/// As a word of tokens.
pub(super) fn token(number: &Number) -> String {
    let term = |(f, g): &(Powers, Vec<(BigInt, i64)>)| {
        let f: Vec<String> = f.iter().map(|(q, z)| format!("{q}^{z}")).collect();
        let g: Vec<String> = g.iter().map(|(c, z)| format!("{c}^{z}")).collect();
        format!("{}@{}", f.join(";"), g.join(";"))
    };
    match number.0.is_empty() {
        true => "0".to_owned(),
        false => number.0.iter().map(term).collect::<Vec<_>>().join(","),
    }
}

/// As a term of the proof assistant.
pub(super) fn coq(number: &Number) -> String {
    let term = |(f, g): &(Powers, Vec<(BigInt, i64)>)| {
        let f = f
            .iter()
            .map(|(q, z)| format!("(({} # {})%Q, ({z})%Z)", q.numer(), q.denom()));
        let g = g.iter().map(|(c, z)| format!("({c}%positive, ({z})%Z)"));
        let list = |items: Vec<String>| format!("[{}]", items.join("; "));
        format!("({}, {})", list(f.collect()), list(g.collect()))
    };
    format!(
        "[{}]",
        number.0.iter().map(term).collect::<Vec<_>>().join("; ")
    )
}

fn words(numbers: &[Number]) -> String {
    numbers.iter().map(token).collect::<Vec<_>>().join(" ")
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn places(name: &str, indices: &[usize]) -> String {
    let indices: Vec<String> = indices.iter().map(ToString::to_string).collect();
    format!("{name} {} {}", indices.len(), indices.join(" "))
        .trim_end()
        .to_owned()
}

fn table(text: &mut String, rows: &[Vec<Number>]) {
    rows.iter().for_each(|row| line(text, &words(row)));
}

impl Family {
    fn tokens(&self, name: &str, text: &mut String) {
        let (d, m, outputs) = (self.inputs, self.rows.len(), self.outputs);
        line(text, &format!("{name} {d} {m} {outputs}"));
        for [a, c] in &self.rows {
            line(text, format!("{} {}", words(a), words(c)).trim());
        }
    }

    fn coq(&self) -> String {
        let rows = self
            .rows
            .iter()
            .map(|[a, c]| format!("({}, {})", list(a.iter().map(coq)), list(c.iter().map(coq))));
        format!(
            "(Families.Family {} {} {})",
            self.inputs,
            self.outputs,
            list(rows)
        )
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join("; "))
}

fn perhaps(number: &Option<Number>) -> String {
    number.as_ref().map_or("none".to_owned(), |number| {
        format!("some {}", token(number))
    })
}

fn coq_perhaps(number: &Option<Number>) -> String {
    number.as_ref().map_or("None".to_owned(), |number| {
        format!("(Some {})", coq(number))
    })
}

impl Families {
    /// The claim's part of a file of tokens.
    pub(super) fn tokens(&self) -> String {
        let mut text = String::new();
        line(&mut text, "claim for-all-k");
        self.gamma.tokens("gamma", &mut text);
        match &self.theta {
            Some(theta) => theta.tokens("theta some", &mut text),
            None => line(&mut text, "theta none"),
        }
        let real = self
            .real
            .map_or("none".to_owned(), |real| format!("some {real}"));
        line(&mut text, &format!("real {real}"));
        line(&mut text, &format!("sections {}", self.sections.len()));
        for (range, stated) in &self.sections {
            line(
                &mut text,
                &match range {
                    Range::From(a) => format!("section from {a}"),
                    Range::Between(a, b) => format!("section between {a} {b}"),
                    Range::At(a) => format!("section at {a}"),
                },
            );
            stated.tokens(&mut text);
        }
        text
    }

    /// Γ and Θ, what is claimed, and the evidence, as terms of the proof assistant.
    pub(super) fn coq(&self) -> (String, String, String, String) {
        let theta = match &self.theta {
            Some(theta) => format!("(Some {})", theta.coq()),
            None => "(None : option Families.family)".to_owned(),
        };
        let sections = list(self.sections.iter().map(|(range, stated)| {
            let range = match range {
                Range::From(a) => format!("Powers.From {a}%positive"),
                Range::Between(a, b) => format!("Powers.Between {a}%positive {b}%positive"),
                Range::At(a) => format!("Powers.At {a}%positive"),
            };
            format!("({range}, {})", stated.coq())
        }));
        let real = self
            .real
            .map_or("None".to_owned(), |real| format!("(Some {real}%positive)"));
        let evidence = list(self.sections.iter().map(|(_, stated)| stated.evidence()));
        (
            self.gamma.coq(),
            theta,
            format!("{sections} {real}"),
            evidence,
        )
    }
}

impl Stated {
    fn tokens(&self, text: &mut String) {
        match self {
            Stated::Equal => line(text, "equal"),
            Stated::Seminorm {
                value,
                point,
                output,
                input,
            } => {
                line(text, &format!("seminorm {}", token(value)));
                line(
                    text,
                    &format!("point {} entry {output} {input}", words(point)),
                );
            }
            Stated::Separated {
                distance,
                above,
                far,
            } => {
                line(
                    text,
                    &format!("separated {} above {}", token(distance), perhaps(above)),
                );
                far.tokens(text);
            }
            Stated::Nearest {
                phi,
                distance,
                above,
                far,
            } => {
                line(text, "nearest");
                phi.tokens("phi", text);
                line(
                    text,
                    &format!("distance {} above {}", token(distance), perhaps(above)),
                );
                far.tokens(text);
            }
            Stated::SupNorm {
                domain,
                value,
                point,
            } => {
                let ends = domain.iter().map(|(low, high)| format!(" {low} {high}"));
                let ends: String = ends.collect();
                line(
                    text,
                    &format!("sup-norm {} box {}{ends}", token(value), domain.len()),
                );
                line(text, &format!("point {}", words(point)));
            }
            Stated::Reparametrization { phi, distance } => {
                line(text, "reparametrization");
                phi.tokens("phi", text);
                line(text, &format!("distance {}", token(distance)));
            }
        }
    }

    fn coq(&self) -> String {
        match self {
            Stated::Equal => "Families.F_equal".to_owned(),
            Stated::Seminorm { value, .. } => format!("Families.F_seminorm {}", coq(value)),
            Stated::Separated {
                distance, above, ..
            } => format!(
                "Families.F_separated {} {}",
                coq(distance),
                coq_perhaps(above)
            ),
            Stated::Nearest {
                phi,
                distance,
                above,
                ..
            } => format!(
                "Families.F_nearest {} {} {}",
                phi.coq(),
                coq(distance),
                coq_perhaps(above)
            ),
            Stated::SupNorm { domain, value, .. } => {
                format!("Families.F_sup_norm {} {}", ends(domain), coq(value))
            }
            Stated::Reparametrization { phi, distance } => {
                format!(
                    "Families.F_reparametrization {} {}",
                    phi.coq(),
                    coq(distance)
                )
            }
        }
    }

    fn evidence(&self) -> String {
        match self {
            Stated::Equal | Stated::Reparametrization { .. } => "Families.F_nothing".to_owned(),
            Stated::Seminorm {
                point,
                output,
                input,
                ..
            } => format!(
                "Families.F_point {} {output} {input}",
                list(point.iter().map(coq))
            ),
            Stated::SupNorm { point, .. } => {
                format!("Families.F_point {} 0 0", list(point.iter().map(coq)))
            }
            Stated::Separated { far, .. } | Stated::Nearest { far, .. } => {
                format!("Families.F_why ({})", far.coq())
            }
        }
    }
}

impl Far {
    fn tokens(&self, text: &mut String) {
        match &self.against {
            Against::Both => line(text, "far both"),
            Against::AsTheyAre(rows) => {
                line(text, &format!("far as-they-are {}", rows.len()));
                table(text, rows);
            }
            Against::Lines(rows) => {
                line(text, &format!("far lines {}", rows.len()));
                table(text, rows);
            }
        }
        line(text, &format!("level {}", token(&self.level)));
        line(text, &places("sources", &self.sources));
        line(text, &places("places", &self.places));
        for row in &self.bindings {
            let row: Vec<String> = row.iter().map(ToString::to_string).collect();
            line(
                text,
                format!("bindings {} {}", row.len(), row.join(" ")).trim_end(),
            );
        }
    }

    fn coq(&self) -> String {
        let bindings = self
            .bindings
            .iter()
            .map(|row| list(row.iter().map(binding)));
        let hall = format!(
            "(Families.FHall {} {} {} {})",
            coq(&self.level),
            indices_of(&self.sources),
            indices_of(&self.places),
            list(bindings)
        );
        let table = |rows: &[Vec<Number>]| list(rows.iter().map(|row| list(row.iter().map(coq))));
        match &self.against {
            Against::Both => format!("Families.F_both {hall}"),
            Against::AsTheyAre(rows) => format!("Families.F_as_they_are {} {hall}", table(rows)),
            Against::Lines(rows) => format!("Families.F_lines {} {hall}", table(rows)),
        }
    }
}
