//! Writing a complete list of regions as a certificate: claim `arrangement`.
//!
//! Every region gets an interior point. That none is missing is shown by the number of regions, which the verifier counts anew, or
//! by closure: across every hyperplane of every region lies a listed region, or a circuit of normals shows that nothing does. A
//! circuit serves wherever the signs fit, so known ones are tried before a linear program finds another.

use std::ops::ControlFlow;
use std::time::Instant;

use num_bigint::BigInt;
use num_traits::Signed as _;

use super::evidence::Redundancy;
use super::regions::Regions;
use crate::certificate::{
    Around, ArrangementClaim, Circuit, Circuits, Claim, Count, Inside, Networks, PRODUCER,
    RegionsFact, StatedNetwork, StatedRational, Statement, Step, Writer,
};
use crate::exact::Rational;
use crate::exact::gcd::gcd_all;
use crate::sides::Solver;
use crate::watch::{Stop, Watch};

/// How many regions a step speaks of.
const CHUNK: usize = 256;

/// Lists of more regions than this are better certified by their number, if they can be.
pub const MOST_CLOSED: usize = 50_000;

/// How a certificate shows that no region is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Completeness {
    /// Every region's every hyperplane is crossed into a listed region or redundant.
    Closure,
    /// The verifier counts the regions itself. Only without a domain or within one half-space.
    Count,
}

/// Why a list is not certified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertifyError {
    /// The list does not have all regions.
    #[error("only a complete list of regions can be certified")]
    Incomplete,
    /// There is no region or no normal to speak of.
    #[error("a certificate needs at least one hyperplane row and one region")]
    Empty,
    /// Closure is the only way.
    #[error("regions within a domain of several sides cannot be certified by their number")]
    Domain,
    /// A limit was met before the certificate was complete.
    #[error("{0} before the certificate was complete")]
    Stopped(#[from] Stop),
}

impl Regions<'_> {
    /// The certificate that these are the regions, all of them. `gamma` is the network whose hyperplanes they belong to: its row i
    /// must be row i of the arrangement as given, for [affine](super::Arrangement::affine) arrangements with biases.
    ///
    /// Cost: one witness a region, and for [`Completeness::Closure`] n·m look-ups and, wherever a region's hyperplane is no
    /// facet and no circuit found before shows it, a linear program. The text has about n·(m + r) numbers and signs, by closure
    /// also n·m small indices.
    ///
    /// # Errors
    /// [`CertifyError`]: the list is not complete, there is no row or no region, a count is asked for within several
    /// half-spaces, or a limit of `watch` was met.
    pub fn certificate(
        &self,
        gamma: StatedNetwork,
        completeness: Completeness,
        watch: &Watch,
    ) -> Result<String, CertifyError> {
        let claim = Claim::Arrangement;
        Ok(self.proof(gamma, claim, completeness, watch)?.finish())
    }

    /// The certificate of a claim that lists the regions and needs more than that they are all: what is written so far.
    ///
    /// # Errors
    /// [`CertifyError`].
    pub fn proof(
        &self,
        gamma: StatedNetwork,
        claim: impl FnOnce(ArrangementClaim) -> Claim,
        completeness: Completeness,
        watch: &Watch,
    ) -> Result<Writer, CertifyError> {
        let arrangement = self.arrangement;
        let domain = arrangement.domain();
        if !self.is_complete() {
            return Err(CertifyError::Incomplete);
        }
        if self.is_empty() || arrangement.is_empty() {
            return Err(CertifyError::Empty);
        }
        if completeness == Completeness::Count && domain.len() > 1 {
            return Err(CertifyError::Domain);
        }
        let mut writer = Writer::new(
            PRODUCER,
            Statement {
                networks: Networks {
                    gamma,
                    theta: None,
                    phi: None,
                },
                activation: None,
                claim: claim(self.claim(watch)?),
            },
        );
        // Without a domain the regions come in antipodal pairs, and one half stands for both.
        let needed = match domain.is_empty() && !arrangement.classes().is_empty() {
            true => self.len() / 2,
            false => self.len(),
        };
        let mut pool = Pool::new(self);
        let mut solver = Solver::new(self.ground());
        let since = Instant::now();
        for first in (0..needed).step_by(CHUNK) {
            let chunk = first..needed.min(first + CHUNK);
            watch.tell_of(since, first as u64, needed as u64, "regions are certified");
            let points = chunk.clone().map(|region| {
                let witness = self.witness_by(&mut solver, region, watch)?;
                watch.check()?;
                Ok(numbers(&witness))
            });
            let points = points.collect::<Result<Vec<_>, Stop>>()?;
            let inside = RegionsFact::Inside(Inside { first, points });
            writer.step(Step::Regions(inside));
            if completeness == Completeness::Count {
                continue;
            }
            let redundant = chunk.map(|region| pool.redundant(region, watch));
            let redundant = redundant.collect::<Result<Vec<_>, Stop>>()?;
            let circuits = std::mem::take(&mut pool.fresh);
            if !circuits.is_empty() {
                writer.step(Step::Circuits(Circuits { circuits }));
            }
            let around = RegionsFact::Around(Around { first, redundant });
            writer.step(Step::Regions(around));
        }
        if completeness == Completeness::Count {
            let regions = self.len();
            writer.step(Step::Regions(RegionsFact::Count(Count { regions })));
        }
        Ok(writer)
    }

    fn claim(&self, watch: &Watch) -> Result<ArrangementClaim, Stop> {
        let domain = self.arrangement.domain();
        let regions: Vec<String> = (0..self.len())
            .map(|region| {
                let mut text = String::with_capacity(self.arrangement.len());
                self.write_signs(region, &mut text);
                text
            })
            .collect();
        debug_assert!(regions.is_sorted());
        let mut edges = 0;
        let _ = self.for_each_adjacency(|_, _, _| {
            edges += 1;
            match edges % 4096 == 0 && watch.check().is_err() {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        });
        watch.check()?;
        Ok(ArrangementClaim {
            domain: (!domain.is_empty())
                .then(|| (0..domain.len()).map(|k| numbers(domain.row(k))).collect()),
            count: regions.len(),
            edges,
            regions,
        })
    }
}

fn numbers(values: &[BigInt]) -> Vec<StatedRational> {
    let values = values.iter().cloned();
    values
        .map(|value| StatedRational(Rational::from_integer(value)))
        .collect()
}

/// Some signs: the bits of `minus` within `mask` say which of 64 classes or rows of the domain have sign −.
#[derive(Clone, Copy, Debug)]
struct Word {
    index: usize,
    mask: u64,
    minus: u64,
}

/// A circuit for one class and one sign of it: it shows that nothing lies across the class for all regions with these signs.
#[derive(Debug)]
struct ClassCircuit {
    circuit: usize,
    first: Word,
    rest: Box<[Word]>,
}

impl ClassCircuit {
    fn fits(&self, minus: &[u64]) -> bool {
        let fits = |word: &Word| (minus[word.index] ^ word.minus) & word.mask == 0;
        fits(&self.first) && self.rest.iter().all(fits)
    }
}

/// The circuits known so far.
struct Pool<'a> {
    regions: &'a Regions<'a>,
    /// By class and sign: 2·class, and one more for −.
    entries: Vec<Vec<ClassCircuit>>,
    known: usize,
    /// Those that no step has listed yet.
    fresh: Vec<Circuit>,
    solver: Solver<'a>,
}

impl<'a> Pool<'a> {
    fn new(regions: &'a Regions<'a>) -> Self {
        let classes = regions.arrangement.classes().len();
        Pool {
            regions,
            entries: (0..2 * classes).map(|_| Vec::new()).collect(),
            known: 0,
            fresh: Vec::new(),
            solver: Solver::new(regions.ground()),
        }
    }

    /// Circuits for all classes that are no facets of a region.
    fn redundant(&mut self, region: usize, watch: &Watch) -> Result<Vec<usize>, Stop> {
        let arrangement = self.regions.arrangement;
        let classes = arrangement.classes().len();
        let positions = classes + arrangement.domain().len();
        let mut minus = vec![0u64; positions.div_ceil(64)];
        for class in 0..classes {
            if !self.regions.plus(region, class) {
                minus[class / 64] |= 1 << (class % 64);
            }
        }
        let facet: Vec<bool> = (0..classes)
            .map(|class| self.regions.across(region, class).is_some())
            .collect();
        let mut around = None;
        let mut used = Vec::new();
        for class in (0..classes).filter(|&class| !facet[class]) {
            let slot = 2 * class + usize::from(!self.regions.plus(region, class));
            let entries = &mut self.entries[slot];
            let circuit = match entries.iter().position(|entry| entry.fits(&minus)) {
                Some(place) => {
                    // What is used often moves to the front.
                    let circuit = entries[place].circuit;
                    entries.swap(place, place / 2);
                    circuit
                }
                None => {
                    let regions = self.regions;
                    if around.is_none() {
                        around = Some(regions.inside(region, &facet, &mut self.solver, watch)?);
                    }
                    let Some(around) = &mut around else {
                        unreachable!("made above");
                    };
                    let redundancy =
                        regions.beyond(region, class, around, &mut self.solver, watch)?;
                    let terms = regions.circuit(region, redundancy);
                    self.learn(terms)
                }
            };
            used.push(circuit);
        }
        Ok(used)
    }

    /// Keeps a circuit for all classes it can serve; answers its number.
    fn learn(&mut self, terms: Vec<(usize, BigInt)>) -> usize {
        let arrangement = self.regions.arrangement;
        let classes = arrangement.classes().len();
        let signs: Vec<(usize, bool)> = terms
            .iter()
            .map(|(row, multiplier)| {
                let position = match arrangement.class_of(*row) {
                    Some((class, _)) => class,
                    None => classes + row - arrangement.len(),
                };
                (position, multiplier.is_positive())
            })
            .collect();
        let circuit = self.known;
        self.known += 1;
        for &(class, positive) in signs.iter().filter(|(position, _)| *position < classes) {
            for class_minus in [false, true] {
                // At the region the multiples of the others have one sign, that of this class has the other.
                let mut words: Vec<Word> = Vec::new();
                let mut possible = true;
                for &(other, other_positive) in signs.iter().filter(|(other, _)| *other != class) {
                    let minus = (class_minus == positive) ^ other_positive;
                    possible &= other < classes || !minus;
                    let (index, bit) = (other / 64, 1 << (other % 64));
                    let place = match words.iter().position(|word| word.index == index) {
                        Some(place) => place,
                        None => {
                            words.push(Word {
                                index,
                                mask: 0,
                                minus: 0,
                            });
                            words.len() - 1
                        }
                    };
                    words[place].mask |= bit;
                    words[place].minus |= if minus { bit } else { 0 };
                }
                if let (true, Some((&first, rest))) = (possible, words.split_first()) {
                    self.entries[2 * class + usize::from(class_minus)].push(ClassCircuit {
                        circuit,
                        first,
                        rest: rest.into(),
                    });
                }
            }
        }
        let number = |multiplier| StatedRational(Rational::from_integer(multiplier));
        let terms = terms.into_iter();
        self.fresh.push(
            terms
                .map(|(row, multiplier)| (row, number(multiplier)))
                .collect(),
        );
        circuit
    }
}

impl Regions<'_> {
    /// A circuit that shows that a class is no facet: multipliers of rows as given, rows of the domain after those.
    fn circuit(&self, region: usize, redundancy: Redundancy) -> Vec<(usize, BigInt)> {
        let arrangement = self.arrangement;
        // In terms of the rows as given; a sum that vanishes: the redundant row less those it follows from.
        let oriented = |row: usize, multiplier: BigInt| match arrangement.class_of(row) {
            Some((class, _)) if self.plus(region, class) => multiplier * arrangement.scale(row),
            Some(_) => -multiplier * arrangement.scale(row),
            None => multiplier,
        };
        let mut terms: Vec<(usize, BigInt)> = redundancy
            .terms
            .into_iter()
            .map(|(row, multiplier)| (row, -oriented(row, multiplier)))
            .collect();
        let hyperplane = redundancy.hyperplane;
        terms.push((hyperplane, oriented(hyperplane, redundancy.scale)));
        terms.sort_unstable_by_key(|&(row, _)| row);
        let content = gcd_all(terms.iter().map(|(_, multiplier)| multiplier));
        for (_, multiplier) in &mut terms {
            *multiplier /= &content;
        }
        terms
    }
}
