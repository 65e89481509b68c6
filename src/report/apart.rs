//! Why sources and places are apart in a proof for all k: the limits that two coordinates set to the scale, and the inequality between
//! them, written in t.

use num_traits::Zero as _;

use super::hall::binding_words;
use crate::certificate::{
    AgainstForAllK, Binding, Coordinate, FamilyNetwork, Formula, Part, Range,
};
use crate::exact::Rational;
use crate::family::{Difference, Expression, Family, Neuron, Place, Signs, parse};
use crate::nearest::Entry;

/// A number of a certificate.
pub(super) fn number(text: &Formula) -> Option<Expression> {
    parse(&text.to_string()).ok()
}

/// A family of a certificate.
pub(crate) fn family(network: &FamilyNetwork) -> Option<Family> {
    let row = |row: &Vec<Formula>| row.iter().map(number).collect::<Option<Vec<_>>>();
    let neurons = network.a.iter().zip(&network.c).enumerate();
    let neurons = neurons.map(|(i, (a, c))| {
        let (mut inner, outer) = (row(a)?, row(c)?);
        if let Some(b) = &network.b {
            inner.push(number(b.get(i)?)?);
        }
        Some(Neuron::of(inner, outer))
    });
    let offset = match &network.e {
        Some(e) => Some(row(e)?),
        None => None,
    };
    Family::new(neurons.collect::<Option<_>>()?, offset).ok()
}

/// A number of k written in t, where k = a + t, or k = (a + b·t)/(1 + t).
pub(super) fn in_t(value: &Expression, range: Range) -> Option<String> {
    let k = match range {
        Range::From(a) => format!("({a}+k)"),
        Range::Between(a, b) => format!("(({a}+{b}*k)/(1+k))"),
        Range::At(a) => format!("({a})"),
    };
    let substituted = parse(&value.to_string().replace('k', &k)).ok()?;
    Some(substituted.to_string().replace('k', "t"))
}

/// What is placed, as the certificate numbers it; lines have no outer weights.
pub(super) fn sources(
    theta: &Family,
    against: AgainstForAllK,
    range: Range,
) -> Option<Vec<Neuron>> {
    if against != AgainstForAllK::Lines {
        return Some(theta.neurons().to_vec());
    }
    let kinks = Difference::on(range, theta, None, &Rational::zero())?.kinks;
    let line = |inner| Neuron::of(inner, Vec::new());
    Some(kinks.into_iter().map(|kink| line(kink.normal)).collect())
}

fn entry(neuron: &Neuron, at: Coordinate) -> Option<&Expression> {
    match at.part {
        Part::Inner => neuron.inner().get(at.index),
        Part::Outer => neuron.outer().get(at.index),
    }
}

/// A source, a place, and the distance v that they are said to be apart, on a range of k.
pub(super) struct Pair<'a> {
    pub(super) source: &'a Neuron,
    pub(super) place: &'a Neuron,
    pub(super) value: &'a Expression,
    pub(super) range: Range,
    /// Whether the source is taken as it is, without scaling.
    pub(super) fixed: bool,
}

/// A limit of the scale μ, a quotient with a positive denominator; or no scale will do.
enum Limit {
    Quotient(Expression, Expression),
    Impossible(Expression),
}

impl Pair<'_> {
    fn signs(&self, value: &Expression) -> Signs {
        value.signs(Place::On(self.range))
    }

    fn limit(&self, at: Coordinate, upper: bool) -> Option<Limit> {
        let (alpha, beta) = (entry(self.source, at)?, entry(self.place, at)?);
        let entry = Entry::of(&mut Place::On(self.range), at, alpha, beta).ok()??;
        let above = entry.place.add(self.value);
        if !self.source.outer().is_empty() && !self.signs(&above).positive {
            return Some(Limit::Impossible(above));
        }
        let [above, below] = entry.limit(self.value, upper);
        Some(Limit::Quotient(above, below))
    }

    /// The binding with the inequality that it stands for.
    pub(super) fn words(&self, binding: &Binding) -> Option<String> {
        let v = self.value;
        let t = |value: &Expression| in_t(value, self.range);
        Some(match binding {
            Binding::One(at) => {
                let beta = entry(self.place, *at)?;
                if self.fixed {
                    let gap = beta.sub(entry(self.source, *at)?);
                    let size = match self.signs(&gap).negative {
                        true => gap.neg(),
                        false => gap,
                    };
                    return Some(format!(
                        "{}: there the entries differ by {size} ≥ {v}, as {} ≥ 0",
                        binding_words(binding),
                        t(&size.sub(v))?
                    ));
                }
                let size = match self.signs(beta).negative {
                    true => beta.neg(),
                    false => beta.clone(),
                };
                format!(
                    "{}: {at} of the source is 0 whatever the scale, and there |{beta}| ≥ {v}, as {} ≥ 0",
                    binding_words(binding),
                    t(&size.sub(v))?
                )
            }
            Binding::Two(lower, upper) => {
                let ends = [self.limit(*lower, false)?, self.limit(*upper, true)?];
                match ends {
                    [Limit::Quotient(a, b), Limit::Quotient(c, d)] => {
                        let apart = a.mul(&d).sub(&c.mul(&b));
                        let but = match apart.is_zero() {
                            true => "which are equal".to_owned(),
                            false => format!("but {} ≥ 0", t(&apart)?),
                        };
                        format!(
                            "{}: to be nearer, the scale μ must be more than {} and less than {}, {but}",
                            binding_words(binding),
                            quotient(&a, &b),
                            quotient(&c, &d)
                        )
                    }
                    [Limit::Impossible(above), _] | [_, Limit::Impossible(above)] => format!(
                        "{}: no positive scale is nearer, as {} ≤ 0",
                        binding_words(binding),
                        t(&above)?
                    ),
                }
            }
        })
    }
}

/// As one expression where that can be written.
fn quotient(above: &Expression, below: &Expression) -> String {
    match above.div(below) {
        Some(value) => value.to_string(),
        None => format!("({above})/({below})"),
    }
}
